"""The promise and its clock: when a breach is one, when to raise the alarm, what the coming days will bring."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shared import calendar
from shared.errors import Refused
from shared.policy import Policy

CAUSES = ("no_slot", "citizen_asked_later", "no_show", "staff_absence", "closed_days", "other")
LOCAL, STATUTORY = PROMISES = ("local", "statutory")
# The receipt is written in Danish, in Danish that is easy to read, and in English.
PLAIN, EASY, ENGLISH = TEXTS = ("da", "let", "en")


def check_own_move(starts_at: datetime, now: datetime, policy: Policy) -> None:
    """Citizens move and cancel by themselves until so long before; later they ring."""
    row = policy.row("visitation.own_move", calendar.danish_day(now))
    if now > starts_at - timedelta(hours=row.value):
        raise Refused(
            "too_late_to_change",
            f"Du kan selv flytte eller aflyse indtil {row.value} timer før. Ring til os i stedet.",
            f"You can move or cancel by yourself until {row.value} hours before. Ring us instead.",
            policy=row.name,
        )


@dataclass(frozen=True)
class DayAhead:
    """A coming day: slots free now, how many people come on such a weekday (None: not enough history), and whether
    it will be short."""

    day: date
    free: int
    expected: float | None

    @property
    def short(self) -> bool:
        """Fewer slots are free than people usually come."""
        return self.expected is not None and self.free < self.expected


def forecast(
    days: Sequence[date],
    *,
    free: Mapping[date, int],
    came: Mapping[date, int],
    first_day: date | None,
    policy: Policy,
    today: date,
) -> list[DayAhead]:
    """For each day its free slots beside the mean of who came on the same weekday in the last weeks.

    Only whole weeks since the first contact ever count; with too few of them nothing is expected.
    """
    weeks, least = policy.row("forecast.weeks", today).value, policy.row("forecast.least_weeks", today).value
    known = min(weeks, (today - first_day).days // 7) if first_day else 0
    found = []
    for day in days:
        back = 1 + (day - today).days // 7
        before = [day - timedelta(days=7 * number) for number in range(back, back + known)]
        mean = sum(came.get(one, 0) for one in before) / known if known >= least else None
        found.append(DayAhead(day, free.get(day, 0), mean))
    return found
