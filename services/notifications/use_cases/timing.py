"""When a message leaves: in decent hours, with what else there is to tell the same party, the urgent ones first."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from services.notifications.models import Address, Message
from services.notifications.rules import drafts, table
from services.notifications.rules.channels import DIGITAL_POST, EMAIL
from services.notifications.rules.hours import Hours, decent
from services.notifications.use_cases import POLICY
from shared import clock
from shared.calendar import danish_day

QUIET, GATHERS = HOLDS = ("quiet_hours", "gathers")
MOST_IN_ONE = 20


def urgency(template: str, kind: str, data: Mapping[str, Any]) -> int:
    """The row's own, or urgent where what it tells of begins soon."""
    now, rule = clock.now(), table.rule_of(template, kind)
    soon = timedelta(hours=POLICY.row("urgent.hours", clock.today()).value)
    if drafts.begins_at(data, now) <= now + soon:
        return table.URGENT
    return rule.urgency if rule else table.SOON


def queue(session: Session, message: Message, address: Address) -> None:
    """Say when a message that has its channel leaves, and why not at once."""
    message.next_try_at = clock.now()
    rule = table.rule_of(message.template, message.recipient_kind)
    if rule and rule.merges and message.channel == EMAIL:
        message.next_try_at = _gathered(session, message, address)
        message.error_code = GATHERS
    wait_for_day(message)


def _gathered(session: Session, message: Message, address: Address) -> datetime:
    today, now = clock.today(), clock.now()
    at: datetime = now + timedelta(seconds=POLICY.row("merge.gather_seconds", today).value)
    if message.urgency < table.CALM:
        return at
    told = _to_party(select(func.max(Message.sent_at)), address).where(Message.sent_at > now - timedelta(days=1))
    last = session.scalar(told)
    pause = timedelta(minutes=POLICY.row("merge.calm_minutes", today).value)
    return max(at, last + pause) if last else at


def wait_for_day(message: Message) -> bool:
    """Put off what may not leave at its time; True where it was."""
    rule, now = table.rule_of(message.template, message.recipient_kind), clock.now()
    if message.next_try_at is None or (rule and not rule.quiet) or message.channel == DIGITAL_POST:
        return False
    at = max(message.next_try_at, now)
    hours = Hours.of(POLICY.row("hours.decent", clock.today(), message.channel).value)
    # No reminder is worth waking somebody for: it comes in the morning, or not at all.
    reminds = message.template in table.REMINDERS
    opens = decent(at, hours, at + timedelta(days=2) if reminds else drafts.begins_at(message.data, now))
    if opens == at:
        return False
    message.next_try_at = opens
    message.error_code = message.error_code if message.attempts else QUIET
    return True


def delivered_from(message: Message) -> date | None:
    """The day until which Digital Post keeps a letter back, where it would come at an hour that is not decent."""
    now = clock.now()
    hours = Hours.of(POLICY.row("hours.decent", clock.today(), message.channel).value)
    day = danish_day(decent(now, hours, drafts.begins_at(message.data, now)))
    return day if day > clock.today() else None


def companions(
    session: Session, message: Message, address: Address, *, but: ColumnElement[bool]
) -> Sequence[Message]:  # fmt: skip
    """What else waits for the same party and goes in the same mail, calm or not, `but` for some; locked."""
    rule = table.rule_of(message.template, message.recipient_kind)
    if message.channel != EMAIL or not rule or not rule.merges:
        return ()
    waiting = _to_party(select(Message), address).where(
        Message.state == "queued", Message.attempts == 0, Message.expires_at > clock.now(), Message.id != message.id,
        ~but,
    )  # fmt: skip
    waiting = waiting.order_by(Message.id).limit(MOST_IN_ONE - 1).with_for_update(skip_locked=True, of=Message)
    return [one for one in session.scalars(waiting) if one.error_code != QUIET or not wait_for_day(one)]


def _to_party(wanted: Select[Any], address: Address) -> Select[Any]:
    """Messages that merge, by e-mail to whoever reads this mailbox in this role."""
    merging: list[ColumnElement[bool]] = [
        and_(Message.template == rule.template, Message.recipient_kind == rule.kind) for rule in table.MERGING
    ]
    same = and_(Address.kind == address.kind, Address.email == address.email, Address.language == address.language)
    return wanted.join(Address, Address.id == Message.recipient_id).where(
        same, Message.channel == EMAIL, or_(*merging)
    )  # fmt: skip
