"""Who looked at whom: one row for every answer with a person's data in it, and for every one that was refused.

The row is written in the answer's own transaction: where it cannot be written, nothing is shown. Nobody changes it
afterwards (the service's role may only insert), and what is sealed (shared/seals.py) cannot be changed unseen. Here
the unit's border (shared/units.py) is kept as well, so that no page and no door leads round it.
"""

import hashlib
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    MetaData,
    Table,
    Text,
    Uuid,
    any_,
    cast,
    func,
    literal,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by, insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from shared import calendar, clock, danish, merges, units
from shared.auth import Principal
from shared.database import new_id
from shared.errors import Refused
from shared.events.codes import Words

log = logging.getLogger(__name__)
PURPOSES = {
    "visitation": Words("visitation", "triage"),
    "activation": Words("straksaktivering", "activation at once"),
    "matching": Words("match med et job", "matching with a job"),
    "agreement": Words("aftale om et forløb", "agreement on a placement"),
    "follow_up": Words("opfølgning", "follow-up"),
    "letters": Words("breve og beskeder", "letters and messages"),
    "company_contact": Words("kontakt med en virksomhed", "contact with a company"),
    "supervision": Words("tilsyn", "supervision"),
    "own_access": Words("egne oplysninger", "one's own data"),
}
DATA = {
    "identity": Words("navn og CPR-nummer", "name and CPR number"),
    "contact": Words("kontaktoplysninger", "contact details"),
    "case": Words("sagen", "the case"),
    "health_function": Words("hensyn på arbejdet", "functional needs at work"),
    "wishes": Words("jobønsker", "job wishes"),
    "placement": Words("forløb i virksomhed", "placement at a company"),
    "message": Words("breve og beskeder", "letters and messages"),
    "log": Words("hvem der har set oplysninger", "who looked"),
    "technical": Words("tekniske oplysninger", "technical data"),
    "company": Words("en virksomheds kontaktperson", "a company's contact person"),
}
NAMED = ("staff", "company", "mentor", "partner")
REFUSALS = (403, 404, 409)
HOW = ("read", "list", "search", "change", "reveal", "export")


@dataclass(frozen=True)
class About:
    """What a door tells about people: the class of data, what for, how, and the path parameter that is the person.

    Where the path names none, the verb says whom it told about: `looked(session, *citizen_ids)`. `any_unit` is for acts
    that the unit's border (shared/units.py) leaves open.
    """

    data: str
    subject: str | None = None
    how: str = "read"
    purpose: str = field(kw_only=True)
    any_unit: bool = field(default=False, kw_only=True)

    def __post_init__(self) -> None:
        if not (self.data in DATA and self.how in HOW and self.purpose in PURPOSES):
            raise ValueError(f"no such look-up: {self}")

    def subjects_in(self, path: Mapping[str, Any] | None) -> list[UUID]:
        """The person that an address names, where it names one."""
        return [path[self.subject]] if path and self.subject else []


def about_each(data: str, *, purpose: str) -> tuple[About, About, About]:
    """The same data for the same purpose: one read, a list, a change."""
    return (
        About(data, purpose=purpose),
        About(data, how="list", purpose=purpose),
        About(data, how="change", purpose=purpose),
    )


NOBODY = None
"""A door that tells nothing about a person."""

LOOKUP = Table(
    "lookup",
    MetaData(),
    Column("seq", BigInteger),
    Column("id", Uuid),
    Column("at", DateTime(timezone=True)),
    *(Column(name, Text) for name in ("actor", "role", "kind", "organisation", "purpose", "data", "how", "route")),
    Column("subjects", ARRAY(Uuid)),
    Column("refused", Boolean),
    Column("correlation_id", Text),
    Column("actor_name", Text),
    Column("repeat_key", Uuid),
)


def looked(session: Session, *subjects: UUID, purpose: str | None = None) -> None:
    """These citizens are in the answer; `purpose` where the caller named one, instead of the door's own."""
    session.info.setdefault("looked", set()).update(subjects)
    if purpose is not None:
        if purpose not in PURPOSES:
            raise ValueError(f"no such purpose: {purpose}")
        session.info["purpose"] = purpose


