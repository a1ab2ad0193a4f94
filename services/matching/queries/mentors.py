"""The mentors of workplaces, and how many more they have room for."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.matching.models import Match, Need, Placement, Workplace
from services.matching.models.mentors import MentorHours
from services.matching.rules import mentors
from services.matching.rules.mentors import Hours
from services.matching.rules.week import Week, read_week


def mentors_at(session: Session, workplace_id: UUID) -> Sequence[MentorHours]:
    """Those of one workplace, the first told of first."""
    return session.scalars(
        select(MentorHours).where(MentorHours.workplace_id == workplace_id).order_by(MentorHours.id)
    ).all()


def rooms(session: Session, needs: Collection[Any], today: date) -> dict[UUID, int]:
    """For how many more each need has a mentor; nothing of needs without one, or where nobody told of any.

    `needs` are rows with id, p_number, windows, starts_on, mentor_offered and has_mentors.
    """
    asked = [need for need in needs if need.mentor_offered and need.has_mentors]
    if not asked:
        return {}
    places = {need.p_number for need in asked}
    found, busy = _hours(session, places), _busy(session, places, today)
    return {
        need.id: mentors.room(
            found[need.p_number],
            read_week(tuple(need.windows)),
            [week for ends, week in busy.get(need.p_number, ()) if ends >= need.starts_on],
        )
        for need in asked
    }


class Asked(NamedTuple):
    """A need that a company is still telling of, as `rooms` reads it."""

    id: UUID
    p_number: str
    windows: Sequence[str]
    starts_on: date
    mentor_offered: bool
    has_mentors: bool


def room_for(session: Session, place: Workplace, today: date, **told: Any) -> int | None:
    """For how many more a workplace has a mentor, of a need that is not received yet; told as in Asked."""
    asked = Asked(p_number=place.p_number, has_mentors=bool(mentors_at(session, place.id)), **told)
    return rooms(session, [asked], today).get(asked.id)


def _hours(session: Session, p_numbers: Collection[str]) -> dict[str, list[Hours]]:
    rows = session.execute(
        select(Workplace.p_number, MentorHours.windows, MentorHours.at_once)
        .join(Workplace, Workplace.id == MentorHours.workplace_id)
        .where(Workplace.p_number.in_(p_numbers))
    )
    found: dict[str, list[Hours]] = defaultdict(list)
    for p_number, windows, at_once in rows:
        found[p_number].append(Hours(read_week(tuple(windows)), at_once))
    return found


def _busy(session: Session, p_numbers: Collection[str], today: date) -> dict[str, list[tuple[date, Week]]]:
    """Until when and at what hours somebody is there, or is to come."""
    rows = session.execute(
        select(Placement.p_number, Placement.ends_on, Need.windows)
        .join(Match, Match.id == Placement.match_id)
        .join(Need, Need.id == Match.need_id)
        .where(Placement.p_number.in_(p_numbers), Placement.state != "refused", Placement.ends_on >= today)
    )
    found: dict[str, list[tuple[date, Week]]] = defaultdict(list)
    for p_number, ends, windows in rows:
        found[p_number].append((ends, read_week(tuple(windows))))
    return found
