"""Messages leave the house, a batch in a transaction, one after the other.

Their rows are locked while they are sent, so a worker that dies has lost nothing: the locks go with it. What was taken
by then is noted (handovers.py) and marked, the rest is sent by another. Only one that was on the line at that moment
may go twice, with the same Message-ID: marking it before sending would turn a crash into a letter that nobody ever
gets, which is worse for an appointment than two.
"""

import logging
import time
from collections.abc import Collection
from dataclasses import dataclass
from email.contentmanager import raw_data_manager
from email.header import Header
from email.headerregistry import Address as MailAddress
from email.message import EmailMessage
from email.policy import SMTP, compat32
from email.utils import format_datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.notifications import queries
from services.notifications.models import Address, Message
from services.notifications.rules import channels, sms
from services.notifications.rules.calendars import calendar_file, method
from services.notifications.rules.channels import EMAIL, POSTED, SMS
from services.notifications.rules.joining import joined
from services.notifications.rules.letters import Letter
from services.notifications.use_cases import (
    POLICY,
    choices,
    claims,
    digital_post,
    handovers,
    messages,
    notices,
    return_addresses,
    service_platform,
    timing,
)
from services.notifications.use_cases.carriers import MailLine, Undelivered
from services.notifications.use_cases.claims import Lines, line_of
from services.notifications.use_cases.gateways import Suppliers, suppliers
from shared import clock, links, tracing
from shared.config import Settings
from shared.logs import story

AT_ONCE, BURST_SECONDS, MESSAGE_SECONDS = 50, 1.0, 3.0
# The newer policy parses and folds each header, which takes three times as long; only it knows addresses beyond ASCII.
PLAIN = compat32.clone(cte_type="7bit", linesep="\r\n", max_line_length=998)
BEYOND_ASCII = SMTP.clone(cte_type="7bit")
log = logging.getLogger(__name__)


class PostOffice:
    """Sends what is due by its channels. Keeps a mail connection while there is more, and nothing else.

    With a `supplier` it has, of the texts, those that are this supplier's to try first.
    """

    def __init__(
        self, found: Suppliers | None = None, lane: Collection[str] = channels.CHANNELS, supplier: str | None = None
    ) -> None:
        self._mail, self._suppliers, self._lane, self._supplier = MailLine(), found, lane, supplier

    def deliver(self, session: Session) -> bool:
        """Send the most urgent messages; True when there may be more.

        No message is begun after BURST_SECONDS, and one takes MESSAGE_SECONDS at most, so that what became urgent
        meanwhile and a worker that is to end wait for no longer, however slow a server is.
        """
        found = self._suppliers or suppliers(session.info["settings"], clock.today())
        lines = Lines(session)
        taken = claims.take(session, found, lines, self._lane, supplier=self._supplier, most=AT_ONCE)
        if not taken:
            self._mail.hang_up()
            return False
        book = queries.address_book(session, {person for message in taken for person in message.people})
        moved = queries.moved_appointments(session, taken)
        begun, gone = time.monotonic(), set[UUID]()
        for message in taken:
            if time.monotonic() - begun > BURST_SECONDS or not _has_a_line(message, found, lines):
                break
            if message.id not in gone:
                gone.update(self._send(session, message, Turn(found, lines, book, moved, gone)))
        if gone:
            handovers.forget(session, gone)
        return True

    def _send(self, session: Session, message: Message, turn: "Turn") -> list[UUID]:
        """The messages that left with this one, itself among them; none where it did not."""
        messages.trace_back(session, message)
        address = turn.book[message.recipient_id]
        order = choices.order(session, message, address)
        if _declined(message, address) or message.channel not in channels.usable(order, address):
            messages.address_to(session, message, address)
            return []
        if timing.wait_for_day(message):
            return []
        try:
            together, letter = _written(session, message, address, turn)
            versions = [(one.id, one.version) for one in together]
            with tracing.span(
                f"send {message.template}", "CLIENT", message.traceparent, {"channel": message.channel or ""}
            ):
                taken = self._carry(session, message, address, letter, turn)
        except Undelivered as failure:
            _failed(session, message, address, failure)
        except Exception as error:  # noqa: BLE001  one letter that cannot be written must not stop the others
            with story(message.correlation_id):
                log.error("message cannot be written: %s", type(error).__name__)  # noqa: TRY400  a traceback quotes people
            _failed(session, message, address, Undelivered(queries.CANNOT_BE_WRITTEN))
        else:
            handovers.note(session, taken, versions)
            for one in together:
                one.provider_id = taken
                messages.trace_back(session, one)
                messages.tell_sent(session, one)
                with story(one.correlation_id):
                    log.info("letter %s left by %s", one.id, one.channel)
            return [one.id for one in together]
        return []

    def _carry(self, session: Session, message: Message, address: Address, letter: Letter, turn: "Turn") -> str:
        settings, until = session.info["settings"], time.monotonic() + MESSAGE_SECONDS
        if message.channel == SMS:
            return _as_text(message, (address.phone or "", letter.sms), turn, until)
        if message.channel in POSTED:
            return _as_post(session, message, address, letter, turn.lines)
        mail = as_mail(settings, message, address.email or "", letter)
        try:
            sender = return_addresses.of(settings, message)
            self._mail.send(settings, mail, address.email or "", until=until, sender=sender)
        except Undelivered as failure:
            if failure.line_down:
                turn.lines.failed(EMAIL)
            raise
        turn.lines.answers(EMAIL)
        return str(mail["Message-ID"])


