"""Lists of persons: upload, say what the columns are, see what would happen, then all that was chosen or nothing."""

import re
from collections import Counter
from datetime import date
from io import BytesIO
from typing import Any
from uuid import UUID

from flask import Response, request
from flask_babel import gettext as _
from marshmallow import post_load
from sqlalchemy.orm import Session
from werkzeug.formparser import FormDataParser

from services.intake.models import PersonImport
from services.intake.pages import blueprint, pages, words
from services.intake.rules import imports as reading
from services.intake.schemas.imports import TAKES, VERDICTS, ImportCommit
from services.intake.use_cases import import_job, imports
from shared import frame
from shared.auth import Principal
from shared.errors import Invalid
from shared.events.codes import Words
from shared.fields import Body, Code, Count, list_of
from shared.lookups import NOBODY, About
from shared.pages import Page, See

WHO = ("front_desk", "adviser")
FORM = "/skranken/import"
READ = About("identity", how="list", purpose="visitation")
CHANGE = About("identity", how="change", purpose="visitation")
EXPORT = About("identity", how="export", purpose="visitation")
# Beyond the file's own limit, so that whoever is a little over it is told so by the form.
MOST_UPLOAD_BYTES = 4 * reading.MOST_BYTES
PREVIEW, AT_ONCE = 5, 100
COLUMN = {
    "cpr": Words("CPR-nummer", "CPR number"),
    "name": Words("navn", "name"),
    "first_name": Words("fornavn", "first name"),
    "last_name": Words("efternavn", "last name"),
    "phone": Words("telefon", "telephone"),
    "email": Words("e-mail", "e-mail"),
    "postal_code": Words("postnummer", "postal code"),
    "municipality_code": Words("kommunekode", "municipality code"),
    "language": Words("sprog", "language"),
    "interpreter": Words("tolk (ja/nej)", "interpreter (yes/no)"),
    "digital_post_exempt": Words("fritaget for Digital Post (ja/nej)", "exempt from Digital Post (yes/no)"),
    "protected": Words("beskyttet navn og adresse (ja/nej)", "protected name and address (yes/no)"),
    "came": Words("er kommet i dag (ja/nej)", "came today (yes/no)"),
    "applied_for": Words("søger om", "applies for"),
    "qualifying_education": Words("erhvervskompetencegivende uddannelse (ja/nej)", "qualifying education (yes/no)"),
    "guidance_written": Words("skriftlig vejledning er givet (ja/nej)", "written guidance was given (yes/no)"),
    "line": Words("linjen", "the line"),
}
VERDICT = {
    "new": (Words("Ny", "New"), "success"),
    "known": (Words("Kendt", "Known"), "info"),
    "near": (Words("Ligner en anden", "Looks like another"), "warning"),
    "wrong": (Words("Fejl", "Wrong"), "error"),
}


