"""Mails that come back: a bounce starts the next channel, an answer waits for whoever has the case.

A mail is taken out of the mailbox in the run after the one that dealt with it, when that is kept for sure.
"""

import logging
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.notifications.models import Address, Bounce, CaseOf, Message, Receipt, Reply, ReturnedMail
from services.notifications.rules import drafts
from services.notifications.rules import notices as kinds
from services.notifications.rules import returns as rules
from services.notifications.rules.returns import Returned
from services.notifications.use_cases import mailbox, messages, notices, polite
from services.notifications.use_cases.delivery import not_arrived
from services.notifications.use_cases.return_addresses import message_of
from shared import clock, crypto
from shared.config import Settings
from shared.database import new_id, unreachable
from shared.errors import Refused
from shared.logs import kind_and_place

AT_ONCE, FORGET = 10, timedelta(days=90)
MOST_TRIES, BETWEEN_TRIES = 3, timedelta(minutes=10)
UNKNOWN = "unknown"
log = logging.getLogger(__name__)


def read_mailbox(session: Session) -> bool:
    """Deal with what came back; True when there is more. Without its settings nothing is read."""
    settings: Settings = session.info["settings"]
    if not settings.return_mailbox or not settings.return_address:
        return False
    with mailbox.opened(settings.return_mailbox) as box:
        there = box.keys()
        known = {one.key: one for one in session.scalars(select(ReturnedMail).where(ReturnedMail.key.in_(there)))}
        box.take_away([key for key, one in known.items() if one.kind not in rules.OPEN])
        fresh = [key for key in there if key not in known or _is_due(known[key])]
        for key in fresh[:AT_ONCE]:
            _deal_with(session, known.get(key) or ReturnedMail(key=key, tries=0), box.read(key))
    session.execute(delete(ReturnedMail).where(ReturnedMail.read_at < clock.now() - FORGET))
    return len(fresh) > AT_ONCE


def _is_due(mail: ReturnedMail) -> bool:
    return mail.kind == rules.FAILING and mail.read_at + mail.tries * BETWEEN_TRIES <= clock.now()


def _deal_with(session: Session, mail: ReturnedMail, raw: bytes) -> None:
    """What fails is undone alone, and after MOST_TRIES left where it is for a person to see."""
    try:
        with session.begin_nested():
            mail.kind = take(session, raw)
    except Exception as error:
        if unreachable(error):
            raise
        mail.tries += 1
        mail.kind = rules.PUT_ASIDE if mail.tries >= MOST_TRIES else rules.FAILING
        log.error("a returned mail cannot be dealt with: %s", kind_and_place(error))  # noqa: TRY400  its text is private
    mail.read_at = clock.now()
    session.add(mail)


def try_again(session: Session) -> int:
    """What was put aside is tried anew with the next reading; returns how many."""
    again = update(ReturnedMail).where(ReturnedMail.kind == rules.PUT_ASIDE).values(kind=rules.FAILING, tries=0)
    return len(session.scalars(again.returning(ReturnedMail.key)).all())


def take(session: Session, raw: bytes) -> str:
    """One mail that came back; returns what it was."""
    try:
        told = rules.read(raw)
    except Exception as error:  # noqa: BLE001  what cannot be read must not stop what comes after
        log.error("a returned mail cannot be read: %s", type(error).__name__)  # noqa: TRY400  its text is somebody's
        return UNKNOWN
    message = message_of(session, told.tags)
    if told.kind in rules.BOUNCES:
        return bounced(session, message, told) if message is not None else UNKNOWN
    if told.kind == rules.AUTOMATIC:
        return rules.AUTOMATIC
    return answered(session, message, told)


def bounced(session: Session, message: Message, told: Returned) -> str:
    """Kept once for each kind. What is final starts the next channel for all that went in the same mail, and an address
    that does not exist is marked."""
    row = {
        "id": new_id(), "message_id": message.id, "people": message.people, "kind": told.kind,
        "status": told.status, "at": clock.now(),
    }  # fmt: skip
    kept = insert(Bounce).values(row).on_conflict_do_nothing().returning(Bounce.id)
    if session.scalar(kept) is None or told.kind == rules.DELAYED:
        return told.kind
    address = session.get(Address, message.recipient_id)
    if told.kind == rules.PERMANENT and address is not None and told.recipient in ("", (address.email or "").lower()):
        mark(session, address.email)
    seen = select(Receipt.id).where(Receipt.message_id == Message.id, Receipt.step == "read").exists()
    same = select(Message).where(
        Message.recipient_id == message.recipient_id, Message.provider_id == message.provider_id,
        Message.state == messages.SENT, ~seen,
    )  # fmt: skip
    for one in session.scalars(same.with_for_update()).all():
        messages.trace_back(session, one)
        not_arrived(session, one, "bounced")
    return told.kind


def mark(session: Session, email: str | None) -> None:
    """No more mail there, whoever is reached by it, until somebody says that it works again."""
    if email:
        session.execute(update(Address).where(Address.email == email).values(email_failed=email))


def works_again(session: Session, message_id: UUID) -> str:
    """The recipient's address is used again; returns it. Raises Refused where it is not marked."""
    address = _recipient(session, message_id)
    if address is None or address.email is None or address.email != address.email_failed:
        raise Refused("address_not_marked", "Adressen er ikke markeret.", "This address is not marked.")
    session.execute(update(Address).where(Address.email == address.email).values(email_failed=None))
    return address.email


def fails_after_all(session: Session, message_id: UUID) -> None:
    """It does not work after all."""
    address = _recipient(session, message_id)
    mark(session, address.email if address else None)


def _recipient(session: Session, message_id: UUID) -> Address | None:
    return session.get(Address, messages.held(session, message_id).recipient_id)


def answered(session: Session, message: Message | None, told: Returned) -> str:
    """Sealed, and put before whoever has the case, or the desk where nobody knows what it answers."""
    settings: Settings = session.info["settings"]
    address = session.get(Address, message.recipient_id) if message else None
    known = bool(address and (address.email or "").lower() == told.sender)
    made = new_id()
    session.add(Reply(
        id=made, message_id=message.id if message else None, people=message.people if message else [],
        words_sealed=seal(settings, made, told.words), from_known=known, files=told.files, received_at=clock.now(),
    ))  # fmt: skip
    session.flush()
    if message is None:
        notices.put(session, kinds.REPLY_UNKNOWN, made, clock.now())
        return UNKNOWN
    notices.put(session, kinds.REPLY, made, clock.now(), **_whose(session, message))
    if told.files:
        polite.no_files(session, message, made)
    return rules.ANSWER


def _whose(session: Session, message: Message) -> dict[str, str | UUID | None]:
    own = message.recipient_id if message.recipient_kind == drafts.CITIZEN else None
    told = message.data.get("citizen_id"), message.data.get("placement_id")
    citizen = own or (UUID(told[0]) if told[0] else None)
    placement = UUID(told[1]) if told[1] else None
    owner = session.scalar(select(CaseOf.owner).where(CaseOf.id == placement)) if placement else None
    return {"citizen_id": citizen, "placement_id": placement, "owner": owner}


def seal(settings: Settings, reply_id: UUID, words: str) -> str:
    """Words that this service alone can read."""
    return crypto.seal(words.encode(), settings.seal_public_keys[settings.service], context=f"reply:{reply_id}")


def words_of(settings: Settings, reply: Reply) -> str:
    """What was written."""
    return crypto.unseal(reply.words_sealed, settings.seal_private_keys, context=f"reply:{reply.id}").decode()
