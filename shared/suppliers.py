"""The SMS suppliers that a municipality has an account with, as they are told in the environment."""

import json
from dataclasses import dataclass
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


def mailbox(text: str) -> str:
    """`imaps://user:password@host/folder`, without TLS only on this machine; raises ValueError."""
    parts = urlsplit(text)
    safe = parts.scheme == "imaps" or (parts.scheme == "imap" and parts.hostname in LOOPBACK)
    if not safe or not parts.hostname or not parts.username:
        raise ValueError
    return text
