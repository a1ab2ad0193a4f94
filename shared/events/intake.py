"""What the front desk tells."""

from datetime import date, datetime
from uuid import UUID

from shared.events.base import FOLLOWUP, MATCHING, NOTIFICATIONS, Event, named, sealed


@named("intake.citizen.registered.v1", subject="citizen_id")
class CitizenRegistered(Event):
    """Somebody is known for the first time. `language` is ISO 639-1; a protected address leaves no postal code. Digital
    Post is addressed by `cpr`."""

    citizen_id: UUID
    municipality_code: str
    language: str
    interpreter: bool
    digital_post_exempt: bool
    protected: bool
    postal_code: str | None = None
    unit_code: str | None = None
    name: str | None = sealed(FOLLOWUP, MATCHING, NOTIFICATIONS, protected=(NOTIFICATIONS,))
    email: str | None = sealed(NOTIFICATIONS)
    phone: str | None = sealed(NOTIFICATIONS)
    cpr: str | None = sealed(NOTIFICATIONS)


@named("intake.citizen.channels_changed.v1", subject="citizen_id")
class CitizenChannelsChanged(Event):
    """The ways to reach somebody are now these; all of them are given, also the unchanged."""

    citizen_id: UUID
    municipality_code: str | None = None
    language: str
    interpreter: bool
    digital_post_exempt: bool
    protected: bool
    postal_code: str | None = None
    name: str | None = sealed(FOLLOWUP, MATCHING, NOTIFICATIONS, protected=(NOTIFICATIONS,))
    email: str | None = sealed(NOTIFICATIONS)
    phone: str | None = sealed(NOTIFICATIONS)
    cpr: str | None = sealed(NOTIFICATIONS)


@named("intake.citizen.unit_changed.v1", subject="citizen_id")
class CitizenUnitChanged(Event):
    """The municipality's unit that works with somebody is now this one, or none; `version` counts such moves."""

    citizen_id: UUID
    unit_code: str | None = None


@named("intake.first_contact.registered.v1", subject="contact_id", partition="citizen_id")
class FirstContactRegistered(Event):
    """A first contact with its two deadlines and the policy rows they came from (C1; LAB § 31(5))."""

    contact_id: UUID
    citizen_id: UUID
    at: datetime
    channel: str
    local_goal_due: date
    local_goal_policy: str
    statutory_due: date | None = None
    statutory_policy: str | None = None


@named("intake.activation_duty.announced.v1", subject="contact_id", partition="citizen_id", level="P3")
class ActivationDutyAnnounced(Event):
    """Guidance on rights and duties was given (LAS § 35(1)); without it nothing can be proposed later."""

    contact_id: UUID
    citizen_id: UUID
    guidance_version: str
    written: bool


@named("intake.digital_application.pointed_out.v1", subject="contact_id", partition="citizen_id", level="P3")
class DigitalApplicationPointedOut(Event):
    """Somebody was told at the desk where to apply; whoever cannot apply so may apply on paper."""

    contact_id: UUID
    citizen_id: UUID
    at: datetime


@named("intake.application.received.v1", subject="contact_id", partition="citizen_id", level="P3")
class ApplicationReceived(Event):
    """The application is sent, as somebody at the desk saw or heard; what is in it is not known here."""

    contact_id: UUID
    citizen_id: UUID
    at: datetime


@named("intake.application.not_received.v1", subject="contact_id", partition="citizen_id", level="P3")
class ApplicationNotReceived(Event):
    """That it was sent was noted by mistake."""

    contact_id: UUID
    citizen_id: UUID


@named("intake.visitation.booked.v1", subject="visitation_id", partition="citizen_id")
class VisitationBooked(Event):
    """A slot is the citizen's."""

    visitation_id: UUID
    citizen_id: UUID
    starts_at: datetime
    ends_at: datetime
    place_code: str
    local_goal_due: date
    statutory_due: date | None = None
    guidance_version: str | None = None


@named("intake.visitation.moved.v1", subject="visitation_id", partition="citizen_id")
class VisitationMoved(Event):
    """The talk is at another time now; `by` is citizen or staff. One that was off and is on again too."""

    visitation_id: UUID
    citizen_id: UUID
    starts_at: datetime
    ends_at: datetime
    place_code: str
    moved_at: datetime
    by: str
    guidance_version: str | None = None


@named("intake.visitation.cancelled.v1", subject="visitation_id", partition="citizen_id")
class VisitationCancelled(Event):
    """The talk is off; its times are those it had. `by` is citizen or staff."""

    visitation_id: UUID
    citizen_id: UUID
    starts_at: datetime
    ends_at: datetime
    place_code: str
    cancelled_at: datetime
    by: str


