"""Matching's tables: companies with workplaces and needs, matches, ratio, placements; its copies stand in `copies`."""

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, Index, String, exists, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from services.matching.models.agreements import AgreementVersion, Statement
from services.matching.models.alerts import AlertMailbox as AlertMailbox
from services.matching.models.attention import Attention as Attention
from services.matching.models.attention import AttentionNeed as AttentionNeed
from services.matching.models.attention import AttentionPlace as AttentionPlace
from services.matching.models.calls import Call as Call
from services.matching.models.care import CompanyConsultant as CompanyConsultant
from services.matching.models.care import CompanyContact as CompanyContact
from services.matching.models.care import CompanyPause as CompanyPause
from services.matching.models.care import CompanyPromise as CompanyPromise
from services.matching.models.care import ConsultantCover as ConsultantCover
from services.matching.models.centres import Centre as Centre
from services.matching.models.centres import CentrePlace as CentrePlace
from services.matching.models.centres import CentreStay as CentreStay
from services.matching.models.company_offers import CompanyOffer as CompanyOffer
from services.matching.models.copies import Base, CandidateRemoval, CitizenCopy, ReadinessCopy, WishesCopy
from services.matching.models.forum import ForumLine as ForumLine
from services.matching.models.forum import ForumPost as ForumPost
from services.matching.models.forum import ForumSeat as ForumSeat
from services.matching.models.hours import PlacementHours as PlacementHours
from services.matching.models.imports import ListImport as ListImport
from services.matching.models.jobbank import Alumnus as Alumnus
from services.matching.models.jobbank import Season as Season
from services.matching.models.knowledge import Knowledge as Knowledge
from services.matching.models.knowledge import NeedProfile as NeedProfile
from services.matching.models.mentors import MentorHours as MentorHours
from services.matching.models.merges import CitizenMerge as CitizenMerge
from services.matching.models.openings import SpottedOpening as SpottedOpening
from services.matching.models.openings import Visit as Visit
from services.matching.models.pipeline import NeedHolder as NeedHolder
from services.matching.models.pipeline import NoMatch as NoMatch
from services.matching.models.pipeline import Notice as Notice
from services.matching.models.pipeline import Pooled as Pooled
from services.matching.models.pipeline import SavedSearch as SavedSearch
from services.matching.models.pipeline import Shortlisted as Shortlisted
from services.matching.models.plans import Plan as Plan
from services.matching.models.plans import PlanLine as PlanLine
from services.matching.models.portal import CompanyInvitation as CompanyInvitation
from services.matching.models.portal import CompanyMember as CompanyMember
from services.matching.models.portal import CompanyMessage as CompanyMessage
from services.matching.models.profiles import KeptProfile as KeptProfile
from services.matching.models.profiles import Profile as Profile
from services.matching.models.responsibility import CsrAssessment as CsrAssessment
from services.matching.models.responsibility import Observation as Observation
from services.matching.models.responsibility import PlacementOutcome as PlacementOutcome
from services.matching.models.responsibility import Project as Project
from services.matching.models.responsibility import ProjectNeed as ProjectNeed
from services.matching.models.responsibility import ProjectPart as ProjectPart
from services.matching.models.staff import StaffMonth as StaffMonth
from services.matching.models.support import NationalApplication as NationalApplication
from services.matching.models.support import Support as Support
from services.matching.models.wording import WordingKept as WordingKept
from shared.database import Versioned, new_id
from shared.retention import Holds

__all__ = [
    "AgreementVersion", "Base", "CandidateRemoval", "CitizenCopy", "Company", "Match", "Need", "Placement",
    "RatioCheck", "ReadinessCopy", "StaffMonth", "Statement", "WishesCopy", "Workplace", "holds_position",
]  # fmt: skip


