"""Which slots the calendars give: a consultant who is there, a room with a place left, an open day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.intake.rules import day_slots
from shared import calendar
from shared.policy import Policy

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class Time:
    """From a moment to another, the second outside."""

    starts_at: datetime
    ends_at: datetime

    def meets(self, other: "Time") -> bool:
        """True where they have a moment in common."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True)
class Worker:
    """A consultant's code, weekly hours ("mon 09:00-15:00") and absences."""

    code: str
    hours: tuple[str, ...]
    absences: tuple[Time, ...] = ()

    def works(self, time: Time) -> bool:
        """True where the whole time lies within hours of its weekday and outside every absence."""
        begins, ends = (moment.astimezone(calendar.DENMARK) for moment in (time.starts_at, time.ends_at))
        weekday = WEEKDAYS[begins.weekday()]
        within = any(
            hours[:3] == weekday and hours[4:9] <= f"{begins:%H:%M}" and f"{ends:%H:%M}" <= hours[10:]
            for hours in self.hours
        )
        return within and not any(time.meets(absence) for absence in self.absences)


@dataclass(frozen=True)
class Seat:
    """One place of a room, counted from one."""

    room_code: str
    number: int
    place_code: str


@dataclass(frozen=True)
class Given:
    """A slot: whose, where and when."""

    consultant: str
    room_code: str
    seat: int
    place_code: str
    time: Time


def planned(
    day: date, workers: Sequence[Worker], seats: Sequence[Seat], taken: Sequence[Given], policy: Policy
) -> list[Given]:
    """The free slots of a day: at each time the consultants who are there, as far as there are places for them.

    What is `taken` keeps its consultant and its place.
    """
    found = []
    for starts_at, ends_at in day_slots(day, policy):
        time = Time(starts_at, ends_at)
        busy = [given for given in taken if given.time.meets(time)]
        people = {given.consultant for given in busy}
        places = {(given.room_code, given.seat) for given in busy}
        there = [worker for worker in workers if worker.code not in people and worker.works(time)]
        left = [seat for seat in seats if (seat.room_code, seat.number) not in places]
        found += [
            Given(worker.code, seat.room_code, seat.number, seat.place_code, time)
            for worker, seat in zip(there, left, strict=False)
        ]
    return found


def still_given(given: Given, workers: Sequence[Worker], seats: Sequence[Seat], policy: Policy) -> bool:
    """True where the calendars would still give a slot that somebody has; another length of slots changes nothing."""
    hours = day_slots(calendar.danish_day(given.time.starts_at), policy)
    open_then = bool(hours) and hours[0][0] <= given.time.starts_at and given.time.ends_at <= hours[-1][1]
    worker = next((one for one in workers if one.code == given.consultant), None)
    place = any((seat.room_code, seat.number) == (given.room_code, given.seat) for seat in seats)
    return open_then and place and worker is not None and worker.works(given.time)


def horizon(today: date, policy: Policy) -> list[date]:
    """The days that slots are opened for."""
    return [today + timedelta(days=offset) for offset in range(policy.row("slots.horizon", today).value + 1)]
