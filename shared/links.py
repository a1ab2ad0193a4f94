"""Links that let somebody in to one thing for one purpose until a time: signed, and nothing of a person in them.

Any service can make one, so that no event, queue or row has to carry it.
"""

import base64
import binascii
import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from uuid import UUID

from shared.config import Settings

_ID_BYTES, _TIME_BYTES, _MAC_BYTES, _SHORT_MAC_BYTES = 16, 5, 16, 10
RETURNED = "returned"
APPOINTMENT, APPOINTMENT_PATH = "appointment", "/min-side/tid"
PULSE, PULSE_PATH = "pulse", "/opfoelgning/puls"
AGREEMENT, AGREEMENT_PATH = "agreement", "/match/aftalesvar"
READ_BACK, READ_BACK_PATH = "read_back", "/virksomhed/laest-op"
NO_REMINDERS, NO_REMINDERS_PATH = "no_reminders", "/beskeder/nej-tak"
ONE_CLICK_PATH = "/api/notifications/v1/no-reminders"
NO_REMINDERS_LASTS = timedelta(days=183)


def code(settings: Settings, purpose: str, subject: UUID, ends_at: datetime) -> str:
    """What stands in the address."""
    content = subject.bytes + int(ends_at.timestamp()).to_bytes(_TIME_BYTES)
    newest = list(settings.session_keys.values())[-1]
    return base64.urlsafe_b64encode(content + _mac(newest, purpose, content)).rstrip(b"=").decode()


def read(settings: Settings, purpose: str, given: str, now: datetime) -> UUID | None:
    """What a code leads to; None where it is not ours, for something else, or over."""
    try:
        raw = base64.urlsafe_b64decode(given + "=" * (-len(given) % 4))
    except (binascii.Error, ValueError):
        return None
    content, mac = raw[: _ID_BYTES + _TIME_BYTES], raw[_ID_BYTES + _TIME_BYTES :]
    good = [hmac.compare_digest(mac, _mac(key, purpose, content)) for key in settings.session_keys.values()]
    if not any(good):
        return None
    ends_at = datetime.fromtimestamp(int.from_bytes(content[_ID_BYTES:]), UTC)
    return UUID(bytes=content[:_ID_BYTES]) if now < ends_at else None


def tag(settings: Settings, purpose: str, subject: UUID) -> str:
    """What stands in a mail address: 42 letters and digits that any server may change the case of, without an end."""
    newest = list(settings.session_keys.values())[-1]
    raw = subject.bytes + _mac(newest, purpose, subject.bytes)[:_SHORT_MAC_BYTES]
    return base64.b32encode(raw).decode().rstrip("=").lower()


def read_tag(settings: Settings, purpose: str, given: str) -> UUID | None:
    """What a tag leads to; None where it is not ours or for something else."""
    try:
        raw = base64.b32decode(given.upper() + "=" * (-len(given) % 8))
    except (binascii.Error, ValueError):
        return None
    subject, mac = raw[:_ID_BYTES], raw[_ID_BYTES:]
    keys = settings.session_keys.values()
    good = [hmac.compare_digest(mac, _mac(key, purpose, subject)[:_SHORT_MAC_BYTES]) for key in keys]
    return UUID(bytes=subject) if any(good) else None


def appointment(settings: Settings, visitation_id: UUID, starts_at: datetime) -> str:
    """The whole address where a citizen moves or cancels a talk, until it begins."""
    return f"{settings.public_url}{APPOINTMENT_PATH}?kode={code(settings, APPOINTMENT, visitation_id, starts_at)}"


def pulse(settings: Settings, answer_id: UUID, ends_at: datetime) -> str:
    """The whole address where somebody says with one tap how it goes."""
    return f"{settings.public_url}{PULSE_PATH}?kode={code(settings, PULSE, answer_id, ends_at)}"


def agreement(settings: Settings, asked_id: UUID, ends_at: datetime) -> str:
    """The whole address where a party reads an agreement and says yes or no, without signing in."""
    return f"{settings.public_url}{AGREEMENT_PATH}?kode={code(settings, AGREEMENT, asked_id, ends_at)}"


def read_back(settings: Settings, call_id: UUID, ends_at: datetime) -> str:
    """The whole address where a company reads what we wrote down on the telephone, and corrects it."""
    return f"{settings.public_url}{READ_BACK_PATH}?kode={code(settings, READ_BACK, call_id, ends_at)}"


def no_thanks(settings: Settings, person_id: UUID, written_at: datetime, topic: str) -> str:
    """The whole address where somebody says no to a topic of messages, for half a year from a letter on."""
    given = code(settings, NO_REMINDERS, person_id, written_at + NO_REMINDERS_LASTS)
    return f"{settings.public_url}{NO_REMINDERS_PATH}?kode={given}&emne={topic}"


def one_click(page: str) -> str:
    """Where a mail program says no for its reader (RFC 8058), of the address of the page that asks."""
    return page.replace(NO_REMINDERS_PATH, ONE_CLICK_PATH)


def _mac(key: bytes, purpose: str, content: bytes) -> bytes:
    derived = hashlib.sha256(b"link:" + purpose.encode() + b":" + key).digest()
    return hmac.digest(derived, content, hashlib.sha256)[:_MAC_BYTES]
