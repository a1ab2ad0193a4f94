"""Lists on screen: upload, say what the columns are, see what would happen, then all that was chosen or nothing."""

from io import BytesIO
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.formparser import FormDataParser

from shared.auth import Principal
from shared.errors import Invalid
from shared.lists import keeping, reading, shown
from shared.lists.kinds import WRONG, Lists
from shared.lists.schemas import ColumnsForm, ImportCommit, ReportQuery, UploadForm
from shared.lookups import NOBODY, About
from shared.pages import Page, Pages, See

# Beyond the file's own limit, so that whoever is a little over it is told so by the form.
MOST_UPLOAD_BYTES = 4 * reading.MOST_BYTES


class InMemory(FormDataParser):
    """Files are not put on the disk while they are read, as CPR numbers may be in them."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.stream_factory = lambda *_, **__: BytesIO()


def add_to(pages: Pages, blueprint: Blueprint, lists: Lists) -> None:
    """The service's pages for its lists, under `lists.home`."""
    form, roles = lists.home, lists.roles

    @blueprint.before_request
    def room_for_a_file() -> None:
        """A list may be larger than a form."""
        if request.path == form:
            request.max_content_length, request.form_data_parser_class = MOST_UPLOAD_BYTES, InMemory

    def upload_form(_session: Session, _principal: Principal, typed: Any = None) -> Page:
        return Page("lists/new.html", shown.kinds(lists, (typed or request.args).get("what")))

    @pages.get(form, roles=roles, about=NOBODY)
    def import_form(session: Session, principal: Principal) -> Page:
        """Choose a file."""
        return upload_form(session, principal)

    @pages.post(form, roles=roles, about=NOBODY, body=UploadForm, again=upload_form)
    def upload_import(session: Session, principal: Principal, body: dict[str, Any]) -> See:
        """The file is read and kept as ciphertext; nothing is registered."""
        what, sent = body.get("what") or next(iter(lists.kinds)), request.files.get("file")
        keeping.require_kind(lists, what)
        if sent is None or not sent.filename:
            raise Invalid({"file": "Vælg en fil. / Choose a file."})
        one = keeping.read_file(session, lists, principal, what, sent.read())
        return See(f"{form}/{one.id}")

    _reading(pages, lists)
    _acts(pages, lists)


def _shown(
    session: Session, lists: Lists, principal: Principal, import_id: UUID, typed: Any = None, **query: Any
) -> Page:
    one = keeping.own(session, lists, principal, import_id)
    if one.state == keeping.READ or query.get("columns"):
        return Page("lists/columns.html", shown.columns(session, lists, one, typed))
    if one.state in keeping.AT_WORK:
        return Page("lists/ordered.html", shown.context(lists, one))
    return Page("lists/report.html", shown.report(session, lists, one, **query))


def _reading(pages: Pages, lists: Lists) -> None:
    """Where a list stands, how far the work is, and the files."""
    at, roles = f"{lists.home}/<uuid:import_id>", lists.roles
    export = About(lists.data, how="export", purpose=lists.purpose)

    @pages.get(at, roles=roles, about=About(lists.data, how="list", purpose=lists.purpose), query=ReportQuery)
    def show_import(session: Session, principal: Principal, import_id: UUID, query: dict[str, Any]) -> Page:
        """Where the list stands: its columns, the dry run's report, the work, or what came of it."""
        return _shown(session, lists, principal, import_id, **query)

    @pages.get(f"{at}/kort", roles=roles, about=NOBODY, fragment=True)
    def import_progress(session: Session, principal: Principal, import_id: UUID) -> Page:
        """How far the work is."""
        one = keeping.own(session, lists, principal, import_id)
        return Page("lists/_progress.html", shown.context(lists, one))

    @pages.get(f"{at}/linjer.csv", roles=roles, about=export)
    def import_lines(session: Session, principal: Principal, import_id: UUID) -> Response:
        """The lines that are wrong, or were left out, as they came, to be corrected and brought in again."""
        one = keeping.own(session, lists, principal, import_id)
        table, told = keeping.table_of(session, one), keeping.report_of(session, one)
        # When the lines are registered, what is left of the file is what was left out.
        over = one.state in (keeping.DONE, keeping.RETURNED)
        wrong = {line["line"] for line in told if line["verdict"] == WRONG}
        wanted = [cells for number, cells in table.lines if over or number in wrong]
        return _file(reading.lines_as_csv(table.headings, wanted), "linjer-med-fejl.csv")

    @pages.get(f"{at}/rapport.csv", roles=roles, about=export)
    def import_report(session: Session, principal: Principal, import_id: UUID) -> Response:
        """Line by line what would happen or what came of it, with the number that each thing has here."""
        one = keeping.own(session, lists, principal, import_id)
        return _file(shown.report_as_csv(session, lists, one), "rapport.csv")


