"""Companies' systems are told: kept with the event, sent in order for each subject, tried again, and given up."""

import base64
import logging
import os
import time
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session, aliased

from services.notifications.models import Webhook, WebhookDelivery
from services.notifications.rules import notices as kinds
from services.notifications.rules import webhooks as rules
from services.notifications.use_cases import POLICY, notices, outgoing
from services.notifications.use_cases.beside import beside
from services.notifications.use_cases.outgoing import Unsent
from shared import clock, crypto
from shared.auth import Principal
from shared.config import Settings
from shared.database import new_id
from shared.envelope import Received
from shared.errors import Forbidden, Invalid, NotFound, Refused
from shared.events import Event, MatchConsented
from shared.handling import Handler

SENT, WAITING, FAILED = STATES = ("sent", "waiting", "failed")
BY_HAND, GONE, TOO_MANY = OFF = ("by_hand", "gone", "too_many")
MOST, SECRET_BYTES, BURST_SECONDS = 5, 24, 1.0
GONE_FOR_GOOD = 410
log = logging.getLogger(__name__)


def with_webhooks(handlers: Mapping[type[Event], Handler]) -> dict[type[Event], Handler]:
    """The handlers, and beside each what companies' systems are told of its event."""
    return {event: beside(handle, _tell) if event in rules.TABLE else handle for event, handle in handlers.items()}


def _tell(session: Session, batch: Sequence[Received[Any]]) -> None:
    for received in batch:
        if not received.trace.replayed:
            queue(session, received.event)


def queue(session: Session, event: Any) -> None:
    """To each system of the company that may hear of that place; never of a person."""
    told = rules.TABLE[type(event)]
    # Whom nobody is to be written to about is not told of here either.
    if isinstance(event, MatchConsented) and event.answer_due is None:
        return
    place = notices.company_place(session, event)
    subject: UUID = getattr(event, told.subject)
    listening = select(Webhook).where(Webhook.cvr == place["cvr"])
    for one in session.scalars(listening.order_by(Webhook.id)):
        if one.p_numbers and place["p_number"] not in one.p_numbers:
            continue
        if told.after and not session.scalar(_earlier(one.id, subject, told.after)):
            continue
        ids = {name: str(getattr(event, name)) for name in told.ids}
        url = f"{session.info['settings'].public_url}{told.url.format(**ids)}"
        session.add(WebhookDelivery(
            id=new_id(), webhook_id=one.id, kind=told.kind, subject_id=subject, data=ids | {"url": url}, state=WAITING,
            attempts=0, next_try_at=clock.now(), made_at=clock.now(),
        ))  # fmt: skip
    session.flush()


def _earlier(webhook_id: UUID, subject: UUID, kind: str) -> Any:
    return select(WebhookDelivery.id).where(
        WebhookDelivery.webhook_id == webhook_id, WebhookDelivery.subject_id == subject, WebhookDelivery.kind == kind
    ).limit(1)  # fmt: skip


class Sender:
    """Sends what is due, one at a time; a system that fails rests, and holds back no other."""

    def __init__(self) -> None:
        self._began: float | None = None

    def deliver(self, session: Session) -> bool:
        """The one that waits longest; True when there may be more."""
        self._began = self._began or time.monotonic()
        found = session.execute(_due()).first()
        if found is None:
            self._began = None
            return False
        _send(session, found[0], found[1])
        if time.monotonic() - self._began < BURST_SECONDS:
            return True
        self._began = None
        return False


def _due() -> Any:
    now, earlier = clock.now(), aliased(WebhookDelivery)
    before = exists().where(
        earlier.webhook_id == WebhookDelivery.webhook_id, earlier.subject_id == WebhookDelivery.subject_id,
        earlier.state == WAITING, earlier.id < WebhookDelivery.id,
    )  # fmt: skip
    due = select(WebhookDelivery, Webhook).join(Webhook, Webhook.id == WebhookDelivery.webhook_id).where(
        WebhookDelivery.state == WAITING, WebhookDelivery.next_try_at <= now, Webhook.off_at.is_(None),
        or_(Webhook.rests_until.is_(None), Webhook.rests_until <= now), ~before,
    )  # fmt: skip
    due = due.order_by(WebhookDelivery.next_try_at, WebhookDelivery.id).limit(1)
    return due.with_for_update(of=[WebhookDelivery, Webhook], skip_locked=True)


def _send(session: Session, delivery: WebhookDelivery, webhook: Webhook) -> None:
    settings: Settings = session.info["settings"]
    body = orjson.dumps({"type": delivery.kind, "timestamp": delivery.made_at, "data": delivery.data})
    now = clock.now()
    headers = rules.signed(_secrets(settings, webhook), str(delivery.id), int(now.timestamp()), body)
    delivery.attempts += 1
    delivery.answered_at, delivery.status, delivery.error_code = now, None, None
    try:
        delivery.status = outgoing.post(webhook.url, body, headers, loopback=allows_loopback(settings))
    except Unsent as error:
        delivery.error_code = error.code
    if delivery.status is not None and 200 <= delivery.status < 300:
        delivery.state, delivery.next_try_at = SENT, None
        webhook.failures, webhook.rests_until = 0, None
    else:
        _failed(session, delivery, webhook)
    log.info("webhook %s: %s", delivery.id, delivery.state)


