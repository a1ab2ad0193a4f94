"""Cohorts, who is in them, and what was noted day by day."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.followup import rules
from services.followup.models import (
    Cohort,
    CohortEntry,
    CohortMember,
    CohortQuota,
    CohortVisit,
    Mentor,
    MentorAlias,
    MentorInvitation,
)
from services.followup.use_cases import POLICY
from shared import clock
from shared.auth import Principal
from shared.errors import NotFound
from shared.lookups import looked

OF_COHORT = (
    "id", "name", "tracks", "starts_on", "ends_on", "capacity", "placement_weeks", "mentor_id", "version",
)  # fmt: skip
OF_MEMBER = (
    "id", "cohort_id", "citizen_id", "municipality", "age_at_start", "track", "placement_from", "placement_until",
    "outcome_code", "outcome_on", "withdrawn_at", "version",
)  # fmt: skip


def quotas_of(session: Session, cohort_id: UUID) -> dict[str, int]:
    """Places by municipality, in the order of the alphabet."""
    rows = select(CohortQuota).where(CohortQuota.cohort_id == cohort_id).order_by(CohortQuota.municipality)
    return {one.municipality: one.places for one in session.scalars(rows)}


def members_of(session: Session, cohort_id: UUID) -> Sequence[CohortMember]:
    """Everybody with a seat, in the order in which they got it."""
    rows = select(CohortMember).where(CohortMember.cohort_id == cohort_id, CohortMember.withdrawn_at.is_(None))
    return session.scalars(rows.order_by(CohortMember.enrolled_at, CohortMember.id)).all()


def seats_taken(session: Session, cohort_id: UUID) -> dict[str, int]:
    """Seats taken by municipality."""
    rows = select(CohortMember.municipality, func.count()).where(
        CohortMember.cohort_id == cohort_id, CohortMember.withdrawn_at.is_(None)
    )
    return {row[0]: row[1] for row in session.execute(rows.group_by(CohortMember.municipality))}


def days_of(cohort: Cohort) -> list[date]:
    """The course days."""
    closing = tuple(POLICY.row("calendar.closing_days", cohort.starts_on).value)
    return rules.course_days(cohort.starts_on, cohort.ends_on, closing)


def visits_of(session: Session, member_id: UUID) -> Sequence[CohortVisit]:
    """The educations that somebody visited, in order."""
    rows = select(CohortVisit).where(CohortVisit.member_id == member_id)
    return session.scalars(rows.order_by(CohortVisit.on_day, CohortVisit.id)).all()


def cohort_of(session: Session, principal: Principal, cohort_id: UUID) -> Cohort:
    """One cohort; for a mentor only their own. Raises NotFound."""
    found = session.get(Cohort, cohort_id)
    if found is None or not (principal.is_staff or _follows(session, principal, found.mentor_id)):
        raise NotFound
    return found


def _follows(session: Session, principal: Principal, mentor_id: UUID | None) -> bool:
    """True for the mentor of the register whose link, of any agreement, this person took."""
    return mentor_id is not None and mentor_id in _known_as(session, principal)


def _known_as(session: Session, principal: Principal) -> set[UUID]:
    """Who of the register somebody is, by the links they took."""
    wanted = select(MentorInvitation.mentor_id).where(MentorInvitation.subject == principal.subject)
    taken = session.scalars(wanted).all()
    aliases = session.scalars(select(MentorAlias.mentor_id).where(MentorAlias.id.in_(taken))).all()
    return {*taken, *(one for one in aliases if one)}


def cohorts(session: Session, principal: Principal) -> list[dict[str, Any]]:
    """Every cohort, the newest first, with the seats that are taken; a mentor's own only."""
    seats = select(func.count()).where(CohortMember.cohort_id == Cohort.id, CohortMember.withdrawn_at.is_(None))
    rows = select(Cohort, seats.scalar_subquery()).order_by(Cohort.starts_on.desc(), Cohort.id)
    if not principal.is_staff:
        rows = rows.where(Cohort.mentor_id.in_(_known_as(session, principal)))
    return [{name: getattr(one, name) for name in OF_COHORT} | {"taken": taken} for one, taken in session.execute(rows)]


