"""Lists of persons by program: a dry run first, then the chosen lines or nothing."""

from typing import Any
from uuid import UUID

from flask import request
from sqlalchemy.orm import Session

from services.intake.api.desk import blueprint, doors
from services.intake.models import PersonImport
from services.intake.rules import imports as reading
from services.intake.schemas.imports import ImportAnswer, ImportCommit, NewImport
from services.intake.use_cases import imports
from shared.auth import Principal
from shared.lookups import About

WHO = ("front_desk", "adviser")
READ = About("identity", how="list", purpose="visitation")
CHANGE = About("identity", how="change", purpose="visitation")
MOST_BODY_BYTES = 2 * reading.MOST_BYTES


def room_for_a_list() -> None:
    """A list may be larger than other bodies."""
    if request.path.endswith("/imports"):
        request.max_content_length = MOST_BODY_BYTES


blueprint.before_request(room_for_a_list)


def _answer(session: Session, one: PersonImport) -> dict[str, Any]:
    told = ("id", "state", "done", "total", "expires_at")
    return {
        **{name: getattr(one, name) for name in told},
        "columns": imports.columns_of(one),
        "lines": imports.report_of(session, one),
    }


@doors.post("/imports", roles=WHO, about=About("identity", how="search", purpose="visitation"), body=NewImport,
            answer=ImportAnswer)  # fmt: skip
def read_list(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """Read a list of persons and tell line by line what would happen.

    Nothing is registered. The list is kept for an hour as ciphertext.
    """
    one = imports.read_file(session, principal, body["content"].encode())
    imports.check(session, principal, one, body.get("columns") or imports.columns_of(one))
    return _answer(session, one)


@doors.get("/imports/<uuid:import_id>", roles=WHO, about=READ, answer=ImportAnswer)
def read_import(session: Session, principal: Principal, import_id: UUID) -> Any:
    """Where one's own import stands, and its report."""
    return _answer(session, imports.own(session, principal, import_id))


@doors.post("/imports/<uuid:import_id>/commit", roles=WHO, about=CHANGE, body=ImportCommit, answer=ImportAnswer,
            status=202)  # fmt: skip
def commit_import(session: Session, principal: Principal, import_id: UUID, body: dict[str, Any]) -> Any:
    """Register the chosen lines, all of them or none; the state says when it is done."""
    one = imports.own(session, principal, import_id, lock=True)
    imports.order(session, one, body["take"])
    return _answer(session, one)
