"""What a municipality has agreed with those who carry its messages, as it is told in the environment."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

SMS_SUPPLIERS = GATEWAYAPI, CPSMS, LINK = ("gatewayapi", "cpsms", "link")
MOST_SENDER = 11
LOOPBACK = ("127.0.0.1", "localhost")


@dataclass(frozen=True, kw_only=True, repr=False)
class SmsAccount:
    """Where a supplier listens, what it knows us by, and what its receipts are signed with.

    `user` goes with `secret` where HTTP Basic is asked for. `platform`, `partner` and `gate` are LINK Mobility's.
    """

    url: str
    secret: str
    receipt_secret: str
    user: str = ""
    sender: str = "Jobbutik"
    platform: str = ""
    partner: str = ""
    gate: str = ""

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
        if not safe or not self.secret or not self.receipt_secret or not 0 < len(self.sender) <= MOST_SENDER:
            raise ValueError


def read(text: str) -> dict[str, SmsAccount]:
    """`{"gatewayapi": {"url": …, "secret": …, "receipt_secret": …}}`; raises ValueError, TypeError."""
    accounts = {name: SmsAccount(**told) for name, told in json.loads(text).items()}
    if not set(accounts) <= set(SMS_SUPPLIERS):
        raise ValueError
    return accounts


@dataclass(frozen=True, kw_only=True, repr=False, eq=False)
class PostAccount:
    """The agreement on Digital Post through the municipalities' service platform (SF1601, SF1461).

    `issue`, `token` and `send` are its three steps. `certificate` is a PEM file of ours with certificate and key,
    `trusted` one with the authorities we believe beside the system's. `number_keys` encrypt CPR numbers at rest, newest
    last. `reply`: answers reach a mailbox that somebody reads. `events` is the distributor's broker and `queue` our own
    queue there; without them no status comes.
    """

    cvr: str
    label: str
    issue: str
    token: str
    send: str
    certificate: str
    number_keys: Mapping[str, bytes]
    trusted: str = ""
    mail: str = ""
    reply: bool = False
    events: str = ""
    queue: str = ""

    def __post_init__(self) -> None:
        secure = all(urlsplit(one).scheme == "https" for one in (self.issue, self.token, self.send))
        broker = urlsplit(self.events)
        safe = not self.events or broker.scheme == "amqps" or broker.hostname in LOOPBACK
        files = [one for one in (self.certificate, self.trusted) if one]
        known = len(self.cvr) == 8 and self.cvr.isdigit() and self.label and self.number_keys
        if not (secure and safe and known and files and all(map(_is_file, files))):
            raise ValueError


def _is_file(name: str) -> bool:
    return Path(name).is_file()


def read_post(text: str) -> PostAccount:
    """JSON, or the name of a file that holds it; raises ValueError, TypeError, KeyError."""
    told = json.loads(text if text.lstrip().startswith("{") else Path(text).read_text(encoding="utf-8"))
    keys = {kid: base64.b64decode(key, validate=True) for kid, key in told.pop("number_keys").items()}
    if any(len(key) != 32 for key in keys.values()):
        raise ValueError
    return PostAccount(**told, number_keys=keys)


def mailbox(text: str) -> str:
    """`imaps://` user, password, host and folder, without TLS only on this machine; raises ValueError."""
    parts = urlsplit(text)
    safe = parts.scheme == "imaps" or (parts.scheme == "imap" and parts.hostname in LOOPBACK)
    if not safe or not parts.hostname or not parts.username:
        raise ValueError
    return text
