"""Promises to companies: made with a need or on the telephone, done and undone, and told of when they are broken."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.models import CompanyPromise, Need
from services.matching.queries import care
from services.matching.rules import promises
from services.matching.use_cases import POLICY
from services.matching.use_cases.lapsing import tell
from shared import clock
from shared.database import new_id
from shared.errors import CannotUndo, Invalid, NotFound
from shared.events import CompanyPromiseBroken
from shared.outbox import record

AT_ONCE = 200


def make(
    session: Session, company_id: UUID, kind: str, due_on: date | None, *, owner: str | None = None,
    owner_name: str | None = None, need_id: UUID | None = None,
) -> CompanyPromise:  # fmt: skip
    """A promise of whoever looks after the company, else of whoever made it."""
    caretaker = care.consultant_of(session, company_id, clock.today())
    if caretaker is not None:
        owner, owner_name = caretaker.subject, caretaker.name
    made = CompanyPromise(
        id=new_id(), company_id=company_id, need_id=need_id, kind=kind, due_on=due_on, owner=owner,
        owner_name=owner_name, made_at=clock.now(),
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def advise(session: Session, company_id: UUID, *, kind: str, due_on: date, by: str, name: str) -> CompanyPromise:
    """A call to other advice: somebody rings back by a day."""
    queries.company(session, None, company_id)
    if due_on < clock.today():
        raise Invalid({"due_on": "Dagen er gået. / The day is over."})
    return make(session, company_id, kind, due_on, owner=by, owner_name=name)


def of_need(session: Session, need: Need) -> None:
    """A new need is to have a first answer, and a company that nobody has visited a first visit."""
    make(session, need.company_id, promises.ANSWER, need.answer_due, need_id=need.id)
    visits = select(CompanyPromise.id).where(
        CompanyPromise.company_id == need.company_id, CompanyPromise.kind == promises.VISIT
    )
    if session.scalar(visits.limit(1)) is None:
        due = promises.visit_due(clock.today(), POLICY)
        make(session, need.company_id, promises.VISIT, due, need_id=need.id)


def own(session: Session, need_id: UUID, by: str, name: str) -> None:
    """What a call promised is whose call it was, where nobody looks after the company."""
    rows = select(CompanyPromise).where(CompanyPromise.need_id == need_id, CompanyPromise.owner.is_(None))
    for promise in session.scalars(rows):
        promise.owner, promise.owner_name = by, name


def _locked(session: Session, promise_id: UUID) -> CompanyPromise:
    promise = session.get(CompanyPromise, promise_id, with_for_update=True)
    if promise is None:
        raise NotFound
    return promise


def do(session: Session, promise_id: UUID, by: str) -> CompanyPromise:
    """It is kept."""
    promise = _locked(session, promise_id)
    if promise.done_at is None:
        promise.done_at, promise.done_by = clock.now(), by
        session.flush()
    return promise


def undo(session: Session, promise_id: UUID, by: str) -> CompanyPromise:
    """It is not kept after all; by whoever said so."""
    promise = _locked(session, promise_id)
    if promise.done_at is None or promise.done_by != by:
        raise CannotUndo
    promise.done_at = promise.done_by = None
    session.flush()
    return promise


def break_overdue(session: Session) -> bool:
    """Whatever was not kept by its day is told once, to whoever promised it too; True when there may be more."""
    overdue = CompanyPromise.done_at.is_(None) & CompanyPromise.broken_at.is_(None)
    rows = select(CompanyPromise).where(overdue, CompanyPromise.due_on < clock.today())
    found = session.scalars(rows.order_by(CompanyPromise.id).limit(AT_ONCE).with_for_update(skip_locked=True)).all()
    for promise in found:
        promise.broken_at = clock.now()
        if promise.owner is not None and promise.need_id is not None:
            tell(session, promise.owner, "promise_broken", promise.id, promise.need_id)
        record(session, CompanyPromiseBroken(
            promise_id=promise.id, company_id=promise.company_id, promise_kind=promise.kind, due_on=_due(promise),
        ), promise)  # fmt: skip
    return len(found) == AT_ONCE


def _due(promise: CompanyPromise) -> Any:
    return promise.due_on
