"""What comes after a message left: a receipt that it arrived, and that its recipient had it before them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.notifications.models import Message, Receipt
from services.notifications.rules.channels import SMS
from services.notifications.use_cases.delivery import not_arrived
from services.notifications.use_cases.gateways import SmsReceipt
from services.notifications.use_cases.messages import NO_CHANNEL, SENT, trace_back
from shared import clock
from shared.database import new_id
from shared.errors import NotFound, Refused
from shared.events import NotificationDelivered, NotificationRead
from shared.lookups import looked
from shared.outbox import record

DELIVERED, READ = STEPS = ("delivered", "read")
SMS_RECEIPT = "sms_receipt"
POST_RECEIPT = "digital_post"
HOW = ("handed_over", POST_RECEIPT, "registered_post", SMS_RECEIPT)
OWN_PAGE = "own_page"


def delivered(session: Session, message_id: UUID, *, how_code: str) -> Message:
    """There is a receipt; the first one counts. Raises Refused where the message has not left."""
    message = session.get(Message, message_id, with_for_update=True)
    if message is None:
        raise NotFound
    looked(session, *message.people)
    if message.state != SENT:
        raise Refused("not_sent", "Beskeden er ikke sendt endnu.", "This message has not been sent yet.")
    tell_delivered(session, message, how_code)
    return message


def told_by_supplier(session: Session, receipt: SmsReceipt) -> None:
    """What an SMS supplier says of a text, once or many times; of a message that it never had it changes nothing."""
    message = session.get(Message, receipt.message_id, with_for_update=True)
    if message is None or message.channel != SMS or message.state != SENT or receipt.arrived is None:
        return
    trace_back(session, message)
    if receipt.arrived:
        tell_delivered(session, message, SMS_RECEIPT)
    else:
        not_arrived(session, message)


def tell_delivered(session: Session, message: Message, how_code: str, at: datetime | None = None) -> None:
    """It arrived, `at` where that was before now; the first receipt counts."""
    at = at or clock.now()
    if _keep(session, [message], DELIVERED, how_code, at):
        record(session, NotificationDelivered(
            message_id=message.id, template=message.template, channel=message.channel or NO_CHANNEL,
            recipient_kind=message.recipient_kind, how_code=how_code, at=at, cause_id=message.cause_id,
        ), message)  # fmt: skip


def shown_to_owner(session: Session, message_ids: Collection[UUID]) -> None:
    """The recipient has these before them, with their words; told the first time."""
    unseen = ~exists().where(Receipt.message_id == Message.id, Receipt.step == READ)
    found = session.scalars(select(Message).where(Message.id.in_(message_ids), unseen).order_by(Message.id)).all()
    fresh = _keep(session, found, READ, OWN_PAGE, clock.now())
    for message in found:
        if message.id in fresh:
            record(session, NotificationRead(
                message_id=message.id, template=message.template, channel=message.channel or NO_CHANNEL,
                recipient_kind=message.recipient_kind, at=clock.now(), cause_id=message.cause_id,
            ), message)  # fmt: skip


def _keep(session: Session, found: Sequence[Message], step: str, how_code: str, at: datetime) -> set[UUID]:
    if not found:
        return set()
    rows = [
        {"id": new_id(), "message_id": one.id, "people": one.people, "step": step, "how_code": how_code, "at": at}
        for one in found
    ]  # fmt: skip
    new = insert(Receipt).values(rows).on_conflict_do_nothing().returning(Receipt.message_id)
    return set(session.scalars(new))
