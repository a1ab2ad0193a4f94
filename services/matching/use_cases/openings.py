"""Openings spotted on visits: noted, carved into a need alone or with others, or dropped; each with its way back."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.models import Need, SpottedOpening, Visit
from services.matching.rules import openings, profiles
from services.matching.use_cases import needs
from shared import clock
from shared.database import new_id
from shared.errors import CannotUndo, Invalid, NotFound, PreconditionFailed, Refused


def note_visit(
    session: Session, p_number: str, *, visited_on: date, tasks: Sequence[dict[str, Any]], by: str, name: str
) -> tuple[Visit, list[SpottedOpening]]:
    """What somebody saw at a workplace; a second note of the day goes with the first visit."""
    place = queries.find_workplace(session, p_number)
    if place is None:
        raise NotFound
    if visited_on > clock.today():
        raise Invalid({"visited_on": "Dagen er ikke kommet endnu. / That day has not come yet."})
    same = (Visit.p_number == p_number) & (Visit.visited_on == visited_on) & (Visit.noted_by == by)
    visit = session.scalar(select(Visit).where(same))
    if visit is None:
        visit = Visit(
            id=new_id(), company_id=place.company_id, p_number=p_number, visited_on=visited_on,
            noted_by=by, noted_name=name, noted_at=clock.now(),
        )  # fmt: skip
        session.add(visit)
        session.flush()
    made = [_spotted(visit, **told) for told in tasks]
    session.add_all(made)
    session.flush()
    return visit, made


def _spotted(visit: Visit, *, days: list[str], begins: str, hours_a_day: float, **told: Any) -> SpottedOpening:
    for field in ("task", "done_by"):
        if found := profiles.reveals(told[field] or "", ()):
            words = profiles.FOUND[found[0]]
            raise Invalid({field: f"{words.danish} / {words.english}"})
    windows = openings.windows_of(days, begins, hours_a_day)
    return SpottedOpening(
        id=new_id(), visit_id=visit.id, p_number=visit.p_number, windows=windows, state="spotted", **told
    )  # fmt: skip


def drop(
    session: Session, opening_id: UUID, version: int, reason_code: str, *, p_number: str | None = None
) -> SpottedOpening:
    """Nothing comes of it, and why; where a workplace is named, only of what was spotted there."""
    row = _at(session, opening_id, version, "spotted", p_number)
    row.state, row.reason_code = "dropped", reason_code
    session.flush()
    return row


def take_up(session: Session, opening_id: UUID, version: int, *, p_number: str | None = None) -> SpottedOpening:
    """Something may come of it after all."""
    row = _at(session, opening_id, version, "dropped", p_number)
    row.state, row.reason_code = "spotted", None
    session.flush()
    return row


def _at(session: Session, opening_id: UUID, version: int, state: str, p_number: str | None) -> SpottedOpening:
    row = session.get(SpottedOpening, opening_id, with_for_update=True)
    if row is None or p_number not in (None, row.p_number):
        raise NotFound
    if row.version != version or row.state != state:
        raise PreconditionFailed
    return row


def bundle(session: Session, p_number: str, *, opening_ids: Sequence[UUID], **told: Any) -> Need:
    """One need of one or several tasks at a workplace, with their hours and no more; the headline says them."""
    found = session.scalars(
        select(SpottedOpening).where(SpottedOpening.id.in_(opening_ids)).order_by(SpottedOpening.id).with_for_update()
    ).all()
    if not found or {row.p_number for row in found} != {p_number} or len(found) != len(set(opening_ids)):
        raise NotFound
    if any(row.state != "spotted" for row in found):
        raise Refused("not_spotted", "En af opgaverne er brugt eller droppet.", "One of the tasks is used or dropped.")
    windows = openings.together([(row.task, row.windows) for row in found])
    visit = session.get_one(Visit, found[0].visit_id)
    told["title"] = told["title"] or openings.headline([row.task for row in found])
    need = needs.receive_need(
        session, None, company_id=visit.company_id, p_number=p_number, windows=windows, positions=1, licences=[],
        weekly_hours_min=openings.weekly_hours(windows), weekly_hours_max=openings.weekly_hours(windows),
        days_required=None, hours_per_day=None, unadvertised=all(row.unadvertised for row in found), **told,
    )  # fmt: skip
    session.flush()
    for row in found:
        row.state, row.need_id = "need", need.id
    session.flush()
    return need


def unbundle(session: Session, need_id: UUID, version: int, *, p_number: str | None = None) -> None:
    """The tasks stand for themselves again and the need is closed; raises CannotUndo once somebody was proposed."""
    rows = session.scalars(select(SpottedOpening).where(SpottedOpening.need_id == need_id).with_for_update()).all()
    if not rows or p_number not in (None, rows[0].p_number):
        raise NotFound
    if queries.matches(session, need_id=need_id, cursor=None, limit=1)["items"]:
        raise CannotUndo
    needs.change_need(session, None, need_id, version, {"state": "closed"})
    for row in rows:
        row.state, row.need_id = "spotted", None
    session.flush()
