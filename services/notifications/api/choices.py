"""The JSON doors to what people choose about messages, and one click in a mail program that declines a kind."""

from typing import Any
from uuid import UUID

from flask import Response, current_app, redirect, request
from sqlalchemy.orm import Session

from services.notifications.api import blueprint, doors
from services.notifications.rules.table import OPTIONAL
from services.notifications.schemas import ChoicesForm
from services.notifications.use_cases import choices
from shared import clock, links
from shared.auth import Principal
from shared.config import Settings
from shared.database import Database
from shared.doors import WHY, problem_documentation
from shared.errors import Unauthenticated
from shared.lookups import NOBODY, About

PARAMETERS = [
    {"in": "query", "name": "kode", "schema": {"type": "string", "maxLength": 200}, "required": True},
    {"in": "query", "name": "emne", "schema": {"type": "string", "enum": list(OPTIONAL)}, "required": False},
]
MINE, CHANGE = About("contact", purpose="own_access"), About("contact", how="change", purpose="own_access")


@doors.get("/own-choices", roles=("citizen",), about=MINE, answer=ChoicesForm)
def read_own_choices(session: Session, principal: Principal) -> Any:
    """By which channel I hear of what, and of what not at all."""
    return choices.as_form(choices.of(session, principal.citizen_id).choices)


@doors.post("/own-choices", status=200, roles=("citizen",), about=CHANGE, body=ChoicesForm, answer=ChoicesForm)
def write_own_choices(session: Session, principal: Principal, body: dict[str, str]) -> Any:
    """Kept from now on."""
    choices.choose(session, principal.citizen_id, choices.from_form(body))
    return body


@blueprint.route("/no-reminders", methods=["POST"])
@blueprint.doc(
    operationId="decline_by_one_click", summary="No more of this kind (RFC 8058)", security=[],
    description="The address in a mail's List-Unsubscribe: a mail program asks it for its reader, once or many times.",
    parameters=PARAMETERS,
    responses={"204": {"description": "Declined"}, "401": problem_documentation(WHY[401])},
)  # fmt: skip
def decline_by_one_click() -> Response:
    database: Database = current_app.extensions["database"]
    person = _who()
    topics = choices.named(_topic())
    database.run(lambda session: choices.decline(session, person, topics, declined=True), actor="one_click")
    return Response(status=204)


@blueprint.route("/no-reminders", methods=["GET"])
@blueprint.doc(
    operationId="ask_about_reminders", summary="The page that asks", security=[],
    description="For a reader who opens the address themselves: nothing is declined by looking.",
    parameters=PARAMETERS,
    responses={"303": {"description": "There"}, "401": problem_documentation(WHY[401])},
)  # fmt: skip
def ask_about_reminders() -> Response:
    settings: Settings = current_app.extensions["settings"]
    _who()
    page = f"{settings.public_url}{links.NO_REMINDERS_PATH}?kode={request.args['kode']}&emne={_topic()}"
    there: Any = redirect(page, 303)
    answer: Response = there
    return answer


def _topic() -> str:
    told = request.args.get("emne", "")
    return told if told in OPTIONAL else ""


def _who() -> UUID:
    settings: Settings = current_app.extensions["settings"]
    person = links.read(settings, links.NO_REMINDERS, request.args.get("kode", ""), clock.now())
    if person is None:
        raise Unauthenticated
    return person


for _door in (decline_by_one_click, ask_about_reminders):
    # No role opens them: the signed code does.
    _door.allowed_roles, _door.about = (), NOBODY