def cohort(session: Session, principal: Principal, cohort_id: UUID) -> dict[str, Any]:
    """One cohort with its quotas and members."""
    found = cohort_of(session, principal, cohort_id)
    members = members_of(session, cohort_id)
    looked(session, *(one.citizen_id for one in members))
    taken, quotas = seats_taken(session, cohort_id), quotas_of(session, cohort_id)
    visits = select(CohortVisit.member_id, func.count()).group_by(CohortVisit.member_id)
    theirs = visits.where(CohortVisit.member_id.in_([one.id for one in members]))
    visited = {row[0]: row[1] for row in session.execute(theirs)}
    mentor = session.get(Mentor, found.mentor_id) if found.mentor_id else None
    return {name: getattr(found, name) for name in OF_COHORT} | {
        "mentor_name": mentor and mentor.name,
        "taken": len(members),
        "quotas": [
            {"municipality": name, "places": places, "taken": taken.get(name, 0)} for name, places in quotas.items()
        ],
        "members": [
            {name: getattr(one, name) for name in OF_MEMBER}
            | {"citizen_name": one.citizen and one.citizen.name, "visits": visited.get(one.id, 0)}
            for one in members
        ],
    }


def cohort_member(session: Session, member_id: UUID) -> dict[str, Any]:
    """Somebody's way through, for staff."""
    found = session.get(CohortMember, member_id)
    if found is None:
        raise NotFound
    looked(session, found.citizen_id)
    cohort = session.get_one(Cohort, found.cohort_id)
    entries = select(CohortEntry).where(CohortEntry.member_id == member_id).order_by(CohortEntry.on_day.desc())
    wanted = POLICY.find("cohort.educations", cohort.starts_on)
    return {name: getattr(found, name) for name in OF_MEMBER} | {
        "citizen_name": found.citizen and found.citizen.name,
        "cohort": cohort,
        "educations_wanted": wanted.value if wanted else None,
        "visits": [
            {name: getattr(one, name) for name in ("id", "on_day", "education")}
            for one in visits_of(session, member_id)
        ],
        "entries": [
            {name: getattr(one, name) for name in ("on_day", "state", "words")} for one in session.scalars(entries)
        ],
    }


def cohort_day(session: Session, principal: Principal, cohort_id: UUID, day: date | None) -> dict[str, Any]:
    """The entries of a course day, the newest that has come where none is asked for; a mentor sees their own cohort."""
    found = cohort_of(session, principal, cohort_id)
    days = days_of(found)
    come = [one for one in days if one <= clock.today()]
    chosen = day if day in come else (come[-1] if come else None)
    members = members_of(session, cohort_id)
    looked(session, *(one.citizen_id for one in members))
    rows = select(CohortEntry).where(
        CohortEntry.member_id.in_([one.id for one in members]), CohortEntry.on_day == chosen
    )
    noted = {one.member_id: one for one in session.scalars(rows)}
    at = come.index(chosen) if chosen else 0
    return {
        "cohort": found, "day": chosen, "number": at + 1, "of": len(days),
        "earlier": come[at - 1] if at else None, "later": come[at + 1] if chosen and chosen != come[-1] else None,
        "lines": [
            {"member_id": one.id, "citizen_name": one.citizen and one.citizen.name,
             "state": noted[one.id].state if one.id in noted else None,
             "words": noted[one.id].words if one.id in noted else None}
            for one in members
            if chosen
        ],
    }  # fmt: skip


def cohorts_of(session: Session, citizen_id: UUID) -> list[dict[str, Any]]:
    """The cohorts somebody has a seat in, the newest first."""
    looked(session, citizen_id)
    rows = select(CohortMember, Cohort).join(Cohort, Cohort.id == CohortMember.cohort_id)
    rows = rows.where(CohortMember.citizen_id == citizen_id, CohortMember.withdrawn_at.is_(None))
    return [
        {"id": member.id, "name": cohort.name, "starts_on": cohort.starts_on, "ends_on": cohort.ends_on,
         "track": member.track, "outcome_code": member.outcome_code}
        for member, cohort in session.execute(rows.order_by(Cohort.starts_on.desc()))
    ]  # fmt: skip
