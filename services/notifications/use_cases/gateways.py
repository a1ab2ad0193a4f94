"""SMS suppliers behind one small interface: what is sent to each, and what their receipts say.

The shapes are those of the suppliers' public documentation: GatewayAPI REST, CPSMS v2, LINK Mobility SMS REST 1.6.
"""

import hmac
import ssl
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, TypeVar
from uuid import UUID

import orjson
import urllib3
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey
from urllib3.exceptions import ConnectTimeoutError, HTTPError, SSLError
from urllib3.util import make_headers

from services.notifications.rules import sms
from services.notifications.use_cases import POLICY
from services.notifications.use_cases.carriers import Undelivered
from shared.config import Settings
from shared.suppliers import CPSMS, GATEWAYAPI, LINK, SmsAccount

T = TypeVar("T")
CONNECT_SECONDS, ANSWER_SECONDS = 1.0, 2.0
MOST_ANSWER_BYTES = 65_536
SHELF = "shelf"
RECEIPTS = "/api/notifications/v1/sms-receipts"
REFUSED = (400, 404, 409, 422)


class SmsGateway(Protocol):
    """The outside world's SMS service."""

    def send(self, to: str, text: str, reference: UUID) -> str:
        """Hand over one text; returns the supplier's id, raises Undelivered. `reference` is ours, stable per text."""


@dataclass(frozen=True)
class SmsReceipt:
    """What a supplier says of a text: it arrived, or never will; None while neither is known."""

    message_id: UUID
    arrived: bool | None


class Shelf:
    """For development: sends nothing; the text is read at `/messages/{id}`."""

    def send(self, to: str, text: str, reference: UUID) -> str:  # noqa: ARG002  it goes nowhere
        """The id by which it would be asked for."""
        return f"shelf-{reference}"


class GatewayApi:
    """GatewayAPI: `POST /rest/mtsms` with a token."""

    def __init__(self, account: SmsAccount, own_address: str) -> None:
        self._account, self._receipts = account, f"{own_address}{RECEIPTS}/{GATEWAYAPI}"

    def send(self, to: str, text: str, reference: UUID) -> str:
        """As SmsGateway."""
        encoding = {"encoding": "UCS2"} if sms.size(text).alphabet == sms.UCS_2 else {}
        told = _post(f"{self._account.url}/rest/mtsms", {
            "sender": self._account.sender, "message": text, "recipients": [{"msisdn": int(to.lstrip("+"))}],
            "userref": str(reference), "callback_url": self._receipts, **encoding,
        }, headers={"Authorization": f"Token {self._account.secret}"})  # fmt: skip
        return _found(lambda: str(told["ids"][0]))


class CpSms:
    """CPSMS: `POST /v2/send` with Basic; its receipts are not signed, so their address is."""

    def __init__(self, account: SmsAccount, own_address: str) -> None:
        self._account, self._receipts = account, f"{own_address}{RECEIPTS}/{CPSMS}"

    def send(self, to: str, text: str, reference: UUID) -> str:
        """As SmsGateway."""
        proof = proof_of(self._account, reference)
        told = _post(f"{self._account.url}/v2/send", {
            "to": to.lstrip("+"), "message": text, "from": self._account.sender, "reference": reference.hex,
            "dlr_url": f"{self._receipts}?reference={reference.hex}&proof={proof}",
        }, headers=make_headers(basic_auth=f"{self._account.user}:{self._account.secret}"))  # fmt: skip
        if "error" in told:
            raise Undelivered("number_refused", final=True)
        return _found(lambda: str(told["success"] and reference.hex))


class LinkMobility:
    """LINK Mobility: `POST /sms/send` with Basic; its gate knows our receipts' address and password."""

    QUEUED = 1005

    def __init__(self, account: SmsAccount, own_address: str) -> None:  # noqa: ARG002  their gate is told by hand
        self._account = account

    def send(self, to: str, text: str, reference: UUID) -> str:
        """As SmsGateway."""
        told = _post(f"{self._account.url}/sms/send", {
            "source": self._account.sender, "sourceTON": "ALPHANUMERIC", "destination": to, "userData": text,
            "platformId": self._account.platform, "platformPartnerId": self._account.partner,
            "useDeliveryReport": True, "deliveryReportGates": [self._account.gate], "refId": str(reference),
        }, headers=make_headers(basic_auth=f"{self._account.user}:{self._account.secret}"))  # fmt: skip
        if told.get("resultCode") != self.QUEUED:
            raise Undelivered("number_refused", final=True)
        return _found(lambda: str(told["messageId"]))


_ADAPTERS: Mapping[str, Callable[[SmsAccount, str], SmsGateway]] = {
    GATEWAYAPI: GatewayApi, CPSMS: CpSms, LINK: LinkMobility,
}  # fmt: skip


