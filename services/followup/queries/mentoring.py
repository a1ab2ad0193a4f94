"""The register of mentors with their calendars, their meetings, calls and hours bought free."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.followup import rules
from services.followup.models import (
    Company,
    Mentor,
    MentorAlias,
    MentorCall,
    MentorChange,
    MentorPlaces,
    MentorSupport,
    NetworkAttendance,
    NetworkMeeting,
    Placement,
)
from services.followup.queries.placements import placement as placement_of
from services.followup.use_cases import POLICY
from shared import clock, danish
from shared.auth import Principal
from shared.errors import NotFound
from shared.lookups import looked

Spans = dict[UUID, list[tuple[date, date]]]
OF_MENTOR = (
    "id", "kind", "company_id", "name", "email", "phone", "trained_on", "line_name", "line_phone", "left_on", "version",
)  # fmt: skip
_REAL_ID = func.coalesce(MentorAlias.mentor_id, Placement.mentor_id)


def mentor_of(session: Session, known_as: UUID) -> UUID | None:
    """Who of the register a placement's mentor is; None where they are not in it."""
    alias = session.get(MentorAlias, known_as)
    if alias is not None and alias.mentor_id is not None:
        return alias.mentor_id
    return known_as if session.get(Mentor, known_as) is not None else None


def _spans(session: Session, since: date, mentor_id: UUID | None = None) -> Spans:
    """When each mentor's placements run that have not ended before a day."""
    rows = select(_REAL_ID, Placement.starts_on, Placement.ends_on).select_from(Placement)
    rows = rows.join(MentorAlias, MentorAlias.id == Placement.mentor_id, isouter=True)
    rows = rows.join(Mentor, Mentor.id == _REAL_ID).where(Placement.ends_on >= since)
    found: Spans = defaultdict(list)
    for who, begins, ends in session.execute(rows if mentor_id is None else rows.where(Mentor.id == mentor_id)):
        found[who].append((begins, ends))
    return found


def _places(session: Session, mentor_id: UUID | None = None) -> dict[UUID, list[MentorPlaces]]:
    rows = select(MentorPlaces).where(MentorPlaces.taken_back_at.is_(None)).order_by(MentorPlaces.since)
    found: dict[UUID, list[MentorPlaces]] = defaultdict(list)
    for one in session.scalars(rows if mentor_id is None else rows.where(MentorPlaces.mentor_id == mentor_id)):
        found[one.mentor_id].append(one)
    return found


def _loads(spans: Spans, places: dict[UUID, list[MentorPlaces]], who: UUID, day: date, weeks: int) -> list[rules.Load]:
    usual = POLICY.find("mentor.places", day)
    agreed = [(one.since, one.places) for one in places.get(who, ())]
    return rules.loads(spans.get(who, ()), agreed, usual.value if usual else None, day, weeks)


def loads_of(
    session: Session, mentor_id: UUID, day: date, weeks: int, also: Sequence[tuple[date, date]] = ()
) -> list[rules.Load]:
    """A mentor's weeks from a day on, with placements that would be theirs `also`."""
    spans = _spans(session, day, mentor_id)
    return _loads({mentor_id: [*spans.get(mentor_id, ()), *also]}, _places(session, mentor_id), mentor_id, day, weeks)


def mentors(session: Session) -> list[dict[str, Any]]:
    """Everybody in the register, those who left last, with this week's load and the first week with too many."""
    today = clock.today()
    weeks = POLICY.row("mentor.weeks_ahead", today).value
    spans, places = _spans(session, today), _places(session)
    rows = session.execute(select(Mentor, Company.name).join(Company, Company.id == Mentor.company_id, isouter=True))
    listed = sorted(rows, key=lambda row: (row[0].left_on is not None, danish.sort_key(row[0].name)))
    found = []
    for mentor, company_name in listed:
        coming = _loads(spans, places, mentor.id, today, weeks)
        over = next((load for load in coming if load.over), None)
        found.append({name: getattr(mentor, name) for name in OF_MENTOR} | {
            "company_name": company_name, "placed": coming[0].placed, "places": coming[0].places,
            "over_from": over and over.monday,
        })  # fmt: skip
    return found


def mentor(session: Session, mentor_id: UUID) -> dict[str, Any]:
    """One of the register with their calendar."""
    found = session.get(Mentor, mentor_id)
    if found is None:
        raise NotFound
    company = session.get(Company, found.company_id) if found.company_id else None
    today, places = clock.today(), _places(session, mentor_id)
    weeks = POLICY.row("mentor.weeks_ahead", today).value
    return {name: getattr(found, name) for name in OF_MENTOR} | {
        "company_name": company and company.name,
        "weeks": _loads(_spans(session, today, mentor_id), places, mentor_id, today, weeks),
        "room": [{"since": one.since, "places": one.places} for one in places.get(mentor_id, ())],
    }


def mentors_placements(session: Session, mentor_id: UUID) -> list[dict[str, Any]]:
    """A mentor's placements that have not ended, for staff."""
    rows = select(Placement).join(MentorAlias, MentorAlias.id == Placement.mentor_id, isouter=True)
    rows = rows.where(_REAL_ID.in_([mentor_id]), Placement.ends_on >= clock.today())
    theirs = session.scalars(rows.order_by(Placement.starts_on, Placement.id)).all()
    looked(session, *(one.citizen_id for one in theirs))
    return [
        {"id": one.id, "citizen_name": one.citizen and one.citizen.name, "starts_on": one.starts_on,
         "ends_on": one.ends_on}
        for one in theirs
    ]  # fmt: skip


