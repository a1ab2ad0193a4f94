"""What carries mail out of the house: an SMTP server."""

import contextlib
import io
import smtplib
import ssl
import time
from email.message import EmailMessage
from typing import Any
from urllib.parse import unquote, urlsplit

from shared.config import Settings

STEP_SECONDS = 2.0
ASK_AFTER_SECONDS = 0.5


class Undelivered(Exception):
    """It did not get out. `final`: this channel will never take it; `line_down`: nothing else would get out now;
    `unknown`: it may have got out all the same."""

    def __init__(self, code: str, *, final: bool = False, line_down: bool = False, unknown: bool = False) -> None:
        super().__init__(code)
        self.code, self.final, self.line_down, self.unknown = code, final, line_down, unknown


class _Line(smtplib.SMTP):
    """A connection of which no step outlasts STEP_SECONDS, and all together not `until` (time.monotonic)."""

    def __init__(self, host: str, port: int, own_name: str, *, until: float, **how: Any) -> None:
        self.until = until
        super().__init__(host, port, own_name, timeout=_left(until), **how)

    def send(self, s: Any) -> None:
        """As smtplib, in the time that is left."""
        self.hurry()
        super().send(s)

    def getreply(self) -> tuple[int, bytes]:
        """As smtplib, in the time that is left, also where the answer comes drop by drop."""
        if self.file is None:
            self.file = io.BufferedReader(_Answers(self))
        return super().getreply()

    def hurry(self) -> None:
        """Let the next thing the socket does take no longer than is left; raises TimeoutError where nothing is."""
        left = _left(self.until)
        if self.sock is not None:
            self.sock.settimeout(left)


class _SecureLine(_Line, smtplib.SMTP_SSL):
    """The same with TLS from the first byte."""


class _Answers(io.RawIOBase):
    """What the server says, each read in the time that is left."""

    def __init__(self, line: _Line) -> None:
        self._line = line

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """The next bytes."""
        self._line.hurry()
        if self._line.sock is None:
            return 0
        return self._line.sock.recv_into(buffer)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return min(STEP_SECONDS, left)


class MailLine:
    """One connection to the SMTP server, kept while there is something to send."""

    def __init__(self) -> None:
        self._open: _Line | None = None
        self._url, self._used_at = "", 0.0

    def send(
        self, settings: Settings, message: EmailMessage, to: str, *, until: float, sender: str | None = None
    ) -> None:
        """Hand over one mail before `until` (time.monotonic), which comes back to `sender`; raises Undelivered."""
        try:
            line = self._connected(settings, until)
            line.send_message(message, from_addr=sender or settings.mail_from, to_addrs=[to])
        except (OSError, ValueError) as error:
            self._drop()
            raise _undelivered(error) from error

    def _connected(self, settings: Settings, until: float) -> _Line:
        url = settings.smtp_url
        if self._open is not None:
            self._open.until = until
            idle = time.monotonic() - self._used_at > ASK_AFTER_SECONDS
            if url != self._url or (idle and not _still_there(self._open)):
                self._drop()
        if self._open is None:
            self._open, self._url = _dial(settings, until), url
        self._used_at = time.monotonic()
        return self._open

    def hang_up(self) -> None:
        """Take leave of the server, if there is a connection."""
        if self._open is not None:
            self._open.until = time.monotonic() + STEP_SECONDS
            with contextlib.suppress(OSError):
                self._open.quit()
            self._drop()

    def _drop(self) -> None:
        line, self._open = self._open, None
        if line is not None:
            line.close()


def _still_there(line: smtplib.SMTP) -> bool:
    try:
        return bool(line.noop()[0] == 250)
    except OSError:
        return False


def _dial(settings: Settings, until: float) -> _Line:
    parts, own_name = urlsplit(settings.smtp_url), settings.mail_from.rpartition("@")[2]
    host, secure = parts.hostname or "", ssl.create_default_context()
    line: _Line
    if parts.scheme == "smtps":
        line = _SecureLine(host, parts.port or 465, own_name, until=until, context=secure)
    else:
        line = _Line(host, parts.port or 25, own_name, until=until)
    try:
        line.ehlo_or_helo_if_needed()
        if parts.scheme == "smtp" and line.has_extn("starttls"):
            line.starttls(context=secure)
        if parts.username:
            line.login(unquote(parts.username), unquote(parts.password or ""))
    except OSError:
        line.close()
        raise
    return line


def _undelivered(error: Exception) -> Undelivered:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        final = all(code >= 500 for code, _ in error.recipients.values())
        return Undelivered("address_refused" if final else "address_deferred", final=final)
    if isinstance(error, smtplib.SMTPDataError):
        return Undelivered("content_refused", final=error.smtp_code >= 500)
    if isinstance(error, smtplib.SMTPSenderRefused):
        return Undelivered("sender_refused")
    if isinstance(error, (smtplib.SMTPNotSupportedError, ValueError)):
        return Undelivered("address_unreadable", final=True)
    return Undelivered("server_unreachable", line_down=True)