def _file(content: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content.encode("utf-8-sig"), headers=headers, content_type="text/csv; charset=utf-8")


def _acts(pages: Pages, lists: Lists) -> None:
    """What may be done with a list."""
    at, roles = f"{lists.home}/<uuid:import_id>", lists.roles
    search = About(lists.data, how="search", purpose=lists.purpose)

    @pages.get(f"{at}/kolonner", roles=roles, about=NOBODY)
    def import_columns_form(session: Session, principal: Principal, import_id: UUID) -> Page | See:
        """The columns again, while nothing is ordered."""
        one = keeping.own(session, lists, principal, import_id)
        if one.state not in (keeping.READ, keeping.CHECKED, keeping.FAILED):
            return See(f"{lists.home}/{one.id}")
        return _shown(session, lists, principal, import_id, columns=True)

    def columns_again(session: Session, principal: Principal, import_id: UUID, typed: Any) -> Page:
        return _shown(session, lists, principal, import_id, typed, columns=True)

    @pages.post(f"{at}/kolonner", roles=roles, about=search, body=ColumnsForm, again=columns_again)
    def check_import(session: Session, principal: Principal, import_id: UUID, body: dict[str, Any]) -> See:
        """The dry run."""
        one = keeping.own(session, lists, principal, import_id, lock=True)
        keeping.check(session, lists, principal, one, body["columns"])
        return See(f"{lists.home}/{one.id}")

    @pages.post(f"{at}/slet", roles=roles, about=NOBODY)
    def discard_import(session: Session, principal: Principal, import_id: UUID) -> See:
        """The file goes now instead of within the hour."""
        one = keeping.own(session, lists, principal, import_id, lock=True)
        state = one.state
        keeping.discard(session, one)
        if state == keeping.RETURNED:
            return See(lists.home, _("Filen er slettet."))
        stand = state in (keeping.DONE, keeping.RETURNING)
        after = _("Linjerne er registreret.") if stand else _("Intet er registreret.")
        return See(lists.home, _("Filen er slettet.") + " " + after)

    _orders(pages, lists)


def _orders(pages: Pages, lists: Lists) -> None:
    """What the worker is asked to do."""
    at, roles = f"{lists.home}/<uuid:import_id>", lists.roles
    change = About(lists.data, how="change", purpose=lists.purpose)

    def report_again(session: Session, principal: Principal, import_id: UUID, typed: Any) -> Page:  # noqa: ARG001  the frame shows it
        return _shown(session, lists, principal, import_id)

    @pages.post(f"{at}/registrer", roles=roles, about=change, body=ImportCommit, again=report_again, shows="list")
    def order_import(session: Session, principal: Principal, import_id: UUID, body: dict[str, Any]) -> See:
        """The worker registers what was chosen, all of it or nothing."""
        one = keeping.own(session, lists, principal, import_id, lock=True)
        keeping.order(session, one, body["take"])
        return See(f"{lists.home}/{one.id}")

    @pages.post(f"{at}/tilbage", roles=roles, about=change, again=report_again, shows="list")
    def return_import(session: Session, principal: Principal, import_id: UUID) -> See:
        """What the list brought goes again, as far as nothing has been built upon it."""
        one = keeping.own(session, lists, principal, import_id, lock=True)
        keeping.take_back(lists, one)
        return See(f"{lists.home}/{one.id}")
