"""Talks as they are told, and the private address of each consultant's own calendar."""

import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.notifications.models import CalendarFeed, Talk
from services.notifications.use_cases import POLICY
from shared import clock
from shared.auth import Principal, secret_hash
from shared.envelope import Received
from shared.errors import NotFound, Refused
from shared.events import FollowUpHeld, FollowUpMoved, FollowUpPlanned, PlacementConcluded

PLANNED, HELD, OFF = "planned", "held", "off"
_TABLE: Any = Talk.__table__


def on_planned(session: Session, batch: Sequence[Received[FollowUpPlanned]]) -> None:
    """These are the agreement's talks to come; others that were to come are off."""
    for received in batch:
        told = received.event
        gone = update(Talk).where(
            Talk.placement_id == told.placement_id, Talk.id.notin_(told.contact_ids), Talk.state == PLANNED,
            Talk.starts_at > received.time, Talk.told_at <= received.time,
        )  # fmt: skip
        session.execute(gone.values(state=OFF, sequence=Talk.sequence + 1, told_at=received.time))
        _put(session, [
            _talk(received, id=talk_id, starts_at=starts_at, form=form)
            for talk_id, starts_at, form in zip(told.contact_ids, told.due_at, told.forms, strict=True)
        ])  # fmt: skip


def on_moved(session: Session, batch: Sequence[Received[FollowUpMoved]]) -> None:
    """It is at another time."""
    _put(session, [
        _talk(one, id=one.event.contact_id, starts_at=one.event.planned_at, form=one.event.form) for one in batch
    ])  # fmt: skip


def _talk(received: Received[Any], **known: Any) -> dict[str, Any]:
    told = received.event
    return {
        **known, "placement_id": told.placement_id, "citizen_id": told.citizen_id, "company_id": told.company_id,
        "state": PLANNED, "sequence": 0, "told_at": received.time,
    }  # fmt: skip


def _put(session: Session, talks: Sequence[dict[str, Any]]) -> None:
    if not talks:
        return
    statement = insert(_TABLE)
    changed = {name: statement.excluded[name] for name in ("starts_at", "form", "state", "told_at")}
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["id"], set_={**changed, "sequence": _TABLE.c.sequence + 1},
            where=_TABLE.c.told_at <= statement.excluded.told_at,
        ), talks,
    )  # fmt: skip


def on_held(session: Session, batch: Sequence[Received[FollowUpHeld]]) -> None:
    """It took place; it stays in the calendar."""
    for received in batch:
        held = update(Talk).where(Talk.id == received.event.contact_id, Talk.told_at <= received.time)
        session.execute(held.values(state=HELD, told_at=received.time))


def on_concluded(session: Session, batch: Sequence[Received[PlacementConcluded]]) -> None:
    """What would have come is off."""
    for received in batch:
        if received.event.outcome_code is not None:
            coming = update(Talk).where(
                Talk.placement_id == received.event.placement_id, Talk.state == PLANNED, Talk.starts_at > received.time
            )  # fmt: skip
            session.execute(coming.values(state=OFF, sequence=Talk.sequence + 1, told_at=received.time))


def of(session: Session, who: Principal) -> CalendarFeed | None:
    """The caller's own."""
    return session.get(CalendarFeed, who.subject, with_for_update=True)


def make(session: Session, who: Principal) -> str:
    """A new private address, told this once; the one before leads nowhere."""
    code = secrets.token_urlsafe(32)
    row = {"owner": who.subject, "code_hash": secret_hash(code), "made_at": clock.now(), "off_at": None}
    session.execute(insert(CalendarFeed).values(row).on_conflict_do_update(index_elements=["owner"], set_=row))
    session.expire_all()
    return f"{session.info['settings'].public_url}/beskeder/kalender/{code}.ics"


def turn(session: Session, who: Principal, *, on: bool) -> None:
    """Off, and the address leads nowhere; on, and it does again."""
    feed = of(session, who)
    if feed is None or (feed.off_at is None) == on:
        raise Refused("as_it_is", "Sådan er det allerede.", "It is so already.")
    feed.off_at = None if on else clock.now()
    session.flush()


def owner_of(session: Session, code: str) -> str:
    """Whose an address is; raises NotFound where it is off, too old or nobody's."""
    feed = session.scalar(select(CalendarFeed).where(CalendarFeed.code_hash == secret_hash(code)))
    lasts = timedelta(days=POLICY.row("feed.days", clock.today()).value)
    if feed is None or feed.off_at is not None or clock.now() >= feed.made_at + lasts:
        raise NotFound
    return feed.owner
