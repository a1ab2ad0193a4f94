"""Whose citizen somebody is, and the border round it: staff of another unit say what for before they read or change.

Intake decides and tells; every service keeps its own copy, so that nobody is asked when a page is opened. Machine
clients act for the whole municipality, and so do operations and the data-protection officer.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from marshmallow import ValidationError
from sqlalchemy import Column, Integer, MetaData, String, Table, Uuid, select, text
from sqlalchemy.orm import Session

from shared import clock
from shared.auth import STAFF, Principal
from shared.envelope import Received
from shared.errors import Forbidden
from shared.events import CitizenRegistered, CitizenUnitChanged
from shared.events.codes import Words
from shared.fields import Text
from shared.house import HOUSE

Handle = Callable[[Session, Sequence[Received[Any]]], None]
# Their places in this list are what a reader's cookie holds.
PURPOSES = ("visitation", "activation", "matching", "agreement", "follow_up", "supervision")
BORDERED = ("read", "change", "reveal")
FIRST_VERSION = 1
MOST_OPEN = 24
_ONE_BYTES = 17

TABLE = Table(
    "citizen_unit",
    MetaData(),
    Column("citizen_id", Uuid, primary_key=True),
    Column("unit_code", String),
    Column("version", Integer),
)
_KEEP = text(
    "INSERT INTO citizen_unit (citizen_id, unit_code, version) "
    "SELECT * FROM json_to_recordset(cast(:rows AS json)) AS told(citizen_id uuid, unit_code text, version int) "
    "ON CONFLICT (citizen_id) DO UPDATE SET unit_code = excluded.unit_code, version = excluded.version "
    "WHERE citizen_unit.version <= excluded.version"
)


def _is_unit(code: str | None) -> None:
    if code is not None and code not in codes():
        raise ValidationError("Enheden kendes ikke. / The unit is not known.")


class UnitCode(Text):
    """One of the municipality's units; empty for none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(40, allow_none=True, **options)
        self.validators.append(_is_unit)


class OtherUnit(Forbidden):
    """Closed until the reader says what it is opened for."""

    def __init__(self, citizen_id: UUID, unit_code: str | None) -> None:
        super().__init__()
        self.code, self.citizen_id, self.unit_code = "other_unit", citizen_id, unit_code
        self.danish = "Borgeren hører til en anden enhed. Vælg, hvorfor du åbner kortet."
        self.english = "The citizen belongs to another unit. Choose why you open the card."


class NoPurpose(OtherUnit):
    """The form was sent without a purpose; `back` is where it was to lead."""

    status = 422

    def __init__(self, citizen_id: UUID, unit_code: str | None, back: str) -> None:
        super().__init__(citizen_id, unit_code)
        self.back = back
        self.fields = {"purpose": "Vælg et formål. / Choose a purpose."}


class Belonging(NamedTuple):
    """The unit, None where there is none, and the version of that."""

    unit_code: str | None
    version: int


def codes() -> list[str]:
    """The units there are today."""
    return HOUSE.groups("unit.words", clock.today())


def called(code: str | None) -> Words:
    """What a unit is called."""
    row = HOUSE.find("unit.words", clock.today(), code) if code else None
    return Words(*row.value) if row else Words("en anden enhed", "another unit")


def of(session: Session, *citizens: UUID) -> dict[UUID, Belonging]:
    """The unit of each of these, asked for once in a transaction."""
    known: dict[UUID, Belonging] = session.info.setdefault("units", {})
    if asked := [one for one in citizens if one not in known]:
        rows = session.execute(select(TABLE).where(TABLE.c.citizen_id.in_(asked)))
        found = {row.citizen_id: Belonging(row.unit_code, row.version) for row in rows}
        known.update((one, found.get(one, Belonging(None, FIRST_VERSION))) for one in asked)
    return {one: known[one] for one in citizens}


def reread(session: Session, citizen_id: UUID) -> Belonging:
    """The unit as it is now, whatever was read of it before."""
    session.info.get("units", {}).pop(citizen_id, None)
    return of(session, citizen_id)[citizen_id]


