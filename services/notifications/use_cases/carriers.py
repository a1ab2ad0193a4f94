"""What carries a message out of the house: an SMTP server, an SMS gateway."""

import contextlib
import smtplib
import ssl
from datetime import date
from email.message import EmailMessage
from typing import Protocol
from urllib.parse import unquote, urlsplit

from services.notifications.use_cases import POLICY
from shared.config import Settings

TIMEOUT_SECONDS = 10.0


class Undelivered(Exception):
    """It did not get out. `final`: this channel will never take it; `line_down`: nothing else would get out now."""

    def __init__(self, code: str, *, final: bool = False, line_down: bool = False) -> None:
        super().__init__(code)
        self.code, self.final, self.line_down = code, final, line_down


class SmsGateway(Protocol):
    """The outside world's SMS service."""

    def send(self, to: str, text: str, reference: str) -> str:
        """Hand over one text; returns the provider's id, raises Undelivered. `reference` is ours, stable per text."""


class Shelf:
    """For development: sends nothing; the text is read at `/messages/{id}`."""

    def send(self, to: str, text: str, reference: str) -> str:  # noqa: ARG002  it goes nowhere
        """The id by which it would be asked for."""
        return f"shelf-{reference}"


def sms_gateway(settings: Settings, on: date) -> SmsGateway | None:
    """The gateway that is configured, None where there is none; the shelf is nothing for production."""
    row = POLICY.find("sms.gateway", on)
    return Shelf() if row is not None and row.value == "shelf" and settings.mode != "production" else None


class MailLine:
    """One connection to the SMTP server, kept while there is something to send."""

    def __init__(self) -> None:
        self._open: smtplib.SMTP | None = None
        self._url = ""

    def send(self, settings: Settings, message: EmailMessage, to: str) -> None:
        """Hand over one mail; raises Undelivered."""
        try:
            self._connected(settings.smtp_url).send_message(message, from_addr=settings.mail_from, to_addrs=[to])
        except (OSError, ValueError) as error:
            self.hang_up()
            raise _undelivered(error) from error

    def _connected(self, url: str) -> smtplib.SMTP:
        if self._open is not None and (url != self._url or not _still_there(self._open)):
            self.hang_up()
        if self._open is None:
            self._open, self._url = _dial(url), url
        return self._open

    def hang_up(self) -> None:
        """Close the connection, if there is one."""
        line, self._open = self._open, None
        if line is not None:
            with contextlib.suppress(OSError):
                line.quit()
            line.close()


def _still_there(line: smtplib.SMTP) -> bool:
    try:
        return bool(line.noop()[0] == 250)
    except OSError:
        return False


def _dial(url: str) -> smtplib.SMTP:
    parts = urlsplit(url)
    host, secure = parts.hostname or "", ssl.create_default_context()
    line: smtplib.SMTP
    if parts.scheme == "smtps":
        line = smtplib.SMTP_SSL(host, parts.port or 465, timeout=TIMEOUT_SECONDS, context=secure)
    else:
        line = smtplib.SMTP(host, parts.port or 25, timeout=TIMEOUT_SECONDS)
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
