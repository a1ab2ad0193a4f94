"""What a service holds about a person, as the copy that the person can ask for (GDPR article 15).

The same words that decide what is erased (shared/retention.py) decide what is told. Left out is what says nothing of
the person: ids, which employee wrote it, what the house searches and judges by. What is encrypted or sealed at rest is
opened by the service that holds its key, while the copy is made and nowhere else.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
from flask import Response, render_template
from flask_babel import gettext as _
from sqlalchemy import ARRAY, Column, LargeBinary, RowMapping, String, Table, Uuid, select
from sqlalchemy.orm import Session

from shared import clock, erasure, frame, merges, pdf
from shared.auth import Principal
from shared.errors import NotFound
from shared.lookups import About
from shared.pages import Pages
from shared.retention import Holds, Keeps, Opener, declared

WORDS = Path(__file__).with_name("data") / "record_words.toml"
NOT_TOLD = {"technical", "log"}
HOUSE_ENDINGS = ("_secret", "_sealed", "_index", "_sort", "_policy", "_policies", "_id")
HOUSE_COLUMNS = {"id", "owner", "part", "people", "policies", "policy", "record", "sealed", "sound", "subject"}
EXPORT = About("identity", "citizen_id", "export", purpose="supervision")


@dataclass(frozen=True)
class Part:
    """A table's rows about the person, oldest first, each a column's name with what it holds."""

    table: str
    rows: tuple[Mapping[str, Any], ...]


def add_to(pages: Pages, home: str, service: str, keeps: Keeps) -> None:
    """The officer's two files, to read through and hand to the person."""

    @pages.get(f"{home}/kopi/<uuid:citizen_id>.json", roles=("data_protection_officer",), about=EXPORT)
    def copy_as_data(session: Session, _officer: Principal, citizen_id: UUID) -> Response:
        """For a program."""
        held = {part.table: part.rows for part in _required(session, keeps, citizen_id)}
        told = {"service": service, "citizen_id": citizen_id, "made_at": clock.now(), "tables": held}
        content = orjson.dumps(told, default=str, option=orjson.OPT_INDENT_2)
        return _file(content, "application/json", f"kopi-{service}.json")

    @pages.get(f"{home}/kopi/<uuid:citizen_id>.pdf", roles=("data_protection_officer",), about=EXPORT)
    def copy_on_paper(session: Session, _officer: Principal, citizen_id: UUID) -> Response:
        """For a person."""
        shown = {"parts": _required(session, keeps, citizen_id), "words": words, "said": said, "today": clock.today()}
        page = render_template("own_copy.html", language=frame.language(), service=service, **shown)
        return _file(pdf.render(page), "application/pdf", f"kopi-{service}.pdf")


def _required(session: Session, keeps: Keeps, citizen_id: UUID) -> list[Part]:
    found = list(parts(session, keeps, citizen_id))
    if not found:
        raise NotFound
    return found


def _file(content: bytes, kind: str, name: str) -> Response:
    return Response(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def parts(session: Session, keeps: Keeps, citizen_id: UUID) -> Iterator[Part]:
    """Each table that holds something about the person, by every id that they have had."""
    people, every = merges.all_ids(session, [citizen_id]), declared(keeps.base)
    for table, holds in reversed(erasure.tables(keeps.base)):
        columns, opens = told(table, holds), _opened_in(table, keeps)
        if holds.person and (columns or opens):
            more = [table.c.id, *opens] if opens else []
            wanted = select(*dict.fromkeys([*columns, *more])).where(erasure.theirs(table, every, people))
            rows = [_clear(session, row, columns, opens) for row in session.execute(wanted).mappings()]
            times = [column.name for column in columns if column.type.python_type in (date, datetime)]
            rows.sort(key=lambda row: [str(row[name] or "") for name in times])
            if rows:
                yield Part(str(table.name), tuple(rows))


def _opened_in(table: Table, keeps: Keeps) -> dict[Column[Any], tuple[str, Opener]]:
    return {column: how for column in table.columns if (how := keeps.opens.get(f"{table.name}.{column.name}"))}


def _clear(
    session: Session, row: RowMapping, columns: Sequence[Column[Any]],
    opens: Mapping[Column[Any], tuple[str, Opener]],
) -> dict[str, Any]:  # fmt: skip
    """A row as it is told; what was locked away stands under the name of what it is."""
    told: dict[str, Any] = {str(column.name): row[column.name] for column in columns if column not in opens}
    for column, (name, opened) in opens.items():
        try:
            told[name] = opened(session, row["id"], row[column.name]) if row[column.name] else None
        except KeyError:
            told[name] = _("kan ikke åbnes: nøglen er slettet")
    return told


def told(table: Table, holds: Holds) -> list[Column[Any]]:
    """The columns that tell of the person, in the table's own order."""
    names = {name for data, named in holds.classes().items() if data not in NOT_TOLD for name in named}
    return [column for column in table.columns if column.name in names and _of_the_person(column)]


def _of_the_person(column: Column[Any]) -> bool:
    inner = column.type.item_type if isinstance(column.type, ARRAY) else column.type
    house = column.name in HOUSE_COLUMNS or column.name.endswith(HOUSE_ENDINGS)
    # Somebody who did it, that is; a day by which is the person's own.
    house = house or (column.name.endswith("_by") and isinstance(column.type, String))
    return not house and not isinstance(inner, Uuid | LargeBinary)


@cache
def _danish() -> Mapping[str, Mapping[str, str]]:
    read: Mapping[str, Mapping[str, str]] = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    return read


def words(kind: str, name: str) -> str:
    """What a table ("tables") or a column ("columns") is called, in the reader's language."""
    plain: str = name.removesuffix("_code").replace("_", " ")
    return _danish()[kind].get(name, plain) if frame.language() == "da" else plain


def said(value: Any) -> str:
    """A value as people read it; empty where there is none."""
    if isinstance(value, bool):
        return str(_("ja") if value else _("nej"))
    if isinstance(value, datetime):
        return f"{frame.day(value)} {frame.time_of_day(value)}"
    if isinstance(value, date):
        return frame.day(value)
    if isinstance(value, list):
        return ", ".join(filter(None, map(said, value)))
    if isinstance(value, dict):
        return ", ".join(f"{words('columns', str(name))}: {text}" for name, one in value.items() if (text := said(one)))
    return "" if value is None else str(value).replace("_", " ")
