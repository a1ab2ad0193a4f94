"""What it takes to run the suite: on a bare machine, in containers, behind a gateway."""
