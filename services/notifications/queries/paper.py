"""A letter for the post: as PDF, by when it must be handed in, and from when it counts."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.notifications import queries
from services.notifications.models import Message
from services.notifications.queries.templates import PDF, TYPES, File
from services.notifications.rules import drafts
from services.notifications.rules.channels import PAPER
from services.notifications.rules.paper import on_paper
from services.notifications.rules.postal import counts_from, last_posting_day
from services.notifications.use_cases import POLICY
from shared import clock, pdf
from shared.calendar import danish_day
from shared.errors import NotFound, Refused
from shared.lookups import looked


def as_pdf(session: Session, message_id: UUID, to: Sequence[str]) -> File:
    """The letter with these lines where a window shows them, which are kept nowhere; raises NotFound, Refused."""
    message = session.get(Message, message_id)
    if message is None:
        raise NotFound
    looked(session, *message.people)
    book = queries.address_book(session, message.people)
    moved = queries.moved_appointments(session, [message])
    known = all(person in book for person in message.people)
    letter = queries.letter_or_none(session.info["settings"], message, book, moved) if known else None
    if letter is None:
        raise Refused("not_written", "Brevet kan ikke skrives endnu.", "The letter cannot be written yet.")
    lines = [one for one in (to or [book[message.recipient_id].name or ""]) if one]
    words = on_paper(letter, session.info["settings"].authority, clock.today(), lines)
    return File(f"brev-{message.id}.pdf", TYPES[PDF], pdf.render(words, made_of=message.id.bytes))


def posting(session: Session, found: Sequence[dict[str, Any]]) -> dict[UUID, dict[str, Any]]:
    """For letters to print: the last day to hand each in so that it counts in time, and whether that is past."""
    days = _days()
    told = {}
    for message in (session.get(Message, one["id"]) for one in found):
        if message is not None:
            needed = danish_day(drafts.begins_at(message.data, clock.now()))
            last = last_posting_day(needed, days)
            told[message.id] = {"last_day": last, "too_late": last < clock.today()}
    return told


def there_from(message: dict[str, Any]) -> date | None:
    """When a letter that went by post counts as there; None for what did not."""
    if message["channel"] != PAPER or message["sent_at"] is None:
        return None
    return counts_from(danish_day(message["sent_at"]), _days())


def _days() -> int:
    return int(POLICY.row("paper.days", clock.today()).value)
