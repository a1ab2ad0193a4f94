"""The letters about talks of the contact course."""

from services.notifications.rules.drafts import CITIZEN, TALK_OFF, Draft, appointment
from shared.events import InterviewCalledOff, InterviewInvited, InterviewSelfBooked, InterviewSummoned

TO_BOOK = "interview_invited"
SUMMONED, SELF_BOOKED = TIMED = ("interview_summoned", "interview_booked")


def invited(event: InterviewInvited) -> list[Draft]:
    """The citizen books until a day, and hears what happens otherwise."""
    data = {"appointments": [], "due_on": event.due.isoformat()}
    return [Draft(template=TO_BOOK, kind=CITIZEN, recipient=event.citizen_id, data=data)]


def summoned(event: InterviewSummoned) -> list[Draft]:
    """The citizen hears when and how."""
    return [_timed(SUMMONED, event)]


def self_booked(event: InterviewSelfBooked) -> list[Draft]:
    """The citizen has the time in writing and in the calendar."""
    return [_timed(SELF_BOOKED, event)]


def called_off(event: InterviewCalledOff) -> list[Draft]:
    """The citizen hears it, where there was a time."""
    if event.starts_at is None:
        return []
    told = {"appointments": [appointment(event.call_id, event.starts_at)], "told_at": event.told_at.isoformat()}
    return [Draft(template=TALK_OFF, kind=CITIZEN, recipient=event.citizen_id, data=told)]


def _timed(template: str, event: InterviewSummoned | InterviewSelfBooked) -> Draft:
    told = {
        "appointments": [appointment(event.call_id, event.starts_at, form=event.form)],
        "told_at": event.told_at.isoformat(),
    }
    return Draft(template=template, kind=CITIZEN, recipient=event.citizen_id, data=told)
