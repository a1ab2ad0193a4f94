"""What intake alone can open, for the copy that a person can ask for."""

from typing import Any
from uuid import UUID

import orjson
from sqlalchemy.orm import Session

from shared.crypto import Vault


def _opened(session: Session, secret: str, bound_to: str) -> str:
    settings = session.info["settings"]
    return Vault(settings.cpr_keys, settings.cpr_index_key).decrypt(secret, bound_to=bound_to)


def cpr(session: Session, citizen_id: UUID, secret: str) -> str:
    """The whole number, "010190-1234"."""
    digits = _opened(session, secret, f"citizen.cpr:{citizen_id}")
    return f"{digits[:6]}-{digits[6:]}"


def former_record(session: Session, citizen_id: UUID, secret: str) -> dict[str, Any]:
    """The record that became part of another."""
    found: dict[str, Any] = orjson.loads(_opened(session, secret, f"citizen_merge.record:{citizen_id}"))
    return found


OPENS = {"citizen.cpr_secret": ("cpr", cpr), "citizen_merge.record": ("former_record", former_record)}
