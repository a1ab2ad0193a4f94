"""Who is calling: short-lived signed tokens. Intake signs them, everybody verifies by public key.

No service asks another when a request comes in: a token carries its roles, and the public keys are settings. Access
tokens of machines and sessions of people are signed by the same key and told apart by `typ`.
"""

import base64
import hashlib
import hmac
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from shared import clock
from shared.config import ROLES, Settings
from shared.errors import Invalid, NotFound, Unauthenticated
from shared.events import SERVICES

STAFF = ("front_desk", "company_consultant", "job_consultant", "adviser")
CONSULTANTS = ("company_consultant", "job_consultant", "adviser")
SCOPES = tuple(f"{service}:{verb}" for service in SERVICES for verb in ("read", "write"))
TOKEN_SECONDS = 600
ISSUER = "/jobbutik/intake"
AUDIENCE = "jobbutik"
ACCESS_TOKEN = "at+jwt"  # noqa: S105  a type, not a secret
REMEMBERED = 512
SKEW_SECONDS = 5
SECRETS_AT_ONCE = 2


@dataclass(frozen=True)
class Principal:
    """The caller: an opaque subject, its roles, what it is bound to, and the id by which its access can be ended."""

    subject: str
    roles: tuple[str, ...]
    organisation: str | None = None
    kind: str = "machine"
    name: str = field(default="", repr=False)
    p_numbers: tuple[str, ...] = ()
    assurance: str = ""
    signed_in_at: int = 0
    access_id: str = ""
    scopes: tuple[str, ...] = ()

    def acting(self, allowed: tuple[str, ...]) -> "Principal":
        """The same caller, the role that lets them in named first; the look-up log writes that one."""
        return replace(self, roles=tuple(sorted(self.roles, key=lambda role: role not in allowed)))

    @property
    def citizen_id(self) -> UUID:
        """The citizen who is signed in; raises NotFound where nobody knows them."""
        try:
            return UUID(self.subject)
        except ValueError:
            raise NotFound from None

    @property
    def is_staff(self) -> bool:
        """True for the municipality's own people."""
        return bool(set(self.roles) & set(STAFF))


@dataclass(frozen=True, repr=False)
class Client:
    """A machine that may ask for tokens; while a secret is changed both its hashes hold."""

    id: str
    secret_hashes: tuple[str, ...]
    roles: tuple[str, ...]
    organisation: str | None
    scopes: tuple[str, ...]


def secret_hash(secret: str) -> str:
    """How a client's secret is kept: we make it ourselves, too long to be guessed, so a plain hash will do."""
    return hashlib.sha256(secret.encode()).hexdigest()


def client_access_id(client_id: str) -> str:
    """The id by which all of a machine client's tokens can be ended."""
    return str(uuid5(NAMESPACE_URL, f"client:{client_id}"))


def _b64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@lru_cache(maxsize=16)
def _public_key(raw: bytes) -> OKPKey:
    return OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": _b64url(raw)})


@lru_cache(maxsize=4)
def _private_key(raw: bytes) -> OKPKey:
    public = Ed25519PrivateKey.from_private_bytes(raw).public_key().public_bytes_raw()
    return OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "d": _b64url(raw), "x": _b64url(public)})


def sign(settings: Settings, claims: dict[str, Any], typ: str) -> str:
    """A signed token with these claims (`sub` and `exp` among them); only intake has the key."""
    key = settings.token_private_key
    if key is None:
        raise ValueError(f"{settings.service} has no key to sign with")
    now = int(clock.now().timestamp())
    whole = {"iss": ISSUER, "aud": AUDIENCE, "iat": now, "nbf": now, **claims}
    header = {"alg": "Ed25519", "kid": key.kid, "typ": typ}
    return jwt.encode(header, whole, _private_key(key.key), algorithms=["Ed25519"])


def issue(settings: Settings, client_id: str, secret: str, *, stored: Client | None = None, scope: str = "") -> str:
    """A token for a machine that knows its secret; raises Unauthenticated without saying what was wrong.

    The installation's own clients come from the settings, others are `stored`. `scope` may ask for less than all.
    """
    client = _from_settings(settings, client_id) or stored
    offered = secret_hash(secret)
    hashes = (*(client.secret_hashes if client else ()), *["0" * 64] * SECRETS_AT_ONCE)[:SECRETS_AT_ONCE]
    right = [hmac.compare_digest(offered, known) for known in hashes]
    if client is None or not any(right):
        raise Unauthenticated
    asked = tuple(scope.split()) or client.scopes
    if not set(asked) <= set(client.scopes):
        raise Invalid({"scope": "Klienten har ikke det omfang. / The client does not have this scope."})
    claims = {
        "sub": client_id,
        "roles": list(client.roles),
        "org": client.organisation,
        "scope": " ".join(asked),
        "cid": client_access_id(client_id),
        "exp": int(clock.now().timestamp()) + TOKEN_SECONDS,
    }
    return sign(settings, claims, ACCESS_TOKEN)


def _from_settings(settings: Settings, client_id: str) -> Client | None:
    known = settings.machine_clients.get(client_id)
    return Client(client_id, (known.secret_sha256,), known.roles, known.organisation, SCOPES) if known else None


class TokenReader:
    """Verifies tokens, and remembers the ones it has verified until they end."""

    def __init__(self, settings: Settings) -> None:
        self._keys = settings.token_public_keys
        self._known: OrderedDict[tuple[str, str], dict[str, Any]] = OrderedDict()

    def read(self, authorization: str | None) -> Principal:
        """The caller behind an Authorization header; raises Unauthenticated for anything but a good token."""
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Unauthenticated
        claims = self.verified(token, ACCESS_TOKEN)
        return Principal(
            claims["sub"],
            tuple(role for role in claims.get("roles", ()) if role in ROLES),
            claims.get("org"),
            access_id=claims.get("cid", ""),
            scopes=tuple(claims.get("scope", "").split()),
        )

    def verified(self, token: str, typ: str) -> dict[str, Any]:
        """The claims of a good token of this type; raises Unauthenticated for any other."""
        claims = self._known.get((typ, token))
        if claims is None:
            claims = self._known[typ, token] = self._verify(token, typ)
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        if clock.now().timestamp() >= claims["exp"]:
            self._known.pop((typ, token), None)
            raise Unauthenticated
        return claims

    def _verify(self, token: str, typ: str) -> dict[str, Any]:
        try:
            header = jws.extract_compact(token.encode()).headers()
            if header.get("typ") != typ:
                raise Unauthenticated
            key = _public_key(self._keys[str(header.get("kid"))])
            decoded = jwt.decode(token, key, algorithms=["Ed25519"])
            rules = jwt.JWTClaimsRegistry(
                now=int(clock.now().timestamp()),
                leeway=SKEW_SECONDS,
                iss={"essential": True, "value": ISSUER},
                aud={"essential": True, "value": AUDIENCE},
                exp={"essential": True},
                sub={"essential": True},
            )
            rules.validate(decoded.claims)
        except (JoseError, KeyError, ValueError) as wrong:
            raise Unauthenticated from wrong
        return decoded.claims
