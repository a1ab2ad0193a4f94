"""The queue that the national event distributor keeps for us: read, kept, and only then acknowledged."""

import logging
import ssl
from contextlib import suppress
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from services.notifications.rules import post_status
from services.notifications.use_cases import digital_post, messages, receipts, service_platform
from services.notifications.use_cases.carriers import Undelivered
from services.notifications.use_cases.delivery import not_arrived
from services.notifications.use_cases.receipts import POST_RECEIPT
from shared import broker
from shared.broker import BrokerError
from shared.suppliers import PostAccount

AT_ONCE = 100
POST_FAILED = "post_failed"
log = logging.getLogger(__name__)


def hear(session: Session) -> bool:
    """Take what waits; True when there may be more. What is not acknowledged comes again, and changes nothing then."""
    account: PostAccount | None = session.info["settings"].digital_post
    if account is None or not account.events:
        return False
    try:
        line = _visited(account)
    except (*BrokerError, Undelivered) as error:
        log.warning("event distributor not reached: %s", type(error).__name__)
        return False
    try:
        channel = line.channel()
        tags = [tag for tag in (_taken(session, channel, account.queue) for _turn in range(AT_ONCE)) if tag]
    except BrokerError as error:
        log.warning("event distributor broke off: %s", type(error).__name__)
        _hang_up(line)
        return False
    except BaseException:
        _hang_up(line)
        raise
    # Their copy goes when ours is safe: acknowledged after the commit, or never.
    event.listen(session, "after_commit", lambda _session: _acknowledge(line, channel, tags), once=True)
    event.listen(session, "after_soft_rollback", lambda _session, _previous: _hang_up(line), once=True)
    return len(tags) == AT_ONCE


def _visited(account: PostAccount) -> Any:
    if not account.events.startswith("amqps:"):
        return broker.visit(account.events)
    tls = ssl.create_default_context()
    if account.trusted:
        tls.load_verify_locations(account.trusted)
    tls.load_cert_chain(account.certificate)
    return broker.visit(account.events, tls=tls, token=service_platform.event_token(account))


def _taken(session: Session, channel: Any, queue: str) -> int | None:
    """The tag of what was taken and kept; None where nothing waits. What cannot be read is theirs to keep."""
    method, _properties, body = channel.basic_get(queue)
    while method is not None:
        try:
            told = post_status.read(body)
        except post_status.NotForUs:
            log.warning("event distributor told what cannot be read")
            channel.basic_nack(method.delivery_tag, requeue=False)
            method, _properties, body = channel.basic_get(queue)
        else:
            apply(session, told)
            tag: int = method.delivery_tag
            return tag
    return None


def apply(session: Session, told: post_status.PostStatus) -> None:
    """Keep it, and do what follows: it counts from when it was available, or another channel takes over."""
    message = digital_post.keep(session, told)
    if message is None:
        return
    messages.trace_back(session, message)
    if told.available:
        if message.state == messages.QUEUED:
            # Nobody knew whether the platform had taken it. It had.
            messages.tell_sent(session, message)
        receipts.tell_delivered(session, message, POST_RECEIPT, at=told.at)
    elif told.failed and message.state in (messages.SENT, messages.QUEUED):
        not_arrived(session, message, POST_FAILED)


def _acknowledge(line: Any, channel: Any, tags: list[int]) -> None:
    try:
        if tags:
            channel.basic_ack(max(tags), multiple=True)
    except BrokerError as error:
        log.warning("event distributor went before its acknowledgement: %s", type(error).__name__)
    _hang_up(line)


def _hang_up(line: Any) -> None:
    with suppress(*BrokerError):
        line.close()
