"""The JSON doors of what comes back."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.notifications import queries
from services.notifications.api import MESSAGE, MESSAGE_CHANGE, doors
from services.notifications.models import Message
from services.notifications.queries import returns as found_by
from services.notifications.schemas import MessageAnswer
from services.notifications.schemas.returns import MailboxAnswer, ReplyAnswer, TriedAgainAnswer
from services.notifications.use_cases import returns
from shared.auth import STAFF, Principal
from shared.lookups import NOBODY


@doors.get("/return-post", roles=("front_desk", "ops"), about=NOBODY, answer=MailboxAnswer)
def read_return_post(session: Session, _principal: Principal) -> Any:
    """How the mailbox for what comes back stands."""
    return found_by.mailbox(session)


@doors.post("/return-post/again", status=200, roles=("front_desk", "ops"), about=NOBODY, answer=TriedAgainAnswer)
def read_put_aside_again(session: Session, _principal: Principal) -> Any:
    """Mails that were put aside are tried anew within a minute."""
    return {"number": returns.try_again(session)}


@doors.get("/replies/<uuid:reply_id>", roles=STAFF, about=MESSAGE, answer=ReplyAnswer)
def read_reply(session: Session, principal: Principal, reply_id: UUID) -> Any:
    """An answer to a letter, with its words."""
    return found_by.reply(session, principal, reply_id)


@doors.post("/messages/<uuid:message_id>/address-works", status=200, roles=STAFF, about=MESSAGE_CHANGE,
            answer=MessageAnswer)  # fmt: skip
def use_address_again(session: Session, _principal: Principal, message_id: UUID) -> Any:
    """The recipient's e-mail address, marked by a bounce, works again."""
    returns.works_again(session, message_id)
    return queries.message_seen(session, session.get_one(Message, message_id))


@doors.post("/messages/<uuid:message_id>/address-works/undo", status=200, roles=STAFF, about=MESSAGE_CHANGE,
            answer=MessageAnswer)  # fmt: skip
def mark_address_again(session: Session, _principal: Principal, message_id: UUID) -> Any:
    """It does not work after all."""
    returns.fails_after_all(session, message_id)
    return queries.message_seen(session, session.get_one(Message, message_id))