class Company(Versioned, Base):
    """A company by its CVR number, with the person to reach there; `industry` is a code of DB25."""

    __tablename__ = "company"
    holds = Holds(
        company="id cvr name sort_key public industry contact_name contact_email contact_phone", technical="version"
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    cvr: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    sort_key: Mapped[str] = mapped_column(String(collation="C"), index=True)
    public: Mapped[bool]
    industry: Mapped[str | None]
    contact_name: Mapped[str]
    contact_email: Mapped[str | None]
    contact_phone: Mapped[str | None]


class Workplace(Versioned, Base):
    """A P-number. Its row is the lock that agreements on the workplace queue up behind."""

    __tablename__ = "workplace"
    holds = Holds(company="id company_id p_number name postal_code single_person supported_elsewhere_fte",
                  technical="version")  # fmt: skip
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    company_id: Mapped[UUID] = mapped_column(ForeignKey("company.id"), index=True)
    p_number: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    postal_code: Mapped[str]
    single_person: Mapped[bool]
    supported_elsewhere_fte: Mapped[float]


class Need(Versioned, Base):
    """What a company needs at one workplace. `state` is what people said: open, paused or closed.

    `derived` names the hours and days that nobody told, so that they follow the windows when these change. Where
    hours were told per month, the weekly ones stand there and follow from those.
    """

    __tablename__ = "need"
    holds = Holds(
        company="id company_id p_number state title occupation employment_form weekly_hours_min weekly_hours_max "
        "monthly_hours_min monthly_hours_max windows days_required hours_per_day derived licences adjustments "
        "mentor_offered positions unadvertised starts_on received_at answer_due", technical="version",
    )  # fmt: skip
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    company_id: Mapped[UUID] = mapped_column(ForeignKey("company.id"), index=True)
    p_number: Mapped[str] = mapped_column(ForeignKey("workplace.p_number"), index=True)
    state: Mapped[str]
    title: Mapped[str]
    occupation: Mapped[str]
    employment_form: Mapped[str]
    weekly_hours_min: Mapped[float]
    weekly_hours_max: Mapped[float]
    monthly_hours_min: Mapped[float | None]
    monthly_hours_max: Mapped[float | None]
    windows: Mapped[list[str]] = mapped_column(ARRAY(String))
    days_required: Mapped[int]
    hours_per_day: Mapped[float | None]
    derived: Mapped[list[str]] = mapped_column(ARRAY(String))
    licences: Mapped[list[str]] = mapped_column(ARRAY(String))
    adjustments: Mapped[list[str]] = mapped_column(ARRAY(String))
    mentor_offered: Mapped[bool]
    positions: Mapped[int]
    unadvertised: Mapped[bool]
    starts_on: Mapped[date]
    received_at: Mapped[datetime]
    answer_due: Mapped[date | None]
    if TYPE_CHECKING:
        taken: Mapped[int]

    @property
    def shown_state(self) -> str:
        """`filled` while an open need has no position left, else what people said."""
        return "filled" if self.state == "open" and self.taken >= self.positions else self.state


class Match(Versioned, Base):
    """A candidate put forward for a need. What the company may see is what stood there at the consent."""

    __tablename__ = "match"
    holds = Holds(
        person="citizen_id", identity="citizen_id consent_heard_by", health_function="disclosed_needs",
        technical="salt version",
        placement="id need_id company_id state proposed_by proposed_at score factors failed_rules policies "
        "override_reason_code consented_at consent_how weekly_hours_min weekly_hours_max answered_at answered_by "
        "decliner reason_code state_before answer_due meeting_at",
    )  # fmt: skip
    __table_args__ = (
        Index("uq_match_open", "need_id", "citizen_id", unique=True, postgresql_where="state <> 'declined'"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    need_id: Mapped[UUID] = mapped_column(ForeignKey("need.id"), index=True)
    company_id: Mapped[UUID] = mapped_column(ForeignKey("company.id"), index=True)
    citizen_id: Mapped[UUID] = mapped_column(index=True)
    state: Mapped[str]
    proposed_by: Mapped[str]
    proposed_at: Mapped[datetime]
    score: Mapped[int]
    factors: Mapped[list[str]] = mapped_column(ARRAY(String))
    failed_rules: Mapped[list[str]] = mapped_column(ARRAY(String))
    salt: Mapped[str]
    policies: Mapped[list[str]] = mapped_column(ARRAY(String))
    override_reason_code: Mapped[str | None]
    consented_at: Mapped[datetime | None]
    consent_how: Mapped[str | None]
    consent_heard_by: Mapped[str | None]
    disclosed_needs: Mapped[list[str]] = mapped_column(ARRAY(String))
    weekly_hours_min: Mapped[float | None]
    weekly_hours_max: Mapped[float | None]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str | None]
    decliner: Mapped[str | None]
    reason_code: Mapped[str | None]
    state_before: Mapped[str | None]
    answer_due: Mapped[date | None]
    meeting_at: Mapped[datetime | None]


class RatioCheck(Base):
    """Supported against ordinary staff at a workplace, as it was judged once (BEK 2636/2021 § 65).

    Without figures where § 65 does not count the offer, or does not hold for it.
    """

    __tablename__ = "ratio_check"
    holds = Holds(company="id p_number at offer_type starts_on ends_on months ordinary_fte supported_fte adding_fte "
                  "limit result policy")  # fmt: skip
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    p_number: Mapped[str] = mapped_column(ForeignKey("workplace.p_number"), index=True)
    at: Mapped[datetime]
    offer_type: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    months: Mapped[list[str]] = mapped_column(ARRAY(String))
    ordinary_fte: Mapped[float | None]
    supported_fte: Mapped[float | None]
    adding_fte: Mapped[float]
    limit: Mapped[int | None]
    result: Mapped[str]
    policy: Mapped[str]


class Placement(Versioned, Base):
    """An agreement on a placement: waiting for everybody's approval, then agreed.

    Refused by a party, by a side of the match that says no meanwhile, or where nobody went on with it; `closed_code`
    says which. The columns hold the terms in force, or those of the draft. `document_reference` names what is filed
    elsewhere, never what it says.
    """

    __tablename__ = "placement"
    holds = Holds(
        person="citizen_id", identity="citizen_id", technical="version",
        placement="id match_id company_id p_number state offer_type occupation starts_on ends_on first_day_at "
        "weekly_hours cadence hire_preagreed deviation_reason_code ratio_check_id statements_needed made_by agreed_at "
        "number expires_on warned closed_code",
        health_function="confirmed purpose_code exception_ground ratio_exemption document_reference length_policy",
        company="mentor_id mentor_name mentor_email mentor_phone",
    )  # fmt: skip
    __table_args__ = (Index("uq_placement_match", "match_id", unique=True, postgresql_where="state <> 'refused'"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    match_id: Mapped[UUID] = mapped_column(ForeignKey("match.id"))
    citizen_id: Mapped[UUID] = mapped_column(index=True)
    company_id: Mapped[UUID] = mapped_column(ForeignKey("company.id"), index=True)
    p_number: Mapped[str] = mapped_column(ForeignKey("workplace.p_number"), index=True)
    state: Mapped[str]
    offer_type: Mapped[str]
    occupation: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    first_day_at: Mapped[datetime]
    weekly_hours: Mapped[float]
    purpose_code: Mapped[str]
    cadence: Mapped[str]
    hire_preagreed: Mapped[bool]
    exception_ground: Mapped[str | None]
    ratio_exemption: Mapped[str | None]
    document_reference: Mapped[str | None]
    confirmed: Mapped[list[str]] = mapped_column(ARRAY(String))
    deviation_reason_code: Mapped[str | None]
    length_policy: Mapped[str]
    ratio_check_id: Mapped[UUID] = mapped_column(ForeignKey("ratio_check.id"))
    statements_needed: Mapped[list[str]] = mapped_column(ARRAY(String))
    mentor_id: Mapped[UUID]
    mentor_name: Mapped[str]
    mentor_email: Mapped[str | None]
    mentor_phone: Mapped[str | None]
    made_by: Mapped[str]
    agreed_at: Mapped[datetime | None]
    number: Mapped[int] = mapped_column(default=1)
    expires_on: Mapped[date | None]
    warned: Mapped[int] = mapped_column(default=0)
    closed_code: Mapped[str | None]
    approvals: Mapped[list[Statement]] = relationship(lazy="selectin", order_by=Statement.id)
    ratio: Mapped[RatioCheck] = relationship(lazy="selectin")

    @property
    def awaiting(self) -> list[str]:
        """The parties whose turn it is."""
        asked = {one.party for one in self.approvals if one.withdrawn_at is None and one.positive is None}
        return [party for party in self.statements_needed if party in asked]

    @property
    def statements(self) -> list[Statement]:
        """What the parties have said of the terms as they are."""
        said = [one for one in self.approvals if one.withdrawn_at is None and one.positive is not None]
        return sorted(said, key=lambda one: (one.at is None, one.at))


def holds_position() -> ColumnElement[bool]:
    """True for a match that takes one of its need's positions: both said yes, and no agreement came to nothing."""
    agreements = select(Placement.id).where(Placement.match_id == Match.id).correlate(Match)
    refused, live = Placement.state == "refused", Placement.state != "refused"
    unbroken = or_(~exists(agreements.where(refused)), exists(agreements.where(live)))
    return (Match.state == "accepted") & unbroken


Need.taken = column_property(
    select(func.count(Match.id)).where(Match.need_id == Need.id, holds_position()).correlate(Need).scalar_subquery()
)
