"""What notifications can be asked."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session, aliased

from services.notifications.models import Address, ChannelPause, KnownMentor, Line, Message, Receipt
from services.notifications.rules import letters, sms, table
from services.notifications.rules.channels import SMS
from services.notifications.rules.drafts import AGREEMENT, CITIZEN, MOVED, PULSE, READ_BACK
from services.notifications.rules.letters import Letter, Sketch
from services.notifications.use_cases import POLICY
from services.notifications.use_cases.gateways import Suppliers, suppliers
from shared import calendar, clock, links, paging
from shared.config import Settings
from shared.errors import NotFound
from shared.lookups import looked

Moved = Mapping[str, Mapping[str, Any]]
CANNOT_BE_WRITTEN = "cannot_be_written"
NOT_CONFIGURED, LINE_RESTS, STOPPED = HELD_BACK = ("sms_not_configured", "server_not_answering", "paused")
log = logging.getLogger(__name__)


LINKS = {PULSE: links.pulse, READ_BACK: links.read_back} | dict.fromkeys(AGREEMENT, links.agreement)


def address_book(session: Session, people: Iterable[UUID]) -> dict[UUID, Address]:
    """What is known now of these people and companies; a mentor of the register is reached as it says there."""
    registered = aliased(Address)
    rows = select(Address, registered).outerjoin(KnownMentor, KnownMentor.id == Address.id)
    rows = rows.outerjoin(registered, registered.id == KnownMentor.mentor_id).where(Address.id.in_(set(people)))
    return {told.id: real or told for told, real in session.execute(rows)}


def moved_appointments(session: Session, found: Iterable[Message]) -> Moved:
    """The newest word on the appointments of these messages, where one was moved, by the appointment's id.

    Read when a letter is written, so that one that was held up never tells an old time after the new one was told.
    """
    ids = {UUID(one["id"]) for message in found for one in message.data.get("appointments", ())}
    told = select(Message.cause_id, Message.cause_version, Message.data)
    told = told.where(Message.template.in_(MOVED), Message.cause_id.in_(ids)).order_by(Message.cause_version)
    return {
        str(row.cause_id): row.data["appointments"][0] | {"sequence": row.cause_version}
        for row in session.execute(told)
    }


def letter(settings: Settings, message: Message, book: Mapping[UUID, Address], moved: Moved) -> Letter:
    """The message's words, with the addresses, the places and the times as they are now, signed by the authority."""
    today = clock.today()
    sketch = Sketch(
        template=message.template,
        kind=message.recipient_kind,
        recipient_id=message.recipient_id,
        data=message.data,
        language=book[message.recipient_id].language,
        minutes=POLICY.row("appointment.minutes", today, message.template).value,
        sequence=message.cause_version,
        moved=moved,
        now=clock.now(),
        sender=settings.authority,
        link=partial(LINKS.get(message.template, links.appointment), settings),
        reminds=message.template in table.REMINDERS,
        decline=_decline(settings, message),
    )

    def place(code: str) -> Mapping[str, str] | None:
        row = POLICY.find("place.words", today, code)
        return row.value if row else None

    return letters.write(sketch, book, place)


def _decline(settings: Settings, message: Message) -> str | None:
    """Where its recipient says no to more of these; None where they must know."""
    rule = table.rule_of(message.template, message.recipient_kind)
    if rule is None or not rule.optional:
        return None
    return links.no_thanks(settings, message.recipient_id, message.made_at, rule.topic)


def messages(
    session: Session, *, cursor: UUID | None, limit: int, state: str | None, recipient_kind: str | None
) -> dict[str, Any]:
    """A page of messages without address and words, and what holds a queued one back."""
    found = paging.page(session, _wanted(state, recipient_kind), Message.id, cursor=cursor, limit=limit)
    return {"items": seen(session, found["items"]), "next": found["next"]}


def newest(
    session: Session, *, cursor: UUID | None, limit: int, state: str | None, recipient_kind: str | None
) -> dict[str, Any]:
    """The same, newest first."""
    wanted = _wanted(state, recipient_kind)
    if cursor is not None:
        wanted = wanted.where(Message.id < cursor)
    found = list(session.scalars(wanted.order_by(Message.id.desc()).limit(limit + 1)))
    items = found[:limit]
    return {"items": seen(session, items), "next": items[-1].id if len(found) > limit else None}


def _wanted(state: str | None, recipient_kind: str | None) -> Select[Message]:
    wanted = select(Message).where(Message.state == state if state else Message.state != PLANNED)
    if recipient_kind is not None:
        wanted = wanted.where(Message.recipient_kind == recipient_kind)
    return wanted


PLANNED = "planned"
UNDER_WAY = ("queued", "waiting_for_address", "to_print", "failed")


def numbers(session: Session) -> dict[str, int]:
    """How many messages somebody or something has still to do with, by state, and how many went out today.

    Never all that were ever sent: that number grows for ever, and so would the time to count it.
    """
    open_ones = select(Message.state, func.count()).where(Message.state.in_(UNDER_WAY)).group_by(Message.state)
    today = calendar.danish_time(clock.today(), 0)
    sent = select(func.count()).where(Message.sent_at >= today)
    found = {row[0]: row[1] for row in session.execute(open_ones)}
    return found | {"sent": session.scalar(sent) or 0}


