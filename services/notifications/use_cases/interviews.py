"""What a newer word about a talk of the contact course does to letters and reminders that have not gone out."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy.orm import Session

from services.notifications.rules import interview_drafts
from services.notifications.rules.drafts import TALK_OFF, Draft
from services.notifications.rules.interview_drafts import SELF_BOOKED, SUMMONED, TO_BOOK
from services.notifications.use_cases import messages, reminders
from shared.envelope import Received
from shared.events import Event, InterviewCalledOff, InterviewInvited, InterviewSelfBooked, InterviewSummoned
from shared.handling import Handler

LETTERS = (TO_BOOK, SUMMONED, SELF_BOOKED, TALK_OFF)


def _before(handle: Handler) -> Handler:
    """What older words had waiting is withdrawn before the newer one is told."""

    def newest(session: Session, batch: Sequence[Received[Any]]) -> None:
        messages.withdraw(session, {received.event.call_id: received.version for received in batch}, LETTERS)
        reminders.over(session, [(received, received.event.call_id) for received in batch])
        handle(session, batch)

    return newest


def handlers(letters: Callable[[Callable[[Any], list[Draft]]], Handler]) -> dict[type[Event], Handler]:
    """What is heard of these talks, with how letters are written."""
    return {
        InterviewInvited: letters(interview_drafts.invited),
        InterviewSummoned: _before(letters(interview_drafts.summoned)),
        InterviewSelfBooked: _before(letters(interview_drafts.self_booked)),
        InterviewCalledOff: _before(letters(interview_drafts.called_off)),
    }
