"""The same key gives the same answer, and one effect: what a POST remembers, and how it answers the second time."""

import hashlib

from flask import request
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared import lookups
from shared.auth import Principal
from shared.config import Settings
from shared.crypto import keyed_hash, seal, unseal
from shared.errors import BadRequest, Refused

_KEY_CHARACTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.:-")


def scoped_key(principal: Principal) -> str:
    """The caller's key, which holds for this caller and this address."""
    key = request.headers.get("Idempotency-Key", "")
    if not 8 <= len(key) <= 200 or not set(key) <= _KEY_CHARACTERS:
        raise BadRequest(
            "idempotency_key_missing",
            "Send en Idempotency-Key på 8 til 200 tegn.",
            "Send an Idempotency-Key of 8 to 200 characters (letters, digits, _ . : -).",
        )
    return hashlib.sha256(f"{principal.subject}\n{request.path}\n{key}".encode()).hexdigest()


def remember(session: Session, key: str, status: int, content: bytes) -> None:
    """Keep the answer, sealed, and whom it tells about, beside the key that was claimed."""
    settings: Settings = session.info["settings"]
    sealed = seal(content, settings.seal_public_keys[settings.service], context=key)
    session.execute(
        text(
            "UPDATE idempotency SET body_hash = :hash, status = :status, answer = :answer, subjects = :subjects "
            "WHERE key = :key"
        ),
        {
            "hash": _body_hash(settings), "status": status, "answer": sealed, "key": key,
            "subjects": lookups.whom(session),
        },
    )  # fmt: skip


def answer_again(session: Session, key: str) -> tuple[int, bytes]:
    """Status and content of the first answer; whoever reads them again has looked again."""
    row = session.execute(
        text("SELECT body_hash, status, answer, subjects FROM idempotency WHERE key = :key"), {"key": key}
    ).one()
    settings: Settings = session.info["settings"]
    if row.body_hash != _body_hash(settings):
        raise Refused(
            "idempotency_key_reused",
            "Nøglen er brugt til noget andet.",
            "This Idempotency-Key was used for another request.",
        )
    lookups.looked(session, *(row.subjects or ()))
    return row.status, unseal(row.answer, settings.seal_private_keys, context=key)


def _body_hash(settings: Settings) -> str:
    """Keyed: a bare hash of a body with a CPR number in it gives the number back to whoever tries them all."""
    return keyed_hash(settings.seal_private_keys, request.get_data(cache=True))
