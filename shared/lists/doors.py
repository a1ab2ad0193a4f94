"""Lists by program: a dry run first, then the chosen lines or nothing, and back again where that can be."""

from typing import Any
from uuid import UUID

from flask import request
from flask_smorest import Blueprint
from sqlalchemy.orm import Session

from shared.auth import Principal
from shared.doors import Doors
from shared.lists import keeping, reading
from shared.lists.kinds import Lists
from shared.lists.models import ListImportRow
from shared.lists.schemas import ImportAnswer, ImportCommit, NewImport
from shared.lookups import About

MOST_BODY_BYTES = 2 * reading.MOST_BYTES


def add_to(doors: Doors, blueprint: Blueprint, lists: Lists) -> None:
    """The service's four doors for its lists."""

    blueprint.before_request(_room_for_a_list)
    how: dict[str, Any] = {"roles": lists.roles, "answer": ImportAnswer}
    change = About(lists.data, how="change", purpose=lists.purpose)

    @doors.post("/imports", about=About(lists.data, how="search", purpose=lists.purpose), body=NewImport, **how)
    def read_list(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
        """Read a list and tell line by line what would happen.

        Nothing is registered. The list is kept for an hour as ciphertext. While its state is `trying` the lines are
        not told yet: ask again.
        """
        what = body.get("what") or next(iter(lists.kinds))
        keeping.require_kind(lists, what)
        one = keeping.read_file(session, lists, principal, what, body["content"].encode())
        keeping.check(session, lists, principal, one, body.get("columns") or keeping.columns_of(one))
        return _answer(session, one)

    @doors.get("/imports/<uuid:import_id>", about=About(lists.data, how="list", purpose=lists.purpose), **how)
    def read_import(session: Session, principal: Principal, import_id: UUID) -> Any:
        """Where one's own import stands, and its report."""
        return _answer(session, keeping.own(session, lists, principal, import_id))

    @doors.post("/imports/<uuid:import_id>/commit", about=change, body=ImportCommit, status=202, **how)
    def commit_import(session: Session, principal: Principal, import_id: UUID, body: dict[str, Any]) -> Any:
        """Register the chosen lines, all of them or none; the state says when it is done."""
        one = keeping.own(session, lists, principal, import_id, lock=True)
        keeping.order(session, one, body["take"])
        return _answer(session, one)

    @doors.post("/imports/<uuid:import_id>/return", about=change, status=202, **how)
    def return_import(session: Session, principal: Principal, import_id: UUID) -> Any:
        """Take back what the list brought, while it is kept and as far as nothing has been built upon it."""
        one = keeping.own(session, lists, principal, import_id, lock=True)
        keeping.take_back(lists, one)
        return _answer(session, one)


def _room_for_a_list() -> None:
    """A list may be larger than other bodies."""
    if request.path.endswith("/imports"):
        request.max_content_length = MOST_BODY_BYTES


def _answer(session: Session, one: ListImportRow) -> dict[str, Any]:
    told = ("id", "what", "state", "done", "total", "expires_at")
    names = ("line", "verdict", "taken", "problems", "changes", "citizen_id", "known_id")
    return {
        **{name: getattr(one, name) for name in told},
        "columns": keeping.columns_of(one),
        "lines": [{name: line[name] for name in names} for line in keeping.report_of(session, one)],
    }
