"""What the talk at the front desk leads to: jobs to apply for, and whether they were."""

from datetime import date
from uuid import UUID

from shared.events.base import NOTIFICATIONS, Event, named, sealed


@named("intake.job_referral.made.v1", subject="job_referral_id", partition="citizen_id")
class JobReferralMade(Event):
    """Somebody was told in a talk to apply for a job by a day (Herlev's Jobbutik); `job` is its title and employer."""

    job_referral_id: UUID
    citizen_id: UUID
    opening_ref: UUID | None = None
    due: date
    job: str | None = sealed(NOTIFICATIONS)


WITHDRAWN = "withdrawn"


@named("intake.job_referral.followed_up.v1", subject="job_referral_id", partition="citizen_id")
class JobReferralFollowedUp(Event):
    """A person followed it up; the result is a code, `withdrawn` where the referral was a mistake.

    `reason_request_id` is the question why there was no application, where it was asked.
    """

    job_referral_id: UUID
    citizen_id: UUID
    opening_ref: UUID | None = None
    due: date
    result_code: str
    reason_request_id: UUID | None = None


@named("intake.job_referral.lapsed.v1", subject="job_referral_id", partition="citizen_id")
class JobReferralLapsed(Event):
    """Its day passed without an answer (A08). It is a reminder to people, and decides nothing."""

    job_referral_id: UUID
    citizen_id: UUID
    opening_ref: UUID | None = None
    due: date


@named("intake.job_referral.reason_asked.v1", subject="reason_request_id", partition="citizen_id")
class JobReferralReasonAsked(Event):
    """The person is heard: why there was no application, and until when they may say (forvaltningslov § 19)."""

    reason_request_id: UUID
    job_referral_id: UUID
    citizen_id: UUID
    due: date
    job: str | None = sealed(NOTIFICATIONS)


@named("intake.job_referral.reason_given.v1", subject="reason_request_id", partition="citizen_id")
class JobReferralReasonGiven(Event):
    """The person has said why; what they said is told nobody."""

    reason_request_id: UUID
    citizen_id: UUID


@named("intake.private_provider.chosen.v1", subject="referral_id", partition="citizen_id", level="P3")
class PrivateProviderChosen(Event):
    """A private provider was chosen, for a special challenge said as a code (Herlev's Jobbutik)."""

    referral_id: UUID
    citizen_id: UUID
    provider_ref: UUID
    reason_code: str


@named("intake.education_guidance.referred.v1", subject="guidance_id", partition="citizen_id", level="P3")
class EducationGuidanceReferred(Event):
    """A young person is to talk with a guide about education, by a day; `guide_ref` is the guide's unit."""

    guidance_id: UUID
    citizen_id: UUID
    guide_ref: str
    due: date


@named("intake.cv_deadline.set.v1", subject="deadline_id", partition="citizen_id", level="P3")
class CvDeadlineSet(Event):
    """The CV is to be on Jobnet by a day, for the group of the code (LAB § 23)."""

    deadline_id: UUID
    citizen_id: UUID
    group_code: str
    due: date


@named("intake.cv_deadline.reminded.v1", subject="deadline_id", partition="citizen_id")
class CvDeadlineReminded(Event):
    """The day of the CV is near and it is not there yet."""

    deadline_id: UUID
    citizen_id: UUID
    due: date


@named("intake.cv_deadline.met.v1", subject="deadline_id", partition="citizen_id")
class CvDeadlineMet(Event):
    """The CV is there, as a person saw or the citizen says."""

    deadline_id: UUID
    citizen_id: UUID
    due: date


@named("intake.cv_deadline.missed.v1", subject="deadline_id", partition="citizen_id", level="P3")
class CvDeadlineMissed(Event):
    """The day passed without a word of the CV (A07). It decides nothing."""

    deadline_id: UUID
    citizen_id: UUID
    due: date


@named("intake.assisted_service.given.v1", subject="service_id", partition="citizen_id")
class AssistedServiceGiven(Event):
    """Somebody was helped at the desk with these things, in codes (A09)."""

    service_id: UUID
    citizen_id: UUID
    items: tuple[str, ...]


@named("intake.application.withdrawn.v1", subject="contact_id", partition="citizen_id", level="P3")
class ApplicationWithdrawn(Event):
    """The person does not go on with what they applied for."""

    contact_id: UUID
    citizen_id: UUID


@named("intake.case.closed_at_door.v1", subject="contact_id", partition="citizen_id", level="P3")
class CaseClosedAtDoor(Event):
    """The contact ended with a job, an education, self-support or somebody else's help."""

    contact_id: UUID
    citizen_id: UUID
    outcome_code: str


@named("intake.case.reopened_at_door.v1", subject="contact_id", partition="citizen_id")
class CaseReopenedAtDoor(Event):
    """The outcome that was told of the contact holds no more."""

    contact_id: UUID
    citizen_id: UUID
