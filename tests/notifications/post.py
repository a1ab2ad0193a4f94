"""A mail server for tests that keeps what it is given, and the service that sends to it."""

import socket
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from services.notifications.models import Message
from services.notifications.use_cases import messages, reminders
from services.notifications.use_cases.delivery import PostOffice
from services.notifications.use_cases.gateways import Suppliers
from shared import clock
from shared.database import Database
from tests.house import ServiceUnderTest

GATHERED = timedelta(seconds=10)
CALM = timedelta(hours=1) + GATHERED


class Catcher:
    """A real SMTP server on a free port that can be stopped and started again; `refused` addresses get a 550."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.mails: list[EmailMessage] = []
        self.senders: list[str] = []
        self.refused: set[str] = set()
        self._controller: Controller | None = None

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"smtp://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Answers from now on."""
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self) -> None:
        """Answers no more; what came stays."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        """Takes the address or refuses it for good."""
        if address in self.refused:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Keeps the mail."""
        self.senders.append(envelope.mail_from)
        self.mails.append(message_from_bytes(envelope.content, _class=EmailMessage, policy=default))
        return "250 kept"

    def to(self, address: str) -> list[EmailMessage]:
        """The mails to one address, in order."""
        return [mail for mail in self.mails if mail["To"] == address]


class NotificationsUnderTest(ServiceUnderTest):
    """The service with the catcher as its mail server, its jobs run by hand."""

    def use(self, catcher: Catcher) -> None:
        """From now on mail goes there."""
        self.settings = replace(self.settings, smtp_url=catcher.url)
        self.database = Database(self.settings, bind=self.connection)

    def work(self, found: Suppliers | None = None, later: timedelta = GATHERED) -> None:
        """Run the jobs until nothing is due, as the worker does, one transaction at a time.

        What gathers has gathered by then; `later`: how long after the addresses were found.
        """
        office = PostOffice(found)
        self._run(messages.suppress_past)
        self._run(reminders.wake)
        self._run(messages.find_addresses)
        with clock.moved_to(clock.now() + later):
            for _turn in range(3):
                # A turn ends by the machine's clock, so a busy one needs more of them.
                self._run(office.deliver)

    def _run(self, run: Callable[[Session], bool]) -> None:
        more: bool = True
        while more:
            with self.database.begin(actor="worker:notifications") as session:
                more = run(session)

    def messages(self) -> list[Message]:
        """All message rows but reminders that wait for their time, oldest first."""
        with self.begin() as session:
            return list(session.scalars(select(Message).where(Message.state != "planned").order_by(Message.id)))

    def planned(self) -> list[Message]:
        """Reminders that wait for their time, by that."""
        with self.begin() as session:
            waiting = select(Message).where(Message.state == "planned")
            return list(session.scalars(waiting.order_by(Message.next_try_at, Message.template)))

    def states(self) -> list[tuple[str, str | None, str]]:
        """Recipient kind, channel and state of every message, in order of these."""
        return sorted((m.recipient_kind, m.channel, m.state) for m in self.messages())  # type: ignore[type-var]

    def trail(self) -> str:
        """Everything the audit trail holds."""
        return str(self.connection.execute(text("SELECT * FROM audit")).all())


def parts(mail: EmailMessage) -> dict[str, str]:
    """The text of each part by its content type."""
    return {
        part.get_content_type(): part.get_content().replace("\r\n", "\n")
        for part in mail.walk()
        if not part.is_multipart()
    }