def to_citizen(session: Session, citizen_id: UUID, limit: int) -> list[dict[str, Any]]:
    """The newest messages to a citizen, without address and words."""
    own = select(Message).where(
        Message.recipient_kind == CITIZEN, Message.recipient_id == citizen_id, Message.state != PLANNED
    )
    return seen(session, list(session.scalars(own.order_by(Message.id.desc()).limit(limit))))


def own_letters(session: Session, citizen_id: UUID, limit: int) -> list[dict[str, Any]]:
    """The newest letters to a citizen with their words, each once whatever channels were tried."""
    looked(session, citizen_id)
    last = select(Message.id).ext(distinct_on(Message.cause_id, Message.template))
    last = last.where(
        Message.recipient_kind == CITIZEN,
        Message.recipient_id == citizen_id,
        Message.state.notin_(("suppressed", PLANNED)),
    ).order_by(Message.cause_id, Message.template, Message.round.desc())
    found = session.scalars(select(Message).where(Message.id.in_(last)).order_by(Message.id.desc()).limit(limit))
    return _with_words(session, list(found))


def seen(session: Session, found: list[Message]) -> list[dict[str, Any]]:
    """Messages as lists show them, on record as looked at."""
    looked(session, *(person for message in found for person in message.people))
    resting = set(session.scalars(select(Line.channel).where(Line.rests_until > clock.now())))
    texting = _suppliers(session)
    no_sms = not texting
    if texting and all(f"{SMS}:{name}" in resting for name in texting.gateways):
        resting.add(SMS)
    stopped = set(session.scalars(select(ChannelPause.channel)))
    return [_as_seen(message, resting, stopped, no_sms=no_sms) for message in found]


def _as_seen(message: Message, resting: set[str], stopped: set[str], *, no_sms: bool) -> dict[str, Any]:
    names = (
        "id", "template", "recipient_kind", "channel", "language", "state", "attempts", "error_code",
        "made_at", "next_try_at", "sent_at", "version",
    )  # fmt: skip
    held_back = None
    if message.state == "queued":
        if message.channel in stopped:
            held_back = STOPPED
        elif message.channel == SMS and no_sms:
            held_back = NOT_CONFIGURED
        elif message.channel in resting:
            held_back = LINE_RESTS
    return {**{name: getattr(message, name) for name in names}, "held_back": held_back}


def _suppliers(session: Session) -> Suppliers:
    return suppliers(session.info["settings"], clock.today())


def message_seen(session: Session, message: Message) -> dict[str, Any]:
    """One message as the list shows it."""
    return seen(session, [message])[0]


def message_with_words(session: Session, message_id: UUID) -> dict[str, Any]:
    """One message with the words it has or would have now; raises NotFound."""
    message = session.get(Message, message_id)
    if message is None:
        raise NotFound
    return _with_words(session, [message])[0]


def receipts_of(session: Session, message_id: UUID) -> Sequence[Receipt]:
    """What is known of a message after it left, in order."""
    return session.scalars(select(Receipt).where(Receipt.message_id == message_id).order_by(Receipt.at)).all()


def to_print(session: Session, *, cursor: UUID | None, limit: int) -> dict[str, Any]:
    """What the desk has to print, words included: paper, and SMS while no gateway is configured."""
    wanted = Message.state == "to_print"
    if not _suppliers(session):
        wanted = or_(wanted, and_(Message.state == "queued", Message.channel == SMS))
    found = paging.page(session, select(Message).where(wanted), Message.id, cursor=cursor, limit=limit)
    return {"items": _with_words(session, found["items"]), "next": found["next"]}


def is_for_the_desk(session: Session, message: Message) -> bool:
    """True where `to_print` would show it."""
    unsent_sms = message.state == "queued" and message.channel == SMS
    return message.state == "to_print" or (unsent_sms and not _suppliers(session))


def _with_words(session: Session, found: list[Message]) -> list[dict[str, Any]]:
    book = address_book(session, {person for message in found for person in message.people})
    moved = moved_appointments(session, found)
    rows = []
    for message, shown in zip(found, seen(session, found), strict=True):
        known = all(person in book for person in message.people)
        words = letter_or_none(session.info["settings"], message, book, moved) if known else None
        rows.append({
            **shown,
            "error_code": CANNOT_BE_WRITTEN if known and words is None else shown["error_code"],
            "recipient_name": book[message.recipient_id].name if known else None,
            "subject": words and words.subject,
            "text": words and words.text,
            "sms": words and words.sms,
            "sms_parts": words and sms.size(words.sms).parts,
        })  # fmt: skip
    return rows


def letter_or_none(
    settings: Settings, message: Message, book: Mapping[UUID, Address], moved: Moved
) -> Letter | None:  # fmt: skip
    """The same, None where it cannot be written."""
    try:
        return letter(settings, message, book, moved)
    except Exception as error:  # noqa: BLE001  one letter that cannot be written must not hide the others
        log.error("message cannot be shown: %s", type(error).__name__)  # noqa: TRY400  a traceback quotes people
        return None
