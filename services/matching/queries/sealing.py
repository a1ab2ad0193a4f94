"""Free text about people, sealed to the service itself as it is written; whoever may read it opens it."""

from uuid import UUID

from sqlalchemy.orm import Session

from shared import crypto
from shared.events import MATCHING
from shared.retention import Opener


def sealed(session: Session, words: str, table: str, row_id: UUID) -> str:
    """What is kept in place of the words; it opens in its own row alone."""
    recipient = session.info["settings"].seal_public_keys[MATCHING]
    return crypto.seal(words.encode(), recipient, context=_bound(table, row_id))


def opened(session: Session, secret: str, table: str, row_id: UUID) -> str:
    """The words; raises KeyError for a key that is gone."""
    keys = session.info["settings"].seal_private_keys
    return crypto.unseal(secret, keys, context=_bound(table, row_id)).decode()


def _bound(table: str, row_id: UUID) -> str:
    return f"{table}:{row_id}"


def _words_in(table: str) -> Opener:
    return lambda session, row_id, secret: opened(session, secret, table, row_id)


OPENS = {f"{table}.sealed": ("words", _words_in(table)) for table in ("forum_line", "observation")}
"""What a copy for the person opens."""