@named("intake.visitation.held.v1", subject="visitation_id", partition="citizen_id")
class VisitationHeld(Event):
    """The triage talk took place."""

    visitation_id: UUID
    citizen_id: UUID
    held_at: datetime


@named("intake.visitation.missed.v1", subject="no_show_id", partition="citizen_id")
class VisitationMissed(Event):
    """Nobody came to the talk that began then, as somebody at the desk noted. It decides nothing."""

    no_show_id: UUID
    citizen_id: UUID
    starts_at: datetime


@named("intake.visitation.not_missed.v1", subject="no_show_id", partition="citizen_id")
class VisitationNotMissed(Event):
    """They came late after all, or it was noted by mistake."""

    no_show_id: UUID
    citizen_id: UUID


@named("intake.readiness.assessed.v1", subject="citizen_id", level="P3")
class ReadinessAssessed(Event):
    """A person decided the readiness category; a changed default carries its reason code only."""

    citizen_id: UUID
    visitation_id: UUID
    category: str
    default_used: bool
    policy: str
    override_reason_code: str | None = None
    decided_by: str


@named("intake.job_wishes.recorded.v1", subject="citizen_id", level="P3")
class JobWishesRecorded(Event):
    """What the citizen can and wants. `occupations` are ESCO-STAR ids; `availability` holds "mon 08:00-15:00";
    `forms` are employment forms; `needs` are functional need codes, never a reason for them."""

    citizen_id: UUID
    occupations: tuple[str, ...]
    forms: tuple[str, ...]
    weekly_hours_min: float
    weekly_hours_max: float
    availability: tuple[str, ...]
    travel_km_max: int
    licences: tuple[str, ...]
    needs: tuple[str, ...]
    mentor_wanted: bool
    consent_to_matching: bool
    postal_code: str | None = sealed(MATCHING)


@named("intake.straksaktivering.referred.v1", subject="referral_id", partition="citizen_id", level="P3")
class StraksaktiveringReferred(Event):
    """Activation at once, referred inside the visitation (C1)."""

    referral_id: UUID
    citizen_id: UUID
    visitation_id: UUID
    offer_type: str
    host_code: str
    starts_at: datetime
    place_code: str
    guidance_version: str | None = None


@named("intake.access.ended.v1", subject="access_id", level="P1")
class AccessEnded(Event):
    """A session or a machine client may do nothing more; by `forget_at` what it was given has ended by itself."""

    access_id: UUID
    ended_at: datetime
    forget_at: datetime


@named("intake.citizen.erasure_announced.v1", subject="citizen_id")
class CitizenErasureAnnounced(Event):
    """Nothing has happened about a person for so long that these classes of data go on that day, unless it does."""

    citizen_id: UUID
    classes: tuple[str, ...]
    due_on: date


@named("intake.citizen.erased.v1", subject="citizen_id")
class CitizenErased(Event):
    """These classes of data about a person are gone; every copy of them goes as well."""

    citizen_id: UUID
    classes: tuple[str, ...]


@named("intake.citizen.merged.v1", subject="into_id")
class CitizenMerged(Event):
    """Two records were one person's: `from_id` is no more. `freed_visitation_id` is a talk that was given up then."""

    from_id: UUID
    into_id: UUID
    freed_visitation_id: UUID | None = None


@named("intake.promise_alarm.raised.v1", subject="alarm_id", level="P1")
class PromiseAlarmRaised(Event):
    """The legal limit of one or more people of a unit ends on that day and is in danger; who they are is not told.
    `mailboxes` are where the unit's leaders and those who can open slots read, a space between them."""

    alarm_id: UUID
    unit_code: str | None = None
    due: date
    mailboxes: str | None = sealed(NOTIFICATIONS)


@named("intake.promise_alarm.ended.v1", subject="alarm_id", level="P1")
class PromiseAlarmEnded(Event):
    """`reason_code` is safe (everybody has a talk in time, or needs none) or passed (the day is over)."""

    alarm_id: UUID
    unit_code: str | None = None
    due: date
    reason_code: str
    mailboxes: str | None = sealed(NOTIFICATIONS)


@named("intake.trail.anchored.v1", subject="trail_id", level="P0")
class IntakeTrailAnchored(Event):
    """Where the seals over look-ups and over changes stand; a neighbour keeps it, so that a cut end is seen."""

    trail_id: UUID
    lookup_position: int
    lookup_hash: str
    audit_position: int
    audit_hash: str
