"""A mentor's link is made, withdrawn and taken."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.followup import queries
from services.followup.models import MentorInvitation
from services.followup.use_cases import POLICY
from shared import clock
from shared.auth import Principal
from shared.database import new_id
from shared.errors import NotFound, Refused
from shared.events import MentorLinkTaken
from shared.outbox import record

CODE_BYTES = 24


def invite_mentor(session: Session, principal: Principal, placement_id: UUID) -> dict[str, Any]:
    """A link's code for the placement's mentor, told this once, and until when it can be taken."""
    placement = queries.placement(session, principal, placement_id)
    now, code = clock.now(), secrets.token_urlsafe(CODE_BYTES)
    ends_at = now + timedelta(days=POLICY.row("mentor.invitation", clock.today()).value)
    made = MentorInvitation(
        id=new_id(), mentor_id=placement.mentor_id, code_hash=_hash(code), made_by=principal.subject, made_at=now,
        ends_at=ends_at,
    )  # fmt: skip
    session.add(made)
    return {"id": made.id, "code": code, "ends_at": ends_at}


def withdraw_invitation(session: Session, principal: Principal, placement_id: UUID, invitation_id: UUID) -> None:
    """A link that nobody took yet is over; one that was taken stands."""
    placement = queries.placement(session, principal, placement_id)
    found = session.get(MentorInvitation, invitation_id, with_for_update=True)
    if found is None or found.mentor_id != placement.mentor_id:
        raise NotFound
    if found.subject is not None:
        raise Refused("invitation_taken", "Linket er allerede brugt.", "The link has been used already.")
    found.ends_at = min(found.ends_at, clock.now())


def take_invitation(session: Session, principal: Principal, code: str) -> MentorInvitation:
    """Whoever is signed in is the mentor from now on; taken again by the same person it changes nothing."""
    wanted = select(MentorInvitation).where(MentorInvitation.code_hash == _hash(code)).with_for_update()
    found, now = session.scalar(wanted), clock.now()
    if found is not None and found.subject == principal.subject:
        return found
    if found is None or found.subject is not None or found.ends_at <= now:
        raise Refused(
            "invitation_over",
            "Linket er brugt eller udløbet. Bed jobkonsulenten om et nyt.",
            "The link has been used or is over. Ask the job consultant for a new one.",
        )
    found.subject, found.taken_at = principal.subject, now
    record(session, MentorLinkTaken(
        invitation_id=found.id, mentor_id=found.mentor_id, mentor_subject=principal.subject
    ))  # fmt: skip
    return found


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
