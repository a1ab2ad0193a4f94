"""Notices come and go with events, in whatever order these arrive; people mark what they have read."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.notifications.models import Address, CaseOf, Message, NeedPlace, Notice, NoticeRead
from services.notifications.queries import notices as found_by
from services.notifications.rules import notices as rules
from services.notifications.rules.drafts import CITIZEN
from services.notifications.rules.notices import BY_EVENT, BY_HAND, MADE, RECALLED, SETTLES
from services.notifications.use_cases.beside import beside
from shared import clock
from shared.auth import Principal
from shared.database import new_id
from shared.envelope import Received
from shared.errors import NotFound, Refused
from shared.events import (
    CaseTaken,
    CompanyMessageReceived,
    CompanyMessageTakenBack,
    CompanyRequestReceived,
    Event,
    ForumLineReceived,
    JobReferralLapsed,
    MatchAccepted,
)
from shared.handling import Handler
from shared.inbox import keep_newest

_TABLE: Any = Notice.__table__


def with_notices(handlers: Mapping[type[Event], Handler]) -> dict[type[Event], Handler]:
    """The handlers, and beside each the notices that its event makes and settles."""
    heard = MADE.keys() | SETTLES.keys()
    return {event: beside(handle, hear) if event in heard else handle for event, handle in handlers.items()}


def hear(session: Session, batch: Sequence[Received[Any]]) -> None:
    """What these events, all of one kind, settle goes, and what they tell comes; no kind settles what it makes."""
    for kind, by in SETTLES.get(type(batch[0].event), ()):
        _settle(session, kind, by, [
            one for one in batch if not (isinstance(one.event, CaseTaken) and one.event.owner is None)
        ])  # fmt: skip
    for received in batch:
        for rule in MADE.get(type(received.event), ()):
            _make(session, rule, received)


def on_case_taken(session: Session, batch: Sequence[Received[CaseTaken]]) -> None:
    """Whose case it is; what waits about it is theirs from now on."""
    keep_newest(session, CaseOf, [
        {
            "id": received.event.placement_id, "citizen_id": received.event.citizen_id,
            "owner": received.event.owner, "version": received.version,
        }
        for received in batch
    ])  # fmt: skip
    told = [received.event.placement_id for received in batch]
    for case in session.scalars(select(CaseOf).where(CaseOf.id.in_(told)).execution_options(populate_existing=True)):
        waiting = update(Notice).where(Notice.placement_id == case.id, Notice.cleared_at.is_(None))
        session.execute(waiting.where(Notice.kind == rules.REPLY).values(owner=case.owner))


def on_need(session: Session, batch: Sequence[Received[CompanyRequestReceived]]) -> None:
    """At which place it is: who is let in to one place hears of no other."""
    keep_newest(session, NeedPlace, [
        {
            "id": received.event.need_id, "company_id": received.event.company_id,
            "p_number": received.event.p_number, "version": received.version,
        }
        for received in batch
    ])  # fmt: skip


def on_message_taken_back(session: Session, batch: Sequence[Received[CompanyMessageTakenBack]]) -> None:
    """The last word decides: where it is the company's there is something to answer, else what waited is recalled."""
    for received in batch:
        if received.event.unanswered:
            put(session, rules.WRITTEN, received.event.company_id, received.time)
        elif received.event.unanswered is False:
            _settle(session, rules.WRITTEN, "company_id", [received], RECALLED)


def unheard(_session: Session, _batch: Sequence[Received[Any]]) -> None:
    """An event that only puts a notice there, or settles one."""


UNHEARD = (MatchAccepted, CompanyMessageReceived, ForumLineReceived, JobReferralLapsed)


def _make(session: Session, rule: rules.Rule, received: Received[Any]) -> None:
    event = received.event
    company = company_place(session, event) if rule.roles == rules.COMPANY else {}
    put(
        session, rule.kind, getattr(event, rule.cause), received.time,
        citizen_id=getattr(event, "citizen_id", None), unit_code=getattr(event, "unit_code", None),
        placement_id=getattr(event, "placement_id", None),
        mentor_id=event.mentor_id if rule.roles == rules.MENTORS else None, **company,
    )  # fmt: skip


def company_place(session: Session, event: Any) -> dict[str, str | None]:
    """The company of an event by its CVR number, and which of its places."""
    cvr = session.scalar(select(Address.cvr).where(Address.id == event.company_id))
    p_number: str | None = getattr(event, "p_number", None)
    if p_number is None and hasattr(event, "need_id"):
        p_number = session.scalar(select(NeedPlace.p_number).where(NeedPlace.id == event.need_id))
    return {"cvr": cvr, "p_number": p_number}


