"""What is heard of the meeting of citizen and company before an agreement."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from services.notifications.rules import drafts
from services.notifications.rules.match_meetings import match_meeting, match_meeting_off
from services.notifications.use_cases import messages, reminders
from shared.envelope import Received
from shared.events import MatchMeetingCancelled, MatchMeetingSet


def on_set(session: Session, batch: Sequence[Received[MatchMeetingSet]]) -> None:
    """A letter with the time, and a word the day before; one that was to say that they do not meet is withdrawn."""
    versions = {received.event.match_id: received.version for received in batch}
    messages.withdraw(session, versions, (drafts.MATCH_MEETING_OFF,))
    told = [(received, draft) for received in batch for draft in match_meeting(received.event)]
    messages.write(session, told)
    reminders.plan(session, told)


def on_cancelled(session: Session, batch: Sequence[Received[MatchMeetingCancelled]]) -> None:
    """What was still to tell of the time is withdrawn, and a letter says that it is off."""
    versions = {received.event.match_id: received.version for received in batch}
    messages.withdraw(session, versions, (drafts.MATCH_MEETING,))
    reminders.over(session, [(received, received.event.match_id) for received in batch])
    messages.write(session, [(received, draft) for received in batch for draft in match_meeting_off(received.event)])
