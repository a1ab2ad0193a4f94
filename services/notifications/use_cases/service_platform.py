"""The municipalities' service platform: a letter goes there in three steps, each over TLS with a certificate of ours.

Source: SF1601, KombiPostAfsend. A token for the agreement, an access token for it, and the letter. What is told of the
letter afterwards comes from the event distributor (post_statuses).
"""

import ssl
import time
from base64 import b64decode
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID
from xml.etree import ElementTree as ET

import orjson
import requests
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from requests.adapters import HTTPAdapter

from services.notifications.use_cases.carriers import Undelivered
from shared import clock
from shared.suppliers import PostAccount

CONNECT_SECONDS, ANSWER_SECONDS = 1.0, 2.5
MOST_ANSWER_BYTES = 262_144
RENEW_BEFORE_SECONDS = 300
SENDS = "http://entityid.kombit.dk/service/kombipostafsend/1"
LISTENS = "http://entityid.kombit.dk/service/bfo_modtag/2"
ISSUE, SAML = "http://docs.oasis-open.org/ws-sx/ws-trust/200512", "http://docs.oasis-open.org/wss"
DIGITAL_POST, NEM_SMS = "Digital Post", "NemSMS"
REFUSED, TWICE, UNKNOWN = "post_refused", "post_twice", "post_outcome_unknown"


class _Mutual(HTTPAdapter):
    """TLS with our certificate, and their authority beside the system's."""

    def __init__(self, account: PostAccount) -> None:
        self._context = ssl.create_default_context()
        if account.trusted:
            self._context.load_verify_locations(account.trusted)
        self._context.load_cert_chain(account.certificate)
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """As HTTPAdapter, with the context."""
        super().init_poolmanager(*args, **kwargs, ssl_context=self._context)


class ServicePlatform:
    """One agreement's line to the platform; tokens are kept until shortly before they end."""

    def __init__(self, account: PostAccount) -> None:
        self._account, self._line = account, requests.Session()
        # Nothing of the machine's own (proxies, .netrc) may stand between us and them.
        self._line.trust_env = False
        self._line.mount("https://", _Mutual(account))
        self._token, self._until = "", 0.0

    def send(self, memo: bytes, number: UUID, *, kind: str = DIGITAL_POST) -> str:
        """Hand over one letter; returns the platform's number of it, raises Undelivered. `number` is the letter's."""
        body = b"<kombi_request><KombiValgKode>%s</KombiValgKode>%s</kombi_request>" % (kind.encode(), memo)
        headers = {
            "Authorization": self._access(), "x-TransaktionsId": str(number), "Content-Type": "application/xml",
            "x-TransaktionsTid": clock.now().strftime("%Y-%m-%dT%H:%M:%SZ"), "Accept": "application/xml",
        }  # fmt: skip
        return _taken(self._post(self._account.send, last=True, data=body, headers=headers), number)

    def assertion(self, applies_to: str) -> str:
        """Step one: a SAML token for what we want to use, in base64; raises Undelivered."""
        told = self._post(self._account.issue, json={
            "TokenType": f"{SAML}/oasis-wss-saml-token-profile-1.1#SAMLV2.0", "RequestType": f"{ISSUE}/Issue",
            "KeyType": f"{ISSUE}/PublicKey", "AnvenderKontekst": {"Cvr": self._account.cvr},
            "UseKey": _own_certificate(self._account.certificate), "OnBehalfOf": None,
            "AppliesTo": {"EndpointReference": {"Address": applies_to}},
        })  # fmt: skip
        made: str = _found(lambda: str(orjson.loads(told)["RequestedSecurityToken"]["Assertion"]))
        return made

    def _access(self) -> str:
        if time.monotonic() >= self._until:
            told = self._post(self._account.token, data={"saml-token": self.assertion(SENDS)})
            kept = _found(lambda: dict(orjson.loads(told)))
            self._token = _found(lambda: f"{kept['token_type']} {kept['access_token']}")
            self._until = time.monotonic() + _found(lambda: int(kept["expires_in"])) - RENEW_BEFORE_SECONDS
        return self._token

    def _post(self, url: str, *, last: bool = False, **what: Any) -> bytes:
        try:
            with self._line.post(
                url, timeout=(CONNECT_SECONDS, ANSWER_SECONDS), allow_redirects=False, stream=True, **what
            ) as answer:
                if answer.status_code in (401, 403):
                    self._until = 0.0
                if not answer.ok or answer.is_redirect:
                    raise _refused(answer.status_code, last=last)
                raw: bytes = answer.raw.read(MOST_ANSWER_BYTES, decode_content=True)
        except (requests.exceptions.ConnectTimeout, requests.exceptions.SSLError) as error:
            raise Undelivered("server_unreachable", line_down=True) from error
        except (requests.exceptions.RequestException, OSError) as error:
            # Before the letter itself is under way nothing can have been taken.
            unknown = last and not _never_open(error)
            raise Undelivered(UNKNOWN if unknown else "server_unreachable", line_down=True, unknown=unknown) from error
        return raw


def _refused(status: int, *, last: bool) -> Undelivered:
    final = last and status in (400, 409, 422)
    code = {409: TWICE}.get(status, REFUSED) if final else "platform_refused"
    return Undelivered(code, final=final, line_down=not final)


def _never_open(error: Exception) -> bool:
    reason = getattr(error.args[0] if error.args else None, "reason", None)
    return type(reason).__name__ in ("NewConnectionError", "NameResolutionError", "ConnectTimeoutError")


def _taken(raw: bytes, number: UUID) -> str:
    """A number of theirs, or ours where they give none; raises Undelivered where they say no or nobody can tell."""
    try:
        told = {one.tag.rpartition("}")[2]: (one.text or "").strip() for one in _tree(raw).iter()}
        yes = {"true": True, "false": False}[told["Result"].lower()]
    except (ET.ParseError, ValueError, KeyError) as error:
        raise Undelivered(UNKNOWN, line_down=True, unknown=True) from error
    if not yes:
        raise Undelivered(REFUSED, final=True)
    return told.get("TransmissionID") or told.get("TransmissionId") or str(number)


def _tree(raw: bytes) -> ET.Element:
    # Entities are a way to make a small text huge, and an answer has no need of them.
    if b"<!DOCTYPE" in raw:
        raise ValueError
    return ET.fromstring(raw)  # noqa: S314  see above


def _found(look: Callable[[], Any]) -> Any:
    try:
        return look()
    except (ValueError, KeyError, TypeError) as error:
        raise Undelivered("platform_refused", line_down=True) from error


@lru_cache(maxsize=2)
def _own_certificate(file: str) -> str:
    """The certificate in one line of base64, without its key."""
    found = x509.load_pem_x509_certificate(Path(file).read_bytes())
    return "".join(found.public_bytes(Encoding.PEM).decode().splitlines()[1:-1])


@lru_cache(maxsize=2)
def of(account: PostAccount) -> ServicePlatform:
    """The process's line for an agreement."""
    return ServicePlatform(account)


def event_token(account: PostAccount) -> bytes:
    """What the distributor's broker knows us by; raises Undelivered."""
    return b64decode(of(account).assertion(LISTENS))
