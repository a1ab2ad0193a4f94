"""What goes: rows past their time, and a person out of a service's tables, its outbox and its change history."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID, uuid4

import orjson
from sqlalchemy import ARRAY, Column, ColumnElement, String, Table, delete, select, text, update
from sqlalchemy.orm import Session

from shared import clock, merges, units
from shared.calendar import danish_time
from shared.database import ServiceBase
from shared.envelope import TYPE_PREFIX, Received
from shared.events import CitizenErased
from shared.handling import Handler, Job
from shared.policy import Policy
from shared.retention import CITIZEN_CLASSES, Holds, declared, is_own_link, years_from

AT_ONCE = 1000
LOOK_SECONDS = 60.0


def nightly(name: str, run: Callable[[Session], bool | None]) -> Job:
    """A job once in every Danish day, the first time there is a worker on that day; `run` says True for more."""

    def look(session: Session) -> bool:
        today = clock.today()
        last = session.execute(_LAST, {"job": name}).one_or_none()
        if last and last.done_on == today:
            return False
        session.info["did"] = Counter(last.did if last and last.did_on == today else {})
        more = bool(run(session))
        did = orjson.dumps(session.info["did"]).decode()
        session.execute(_RAN, {"job": name, "today": today, "done": None if more else today, "did": did})
        return more

    return Job(every=LOOK_SECONDS, run=look)


_LAST = text("SELECT done_on, did_on, did FROM nightly WHERE job = :job")
_RAN = text("""
    INSERT INTO nightly (job, done_on, did_on, did) VALUES (:job, :done, :today, cast(:did AS jsonb))
    ON CONFLICT (job) DO UPDATE SET done_on = coalesce(:done, nightly.done_on), did_on = :today, did = excluded.did
""")


def did(session: Session, data: str, number: int) -> None:
    """So many of a class of data are gone, for the officer's page."""
    session.info.setdefault("did", Counter())[data] += number


def keep_times(base: type[ServiceBase], policy: Policy) -> Job:
    """The nightly job for what ages by itself: rows with a time of their own, and the beginning of the trail."""

    def run(session: Session) -> bool:
        more = [_age(session, table, holds, policy) for table, holds in tables(base) if holds.aged_by]
        if row := policy.find("retention.log", clock.today()):
            for chain in ("audit", "lookup"):
                did(session, "log", session.scalar(_FORGET_TRAIL, {"chain": chain, "years": row.value}) or 0)
        return any(more)

    return nightly("keep_times", run)


# The trail bears the database's own time, so its age is counted from that and not from a clock that can be moved.
_FORGET_TRAIL = text("SELECT forget_trail(:chain, clock_timestamp() - make_interval(years => :years))")


def _age(session: Session, table: Table, holds: Holds, policy: Policy) -> bool:
    today = clock.today()
    row = policy.find(f"retention.{holds.aged_as}", today)
    if row is None:
        return False
    before = danish_time(years_from(today, -row.value), 0)
    key = next(iter(table.primary_key))
    old = select(key).where(table.c[holds.aged_by] < before).limit(AT_ONCE)
    gone = session.scalars(delete(table).where(key.in_(old)).returning(known_by(table))).all()
    _empty_changes(session, table.name, gone, ())
    did(session, holds.aged_as, len(gone))
    return len(gone) == AT_ONCE


def on_erased(base: type[ServiceBase]) -> Handler:
    """A listener's handler of CitizenErased: its copies go as intake's own rows did."""

    def handle(session: Session, batch: Sequence[Received[CitizenErased]]) -> None:
        events = sorted((received.event for received in batch), key=lambda event: event.classes)
        for classes, alike in groupby(events, key=lambda event: event.classes):
            erase(session, base, [event.citizen_id for event in alike], classes)

    return handle


def erase(session: Session, base: type[ServiceBase], people: Sequence[UUID], classes: Collection[str]) -> None:
    """These classes about these people go; with their identity goes every way back to them.

    A row goes when all it tells is among the classes, and one that is the person's only one with their identity.
    Any other row is emptied of them and, with the identity, stands under a random id from now on.
    """
    session.flush()
    if "identity" in classes:
        people = merges.all_ids(session, people)
    _empty_changes(session, "", (), people)
    said, ever, known_as = declared(base), merges.all_ids(session, people), {person: uuid4() for person in people}
    for table, holds in tables(base):
        if holds.person and set(classes) & {"identity", *holds.classes()}:
            rows = [*_former(session, table, said, ever), *_clear(session, table, said, known_as, classes)]
            _empty_changes(session, table.name, rows, people)
    if "identity" in classes:
        for statement in _FORGET:
            session.execute(statement, {"people": [str(person) for person in people], "erased": CitizenErased.kind})


def _clear(
    session: Session, table: Table, said: dict[str, Holds], known_as: dict[UUID, UUID], classes: Collection[str]
) -> list[Any]:
    """A table's rows about these people are deleted, or emptied and cut off; as what the history knows them."""
    people = list(known_as)
    holds, whose = said[table.name], theirs(table, said, people)
    rows: list[Any] = list(session.scalars(select(known_by(table)).where(whose)))
    if table.c[holds.person].primary_key and "identity" in classes:
        # Also of a record that went into another: its row is gone, what it told is still in the history.
        rows = [*people]
    if row_goes(table, said, classes):
        session.execute(delete(table).where(whose))
    elif rows:
        _empty_columns(session, table, holds, whose, classes)
        if "identity" in classes and is_own_link(table, said):
            _cut(session, table.c[holds.person], known_as)
            rows += known_as.values()
    return rows


