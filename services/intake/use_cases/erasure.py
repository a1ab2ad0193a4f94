"""When a person's data goes: announced first, given up when they come again, stopped by a person, or done.

Intake decides for all services. What matching tells of a person counts as activity, and nobody is erased while a
match is open or a placement lasts.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, exists, func, select
from sqlalchemy.orm import Session

from services.intake.models import (
    Arrival,
    Base,
    Citizen,
    Engagement,
    Erasure,
    FirstContact,
    JobReferral,
    JobWishes,
    Visitation,
    WorkHours,
)
from services.intake.rules import ALWAYS_ON_REQUEST, first_day_due, retention_groups
from services.intake.use_cases import POLICY
from shared import calendar, clock, erasure, retention
from shared.database import new_id
from shared.envelope import Received
from shared.errors import NotFound, Refused
from shared.events import (
    CitizenErased,
    CitizenErasureAnnounced,
    MatchAccepted,
    MatchConsented,
    MatchDeclined,
    MatchProposed,
    MatchReopened,
    PlacementAgreed,
    PlacementChanged,
)
from shared.inbox import keep_newest
from shared.lookups import looked
from shared.outbox import record

AT_ONCE = 100
LAST_WORD = 2**31 - 1
ANNULLED = "annulled"
INACTIVE, REQUESTED = "inactive", "requested"


def _newest(moment: Any, citizen_id: Any) -> Any:
    return select(func.max(moment)).where(citizen_id == Citizen.id).correlate(Citizen).scalar_subquery()


last_heard_of: ColumnElement[Any] = func.greatest(
    Citizen.registered_at,
    Citizen.changed_at,
    _newest(FirstContact.at, FirstContact.citizen_id),
    # One that was called off is heard of when it was, and is not to come any more.
    _newest(func.coalesce(Visitation.cancelled_at, Visitation.ends_at), Visitation.citizen_id),
    _newest(Visitation.held_at, Visitation.citizen_id),
    _newest(JobWishes.recorded_at, JobWishes.citizen_id),
    _newest(Engagement.last_at, Engagement.citizen_id),
    _newest(JobReferral.made_at, JobReferral.citizen_id),
    _newest(WorkHours.noted_at, WorkHours.citizen_id),
    _newest(Arrival.arrived_at, Arrival.citizen_id),
)
engaged = exists().where(Engagement.citizen_id == Citizen.id, Engagement.is_open).correlate(Citizen)


def keep_matches(
    session: Session,
    batch: Sequence[Received[MatchProposed | MatchConsented | MatchAccepted | MatchDeclined | MatchReopened]],
) -> None:
    """A match is open until somebody says no, and does not take it back, or an agreement is made."""
    keep_newest(session, Engagement, [
        _engagement(received, received.event.match_id, received.version, received.time,
                    is_open=not isinstance(received.event, MatchDeclined))
        for received in batch
    ])  # fmt: skip


def keep_placements(session: Session, batch: Sequence[Received[PlacementAgreed]]) -> None:
    """A placement is activity until its last day is over; its match is settled, whatever is heard of it later."""
    rows = []
    for received in batch:
        rows += [
            _engagement(received, received.event.placement_id, received.version, _over(received), is_open=False),
            _engagement(received, received.event.match_id, LAST_WORD, received.time, is_open=False),
        ]
    keep_newest(session, Engagement, rows)


def keep_changes(session: Session, batch: Sequence[Received[PlacementChanged]]) -> None:
    """A placement lasts as long as it was changed to; one that was annulled is over at once."""
    keep_newest(session, Engagement, [
        _engagement(received, received.event.placement_id, received.version,
                    received.time if received.event.change_kind == ANNULLED else _over(received), is_open=False)
        for received in batch
    ])  # fmt: skip


def _over(received: Received[Any]) -> Any:
    return calendar.danish_time(received.event.ends_on + timedelta(days=1), 0)


def _engagement(received: Received[Any], which: UUID, version: int, last_at: Any, *, is_open: bool) -> dict[str, Any]:
    return {
        "id": which, "citizen_id": received.event.citizen_id, "version": version, "is_open": is_open,
        "last_at": last_at,
    }  # fmt: skip


def night(session: Session) -> bool:
    """Give up what activity has overtaken, erase what is due, announce what will be; True while there is more."""
    today = clock.today()
    _give_up(session)
    erased = _erase_due(session, today)
    return _announce(session, today) or erased


def _give_up(session: Session) -> None:
    overtaken = select(Citizen.id).where(
        Citizen.id == Erasure.citizen_id, (last_heard_of > Erasure.announced_at) | engaged
    )
    session.execute(
        delete(Erasure)
        .where(Erasure.erased_at.is_(None), overtaken.correlate(Erasure).exists())
        .execution_options(synchronize_session=False)
    )


def _erase_due(session: Session, today: date) -> bool:
    """Those whose row is held by somebody at the desk are left for the next round."""
    due = (
        select(Erasure)
        .join(Citizen, Citizen.id == Erasure.citizen_id)
        .where(
            Erasure.erased_at.is_(None), Erasure.stopped_at.is_(None), Erasure.due_on <= today,
            last_heard_of <= Erasure.announced_at, ~engaged,
        )
        .order_by(Erasure.due_on, Erasure.id).limit(AT_ONCE).with_for_update(skip_locked=True)
    )  # fmt: skip
    found = session.scalars(due).all()
    _carry_out(session, found)
    return len(found) == AT_ONCE


def _carry_out(session: Session, found: Sequence[Erasure]) -> None:
    for one in found:
        one.erased_at = clock.now()
    for classes, alike in groupby(sorted(found, key=lambda one: one.classes), key=lambda one: one.classes):
        people = [one.citizen_id for one in alike]
        if "identity" in classes:
            session.execute(delete(Erasure).where(Erasure.citizen_id.in_(people), Erasure.erased_at.is_(None)))
        erasure.erase(session, Base, people, classes)
        for name in classes:
            erasure.did(session, name, len(people))
        for citizen_id in people:
            record(session, CitizenErased(citizen_id=citizen_id, classes=tuple(classes)))


def _announce(session: Session, today: date) -> bool:
    notice = POLICY.find("retention.notice", today)
    if notice is None:
        return False
    more = False
    for years, rows in retention_groups(POLICY, today):
        found = session.execute(_to_announce(today, years, notice.value, [name for name, _ in rows])).all()
        for citizen_id, last_active in found:
            due_on = first_day_due(calendar.danish_day(last_active), years, today, notice.value)
            _open(session, citizen_id, rows, due_on)
        more = more or len(found) == AT_ONCE
    return more


def _to_announce(today: date, years: int, notice_days: int, classes: list[str]) -> Any:
    horizon = retention.years_from(today + timedelta(days=notice_days), -years)
    said_already = exists().where(
        Erasure.citizen_id == Citizen.id, Erasure.classes.contains(classes),
        Erasure.erased_at.is_(None) | (Erasure.erased_at > last_heard_of),
    )  # fmt: skip
    return (
        select(Citizen.id, last_heard_of)
        .where(last_heard_of < calendar.danish_time(horizon, 0), ~engaged, ~said_already.correlate(Citizen))
        .order_by(Citizen.id).limit(AT_ONCE).with_for_update(skip_locked=True, of=Citizen)
    )  # fmt: skip


def _open(
    session: Session, citizen_id: UUID, rows: list[tuple[str, str]], due_on: date, *, by: str | None = None
) -> Erasure:
    opened = Erasure(
        id=new_id(), citizen_id=citizen_id, classes=[name for name, _ in rows], due_on=due_on,
        policies=sorted({policy for _, policy in rows if policy}), reason_code=REQUESTED if by else INACTIVE,
        announced_at=clock.now(), announced_by=by,
    )  # fmt: skip
    session.add(opened)
    record(session, CitizenErasureAnnounced(citizen_id=citizen_id, classes=tuple(opened.classes), due_on=due_on))
    return opened


def stop(session: Session, erasure_id: UUID, *, reason_code: str, by: str) -> Erasure:
    """It stays undone until the person is heard of again; raises Refused where it is done already."""
    found = _not_done(session, erasure_id)
    if found.stopped_at is None:
        found.stopped_at, found.stopped_by, found.stop_reason_code = clock.now(), by, reason_code
    return found


def resume(session: Session, erasure_id: UUID) -> Erasure:
    """It is stopped no more, and done on its day, or the coming night where that has passed; raises Refused where it
    is done already."""
    found = _not_done(session, erasure_id)
    found.stopped_at = found.stopped_by = found.stop_reason_code = None
    return found


def _not_done(session: Session, erasure_id: UUID) -> Erasure:
    found = session.get(Erasure, erasure_id, with_for_update=True)
    if found is None:
        raise NotFound
    looked(session, found.citizen_id)
    if found.erased_at is not None:
        raise Refused("already_erased", "Oplysningerne er allerede slettet.", "The data is erased already.")
    return found


def erase_on_request(session: Session, citizen_id: UUID, *, by: str) -> Erasure:
    """The officer's decision under GDPR article 17, carried out at once.

    Classes without a policy row stay, without the person. Raises Refused while something lasts or is to come.
    """
    asked = select(Citizen.id, (last_heard_of > clock.now()) | engaged).where(Citizen.id == citizen_id)
    row = session.execute(asked.with_for_update(of=Citizen)).one_or_none()
    if row is None:
        raise NotFound
    if row[1]:
        raise Refused(
            "case_is_open",
            "Borgeren har en aftale, et forslag eller et forløb, der ikke er afsluttet.",
            "The citizen has an appointment, a match or a placement that is not over.",
        )
    today = clock.today()
    terms = retention.terms(POLICY, retention.CITIZEN_CLASSES, today)
    chosen = [(name, term.name if term else "") for name, term in terms.items() if term or name in ALWAYS_ON_REQUEST]
    opened = _open(session, citizen_id, chosen, today, by=by)
    _carry_out(session, [opened])
    session.refresh(opened)
    return opened
