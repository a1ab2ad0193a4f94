"""Which letters an event calls for, and what each needs to be written: ids, dates and codes, never words."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from shared.calendar import danish_day, danish_time
from shared.events import (
    CvDeadlineReminded,
    CvDeadlineSet,
    EducationGuidanceReferred,
    FollowUpMoved,
    FollowUpPlanned,
    JobReferralFollowedUp,
    JobReferralMade,
    JobReferralReasonAsked,
    MatchConsented,
    MatchDeclined,
    MatchProposed,
    NeedReadBack,
    PlacementAgreed,
    PulseAsked,
    SearchAlerted,
    StraksaktiveringReferred,
    VisitationBooked,
    VisitationCancelled,
    VisitationMissed,
    VisitationMoved,
)

CITIZEN, COMPANY, MENTOR = KINDS = ("citizen", "company", "mentor")
# A mailbox of the municipality itself; a letter to it names nobody.
UNIT = "unit"
RECIPIENTS = (*KINDS, UNIT)
ALARM, ALARM_OVER = "promise_alarm", "promise_alarm_over"
BOOKED, CANCELLED = "visitation_booked", "visitation_cancelled"
FOLLOWUP_MOVED, VISITATION_MOVED = MOVED = ("followup_moved", "visitation_moved")
TIMES = (BOOKED, VISITATION_MOVED)
REMINDER_DAY, REMINDER_SOON, REMINDER_DUE = "reminder_day", "reminder_soon", "reminder_due"
UNOPENED, REMINDER_ASKED, REMINDER_MEETING = "unopened", "reminder_asked", "reminder_meeting"
PHONE, NO_FILES = "phone", "reply_files"
JOB, JOB_WITHDRAWN, REASON = "job_referred", "job_withdrawn", "reason_asked"
AGREEMENT_ASKED, AGREEMENT_EXPIRING = AGREEMENT = ("agreement_asked", "agreement_expiring")
MISSED, PULSE = "visitation_missed", "pulse_asked"
MATCH_PROPOSED, MATCH_CONSENTED, MATCH_CLOSED = ("match_proposed", "match_consented", "match_closed")
MATCH_MEETING, MATCH_MEETING_OFF, TALK_OFF = "match_meeting", "match_meeting_off", "interview_off"
OFF = (CANCELLED, MATCH_MEETING_OFF, TALK_OFF)
READ_BACK = "need_read_back"
# Their link leads to one answer, until a time.
LINKED = (PULSE, READ_BACK, *AGREEMENT)
CORRECTED_WITHIN = timedelta(days=14)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A letter to be: `mentions` must be in the address book too before it can be written; `cause` is what a reminder
    is about, where others are about the event's subject."""

    template: str
    kind: str
    recipient: UUID
    mentions: tuple[UUID, ...] = ()
    data: dict[str, Any]
    cause: UUID | None = None

    @property
    def expires_at(self) -> datetime:
        """When its last appointment begins, or its day is over; telling of it is too late then."""
        if "due_on" in self.data:
            return danish_time(date.fromisoformat(self.data["due_on"]) + timedelta(days=1), 0)
        return max(datetime.fromisoformat(meeting["starts_at"]) for meeting in self.data["appointments"])


def begins_at(data: Mapping[str, Any], now: datetime) -> datetime:
    """When the first thing that a message tells of and that is to come begins; a day that is due ends."""
    starts = [datetime.fromisoformat(meeting["starts_at"]) for meeting in data["appointments"]]
    if "due_on" in data:
        starts.append(danish_time(date.fromisoformat(data["due_on"]) + timedelta(days=1), 0))
    return min((start for start in starts if start > now), default=max(starts))


def reminders(letter: Draft) -> list[Draft]:
    """What a letter may be followed by: a word before each appointment, before its day is over, or if it lies unread.

    A talk on the telephone needs no preparing, so nobody is told of it the day before.
    """
    if "due_on" in letter.data:
        return [replace(letter, template=template, mentions=()) for template in (REMINDER_DUE, UNOPENED)]
    return [
        replace(letter, template=template, cause=UUID(one["id"]), data=letter.data | {"appointments": [one]})
        for one in letter.data["appointments"]
        for template in (REMINDER_DAY, REMINDER_SOON, REMINDER_MEETING)
        if template == REMINDER_SOON or one["form"] != PHONE
    ]


def visitation_booked(event: VisitationBooked) -> list[Draft]:
    """The citizen hears when and where."""
    meeting = appointment(event.visitation_id, event.starts_at, ends_at=event.ends_at, place=event.place_code)
    data = {"appointments": [meeting], "guidance": event.guidance_version}
    return [Draft(template=BOOKED, kind=CITIZEN, recipient=event.citizen_id, data=data)]


