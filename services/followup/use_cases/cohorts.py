"""A cohort is set up, filled and followed: seats, one track, visits, entries day by day, a placement, an outcome."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, attributes

from services.followup import queries, rules
from services.followup.models import Citizen, Cohort, CohortEntry, CohortMember, CohortQuota, CohortVisit, Mentor
from services.followup.use_cases import POLICY
from shared import clock
from shared.auth import Principal
from shared.database import new_id
from shared.errors import Invalid, NotFound, Refused
from shared.events import CohortCompleted, CohortEnrolled, EducationVisited, TrackChosen
from shared.lookups import looked
from shared.outbox import record


def make(
    session: Session,
    principal: Principal,
    *,
    name: str,
    starts_on: date,
    capacity: int,
    tracks: Sequence[str],
    mentor_id: UUID | None,
) -> Cohort:
    """A cohort, as long as the rows of its first day say."""
    if mentor_id is not None and session.get(Mentor, mentor_id) is None:
        raise Invalid({"mentor_id": "Kendes ikke. / Not known."})
    weeks = POLICY.row("cohort.weeks", starts_on).value
    made = Cohort(
        id=new_id(), name=name, starts_on=starts_on, ends_on=starts_on + timedelta(days=7 * weeks - 1),
        capacity=capacity, placement_weeks=POLICY.row("cohort.placement_weeks", starts_on).value,
        tracks=[one for one in rules.TRACKS if one in tracks], mentor_id=mentor_id, made_by=principal.subject,
        made_at=clock.now(),
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def set_quota(session: Session, cohort_id: UUID, *, municipality: str, places: int) -> CohortQuota:
    """So many places are that municipality's; said again, the later word counts."""
    cohort = _locked(session, cohort_id)
    rules.check_quota(places, municipality, queries.quotas_of(session, cohort_id), cohort.capacity)
    wanted = CohortQuota.cohort_id == cohort_id, CohortQuota.municipality == municipality
    row = session.scalar(select(CohortQuota).where(*wanted))
    if row is None:
        row = CohortQuota(id=new_id(), cohort_id=cohort_id, municipality=municipality)
        session.add(row)
    row.places = places
    session.flush()
    return row


def _locked(session: Session, cohort_id: UUID) -> Cohort:
    cohort = session.get(Cohort, cohort_id, with_for_update=True)
    if cohort is None:
        raise NotFound
    return cohort


def enrol(
    session: Session, principal: Principal, cohort_id: UUID, *, citizen_id: UUID, municipality: str, age_at_start: int
) -> CohortMember:
    """Somebody has a seat, where there is one and the age is right on the first day."""
    looked(session, citizen_id)
    if session.get(Citizen, citizen_id) is None:
        raise NotFound
    cohort = _locked(session, cohort_id)
    ages = POLICY.row("cohort.age", cohort.starts_on)
    rules.check_age(age_at_start, ages)
    if any(one.citizen_id == citizen_id for one in queries.members_of(session, cohort_id)):
        raise Refused("enrolled", "Borgeren er allerede på holdet.", "The citizen is in the group already.")
    taken, quotas = queries.seats_taken(session, cohort_id), queries.quotas_of(session, cohort_id)
    rules.check_seat(taken, cohort.capacity, quotas, municipality)
    member = CohortMember(
        id=new_id(), cohort_id=cohort_id, citizen_id=citizen_id, municipality=municipality, age_at_start=age_at_start,
        age_policy=ages.name, enrolled_by=principal.subject, enrolled_at=clock.now(),
    )  # fmt: skip
    session.add(member)
    _tell_seat(session, member, cohort)
    return member


def withdraw(session: Session, member_id: UUID, *, withdrawn: bool) -> CohortMember:
    """The seat is free again; false takes that back, where it still is."""
    member, cohort = _member(session, member_id)
    if withdrawn == (member.withdrawn_at is not None):
        return member
    if not withdrawn:
        taken, quotas = queries.seats_taken(session, cohort.id), queries.quotas_of(session, cohort.id)
        rules.check_seat(taken, cohort.capacity, quotas, member.municipality)
    member.withdrawn_at = clock.now() if withdrawn else None
    _tell_seat(session, member, cohort)
    return member


def _tell_seat(session: Session, member: CohortMember, cohort: Cohort) -> None:
    record(session, CohortEnrolled(
        member_id=member.id, cohort_id=cohort.id, citizen_id=member.citizen_id, starts_on=cohort.starts_on,
        has_seat=member.withdrawn_at is None,
    ), member)  # fmt: skip


