"""What the four services share: the bus, the doors, the clock, the law's dated rows. Domain words only in events."""

VERSION = "1.0.0"
"""As in pyproject.toml, which an installation does not carry."""
