"""How many of those who take part were put forward and placed, by age, by sex and by how long they have been known."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Date, and_, case, cast, exists, func, literal, or_, select
from sqlalchemy.orm import Session

from services.intake.models import Citizen, Engagement, JobWishes
from services.intake.use_cases import POLICY
from services.intake.use_cases.erasure import LAST_WORD
from shared import calendar, clock
from shared.small_counts import shown


class Group(NamedTuple):
    """A group's number in its order, who takes part, and how many of them were proposed and placed."""

    number: int
    taking_part: int
    proposed: int
    placed: int


_TALKED_OF = exists().where(Engagement.citizen_id == Citizen.id)
_PLACED = exists().where(Engagement.citizen_id == Citizen.id, Engagement.version == LAST_WORD)


def by_age(session: Session, today: date, limits: Sequence[int]) -> list[Group]:
    """Groups that end below so many years, and the rest."""
    years = func.date_part("year", func.age(cast(literal(today), Date), Citizen.birth_date))
    return _groups(session, [years < limit for limit in limits])


def by_sex(session: Session) -> list[Group]:
    """Women, men, and those of whom it was never written down."""
    return _groups(session, [Citizen.sex == "female", Citizen.sex == "male"])


def by_time_known(session: Session, today: date, limits: Sequence[int]) -> list[Group]:
    """Groups of those registered less than so many weeks ago, and the rest."""
    since = [today - timedelta(weeks=limit) for limit in limits]
    return _groups(session, [Citizen.registered_at >= calendar.danish_time(day, 0) for day in since])


def _groups(session: Session, conditions: Sequence[ColumnElement[bool]]) -> list[Group]:
    number = case(*((condition, place) for place, condition in enumerate(conditions)), else_=len(conditions))
    taking_part = exists().where(and_(JobWishes.citizen_id == Citizen.id, JobWishes.consent_to_matching))
    counted: Any = (
        select(number, func.count(), func.count().filter(_TALKED_OF), func.count().filter(_PLACED))
        .where(or_(taking_part, _TALKED_OF))
        .group_by(number)
        .order_by(number)
    )
    found = {row[0]: Group(*row) for row in session.execute(counted)}
    return [found.get(place, Group(place, 0, 0, 0)) for place in range(len(conditions) + 1)]


def tables(session: Session) -> dict[str, Any]:
    """By age, sex and time known: the limits, and each group's counts as far as they may be shown; no sex where a row
    does not say that it is counted."""
    today = clock.today()
    least = POLICY.row("counts.hidden_below", today).value
    ages, weeks = (POLICY.row(f"fairness.{name}", today).value for name in ("age_limits", "week_limits"))
    by = {"age": (ages, by_age(session, today, ages)), "weeks_known": (weeks, by_time_known(session, today, weeks))}
    counted = POLICY.find("fairness.count_sex", today) is not None
    sexes = [shown(group[1:], least) for group in by_sex(session)] if counted else None
    return {"least": least, "sex": sexes} | {
        name: {"limits": limits, "groups": [shown(group[1:], least) for group in groups]}
        for name, (limits, groups) in by.items()
    }
