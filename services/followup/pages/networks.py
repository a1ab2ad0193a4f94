"""The mentors' meetings, with minutes that stay in this service."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.followup import queries, schemas
from services.followup.api import FOLLOWERS
from services.followup.api.mentoring import MENTOR_CHANGE, MENTORS
from services.followup.pages import pages
from services.followup.pages.board import HOME
from services.followup.pages.mentoring import ALL as MENTOR_LIST
from services.followup.use_cases import networks
from shared.auth import Principal
from shared.pages import Page, See

ALL = f"{MENTOR_LIST}/netvaerk"
ONE = f"{ALL}/<uuid:meeting_id>"


def _page(session: Session, meeting: Any, typed: Any) -> Page:
    crumbs = [(_("Opfølgning"), HOME), (_("Mentorer"), MENTOR_LIST), (_("Netværksmøder"), ALL if meeting else None)]
    return Page("followup/networks.html", {
        "meeting": meeting,
        "items": queries.network_meetings(session),
        "mentors": [(str(one["id"]), one["name"]) for one in queries.mentors(session)],
        "typed": typed,
        "crumbs": [*crumbs, (_("Et møde"), None)] if meeting else crumbs,
    })  # fmt: skip


@pages.get(ALL, roles=FOLLOWERS, about=MENTORS)
def list_meetings(session: Session, _principal: Principal, typed: Any = None) -> Page:
    """Every meeting, and the form for a new one."""
    return _page(session, None, typed)


@pages.post(ALL, roles=FOLLOWERS, about=MENTOR_CHANGE, body=schemas.MeetingBody, again=list_meetings, shows="list")
def note_meeting(session: Session, principal: Principal, body: dict[str, Any]) -> See:
    """Mentors met."""
    made = networks.note(session, principal, **body)
    return See(f"{ALL}/{made.id}", _("Mødet er noteret. Ret det her, hvis noget er forkert."))


@pages.get(ONE, roles=FOLLOWERS, about=MENTORS)
def see_meeting(session: Session, _principal: Principal, meeting_id: UUID, typed: Any = None) -> Page:
    """One meeting with its minutes."""
    return _page(session, queries.network_meeting(session, meeting_id), typed)


@pages.post(ONE, roles=FOLLOWERS, about=MENTOR_CHANGE, body=schemas.MeetingBody, again=see_meeting, shows="list")
def correct_meeting(session: Session, principal: Principal, meeting_id: UUID, body: dict[str, Any]) -> See:
    """What the minutes should have said."""
    networks.note(session, principal, meeting_id, **body)
    return See(f"{ALL}/{meeting_id}", _("Mødet er rettet."))
