"""The doors of cohorts and of somebody's way through one."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.followup import queries, schemas
from services.followup.api.base import FOLLOWERS, WITH_MENTOR, doors
from services.followup.use_cases import cohorts
from shared.auth import Principal
from shared.lookups import NOBODY, about_each

MEMBER, MEMBERS, MEMBER_CHANGE = about_each("case", purpose="follow_up")
ONE, WAY = "/cohorts/<uuid:cohort_id>", "/cohort-members/<uuid:member_id>"


@doors.get("/cohorts", roles=WITH_MENTOR, about=NOBODY, answer=schemas.CohortsAnswer)
def list_cohorts(session: Session, principal: Principal) -> Any:
    """Every cohort with the seats that are taken."""
    return {"items": queries.cohorts(session, principal)}


@doors.post("/cohorts", roles=FOLLOWERS, about=MEMBERS, body=schemas.CohortBody, answer=schemas.CohortAnswer)
def make_cohort(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """A new cohort, as long as the rows of its first day say."""
    return queries.cohort(session, principal, cohorts.make(session, principal, **body).id)


@doors.get(ONE, roles=FOLLOWERS, about=MEMBERS, answer=schemas.CohortAnswer)
def read_cohort(session: Session, principal: Principal, cohort_id: UUID) -> Any:
    """One cohort with quotas and members."""
    return queries.cohort(session, principal, cohort_id)


@doors.post(f"{ONE}/quotas", roles=FOLLOWERS, about=MEMBERS, body=schemas.QuotaBody, answer=schemas.CohortAnswer)
def set_quota(session: Session, principal: Principal, cohort_id: UUID, body: dict[str, Any]) -> Any:
    """How many places are a municipality's."""
    cohorts.set_quota(session, cohort_id, **body)
    return queries.cohort(session, principal, cohort_id)


@doors.post(f"{ONE}/members", roles=FOLLOWERS, about=MEMBER_CHANGE, body=schemas.EnrolBody,
            answer=schemas.MemberAnswer)  # fmt: skip
def enrol(session: Session, principal: Principal, cohort_id: UUID, body: dict[str, Any]) -> Any:
    """Somebody gets a seat."""
    return queries.cohort_member(session, cohorts.enrol(session, principal, cohort_id, **body).id)


@doors.post(f"{ONE}/days", roles=WITH_MENTOR, about=MEMBER_CHANGE, body=schemas.DayBody, answer=schemas.CohortLine)
def note_cohort_day(session: Session, principal: Principal, cohort_id: UUID, body: dict[str, Any]) -> Any:
    """The mentor's entries about a course day."""
    cohorts.note_day(session, principal, cohort_id, **body)
    found = queries.cohort_of(session, principal, cohort_id)
    return {name: getattr(found, name) for name in queries.OF_COHORT} | {
        "taken": len(queries.members_of(session, cohort_id)),
    }


@doors.get(WAY, roles=FOLLOWERS, about=MEMBER, answer=schemas.MemberAnswer)
def read_member(session: Session, _principal: Principal, member_id: UUID) -> Any:
    """Somebody's way through, without the entries' words."""
    return queries.cohort_member(session, member_id)


@doors.post(f"{WAY}/withdrawn", status=200, roles=FOLLOWERS, about=MEMBER_CHANGE, body=schemas.WithdrawnBody,
            answer=schemas.MemberAnswer)  # fmt: skip
def withdraw_member(session: Session, _principal: Principal, member_id: UUID, body: dict[str, bool]) -> Any:
    """The seat is given up, or taken again."""
    cohorts.withdraw(session, member_id, **body)
    return queries.cohort_member(session, member_id)


@doors.post(f"{WAY}/track", status=200, roles=FOLLOWERS, about=MEMBER_CHANGE, body=schemas.TrackBody,
            answer=schemas.MemberAnswer)  # fmt: skip
def choose_track(session: Session, _principal: Principal, member_id: UUID, body: dict[str, Any]) -> Any:
    """The one track."""
    cohorts.choose_track(session, member_id, **body)
    return queries.cohort_member(session, member_id)


@doors.post(f"{WAY}/visits", roles=FOLLOWERS, about=MEMBER_CHANGE, body=schemas.VisitBody,
            answer=schemas.MemberAnswer)  # fmt: skip
def visit_education(session: Session, principal: Principal, member_id: UUID, body: dict[str, Any]) -> Any:
    """An education was visited."""
    cohorts.visit(session, principal, member_id, **body)
    return queries.cohort_member(session, member_id)


@doors.post(f"{WAY}/visits/undo", status=200, roles=FOLLOWERS, about=MEMBER_CHANGE, body=schemas.VisitUndo,
            answer=schemas.MemberAnswer)  # fmt: skip
def unvisit_education(session: Session, _principal: Principal, member_id: UUID, body: dict[str, UUID]) -> Any:
    """It was not visited after all."""
    cohorts.unvisit(session, member_id, **body)
    return queries.cohort_member(session, member_id)


@doors.post(f"{WAY}/placement", status=200, roles=FOLLOWERS, about=MEMBER_CHANGE, body=schemas.CohortPlacementBody,
            answer=schemas.MemberAnswer)  # fmt: skip
def place_member(session: Session, _principal: Principal, member_id: UUID, body: dict[str, Any]) -> Any:
    """Weeks of placement within the course, or none."""
    cohorts.place(session, member_id, **body)
    return queries.cohort_member(session, member_id)


@doors.post(f"{WAY}/outcome", status=200, roles=FOLLOWERS, about=MEMBER_CHANGE, body=schemas.CohortOutcomeBody,
            answer=schemas.MemberAnswer)  # fmt: skip
def conclude_member(session: Session, _principal: Principal, member_id: UUID, body: dict[str, Any]) -> Any:
    """What a person says that it led to."""
    cohorts.conclude(session, member_id, **body)
    return queries.cohort_member(session, member_id)
