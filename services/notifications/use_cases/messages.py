"""Messages come into being, find their address, and are looked after by the desk."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, or_, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, aliased

from services.notifications import queries
from services.notifications.models import Address, Message
from services.notifications.rules import channels, table, versions
from services.notifications.rules.drafts import Draft
from services.notifications.rules.notices import LOST
from services.notifications.use_cases import choices, notices, timing
from shared import calendar, clock
from shared.database import new_id
from shared.envelope import Received, Trace
from shared.errors import NotFound, Refused
from shared.events import Event, NotificationFailed, NotificationReopened, NotificationSent
from shared.lookups import looked
from shared.outbox import record

PLANNED, WAITING, QUEUED, TO_PRINT, SENT, FAILED, SUPPRESSED = STATES = (
    queries.PLANNED, "waiting_for_address", "queued", "to_print", "sent", "failed", "suppressed",
)  # fmt: skip
TO_GO = (PLANNED, WAITING, QUEUED, TO_PRINT)
WITHDRAWN = ("replaced", "recalled")
NO_CHANNEL, PAST = "none", "appointment_past"
AT_ONCE = 200
KEPT = (
    "cause_id", "cause_version", "cause_event", "correlation_id", "traceparent", "template", "recipient_kind",
    "recipient_id", "people", "data", "urgency", "expires_at", "language",
)  # fmt: skip


def write(session: Session, drafts: Iterable[tuple[Received[Any], Draft]]) -> None:
    """Letters that the table has a row for are to go out; in a replay they are kept as suppressed instead."""
    now = clock.now()
    put(session, [row_of(received, draft, now) for received, draft in drafts if is_told(received, draft)])


def is_told(received: Received[Any], draft: Draft) -> bool:
    """Whether the table has a row for it."""
    return table.called_for(type(received.event), draft.template, draft.kind) is not None


def row_of(received: Received[Event], draft: Draft, now: datetime) -> dict[str, Any]:
    return {
        "cause_id": getattr(received.event, received.event.subject),
        "cause_version": received.version,
        "cause_event": received.event_id,
        "correlation_id": received.trace.correlation_id,
        "traceparent": received.trace.traceparent,
        "template": draft.template,
        "recipient_kind": draft.kind,
        "recipient_id": draft.recipient,
        "people": sorted({draft.recipient, *draft.mentions}),
        "data": draft.data,
        "urgency": timing.urgency(draft.template, draft.kind, draft.data),
        "expires_at": draft.expires_at,
        "state": SUPPRESSED if received.trace.replayed else WAITING,
        "made_at": now,
        "error_code": "replayed" if received.trace.replayed else None,
    }


_TABLE: Any = Message.__table__
_IDENTITY = ("cause_id", "template", "recipient_id", "round")
_BLANK = {"version": 1, "round": 0, "attempts": 0} | dict.fromkeys((
    "language", "channel", "chosen_code", "next_try_at", "error_code", "sent_at", "provider_id", "template_version",
))  # fmt: skip


def put(session: Session, rows: Iterable[Mapping[str, Any]]) -> None:
    """Make these messages, one per cause, template, recipient and round, however often the cause is told; a row names
    what is not blank.

    Only a cause that changed what the letter says (newer, other data) sends the same message out anew; what its
    older words had waiting in a later round is withdrawn.
    """
    newest: dict[tuple[Any, ...], Mapping[str, Any]] = {}
    for row in (_BLANK | dict(told) for told in rows):
        identity = tuple(row[name] for name in _IDENTITY)
        if identity not in newest or newest[identity]["cause_version"] < row["cause_version"]:
            newest[identity] = row
    if not newest:
        return
    # Sorted, so that two workers with overlapping batches queue up instead of deadlocking.
    values = [{"id": new_id(), **newest[identity]} for identity in sorted(newest, key=str)]
    statement = insert(_TABLE)
    changed = {name: statement.excluded[name] for name in values[0] if name not in (*_IDENTITY, "id", "version")}
    session.execute(
        statement.on_conflict_do_update(
            index_elements=_IDENTITY,
            set_={**changed, "version": _TABLE.c.version + 1},
            where=and_(
                _TABLE.c.cause_version < statement.excluded.cause_version,
                _TABLE.c.data != statement.excluded.data,
            ),
        ),
        values,
    )
    session.execute(_WITHDRAW.where(Message.cause_id.in_({row["cause_id"] for row in values})))


_FIRST = aliased(Message)
_WITHDRAW = (
    update(Message)
    .where(
        Message.round > 0,
        Message.state.in_([QUEUED, TO_PRINT]),
        select(_FIRST.id)
        .where(
            tuple_(_FIRST.cause_id, _FIRST.template, _FIRST.recipient_id)
            == tuple_(Message.cause_id, Message.template, Message.recipient_id),
            _FIRST.round == 0,
            _FIRST.cause_version > Message.cause_version,
        )
        .correlate(Message)
        .exists(),
    )
    .values(state=SUPPRESSED, error_code="replaced", version=Message.version + 1)
    .execution_options(synchronize_session=False)
)


def sent_data(session: Session, causes: Iterable[UUID], template: str) -> dict[UUID, dict[str, Any]]:
    """What the letters with this template told that have gone out, by their cause."""
    sent = select(Message.cause_id, Message.data).where(Message.cause_id.in_(causes), Message.template == template)
    return {row.cause_id: row.data for row in session.execute(sent.where(Message.state == SENT))}


def withdraw(
    session: Session, causes: Mapping[UUID, int], templates: Iterable[str], why: str = "replaced"
) -> None:  # fmt: skip
    """Letters with these templates that have not gone out and tell of an older version of these causes never do."""
    if not causes:
        return
    older = or_(*(and_(Message.cause_id == one, Message.cause_version < version) for one, version in causes.items()))
    session.execute(
        update(Message)
        .where(older, Message.template.in_(templates), Message.state.in_(TO_GO))
        .values(state=SUPPRESSED, error_code=why, next_try_at=None, version=Message.version + 1)
        .execution_options(synchronize_session=False)
    )


def restore(session: Session, causes: Mapping[UUID, int], templates: Iterable[str]) -> None:
    """Letters with these templates that were withdrawn go out after all, as newer versions of these causes say."""
    if not causes:
        return
    newer = case(causes, value=Message.cause_id)
    session.execute(
        update(Message)
        .where(
            Message.cause_id.in_(causes), Message.cause_version < newer, Message.template.in_(templates),
            Message.state == SUPPRESSED, Message.error_code.in_(WITHDRAWN),
        )
        .values(state=WAITING, error_code=None, cause_version=newer, version=Message.version + 1)
        .execution_options(synchronize_session=False)
    )  # fmt: skip


def _everybody_known() -> ColumnElement[bool]:
    wanted = func.unnest(Message.people).column_valued("wanted")
    unknown = select(wanted).where(~select(Address.id).where(Address.id == wanted).exists())
    return ~unknown.exists()


def find_addresses(session: Session) -> bool:
    """Address what waits and whose people are all known by now; True when there may be more.

    A job rather than a part of the handlers: the address and the letter may be heard at once by two workers, and
    neither would see the other's row.
    """
    waiting = select(Message).where(Message.state == WAITING, Message.expires_at > clock.now(), _everybody_known())
    messages = session.scalars(waiting.order_by(Message.id).limit(AT_ONCE).with_for_update(skip_locked=True)).all()
    book = queries.address_book(session, [message.recipient_id for message in messages])
    for message in messages:
        trace_back(session, message)
        address_to(session, message, book[message.recipient_id])
    return len(messages) == AT_ONCE


def suppress_past(session: Session) -> bool:
    """A letter that did not get out before its appointment is not sent after it; True when there may be more."""
    under_way = (WAITING, QUEUED, TO_PRINT)
    past = select(Message).where(Message.state.in_(under_way), Message.expires_at <= clock.now()).order_by(Message.id)
    messages = session.scalars(past.limit(AT_ONCE).with_for_update(skip_locked=True)).all()
    for message in messages:
        message.state, message.error_code, message.next_try_at = SUPPRESSED, PAST, None
    return len(messages) == AT_ONCE


def address_to(session: Session, message: Message, address: Address) -> None:
    """Give the message the best channel left for this person."""
    message.language = address.language
    if choices.declines(address, message.template, message.recipient_kind):
        message.state, message.error_code, message.next_try_at = SUPPRESSED, choices.DECLINED, None
        return
    order = choices.order(session, message, address)
    chosen = channels.choose(order, address, after=message.channel)
    message.chosen_code = chosen and choices.why(address, message, order, chosen)
    message.attempts, message.channel = 0, chosen or message.channel
    message.state = state_for(chosen)
    message.next_try_at = message.error_code = None
    if message.state == QUEUED:
        timing.queue(session, message, address)
    if chosen is None and message.template in table.REMINDERS:
        message.state, message.error_code = SUPPRESSED, "no_channel"
    elif chosen is None:
        tell_failed(session, message, "no_channel")
        notices.lost(session, message)


def state_for(channel: str | None) -> str:
    """Where a message begins on that channel."""
    if channel is None:
        return FAILED
    return TO_PRINT if channel == channels.PAPER else QUEUED


def trace_back(session: Session, message: Message) -> None:
    """What is told of the message from here on belongs to the story of its cause."""
    session.info["trace"] = Trace(
        correlation_id=message.correlation_id, causation_id=str(message.cause_event), traceparent=message.traceparent
    )


def tell_sent(session: Session, message: Message, at: datetime | None = None) -> None:
    """It left by its channel; the rows of a batch are written together."""
    message.state, message.sent_at = SENT, at or clock.now()
    message.template_version = versions.version_of(message.template, message.recipient_kind)
    message.next_try_at = message.error_code = None
    record(session, NotificationSent(
        message_id=message.id, template=message.template, channel=message.channel or NO_CHANNEL,
        recipient_kind=message.recipient_kind, at=message.sent_at, cause_id=message.cause_id,
    ), message.version + 1)  # fmt: skip


def tell_failed(session: Session, message: Message, reason_code: str) -> None:
    """Its channel is given up."""
    message.state, message.error_code, message.next_try_at = FAILED, reason_code, None
    record(session, NotificationFailed(
        message_id=message.id, template=message.template, channel=message.channel or NO_CHANNEL,
        recipient_kind=message.recipient_kind, reason_code=reason_code, cause_id=message.cause_id,
    ), message)  # fmt: skip


def held(session: Session, message_id: UUID) -> Message:
    """The message, locked, and on record as looked at; raises NotFound."""
    found = session.get(Message, message_id, with_for_update=True)
    if found is None:
        raise NotFound
    looked(session, *found.people)
    return found


def appointment_past() -> Refused:
    """What it tells of has begun."""
    return Refused(PAST, "Tidspunktet er passeret.", "The appointment has passed.")


def printed(session: Session, message_id: UUID) -> Message:
    """The desk printed the letter and handed or posted it."""
    message = held(session, message_id)
    if not queries.is_for_the_desk(session, message):
        raise Refused("not_to_print", "Beskeden skal ikke printes.", "This message is not to be printed.")
    message.channel, message.chosen_code = channels.PAPER, choices.BY_HAND
    tell_sent(session, message)
    notices.done(session, LOST, message.id)
    return message


def not_printed(session: Session, message_id: UUID, version: int) -> Message:
    """The letter is to be printed after all: taken back on the Danish day it was said to be, while it is of use."""
    message = held(session, message_id)
    message.require_untouched(version)
    if message.state != SENT or message.channel != channels.PAPER or message.sent_at is None:
        raise Refused("not_printed", "Brevet er ikke printet.", "This letter was not printed.")
    if calendar.danish_day(message.sent_at) != clock.today():
        raise Refused(
            "too_late_to_undo", "Det kan kun fortrydes samme dag.", "This can be undone on the same day only."
        )
    if message.expires_at <= clock.now():
        raise appointment_past()
    message.state, message.sent_at = TO_PRINT, None
    record(session, NotificationReopened(
        message_id=message.id, template=message.template, channel=message.channel,
        recipient_kind=message.recipient_kind,
    ), message)  # fmt: skip
    return message
