"""The contact course: everybody's talks since they came, by month and group, and who has had too few."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.followup import rules
from services.followup.models import (
    Citizen,
    DoorEnding,
    FirstContact,
    Interview,
    InterviewStanding,
    Readiness,
    Visitation,
)
from services.followup.queries.self_booking import calls_of, coming_calls
from services.followup.use_cases import POLICY
from shared import calendar, clock
from shared.errors import NotFound
from shared.lookups import looked

NOTHING_COMING = {"starts_at": None, "book_by": None}
MONTHS_BACK, MOST_LISTED = 12, 200
OF_INTERVIEW = ("id", "held_on", "form", "noted_at", "version")


def _courses(session: Session, citizen_id: UUID | None = None) -> dict[UUID, rules.InterviewCourse]:
    goes_on = func.max(FirstContact.at).filter(DoorEnding.ended.is_not(True))
    came = func.coalesce(goes_on, func.max(FirstContact.at)).label("came")
    left = goes_on.is_(None).label("left")
    rows = select(FirstContact.citizen_id, came, left, Readiness.category, InterviewStanding.code)
    rows = rows.outerjoin(DoorEnding, DoorEnding.id == FirstContact.id)
    rows = rows.outerjoin(Readiness, Readiness.id == FirstContact.citizen_id)
    rows = rows.outerjoin(InterviewStanding, InterviewStanding.citizen_id == FirstContact.citizen_id)
    rows = rows.group_by(FirstContact.citizen_id, Readiness.category, InterviewStanding.code)
    since = calendar.danish_time(rules.after_months(clock.today().replace(day=1), -MONTHS_BACK), 0)
    rows = rows.having(came >= since) if citizen_id is None else rows.where(FirstContact.citizen_id == citizen_id)
    found = session.execute(rows).all()
    talks = _talks(session, since, citizen_id)
    return {
        row.citizen_id: rules.InterviewCourse(
            calendar.danish_day(row.came),
            row.category,
            tuple(talks.get(row.citizen_id, ())),
            rules.LEFT if row.left else row.code,
            row.left,
        )
        for row in found
    }


def _talks(session: Session, since: Any, citizen_id: UUID | None) -> dict[UUID, list[date]]:
    """The talk at the desk, and those noted here."""
    desk = select(Visitation.citizen_id, Visitation.held_at).where(Visitation.held_at >= since)
    noted = select(Interview.citizen_id, Interview.held_on).where(Interview.withdrawn_at.is_(None))
    noted = noted.where(Interview.held_on >= calendar.danish_day(since))
    if citizen_id is not None:
        desk, noted = desk.where(Visitation.citizen_id == citizen_id), noted.where(Interview.citizen_id == citizen_id)
    found: dict[UUID, list[date]] = {}
    for who, at in session.execute(desk):
        found.setdefault(who, []).append(calendar.danish_day(at))
    for who, on in session.execute(noted):
        found.setdefault(who, []).append(on)
    return found


def interview_report(session: Session) -> dict[str, Any]:
    """Months and groups of the last year, and whoever has had too few talks, those who came first on top."""
    courses, today = _courses(session), clock.today()
    late = sorted(
        (one.began, who, rules.standing(one, today, POLICY)) for who, one in courses.items() if one.code is None
    )
    late = [line for line in late if line[2] in (rules.BEHIND, rules.OUTSIDE)]
    shown = late[:MOST_LISTED]
    names = select(Citizen.id, Citizen.name).where(Citizen.id.in_([who for _began, who, _state in shown]))
    named = {row.id: row.name for row in session.execute(names)}
    looked(session, *named)
    coming = coming_calls(session, named)
    return {
        "cohorts": rules.interview_cohorts(list(courses.values()), today, POLICY),
        "late": len(late),
        "outside": [
            {"citizen_id": who, "citizen_name": named.get(who), "began": began, "standing": state,
             "talks": len(courses[who].talks), "least": _least(courses[who]), **coming.get(who, NOTHING_COMING)}
            for began, who, state in shown
        ],
    }  # fmt: skip


def _least(one: rules.InterviewCourse) -> int | None:
    row = rules.least_talks(one.began, one.category, POLICY)
    return row.value if row else None


def interviews(session: Session, citizen_id: UUID) -> dict[str, Any]:
    """Somebody's contact course; raises NotFound where nobody of that id is known."""
    looked(session, citizen_id)
    citizen = session.get(Citizen, citizen_id)
    if citizen is None:
        raise NotFound
    one = _courses(session, citizen_id).get(citizen_id)
    rows = select(Interview).where(Interview.citizen_id == citizen_id, Interview.withdrawn_at.is_(None))
    noted = session.scalars(rows.order_by(Interview.held_on.desc(), Interview.id)).all()
    after = rules.window(one.began, POLICY) if one else None
    return {
        "citizen_id": citizen_id, "citizen_name": citizen.name, "began": one and one.began,
        "until": after and after - timedelta(days=1), "talks": len(one.talks) if one else 0,
        "least": _least(one) if one else None, "code": one and one.code,
        "ended_at_door": one is not None and one.ended_at_door,
        "standing": rules.standing(one, clock.today(), POLICY) if one else rules.NOT_SET_UP,
        "items": [{name: getattr(row, name) for name in OF_INTERVIEW} for row in noted],
        "coming": calls_of(session, citizen_id),
    }  # fmt: skip