def _member(session: Session, member_id: UUID) -> tuple[CohortMember, Cohort]:
    member = session.get(CohortMember, member_id, with_for_update={"of": CohortMember})
    if member is None:
        raise NotFound
    looked(session, member.citizen_id)
    return member, _locked(session, member.cohort_id)


def choose_track(session: Session, member_id: UUID, *, track: str | None) -> CohortMember:
    """One track of the cohort's; chosen again, the later one counts."""
    member, cohort = _member(session, member_id)
    rules.check_track(track, cohort.tracks)
    member.track = track
    record(session, TrackChosen(
        member_id=member.id, cohort_id=cohort.id, citizen_id=member.citizen_id, track=track,
    ), member)  # fmt: skip
    return member


def visit(session: Session, principal: Principal, member_id: UUID, *, on_day: date, education: str) -> CohortVisit:
    """They visited an education."""
    member, cohort = _member(session, member_id)
    rules.check_course_day(on_day, clock.today(), queries.days_of(cohort), "on_day")
    row = CohortVisit(
        id=new_id(), member_id=member_id, on_day=on_day, education=education, noted_by=principal.subject
    )  # fmt: skip
    session.add(row)
    _tell_visits(session, member)
    return row


def unvisit(session: Session, member_id: UUID, *, visit_id: UUID) -> None:
    """They did not visit it after all."""
    member, _cohort = _member(session, member_id)
    row = session.get(CohortVisit, visit_id)
    if row is None or row.member_id != member_id:
        raise NotFound
    session.delete(row)
    _tell_visits(session, member)


def _tell_visits(session: Session, member: CohortMember) -> None:
    # Nothing of the member's own changed, but what is told of them did, and is numbered.
    attributes.flag_modified(member, "cohort_id")
    session.flush()
    visits = len(queries.visits_of(session, member.id))
    record(session, EducationVisited(
        member_id=member.id, cohort_id=member.cohort_id, citizen_id=member.citizen_id, visits=visits,
    ), member)  # fmt: skip


def place(session: Session, member_id: UUID, *, first: date | None, last: date | None) -> CohortMember:
    """Weeks of placement within the course; without days there is none."""
    member, cohort = _member(session, member_id)
    if first is not None and last is not None:
        rules.check_placement(first, last, cohort.starts_on, cohort.ends_on, cohort.placement_weeks)
    elif first is not last:
        raise Invalid({"placement_from": "Skriv begge dage, eller ingen. / Write both days, or none."})
    member.placement_from, member.placement_until = first, last
    session.flush()
    return member


def conclude(session: Session, member_id: UUID, *, outcome_code: str | None) -> CohortMember:
    """What a person says that it led to; None where that was a mistake."""
    member, cohort = _member(session, member_id)
    member.outcome_code, member.outcome_on = outcome_code, clock.today() if outcome_code else None
    record(session, CohortCompleted(
        member_id=member.id, cohort_id=cohort.id, citizen_id=member.citizen_id, outcome_code=outcome_code,
    ), member)  # fmt: skip
    return member


def note_day(
    session: Session, principal: Principal, cohort_id: UUID, *, on_day: date, entries: Sequence[dict[str, Any]]
) -> None:
    """The mentor's entry about each on a course day; noted again, the later word counts, and no state takes it away."""
    cohort = queries.cohort_of(session, principal, cohort_id)
    rules.check_course_day(on_day, clock.today(), queries.days_of(cohort), "on_day")
    members = {one.id: one for one in queries.members_of(session, cohort_id)}
    of_day = select(CohortEntry).where(CohortEntry.member_id.in_(members), CohortEntry.on_day == on_day)
    known = {one.member_id: one for one in session.scalars(of_day.with_for_update())}
    for entry in entries:
        member = members.get(entry["member_id"])
        if member is None:
            raise NotFound
        row = known.get(member.id)
        if entry["state"] is None and row is None:
            continue
        looked(session, member.citizen_id)
        if entry["state"] is None:
            session.delete(row)
            continue
        if row is None:
            row = CohortEntry(id=new_id(), member_id=member.id, on_day=on_day)
            session.add(row)
        row.state, row.words = entry["state"], entry["words"]
        row.noted_by, row.noted_at = principal.subject, clock.now()
    session.flush()
