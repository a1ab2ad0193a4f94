"""Two records that were one person's: the old id leads to the one that stayed, whatever is still heard of it.

Intake decides and tells; every service keeps `citizen_merge`. What is told of the old id itself (how to reach it, its
category, its wishes) is dropped, as intake tells anew of the one that stayed; what happened to the person is theirs.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Column, String, Table, UniqueConstraint, delete, func, select, text, update
from sqlalchemy.dialects.postgresql import ARRAY as SQL_ARRAY
from sqlalchemy.orm import Mapped, Session, mapped_column

from shared import clock, units
from shared.database import ServiceBase
from shared.envelope import Received
from shared.events import CitizenErased, CitizenMerged, Event
from shared.handling import Handler, Job
from shared.retention import own_links

TABLE = "citizen_merge"
LOOK_BACK = timedelta(days=1)
Settle = Callable[[Session, UUID, UUID], None]


class Merge:
    """The trace in each service: `id` is the record that is no more, `into_id` the one that stayed."""

    __tablename__ = TABLE
    id: Mapped[UUID] = mapped_column(primary_key=True)
    into_id: Mapped[UUID] = mapped_column(index=True)
    at: Mapped[datetime]
    # Written by the version before this one, and read by nobody; the column goes when that one has gone.
    dropped: Mapped[list[str]] = mapped_column(SQL_ARRAY(String), server_default="{}")


def survivors(session: Session, citizen_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Those of the ids that are no more, with the one that stayed."""
    return {row.id: row.into_id for row in session.execute(_SURVIVORS, {"ids": list(citizen_ids)})}


_SURVIVORS = text(f"SELECT id, into_id FROM {TABLE} WHERE id = ANY(cast(:ids AS uuid[]))")  # noqa: S608


def survivor(session: Session, citizen_id: UUID) -> UUID:
    """The id that somebody has now."""
    return survivors(session, [citizen_id]).get(citizen_id, citizen_id)


def all_ids(session: Session, citizen_ids: Collection[UUID]) -> list[UUID]:
    """These people by the ids they have and by those they had."""
    now = {survivors(session, citizen_ids).get(one, one) for one in citizen_ids}
    return [*now, *session.scalars(_MERGED_INTO, {"ids": list(now)})]


_MERGED_INTO = text(f"SELECT id FROM {TABLE} WHERE into_id = ANY(cast(:ids AS uuid[])) ORDER BY at")  # noqa: S608


def keep(session: Session, gone: UUID, into: UUID, at: datetime) -> UUID:
    """Write the trace, and let older ones lead on to whoever stayed at last; returns that id."""
    into = survivor(session, into)
    session.execute(_KEEP, {"gone": gone, "into": into, "at": at})
    session.execute(LEAD_ON, {"gone": gone, "into": into})
    return into


_KEEP = text(f"INSERT INTO {TABLE} (id, into_id, at) VALUES (:gone, :into, :at) ON CONFLICT (id) DO NOTHING")  # noqa: S608
LEAD_ON = text(f"UPDATE {TABLE} SET into_id = :into WHERE into_id = :gone")  # noqa: S608


def move(session: Session, base: type[ServiceBase], gone: UUID, into: UUID) -> None:
    """Every row that is about `gone` is about `into` from now; a row that is `gone` itself goes.

    Where both may not have one each, the one of `into` stays.
    """
    session.flush()
    links = [(table, link) for table, link in own_links(base) if table.name != TABLE]
    for table, link in links:
        if not link.primary_key:
            _drop_doubles(session, table, link, gone, into)
            session.execute(update(table).where(_is(link, gone)).values({link.name: _instead(link, gone, into)}))
    for table, link in reversed(links):
        if link.primary_key:
            session.execute(delete(table).where(link == gone))
    session.execute(delete(units.TABLE).where(units.TABLE.c.citizen_id == gone))
    session.expire_all()


def _is(link: Column[Any], citizen_id: UUID) -> Any:
    return link.contains([citizen_id]) if isinstance(link.type, ARRAY) else link == _value(link, citizen_id)


def _value(link: Column[Any], citizen_id: UUID) -> Any:
    return str(citizen_id) if isinstance(link.type, String) else citizen_id


def _instead(link: Column[Any], gone: UUID, into: UUID) -> Any:
    return func.array_replace(link, gone, into) if isinstance(link.type, ARRAY) else _value(link, into)


def _drop_doubles(session: Session, table: Table, link: Column[Any], gone: UUID, into: UUID) -> None:
    """Rows of which a person has one only, alone or for each of something else."""
    unique = [list(one.columns) for one in table.constraints if isinstance(one, UniqueConstraint)]
    for columns in unique:
        if link not in columns:
            continue
        other = table.alias()
        same = [other.c[column.name] == column for column in columns if column is not link]
        held = select(other).where(other.c[link.name] == _value(link, into), *same).exists()
        session.execute(delete(table).where(_is(link, gone), held))


def on_merged(base: type[ServiceBase], settle: Settle | None = None) -> Handler:
    """A listener's handler; `settle` sees first to what both records cannot have at once."""

    def handle(session: Session, batch: Sequence[Received[CitizenMerged]]) -> None:
        for received in batch:
            session.info["trace"] = received.trace
            into = keep(session, received.event.from_id, received.event.into_id, clock.now())
            _join(session, base, settle, received.event.from_id, into)

    return handle


def _join(session: Session, base: type[ServiceBase], settle: Settle | None, gone: UUID, into: UUID) -> None:
    if settle is not None:
        settle(session, gone, into)
    move(session, base, gone, into)


def catch_up(base: type[ServiceBase], settle: Settle | None = None) -> Job:
    """What was being written of the old id while it went is moved after it."""

    def run(session: Session) -> None:
        recent = text(f"SELECT id, into_id FROM {TABLE} WHERE at > :since ORDER BY at")  # noqa: S608
        for gone, into in session.execute(recent, {"since": clock.now() - LOOK_BACK}).all():
            _join(session, base, settle, gone, into)

    return Job(every=600, run=run)


def following(handlers: Mapping[type[Event], Handler]) -> dict[type[Event], Handler]:
    """The same handlers, hearing of whoever stayed where an event still names who is no more."""
    return {kind: handler if kind in (CitizenErased, CitizenMerged) or "citizen_id" not in kind.__annotations__
            else _led_on(handler) for kind, handler in handlers.items()}  # fmt: skip


def _led_on(handler: Handler) -> Handler:
    def handle(session: Session, batch: Sequence[Received[Any]]) -> None:
        known = survivors(session, {received.event.citizen_id for received in batch})
        if known:
            batch = [now for received in batch if (now := _of_who_stayed(received, known)) is not None]
        if batch:
            handler(session, batch)

    return handle


def _of_who_stayed(received: Received[Any], known: Mapping[UUID, UUID]) -> Received[Any] | None:
    event = received.event
    if event.citizen_id not in known:
        return received
    if event.subject == "citizen_id":
        return None
    return replace(received, event=replace(event, citizen_id=known[event.citizen_id]))
