"""One message at a time leaves the house.

The message's row is locked while it is sent and marked sent in the same transaction, so a worker that dies has lost
nothing: the lock goes with it and the message is sent again, at least once, with the same Message-ID. Marking it
before sending would turn a crash into a letter that nobody ever gets, which is worse for an appointment than two.
"""

import logging
import time
from collections.abc import Collection
from datetime import timedelta
from email.headerregistry import Address as MailAddress
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.notifications import queries
from services.notifications.models import Address, Line, Message
from services.notifications.rules import channels, letters, sms
from services.notifications.rules.calendars import calendar_file, method
from services.notifications.rules.channels import EMAIL, POSTED, SMS
from services.notifications.rules.letters import Letter
from services.notifications.use_cases import (
    POLICY,
    choices,
    digital_post,
    messages,
    notices,
    pauses,
    return_addresses,
    service_platform,
    timing,
)
from services.notifications.use_cases.carriers import MailLine, Undelivered
from services.notifications.use_cases.gateways import Suppliers, suppliers
from shared import clock, links
from shared.config import Settings
from shared.logs import story

BURST_SECONDS, MESSAGE_SECONDS = 1.0, 3.0
MAIL_POLICY = SMTP.clone(cte_type="7bit")
log = logging.getLogger(__name__)


class PostOffice:
    """Sends what is due by its channels. Keeps a mail connection while there is more, and nothing else."""

    def __init__(self, found: Suppliers | None = None, lane: Collection[str] = channels.CHANNELS) -> None:
        self._mail, self._suppliers, self._lane = MailLine(), found, lane
        self._burst_began: float | None = None

    def deliver(self, session: Session) -> bool:
        """Send the most urgent message, of these the one due longest; True when there may be more.

        A burst begins no message after BURST_SECONDS, and a message takes MESSAGE_SECONDS at most, so that the worker
        gets on with its queue and the broker's heartbeat however slow the mail server is.
        """
        self._burst_began = self._burst_began or time.monotonic()
        found = self._suppliers or suppliers(session.info["settings"], clock.today())
        message = session.scalar(_due([one for one in _channels_in_use(session, found) if one in self._lane]))
        if message is None:
            self._mail.hang_up()
            self._burst_began = None
            return False
        messages.trace_back(session, message)
        address = queries.address_book(session, [message.recipient_id])[message.recipient_id]
        if message.channel not in channels.usable(choices.order(session, message, address), address):
            messages.address_to(session, message, address)
            return self._goes_on()
        if timing.wait_for_day(message):
            return self._goes_on()
        try:
            together, letter = _written(session, message, address)
            taken = self._carry(session, message, address, letter, found)
        except Undelivered as failure:
            _failed(session, message, address, failure)
        except Exception as error:  # noqa: BLE001  one letter that cannot be written must not stop the others
            with story(message.correlation_id):
                log.error("message cannot be written: %s", type(error).__name__)  # noqa: TRY400  a traceback quotes people
            _failed(session, message, address, Undelivered(queries.CANNOT_BE_WRITTEN))
        else:
            for one in together:
                one.provider_id = taken
                messages.trace_back(session, one)
                messages.tell_sent(session, one)
                with story(one.correlation_id):
                    log.info("letter %s left by %s", one.id, one.channel)
        return self._goes_on()

    def _goes_on(self) -> bool:
        if self._burst_began is not None and time.monotonic() - self._burst_began < BURST_SECONDS:
            return True
        self._burst_began = None
        return False

    def _carry(self, session: Session, message: Message, address: Address, letter: Letter, found: Suppliers) -> str:
        settings, until = session.info["settings"], time.monotonic() + MESSAGE_SECONDS
        if message.channel == SMS:
            return _as_text(session, message, (address.phone or "", letter.sms), found, until)
        if message.channel in POSTED:
            return _as_post(session, message, address, letter)
        mail = as_mail(settings, message, address.email or "", letter)
        try:
            sender = return_addresses.of(settings, message)
            self._mail.send(settings, mail, address.email or "", until=until, sender=sender)
        except Undelivered as failure:
            if failure.line_down:
                _rest(session, EMAIL)
            raise
        _line_answers(session, EMAIL)
        return str(mail["Message-ID"])


def _written(session: Session, message: Message, address: Address) -> tuple[list[Message], Letter]:
    """The message and what goes in the same mail, as one letter; what cannot be written stays behind."""
    settings, others = session.info["settings"], timing.companions(session, message, address)
    every = [message, *others]
    book = queries.address_book(session, {person for one in every for person in one.people})
    moved = queries.moved_appointments(session, every)
    first = queries.letter(settings, message, book, moved)
    written = [(one, queries.letter_or_none(settings, one, book, moved)) for one in others]
    joined = [(message, first), *((one, letter) for one, letter in written if letter)]
    return [one for one, _ in joined], letters.joined([letter for _, letter in joined])


