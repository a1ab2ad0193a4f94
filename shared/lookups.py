"""Who looked at whom: one row for every answer with a person's data in it, and for every one that was refused.

The row is written in the answer's own transaction: where it cannot be written, nothing is shown. Nobody changes it
afterwards (the service's role may only insert), and what is sealed (shared/seals.py) cannot be changed unseen.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Column, DateTime, MetaData, Table, Text, Uuid, insert, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from shared import merges
from shared.auth import Principal
from shared.database import new_id
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
    "insight": Words("indsigt i egne oplysninger", "access to one's own data on request"),
    "operations": Words("drift", "operations"),
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
REFUSALS = (403, 404, 409)
HOW = ("read", "list", "search", "change", "reveal", "export")


@dataclass(frozen=True)
class About:
    """What a door tells about people: the class of data, what for, how, and the path parameter that is the person.

    Where the path names none, the verb says whom it told about: `looked(session, *citizen_ids)`.
    """

    data: str
    subject: str | None = None
    how: str = "read"
    purpose: str = field(kw_only=True)

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


def write(session: Session, principal: Principal, about: About | None, route: str, refused: bool = False) -> None:
    """The row for this answer, the last statement before its transaction ends; raises where it cannot be written.

    `route` is the rule, never the path. A search without a hit has a row too.
    """
    if about is None:
        if whom(session):
            raise ValueError(f"{route} says that it tells of nobody")
        return
    row = {
        "id": new_id(),
        "actor": principal.subject,
        "role": next(iter(principal.roles), ""),
        "kind": principal.kind,
        "organisation": principal.organisation,
        "purpose": session.info.get("purpose", about.purpose),
        "data": about.data,
        "how": about.how,
        "route": route,
        "subjects": whom(session),
        "refused": refused,
        "correlation_id": session.info["trace"].correlation_id,
    }
    try:
        session.execute(insert(LOOKUP).inline(), row)
    except DBAPIError as error:
        log.error("a look-up cannot be recorded, so nothing is shown: %s", type(error.orig).__name__)  # noqa: TRY400  the text may name a person
        raise


def who_looked(session: Session, citizen_id: UUID, *, cursor: UUID | None = None, limit: int = 50) -> dict[str, Any]:
    """For the citizen, newest first: role, moment, purpose, data, never which employee it was (C-579/21)."""
    shown = select(*(LOOKUP.c[name] for name in ("id", "at", "role", "kind", "purpose", "data", "how", "refused")))
    theirs = LOOKUP.c.subjects.overlap(merges.all_ids(session, [citizen_id]))
    return _page(session, shown.where(theirs), cursor, limit)


def search(
    session: Session,
    *,
    actor: str | None = None,
    subject: UUID | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    purpose: str | None = None,
    refused: bool | None = None,
    cursor: UUID | None = None,
    limit: int = 50,
) -> dict[str, Any]:
    """For the data-protection officer, newest first; the door that calls this is on record itself."""
    conditions: tuple[tuple[Any, Callable[[], Any]], ...] = (
        (actor, lambda: LOOKUP.c.actor == actor),
        (subject, lambda: LOOKUP.c.subjects.overlap(merges.all_ids(session, [subject] if subject else []))),
        (since, lambda: LOOKUP.c.at >= since),
        (until, lambda: LOOKUP.c.at < until),
        (purpose, lambda: LOOKUP.c.purpose == purpose),
        (refused, lambda: LOOKUP.c.refused.is_(refused)),
    )
    found = select(LOOKUP).where(*(condition() for wanted, condition in conditions if wanted is not None))
    return _page(session, found, cursor, limit)


def _page(session: Session, found: Any, cursor: UUID | None, limit: int) -> dict[str, Any]:
    if cursor is not None:
        found = found.where(LOOKUP.c.seq < select(LOOKUP.c.seq).where(LOOKUP.c.id == cursor).scalar_subquery())
    rows = session.execute(found.order_by(LOOKUP.c.seq.desc()).limit(limit + 1)).mappings().all()
    return {"items": rows[:limit], "next": rows[limit - 1]["id"] if len(rows) > limit else None}