def mentor_figures(session: Session, since: date | None) -> dict[str, Any]:
    """How many were trained since a day, at how many companies, and how many placements with them began (Randers)."""
    trained = select(func.count(), func.count(Mentor.company_id.distinct())).where(Mentor.trained_on.is_not(None))
    begun = select(func.count()).select_from(Placement)
    begun = begun.join(MentorAlias, MentorAlias.id == Placement.mentor_id, isouter=True)
    begun = begun.join(Mentor, Mentor.id == _REAL_ID).where(Placement.starts_on <= clock.today())
    if since is not None:
        trained, begun = trained.where(Mentor.trained_on >= since), begun.where(Placement.starts_on >= since)
    number, companies = session.execute(trained).one()
    return {"since": since, "trained": number, "companies": companies, "placements": session.scalar(begun) or 0}


def network_meetings(session: Session) -> list[dict[str, Any]]:
    """Every meeting, newest first, with how many were there; no minutes."""
    rows = select(NetworkMeeting, func.count(NetworkAttendance.id))
    rows = rows.join(NetworkAttendance, NetworkAttendance.meeting_id == NetworkMeeting.id, isouter=True)
    rows = rows.group_by(NetworkMeeting.id).order_by(NetworkMeeting.held_on.desc(), NetworkMeeting.id)
    return [{"id": one.id, "held_on": one.held_on, "attended": number} for one, number in session.execute(rows)]


def network_meeting(session: Session, meeting_id: UUID) -> dict[str, Any]:
    """One meeting with its minutes and who was there."""
    found = session.get(NetworkMeeting, meeting_id)
    if found is None:
        raise NotFound
    there = select(NetworkAttendance.mentor_id).where(NetworkAttendance.meeting_id == meeting_id)
    return {name: getattr(found, name) for name in ("id", "held_on", "minutes", "version")} | {
        "mentor_ids": list(session.scalars(there)),
    }


def mentor_changes(session: Session, placement_id: UUID) -> Sequence[MentorChange]:
    """Whoever became a placement's mentor after the agreement, oldest first."""
    wanted = select(MentorChange).where(MentorChange.placement_id == placement_id, MentorChange.taken_back_at.is_(None))
    return session.scalars(wanted.order_by(MentorChange.made_at, MentorChange.id)).all()


def support_of(session: Session, placement_id: UUID) -> Sequence[MentorSupport]:
    """Hours bought free for a placement's mentors, oldest first."""
    wanted = select(MentorSupport).where(
        MentorSupport.placement_id == placement_id, MentorSupport.taken_back_at.is_(None)
    )
    return session.scalars(wanted.order_by(MentorSupport.starts_on)).all()


def open_call(session: Session, placement_id: UUID, *, lock: bool = False) -> MentorCall | None:
    """That the mentor waits to be rung up."""
    wanted = select(MentorCall).where(
        MentorCall.placement_id == placement_id, MentorCall.answered_at.is_(None), MentorCall.withdrawn_at.is_(None)
    )
    return session.scalar(wanted.with_for_update() if lock else wanted)


def open_calls(session: Session) -> list[dict[str, Any]]:
    """Mentors who wait to be rung up, the most urgent first."""
    wanted = select(MentorCall, Placement).join(Placement, Placement.id == MentorCall.placement_id)
    wanted = wanted.where(MentorCall.answered_at.is_(None), MentorCall.withdrawn_at.is_(None))
    rows = sorted(session.execute(wanted), key=lambda row: (rules.URGENCIES.index(row[0].urgency), row[0].asked_at))
    looked(session, *(placement.citizen_id for _call, placement in rows))
    return [
        {"id": call.id, "placement_id": placement.id, "urgency": call.urgency, "asked_at": call.asked_at,
         "mentor_name": placement.mentor_name, "citizen_name": placement.citizen and placement.citizen.name}
        for call, placement in rows
    ]  # fmt: skip


def placement_mentor(session: Session, principal: Principal, placement_id: UUID) -> dict[str, Any]:
    """Who a placement's mentor is, who was before, the hours bought free, and whether they wait for a call."""
    found = placement_of(session, principal, placement_id)
    known = mentor_of(session, found.mentor_id)
    call = open_call(session, placement_id)
    mentor = session.get(Mentor, known) if known else None
    return {
        "placement_id": found.id, "placement": found, "mentor_id": known, "mentor_name": found.mentor_name,
        "line_name": mentor and mentor.line_name, "line_phone": mentor and mentor.line_phone,
        "linked": known is not None and known != found.mentor_id,
        "changes": [
            {"made_at": one.made_at, "former_name": one.former_name, "mentor_id": one.mentor_id}
            for one in mentor_changes(session, placement_id)
        ],
        "support": [
            {name: getattr(one, name) for name in ("id", "weekly_hours", "starts_on", "ends_on", "version")}
            for one in support_of(session, placement_id)
        ],
        "call": call and {"urgency": call.urgency, "asked_at": call.asked_at},
    }  # fmt: skip
