"""Mails to mailboxes of the municipality: alarms about the legal limit, their recall, and needs that are sought."""

from collections.abc import Collection, Sequence
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.notifications.models import Address, Message
from services.notifications.rules import drafts
from services.notifications.use_cases import addresses, messages
from shared.envelope import Received
from shared.events import PromiseAlarmEnded, PromiseAlarmRaised, SearchAlerted
from shared.inbox import keep_newest

SAFE = "safe"


def on_raised(session: Session, batch: Sequence[Received[PromiseAlarmRaised]]) -> None:
    """Each mailbox hears once."""
    named = _known(session, {box for received in batch for box in (received.event.mailboxes or "").split()})
    messages.write(session, [
        (received, drafts.promise_alarm(received.event.due, named[mailbox], drafts.ALARM))
        for received in batch
        for mailbox in (received.event.mailboxes or "").split()
    ])  # fmt: skip


def on_ended(session: Session, batch: Sequence[Received[PromiseAlarmEnded]]) -> None:
    """What has not gone out never does; whoever was told hears that it is over. A day that has passed needs no mail."""
    messages.withdraw(session, {received.event.alarm_id: received.version for received in batch}, (drafts.ALARM,))
    told = select(Message.cause_id, Message.recipient_id).where(
        Message.cause_id.in_({received.event.alarm_id for received in batch}), Message.template == drafts.ALARM,
        Message.state == messages.SENT,
    )  # fmt: skip
    to: dict[UUID, list[UUID]] = {}
    for alarm, mailbox in session.execute(told.distinct()):
        to.setdefault(alarm, []).append(mailbox)
    messages.write(session, [
        (received, drafts.promise_alarm(received.event.due, mailbox, drafts.ALARM_OVER))
        for received in batch
        if received.event.reason_code == SAFE
        for mailbox in to.get(received.event.alarm_id, ())
    ])  # fmt: skip


def on_searched(session: Session, batch: Sequence[Received[SearchAlerted]]) -> None:
    """The consultant's mailbox hears how many; an alert whose mailbox cannot be read goes nowhere."""
    named = _known(session, {received.event.mailbox for received in batch if received.event.mailbox})
    messages.write(session, [
        (received, drafts.search_alert(received.event, named[received.event.mailbox]))
        for received in batch
        if received.event.mailbox
    ])  # fmt: skip


def _known(session: Session, mailboxes: Collection[str]) -> dict[str, UUID]:
    """Addresses of these mailboxes, which are nobody's."""
    named = {mailbox: _id_of(mailbox) for mailbox in sorted(mailboxes)}
    keep_newest(session, Address, [
        addresses.row(drafts.UNIT, known_as, version=1, email=mailbox) for mailbox, known_as in named.items()
    ])  # fmt: skip
    return named


def _id_of(mailbox: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"mailto:{mailbox}")