def _as_text(session: Session, message: Message, text: tuple[str, str], found: Suppliers, until: float) -> str:
    """By the supplier whose turn it is, or at once by the next where that one is away; raises Undelivered."""
    order = sms.in_order(found.weights, message.id, message.attempts, _resting(session))
    failure = Undelivered("server_unreachable")
    for name in order:
        try:
            taken = found.gateways[name].send(*text, message.id)
        except Undelivered as error:
            failure = error
            if failure.line_down:
                _rest(session, line_of(name))
            if failure.final or _for_a_person(failure) or time.monotonic() > until:
                break
        else:
            _line_answers(session, line_of(name))
            return f"{name}:{taken}"
    raise failure


def _as_post(session: Session, message: Message, address: Address, letter: Letter) -> str:
    try:
        taken = digital_post.send(session, message, address, letter)
    except Undelivered as failure:
        if failure.line_down:
            _rest(session, str(message.channel))
        raise
    _line_answers(session, str(message.channel))
    return taken


def _for_a_person(failure: Undelivered) -> bool:
    """Whether nobody knows if it got out, and the row has a person judge."""
    key = "post.outcome_unknown" if failure.code == service_platform.UNKNOWN else "sms.outcome_unknown"
    return failure.unknown and POLICY.row(key, clock.today()).value == "ask"


def _resting(session: Session) -> set[str]:
    """Suppliers and the mail server that are left alone for now, by their own names."""
    return {line.removeprefix(f"{SMS}:") for line in
            session.scalars(select(Line.channel).where(Line.rests_until > clock.now()))}  # fmt: skip


def _channels_in_use(session: Session, found: Suppliers) -> list[str]:
    resting = _resting(session)
    awake = {EMAIL: EMAIL not in resting, SMS: bool(set(found.gateways) - resting)}
    posts = session.info["settings"].digital_post is not None
    awake |= {one: posts and one not in resting for one in POSTED}
    return [channel for channel, works in awake.items() if works and channel not in pauses.paused(session)]


def _due(lines: list[str]) -> Any:
    now = clock.now()
    due = select(Message).where(
        Message.state == messages.QUEUED, Message.next_try_at <= now, Message.expires_at > now,
        Message.channel.in_(lines),
    )  # fmt: skip
    return due.order_by(Message.urgency, Message.next_try_at, Message.id).limit(1).with_for_update(skip_locked=True)


def as_mail(settings: Settings, message: Message, to: str, letter: Letter) -> EmailMessage:
    """The letter as a mail: plain text, the same in HTML, and the appointments as a calendar file."""
    mail = EmailMessage(policy=MAIL_POLICY)
    sender = MailAddress("Jobbutikken", addr_spec=settings.mail_from)
    try:
        mail["From"], mail["To"] = sender, MailAddress(addr_spec=to)
    except ValueError as error:
        raise Undelivered("address_unreadable", final=True) from error
    now = clock.now()
    mail["Subject"] = letter.subject
    mail["Date"] = now
    mail["Message-ID"] = f"<{message.id}.{message.cause_version}@{sender.domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    if answer_to := return_addresses.of(settings, message):
        mail["Reply-To"] = answer_to
    if letter.decline:
        mail["List-Unsubscribe"] = f"<{links.one_click(letter.decline)}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(letter.text)
    mail.add_alternative(letter.html, subtype="html")
    if letter.appointments:
        mail.add_attachment(
            calendar_file(letter.appointments, stamp=now, cancelled=letter.cancelled),
            subtype="calendar", filename="jobbutikken.ics", params={"method": method(cancelled=letter.cancelled)},
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
        "round": message.round + 1, "state": state, "channel": channel, "made_at": now, "error_code": None,
        "chosen_code": choices.AFTER_FAILURE, "template_version": None,
        "next_try_at": now if state == messages.QUEUED else None,
    }])  # fmt: skip


def line_of(supplier: str) -> str:
    """The line of an SMS supplier; the mail server's is the channel itself."""
    return f"{SMS}:{supplier}"


def _rest(session: Session, name: str) -> None:
    line = session.get(Line, name)
    failures = line.failures + 1 if line else 1
    pauses: list[int] = POLICY.row("line.pauses", clock.today()).value
    rest = timedelta(seconds=pauses[min(failures, len(pauses)) - 1])
    values = {"channel": name, "failures": failures, "rests_until": clock.now() + rest}
    session.execute(insert(Line).values(values).on_conflict_do_update(index_elements=["channel"], set_=values))


def _line_answers(session: Session, name: str) -> None:
    line = session.get(Line, name)
    if line is not None:
        session.delete(line)
