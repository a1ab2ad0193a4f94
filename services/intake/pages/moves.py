"""Staff move a talk or call it off, and take it back."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.intake import queries
from services.intake.models import Visitation
from services.intake.pages import pages, words
from services.intake.pages.citizen import crumbs_to
from services.intake.queries import promise
from services.intake.schemas.promise import NewTime
from services.intake.use_cases import moves
from shared import calendar
from shared.auth import STAFF, Principal
from shared.fields import Body, Moment
from shared.lookups import About
from shared.pages import Page, See, Undo

TALK, CHANGE = About("case", purpose="visitation"), About("case", how="change", purpose="visitation")
TIME = "/skranken/tid/<uuid:visitation_id>"
SHOWN = 40


class BackForm(Body):
    """The time it had."""

    starts_at = Moment(required=True)


def times_by_day(session: Session, until: Any = None) -> list[tuple[Any, list[Any]]]:
    """The soonest free slots, day by day."""
    days: dict[Any, list[Any]] = {}
    for slot in promise.soonest(session, SHOWN, until=until):
        days.setdefault(calendar.danish_day(slot.starts_at), []).append(slot)
    return list(days.items())


def _times(session: Session, principal: Principal, visitation_id: UUID, typed: Any = None) -> Page:  # noqa: ARG001
    talk = queries.visitation(session, visitation_id)
    citizen = queries.citizen(session, talk.citizen_id)
    context = {
        "talk": talk, "citizen": citizen, "contact": queries.contact(session, talk.contact_id),
        "days": times_by_day(session), "with_whom": promise.where_and_whom(session, talk.id),
        "crumbs": crumbs_to(citizen, (_("Flyt eller aflys"), None)),
    }  # fmt: skip
    return Page("intake/move.html", context)


@pages.get(TIME, roles=STAFF, about=TALK)
def times_to_move_to(session: Session, principal: Principal, visitation_id: UUID) -> Page:
    """The talk and the free times."""
    return _times(session, principal, visitation_id)


@pages.post(f"{TIME}/flyt", roles=STAFF, about=CHANGE, body=NewTime, again=_times)
def move_talk(session: Session, _principal: Principal, visitation_id: UUID, body: dict[str, Any]) -> See:
    """To the time that was chosen."""
    before = queries.visitation(session, visitation_id).starts_at
    return _moved(session, moves.move(session, visitation_id, body["slot_id"], by="staff"), before)


@pages.post(f"{TIME}/foerste", roles=STAFF, about=CHANGE, again=_times)
def move_to_first(session: Session, _principal: Principal, visitation_id: UUID) -> See:
    """To the soonest time, in one act."""
    before = queries.visitation(session, visitation_id).starts_at
    return _moved(session, moves.move_to_soonest(session, visitation_id), before)


@pages.post(f"{TIME}/aflys", roles=STAFF, about=CHANGE, again=_times)
def cancel_talk(session: Session, _principal: Principal, visitation_id: UUID) -> See:
    """The talk is off."""
    talk = moves.cancel(session, visitation_id, by="staff")
    return See("/skranken", _("Tiden er aflyst, og borgeren får besked."), _back(talk.id, talk.starts_at))


@pages.post(f"{TIME}/tilbage", roles=STAFF, about=CHANGE, body=BackForm, again=_times)
def move_talk_back(session: Session, _principal: Principal, visitation_id: UUID, body: dict[str, Any]) -> See:
    """Undone, while the old time is free."""
    moves.move_back(session, visitation_id, body["starts_at"])
    return See("/skranken", _("Den gamle tid gælder igen, og borgeren får besked."))


def _moved(session: Session, talk: Visitation, before: datetime) -> See:
    said = _("Tiden er flyttet til %(when)s, og borgeren får besked.", when=words.soon(talk.starts_at))
    # Nobody is offered the way back to a consultant who is not there.
    there = talk.starts_at != before and moves.free_at(session, before)
    return See("/skranken", said, _back(talk.id, before) if there else None)


def _back(visitation_id: UUID, before: datetime) -> Undo:
    return Undo(f"/skranken/tid/{visitation_id}/tilbage", {"starts_at": before.isoformat()})
