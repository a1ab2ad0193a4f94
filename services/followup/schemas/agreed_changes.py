"""What the agreement's page asks of the plan."""

from shared.fields import Body, Day


class NewEndQuery(Body):
    """A new last day that is thought of."""

    slut = Day(load_default=None)
