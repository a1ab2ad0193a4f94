"""The whole play: who comes when, and what each service does by itself in the morning."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from demo.town import calendar as times
from demo.town import firms, front, today
from demo.town.companies import Companies
from demo.town.following import Following
from demo.town.front import Course, Front
from demo.town.market import Market
from demo.town.people import Citizen
from demo.town.placing import Agreed, Placing
from demo.town.special import Special
from demo.town.stage import Do, Stage
from services.followup.use_cases import real_hours
from services.matching.use_cases import approvals, lapsing, promises
from shared.calendar import danish_day
from shared.config import Settings
from shared.events import FOLLOWUP, INTAKE, MATCHING, NOTIFICATIONS

SEED = 2024
LETTERS_DAYS = 3
BEFORE_ALL = timedelta(days=12)
MATCHINGS: tuple[Do, ...] = (lapsing.lapse, approvals.expire, promises.break_overdue)
Held = Callable[[UUID, Citizen, datetime], None]
Jobs = Callable[[date], Mapping[str, Sequence[Do]]]


@dataclass(frozen=True)
class Size:
    """How many of whom."""

    citizens: int
    companies: int


FULL, SMALL = Size(5000, 600), Size(400, 60)


def town(
    settings: Mapping[str, Settings], size: Size, now: datetime, progress: Callable[[float], None], seed: int = SEED
) -> Stage:
    """Plays it; the stage is closed, and tells what was done."""
    first = danish_day(front.arrivals(size.citizens, now, seed)[0] - BEFORE_ALL)
    days = [first + timedelta(days=later) for later in range((danish_day(now) - first).days + 1)]
    letters_from = now - timedelta(days=LETTERS_DAYS)
    desk = Front(settings[INTAKE], Course(size.citizens, now, letters_from, days, seed))
    stage = Stage(settings, now, letters_from)
    try:
        held, jobs = _planned(stage, size, first, seed)
        for number, day in enumerate(days, 1):
            lived = desk.day()
            stage.to_hear(lived.told)
            for one in lived.held:
                held(*one)
            stage.live(day, jobs(day))
            progress(number / len(days))
        stage.live(days[-1] + timedelta(days=1), {})
        stage.end()
        stage.done, stage.refused = stage.done + lived.done, stage.refused + lived.refused
        today.dead(stage)
    finally:
        desk.stop()
        stage.close()
    return stage


def _planned(stage: Stage, size: Size, first: date, seed: int) -> tuple[Held, Jobs]:
    """What begins by itself: companies, groups. Gives who hears of those who said what they want, and the jobs."""
    drawn, last = random.Random(f"town {seed}"), danish_day(stage.now)  # noqa: S311  not a secret
    share = size.citizens / FULL.citizens
    following, special = Following(stage, drawn), Special(stage, drawn, share)
    companies = Companies(stage, drawn, special.mentor_at)
    market = Market(stage, drawn, companies, share)

    def agreed(one: Agreed) -> None:
        following.agreed(one)
        special.agreed(one)

    placing = Placing(stage, drawn, companies, agreed)

    def held(citizen_id: UUID, citizen: Citizen, moment: datetime) -> None:
        special.knows(citizen_id, citizen, moment)
        market.knows(citizen_id, citizen, moment)
        placing.wished(citizen_id, citizen, moment)

    for firm in firms.firms(size.companies, seed):
        # Half of them are known from the beginning, the others come one by one.
        back = 0.0 if drawn.random() < 0.5 else drawn.random()
        companies.phones(firm, times.at(drawn, times.open_from(first + (last - first) * back)))
    special.plan_all(first, last)
    market.plan_all(first, last)
    stage.plan(stage.now - today.HALF_AN_HOUR, NOTIFICATIONS, today.bounce)
    return held, _jobs(following, last)


def _jobs(following: Following, last: date) -> Jobs:
    def jobs(day: date) -> Mapping[str, Sequence[Do]]:
        often = times.jobs_run(day, last)
        talks = (following.hold_talks, following.finish_steps) if often or times.open_from(day) == day else ()
        weeks: tuple[Do, ...] = ()
        if often:
            weeks = (following.tell_weeks, real_hours.close_weeks, following.look_at_weeks, following.keep_contact)
        return {MATCHING: MATCHINGS if often else (), FOLLOWUP: (*weeks, *talks)}

    return jobs
