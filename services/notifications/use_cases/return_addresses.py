"""The address that each letter's own answers and bounces come back to: signed, and nothing of a person in it."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from services.notifications.models import Message
from shared import links
from shared.config import Settings


def of(settings: Settings, message: Message) -> str | None:
    """The letter's own; None where no mailbox is set up."""
    name, _, domain = settings.return_address.partition("@")
    return f"{name}+{links.tag(settings, links.RETURNED, message.id)}@{domain}" if domain else None


def message_of(session: Session, tags: Sequence[str]) -> Message | None:
    """The letter that one of the tags is of, locked; None where none is ours."""
    for one in tags:
        found = links.read_tag(session.info["settings"], links.RETURNED, one)
        message = session.get(Message, found, with_for_update=True) if found else None
        if message is not None:
            return message
    return None