class ColumnsForm(Body):
    """What each column is, in the file's order."""

    columns = list_of(Code("-", *reading.COLUMNS), reading.MOST_COLUMNS, required=True)

    @post_load
    def without_a_dash(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """A column that is not used has no name."""
        return {"columns": ["" if column == "-" else column for column in data["columns"]]}


class ReportQuery(Body):
    """Which lines of the report, and from which on."""

    vis = Code("", *VERDICTS, "left_out", load_default="")
    fra = Count(0, reading.MOST_ROWS, load_default=0)


class InMemory(FormDataParser):
    """Files are not put on the disk while they are read, as CPR numbers are in them."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.stream_factory = lambda *_, **__: BytesIO()


@blueprint.before_request
def room_for_a_file() -> None:
    """A list may be larger than a form."""
    if request.path == FORM:
        request.max_content_length, request.form_data_parser_class = MOST_UPLOAD_BYTES, InMemory


def crumbs(*after: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    """The way here from the desk."""
    return [(_("Skranken"), "/skranken"), (_("Hent liste ind"), FORM if after else None), *after]


def _form(_session: Session, _principal: Principal, typed: Any = None) -> Page:  # noqa: ARG001  a file is not shown again
    named = [frame.chosen(COLUMN[column]) for column in reading.COLUMNS]
    return Page("intake/import_new.html", {"columns": named, "most_rows": reading.MOST_ROWS, "crumbs": crumbs()})


@pages.get(FORM, roles=WHO, about=NOBODY)
def import_form(session: Session, principal: Principal) -> Page:
    """Choose a file."""
    return _form(session, principal)


@pages.post(FORM, roles=WHO, about=NOBODY, again=_form)
def upload_import(session: Session, principal: Principal) -> See:
    """The file is read and kept as ciphertext; nothing is registered."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise Invalid({"file": "Vælg en fil. / Choose a file."})
    return See(_at(imports.read_file(session, principal, sent.read())))


def _at(one: PersonImport) -> str:
    return f"{FORM}/{one.id}"


def _shown(session: Session, principal: Principal, import_id: UUID, typed: Any = None, **query: Any) -> Page:
    one = imports.own(session, principal, import_id)
    context = {"one": one, "at": _at(one), "crumbs": crumbs((_("Listen"), None)), "takes": TAKES}
    if one.state == imports.READ or query.get("columns"):
        return Page("intake/import_columns.html", context | _columns(session, one, typed))
    if one.state == imports.ORDERED:
        return Page("intake/import_ordered.html", context)
    return Page("intake/import_report.html", context | _report(session, one, **query))


def _columns(session: Session, one: PersonImport, typed: Any) -> dict[str, Any]:
    table = imports.table_of(session, one)
    chosen = typed.getlist("columns") if typed else [column or "-" for column in imports.columns_of(one)]
    samples = [[_masked(cells[at]) if at < len(cells) else "" for _number, cells in table.lines[:PREVIEW]]
               for at in range(len(table.headings))]  # fmt: skip
    return {
        "file_columns": list(zip(table.headings, samples, chosen, strict=False)),
        "choices_of_column": [("-", _("Bruges ikke"))]
        + [(column, frame.chosen(COLUMN[column])) for column in reading.COLUMNS],
    }


def _masked(cell: str) -> str:
    """The last four of a CPR number are not shown."""
    return re.sub(r"(?<![0-9])([0-9]{5,6})[\s-]?[0-9]{4}(?![0-9])", r"\1-xxxx", cell)


def _report(session: Session, one: PersonImport, vis: str = "", fra: int = 0) -> dict[str, Any]:
    lines = imports.report_of(session, one)
    counts = Counter(line["verdict"] for line in lines)
    counts["left_out"] = sum(line["taken"] is False for line in lines)
    found = [line for line in lines if vis in ("", line["verdict"]) or (vis == "left_out" and line["taken"] is False)]
    here, shown = f"{_at(one)}?vis={vis}", found[fra : fra + AT_ONCE]
    return {
        "counts": counts, "vis": vis, "count": len(found), "first": fra,
        "lines": [line | {"said": _said(line), "tag": _tag(line), "cpr": _born(line)} for line in shown],
        "next_href": f"{here}&fra={fra + AT_ONCE}" if len(found) > fra + AT_ONCE else None,
        "previous_href": f"{here}&fra={max(0, fra - AT_ONCE)}" if fra else None,
        "last": min(fra + AT_ONCE, len(found)),
    }  # fmt: skip


def _born(line: dict[str, Any]) -> str:
    return words.masked_cpr(date.fromisoformat(line["born"])) if line["born"] else ""


def _tag(line: dict[str, Any]) -> tuple[str, str]:
    said, kind = VERDICT[line["verdict"]]
    return frame.chosen(said), kind


def _short(name: str) -> str:
    return frame.chosen(COLUMN.get(name, COLUMN["line"])).split(" (")[0]


def _said(line: dict[str, Any]) -> list[str]:
    """What is wrong or to look at, or what would be changed, in words."""
    index = frame.LANGUAGES.index(frame.language())
    told = [
        f"{label[0].upper()}{label[1:]}: {(message.split(' / ', 1) * 2)[index]}"
        for name, message in line["problems"].items()
        if (label := _short(name))
    ]
    changed = [_short(name) for name in line["changes"]]
    if changed:
        told.append(_("Ændres: %(what)s", what=", ".join(changed)))
    return told or ([_("Intet ændres")] if line["verdict"] == "known" else [])


@pages.get(f"{FORM}/<uuid:import_id>", roles=WHO, about=READ, query=ReportQuery)
def show_import(session: Session, principal: Principal, import_id: UUID, query: dict[str, Any]) -> Page:
    """Where the list stands: its columns, the dry run's report, the work, or what came of it."""
    return _shown(session, principal, import_id, **query)


@pages.get(f"{FORM}/<uuid:import_id>/kolonner", roles=WHO, about=NOBODY)
def import_columns_form(session: Session, principal: Principal, import_id: UUID) -> Page | See:
    """The columns again, while nothing is ordered."""
    one = imports.own(session, principal, import_id)
    if one.state in (imports.ORDERED, imports.DONE):
        return See(_at(one))
    return _shown(session, principal, import_id, columns=True)


def _columns_again(session: Session, principal: Principal, import_id: UUID, typed: Any) -> Page:
    return _shown(session, principal, import_id, typed, columns=True)


@pages.post(
    f"{FORM}/<uuid:import_id>/kolonner",
    roles=WHO,
    about=About("identity", how="search", purpose="visitation"),
    body=ColumnsForm,
    again=_columns_again,
)
def check_import(session: Session, principal: Principal, import_id: UUID, body: dict[str, Any]) -> See:
    """The dry run."""
    one = imports.own(session, principal, import_id, lock=True)
    imports.check(session, principal, one, body["columns"])
    return See(_at(one))


def _report_again(session: Session, principal: Principal, import_id: UUID, typed: Any) -> Page:  # noqa: ARG001  the frame shows it
    return _shown(session, principal, import_id)


@pages.post(
    f"{FORM}/<uuid:import_id>/registrer", roles=WHO, about=CHANGE, body=ImportCommit, again=_report_again, shows="list"
)
def order_import(session: Session, principal: Principal, import_id: UUID, body: dict[str, Any]) -> See:
    """The worker registers what was chosen, all of it or nothing."""
    one = imports.own(session, principal, import_id, lock=True)
    imports.order(session, one, body["take"])
    return See(_at(one))


@pages.post(f"{FORM}/<uuid:import_id>/slet", roles=WHO, about=NOBODY)
def discard_import(session: Session, principal: Principal, import_id: UUID) -> See:
    """The file goes now instead of within the hour."""
    one = imports.own(session, principal, import_id, lock=True)
    done = one.state == imports.DONE
    imports.discard(session, one)
    after = _("Personerne er registreret.") if done else _("Intet er registreret.")
    return See(FORM, _("Filen er slettet.") + " " + after)


@pages.get(f"{FORM}/<uuid:import_id>/kort", roles=WHO, about=NOBODY, fragment=True)
def import_progress(session: Session, principal: Principal, import_id: UUID) -> Page:
    """How far the work is."""
    one = imports.own(session, principal, import_id)
    return Page("intake/_import_progress.html", {"one": one, "at": _at(one)})


@pages.get(f"{FORM}/<uuid:import_id>/linjer.csv", roles=WHO, about=EXPORT)
def import_lines(session: Session, principal: Principal, import_id: UUID) -> Response:
    """The lines that are wrong, or were left out, as they came, to be corrected and brought in again."""
    one = imports.own(session, principal, import_id)
    table = imports.table_of(session, one)
    report = imports.report_of(session, one)
    # When the persons are registered, what is left of the file is what was left out.
    if one.state == imports.DONE:
        wanted = [number for number, _cells in table.lines]
    else:
        wanted = [line["line"] for line in report if line["verdict"] == imports.WRONG]
    content = import_job.lines_as_csv(table, wanted)
    headers = {"Content-Disposition": 'attachment; filename="linjer-med-fejl.csv"'}
    return Response(content.encode("utf-8-sig"), headers=headers, content_type="text/csv; charset=utf-8")
