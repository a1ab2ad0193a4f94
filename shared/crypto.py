"""Secrets at rest and on the way: AES-GCM columns with key id, a keyed blind index, and fields sealed to services."""

import base64
import hashlib
import hmac
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from shared.config import SealKey

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_128_GCM)
_NONCE_BYTES = 12


@dataclass(frozen=True)
class Vault:
    """Encrypts column values. The newest key (last in the mapping) writes; every known key reads.

    The stored text is `key id . base64(nonce + ciphertext)`; `bound_to` names table, column and row, so that
    a ciphertext moved elsewhere does not open (raises cryptography's InvalidTag).
    """

    keys: Mapping[str, bytes]
    index_key: bytes

    def encrypt(self, clear: str, *, bound_to: str) -> str:
        kid, key = list(self.keys.items())[-1]
        nonce = os.urandom(_NONCE_BYTES)
        secret = AESGCM(key).encrypt(nonce, clear.encode(), bound_to.encode())
        return f"{kid}.{base64.b64encode(nonce + secret).decode()}"

    def decrypt(self, stored: str, *, bound_to: str) -> str:
        kid, _, text = stored.partition(".")
        raw = base64.b64decode(text)
        return AESGCM(self.keys[kid]).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], bound_to.encode()).decode()

    def blind_index(self, clear: str) -> bytes:
        """32 bytes that are equal for equal values and say nothing without the index key."""
        return hmac.digest(self.index_key, clear.encode(), hashlib.sha256)


def keyed_hash(private_keys: Mapping[str, bytes], data: bytes) -> str:
    """Hex that is equal for equal data and cannot be tried without the service's own (newest) secret."""
    key = hashlib.sha256(b"keyed hash" + list(private_keys.values())[-1]).digest()
    return hmac.digest(key, data, hashlib.sha256).hex()


@lru_cache(maxsize=32)
def _public(raw: bytes) -> X25519PublicKey:
    return X25519PublicKey.from_public_bytes(raw)


@lru_cache(maxsize=32)
def _private(raw: bytes) -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(raw)


def seal(clear: bytes, recipient: SealKey, *, context: str) -> str:
    """HPKE (RFC 9180) to a service's public key; `context` binds the sealed text to its event."""
    secret = _SUITE.encrypt(clear, _public(recipient.key), context.encode())
    return f"{recipient.kid}.{base64.b64encode(secret).decode()}"


def unseal(text: str, private_keys: Mapping[str, bytes], *, context: str) -> bytes:
    """The clear bytes; raises KeyError for a key id that is gone, InvalidTag for another event's text."""
    kid, _, secret = text.partition(".")
    return _SUITE.decrypt(base64.b64decode(secret), _private(private_keys[kid]), context.encode())
