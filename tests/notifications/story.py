"""The people and the events that the tests of notifications tell."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from shared.calendar import danish_time
from shared.events import (
    AgreementAsked,
    AgreementExpiring,
    CentrePlaceOffered,
    CitizenChannelsChanged,
    CitizenRegistered,
    CompanyMessageReceived,
    CompanyMessageSent,
    CompanyRegistered,
    CompanySeatMovedUp,
    CvDeadlineReminded,
    CvDeadlineSet,
    EducationGuidanceReferred,
    FollowUpMoved,
    FollowUpPlanned,
    ForumLineDecided,
    ForumLineReceived,
    ForumSeatMovedUp,
    InterviewCalledOff,
    InterviewInvited,
    InterviewSelfBooked,
    InterviewSummoned,
    JobReferralFollowedUp,
    JobReferralMade,
    JobReferralReasonAsked,
    MatchConsented,
    MatchDeclined,
    MatchMeetingCancelled,
    MatchMeetingSet,
    MatchProposed,
    MatchReopened,
    NeedReadBack,
    PlacementAgreed,
    PulseAsked,
    SearchAlerted,
    StraksaktiveringReferred,
    VisitationBooked,
    VisitationMissed,
)

CITIZEN, COMPANY, MENTOR = (UUID(int=number) for number in (1, 2, 3))
VISITATION, REFERRAL, PLACEMENT, MIDPOINT = (UUID(int=number) for number in (11, 12, 13, 21))
NO_SHOW = UUID(int=31)
MONDAY = danish_time(date(2026, 11, 2), 10, 5)
MAIL, COMPANY_MAIL, MENTOR_MAIL = "nancy@example.dk", "chef@firma.example.dk", "mia@firma.example.dk"


def citizen(**changed: Any) -> CitizenRegistered:
    return replace(CitizenRegistered(
        citizen_id=CITIZEN, municipality_code="0163", language="da", interpreter=False,
        digital_post_exempt=False, protected=False, postal_code="2730",
        name="Nancy Ann Berggren", email=MAIL, phone="+4520123456",
    ), **changed)  # fmt: skip


def channels(**changed: Any) -> CitizenChannelsChanged:
    return replace(CitizenChannelsChanged(
        citizen_id=CITIZEN, language="da", interpreter=False, digital_post_exempt=False, protected=False,
        postal_code="2730", name="Nancy Ann Berggren", email=MAIL, phone="+4520123456",
    ), **changed)  # fmt: skip


def company(**changed: Any) -> CompanyRegistered:
    return replace(CompanyRegistered(
        company_id=COMPANY, cvr="90000009", name="Grønt & Godt ApS",
        contact_name="Carl Chef", contact_email=COMPANY_MAIL, contact_phone="+4520123457",
    ), **changed)  # fmt: skip


def visitation(**changed: Any) -> VisitationBooked:
    return replace(VisitationBooked(
        visitation_id=VISITATION, citizen_id=CITIZEN, place_code="jobbutik",
        starts_at=datetime(2026, 11, 3, 9, 30, tzinfo=UTC), ends_at=datetime(2026, 11, 3, 10, 0, tzinfo=UTC),
        local_goal_due=date(2026, 11, 3),
    ), **changed)  # fmt: skip


def missed() -> VisitationMissed:
    return VisitationMissed(
        no_show_id=NO_SHOW, citizen_id=CITIZEN, starts_at=datetime(2026, 11, 2, 8, 30, tzinfo=UTC)
    )  # fmt: skip


def referral() -> StraksaktiveringReferred:
    return StraksaktiveringReferred(
        referral_id=REFERRAL, citizen_id=CITIZEN, visitation_id=VISITATION, offer_type="nytteindsats",
        host_code="park", starts_at=datetime(2026, 11, 4, 7, 0, tzinfo=UTC), place_code="jobbutik",
    )  # fmt: skip


def placement(**changed: Any) -> PlacementAgreed:
    return replace(PlacementAgreed(
        placement_id=PLACEMENT, match_id=UUID(int=14), citizen_id=CITIZEN, company_id=COMPANY, mentor_id=MENTOR,
        p_number="1000000001", offer_type="virksomhedspraktik", occupation=str(UUID(int=15)),
        starts_on=date(2026, 12, 1), ends_on=date(2027, 2, 28),
        first_day_at=datetime(2026, 12, 1, 7, 30, tzinfo=UTC), weekly_hours=12.5, purpose_code="uncover_skills",
        cadence="default", hire_preagreed=True,
        mentor_name="Mia Mentor", mentor_email=MENTOR_MAIL, mentor_phone=None,
    ), **changed)  # fmt: skip


def asked() -> AgreementAsked:
    """A draft that the citizen, the company and the mentor have a week to approve."""
    return AgreementAsked(
        placement_id=PLACEMENT, number=1, citizen_id=CITIZEN, company_id=COMPANY, mentor_id=MENTOR,
        due_on=date(2026, 11, 9), citizen_asked_id=UUID(int=41), company_asked_id=UUID(int=42),
        mentor_asked_id=UUID(int=43), mentor_name="Mia Mentor", mentor_email=MENTOR_MAIL, mentor_phone=None,
    )  # fmt: skip


def centre_offered() -> CentrePlaceOffered:
    """A standing place, to be answered in a week."""
    return CentrePlaceOffered(
        stay_id=UUID(int=51), citizen_id=CITIZEN, company_id=COMPANY, answer_by=date(2026, 11, 9), offered_at=MONDAY
    )


def expiring() -> AgreementExpiring:
    """A week later none of them has answered."""
    return AgreementExpiring(
        placement_id=PLACEMENT, number=1, warning=1, citizen_id=CITIZEN, company_id=COMPANY, mentor_id=MENTOR,
        due_on=date(2026, 11, 9), citizen_asked_id=UUID(int=41), company_asked_id=UUID(int=42),
        mentor_asked_id=UUID(int=43),
    )  # fmt: skip


def plan(**changed: Any) -> FollowUpPlanned:
    return replace(FollowUpPlanned(
        placement_id=PLACEMENT, citizen_id=CITIZEN, company_id=COMPANY, mentor_id=MENTOR,
        contact_ids=(MIDPOINT, UUID(int=22)),
        due_at=(datetime(2027, 1, 15, 9, 0, tzinfo=UTC), datetime(2027, 6, 28, 8, 0, tzinfo=UTC)),
        kinds=("midpoint", "end"), forms=("in_person", "phone"),
    ), **changed)  # fmt: skip


def moved(**changed: Any) -> FollowUpMoved:
    """The plan's first talk takes place three days later, in the afternoon."""
    return replace(FollowUpMoved(
        contact_id=MIDPOINT, placement_id=PLACEMENT, citizen_id=CITIZEN, company_id=COMPANY, mentor_id=MENTOR,
        contact_kind="midpoint", form="in_person", planned_at=datetime(2027, 1, 18, 12, 30, tzinfo=UTC),
        reason_code="citizen_asked",
    ), **changed)  # fmt: skip


