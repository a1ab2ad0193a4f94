"""Carving a job out of tasks: when each is done, how many hours that makes, and which fit together for one person."""

from collections.abc import Iterable, Mapping, Sequence

from services.matching.rules import week
from shared.errors import Invalid, Refused
from shared.events.codes import Words

STATES: Mapping[str, Words] = {
    "spotted": Words("fundet", "spotted"),
    "need": Words("blevet til et behov", "made into a need"),
    "dropped": Words("droppet", "dropped"),
}
DROP_REASONS: Mapping[str, Words] = {
    "company_keeps_it": Words("virksomheden beholder opgaven", "the company keeps the task"),
    "too_few_hours": Words("for få timer, også sammen med andre", "too few hours, with others as well"),
    "ordinary_job": Words("opgaven hører til et ordinært job", "the task belongs to an ordinary job"),
    "mistake": Words("skrevet op ved en fejl", "written down by mistake"),
}
MOST_OF_TITLE = 120


def windows_of(days: Iterable[str], begins: str, hours: float) -> list[str]:
    """The same hours on each of the days, from "07:00" on; raises Invalid where they pass midnight."""
    first = week.minute_of(begins)
    last = first + round(hours * 60)
    if last > 24 * 60:
        raise Invalid({"hours_a_day": "Går over midnat. / It passes midnight."})
    return [f"{day} {begins}-{week.clock_time(last)}" for day in days]


def weekly_hours(windows: Iterable[str]) -> float:
    """Hours of a week: two hours on three days are six (A30)."""
    return sum(week.minute_of(one[10:15]) - week.minute_of(one[4:9]) for one in windows) / 60


def together(tasks: Sequence[tuple[str, Sequence[str]]]) -> list[str]:
    """The windows of tasks, each with its name, that one person is to do; raises Refused for two at the same time."""
    taken = [0] * 7
    for task, windows in tasks:
        days = week.read_week(tuple(windows)).days
        if any(mine & day for mine, day in zip(taken, days, strict=True)):
            raise Refused(
                "tasks_clash",
                f"„{task}“ ligger samtidig med en af de andre opgaver. Aftal en anden tid, eller vælg den fra.",
                f'"{task}" is at the same time as another of the tasks. Agree on another time, or leave it out.',
                fields={"opening_ids": "Ligger samtidig. / At the same time."},
            )
        taken = [mine | day for mine, day in zip(taken, days, strict=True)]
    return _joined(taken)


def _joined(taken: Sequence[int]) -> list[str]:
    """Minutes as windows, one for each stretch: two tasks in a row are one."""
    found = []
    for day, minutes in zip(week.DAYS, taken, strict=True):
        left = minutes
        while left:
            first = week.first_minute(left)
            run = ((left >> first) + 1 & ~(left >> first)).bit_length() - 1
            found.append(f"{day} {week.clock_time(first)}-{week.clock_time(first + run)}")
            left &= ~(((1 << run) - 1) << first)
    return found


def headline(tasks: Sequence[str]) -> str:
    """The tasks as a need's headline, cut where there are too many."""
    said = ", ".join([tasks[0], *(task[:1].lower() + task[1:] for task in tasks[1:])])
    return said if len(said) <= MOST_OF_TITLE else f"{said[: MOST_OF_TITLE - 1].rstrip(', ')}…"
