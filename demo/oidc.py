"""The protocol's side of the demo's identity provider: Authlib's server, stricter, with its state in memory."""

from collections.abc import Mapping
from dataclasses import dataclass
from hmac import compare_digest
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import ClientMixin, InvalidRequestError
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oauth2.rfc9207 import IssuerParameter
from authlib.oidc.core.grants import OpenIDCode
from flask import Flask
from joserfc.jwk import RSAKey

from demo.people import Person
from shared import clock

CODE_SECONDS, TOKEN_SECONDS = 60, 300


@dataclass(frozen=True)
class Client(ClientMixin):  # type: ignore[misc]  # Authlib states no types
    """Jobbutik, the only client."""

    client_id: str
    secret: str
    callback: str

    def get_client_id(self) -> str:
        return self.client_id

    def get_default_redirect_uri(self) -> str:
        return self.callback

    def get_allowed_scope(self, scope: str | None) -> str | None:
        return "openid" if "openid" in (scope or "").split() else None

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri == self.callback

    def check_client_secret(self, client_secret: str) -> bool:
        return compare_digest(client_secret.encode(), self.secret.encode())

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return (method, endpoint) == ("client_secret_basic", "token")

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


@dataclass(frozen=True)
class Code:
    """A sign-in on its way back to the client, once."""

    code: str
    person: Person
    redirect_uri: str
    nonce: str | None
    code_challenge: str
    code_challenge_method: str
    made_at: int

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return "openid"

    def get_nonce(self) -> str | None:
        return self.nonce

    def get_auth_time(self) -> int:
        return self.made_at

    def get_acr(self) -> str:
        return self.person.assurance

    def get_amr(self) -> None:
        return None


class Server(AuthorizationServer):  # type: ignore[misc]  # Authlib states no types
    """Authlib's server for one client, and the codes that are under way."""

    def __init__(self, app: Flask, client: Client) -> None:
        self.codes: dict[str, Code] = {}
        super().__init__(
            app,
            query_client=lambda client_id: client if client_id == client.client_id else None,
            save_token=lambda _token, _asked: None,
        )


class Grant(AuthorizationCodeGrant):  # type: ignore[misc]  # Authlib states no types
    """The authorization code grant over codes in memory."""

    TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic",)

    def save_authorization_code(self, code: str, asked: Any) -> None:
        now, codes, data = int(clock.now().timestamp()), self.server.codes, asked.payload.data
        for old in [old for old, known in codes.items() if now - known.made_at > CODE_SECONDS]:
            codes.pop(old, None)
        codes[code] = Code(
            code, asked.user, asked.payload.redirect_uri, data.get("nonce"), data["code_challenge"],
            data["code_challenge_method"], now,
        )  # fmt: skip

    def query_authorization_code(self, code: str, _client: Client) -> Code | None:
        """The code, forgotten as it is found: a second try finds nothing, even if the first was refused."""
        known: Code | None = self.server.codes.pop(code, None)
        return known if known and clock.now().timestamp() - known.made_at <= CODE_SECONDS else None

    def delete_authorization_code(self, authorization_code: Code) -> None:
        """Nothing: it was forgotten when it was found."""

    def authenticate_user(self, authorization_code: Code) -> Person:
        return authorization_code.person


class Pkce(CodeChallenge):  # type: ignore[misc]  # Authlib states no types
    """PKCE with S256, from everybody; Authlib itself asks it of public clients only."""

    SUPPORTED_CODE_CHALLENGE_METHOD = ("S256",)

    def validate_code_challenge(self, grant: Grant, redirect_uri: str) -> None:
        if grant.request.payload.data.get("code_challenge_method") != "S256":
            raise InvalidRequestError("PKCE with S256 is required.")
        super().validate_code_challenge(grant, redirect_uri)


class IdToken(OpenIDCode):  # type: ignore[misc]  # Authlib states no types
    """What the provider says of a person, signed."""

    def __init__(self, issuer: str, key: RSAKey, codes: Mapping[str, Code]) -> None:
        super().__init__(require_nonce=True)
        self._issuer, self._key, self._codes = issuer, key, codes

    def exists_nonce(self, nonce: str, _asked: Any) -> bool:
        return any(code.nonce == nonce for code in self._codes.values())

    def resolve_client_private_key(self, _client: Client) -> RSAKey:
        return self._key

    def get_encode_header(self, _client: Client) -> dict[str, str | None]:
        return {"alg": "RS256", "kid": self._key.kid}

    def get_client_claims(self, client: Client) -> dict[str, Any]:
        now = int(clock.now().timestamp())
        return {"iss": self._issuer, "aud": client.client_id, "iat": now, "nbf": now, "exp": now + TOKEN_SECONDS}

    def generate_user_info(self, person: Person, _scope: str) -> dict[str, Any]:
        return {"sub": person.sub, "name": person.name, "roles": list(person.roles), **person.claims}


class Issuer(IssuerParameter):  # type: ignore[misc]  # Authlib states no types
    """RFC 9207: the answer says who gives it."""

    def __init__(self, issuer: str) -> None:
        self._issuer = issuer

    def get_issuer(self) -> str:
        return self._issuer
