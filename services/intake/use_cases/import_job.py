"""The worker's part of an import: register the chosen lines in one transaction, and let old files go."""

import csv
import io
import logging
from typing import Any

from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from services.intake import rules
from services.intake.models import PersonImport
from services.intake.use_cases import POLICY, citizens, contacts, imports
from services.intake.use_cases.imports import DONE, FAILED, ORDERED, WRONG, Line
from shared import clock, lookups
from shared.auth import Principal
from shared.database import unreachable
from shared.logs import kind_and_place
from shared.lookups import About

log = logging.getLogger(__name__)
EACH = 100
CHANGE = About("identity", how="change", purpose="visitation")
_ACTOR = text("SELECT set_config('jb.actor', :actor, true)")
_PROGRESS = text("UPDATE person_import SET done = :done WHERE id = :id AND state = 'ordered' RETURNING id")


class Overtaken(Exception):
    """A line that was good when it was chosen is so no more."""


def run(session: Session) -> bool:
    """Forget files whose hour is over, then register one list; True while there may be more."""
    session.execute(delete(PersonImport).where(PersonImport.expires_at <= clock.now()))
    waiting = select(PersonImport).where(PersonImport.state == ORDERED)
    # Not locked: progress is told meanwhile by another connection, and whoever discards the list ends the work.
    one = session.scalar(waiting.order_by(PersonImport.made_at, PersonImport.id).limit(1))
    if one is None:
        return False
    told, session.info["looked"] = len(session.info["told"]), set()
    session.execute(_ACTOR, {"actor": one.made_by})
    try:
        with session.begin_nested():
            _register(session, one)
    except Exception as error:
        if unreachable(error):
            raise
        log.error("import %s failed: %s", one.id, kind_and_place(error))  # noqa: TRY400  the text may name a person
        del session.info["told"][told:]
        session.execute(_FAILED, {"id": one.id})
        return True
    who = Principal(subject=one.made_by, roles=(one.role,), kind=one.kind, organisation=one.unit_code)
    lookups.write(session, who, CHANGE, "import")
    return True


_FAILED = text(f"UPDATE person_import SET state = '{FAILED}', done = 0 WHERE id = :id")  # noqa: S608


def _register(session: Session, one: PersonImport) -> None:
    table = imports.table_of(session, one)
    lines = imports.judge(session, table, imports.columns_of(one))
    chosen = {line["line"] for line in imports.report_of(session, one)
              if line["verdict"] in imports.TAKEN[one.take or ""]}  # fmt: skip
    for count, line in enumerate(lines, 1):
        line.taken = line.number in chosen
        if line.taken:
            _register_line(session, one, line)
        if count % EACH == 0:
            session.info["database"].alone(_PROGRESS, {"id": one.id, "done": count})
    left_out = [line.number for line in lines if not line.taken]
    one.state, one.done = DONE, len(lines)
    imports.keep_report(session, one, lines)
    if left_out:
        imports.keep_content(session, one, lines_as_csv(table, left_out))
    else:
        one.content = None
    session.flush()


def _register_line(session: Session, one: PersonImport, line: Line) -> None:
    if line.verdict == WRONG:
        raise Overtaken
    person, today = line.person, clock.today()
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


def lines_as_csv(table: Any, numbers: list[int]) -> str:
    """These lines as they came, under their headings, in the form that a Danish spreadsheet opens."""
    written = io.StringIO(newline="")
    to = csv.writer(written, delimiter=";")
    to.writerow(table.headings)
    to.writerows(cells for number, cells in table.lines if number in set(numbers))
    return written.getvalue()
