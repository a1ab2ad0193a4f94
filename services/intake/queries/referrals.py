"""Reads of jobs to apply for and of their evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.orm import Session, selectinload

from services.intake.models import Citizen, FirstContact, JobReferral
from services.intake.queries.numbered import page_of_rows
from services.intake.rules.evidence import Element, Filed, is_whole, missing, pack
from services.intake.use_cases import POLICY
from shared import calendar, clock
from shared.errors import NotFound
from shared.lookups import looked

MOST = 200
TO_FOLLOW_UP = ("lapsed", "answered")


@dataclass(frozen=True)
class Evidence:
    """The pack of one referral."""

    referral: JobReferral
    elements: list[Element]

    @property
    def whole(self) -> bool:
        """True where every element that is asked for is there."""
        return is_whole(self.elements)

    @property
    def missing(self) -> list[str]:
        """What is not there, in codes."""
        return missing(self.elements)


def job_referral(session: Session, referral_id: UUID) -> JobReferral:
    """One, with its letters and what was asked; raises NotFound."""
    options = (selectinload(JobReferral.letters), selectinload(JobReferral.request))
    found = session.scalar(select(JobReferral).where(JobReferral.id == referral_id).options(*options))
    if found is None:
        raise NotFound
    looked(session, found.citizen_id)
    return found


def job_referrals_of(session: Session, citizen_id: UUID) -> Sequence[JobReferral]:
    """Somebody's, the newest first, without those that were a mistake."""
    rows = select(JobReferral).where(JobReferral.citizen_id == citizen_id, JobReferral.state != "withdrawn")
    rows = rows.options(selectinload(JobReferral.request)).order_by(JobReferral.made_at.desc(), JobReferral.id)
    return session.scalars(rows.limit(MOST)).all()


def to_follow_up(session: Session, page: int = 1) -> tuple[Sequence[Row[*tuple[Any, ...]]], bool]:
    """What was answered or has lapsed and nobody has followed up, the oldest day first, with who it is (A08).

    A page of them; True for more.
    """
    rows = select(JobReferral, Citizen).join(Citizen, Citizen.id == JobReferral.citizen_id)
    rows = rows.where(JobReferral.state.in_(TO_FOLLOW_UP)).order_by(JobReferral.due_on, JobReferral.id)
    found, more = page_of_rows(session, rows, page)
    looked(session, *(citizen.id for _referral, citizen in found))
    return found, more


def evidence(session: Session, referral: JobReferral) -> Evidence:
    """What is on file about a referral, by the rows of its day."""
    guidance = session.scalar(
        select(FirstContact)
        .where(FirstContact.citizen_id == referral.citizen_id, FirstContact.at <= referral.made_at)
        .order_by(FirstContact.guidance_written.desc(), FirstContact.at.desc()).limit(1)
    )  # fmt: skip
    category = session.scalar(select(Citizen.category).where(Citizen.id == referral.citizen_id))
    request = referral.request
    filed = Filed(
        guidance_version=guidance.guidance_version if guidance else None,
        guidance_at=guidance.at if guidance else None,
        guidance_written=bool(guidance and guidance.guidance_written),
        category=category,
        due_on=referral.due_on,
        result_code=referral.result_code,
        contacted_at=referral.contacted_at,
        letters=_first(referral),
        reason_answered_at=request.answered_at if request else None,
        heard_until=request.due_on if request else None,
    )
    return Evidence(referral, pack(filed, calendar.danish_day(referral.made_at), clock.today(), POLICY))


def _first(referral: JobReferral) -> dict[tuple[str, str], datetime]:
    found: dict[tuple[str, str], datetime] = {}
    for fact in referral.letters:
        found.setdefault((fact.template, fact.step), fact.at)
    return found