def _former(session: Session, table: Table, said: dict[str, Holds], people: Sequence[UUID]) -> list[str]:
    """Ids of rows about these people that are no more: undone, withdrawn, past their time; as the history knows them.

    A row below another is known by that one's id, which may be no more itself.
    """
    link: Any = table.c[said[table.name].person]
    led_to: list[Any] = [str(person) for person in people]
    if not is_own_link(table, said):
        for key in link.foreign_keys:
            above = key.column.table
            standing = session.scalars(select(key.column).where(theirs(above, said, people)))
            led_to = [*map(str, standing), *_former(session, above, said, people)]
    many = isinstance(link.type, ARRAY)
    held = [orjson.dumps({str(link.name): [[one] if many else one]}).decode() for one in led_to]
    return list(session.scalars(_DELETED, {"table": table.name, "held": held}))


_DELETED = text("""
    SELECT DISTINCT row_id FROM audit
    WHERE verb = 'delete' AND table_name = :table AND changes @> ANY(cast(cast(:held AS text[]) AS jsonb[]))
""")


def row_goes(table: Table, said: dict[str, Holds], classes: Collection[str]) -> bool:
    """True where the table's rows are deleted with these classes, rather than emptied of them."""
    holds = said[table.name]
    link: Any = table.c[holds.person]
    only_one = link.primary_key or link.unique or isinstance(link.type, ARRAY)
    if "identity" in classes and only_one and is_own_link(table, said):
        return True
    if link.primary_key and len(holds.classes()["identity"]) > 1:
        return False
    tells = set(holds.classes()) & set(CITIZEN_CLASSES) - {"identity"}
    # Needs are never kept longer than what they were told for.
    told = tells - {"health_function"} or tells
    return bool(told) and told <= set(classes)


def tables(base: type[ServiceBase]) -> list[tuple[Table, Holds]]:
    """A service's tables in which people are, with what they hold, those that refer to others first."""
    said = declared(base)
    return [(table, said[table.name]) for table in (units.TABLE, *reversed(base.metadata.sorted_tables))]


def known_by(table: Table) -> Column[Any]:
    """The column by which the history knows a row (`audit_row` in the migrations)."""
    return next((table.c[name] for name in ("id", "citizen_id") if name in table.c), next(iter(table.primary_key)))


def theirs(table: Table, said: dict[str, Holds], people: Sequence[UUID]) -> ColumnElement[bool]:
    """What finds these people's rows, also by way of another table."""
    link: Any = table.c[said[table.name].person]
    for key in link.foreign_keys:
        above = key.column.table
        found: ColumnElement[bool] = link.in_(select(key.column).where(theirs(above, said, people)))
        return found
    if isinstance(link.type, ARRAY):
        return link.overlap(people)  # type: ignore[no-any-return]
    return link.in_([str(one) for one in people] if isinstance(link.type, String) else people)  # type: ignore[no-any-return]


def _empty_columns(
    session: Session, table: Table, holds: Holds, whose: ColumnElement[bool], classes: Collection[str]
) -> None:
    named = [table.c[name] for kind, names in holds.classes().items() if kind in classes for name in names]
    emptied = {
        column.name: None if column.nullable else _EMPTY[column.type.python_type]
        for column in named
        if column.name != holds.person and not column.foreign_keys
        and (column.nullable or column.type.python_type in _EMPTY)
    }  # fmt: skip
    if emptied:
        session.execute(update(table).where(whose).values(emptied))


_EMPTY: dict[type, Any] = {str: "", bool: False, int: 0, float: 0.0, list: []}
"""What stands for nothing where a column must have a value; a moment or an id stays until its row goes."""


def _cut(session: Session, link: Column[Any], known_as: dict[UUID, UUID]) -> None:
    as_text = isinstance(link.type, String)
    for person, other in known_as.items():
        old, new = (str(person), str(other)) if as_text else (person, other)
        session.execute(update(link.table).where(link == old).values({link.name: new}))


def _empty_changes(session: Session, table: str, rows: Sequence[Any], people: Sequence[UUID]) -> None:
    """The history of these rows tells only that they changed, and when; what it told is sealed as a digest.

    Without a table it is the word that these people are erased here, which the other services' histories lean on.
    """
    session.execute(
        text("SELECT empty_changes(:table, :rows, :people)"),
        {"table": table, "rows": [str(row) for row in rows], "people": [str(person) for person in people]},
    )


# Told or not told yet: whoever would have heard it is about to erase the person too. The word of the erasure stays
# in the log as long as the log, for a listener that is restored from a back-up has to hear it again.
_FORGET = (
    text(f"DELETE FROM outbox WHERE partition_key = ANY(:people) AND type <> '{TYPE_PREFIX}' || :erased"),  # noqa: S608
    text(
        "DELETE FROM failed_delivery USING unnest(cast(:people AS text[])) AS person "
        "WHERE position(convert_to(person, 'UTF8') IN body) > 0 AND type <> :erased"
    ),
    text("DELETE FROM idempotency WHERE subjects && cast(:people AS uuid[])"),
)
