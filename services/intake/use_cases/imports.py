"""A list of persons: judged line by line, then registered as at the desk, all that was chosen or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from marshmallow import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from services.intake import rules
from services.intake.models import Citizen, CitizenMerge
from services.intake.rules import imports as reading
from services.intake.schemas.imports import ImportedPerson
from services.intake.use_cases import POLICY, citizens, contacts
from shared import clock
from shared.crypto import Vault
from shared.errors import Invalid
from shared.events.codes import Words
from shared.lists import KNOWN, NEAR, NEW, WRONG, Kind, Line, ListImportRow, Table
from shared.lists.kinds import said

_PERSON = ImportedPerson()


@dataclass(repr=False)
class Person(Line):
    """A line with whose it is: the CPR number's day and its blind index."""

    born: date | None = None
    index: bytes = b""


def judge(session: Session, table: Table, columns: Sequence[str]) -> list[Line]:
    """Every line by the desk's own rules, by who is known, and by who looks like somebody known."""
    seen: dict[bytes, int] = {}
    lines = [_read(session, number, cells, columns, seen) for number, cells in table.lines]
    good = [line for line in lines if line.verdict != WRONG]
    _find_known(session, good)
    _find_near(session, [line for line in good if line.verdict == NEW])
    return list[Line](lines)


def _read(
    session: Session, number: int, cells: Sequence[str], columns: Sequence[str], seen: dict[bytes, int]
) -> Person:
    line = Person(number)
    try:
        line.data = reading.read_person(columns, cells)
        line.data = _PERSON.load(line.data)
    except Invalid as wrong:
        line.wrong(wrong.fields)
    except ValidationError as wrong:
        line.wrong(said(wrong, reading.COLUMNS))
    _read_cpr(session, line, seen)
    line.shown = [line.data.get("name", ""), f"{line.born:%d%m%y}-xxxx" if line.born else ""]
    return line


def _read_cpr(session: Session, line: Person, seen: dict[bytes, int]) -> None:
    """Whose line it is; said also of a line that is wrong otherwise."""
    if "cpr" in line.problems or "cpr" not in line.data:
        return
    try:
        cpr = rules.read_cpr(line.data["cpr"], clock.today())
    except Invalid as wrong:
        line.wrong(wrong.fields)
        return
    line.born, line.index = cpr.birth_date, _vault(session).blind_index(cpr.digits)
    first = seen.setdefault(line.index, line.number)
    if first != line.number:
        line.wrong({"cpr": f"CPR-nummeret står også på linje {first}. / The CPR number is on line {first} too."})


def _find_known(session: Session, lines: Sequence[Person]) -> None:
    indexes = [line.index for line in lines]
    known = {one.cpr_index: one for one in session.scalars(select(Citizen).where(Citizen.cpr_index.in_(indexes)))}
    former = select(CitizenMerge.cpr_index, Citizen).join(Citizen, Citizen.id == CitizenMerge.into_id)
    for index, one in session.execute(former.where(CitizenMerge.cpr_index.in_(indexes))):
        known[index or b""] = one
    ours = POLICY.row("desk.municipality", clock.today()).value
    for line in lines:
        citizen = known.get(line.index)
        line.data.setdefault("municipality_code", citizen.municipality_code if citizen else ours)
        if citizen is None:
            continue
        if citizen.protected:
            # An old list does not lift a protection; that is done on the person's card.
            line.data["protected"] = True
        line.verdict, line.citizen_id = KNOWN, citizen.id
        line.changes = [name for name in citizens.CHANNELS
                        if name in line.data and line.data[name] != getattr(citizen, name)]  # fmt: skip


def _find_near(session: Session, lines: Sequence[Person]) -> None:
    days = {line.born for line in lines}
    found = session.execute(select(Citizen.id, Citizen.birth_date, Citizen.name).where(Citizen.birth_date.in_(days)))
    born: dict[date | None, list[tuple[UUID | None, str, int]]] = {}
    for citizen_id, day, name in found:
        born.setdefault(day, []).append((citizen_id, name, 0))
    for line in lines:
        others = born.setdefault(line.born, [])
        for other, name, number in others:
            if reading.look_alike(line.data["name"], name):
                line.verdict, line.citizen_id = NEAR, other
                line.problems = {"name": _like(number)}
                break
        others.append((None, line.data["name"], line.number))


def _like(number: int) -> str:
    if number:
        return f"Ligner personen på linje {number}. / Looks like the person on line {number}."
    return "Ligner en, vi kender med et andet CPR-nummer. / Looks like somebody known by another CPR number."


def register_line(session: Session, one: ListImportRow, line: Line) -> None:
    """The person becomes known, or is brought up to date; a first contact only of whoever came."""
    person, today = line.data, clock.today()
    came, written = person.pop("came"), person.pop("guidance_written")
    if came:
        guidance = {"version": POLICY.row("desk.guidance", today).value, "written": written}
        made = contacts.register_first_contact(session, unit_code=one.unit_code, guidance=guidance, **person)
        line.citizen_id = made["citizen_id"]
        return
    about: dict[str, Any] = {name: person[name] for name in citizens.CHANNELS if name in person}
    cpr = rules.read_cpr(person["cpr"], today)
    citizen, _known = citizens.find_or_register(session, cpr, about, one.unit_code, clock.now())
    line.citizen_id = citizen.id


def _vault(session: Session) -> Vault:
    settings = session.info["settings"]
    return Vault(settings.cpr_keys, settings.cpr_index_key)


PERSONS = Kind(
    words=Words("personer", "persons"),
    told=Words(
        "En person får kun en henvendelse med frister og en tid, hvis listen siger, at personen er kommet i dag.",
        "A person gets a contact with deadlines and a time only where the list says that they came today.",
    ),
    columns=reading.COLUMNS,
    needs=(
        (frozenset({"cpr"}),),
        (frozenset({"name"}), frozenset({"first_name", "last_name"})),
        (frozenset({"postal_code"}),),
    ),
    shown=(Words("Navn", "Name"), Words("CPR-nummer", "CPR number")),
    read=judge,
    take=register_line,
    at_once=True,
    near=Words("Ligner en anden", "Looks like another"),
    page="/borger/{}",
)
