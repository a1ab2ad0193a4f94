"""What matching tells."""

from datetime import date, datetime
from uuid import UUID

from shared.events.base import FOLLOWUP, NOTIFICATIONS, Event, named, sealed


@named("matching.company.registered.v1", subject="company_id", level="P1")
class CompanyRegistered(Event):
    """A company became known, with the person to reach there."""

    company_id: UUID
    cvr: str
    name: str
    contact_name: str | None = sealed(FOLLOWUP, NOTIFICATIONS)
    contact_email: str | None = sealed(NOTIFICATIONS)
    contact_phone: str | None = sealed(NOTIFICATIONS)


@named("matching.company_request.received.v1", subject="need_id", partition="company_id", level="P1")
class CompanyRequestReceived(Event):
    """A company needs somebody. `answer_due` is the local goal for the first answer, where one is configured."""

    need_id: UUID
    company_id: UUID
    p_number: str
    occupation: str
    employment_form: str
    weekly_hours_min: float
    weekly_hours_max: float
    answer_due: date | None = None


@named("matching.match.proposed.v1", subject="match_id", partition="citizen_id")
class MatchProposed(Event):
    """A consultant put a candidate forward for a need; `factors` are codes, `answer_due` is the citizen's last day."""

    match_id: UUID
    need_id: UUID
    citizen_id: UUID
    company_id: UUID
    occupation: str
    factors: tuple[str, ...]
    answer_due: date | None = None


@named("matching.match.consented.v1", subject="match_id", partition="citizen_id")
class MatchConsented(Event):
    """The candidate agreed to be put forward; from now the company may see functional needs.

    `answer_due` is the company's last day; none where it is not to be written to, as for a protected identity.
    """

    match_id: UUID
    need_id: UUID
    citizen_id: UUID
    company_id: UUID
    answer_due: date | None = None


@named("matching.match.accepted.v1", subject="match_id", partition="citizen_id")
class MatchAccepted(Event):
    """The company said yes."""

    match_id: UUID
    need_id: UUID
    citizen_id: UUID
    company_id: UUID


@named("matching.match.declined.v1", subject="match_id", partition="citizen_id")
class MatchDeclined(Event):
    """One side said no; `decliner` is citizen or company, proposer where the proposal itself was taken back, or desk
    where one person's two matches became one."""

    match_id: UUID
    need_id: UUID
    citizen_id: UUID
    company_id: UUID
    decliner: str
    reason_code: str


@named("matching.match.reopened.v1", subject="match_id", partition="citizen_id")
class MatchReopened(Event):
    """An answer was taken back by whoever gave it; the match waits for the citizen's or the company's again."""

    match_id: UUID
    need_id: UUID
    citizen_id: UUID
    company_id: UUID
    waits_for: str


@named("matching.match_meeting.set.v1", subject="match_id", partition="citizen_id")
class MatchMeetingSet(Event):
    """Citizen and company meet then, or at a new time; `tell_company` is false for a protected identity."""

    match_id: UUID
    citizen_id: UUID
    company_id: UUID
    starts_at: datetime
    set_at: datetime
    tell_company: bool


@named("matching.match_meeting.cancelled.v1", subject="match_id", partition="citizen_id")
class MatchMeetingCancelled(Event):
    """Citizen and company do not meet then after all."""

    match_id: UUID
    citizen_id: UUID
    company_id: UUID
    starts_at: datetime
    cancelled_at: datetime
    tell_company: bool


@named("matching.search.alerted.v1", subject="alert_id", level="P1")
class SearchAlerted(Event):
    """So many needs came that a consultant's saved searches seek; which they are stands on their own list."""

    alert_id: UUID
    on_day: date
    needs: int
    mailbox: str | None = sealed(NOTIFICATIONS)


@named("matching.ratio.checked.v1", subject="check_id", level="P1")
class RatioChecked(Event):
    """Supported against ordinary staff on a P-number (BEK 2636/2021 § 65)."""

    check_id: UUID
    p_number: str
    ordinary_fte: float
    supported_fte: float
    limit: int
    result: str
    policy: str


@named("matching.employee_representative.stated.v1", subject="placement_id")
class EmployeeRepresentativeStated(Event):
    """Employer or employee representative gave the written statement of § 65(6)."""

    placement_id: UUID
    party: str
    positive: bool
    at: datetime


