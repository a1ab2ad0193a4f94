"""A list is uploaded, tried, ordered, discarded or taken back, by the person who brought it in alone."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy.orm import Session

from shared import clock, crypto, limits, units
from shared.auth import Principal
from shared.database import new_id
from shared.errors import Invalid, NotFound, Refused
from shared.house import HOUSE
from shared.limits import Limit
from shared.lists import reading
from shared.lists.kinds import KNOWN, NEAR, NEW, WRONG, Line, Lists
from shared.lists.models import ListImportRow
from shared.lookups import looked

KEPT = timedelta(hours=1)
READ, TRYING, CHECKED, ORDERED, DONE, FAILED, RETURNING, RETURNED = STATES = (
    "read", "trying", "checked", "ordered", "done", "failed", "returning", "returned",
)  # fmt: skip
AT_WORK = (TRYING, ORDERED, RETURNING)
TAKEN = {"all": (NEW, KNOWN, NEAR), "good": (NEW, KNOWN, NEAR), "sure": (NEW, KNOWN)}


def read_file(session: Session, lists: Lists, principal: Principal, what: str, content: bytes) -> ListImportRow:
    """Keep the file for an hour as ciphertext, with its columns guessed; raises Invalid."""
    text = reading.read_bytes(content)
    table = reading.read_table(text)
    guessed = reading.guess_columns(table.headings, lists.kinds[what].known_as())
    one: ListImportRow = lists.model(
        id=new_id(), what=what, made_by=principal.subject, kind=principal.kind, role=next(iter(principal.roles), ""),
        unit_code=principal.organisation, made_at=clock.now(), expires_at=clock.now() + KEPT, state=READ,
        columns=" ".join(column or "-" for column in guessed), done=0, total=len(table.lines),
    )  # fmt: skip
    keep_content(session, lists, one, text)
    session.add(one)
    return one


def own(session: Session, lists: Lists, principal: Principal, import_id: UUID, *, lock: bool = False) -> ListImportRow:
    """One's own import, while it is kept; raises NotFound."""
    one: ListImportRow | None = session.get(lists.model, import_id, with_for_update=lock or None)
    if one is None or one.made_by != principal.subject or one.expires_at <= clock.now():
        raise NotFound
    return one


def columns_of(one: ListImportRow) -> list[str]:
    """What each column of the file is; empty where it is not used."""
    return ["" if column == "-" else column for column in one.columns.split(" ")]


def table_of(session: Session, one: ListImportRow) -> reading.Table:
    """The file's lines; raises Refused where they are gone."""
    if one.content is None:
        raise Refused("import_over", "Filen er slettet. Hent den ind igen.", "The file is gone. Upload it again.")
    return reading.read_table(_opened(session, one, "content"))


def report_of(session: Session, one: ListImportRow) -> list[dict[str, Any]]:
    """The report's lines; whoever they tell of is looked at."""
    found = _report(session, one)
    looked(session, *_told_of(found))
    return found


def _report(session: Session, one: ListImportRow) -> list[dict[str, Any]]:
    return orjson.loads(_opened(session, one, "report")) if one.report is not None else []


def _told_of(lines: Iterable[dict[str, Any]]) -> set[UUID]:
    return {UUID(str(line["citizen_id"])) for line in lines if line["citizen_id"]}


def check(session: Session, lists: Lists, principal: Principal, one: ListImportRow, columns: Sequence[str]) -> None:
    """The dry run: what every line would come to, with nothing registered. Counted, as it tells who is known."""
    _require(one, READ, CHECKED, FAILED)
    kind, table = lists.kind(one), table_of(session, one)
    kind.check_columns(columns, len(table.headings))
    row = HOUSE.row("limit.imports_per_actor", clock.today(), principal.kind)
    if row.value != "unlimited":
        limits.hit(session.info["database"], Limit.of(row), principal.subject)
    one.columns, one.done = " ".join(column or "-" for column in columns), 0
    if kind.at_once:
        one.state = CHECKED
        keep_report(session, lists, one, kind.read(session, table, columns))
    else:
        # What an earlier try said of other columns is no report on these.
        one.state, one.report = TRYING, None