def put(session: Session, citizen_id: UUID, unit_code: str | None, version: int = FIRST_VERSION) -> None:
    """The citizen belongs there from this version on."""
    _keep(session, {citizen_id: Belonging(unit_code, version)})
    session.info.setdefault("units", {})[citizen_id] = Belonging(unit_code, version)


def on_told(session: Session, batch: Sequence[Received[Any]]) -> None:
    """Intake told where somebody belongs; only a newer word replaces what is known."""
    newest: dict[UUID, Belonging] = {}
    for received in batch:
        event: CitizenRegistered | CitizenUnitChanged = received.event
        # Who is registered without a unit has no row, as long as nothing newer is told.
        told = event.unit_code is not None or isinstance(event, CitizenUnitChanged)
        if told and newest.get(event.citizen_id, Belonging(None, 0)).version <= received.version:
            newest[event.citizen_id] = Belonging(event.unit_code, received.version)
    if newest:
        _keep(session, newest)


def with_unit(handle: Handle) -> Handle:
    """A service's own handler of CitizenRegistered, and the unit that it tells."""

    def both(session: Session, batch: Sequence[Received[Any]]) -> None:
        handle(session, batch)
        on_told(session, batch)

    return both


def _keep(session: Session, belong: Mapping[UUID, Belonging]) -> None:
    rows = [{"citizen_id": one, **belong[one]._asdict()} for one in sorted(belong)]
    session.execute(_KEEP, {"rows": orjson.dumps(rows).decode()})


def binds(principal: Principal) -> bool:
    """True for a person who is let in as somebody working on cases; their acting role is named first."""
    return principal.kind == "staff" and set(principal.roles[:1]) <= set(STAFF)


def of_others(session: Session, principal: Principal, citizens: Collection[UUID]) -> dict[UUID, str]:
    """Those of them whose unit is another than the reader's, each with it; nobody for one whom units do not bind."""
    if not binds(principal):
        return {}
    found = ((one, belongs.unit_code) for one, belongs in of(session, *citizens).items())
    return {one: code for one, code in found if code not in (None, principal.organisation)}


def purposes(session: Session, principal: Principal, how: str, citizens: Collection[UUID]) -> dict[UUID, str]:
    """What the reader opened those of them for whom they opened; raises OtherUnit for one who is closed to them.

    Whoever was let in once stays so in this transaction, which may be the one that moves the citizen.
    """
    if how not in BORDERED or not citizens or not binds(principal):
        return {}
    opened: dict[UUID, str] = session.info.get("opened", {})
    let_in: set[UUID] = session.info.setdefault("let_in", set())
    asked = sorted(set(citizens) - let_in - opened.keys())
    for citizen_id, unit_code in of_others(session, principal, asked).items():
        raise OtherUnit(citizen_id, unit_code)
    let_in.update(asked)
    return {one: opened[one] for one in citizens if one in opened}


def open_for(session: Session, citizen_id: UUID, purpose: str) -> None:
    """From now until the session ends this person's looks at the citizen bear that purpose."""
    opened: dict[UUID, str] = session.info.setdefault("opened", {})
    opened.pop(citizen_id, None)
    opened[citizen_id] = purpose
    session.info["opened_anew"] = True


def packed(opened: Mapping[UUID, str]) -> bytes:
    """The newest of what is open, 17 bytes each."""
    newest: Iterable[tuple[UUID, str]] = list(opened.items())[-MOST_OPEN:]
    return b"".join(one.bytes + bytes([PURPOSES.index(purpose)]) for one, purpose in newest)


def unpacked(raw: bytes) -> dict[UUID, str]:
    """What was packed, in the order in which it was opened."""
    parts = (raw[start : start + _ONE_BYTES] for start in range(0, len(raw), _ONE_BYTES))
    return {UUID(bytes=part[:16]): PURPOSES[part[16]] for part in parts}