@dataclass(frozen=True)
class Turn:
    """What a batch shares: suppliers and servers, people, the newest times, and what has left."""

    found: Suppliers
    lines: Lines
    book: dict[UUID, Address]
    moved: queries.Moved
    gone: Collection[UUID]


def _has_a_line(message: Message, found: Suppliers, lines: Lines) -> bool:
    """Whether a server is left to try: waiting for one costs a message none of its tries."""
    resting = lines.resting()
    return bool(found.shares(resting)) if message.channel == SMS else message.channel not in resting


def _declined(message: Message, address: Address) -> bool:
    """Said no meanwhile: at night, or while it gathered or waited for a server."""
    return choices.declines(address, message.template, message.recipient_kind)


def _written(session: Session, message: Message, address: Address, turn: Turn) -> tuple[list[Message], Letter]:
    """The message and what goes in the same mail, as one letter; what cannot be written stays behind."""
    settings, book, moved = session.info["settings"], turn.book, turn.moved
    first = queries.letter(settings, message, book, moved)
    waiting = timing.companions(session, message, address, but=handovers.noted())
    others = [one for one in waiting if one.id not in turn.gone]
    if not others:
        return [message], first
    unknown = {person for one in others for person in one.people} - book.keys()
    book = book | queries.address_book(session, unknown) if unknown else book
    others = [one for one in others if _goes_along(one, book[one.recipient_id], address)]
    moved = {**moved, **queries.moved_appointments(session, others)}
    written = [(one, queries.letter_or_none(settings, one, book, moved)) for one in others]
    going = [(message, first), *((one, letter) for one, letter in written if letter)]
    return [one for one, _ in going], joined([letter for _, letter in going])


def _goes_along(message: Message, own: Address, address: Address) -> bool:
    """A mentor whom the register knows may be reached elsewhere than the agreement said."""
    return own.email == address.email and not _declined(message, own)


def _as_text(message: Message, text: tuple[str, str], turn: Turn, until: float) -> str:
    """By the supplier whose turn it is, or at once by the next where that one is away; raises Undelivered."""
    order = sms.in_order(turn.found.weights, message.id, message.attempts, turn.lines.resting())
    failure = Undelivered("server_unreachable")
    for name in order:
        if name not in turn.found.gateways:
            continue
        try:
            taken = turn.found.gateways[name].send(*text, message.id)
        except Undelivered as error:
            failure = error
            if failure.line_down:
                turn.lines.failed(line_of(name))
            if failure.final or _for_a_person(failure) or time.monotonic() > until:
                break
        else:
            turn.lines.answers(line_of(name))
            return f"{name}:{taken}"
    raise failure


