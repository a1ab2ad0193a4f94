"""What shows the suite at work: the story, and a mailbox that catches what it sends."""
