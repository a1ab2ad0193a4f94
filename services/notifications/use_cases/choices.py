"""What people choose about messages to them: by which channel, and none of those that they may decline."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.notifications import queries
from services.notifications.models import Address, Message
from services.notifications.rules import channels, table
from services.notifications.rules.table import APPOINTMENTS, DEADLINES, LETTERS, TOPICS
from services.notifications.use_cases import POLICY
from services.notifications.use_cases.gateways import suppliers
from shared import clock
from shared.errors import NotFound
from shared.lookups import looked

DECLINED, NO = "declined", "no"
OWN_CHOICE, FIRST, NEXT, AFTER_FAILURE, BY_HAND, BY_HAND_AGAIN = WHY = (
    "own_choice", "first", "next", "after_failure", "by_hand", "by_hand_again",
)  # fmt: skip


def channel(address: Address, topic: str) -> str | None:
    """The channel that they want for a topic; None where they leave it to us."""
    wish: str | None = address.choices.get(topic, {}).get("channel")
    return wish


def order(session: Session, message: Message, address: Address) -> list[str]:
    """The channels that its row allows, the recipient's own wish first; no reminder waits for SMS that nobody sends."""
    rule = table.rule_of(message.template, message.recipient_kind)
    rows: list[str] = POLICY.row("channel.order", clock.today(), rule.order_row if rule else None).value
    if session.info["settings"].digital_post is None:
        rows = [one for one in rows if one not in channels.POSTED]
    wanted = channels.wished(rows, channel(address, rule.topic if rule else LETTERS))
    if message.template in table.REMINDERS and not suppliers(session.info["settings"], clock.today()):
        return [one for one in wanted if one != channels.SMS]
    return wanted


def declines(address: Address, template: str, kind: str) -> bool:
    """Whether they want none of these; what they must know they cannot decline."""
    rule = table.rule_of(template, kind)
    return bool(rule and rule.optional and address.choices.get(rule.topic, {}).get(DECLINED))


def why(address: Address, message: Message, order: Sequence[str], chosen: str) -> str:
    """Why a message goes by this channel."""
    rule = table.rule_of(message.template, message.recipient_kind)
    if rule and channel(address, rule.topic) == chosen:
        return OWN_CHOICE
    return FIRST if chosen == order[0] else NEXT


def of(session: Session, person_id: UUID) -> Address:
    """The row with somebody's choices, on record as looked at; raises NotFound.

    That is the row that letters to them are addressed by: a mentor of the register is one person in every agreement.
    """
    address = queries.address_book(session, [person_id]).get(person_id)
    if address is None:
        raise NotFound
    session.refresh(address, with_for_update=True)
    looked(session, person_id)
    return address


def choose(session: Session, person_id: UUID, chosen: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Keep the choices of all topics; returns those before."""
    address = of(session, person_id)
    before = address.choices
    address.choices = {topic: dict(chosen.get(topic, {})) for topic in TOPICS}
    return before


def from_form(told: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """The choices that a form, or the same as JSON, tells."""
    return {topic: {DECLINED: True} if told[topic] == NO else {"channel": told[topic]} for topic in TOPICS}


def as_form(kept: Mapping[str, Any]) -> dict[str, str]:
    """The same the other way."""
    return {topic: NO if topic in declined(kept) else kept.get(topic, {}).get("channel") or "" for topic in TOPICS}


def declined(kept: Mapping[str, Any]) -> list[str]:
    """The topics of which they want to hear nothing."""
    return [topic for topic in TOPICS if kept.get(topic, {}).get(DECLINED)]


def named(topic: str) -> list[str]:
    """What a link is about; one from before there were topics is about reminders."""
    return [topic] if topic else [APPOINTMENTS, DEADLINES]


def decline(session: Session, person_id: UUID, topics: Collection[str], *, declined: bool) -> None:
    """Nothing of these any more, or again."""
    address = of(session, person_id)
    kept = address.choices
    address.choices = kept | {topic: kept.get(topic, {}) | {DECLINED: declined} for topic in topics}
