"""Which channel carries a message, and how long to wait after a failure."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

EMAIL, SMS, PAPER = ("email", "sms", "paper")
# What people may choose between: for letters, and for what is said in a few words.
WRITTEN, SHORT = (EMAIL, SMS, PAPER), (SMS, EMAIL)
# Through the service platform, by CPR number.
DIGITAL_POST, NEM_SMS = POSTED = ("digital_post", "nemsms")
CHANNELS = (DIGITAL_POST, EMAIL, NEM_SMS, SMS, PAPER)


class Reachable(Protocol):
    """What the choice needs to know of somebody."""

    email: str | None
    email_failed: str | None
    phone: str | None
    digital_post_exempt: bool
    cpr_secret: str | None


def usable(order: Sequence[str], person: Reachable) -> list[str]:
    """The channels that reach this person, best first.

    Who is exempt from Digital Post is spared SMS too: without an e-mail address of their own choice, paper (B12).
    """
    posted = bool(person.cpr_secret) and not person.digital_post_exempt
    reaches = {
        DIGITAL_POST: posted,
        NEM_SMS: posted,
        EMAIL: bool(person.email) and person.email != person.email_failed,
        SMS: bool(person.phone) and not person.digital_post_exempt,
        PAPER: True,
    }
    return [channel for channel in order if reaches[channel]]


def wished(order: Sequence[str], wish: str | None) -> list[str]:
    """The order with the channel that somebody wants before the others, where it is one of them."""
    return sorted(order, key=lambda channel: channel != wish)


def choose(order: Sequence[str], person: Reachable, *, after: str | None = None) -> str | None:
    """The first channel that reaches the person, or the first one beyond `after`; None where none is left."""
    beyond = order[order.index(after) + 1 :] if after in order else order
    return next(iter(usable(beyond, person)), None)


def pause(pauses: Sequence[int], failures: int) -> timedelta | None:
    """How long to wait after that many failures; None when the last pause is used up."""
    return timedelta(seconds=pauses[failures - 1]) if failures <= len(pauses) else None
