"""Until when an answer is awaited: the citizen's after the proposal, the company's after the consent."""

from datetime import date, timedelta
from typing import Literal

from services.matching.models import Match
from services.matching.use_cases import POLICY
from shared import clock


def due(side: Literal["citizen", "company"]) -> date | None:
    """The last day of an answer that is asked for today; None where no time is configured."""
    today = clock.today()
    row = POLICY.find("match.answer_days", today, side)
    return today + timedelta(days=row.value) if row else None


def ask(match: Match) -> None:
    """Whose answer is awaited now has its time from today."""
    side = {"proposed": "citizen", "consented": "company"}.get(match.state)
    match.answer_due = due(side) if side else None  # type: ignore[arg-type]  # the two values of the table
