"""The diary as people read it: over which days, which numbers may be shown, and what the gaps are called."""

from datetime import date

from services.matching.rules import gaps, skills
from services.matching.rules.gaps import Gap
from services.matching.use_cases import POLICY
from shared import clock
from shared.events.codes import LICENCES, Words
from shared.retention import years_from


def period(since: date | None, until: date | None) -> tuple[date, date]:
    """From a day to a day; the last twelve months where nothing is said."""
    last = until or clock.today()
    return since or years_from(last, -1), last


def smallest() -> int | None:
    """The smallest number of people that may be shown; None where nobody said what small is."""
    row = POLICY.find("gaps.smallest", clock.today())
    return row.value if row else None


def shown(number: int) -> int | None:
    """The number of people, None where it is hidden."""
    least = smallest()
    return None if least is None or number < least else number


def named(gap: Gap) -> Words:
    """What was missing."""
    if gap.kind == "licence":
        return LICENCES.get(gap.code, Words(gap.code, gap.code))
    if gap.kind == "skill":
        return skills.labels().get(int(gap.code), Words(gap.code, gap.code))
    return (gaps.TIMES if gap.kind == "time" else gaps.REASONS)[gap.code]