def _as_post(session: Session, message: Message, address: Address, letter: Letter, lines: Lines) -> str:
    try:
        taken = digital_post.send(session, message, address, letter)
    except Undelivered as failure:
        if failure.line_down:
            lines.failed(str(message.channel))
        raise
    lines.answers(str(message.channel))
    return taken


def _for_a_person(failure: Undelivered) -> bool:
    """Whether nobody knows if it got out, and the row has a person judge."""
    key = "post.outcome_unknown" if failure.code == service_platform.UNKNOWN else "sms.outcome_unknown"
    return failure.unknown and POLICY.row(key, clock.today()).value == "ask"


def as_mail(settings: Settings, message: Message, to: str, letter: Letter) -> EmailMessage:
    """The letter as a mail: plain text, the same in HTML, and the appointments as a calendar file."""
    mail = EmailMessage(policy=PLAIN if to.isascii() else BEYOND_ASCII)
    sender = MailAddress("Jobbutikken", addr_spec=settings.mail_from)
    try:
        mail["From"], mail["To"] = str(sender), str(MailAddress(addr_spec=to))
    except ValueError as error:
        raise Undelivered("address_unreadable", final=True) from error
    now = clock.now()
    mail["Subject"] = Header(letter.subject).encode(linesep="")
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = f"<{message.id}.{message.cause_version}@{sender.domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    if answer_to := return_addresses.of(settings, message):
        mail["Reply-To"] = answer_to
    if letter.decline:
        mail["List-Unsubscribe"] = f"<{links.one_click(letter.decline)}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(letter.text, content_manager=raw_data_manager)
    mail.add_alternative(letter.html, subtype="html", content_manager=raw_data_manager)
    if letter.appointments:
        mail.add_attachment(
            calendar_file(letter.appointments, stamp=now, cancelled=letter.cancelled),
            subtype="calendar", filename="jobbutikken.ics", params={"method": method(cancelled=letter.cancelled)},
            content_manager=raw_data_manager,
        )  # fmt: skip
    return mail


def _failed(session: Session, message: Message, address: Address, failure: Undelivered) -> None:
    now = clock.now()
    message.attempts += 1
    message.error_code = failure.code
    wait = channels.pause(POLICY.row("message.pauses", clock.today()).value, message.attempts)
    for_a_person = _for_a_person(failure)
    if wait is not None and not failure.final and not for_a_person:
        message.next_try_at = now + wait
        return
    _give_up(session, message, address, failure.code, go_on=not for_a_person)


def not_arrived(session: Session, message: Message, code: str = "not_delivered") -> None:
    """A message that was sent never got there: the next channel takes over, while it is of use."""
    address = queries.address_book(session, [message.recipient_id])[message.recipient_id]
    _give_up(session, message, address, code, go_on=message.expires_at > clock.now())


def _give_up(session: Session, message: Message, address: Address, code: str, *, go_on: bool) -> None:
    messages.tell_failed(session, message, code)
    following = channels.choose(choices.order(session, message, address), address, after=message.channel)
    if go_on and following is not None:
        _take_over(session, message, following)
    elif message.expires_at > clock.now():
        notices.lost(session, message)


def _take_over(session: Session, message: Message, channel: str) -> None:
    state, now = messages.state_for(channel), clock.now()
    messages.put(session, [{
        **{name: getattr(message, name) for name in messages.KEPT},
        "round": message.round + 1, "state": state, "channel": channel, "made_at": now,
        "chosen_code": choices.AFTER_FAILURE,
        "next_try_at": now if state == messages.QUEUED else None,
    }])  # fmt: skip