@named("matching.agreement.approved.v1", subject="statement_id", partition="citizen_id")
class AgreementApproved(Event):
    """A party said yes or no to a version of an agreement; `how` is own, on_behalf or link."""

    statement_id: UUID
    placement_id: UUID
    citizen_id: UUID
    number: int
    party: str
    positive: bool
    how: str


@named("matching.agreement.asked.v1", subject="placement_id", partition="citizen_id")
class AgreementAsked(Event):
    """It is somebody's turn to approve a version by a day; an id leads to the link of whoever is asked."""

    placement_id: UUID
    number: int
    citizen_id: UUID
    company_id: UUID
    mentor_id: UUID
    due_on: date
    citizen_asked_id: UUID | None
    company_asked_id: UUID | None
    mentor_asked_id: UUID | None
    mentor_name: str | None = sealed(NOTIFICATIONS)
    mentor_email: str | None = sealed(NOTIFICATIONS)
    mentor_phone: str | None = sealed(NOTIFICATIONS)


@named("matching.agreement.expiring.v1", subject="placement_id", partition="citizen_id")
class AgreementExpiring(Event):
    """A draft comes to nothing after that day, unless those whose turn it is approve it."""

    placement_id: UUID
    number: int
    warning: int
    citizen_id: UUID
    company_id: UUID
    mentor_id: UUID
    due_on: date
    citizen_asked_id: UUID | None
    company_asked_id: UUID | None
    mentor_asked_id: UUID | None


@named("matching.centre_place.offered.v1", subject="stay_id", partition="citizen_id")
class CentrePlaceOffered(Event):
    """Somebody in line is offered a standing place, to be answered by a day; told again where the answer was a mistake.

    `offered_at` tells one offer from the next to the same person.
    """

    stay_id: UUID
    citizen_id: UUID
    company_id: UUID
    answer_by: date
    offered_at: datetime | None = None


@named("matching.centre_offer.over.v1", subject="stay_id", partition="citizen_id")
class CentreOfferOver(Event):
    """The offer waits for no answer any more: it was answered, it ran out, or it was taken back at `taken_back_at`."""

    stay_id: UUID
    citizen_id: UUID
    taken_back_at: datetime | None = None


@named("matching.agreement.closed.v1", subject="placement_id", partition="citizen_id")
class AgreementClosed(Event):
    """A draft came to nothing; the code says how."""

    placement_id: UUID
    citizen_id: UUID
    company_id: UUID
    closed_code: str


@named("matching.placement.agreed.v1", subject="placement_id", partition="citizen_id")
class PlacementAgreed(Event):
    """A lawful agreement. `cadence` picks the follow-up rhythm; the mentor is one of the company's people.

    `taken_over_on` where it was agreed before the product, with the day of its last follow-up talk where that is known.
    """

    placement_id: UUID
    match_id: UUID
    citizen_id: UUID
    company_id: UUID
    p_number: str
    offer_type: str
    occupation: str
    starts_on: date
    ends_on: date
    first_day_at: datetime
    weekly_hours: float
    purpose_code: str
    cadence: str
    hire_preagreed: bool
    mentor_id: UUID
    mentor_name: str | None = sealed(FOLLOWUP, NOTIFICATIONS)
    mentor_email: str | None = sealed(NOTIFICATIONS)
    mentor_phone: str | None = sealed(NOTIFICATIONS)
    taken_over_on: date | None = None
    last_contact_on: date | None = None


@named("matching.placement.changed.v1", subject="placement_id", partition="citizen_id")
class PlacementChanged(Event):
    """An agreement is longer, shorter or annulled from now on; `number` is its version."""

    placement_id: UUID
    citizen_id: UUID
    company_id: UUID
    change_kind: str
    number: int
    starts_on: date
    ends_on: date
    weekly_hours: float
    extension_no: int


@named("matching.trail.anchored.v1", subject="trail_id", level="P0")
class MatchingTrailAnchored(Event):
    """Where the seals over look-ups and over changes stand; a neighbour keeps it, so that a cut end is seen."""

    trail_id: UUID
    lookup_position: int
    lookup_hash: str
    audit_position: int
    audit_hash: str
