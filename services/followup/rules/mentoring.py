"""What a mentor has room for, and how long and when hours are bought free."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from shared.errors import Invalid, Refused
from shared.policy import Row

COMPANY, SCHOOL, MUNICIPALITY, EXTERNAL = MENTOR_KINDS = ("company", "school", "municipality", "external")
URGENCIES = ("now", "today", "this_week")
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Load:
    """The week of a Monday: how many placements the mentor has, and how many they have room for; None: nobody said."""

    monday: date
    placed: int
    places: int | None

    @property
    def over(self) -> bool:
        """More than there is room for."""
        return self.places is not None and self.placed > self.places


def loads(
    spans: Sequence[tuple[date, date]], places: Sequence[tuple[date, int]], usual: int | None, day: date, weeks: int
) -> list[Load]:
    """Week by week from the one of `day`; in a week counts everybody whose placement has a day in it."""
    monday = day - timedelta(days=day.weekday())
    found = []
    for number in range(weeks):
        first, last = monday + number * WEEK, monday + number * WEEK + timedelta(days=6)
        placed = sum(begins <= last and ends >= first for begins, ends in spans)
        found.append(Load(first, placed, places_on(places, usual, last)))
    return found


def places_on(places: Sequence[tuple[date, int]], usual: int | None, day: date) -> int | None:
    """What was agreed last for that day, else what is usual."""
    since = [(begins, number) for begins, number in places if begins <= day]
    return max(since)[1] if since else usual


def check_room(found: Sequence[Load], blocks: Row | None) -> Load | None:
    """The first week with too many, as advice; raises Refused where a row says that it is more than advice."""
    over = next((load for load in found if load.over), None)
    if over is not None and blocks is not None and blocks.value:
        raise Refused(
            "mentor_full", "Mentoren har ikke plads til flere i den tid.", "The mentor has no room for more then.",
            policy=blocks.name,
        )  # fmt: skip
    return over


def check_mentor(kind: str, has_company: bool, who: Row) -> None:
    """Who may be a mentor (LAB § 168); somebody from a company has one. Raises Invalid."""
    if kind not in who.value:
        raise Invalid({"kind": "Det kan en mentor ikke være. / A mentor cannot be that."})
    if (kind == COMPANY) != has_company:
        raise Invalid({"company": "En mentor fra en virksomhed har en virksomhed, andre har ingen. / A mentor of a "
                       "company has a company, others have none."})  # fmt: skip


def check_support(starts_on: date, ends_on: date, exceeds: bool, longest: Row, only: Row) -> None:
    """Hours bought free: beyond what employers do anyway (LAB § 169), for so many months at a time (§ 167(1))."""
    if ends_on < starts_on:
        raise Invalid({"ends_on": "Slutter før det begynder. / It ends before it starts."})
    if only.value and not exceeds:
        raise Refused(
            "support_is_usual_work",
            "Frikøb kræver, at opgaven er mere, end arbejdsgivere normalt gør.",
            "Buying hours free takes that the work is more than employers usually do.",
            policy=only.name,
        )
    if ends_on >= months_after(starts_on, longest.value):
        raise Refused(
            "support_too_long",
            f"Der kan købes fri i højst {longest.value} måneder ad gangen.",
            f"Hours can be bought free for at most {longest.value} months at a time.",
            policy=longest.name,
        )


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or that month's last one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), following - timedelta(days=1))
