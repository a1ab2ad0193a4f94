"""OpenID Connect: the authorization code flow with PKCE, state and nonce, against one provider.

The log says which check an answer failed, never what was sent.
"""

import logging
import secrets
from collections.abc import Mapping
from hmac import compare_digest
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import orjson
import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import Key, import_key

from shared import clock
from shared.config import Settings
from shared.identity import Identity, ProviderAway, SignInFailed, identity

log = logging.getLogger(__name__)
ALGORITHMS = ("RS256", "ES256", "PS256")
TIMEOUT_SECONDS = 5
SKEW_SECONDS = 30
BEGUN_SECONDS = 600
DISCOVERY_SECONDS = 3600
CALLBACK, SIGNED_OUT = "/log-ind/svar", "/logget-ud"


class OpenIdConnect:
    """The authorization code flow with PKCE, state and nonce, against one provider."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._inner = settings.oidc_backchannel or settings.oidc_issuer
        self._discovery: dict[str, Any] = {}
        self._discovered_at = 0
        self._keys: dict[str, Key] = {}

    def start(self, return_to: str, *, anew: bool = False, hint: str | None = None) -> tuple[str, bytes]:
        """The address to sign in at, and what `finish` needs; `anew` asks for a fresh proof, `hint` says of whom."""
        begun = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
        extra = ({"prompt": "login", "max_age": "0"} if anew else {}) | ({"login_hint": hint} if hint else {})
        address, _ = self._client().create_authorization_url(
            self._endpoint("authorization_endpoint"),
            state=begun["state"],
            code_verifier=begun["verifier"],
            nonce=begun["nonce"],
            **extra,
        )
        return address, orjson.dumps({**begun, "at": _now(), "to": return_to, "anew": anew})

    def finish(self, answer: Mapping[str, str], begun: bytes | None) -> tuple[Identity, str]:
        """The person who signed in and where they were going; raises SignInFailed, NoAccess or ProviderAway."""
        if begun is None:
            raise self._failed("nothing had begun in this browser")
        known = orjson.loads(begun)
        if _now() - known["at"] > BEGUN_SECONDS:
            raise self._failed("begun too long ago")
        if not self.is_answer(answer, begun):
            raise self._failed("state")
        if answer.get("iss", self._settings.oidc_issuer) != self._settings.oidc_issuer:
            raise self._failed("iss of the answer")
        if "error" in answer or not answer.get("code"):
            raise self._failed("the provider said no")
        claims = self._claims(self._id_token(answer["code"], known["verifier"]), known["nonce"])
        who = identity(claims)
        if known["anew"] and who.signed_in_at < known["at"] - SKEW_SECONDS:
            raise self._failed("auth_time")
        return who, known["to"]

    @staticmethod
    def is_answer(answer: Mapping[str, str], begun: bytes | None) -> bool:
        """Whether this answers what began in this browser; nobody else can know its state."""
        return begun is not None and compare_digest(
            answer.get("state", "").encode(), orjson.loads(begun)["state"].encode()
        )

    def end_address(self) -> str | None:
        """Where the browser signs out at the provider as well, if the provider offers it and answers."""
        try:
            address = self._discovered().get("end_session_endpoint")
        except ProviderAway:
            return None
        after = {
            "client_id": self._settings.oidc_client_id,
            "post_logout_redirect_uri": self._settings.public_url + SIGNED_OUT,
        }
        if not address:
            return None
        parts = urlsplit(str(address))
        return urlunsplit(parts._replace(query="&".join(filter(None, (parts.query, urlencode(after))))))

    def _client(self) -> OAuth2Session:
        return OAuth2Session(
            self._settings.oidc_client_id,
            self._settings.oidc_client_secret,
            redirect_uri=self._settings.public_url + CALLBACK,
            scope="openid",
            code_challenge_method="S256",
            default_timeout=TIMEOUT_SECONDS,
        )

    def _endpoint(self, name: str, *, inside: bool = False) -> str:
        address = str(self._discovered().get(name, ""))
        if not address:
            raise _away(f"no {name}")
        rest = address.removeprefix(self._settings.oidc_issuer)
        return self._inner + rest if inside and rest != address else address

    def _discovered(self) -> dict[str, Any]:
        if _now() - self._discovered_at > DISCOVERY_SECONDS or not self._discovery:
            found = _fetch(f"{self._inner.rstrip('/')}/.well-known/openid-configuration")
            if found.get("issuer") != self._settings.oidc_issuer:
                raise _away("the discovery document is another issuer's")
            self._discovery, self._discovered_at = found, _now()
        return self._discovery

    def _id_token(self, code: str, verifier: str) -> str:
        address = self._endpoint("token_endpoint", inside=True)
        try:
            token = self._client().fetch_token(
                address, grant_type="authorization_code", code=code, code_verifier=verifier, allow_redirects=False
            )
        except AuthlibBaseError as error:
            raise self._failed(f"code: {_word(error.error)}") from None
        except (requests.RequestException, ValueError) as error:
            raise _away(type(error).__name__) from None
        return str(token.get("id_token", ""))

    def _claims(self, id_token: str, nonce: str) -> dict[str, Any]:
        try:
            header = jws.extract_compact(id_token.encode()).headers()
            if header.get("alg") not in ALGORITHMS or str(header.get("typ", "JWT")).upper() != "JWT":
                raise self._failed("alg or typ of the id_token")
            claims = jwt.decode(id_token, self._key(str(header.get("kid"))), algorithms=ALGORITHMS).claims
            self._rules(nonce).validate(claims)
        except JoseError as wrong:
            raise self._failed(f"id_token: {wrong.error} {getattr(wrong, 'claim', '')}".strip()) from None
        except (ValueError, TypeError) as wrong:
            raise self._failed(f"id_token: {type(wrong).__name__}") from None
        audience, party = claims["aud"], claims.get("azp")
        several = isinstance(audience, list) and len(audience) > 1
        if party != self._settings.oidc_client_id and (several or party is not None):
            raise self._failed("azp")
        return claims

    def _rules(self, nonce: str) -> jwt.JWTClaimsRegistry:
        return jwt.JWTClaimsRegistry(
            now=_now(),
            leeway=SKEW_SECONDS,
            iss={"essential": True, "value": self._settings.oidc_issuer},
            aud={"essential": True, "value": self._settings.oidc_client_id},
            exp={"essential": True},
            iat={"essential": True},
            sub={"essential": True},
            nonce={"essential": True, "value": nonce},
        )

    def _key(self, kid: str) -> Key:
        if kid not in self._keys:
            self._keys = _usable(_fetch(self._endpoint("jwks_uri", inside=True)).get("keys", []))
        if kid not in self._keys:
            raise self._failed("unknown key")
        return self._keys[kid]

    @staticmethod
    def _failed(reason: str) -> SignInFailed:
        log.warning("sign-in refused: %s", reason)
        return SignInFailed()


def _usable(told: Any) -> dict[str, Key]:
    found: dict[str, Key] = {}
    for value in told if isinstance(told, list) else []:
        if not isinstance(value, dict) or value.get("kty") not in ("RSA", "EC") or value.get("use", "sig") != "sig":
            continue
        try:
            found[str(value.get("kid"))] = import_key(value)
        except (JoseError, ValueError):
            log.warning("the provider has a key that cannot be read")
    return found


def _fetch(address: str) -> dict[str, Any]:
    try:
        answer = requests.get(address, timeout=TIMEOUT_SECONDS, allow_redirects=False)
        answer.raise_for_status()
        found = answer.json()
    except (requests.RequestException, ValueError) as error:
        raise _away(type(error).__name__) from None
    return found if isinstance(found, dict) else {}


def _away(reason: str) -> ProviderAway:
    log.error("the identity provider is of no use now: %s", reason)
    return ProviderAway()


def _word(error: Any) -> str:
    return error if isinstance(error, str) and error.isidentifier() else "unnamed"


def _now() -> int:
    return int(clock.now().timestamp())