def pulse() -> PulseAsked:
    """Everybody is asked how it goes, until the end of Monday a week later."""
    return PulseAsked(
        pulse_id=UUID(int=60), placement_id=UUID(int=5), citizen_id=CITIZEN, company_id=COMPANY, mentor_id=MENTOR,
        citizen_answer_id=UUID(int=61), company_answer_id=UUID(int=62), mentor_answer_id=UUID(int=63),
        ends_at=danish_time(date(2026, 11, 10), 0),
    )  # fmt: skip


def read_back() -> NeedReadBack:
    """A need for two cleaners, as it was understood on the telephone; the link works until the end of Monday."""
    return NeedReadBack(
        call_id=UUID(int=70), need_id=UUID(int=71), company_id=COMPANY,
        occupation="d2434f11-086d-4706-be95-cee4a4a46665",
        positions=2, weekly_hours_min=8, weekly_hours_max=12.5, starts_on=date(2027, 3, 1),
        ends_at=danish_time(date(2026, 11, 10), 0),
    )  # fmt: skip


def company_message() -> CompanyMessageSent:
    return CompanyMessageSent(message_id=UUID(int=80), company_id=COMPANY, sent_at=MONDAY)


def company_wrote() -> CompanyMessageReceived:
    return CompanyMessageReceived(message_id=UUID(int=81), company_id=COMPANY)


_LINE = {"line_id": UUID(int=82), "citizen_id": CITIZEN, "company_id": COMPANY}


_SEAT = {"seat_id": UUID(int=61), "post_id": UUID(int=62), "starts_at": datetime(2026, 11, 9, 9, 0, tzinfo=UTC)}


def forum_seat() -> ForumSeatMovedUp:
    return ForumSeatMovedUp(citizen_id=CITIZEN, **_SEAT)


def company_seat() -> CompanySeatMovedUp:
    return CompanySeatMovedUp(company_id=COMPANY, **_SEAT)


