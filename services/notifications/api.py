"""The JSON doors of notifications."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint
from sqlalchemy.orm import Session

from services.notifications import queries, schemas
from services.notifications.use_cases import messages, receipts
from shared.auth import STAFF, Principal
from shared.doors import Doors
from shared.lookups import about_each
from shared.paging import PageQuery

blueprint = Blueprint("notifications", __name__, description="Letters and how they got there")
doors = Doors(blueprint)
MESSAGE, MESSAGES, MESSAGE_CHANGE = about_each("message", purpose="letters")


@doors.get("/messages", roles=(*STAFF, "ops"), about=MESSAGES, query=schemas.MessageQuery, answer=schemas.MessagePage)
def list_messages(session: Session, _principal: Principal, query: dict[str, Any]) -> Any:
    """Messages and how far they got; no address, no words."""
    return queries.messages(session, **query)


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
    return queries.message_seen(session, messages.retry(session, message_id))


@doors.post(
    "/messages/<uuid:message_id>/printed", status=200, roles=STAFF, about=MESSAGE_CHANGE, answer=schemas.MessageAnswer
)
def mark_printed(session: Session, _principal: Principal, message_id: UUID) -> Any:
    """The letter was printed and handed over or posted."""
    return queries.message_seen(session, messages.printed(session, message_id))


@doors.post("/messages/<uuid:message_id>/receipts", status=200, roles=STAFF, about=MESSAGE_CHANGE,
            body=schemas.NewReceipt, answer=schemas.MessageAnswer)  # fmt: skip
def note_delivery(session: Session, _principal: Principal, message_id: UUID, body: dict[str, str]) -> Any:
    """There is a receipt that the message reached its recipient; the first one counts."""
    return queries.message_seen(session, receipts.delivered(session, message_id, **body))
