"""What the pages of lists show, and the report as a file."""

import re
from collections import Counter
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from shared import frame
from shared.events.codes import Words
from shared.lists import keeping, reading
from shared.lists.kinds import KNOWN, NEAR, NEW, WRONG, Kind, Lists
from shared.lists.models import ListImportRow
from shared.lists.schemas import TAKES
from shared.sheets import plain

PREVIEW, AT_ONCE = 5, 100
LINE = Words("linjen", "the line")
VERDICT = {
    NEW: (Words("Ny", "New"), "success"),
    KNOWN: (Words("Kendt", "Known"), "info"),
    NEAR: (Words("", ""), "warning"),
    WRONG: (Words("Fejl", "Wrong"), "error"),
}
Context = dict[str, Any]


def kinds(lists: Lists, what: str | None) -> Context:
    """The kinds of lists to choose from, each with its columns."""
    chosen = what if what in lists.kinds else next(iter(lists.kinds))
    told = [
        {
            "key": key, "words": frame.chosen(kind.words), "told": frame.chosen(kind.told),
            "columns": [(frame.chosen(column.words), _must(kind, name)) for name, column in kind.columns.items()],
        }
        for key, kind in lists.kinds.items()
    ]  # fmt: skip
    return {"kinds": told, "what": chosen, "home": lists.home, "most_rows": reading.MOST_ROWS}


def _must(kind: Kind, name: str) -> bool:
    return any(name in ways[0] for ways in kind.needs)


def context(lists: Lists, one: ListImportRow) -> Context:
    """What every page of a list says of it."""
    kind = lists.kind(one)
    near = frame.chosen(kind.near)
    return {
        "one": one, "at": f"{lists.home}/{one.id}", "home": lists.home, "takes": TAKES, "near": near,
        "what": frame.chosen(kind.words), "to_undo": kind.undo is not None,
        "crumbs": [(_("Hent lister ind"), lists.home), (_("Listen"), None)],
    }  # fmt: skip


def columns(session: Session, lists: Lists, one: ListImportRow, typed: Any) -> Context:
    """The file's columns, each with its first cells and what it is taken for."""
    table, kind = keeping.table_of(session, one), lists.kind(one)
    chosen = typed.getlist("columns") if typed else [column or "-" for column in keeping.columns_of(one)]
    samples = [[_masked(cells[at]) if at < len(cells) else "" for _number, cells in table.lines[:PREVIEW]]
               for at in range(len(table.headings))]  # fmt: skip
    return context(lists, one) | {
        "file_columns": list(zip(table.headings, samples, chosen, strict=False)),
        "choices_of_column": [("-", _("Bruges ikke"))]
        + [(name, frame.chosen(column.words)) for name, column in kind.columns.items()],
    }


def _masked(cell: str) -> str:
    """The last four of a CPR number are not shown."""
    return re.sub(r"(?<![0-9])([0-9]{5,6})[\s-]?[0-9]{4}(?![0-9])", r"\1-xxxx", cell)


def report(session: Session, lists: Lists, one: ListImportRow, vis: str = "", fra: int = 0) -> Context:
    """A hundred of the report's lines, and how many there are of each sort."""
    kind, lines = lists.kind(one), keeping.report_of(session, one)
    counts = Counter(line["verdict"] for line in lines)
    counts["left_out"] = sum(line["taken"] is False for line in lines)
    found = [line for line in lines if vis in ("", line["verdict"]) or (vis == "left_out" and line["taken"] is False)]
    told = context(lists, one)
    here, some = f"{told['at']}?vis={vis}", found[fra : fra + AT_ONCE]
    return told | {
        "counts": counts, "vis": vis, "count": len(found), "first": fra, "left": one.content is not None,
        "heads": [frame.chosen(words) for words in kind.shown],
        "lines": [line | {"said": _said(kind, line), "tag": _tag(kind, line), "href": _href(kind, line)}
                  for line in some],
        "next_href": f"{here}&fra={fra + AT_ONCE}" if len(found) > fra + AT_ONCE else None,
        "previous_href": f"{here}&fra={max(0, fra - AT_ONCE)}" if fra else None,
        "last": min(fra + AT_ONCE, len(found)),
    }  # fmt: skip


def _href(kind: Kind, line: dict[str, Any]) -> str | None:
    known = line["citizen_id"] if kind.page.startswith("/borger/") else line["known_id"]
    return kind.page.format(known) if known and kind.page and line["taken"] is not False else None


def _tag(kind: Kind, line: dict[str, Any]) -> tuple[str, str]:
    said, sort = VERDICT[line["verdict"]]
    return frame.chosen(kind.near if line["verdict"] == NEAR else said), sort


def _short(kind: Kind, name: str) -> str:
    found = kind.columns.get(name)
    return frame.chosen(found.words if found else LINE).split(" (")[0]


def _said(kind: Kind, line: dict[str, Any]) -> list[str]:
    """What is wrong or to look at, or what would be changed, in words."""
    index = frame.LANGUAGES.index(frame.language())
    told = [
        f"{label[0].upper()}{label[1:]}: {(message.split(' / ', 1) * 2)[index]}"
        for name, message in line["problems"].items()
        if (label := _short(kind, name))
    ]
    changed = [_short(kind, name) for name in line["changes"]]
    if changed:
        told.append(_("Ændres: %(what)s", what=", ".join(changed)))
    return told or ([_("Intet ændres")] if line["verdict"] == KNOWN else [])


def report_as_csv(session: Session, lists: Lists, one: ListImportRow) -> str:
    """Every line with what it came to, and the number that it has in the house."""
    kind, over = lists.kind(one), one.state in (keeping.DONE, keeping.RETURNED)
    heads = [
        _("Linje"), *(frame.chosen(words) for words in kind.shown), _("Blev til") if over else _("Vil blive"),
        _("Bemærk"), _("Borgerens nummer"), _("Nummer her"),
    ]  # fmt: skip
    rows = [
        [
            str(line["line"]), *line["shown"], _("Udeladt") if line["taken"] is False else _tag(kind, line)[0],
            " ".join(_said(kind, line)), line["citizen_id"] or "", line["known_id"] or "",
        ]
        for line in keeping.report_of(session, one)
    ]  # fmt: skip
    return reading.lines_as_csv(heads, [[plain(cell) for cell in row] for row in rows])