def _failed(session: Session, delivery: WebhookDelivery, webhook: Webhook) -> None:
    today, now = clock.today(), clock.now()
    pauses: list[int] = POLICY.row("webhook.pauses", today).value
    webhook.failures += 1
    if delivery.attempts <= len(pauses):
        delivery.next_try_at = now + timedelta(seconds=pauses[delivery.attempts - 1])
        webhook.rests_until = delivery.next_try_at
    else:
        delivery.state, delivery.next_try_at = FAILED, None
    if delivery.status == GONE_FOR_GOOD:
        _turn_off(session, webhook, GONE)
    elif webhook.failures >= POLICY.row("webhook.most_failures", today).value:
        _turn_off(session, webhook, TOO_MANY)


def _turn_off(session: Session, webhook: Webhook, code: str) -> None:
    webhook.off_at, webhook.off_code = clock.now(), code
    notices.put(session, kinds.WEBHOOK_OFF, webhook.id, clock.now(), cvr=webhook.cvr)


def allows_loopback(settings: Settings) -> bool:
    """Whether a system on this machine may listen: in the demo and in tests."""
    return settings.mode != "production"


def of(session: Session, who: Principal) -> Sequence[Webhook]:
    """The caller's company's; who is let in to some places sees those of these alone."""
    every = session.scalars(select(Webhook).where(Webhook.cvr == who.organisation).order_by(Webhook.id)).all()
    return [one for one in every if not who.p_numbers or (one.p_numbers and set(one.p_numbers) <= set(who.p_numbers))]


def own(session: Session, who: Principal, webhook_id: UUID) -> Webhook:
    """One of them, locked; raises NotFound."""
    if webhook_id not in {one.id for one in of(session, who)}:
        raise NotFound
    return session.get_one(Webhook, webhook_id, with_for_update=True)


def register(session: Session, who: Principal, *, url: str) -> tuple[Webhook, str]:
    """The system listens from now on; its secret is told this once."""
    if not who.organisation:
        raise Forbidden
    settings: Settings = session.info["settings"]
    try:
        outgoing.checked(url, loopback=allows_loopback(settings))
    except Unsent as error:
        raise Invalid({"url": WRONG[error.code]}) from error
    if len(of(session, who)) >= MOST:
        raise Refused("enough_webhooks", f"I har allerede {MOST} webhooks.", f"You have {MOST} webhooks already.")
    made, secret = new_id(), _new_secret()
    webhook = Webhook(
        id=made, cvr=who.organisation, p_numbers=sorted(who.p_numbers), url=url, made_at=clock.now(), failures=0,
        secret_sealed=_seal(settings, made, secret),
    )  # fmt: skip
    session.add(webhook)
    session.flush()
    return webhook, secret


WRONG = {
    "not_https": "Adressen skal begynde med https:// / The address must begin with https://",
    "not_found": "Adressen findes ikke. / There is no such address.",
    "private_network": "Adressen ligger på et lukket netværk. / The address is on a private network.",
}


def rotate(session: Session, who: Principal, webhook_id: UUID) -> tuple[Webhook, str]:
    """A new secret, told this once; the one before signs as well for a while."""
    webhook, settings = own(session, who, webhook_id), session.info["settings"]
    hours = POLICY.row("webhook.old_secret_hours", clock.today()).value
    webhook.old_secret_sealed, webhook.old_until = webhook.secret_sealed, clock.now() + timedelta(hours=hours)
    secret = _new_secret()
    webhook.secret_sealed = _seal(settings, webhook.id, secret)
    session.flush()
    return webhook, secret


def turn(session: Session, who: Principal, webhook_id: UUID, *, on: bool) -> Webhook:
    """Off, and what is to be told waits; on, and it goes."""
    webhook = own(session, who, webhook_id)
    if (webhook.off_at is None) == on:
        raise Refused("as_it_is", "Sådan er det allerede.", "It is so already.")
    webhook.off_at, webhook.off_code = (None, None) if on else (clock.now(), BY_HAND)
    webhook.failures, webhook.rests_until = 0, None
    if on:
        notices.done(session, kinds.WEBHOOK_OFF, webhook.id)
    session.flush()
    return webhook


def resend(session: Session, who: Principal, delivery_id: UUID) -> WebhookDelivery:
    """The same once more, with the same id, so that a system that had it knows; raises Refused where it waits."""
    delivery = session.get(WebhookDelivery, delivery_id, with_for_update=True)
    if delivery is None:
        raise NotFound
    webhook = own(session, who, delivery.webhook_id)
    if delivery.state == WAITING:
        raise Refused("waits_already", "Den venter allerede på at blive sendt.", "It waits to be sent already.")
    if webhook.off_at is not None:
        raise Refused("webhook_off", "Tænd for webhooken først.", "Turn the webhook on first.")
    delivery.state, delivery.attempts, delivery.next_try_at = WAITING, 0, clock.now()
    session.flush()
    return delivery


def _new_secret() -> str:
    return rules.SECRET_PREFIX + base64.b64encode(os.urandom(SECRET_BYTES)).decode()


def _seal(settings: Settings, webhook_id: UUID, secret: str) -> str:
    return crypto.seal(secret.encode(), settings.seal_public_keys[settings.service], context=f"webhook:{webhook_id}")


def _secrets(settings: Settings, webhook: Webhook) -> list[str]:
    sealed = [webhook.secret_sealed]
    if webhook.old_secret_sealed and webhook.old_until and clock.now() < webhook.old_until:
        sealed.append(webhook.old_secret_sealed)
    return [crypto.unseal(one, settings.seal_private_keys, context=f"webhook:{webhook.id}").decode() for one in sealed]
