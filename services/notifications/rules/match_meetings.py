"""The letters about the meeting of citizen and company before an agreement."""

from typing import Any

from services.notifications.rules.drafts import CITIZEN, COMPANY, MATCH_MEETING, MATCH_MEETING_OFF, Draft, appointment
from shared.events import MatchMeetingCancelled, MatchMeetingSet


def match_meeting(event: MatchMeetingSet) -> list[Draft]:
    """Both hear when they meet; of whom the company meets, and where the citizen is to go, the letter says nothing."""
    told = {"appointments": [appointment(event.match_id, event.starts_at)], "told_at": event.set_at.isoformat()}
    return _to_both(MATCH_MEETING, event, told)


def match_meeting_off(event: MatchMeetingCancelled) -> list[Draft]:
    """Both hear that they do not meet."""
    told = {"appointments": [appointment(event.match_id, event.starts_at)], "told_at": event.cancelled_at.isoformat()}
    return _to_both(MATCH_MEETING_OFF, event, told)


def _to_both(template: str, event: MatchMeetingSet | MatchMeetingCancelled, data: dict[str, Any]) -> list[Draft]:
    recipients = [(CITIZEN, event.citizen_id)] + [(COMPANY, event.company_id)] * event.tell_company
    return [Draft(template=template, kind=kind, recipient=recipient, data=data) for kind, recipient in recipients]
