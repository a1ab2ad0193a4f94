"""The contact course: so many talks in the first months, for so large a share of a group (LAB § 31, star.dk)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.followup.rules.guarantees import after_months
from shared.policy import Policy, Row

ALONE, LEFT = INTERVIEW_CODES = ("finds_work_alone", "left")
ENOUGH, ON_WAY, BEHIND, OUTSIDE, NOT_SET_UP = STANDINGS = ("enough", "on_way", "behind", "outside", "not_set_up")


@dataclass(frozen=True)
class InterviewCourse:
    """Somebody's first months from the day they came; the talks are those within them."""

    began: date
    category: str | None
    talks: tuple[date, ...]
    code: str | None = None
    ended_at_door: bool = False

    @property
    def cohort(self) -> date:
        """The first day of the month they came in."""
        return self.began.replace(day=1)


def window(began: date, policy: Policy) -> date | None:
    """The first day after the months that count; None where they are not configured."""
    row = policy.find("interview.months", began)
    return after_months(began, row.value) if row else None


def least_talks(began: date, category: str | None, policy: Policy) -> Row | None:
    """How many talks the group has a right to, by the row in force when they came."""
    return policy.find("interview.count", began, category) if category else None


def standing(one: InterviewCourse, today: date, policy: Policy) -> str:
    """Enough talks; on the way; behind an even pace; or the months are over and there were too few."""
    until, row = window(one.began, policy), least_talks(one.began, one.category, policy)
    if until is None or row is None:
        return NOT_SET_UP
    held = sum(one.began <= day < until for day in one.talks)
    if held >= row.value:
        return ENOUGH
    if today >= until:
        return OUTSIDE
    passed = (today - one.began).days / (until - one.began).days
    return BEHIND if held < int(row.value * passed) else ON_WAY


@dataclass(frozen=True)
class InterviewCohort:
    """Who came in one month and belongs to one group; those who left are not counted.

    `over`: whose months are over, without those judged to find work alone.
    """

    month: date
    category: str
    persons: int
    alone: int
    enough: int
    outside: int
    over: int
    share_least: int | None
    alone_most: int | None

    @property
    def share(self) -> float | None:
        """Percentage of those whose months are over who had enough talks in them."""
        return 100 * (self.over - self.outside) / self.over if self.over else None

    @property
    def alone_share(self) -> float | None:
        """Percentage judged to find work alone."""
        return 100 * self.alone / self.persons if self.persons else None


def interview_cohorts(found: Sequence[InterviewCourse], today: date, policy: Policy) -> list[InterviewCohort]:
    """Each month and group, the newest first."""
    parted: dict[tuple[date, str], list[InterviewCourse]] = {}
    for one in found:
        if one.code != LEFT and one.category is not None:
            parted.setdefault((one.cohort, one.category), []).append(one)
    return [
        _cohort(month, category, parted[month, category], today, policy)
        for month, category in sorted(parted, key=lambda key: (-key[0].toordinal(), key[1]))
    ]


def _cohort(
    month: date, category: str, members: Sequence[InterviewCourse], today: date, policy: Policy
) -> InterviewCohort:
    others = [one for one in members if one.code != ALONE]
    counted = [standing(one, today, policy) for one in others]
    over = sum((until := window(one.began, policy)) is not None and today >= until for one in others)
    share, alone = (policy.find(key, month, category) for key in ("interview.share_least", "interview.alone_most"))
    return InterviewCohort(
        month=month, category=category, persons=len(members), alone=len(members) - len(counted),
        enough=counted.count(ENOUGH), outside=counted.count(OUTSIDE), over=over,
        share_least=share.value if share else None, alone_most=alone.value if alone else None,
    )  # fmt: skip
