"""The mailbox that bounced mails and answers come to, read by IMAP."""

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import unquote, urlsplit

SECONDS, MOST_BYTES = 5.0, 262_144
IMAP = imaplib.IMAP4


class MailboxAway(Exception):
    """It does not answer, or not as it should."""


class Mailbox:
    """An open mailbox; a mail is known by a key that stays its own."""

    def __init__(self, line: IMAP, folder: str) -> None:
        self._line = line
        line.select(folder)
        _, told = line.response("UIDVALIDITY")
        self._validity = (told[0] or b"0").decode() if told else "0"

    def keys(self) -> list[str]:
        """Of all mails in it, the oldest first."""
        _, found = self._line.uid("SEARCH", "ALL")
        return [f"{self._validity}.{number}" for number in (found[0] or b"").decode().split()]

    def read(self, key: str) -> bytes:
        """The mail, as far as MOST_BYTES; empty where it is gone."""
        _, found = self._line.uid("FETCH", key.partition(".")[2], f"(BODY.PEEK[]<0.{MOST_BYTES}>)")
        return next((one[1] for one in found if isinstance(one, tuple)), b"")

    def take_away(self, keys: list[str]) -> None:
        """These are dealt with."""
        for key in keys:
            self._line.uid("STORE", key.partition(".")[2], "+FLAGS.SILENT", r"(\Deleted)")
        if keys:
            self._line.expunge()


@contextmanager
def opened(url: str) -> Iterator[Mailbox]:
    """The mailbox of an address as in `shared/suppliers.py`; raises MailboxAway."""
    parts = urlsplit(url)
    line: IMAP | None = None
    try:
        if parts.scheme == "imaps":
            secure = ssl.create_default_context()
            line = imaplib.IMAP4_SSL(parts.hostname or "", parts.port or 993, ssl_context=secure, timeout=SECONDS)
        else:
            line = imaplib.IMAP4(parts.hostname or "", parts.port or 143, timeout=SECONDS)
        line.login(unquote(parts.username or ""), unquote(parts.password or ""))
        yield Mailbox(line, parts.path.strip("/") or "INBOX")
    except (OSError, imaplib.IMAP4.error) as error:
        raise MailboxAway(type(error).__name__) from error
    finally:
        if line is not None:
            with suppress(OSError, imaplib.IMAP4.error):
                line.logout()