def whom(session: Session) -> list[UUID]:
    """The citizens named so far in this transaction."""
    return sorted(session.info.get("looked", ()))


@contextmanager
def looking(
    session: Session,
    principal: Principal,
    about: About | None,
    path: Mapping[str, Any] | None,
    opened: Mapping[UUID, str] | None = None,
) -> Iterator[set[UUID]]:
    """Those who are looked at in this block, the address's own first; `opened` are the reader's purposes.

    Raises OtherUnit where one of them is closed: before a change, and instead of a refusal that would tell of them.
    """
    named: set[UUID] = set(about.subjects_in(path) if about else ())
    session.info["looked"], session.info["opened"] = named, dict(opened or {})
    try:
        if about and about.how != "read":
            _purposes(session, principal, about)
        yield named
    except Refused as refused:
        if about and not isinstance(refused, units.OtherUnit):
            _purposes(session, principal, about)
        raise


def write(
    session: Session, principal: Principal, about: About | None, route: str, *, refused: bool = False,
    by_itself: bool = False,
) -> None:  # fmt: skip
    """The row for this answer, the last statement before its transaction ends; raises where it cannot be written.

    `route` is the rule, never the path. A search without a hit has a row too, and people who were opened for different
    purposes have a row for each. What a page fetches `by_itself` and shows the same people again in the same session
    has one row in a clock hour. Raises OtherUnit where one of them is closed to the reader.
    """
    if about is None:
        if whom(session):
            raise ValueError(f"{route} says that it tells of nobody")
        return
    given = {} if refused else _purposes(session, principal, about)
    named = session.info.get("purpose")
    row = {
        "actor": principal.subject,
        "actor_name": (principal.name or None) if principal.kind in NAMED else None,
        "role": next(iter(principal.roles), ""),
        "kind": principal.kind,
        "organisation": principal.organisation,
        "data": about.data,
        "how": about.how,
        "route": route,
        "refused": refused,
        "correlation_id": session.info["trace"].correlation_id,
    }
    by_purpose: dict[str, list[UUID]] = {}
    for subject in whom(session):
        by_purpose.setdefault(named or given.get(subject, about.purpose), []).append(subject)
    looks = by_purpose or {named or about.purpose: []}
    # Somebody who searches has asked for something, whoever fetches it.
    repeats = by_itself and principal.access_id and about.how in ("read", "list")
    _insert(session, [
        row | {"id": new_id(), "purpose": purpose, "subjects": seen, "repeat_key": None}
        for purpose, seen in looks.items()
    ], principal.access_id if repeats else "")  # fmt: skip


def _insert(session: Session, rows: list[dict[str, Any]], repeated_by: str) -> None:
    statement = insert(LOOKUP).inline()
    if repeated_by:
        for row in rows:
            row["repeat_key"] = _repeat_key(repeated_by, row)
        is_key = LOOKUP.c.repeat_key.is_not(None)
        statement = statement.on_conflict_do_nothing(index_elements=["repeat_key"], index_where=is_key)
    try:
        session.execute(statement, rows)
    except DBAPIError as error:
        log.error("a look-up cannot be recorded, so nothing is shown: %s", type(error.orig).__name__)  # noqa: TRY400  the text may name a person
        raise


def _purposes(session: Session, principal: Principal, about: About) -> dict[UUID, str]:
    return {} if about.any_unit else units.purposes(session, principal, about.how, whom(session))


def _repeat_key(access_id: str, row: Mapping[str, Any]) -> UUID:
    hour = clock.now().astimezone(UTC).strftime("%Y-%m-%dT%H")
    same = [access_id, hour, *(row[name] for name in ("route", "purpose", "refused", "subjects"))]
    return UUID(bytes=hashlib.sha256(orjson.dumps(same)).digest()[:16])


