"""What the four services share: the bus, the doors, the clock, the law's dated rows. Domain words only in events."""