def visitation_moved(event: VisitationMoved) -> list[Draft]:
    """The citizen hears the new time; each move is told, also one back and forth, so its moment is part of it."""
    meeting = appointment(event.visitation_id, event.starts_at, ends_at=event.ends_at, place=event.place_code)
    data = {"appointments": [meeting], "guidance": event.guidance_version, "told_at": event.moved_at.isoformat()}
    return [Draft(template=VISITATION_MOVED, kind=CITIZEN, recipient=event.citizen_id, data=data)]


def visitation_cancelled(event: VisitationCancelled) -> list[Draft]:
    """The citizen hears that the talk is off."""
    meeting = appointment(event.visitation_id, event.starts_at, ends_at=event.ends_at, place=event.place_code)
    data = {"appointments": [meeting], "told_at": event.cancelled_at.isoformat()}
    return [Draft(template=CANCELLED, kind=CITIZEN, recipient=event.citizen_id, data=data)]


def visitation_missed(event: VisitationMissed) -> list[Draft]:
    """The citizen hears that we sat there, and how to get another time; it is worth saying for some days."""
    until = danish_day(event.starts_at) + CORRECTED_WITHIN
    return [_to_citizen(MISSED, event.citizen_id, until, began_at=event.starts_at.isoformat())]


def start_referred(event: StraksaktiveringReferred) -> list[Draft]:
    """The citizen hears when and where; what it is called stays out of the row, the event and the letter."""
    meeting = appointment(event.referral_id, event.starts_at, place=event.place_code)
    data = {"appointments": [meeting], "guidance": event.guidance_version}
    return [Draft(template="start_referred", kind=CITIZEN, recipient=event.citizen_id, data=data)]


def job_referred(event: JobReferralMade) -> list[Draft]:
    """The citizen has in writing which job, and by when."""
    return [_to_citizen(JOB, event.citizen_id, event.due, job=event.job)]


def job_withdrawn(event: JobReferralFollowedUp, job: str | None, today: date) -> Draft:
    """The citizen has in writing that what we asked for is taken back; it is worth saying after the day as well."""
    return _to_citizen(JOB_WITHDRAWN, event.citizen_id, max(event.due, today + CORRECTED_WITHIN), job=job)


def reason_asked(event: JobReferralReasonAsked) -> list[Draft]:
    """The citizen is asked what happened, and until when to say so."""
    return [_to_citizen(REASON, event.citizen_id, event.due, job=event.job)]


def education_guidance(event: EducationGuidanceReferred) -> list[Draft]:
    """The citizen hears where to ask for a talk about education, and by when."""
    return [_to_citizen("education_guidance", event.citizen_id, event.due, place=event.guide_ref)]


def cv_set(event: CvDeadlineSet) -> list[Draft]:
    """The citizen hears by when the CV is to be there; for which group is said nowhere."""
    return [_to_citizen("cv_set", event.citizen_id, event.due)]


def cv_reminded(event: CvDeadlineReminded) -> list[Draft]:
    """The day is near."""
    return [_to_citizen("cv_reminder", event.citizen_id, event.due)]


def promise_alarm(due: date, mailbox: UUID, template: str) -> Draft:
    """A mailbox hears of a day, and of nobody."""
    return Draft(template=template, kind=UNIT, recipient=mailbox, data={"appointments": [], "due_on": due.isoformat()})


def search_alert(event: SearchAlerted, mailbox: UUID) -> Draft:
    """A mailbox hears of a number, on that day only."""
    data = {"appointments": [], "due_on": event.on_day.isoformat(), "count": event.needs}
    return Draft(template="search_alert", kind=UNIT, recipient=mailbox, data=data)


def match_proposed(event: MatchProposed) -> list[Draft]:
    """The citizen is asked, where a last day for the answer is set up; which company it is stands on the own page."""
    return [_to_citizen(MATCH_PROPOSED, event.citizen_id, event.answer_due)] if event.answer_due else []


def match_consented(event: MatchConsented) -> list[Draft]:
    """The company is asked; of whom it is the letter says nothing."""
    return [_to_company(MATCH_CONSENTED, event.company_id, event.answer_due)] if event.answer_due else []


def need_read_back(event: NeedReadBack) -> list[Draft]:
    """The company reads what we understood, and corrects it by the link."""
    told = _to_company(READ_BACK, event.company_id, danish_day(event.ends_at - timedelta(seconds=1)))
    told.data.update(
        answer_id=str(event.call_id), ends_at=event.ends_at.isoformat(), occupation=event.occupation,
        positions=event.positions, hours=[event.weekly_hours_min, event.weekly_hours_max],
        starts_on=event.starts_on.isoformat(),
    )  # fmt: skip
    return [told]


