"""Who the mentors are: which of them are the same, and who signs in as one."""

from collections.abc import Sequence

from sqlalchemy import update
from sqlalchemy.orm import Session

from services.notifications.models import KnownMentor, MentorLogin, Notice
from shared.envelope import Received
from shared.events import Event, MentorAssigned, MentorLinkTaken, MentorRecognised
from shared.handling import Handler
from shared.inbox import keep_newest


def on_link_taken(session: Session, batch: Sequence[Received[MentorLinkTaken]]) -> None:
    """What waits for that mentor waits for whoever signs in so."""
    keep_newest(session, MentorLogin, [
        {
            "id": received.event.invitation_id, "mentor_id": received.event.mentor_id,
            "subject": received.event.mentor_subject, "version": received.version,
        }
        for received in batch
    ])  # fmt: skip


def on_recognised(session: Session, batch: Sequence[Received[MentorRecognised]]) -> None:
    """Letters to the agreement's mentor go where the register says."""
    keep_newest(session, KnownMentor, [
        {"id": received.event.known_as, "mentor_id": received.event.mentor_id, "version": received.version}
        for received in batch
    ])  # fmt: skip


def on_assigned(session: Session, batch: Sequence[Received[MentorAssigned]]) -> None:
    """What waits about the placement waits for its new mentor."""
    for received in batch:
        about = Notice.placement_id == received.event.placement_id, Notice.mentor_id.is_not(None)
        waiting = update(Notice).where(*about, Notice.cleared_at.is_(None), Notice.told_at <= received.time)
        session.execute(waiting.values(mentor_id=received.event.mentor_id))


HANDLERS: dict[type[Event], Handler] = {
    MentorRecognised: on_recognised, MentorLinkTaken: on_link_taken, MentorAssigned: on_assigned,
}  # fmt: skip
