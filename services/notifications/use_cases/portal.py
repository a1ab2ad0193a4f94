"""What is heard of a message that is taken back, and of an event in the forum that is off, or on again."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from services.notifications.rules import portal_drafts as drafts
from services.notifications.use_cases import messages, notices
from shared.envelope import Received
from shared.events import (
    CompanyMessageTakenBack,
    CompanySeatCalledOff,
    CompanySeatRestored,
    Event,
    ForumSeatCalledOff,
    ForumSeatRestored,
)
from shared.handling import Handler

Off = ForumSeatCalledOff | CompanySeatCalledOff
On = ForumSeatRestored | CompanySeatRestored


def _versions(batch: Sequence[Received[Any]]) -> dict[Any, int]:
    return {received.event.seat_id: received.version for received in batch}


def on_called_off(session: Session, batch: Sequence[Received[Off]]) -> None:
    """What was still to say of a seat is withdrawn, and a letter says that the event is off."""
    messages.withdraw(session, _versions(batch), (drafts.FORUM_SEAT, drafts.FORUM_ON))
    messages.write(session, [(received, draft) for received in batch for draft in drafts.forum_off(received.event)])


def on_restored(session: Session, batch: Sequence[Received[On]]) -> None:
    """A letter that has not gone out never does; one that has is taken back by another."""
    versions = _versions(batch)
    messages.withdraw(session, versions, (drafts.FORUM_OFF,), "recalled")
    told = messages.sent_data(session, versions, drafts.FORUM_OFF)
    messages.write(session, [
        (received, draft)
        for received in batch
        if received.event.seat_id in told
        for draft in drafts.forum_on(received.event)
    ])  # fmt: skip


def on_message_taken_back(session: Session, batch: Sequence[Received[CompanyMessageTakenBack]]) -> None:
    """There is nothing to read: a letter that has not gone out never does, and what waits for staff goes or comes."""
    versions = {received.event.message_id: received.version for received in batch}
    messages.withdraw(session, versions, (drafts.COMPANY_MESSAGE,), "recalled")
    notices.on_message_taken_back(session, batch)


HANDLERS: dict[type[Event], Handler] = {
    CompanyMessageTakenBack: on_message_taken_back,
    ForumSeatCalledOff: on_called_off,
    CompanySeatCalledOff: on_called_off,
    ForumSeatRestored: on_restored,
    CompanySeatRestored: on_restored,
}
