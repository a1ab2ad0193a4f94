"""Whose cases somebody asks for, and by when a next step is to be done."""

from datetime import date, timedelta

from shared import calendar
from shared.errors import Invalid
from shared.policy import Policy

CONTINUE = "continue"
MINE, TEAM, UNASSIGNED, ALL = WHOSE = ("mine", "team", "unassigned", "all")


def step_due(wanted: date | None, today: date, policy: Policy) -> date:
    """The day that was agreed, which has not passed, or the usual one; raises Invalid."""
    if wanted is None:
        closing = tuple(policy.row("calendar.closing_days", today).value)
        return calendar.open_on_or_after(today + timedelta(days=policy.row("next_step.days", today).value), closing)
    if wanted < today:
        raise Invalid({"next_step_on": "Vælg en dag fra i dag. / Choose a day from today."})
    return wanted
