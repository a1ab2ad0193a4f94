"""The tables every service has, and the one Alembic environment that serves all four."""
