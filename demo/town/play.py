"""The whole play: who comes when, and what each service does by itself in the morning."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from demo.town import calendar as times
from demo.town import desk, firms, people, today
from demo.town.companies import Companies
from demo.town.following import Following
from demo.town.market import Market
from demo.town.people import Citizen
from demo.town.placing import Agreed, Placing
from demo.town.special import Special
from demo.town.stage import Do, Stage
from services.followup.use_cases import real_hours
from services.intake.use_cases import alarms, cv, places, referrals, slots
from services.matching.use_cases import approvals, lapsing, promises
from shared import clock
from shared.config import Settings
from shared.events import FOLLOWUP, INTAKE, MATCHING

SEED = 2024
LETTERS_DAYS = 3
BEFORE_ALL = timedelta(days=12)
# What the services do by themselves is done once a week in the past, and daily lately.
LATELY = timedelta(days=45)
INTAKES: tuple[Do, ...] = (alarms.watch, cv.watch, places.let_go, referrals.lapse_overdue)
MATCHINGS: tuple[Do, ...] = (lapsing.lapse, approvals.expire, promises.break_overdue)
Jobs = Callable[[date], Mapping[str, tuple[Do, ...]]]


def stock_slots(session: Session) -> None:
    """On Mondays, as they are opened two weeks ahead; it is dear."""
    if clock.today().weekday() == 0:
        slots.stock_slots(session)


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
    stage = Stage(settings, now, now - timedelta(days=LETTERS_DAYS))
    try:
        jobs, first = _planned(stage, size, seed)
        length = max(1, (now.date() - first).days)
        stage.play(jobs, lambda day: progress((day - first).days / length))
        today.dead(stage)
    finally:
        stage.close()
    return stage


def _planned(stage: Stage, size: Size, seed: int) -> tuple[Jobs, date]:
    """What begins by itself: arrivals, companies, groups; the rest follows from these. And the first day."""
    drawn, now = random.Random(f"town {seed}"), stage.now  # noqa: S311  not a secret
    moments, share = times.arrivals(drawn, size.citizens, now), size.citizens / FULL.citizens
    first = moments[0] - BEFORE_ALL
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

    counter = desk.Desk(stage, drawn, held)
    stage.plan(first, INTAKE, desk.open_up)
    for citizen, moment in zip(people.citizens(size.citizens, clock.today(), seed), moments, strict=True):
        counter.comes(citizen, moment)
    for firm in firms.firms(size.companies, seed):
        # Half of them are known from the beginning, the others come one by one.
        back = 0.0 if drawn.random() < 0.5 else drawn.random()
        day = times.open_from((first + (now - first) * back).date())
        companies.phones(firm, times.at(drawn, day))
    special.plan_all(first.date(), now.date())
    market.plan_all(first.date(), now.date())
    today.Today(stage, drawn).plan_all(counter.known)
    return _jobs(following, now.date() - LATELY), first.date()


def _jobs(following: Following, lately: date) -> Jobs:
    def jobs(day: date) -> Mapping[str, tuple[Do, ...]]:
        weekly = day >= lately or day.weekday() == 0
        return {
            INTAKE: (stock_slots, *(INTAKES if weekly else ())), MATCHING: MATCHINGS if weekly else (),
            FOLLOWUP: (following.tell_weeks, following.hold_talks, *((real_hours.close_weeks,) if weekly else ())),
        }  # fmt: skip

    return jobs