def keep_report(session: Session, lists: Lists, one: ListImportRow, lines: Sequence[Line]) -> None:
    """The report as ciphertext beside the file."""
    write_report(session, lists, one, [line.told() for line in lines])


def write_report(session: Session, lists: Lists, one: ListImportRow, told: Sequence[dict[str, Any]]) -> None:
    """The report's lines as they are told."""
    one.report = _sealed(session, lists, one, "report", orjson.dumps(told, default=str).decode())
    looked(session, *_told_of(told))


def keep_content(session: Session, lists: Lists, one: ListImportRow, text: str) -> None:
    """Put a text in the file's place."""
    one.content = _sealed(session, lists, one, "content", text)


def order(session: Session, one: ListImportRow, take: str) -> None:
    """Say which lines to register; the worker does it. Raises Refused where `all` was said of a list with mistakes.

    Whoever the chosen lines tell of is looked at, and nobody else.
    """
    _require(one, CHECKED, FAILED)
    lines = _report(session, one)
    wrong = sum(line["verdict"] == WRONG for line in lines)
    if take == "all" and wrong:
        raise Refused(
            "lines_are_wrong",
            f"Der er fejl i listen ({wrong}). Ret filen, eller vælg kun de gode linjer.",
            f"There are mistakes in the list ({wrong}). Correct the file, or choose the good lines only.",
        )
    chosen = [line for line in lines if line["verdict"] in TAKEN[take]]
    if not chosen:
        raise Refused("nothing_to_import", "Der er ingen linjer at registrere.", "There are no lines to register.")
    # Before they are looked at: whoever opened one after the other would close the first of them again, without end.
    _require_to_be_opened(len(units.of_others(session, one.who(), _told_of(chosen))))
    looked(session, *_told_of(chosen))
    one.state, one.take, one.done = ORDERED, take, 0
    one.expires_at = clock.now() + KEPT


def _require_to_be_opened(others: int) -> None:
    if others > units.MOST_OPEN:
        raise Refused(
            "too_many_of_other_units",
            f"{others} personer på listen hører til andre enheder. Du kan højst have {units.MOST_OPEN} af dem åbne ad "
            "gangen. Del filen i mindre lister, eller bed deres egen enhed om at hente dem ind.",
            f"{others} people on the list belong to other units. You can have {units.MOST_OPEN} of them open at a time "
            "at most. Split the file into smaller lists, or ask their own unit to bring them in.",
        )


def take_back(lists: Lists, one: ListImportRow) -> None:
    """What the list brought is to go again, line by line; the worker does it. Raises Refused."""
    if lists.kind(one).undo is None or one.state != DONE:
        raise Refused("not_to_undo", "Der er ikke noget at fortryde.", "There is nothing to undo.")
    one.state, one.done = RETURNING, 0
    one.expires_at = clock.now() + KEPT


def _require(one: ListImportRow, *states: str) -> None:
    if one.state not in states:
        raise Refused("import_ordered", "Listen er allerede sendt til registrering.", "The list is ordered already.")


def discard(session: Session, one: ListImportRow) -> None:
    """The file and all that was found of it are gone; one that was ordered and not done is registered no more."""
    session.delete(one)


def require_kind(lists: Lists, what: str) -> None:
    """Raises Invalid for a kind of list that the service has not."""
    if what not in lists.kinds:
        raise Invalid({"what": "Vælg, hvad der er på listen. / Choose what is on the list."})


def _sealed(session: Session, lists: Lists, one: ListImportRow, part: str, text: str) -> str:
    recipient = session.info["settings"].seal_public_keys[lists.service]
    return crypto.seal(text.encode(), recipient, context=f"list_import.{part}:{one.id}")


def _opened(session: Session, one: ListImportRow, part: str) -> str:
    keys = session.info["settings"].seal_private_keys
    return crypto.unseal(getattr(one, part), keys, context=f"list_import.{part}:{one.id}").decode()