ALIKE = ("role", "kind", "purpose", "data", "how", "refused")


def who_looked(session: Session, citizen_id: UUID, *, cursor: UUID | None = None, limit: int = 50) -> dict[str, Any]:
    """For the citizen, newest first: role, moment, purpose, data, never which employee it was (C-579/21).

    Neighbours alike on the same day are one line: `at` the last of them, how many `times`, `id` the first.
    """
    theirs = LOOKUP.c.subjects.overlap(merges.all_ids(session, [citizen_id]))
    seen = _before(select(LOOKUP).where(theirs), cursor).subquery()
    day = cast(func.timezone(calendar.DENMARK.key, seen.c.at), Date)
    alike = [*(seen.c[name] for name in ALIKE), day.label("day")]
    place, among_alike = func.row_number().over(order_by=seen.c.seq), func.row_number().over(
        partition_by=alike, order_by=seen.c.seq
    )  # fmt: skip
    rows = select(seen.c.id, seen.c.seq, seen.c.at, *alike, (place - among_alike).label("run")).subquery()
    first = func.array_agg(aggregate_order_by(rows.c.id, rows.c.seq), type_=ARRAY(Uuid))[1]
    told = [rows.c[name] for name in ALIKE]
    folded = select(first.label("id"), func.max(rows.c.at).label("at"), func.count().label("times"), *told)
    folded = folded.group_by(*told, rows.c.day, rows.c.run).order_by(func.max(rows.c.seq).desc())
    return _page(session, folded, limit)


def search(
    session: Session,
    *,
    actor: str | None = None,
    name: str | None = None,
    subject: UUID | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    purpose: str | None = None,
    refused: bool | None = None,
    cursor: UUID | None = None,
    limit: int = 50,
) -> dict[str, Any]:
    """For the data-protection officer, newest first; `name` is a part of one. The door that calls this is on record."""
    conditions: tuple[tuple[Any, Callable[[], Any]], ...] = (
        (actor, lambda: LOOKUP.c.actor == actor),
        (name, lambda: LOOKUP.c.actor_name == any_(literal(_names_like(session, name or ""), ARRAY(Text)))),
        (subject, lambda: LOOKUP.c.subjects.overlap(merges.all_ids(session, [subject] if subject else []))),
        (since, lambda: LOOKUP.c.at >= since),
        (until, lambda: LOOKUP.c.at < until),
        (purpose, lambda: LOOKUP.c.purpose == purpose),
        (refused, lambda: LOOKUP.c.refused.is_(refused)),
    )
    found = select(LOOKUP).where(*(condition() for wanted, condition in conditions if wanted is not None))
    return _page(session, _before(found, cursor).order_by(LOOKUP.c.seq.desc()), limit)


# From one name to the next in the index: as many steps as there are people, not rows.
_NAMES = text("""
    WITH RECURSIVE known AS (
        (SELECT actor_name FROM lookup WHERE actor_name IS NOT NULL ORDER BY actor_name LIMIT 1)
        UNION ALL
        SELECT (SELECT actor_name FROM lookup WHERE actor_name > known.actor_name ORDER BY actor_name LIMIT 1)
          FROM known WHERE known.actor_name IS NOT NULL)
    SELECT actor_name FROM known WHERE actor_name IS NOT NULL
""")


def _names_like(session: Session, part: str) -> list[str]:
    wanted = danish.search_key(part)
    return [name for name in session.scalars(_NAMES) if wanted and wanted in danish.search_key(name)]


def _before(found: Any, cursor: UUID | None) -> Any:
    if cursor is None:
        return found
    return found.where(LOOKUP.c.seq < select(LOOKUP.c.seq).where(LOOKUP.c.id == cursor).scalar_subquery())


def _page(session: Session, found: Any, limit: int) -> dict[str, Any]:
    rows = session.execute(found.limit(limit + 1)).mappings().all()
    return {"items": rows[:limit], "next": rows[limit - 1]["id"] if len(rows) > limit else None}
