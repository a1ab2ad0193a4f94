"""A list of persons: read, judged line by line, then registered as at the desk, all that was chosen or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import orjson
from marshmallow import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from services.intake import rules
from services.intake.models import Citizen, CitizenMerge, PersonImport
from services.intake.rules import imports as reading
from services.intake.schemas.imports import ImportedPerson
from services.intake.use_cases import POLICY, citizens
from shared import clock, limits
from shared.auth import Principal
from shared.crypto import Vault
from shared.database import new_id
from shared.errors import Invalid, NotFound, Refused
from shared.limits import Limit
from shared.lookups import looked

KEPT = timedelta(hours=1)
READ, CHECKED, ORDERED, DONE, FAILED = "read", "checked", "ordered", "done", "failed"
NEW, KNOWN, NEAR, WRONG = "new", "known", "near", "wrong"
TAKEN = {"all": (NEW, KNOWN, NEAR), "good": (NEW, KNOWN, NEAR), "sure": (NEW, KNOWN)}
_PERSON = ImportedPerson()


@dataclass(repr=False)
class Line:
    """A line of the file as it was judged; `person` is what would be registered."""

    number: int
    verdict: str = NEW
    person: dict[str, Any] = field(default_factory=dict)
    born: date | None = None
    index: bytes = b""
    problems: dict[str, str] = field(default_factory=dict)
    changes: list[str] = field(default_factory=list)
    citizen_id: UUID | None = None
    taken: bool | None = None

    def wrong(self, problems: dict[str, str]) -> None:
        """It cannot be registered as it stands."""
        self.verdict, self.problems = WRONG, self.problems | problems

    def told(self) -> dict[str, Any]:
        """The report's line; the CPR number is not in it."""
        return {
            "line": self.number, "verdict": self.verdict, "problems": self.problems, "changes": self.changes,
            "citizen_id": self.citizen_id, "taken": self.taken, "name": self.person.get("name", ""), "born": self.born,
        }  # fmt: skip


def read_file(session: Session, principal: Principal, content: bytes) -> PersonImport:
    """Keep the file for an hour as ciphertext, with its columns guessed; raises Invalid."""
    text = reading.read_bytes(content)
    table = reading.read_table(text)
    one = PersonImport(
        id=new_id(), made_by=principal.subject, kind=principal.kind, role=next(iter(principal.roles), ""),
        unit_code=principal.organisation, made_at=clock.now(), expires_at=clock.now() + KEPT, state=READ,
        columns=" ".join(column or "-" for column in reading.guess_columns(table.headings)), done=0,
        total=len(table.lines),
    )  # fmt: skip
    one.content = _vault(session).encrypt(text, bound_to=f"import.content:{one.id}")
    session.add(one)
    return one


def own(session: Session, principal: Principal, import_id: UUID, *, lock: bool = False) -> PersonImport:
    """One's own import, while it is kept; raises NotFound."""
    one = session.get(PersonImport, import_id, with_for_update=lock or None)
    if one is None or one.made_by != principal.subject or one.expires_at <= clock.now():
        raise NotFound
    return one


def columns_of(one: PersonImport) -> list[str]:
    """What each column of the file is; empty where it is not used."""
    return ["" if column == "-" else column for column in one.columns.split(" ")]


def table_of(session: Session, one: PersonImport) -> reading.Table:
    """The file's lines; raises Refused where they are gone."""
    if one.content is None:
        raise Refused("import_over", "Filen er slettet. Hent den ind igen.", "The file is gone. Upload it again.")
    return reading.read_table(_vault(session).decrypt(one.content, bound_to=f"import.content:{one.id}"))


def report_of(session: Session, one: PersonImport) -> list[dict[str, Any]]:
    """The report's lines; whoever they tell of is looked at."""
    if one.report is None:
        return []
    found: list[dict[str, Any]] = orjson.loads(_vault(session).decrypt(one.report, bound_to=f"import.report:{one.id}"))
    looked(session, *(UUID(line["citizen_id"]) for line in found if line["citizen_id"]))
    return found


def check(session: Session, principal: Principal, one: PersonImport, columns: Sequence[str]) -> None:
    """The dry run: what every line would come to, with nothing registered. Counted, as it tells who is known."""
    _require(one, READ, CHECKED, FAILED)
    table = table_of(session, one)
    reading.check_columns(columns, len(table.headings))
    row = POLICY.row("limit.imports_per_actor", clock.today(), principal.kind)
    if row.value != "unlimited":
        limits.hit(session.info["database"], Limit.of(row), principal.subject)
    lines = judge(session, table, columns)
    one.columns, one.state = " ".join(column or "-" for column in columns), CHECKED
    keep_report(session, one, lines)


def judge(session: Session, table: reading.Table, columns: Sequence[str]) -> list[Line]:
    """Every line by the desk's own rules, by who is known, and by who looks like somebody known."""
    seen: dict[bytes, int] = {}
    lines = [_read(session, number, cells, columns, seen) for number, cells in table.lines]
    good = [line for line in lines if line.verdict != WRONG]
    _find_known(session, good)
    _find_near(session, [line for line in good if line.verdict == NEW])
    return lines


