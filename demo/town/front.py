"""Intake's part of the play in a process of its own, which is days ahead of the rest: it waits for nothing of theirs.

What intake hears of matches and placements are copies that none of its acts looks at; the others let it hear them.
"""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from demo.town import calendar as times
from demo.town import desk, people, today
from demo.town.beside import Beside
from demo.town.people import Citizen
from demo.town.stage import Do, Stage, Told
from services.intake.use_cases import alarms, cv, places, referrals, slots
from shared import clock
from shared.calendar import danish_day, danish_time
from shared.config import Settings
from shared.events import INTAKE


@dataclass(frozen=True)
class Course:
    """How the play goes: how many come, its now, since when letters are news, its days, and what chance begins from."""

    citizens: int
    now: datetime
    letters_from: datetime
    days: Sequence[date]
    seed: int


class Lived(NamedTuple):
    """A day at the desk: what listeners are told, and who was talked with and took part; with all acts until then."""

    told: dict[str, list[Told]]
    held: list[tuple[UUID, Citizen, datetime]]
    done: int
    refused: Counter[str]


class Front:
    """Gives one day after another."""

    def __init__(self, settings: Settings, course: Course) -> None:
        self._other = Beside(_live, settings, course)

    def day(self) -> Lived:
        """The next one, when it is over."""
        lived: Lived = self._other.get()
        return lived

    def stop(self) -> None:
        """At once, whatever is left."""
        self._other.stop()


def arrivals(citizens: int, now: datetime, seed: int) -> list[datetime]:
    """When they come, the first one first."""
    return times.arrivals(_drawn("arrivals", seed), citizens, now)


def stock_slots(session: Session) -> None:
    """On Mondays, as they are opened two weeks ahead; it is dear."""
    if clock.today().weekday() == 0:
        slots.stock_slots(session)


JOBS: tuple[Do, ...] = (stock_slots, alarms.watch, cv.watch, places.let_go, referrals.lapse_overdue)


def _live(settings: Settings, course: Course, out: Any) -> None:
    held: list[tuple[UUID, Citizen, datetime]] = []
    now, days, seed = course.now, course.days, course.seed
    with clock.moved_to(now):
        stage = Stage({INTAKE: settings}, now, course.letters_from)
        counter = desk.Desk(stage, _drawn("desk", seed), lambda *one: held.append(one))
        stage.plan(danish_time(days[0], 0), INTAKE, desk.open_up)
        invented = people.citizens(course.citizens, danish_day(now), seed)
        for citizen, moment in zip(invented, arrivals(course.citizens, now, seed), strict=True):
            counter.comes(citizen, moment)
        today.Today(stage, _drawn("today", seed)).plan_all(counter.known)
        for day in days:
            stage.live(day, {INTAKE: JOBS if times.jobs_run(day, days[-1]) else ()})
            out.put(Lived(stage.take_unheard(), held[:], stage.done, Counter(stage.refused)))
            held.clear()


def _drawn(what: str, seed: int) -> random.Random:
    return random.Random(f"{what} {seed}")  # noqa: S311  not a secret