def forum_line(*, by_company: bool = True) -> ForumLineReceived:
    return ForumLineReceived(**_LINE, by_company=by_company)


def forum_line_passed(*, by_company: bool = True, state: str = "passed") -> ForumLineDecided:
    return ForumLineDecided(**_LINE, by_company=by_company, state=state, decided_at=MONDAY)


def job_referral() -> JobReferralMade:
    return JobReferralMade(
        job_referral_id=REFERRAL, citizen_id=CITIZEN, due=date(2026, 11, 11), job="Kok, Café Prøve"
    )  # fmt: skip


def job_followed_up(result_code: str, **changed: Any) -> JobReferralFollowedUp:
    return replace(JobReferralFollowedUp(
        job_referral_id=REFERRAL, citizen_id=CITIZEN, due=date(2026, 11, 11), result_code=result_code
    ), **changed)  # fmt: skip


def reason_question() -> JobReferralReasonAsked:
    return JobReferralReasonAsked(
        reason_request_id=PLACEMENT, job_referral_id=REFERRAL, citizen_id=CITIZEN, due=date(2026, 11, 11), job="Kok"
    )


def education() -> EducationGuidanceReferred:
    return EducationGuidanceReferred(
        guidance_id=PLACEMENT, citizen_id=CITIZEN, guide_ref="ungeenheden", due=date(2026, 11, 11)
    )


def cv_day() -> CvDeadlineSet:
    return CvDeadlineSet(
        deadline_id=MIDPOINT, citizen_id=CITIZEN, group_code="kontanthjaelp_jobparat", due=date(2026, 11, 23)
    )  # fmt: skip


def cv_reminder() -> CvDeadlineReminded:
    return CvDeadlineReminded(deadline_id=MIDPOINT, citizen_id=CITIZEN, due=date(2026, 11, 23))


MATCH, ALERT, SEEKER = UUID(int=41), UUID(int=42), "kalender@eksempelby.example"
_MATCHED = {"match_id": MATCH, "need_id": UUID(int=43), "citizen_id": CITIZEN, "company_id": COMPANY}


def match_proposed(**changed: Any) -> MatchProposed:
    told = {"occupation": str(UUID(int=15)), "factors": ("distance",), "answer_due": date(2026, 11, 16)}
    return MatchProposed(**(_MATCHED | told | changed))


def match_consented(**changed: Any) -> MatchConsented:
    return MatchConsented(**(_MATCHED | {"answer_due": date(2026, 11, 16)} | changed))


def match_declined(decliner: str) -> MatchDeclined:
    return MatchDeclined(**_MATCHED, decliner=decliner, reason_code="no_answer")


_MET = {"match_id": MATCH, "citizen_id": CITIZEN, "company_id": COMPANY, "tell_company": True}
MEETING_AT = datetime(2026, 11, 9, 9, 30, tzinfo=UTC)


def meeting_set(**changed: Any) -> MatchMeetingSet:
    return MatchMeetingSet(**(_MET | {"starts_at": MEETING_AT, "set_at": MONDAY} | changed))


def meeting_cancelled(**changed: Any) -> MatchMeetingCancelled:
    return MatchMeetingCancelled(**(_MET | {"starts_at": MEETING_AT, "cancelled_at": MONDAY} | changed))


def match_reopened() -> MatchReopened:
    return MatchReopened(**_MATCHED, waits_for="company")


def search_alerted(**changed: Any) -> SearchAlerted:
    return SearchAlerted(**({"alert_id": ALERT, "on_day": MONDAY.date(), "needs": 2, "mailbox": SEEKER} | changed))


def to_book() -> InterviewInvited:
    """The next talk of the contact course is to be booked within a week."""
    return InterviewInvited(call_id=UUID(int=70), citizen_id=CITIZEN, due=date(2026, 11, 9))


def summoned() -> InterviewSummoned:
    """The same talk at the municipality, at a time that staff chose."""
    return InterviewSummoned(**_TALK, form="office")


def self_booked() -> InterviewSelfBooked:
    """The same talk by video, at a time that the citizen chose."""
    return InterviewSelfBooked(**_TALK, form="video")


def talk_off() -> InterviewCalledOff:
    """It does not take place."""
    return InterviewCalledOff(**_TALK)


_TALK: dict[str, Any] = {
    "call_id": UUID(int=70), "citizen_id": CITIZEN, "starts_at": datetime(2026, 11, 11, 9, 0, tzinfo=UTC),
    "told_at": MONDAY,
}  # fmt: skip