@dataclass(frozen=True)
class Suppliers:
    """Who may be asked to send, and how large a share each has."""

    weights: Mapping[str, int]
    gateways: Mapping[str, SmsGateway]

    def __bool__(self) -> bool:
        return bool(self.gateways)

    def shares(self, resting: Collection[str]) -> dict[str, range]:
        """The points of each who may be asked now (rules/sms.py)."""
        return sms.shares(self.weights, {*resting, *(self.weights.keys() - self.gateways.keys())})


def suppliers(settings: Settings, on: date) -> Suppliers:
    """Those that a row names and that have an account; the shelf is nothing for production."""
    row = POLICY.find("sms.suppliers", on)
    wanted: Mapping[str, int] = row.value if row is not None else {}
    ready: dict[str, SmsGateway] = {
        name: _ADAPTERS[name](account, settings.public_url)
        for name, account in settings.sms_accounts.items()
        if name in wanted
    }
    if SHELF in wanted and settings.mode != "production":
        ready[SHELF] = Shelf()
    return Suppliers({name: wanted[name] for name in ready}, ready)


# Connections that several texts go over, by every lane. Nothing of the machine's own (proxies, .netrc) is asked.
_KEPT = urllib3.PoolManager(maxsize=8, retries=False, ssl_context=ssl.create_default_context())


def _post(url: str, body: Any, *, headers: Mapping[str, str]) -> dict[str, Any]:
    """The answer's JSON; raises Undelivered, with `unknown` where it may have been taken all the same."""
    timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=ANSWER_SECONDS)
    told = {"Content-Type": "application/json", **headers}
    try:
        answer = _KEPT.request(
            "POST", url, body=orjson.dumps(body), headers=told, timeout=timeout, redirect=False, preload_content=False
        )
        # Closes the connection where more came than was read; one that was read to its end went back to be kept.
        with answer:
            if not 200 <= answer.status < 300:
                refused = answer.status in REFUSED
                raise Undelivered("number_refused" if refused else "supplier_refused", final=refused,
                                  line_down=not refused)  # fmt: skip
            raw = answer.read(MOST_ANSWER_BYTES, decode_content=True)
    except (ConnectTimeoutError, SSLError) as error:
        raise Undelivered("server_unreachable", line_down=True) from error
    except (HTTPError, OSError) as error:
        raise Undelivered("outcome_unknown", line_down=True, unknown=True) from error
    return _found(lambda: dict(orjson.loads(raw)))


def _found(look: Callable[[], T]) -> T:
    """A part of an answer that was "yes"; where it is rubbish nobody knows what became of the text."""
    try:
        return look()
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise Undelivered("outcome_unknown", line_down=True, unknown=True) from error


def proof_of(account: SmsAccount, reference: UUID) -> str:
    """What a receipt's address must carry about a text, where the receipt itself is not signed."""
    return hmac.digest(account.receipt_secret.encode(), reference.bytes, "sha256").hex()


GATEWAYAPI_SAYS = {"DELIVERED": True} | dict.fromkeys(
    ("EXPIRED", "DELETED", "UNDELIVERABLE", "REJECTED", "SKIPPED"), False
)
CPSMS_SAYS = {"1": True, "2": False, "16": False}
LINK_ARRIVED, LINK_UNDECIDED = (1001, 1007), (4, 5, 1000, 1008, 1010, 1011, 1012)


def gatewayapi_receipt(account: SmsAccount, signature: str) -> SmsReceipt | None:
    """What the signed header tells, which is all that the body does; None where it is not theirs."""
    try:
        told = jwt.decode(signature, OctKey.import_key(account.receipt_secret), algorithms=["HS256"]).claims
        return SmsReceipt(UUID(told["userref"]), GATEWAYAPI_SAYS.get(told["status"]))
    except (JoseError, ValueError, KeyError, TypeError, AttributeError):
        return None


def cpsms_receipt(account: SmsAccount, told: Mapping[str, str]) -> SmsReceipt | None:
    """By the address that was given with the text; None where its proof is not ours."""
    try:
        reference = UUID(told["reference"])
        fits = hmac.compare_digest(proof_of(account, reference), told["proof"])
        return SmsReceipt(reference, CPSMS_SAYS.get(told["status"])) if fits else None
    except (KeyError, ValueError, TypeError):
        return None


def link_receipt(account: SmsAccount, password: str, told: Any) -> SmsReceipt | None:
    """By the password that their gate was given; None where it is another."""
    try:
        if not hmac.compare_digest(account.receipt_secret.encode(), password.encode()):
            return None
        code = int(told["resultCode"])
        arrived = None if code in LINK_UNDECIDED else code in LINK_ARRIVED
        return SmsReceipt(UUID(told["refId"]), arrived)
    except (KeyError, ValueError, TypeError):
        return None
