"""The JSON doors of notifications."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Response, current_app, request
from flask_smorest import Blueprint
from sqlalchemy.orm import Session

from services.notifications import queries, schemas
from services.notifications.queries import operations, rulebook
from services.notifications.use_cases import gateways, messages, pauses, receipts, reminders, retries
from services.notifications.use_cases.gateways import SmsReceipt
from shared.auth import STAFF, Principal
from shared.config import Settings
from shared.database import Database
from shared.doors import WHY, Doors, problem_documentation
from shared.errors import Unauthenticated
from shared.lookups import NOBODY, about_each
from shared.paging import PageQuery
from shared.suppliers import CPSMS, GATEWAYAPI, LINK, SmsAccount

blueprint = Blueprint("notifications", __name__, description="Letters and how they got there")
doors = Doors(blueprint)
MESSAGE, MESSAGES, MESSAGE_CHANGE = about_each("message", purpose="letters")


@doors.get("/messages", roles=(*STAFF, "ops"), about=MESSAGES, query=schemas.MessageQuery, answer=schemas.MessagePage)
def list_messages(session: Session, _principal: Principal, query: dict[str, Any]) -> Any:
    """Messages and how far they got; no address, no words."""
    return queries.messages(session, **query)


@doors.get("/message-rules", roles=(*STAFF, "ops"), about=NOBODY, answer=schemas.RulesAnswer)
def list_rules(_session: Session, _principal: Principal) -> Any:
    """Who hears what, when and by which channel."""
    return {"items": rulebook.message_rules()}


@doors.get("/channels", roles=("ops",), about=NOBODY, answer=schemas.ChannelsAnswer)
def list_channels(session: Session, _principal: Principal) -> Any:
    """What waits on each channel, how long, and what fails."""
    return {"items": operations.channels(session)}


@doors.post("/channels/pause", status=200, roles=("ops",), about=NOBODY, body=schemas.ChannelForm,
            answer=schemas.ChannelsAnswer)  # fmt: skip
def pause_channel(session: Session, _principal: Principal, body: dict[str, str]) -> Any:
    """Nothing leaves by this channel until it is let go on."""
    pauses.pause(session, body["channel"])
    return {"items": operations.channels(session)}


@doors.post("/channels/resume", status=200, roles=("ops",), about=NOBODY, body=schemas.ChannelForm,
            answer=schemas.ChannelsAnswer)  # fmt: skip
def resume_channel(session: Session, _principal: Principal, body: dict[str, str]) -> Any:
    """What waits leaves, the most urgent first."""
    pauses.resume(session, body["channel"])
    session.flush()
    return {"items": operations.channels(session)}


@doors.get("/messages/to-print", roles=STAFF, about=MESSAGES, query=PageQuery, answer=schemas.LetterPage)
def list_letters_to_print(session: Session, _principal: Principal, query: dict[str, Any]) -> Any:
    """The letters the desk has to print, in order."""
    return queries.to_print(session, **query)


@doors.get("/messages/<uuid:message_id>", roles=STAFF, about=MESSAGE, answer=schemas.LetterAnswer)
def read_message(session: Session, _principal: Principal, message_id: UUID) -> Any:
    """One message with its words as they would be sent now."""
    return queries.message_with_words(session, message_id)


@doors.post(
    "/messages/<uuid:message_id>/retry",
    status=200,
    roles=(*STAFF, "ops"),
    about=MESSAGE_CHANGE,
    answer=schemas.MessageAnswer,
)
def retry_message(session: Session, _principal: Principal, message_id: UUID) -> Any:
    """Try a message again that was given up."""
    return queries.message_seen(session, retries.retry(session, message_id))


@doors.post(
    "/messages/<uuid:message_id>/printed", status=200, roles=STAFF, about=MESSAGE_CHANGE, answer=schemas.MessageAnswer
)
def mark_printed(session: Session, _principal: Principal, message_id: UUID) -> Any:
    """The letter was printed and handed over or posted."""
    return queries.message_seen(session, messages.printed(session, message_id))


@doors.post(
    "/messages/<uuid:message_id>/reminder", status=200, roles=STAFF, about=MESSAGE_CHANGE, answer=schemas.MessageAnswer
)
def remind(session: Session, _principal: Principal, message_id: UUID) -> Any:
    """Remind the recipient now of what a message that was sent is about."""
    return queries.message_seen(session, reminders.ask(session, message_id))


@doors.post("/messages/<uuid:message_id>/receipts", status=200, roles=STAFF, about=MESSAGE_CHANGE,
            body=schemas.NewReceipt, answer=schemas.MessageAnswer)  # fmt: skip
def note_delivery(session: Session, _principal: Principal, message_id: UUID, body: dict[str, str]) -> Any:
    """There is a receipt that the message reached its recipient; the first one counts."""
    return queries.message_seen(session, receipts.delivered(session, message_id, **body))


def _taken(supplier: str, read: Callable[[SmsAccount], SmsReceipt | None]) -> Response:
    settings: Settings = current_app.extensions["settings"]
    database: Database = current_app.extensions["database"]
    account = settings.sms_accounts.get(supplier)
    receipt = read(account) if account else None
    if receipt is None:
        raise Unauthenticated
    database.run(lambda session: receipts.told_by_supplier(session, receipt), actor=f"sms:{supplier}")
    return Response(status=204)


def _documented(operation: str, supplier: str) -> Any:
    return blueprint.doc(
        operationId=operation,
        summary=f"A receipt of {supplier}",
        description="Told once or many times, in any order; what is not signed as agreed is refused.",
        security=[],
        responses={"204": {"description": "Heard"}, "401": problem_documentation(WHY[401])},
    )


@blueprint.route(f"/sms-receipts/{GATEWAYAPI}", methods=["POST"])
@_documented("take_gatewayapi_receipt", "GatewayAPI")
def take_gatewayapi_receipt() -> Response:
    signature = request.headers.get("X-Gwapi-Signature", "")
    return _taken(GATEWAYAPI, lambda account: gateways.gatewayapi_receipt(account, signature))


@blueprint.route(f"/sms-receipts/{CPSMS}", methods=["GET"])
@_documented("take_cpsms_receipt", "CPSMS")
def take_cpsms_receipt() -> Response:
    return _taken(CPSMS, lambda account: gateways.cpsms_receipt(account, request.args))


@blueprint.route(f"/sms-receipts/{LINK}", methods=["POST"])
@_documented("take_link_receipt", "LINK Mobility")
def take_link_receipt() -> Response:
    password = (request.authorization.password if request.authorization else None) or ""
    told = request.get_json(silent=True)
    return _taken(LINK, lambda account: gateways.link_receipt(account, password, told))


for _door in (take_gatewayapi_receipt, take_cpsms_receipt, take_link_receipt):
    # No role opens them: the supplier's signature does.
    _door.allowed_roles, _door.about = (), NOBODY


# They register on the blueprint above.
from services.notifications.api import choices as choices
from services.notifications.api import feeds as feeds
from services.notifications.api import inbox as inbox
from services.notifications.api import paper as paper
from services.notifications.api import returns as returns
from services.notifications.api import webhooks as webhooks