def _read(session: Session, number: int, cells: Sequence[str], columns: Sequence[str], seen: dict[bytes, int]) -> Line:
    line = Line(number)
    try:
        line.person = reading.read_person(columns, cells)
        line.person = _PERSON.load(line.person)
    except Invalid as wrong:
        line.wrong(wrong.fields)
    except ValidationError as wrong:
        told: dict[str, Any] = wrong.messages_dict
        line.wrong({name: _why(name, str(messages[0])) for name, messages in told.items()})
    _read_cpr(session, line, seen)
    return line


def _why(name: str, message: str) -> str:
    return "Skriv ja eller nej. / Write yes or no." if name in reading.FLAGS else message


def _read_cpr(session: Session, line: Line, seen: dict[bytes, int]) -> None:
    """Whose line it is; said also of a line that is wrong otherwise."""
    if "cpr" in line.problems or "cpr" not in line.person:
        return
    try:
        cpr = rules.read_cpr(line.person["cpr"], clock.today())
    except Invalid as wrong:
        line.wrong(wrong.fields)
        return
    line.born, line.index = cpr.birth_date, _vault(session).blind_index(cpr.digits)
    first = seen.setdefault(line.index, line.number)
    if first != line.number:
        line.wrong({"cpr": f"CPR-nummeret står også på linje {first}. / The CPR number is on line {first} too."})


def _find_known(session: Session, lines: Sequence[Line]) -> None:
    indexes = [line.index for line in lines]
    known = {one.cpr_index: one for one in session.scalars(select(Citizen).where(Citizen.cpr_index.in_(indexes)))}
    former = select(CitizenMerge.cpr_index, Citizen).join(Citizen, Citizen.id == CitizenMerge.into_id)
    for index, one in session.execute(former.where(CitizenMerge.cpr_index.in_(indexes))):
        known[index or b""] = one
    for line in lines:
        if (citizen := known.get(line.index)) is None:
            line.person.setdefault("municipality_code", POLICY.row("desk.municipality", clock.today()).value)
            continue
        if citizen.protected:
            # An old list does not lift a protection; that is done on the person's card.
            line.person["protected"] = True
        line.verdict, line.citizen_id = KNOWN, citizen.id
        line.changes = [name for name in citizens.CHANNELS
                        if name in line.person and line.person[name] != getattr(citizen, name)]  # fmt: skip


def _find_near(session: Session, lines: Sequence[Line]) -> None:
    days = {line.born for line in lines}
    found = session.execute(select(Citizen.id, Citizen.birth_date, Citizen.name).where(Citizen.birth_date.in_(days)))
    born: dict[date | None, list[tuple[UUID | None, str, int]]] = {}
    for citizen_id, day, name in found:
        born.setdefault(day, []).append((citizen_id, name, 0))
    for line in lines:
        others = born.setdefault(line.born, [])
        for other, name, number in others:
            if reading.look_alike(line.person["name"], name):
                line.verdict, line.citizen_id = NEAR, other
                line.problems = {"name": _like(number)}
                break
        others.append((None, line.person["name"], line.number))


def _like(number: int) -> str:
    if number:
        return f"Ligner personen på linje {number}. / Looks like the person on line {number}."
    return "Ligner en, vi kender med et andet CPR-nummer. / Looks like somebody known by another CPR number."


def keep_report(session: Session, one: PersonImport, lines: Sequence[Line]) -> None:
    """The report as ciphertext beside the file."""
    told = orjson.dumps([line.told() for line in lines]).decode()
    one.report = _vault(session).encrypt(told, bound_to=f"import.report:{one.id}")
    looked(session, *(line.citizen_id for line in lines if line.citizen_id))


def keep_content(session: Session, one: PersonImport, text: str) -> None:
    """Put another text in the file's place."""
    one.content = _vault(session).encrypt(text, bound_to=f"import.content:{one.id}")


def order(session: Session, one: PersonImport, take: str) -> None:
    """Say which lines to register; the worker does it. Raises Refused where `all` was said of a list with mistakes."""
    _require(one, CHECKED, FAILED)
    lines = report_of(session, one)
    wrong = sum(line["verdict"] == WRONG for line in lines)
    if take == "all" and wrong:
        raise Refused(
            "lines_are_wrong",
            f"Der er fejl i listen ({wrong}). Ret filen, eller vælg kun de gode linjer.",
            f"There are mistakes in the list ({wrong}). Correct the file, or choose the good lines only.",
        )
    if not any(line["verdict"] in TAKEN[take] for line in lines):
        raise Refused("nothing_to_import", "Der er ingen linjer at registrere.", "There are no lines to register.")
    one.state, one.take, one.done = ORDERED, take, 0
    one.expires_at = clock.now() + KEPT


def _require(one: PersonImport, *states: str) -> None:
    if one.state not in states:
        raise Refused("import_ordered", "Listen er allerede sendt til registrering.", "The list is ordered already.")


def discard(session: Session, one: PersonImport) -> None:
    """The file and all that was found of it are gone; one that was ordered and not done is registered no more."""
    session.delete(one)


def _vault(session: Session) -> Vault:
    settings = session.info["settings"]
    return Vault(settings.cpr_keys, settings.cpr_index_key)
