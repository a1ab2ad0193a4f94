"""Who is calling: short-lived signed tokens for machines. Intake issues them, everybody verifies by public key.

No service asks another when a request comes in: a token carries its roles, and the public keys are settings.
"""

import base64
import hashlib
import hmac
import time
from collections import OrderedDict
from dataclasses import dataclass
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from shared.config import ROLES, Settings
from shared.errors import Unauthenticated

STAFF = ("front_desk", "company_consultant", "job_consultant", "adviser")
TOKEN_SECONDS = 600
ISSUER = "/jobbutik/intake"
AUDIENCE = "jobbutik"
REMEMBERED = 512


@dataclass(frozen=True)
class Principal:
    """The caller: an opaque subject, its roles, and the CVR it is bound to, where it is bound to one."""

    subject: str
    roles: tuple[str, ...]
    organisation: str | None = None

    @property
    def is_staff(self) -> bool:
        """True for the municipality's own people."""
        return bool(set(self.roles) & set(STAFF))


def _b64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@lru_cache(maxsize=16)
def _public_key(raw: bytes) -> OKPKey:
    return OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": _b64url(raw)})


def issue(settings: Settings, client_id: str, secret: str) -> str:
    """A token for a machine that knows its secret; raises Unauthenticated without saying what was wrong."""
    client = settings.machine_clients.get(client_id)
    offered = hashlib.sha256(secret.encode()).hexdigest()
    expected = client.secret_sha256 if client else "0" * 64
    if not hmac.compare_digest(offered, expected) or client is None or settings.token_private_key is None:
        raise Unauthenticated
    now = int(time.time())
    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": client_id,
        "roles": list(client.roles),
        "org": client.organisation,
        "iat": now,
        "nbf": now,
        "exp": now + TOKEN_SECONDS,
    }
    key = settings.token_private_key
    private = Ed25519PrivateKey.from_private_bytes(key.key)
    jwk = OKPKey.import_key({
        "kty": "OKP", "crv": "Ed25519", "d": _b64url(key.key), "x": _b64url(private.public_key().public_bytes_raw()),
    })  # fmt: skip
    return jwt.encode({"alg": "Ed25519", "kid": key.kid, "typ": "at+jwt"}, claims, jwk, algorithms=["Ed25519"])


class TokenReader:
    """Verifies tokens, and remembers the ones it has verified until they end."""

    def __init__(self, settings: Settings) -> None:
        self._keys = settings.token_public_keys
        self._known: OrderedDict[str, tuple[Principal, float]] = OrderedDict()

    def read(self, authorization: str | None) -> Principal:
        """The caller behind an Authorization header; raises Unauthenticated for anything but a good token."""
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Unauthenticated
        known = self._known.get(token)
        if known is None:
            known = self._verify(token)
            self._known[token] = known
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        principal, ends = known
        if time.time() >= ends:
            self._known.pop(token, None)
            raise Unauthenticated
        return principal

    def _verify(self, token: str) -> tuple[Principal, float]:
        try:
            header = jws.extract_compact(token.encode()).headers()
            key = _public_key(self._keys[str(header.get("kid"))])
            decoded = jwt.decode(token, key, algorithms=["Ed25519"])
            rules = jwt.JWTClaimsRegistry(
                iss={"essential": True, "value": ISSUER},
                aud={"essential": True, "value": AUDIENCE},
                exp={"essential": True},
                sub={"essential": True},
            )
            rules.validate(decoded.claims)
        except (JoseError, KeyError, ValueError) as wrong:
            raise Unauthenticated from wrong
        claims = decoded.claims
        roles = tuple(role for role in claims.get("roles", ()) if role in ROLES)
        return Principal(claims["sub"], roles, claims.get("org")), float(claims["exp"])
