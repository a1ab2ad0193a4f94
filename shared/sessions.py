"""Who is signed in: intake's signed word in an encrypted cookie, so that no service asks another.

Intake alone can sign who somebody is. The four services share the cookie's key, with which they can read it and
write down that the person is still there, no more. What was ended stands in each service's `ended_access`.
"""

import hashlib
import hmac
from dataclasses import asdict, dataclass, field
from typing import Any

import orjson
from cryptography.exceptions import InvalidTag

from shared import clock
from shared.auth import Principal, TokenReader, sign
from shared.config import ROLES, Settings
from shared.crypto import Vault
from shared.errors import Unauthenticated

COOKIE, OPENED_COOKIE = "__Host-jobbutik", "__Host-jobbutik-formaal"
TYP = "session+jwt"
RENEW_AFTER_SECONDS = 60
_IN_TOKEN = ("name", "kind", "organisation", "p_numbers", "assurance", "signed_in_at")


@dataclass(frozen=True)
class OpenSession:
    """A session as the cookie tells it; moments are epoch seconds."""

    principal: Principal
    token: str = field(repr=False)
    ends_at: int
    idle_seconds: int
    seen_at: int

    @property
    def over_at(self) -> int:
        """When it ends unless the person does something."""
        return min(self.ends_at, self.seen_at + self.idle_seconds)


class Sessions:
    """Makes, reads and renews session cookies, and hides other short words from the browser they are kept in."""

    def __init__(self, settings: Settings, tokens: TokenReader) -> None:
        self._settings, self._tokens = settings, tokens
        self._vault = Vault(settings.session_keys, index_key=b"")

    def issue(self, principal: Principal, *, idle_seconds: int, absolute_seconds: int) -> str:
        """A new session's cookie; intake only, as nobody else can sign."""
        now = _now()
        claims = {
            "sub": principal.subject,
            "sid": principal.access_id,
            "roles": list(principal.roles),
            "exp": now + absolute_seconds,
            "idle": idle_seconds,
            **{name: value for name, value in asdict(principal).items() if name in _IN_TOKEN},
        }
        return self._cookie(sign(self._settings, claims, TYP), now)

    def read(self, value: str | None) -> OpenSession | None:
        """The session of a cookie; None where it is not ours, not whole, or over."""
        raw = self.reveal(value, "session")
        if raw is None:
            return None
        content = orjson.loads(raw)
        try:
            claims = self._tokens.verified(content["t"], TYP)
        except Unauthenticated:
            return None
        found = OpenSession(_principal(claims), content["t"], claims["exp"], claims["idle"], content["s"])
        return found if _now() < found.over_at else None

    def renewed(self, session: OpenSession) -> str | None:
        """The cookie that says the person was here now; None while the last one says so well enough."""
        now = _now()
        return self._cookie(session.token, now) if now - session.seen_at >= RENEW_AFTER_SECONDS else None

    def csrf_token(self, principal: Principal) -> str:
        """What a form must carry: bound to the session, useless in any other."""
        newest = list(self._settings.session_keys.values())[-1]
        return hmac.digest(newest, b"csrf" + principal.access_id.encode(), hashlib.sha256).hex()

    def conceal(self, clear: bytes, use: str) -> str:
        """Text for a cookie that only we can read, and only for this use."""
        return self._vault.encrypt(clear.decode(), bound_to=use)

    def reveal(self, value: str | None, use: str) -> bytes | None:
        """What was concealed; None for anything else."""
        try:
            return self._vault.decrypt(value or "", bound_to=use).encode()
        except (InvalidTag, KeyError, ValueError):
            return None

    def _cookie(self, token: str, seen_at: int) -> str:
        return self.conceal(orjson.dumps({"t": token, "s": seen_at}), "session")


def _now() -> int:
    return int(clock.now().timestamp())


def _principal(claims: dict[str, Any]) -> Principal:
    told = {name: claims[name] for name in _IN_TOKEN} | {"p_numbers": tuple(claims["p_numbers"])}
    roles = tuple(role for role in claims["roles"] if role in ROLES)
    return Principal(subject=claims["sub"], roles=roles, access_id=claims["sid"], **told)
