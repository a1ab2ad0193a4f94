"""What the talk at the front desk leads to: jobs to apply for, and whether they were."""

from datetime import date
from uuid import UUID

from shared.events.base import NOTIFICATIONS, Event, named, sealed


@named("intake.job_referral.made.v1", subject="job_referral_id", partition="citizen_id")
class JobReferralMade(Event):
    """Somebody was told in a talk to apply for a job by a day (seed 002); `job` is its title and employer."""

    job_referral_id: UUID
    citizen_id: UUID
    opening_ref: UUID | None = None
    due: date
    job: str | None = sealed(NOTIFICATIONS)


@named("intake.job_referral.followed_up.v1", subject="job_referral_id", partition="citizen_id")
class JobReferralFollowedUp(Event):
    """A person followed it up; the result is a code."""

    job_referral_id: UUID
    citizen_id: UUID
    opening_ref: UUID | None = None
    due: date
    result_code: str


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


@named("intake.private_provider.chosen.v1", subject="referral_id", partition="citizen_id", level="P3")
class PrivateProviderChosen(Event):
    """A private provider was chosen, for a special challenge said as a code (seed 002 l.66)."""

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
