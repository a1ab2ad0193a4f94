"""The doors of placements under way, their contacts, hours and mentors."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.followup import queries, schemas
from services.followup.api.base import FOLLOWERS, PLACEMENT, PLACEMENT_CHANGE, PLACEMENTS, WITH_MENTOR, doors
from services.followup.use_cases import contacts, hours, mentors, placements
from shared.auth import Principal
from shared.lookups import NOBODY
from shared.paging import PageQuery


@doors.get("/contacts/due", roles=WITH_MENTOR, about=PLACEMENTS, query=schemas.DueQuery, answer=schemas.DuePage)
def list_due_contacts(session: Session, principal: Principal, query: dict[str, Any]) -> Any:
    """Contacts that are due on a day or overdue, oldest first; a mentor's own only."""
    return queries.due(session, principal, **query)


@doors.get("/placements", roles=WITH_MENTOR, about=PLACEMENTS, query=PageQuery, answer=schemas.PlacementPage)
def list_placements(session: Session, principal: Principal, query: dict[str, Any]) -> Any:
    """Placements that are followed; a mentor's own only."""
    return queries.placements(session, principal, query)


@doors.get("/placements/<uuid:placement_id>", roles=WITH_MENTOR, about=PLACEMENT, answer=schemas.PlacementAnswer)
def read_placement(session: Session, principal: Principal, placement_id: UUID) -> Any:
    """One placement with its contacts, its checklist and how the hours grow."""
    return queries.placement_answer(session, principal, placement_id)


@doors.post(
    "/contacts/<uuid:contact_id>/held",
    roles=FOLLOWERS,
    about=PLACEMENT_CHANGE,
    body=schemas.HeldContact,
    answer=schemas.ContactAnswer,
)
def hold_contact(session: Session, principal: Principal, contact_id: UUID, body: dict[str, Any]) -> Any:
    """Say that a contact took place, and what came of it."""
    return contacts.hold_contact(session, contact_id, held_by=principal.subject, **body)


@doors.post("/contacts/<uuid:contact_id>/undo", roles=FOLLOWERS, about=PLACEMENT_CHANGE, answer=schemas.ContactAnswer)
def reopen_contact(session: Session, _principal: Principal, contact_id: UUID) -> Any:
    """Take back that a contact was held, on the day that was recorded."""
    return contacts.reopen_contact(session, contact_id)


@doors.post(
    "/contacts/<uuid:contact_id>/moved",
    roles=FOLLOWERS,
    about=PLACEMENT_CHANGE,
    body=schemas.MovedContact,
    answer=schemas.ContactAnswer,
)
def move_contact(session: Session, _principal: Principal, contact_id: UUID, body: dict[str, Any]) -> Any:
    """Move a contact to another opening day or time."""
    return contacts.move_contact(session, contact_id, **body)


@doors.post(
    "/placements/<uuid:placement_id>/checklist/<code>",
    roles=WITH_MENTOR,
    about=PLACEMENT_CHANGE,
    answer=schemas.ChecklistAnswer,
)
def tick_checklist(session: Session, principal: Principal, placement_id: UUID, code: str) -> Any:
    """Tick one thing on the first day's checklist."""
    return queries.checklist_answer(principal, placements.tick(session, principal, placement_id, code, done=True))


@doors.post(
    "/placements/<uuid:placement_id>/checklist/<code>/undo",
    roles=WITH_MENTOR,
    about=PLACEMENT_CHANGE,
    answer=schemas.ChecklistAnswer,
)
def untick_checklist(session: Session, principal: Principal, placement_id: UUID, code: str) -> Any:
    """Take a tick away again."""
    return queries.checklist_answer(principal, placements.tick(session, principal, placement_id, code, done=False))


@doors.post(
    "/placements/<uuid:placement_id>/hours",
    roles=FOLLOWERS,
    about=PLACEMENT_CHANGE,
    body=schemas.NewHours,
    answer=schemas.HoursAnswer,
)
def agree_hours(session: Session, _principal: Principal, placement_id: UUID, body: dict[str, Any]) -> Any:
    """Agree new weekly hours from a day on."""
    return hours.agree_hours(session, placement_id, **body)


@doors.post(
    "/placements/<uuid:placement_id>/mentor-invitations",
    roles=FOLLOWERS,
    about=PLACEMENT_CHANGE,
    answer=schemas.InvitationAnswer,
)
def invite_mentor(session: Session, principal: Principal, placement_id: UUID) -> Any:
    """A link's code for the placement's mentor, who then sees it after signing in."""
    return mentors.invite_mentor(session, principal, placement_id)


@doors.post(
    "/mentor-invitations/taken",
    status=200,
    roles=("mentor",),
    about=NOBODY,
    body=schemas.InvitationCode,
    answer=schemas.InvitationTaken,
)
def take_mentor_invitation(session: Session, principal: Principal, body: dict[str, str]) -> Any:
    """Become the mentor that a link is for."""
    return mentors.take_invitation(session, principal, **body)
