"""Who the mentors are: which of them are the same, and who signs in as one."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from services.notifications import queries
from services.notifications.models import KnownMentor, MentorLogin, Notice
from services.notifications.use_cases import addresses, choices
from shared.envelope import Received
from shared.events import Event, MentorAssigned, MentorContactTold, MentorLinkTaken, MentorRecognised
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
    """Letters to the agreement's mentor go where the register says, but for those they said no to before."""
    before = _choices(session, [received.event.known_as for received in batch])
    keep_newest(session, KnownMentor, [
        {"id": received.event.known_as, "mentor_id": received.event.mentor_id, "version": received.version}
        for received in batch
    ])  # fmt: skip
    _carry(session, before)


def on_contact_told(session: Session, batch: Sequence[Received[MentorContactTold]]) -> None:
    """How to reach a mentor of the register, who may have been recognised before that was heard."""
    mentors = [received.event.mentor_id for received in batch]
    known = session.scalars(select(KnownMentor.id).where(KnownMentor.mentor_id.in_(mentors))).all()
    before = _choices(session, known)
    addresses.keep_mentors(session, batch)
    _carry(session, before)


def _choices(session: Session, known_as: Collection[UUID]) -> dict[UUID, dict[str, Any]]:
    """What whoever these agreements' letters go to has chosen."""
    return {one: address.choices for one, address in queries.address_book(session, known_as).items()}


def _carry(session: Session, before: Mapping[UUID, Mapping[str, Any]]) -> None:
    """A no goes along to the row that letters are addressed by now, unless something was chosen there."""
    for known_as, address in queries.address_book(session, before).items():
        if address.id == known_as:
            # Until the register's own row comes, the agreement's says what was chosen last.
            address.choices = dict(before[known_as])
        no = {topic: {choices.DECLINED: True} for topic in choices.declined(before[known_as])}
        if no.keys() - address.choices.keys():
            address.choices = no | address.choices
    session.flush()


def on_assigned(session: Session, batch: Sequence[Received[MentorAssigned]]) -> None:
    """What waits about the placement waits for its new mentor."""
    for received in batch:
        about = Notice.placement_id == received.event.placement_id, Notice.mentor_id.is_not(None)
        waiting = update(Notice).where(*about, Notice.cleared_at.is_(None), Notice.told_at <= received.time)
        session.execute(waiting.values(mentor_id=received.event.mentor_id))


HANDLERS: dict[type[Event], Handler] = {
    MentorRecognised: on_recognised, MentorLinkTaken: on_link_taken, MentorAssigned: on_assigned,
    MentorContactTold: on_contact_told,
}  # fmt: skip