def match_closed(event: MatchDeclined, told: Collection[str], today: date) -> list[Draft]:
    """Whoever was asked in writing and did not end it themselves hears that it is over; why is said to nobody."""
    until, letters = today + CORRECTED_WITHIN, []
    if MATCH_PROPOSED in told and event.decliner != CITIZEN:
        letters.append(_to_citizen(MATCH_CLOSED, event.citizen_id, until))
    if MATCH_CONSENTED in told and event.decliner != COMPANY:
        letters.append(_to_company(MATCH_CLOSED, event.company_id, until))
    return letters


def _to_company(template: str, company_id: UUID, due: date) -> Draft:
    data: dict[str, Any] = {"appointments": [], "due_on": due.isoformat()}
    return Draft(template=template, kind=COMPANY, recipient=company_id, data=data)


def _to_citizen(template: str, citizen_id: UUID, due: date, **told: str | None) -> Draft:
    data: dict[str, Any] = {"appointments": [], "due_on": due.isoformat(), **told}
    return Draft(template=template, kind=CITIZEN, recipient=citizen_id, data=data)


def placement_agreed(event: PlacementAgreed) -> list[Draft]:
    """Citizen, company and mentor hear of the first day."""
    data = {
        "appointments": [appointment(event.placement_id, event.first_day_at, form="first_day")],
        "weekly_hours": event.weekly_hours,
        "starts_on": event.starts_on.isoformat(),
        "ends_on": event.ends_on.isoformat(),
    }
    return _to_all("placement_agreed", event, data, all_mentioned=True)


def followup_planned(event: FollowUpPlanned) -> list[Draft]:
    """Citizen, company and mentor get all the talks in one letter."""
    meetings = [
        appointment(contact_id, due_at, form=form)
        for contact_id, due_at, form in zip(event.contact_ids, event.due_at, event.forms, strict=True)
    ]
    if not meetings:
        return []
    return _to_all("followup_planned", event, {"appointments": meetings}, all_mentioned=False)


def followup_moved(event: FollowUpMoved) -> list[Draft]:
    """Citizen, company and mentor get the new time of one talk."""
    meeting = appointment(event.contact_id, event.planned_at, form=event.form)
    return _to_all(FOLLOWUP_MOVED, event, {"appointments": [meeting]}, all_mentioned=False)


def pulse_asked(event: PulseAsked) -> list[Draft]:
    """The same question to all three, each with a link of their own."""
    asked = ((CITIZEN, event.citizen_id, event.citizen_answer_id), (COMPANY, event.company_id, event.company_answer_id),
             (MENTOR, event.mentor_id, event.mentor_answer_id))  # fmt: skip
    told = {"citizen_id": str(event.citizen_id), "company_id": str(event.company_id), "mentor_id": str(event.mentor_id)}
    last = danish_day(event.ends_at - timedelta(seconds=1))
    return [
        Draft(
            template=PULSE, kind=kind, recipient=recipient, mentions=(event.citizen_id,),
            data=told | {
                "appointments": [], "due_on": last.isoformat(), "answer_id": str(answer_id),
                "ends_at": event.ends_at.isoformat(),
            },
        )
        for kind, recipient, answer_id in asked
    ]  # fmt: skip


def _to_all(
    template: str,
    event: PlacementAgreed | FollowUpPlanned | FollowUpMoved,
    data: dict[str, Any],
    *,
    all_mentioned: bool,
) -> list[Draft]:
    ids = {"citizen": event.citizen_id, "company": event.company_id, "mentor": event.mentor_id}
    data |= {f"{kind}_id": str(one) for kind, one in ids.items()} | {"placement_id": str(event.placement_id)}
    everybody = tuple(ids.values())
    counterparts = everybody if all_mentioned else (event.citizen_id,)
    own = everybody if all_mentioned else ()
    return [
        Draft(
            template=template,
            kind=kind,
            recipient=ids[kind],
            mentions=own if kind == CITIZEN else counterparts,
            data=data,
        )
        for kind in KINDS
    ]


def appointment(
    subject: UUID,
    starts_at: datetime,
    *,
    ends_at: datetime | None = None,
    place: str | None = None,
    form: str | None = None,
) -> dict[str, Any]:
    """One appointment as a letter's data holds it."""
    return {
        "id": str(subject),
        "starts_at": starts_at.isoformat(),
        "ends_at": ends_at and ends_at.isoformat(),
        "place": place,
        "form": form,
    }