def put(session: Session, kind: str, cause_id: UUID, told_at: datetime, **about: Any) -> None:
    """There is this to do; told again it waits anew, told late it changes nothing."""
    blank = dict.fromkeys(("citizen_id", "placement_id", "owner", "unit_code", "cvr", "p_number", "mentor_id"))
    values = {
        **blank, **about, "kind": kind, "cause_id": cause_id, "roles": list(rules.KINDS[kind].roles),
        "told_at": told_at, "cleared_at": None, "cleared_code": None,
    }  # fmt: skip
    _upsert(session, [values], changed=values.keys() - {"kind", "cause_id"})


def _settle(session: Session, kind: str, by: str, batch: Sequence[Received[Any]], code: str = BY_EVENT) -> None:
    if by == "citizen_id":
        waiting = update(_TABLE).where(
            _TABLE.c.kind == kind, _TABLE.c.citizen_id == bindparam("about"), _TABLE.c.told_at <= bindparam("at"),
            _TABLE.c.cleared_at.is_(None),
        ).values(cleared_at=bindparam("at"), cleared_code=code)  # fmt: skip
        _all(session, waiting, [{"about": one.event.citizen_id, "at": one.time} for one in batch])
        return
    # Where this comes before what it settles, its row keeps that from waiting for ever.
    rows = [
        {
            "kind": kind, "cause_id": getattr(one.event, by), "citizen_id": getattr(one.event, "citizen_id", None),
            "roles": [], "told_at": one.time, "cleared_at": one.time, "cleared_code": code,
        }
        for one in batch
    ]  # fmt: skip
    _upsert(session, rows, changed=("told_at",), once=("cleared_at", "cleared_code"))


def _upsert(session: Session, rows: Sequence[dict[str, Any]], changed: Iterable[str], once: Iterable[str] = ()) -> None:
    statement = insert(_TABLE)
    first = {name: func.coalesce(_TABLE.c[name], statement.excluded[name]) for name in once}
    newest = statement.on_conflict_do_update(
        index_elements=["kind", "cause_id"], set_=first | {name: statement.excluded[name] for name in changed},
        where=_TABLE.c.told_at <= statement.excluded.told_at,
    )  # fmt: skip
    _all(session, newest, [{"id": new_id(), **row} for row in rows])


def _all(session: Session, statement: Any, rows: Sequence[dict[str, Any]]) -> None:
    """In their order, and in one round trip; without rows a statement would be executed with its defaults."""
    if rows:
        session.execute(statement, rows)


def lost(session: Session, message: Message) -> None:
    """A message has no way left: the desk has to find one."""
    citizen = message.recipient_id if message.recipient_kind == CITIZEN else None
    put(session, rules.LOST, message.id, clock.now(), citizen_id=citizen)


def done(session: Session, kind: str, cause_id: UUID) -> None:
    """The service or a person has dealt with it."""
    waiting = update(Notice).where(Notice.kind == kind, Notice.cause_id == cause_id, Notice.cleared_at.is_(None))
    session.execute(waiting.values(cleared_at=clock.now(), cleared_code=BY_HAND))


def finish(session: Session, who: Principal, notice_id: UUID) -> Notice:
    """Somebody says it is done; raises Refused where an event will say so by itself."""
    notice = _own(session, who, notice_id)
    if rules.KINDS[notice.kind].settled:
        raise Refused(
            "settles_itself", "Den forsvinder af sig selv, når det er gjort.", "It goes by itself when that is done."
        )
    notice.cleared_at, notice.cleared_code = clock.now(), BY_HAND
    return notice


def reopen(session: Session, who: Principal, notice_id: UUID) -> Notice:
    """It was not done after all."""
    notice = _own(session, who, notice_id)
    if notice.cleared_code != BY_HAND:
        raise Refused("not_done_by_hand", "Den er ikke lukket af en person.", "Nobody closed it by hand.")
    notice.cleared_at = notice.cleared_code = None
    return notice


def mark(session: Session, who: Principal, notice_ids: Sequence[UUID], *, read: bool) -> None:
    """These are read by the caller, or not; raises NotFound for one that is not theirs."""
    wanted = set(notice_ids)
    theirs = set(session.scalars(select(Notice.id).where(Notice.id.in_(wanted), found_by.may_see(who))))
    if theirs != wanted:
        raise NotFound
    if read:
        rows = [{"notice_id": one, "reader": who.subject, "read_at": clock.now()} for one in sorted(wanted)]
        session.execute(insert(NoticeRead).values(rows).on_conflict_do_nothing())
    else:
        marks = delete(NoticeRead).where(NoticeRead.notice_id.in_(wanted), NoticeRead.reader == who.subject)
        session.execute(marks)


def _own(session: Session, who: Principal, notice_id: UUID) -> Notice:
    found = session.scalar(select(Notice).where(Notice.id == notice_id, found_by.may_see(who)).with_for_update())
    if found is None:
        raise NotFound
    return found
