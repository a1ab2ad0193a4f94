"""Settings, read once from the environment; a missing or unreadable one stops the start and is named."""

import base64
import ipaddress
import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from shared import authority, suppliers
from shared.authority import Authority
from shared.events import INTAKE, NOTIFICATIONS, SERVICES
from shared.suppliers import PostAccount, SmsAccount

KEY_BYTES = 32
DEMO_LOGIN = "/demo-login"
ROLES = (
    "front_desk",
    "company_consultant",
    "job_consultant",
    "adviser",
    "leader",
    "mentor",
    "company_employee",
    "citizen",
    "partner",
    "ops",
    "data_protection_officer",
)


class BadSettings(SystemExit):
    """The process must not start; the message lists every setting that is missing or bad."""


@dataclass(frozen=True)
class SealKey:
    """The public half of a service's sealing key."""

    kid: str
    key: bytes


@dataclass(frozen=True)
class MachineClient:
    """A machine that may ask for tokens: the hash of its secret, its roles, the CVR it is bound to."""

    secret_sha256: str
    roles: tuple[str, ...]
    organisation: str | None


@dataclass(frozen=True, repr=False)
class Settings:
    """Everything a process of one service is told from outside. Never printed: it holds secrets."""

    service: str
    mode: str
    database_url: str
    token_public_keys: Mapping[str, bytes]
    session_keys: Mapping[str, bytes]
    amqp_url: str = ""
    public_url: str = ""
    seal_public_keys: Mapping[str, SealKey] = field(default_factory=dict)
    seal_private_keys: Mapping[str, bytes] = field(default_factory=dict)
    partitions: int = 1
    log_level: str = "INFO"
    otel_exporter_otlp_endpoint: str = ""
    forwarded_allow_ips: tuple[str, ...] = ("127.0.0.1",)
    authority: Authority = field(default_factory=Authority)
    cpr_keys: Mapping[str, bytes] = field(default_factory=dict)
    cpr_index_key: bytes = b""
    token_private_key: SealKey | None = None
    machine_clients: Mapping[str, MachineClient] = field(default_factory=dict)
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    oidc_backchannel: str = ""
    smtp_url: str = ""
    mail_from: str = ""
    return_address: str = ""
    return_mailbox: str = ""
    clock_file: Path | None = None
    prometheus_multiproc_dir: Path | None = None
    sms_accounts: Mapping[str, SmsAccount] = field(default_factory=dict)
    digital_post: PostAccount | None = None


def _key(text: str) -> bytes:
    raw = base64.b64decode(text, validate=True)
    if len(raw) != KEY_BYTES:
        raise ValueError
    return raw


def _keys(text: str) -> dict[str, bytes]:
    keys = {kid: _key(value) for kid, value in json.loads(text).items()}
    if not keys:
        raise ValueError
    return keys


def _seal_key(value: dict[str, str]) -> SealKey:
    return SealKey(value["kid"], _key(value["key"]))


def _seal_keys(text: str) -> dict[str, SealKey]:
    keys = {service: _seal_key(value) for service, value in json.loads(text).items()}
    if set(keys) != set(SERVICES):
        raise ValueError
    return keys


def _clients(text: str) -> dict[str, MachineClient]:
    clients = {
        name: MachineClient(value["secret_sha256"], tuple(value["roles"]), value.get("organisation"))
        for name, value in json.loads(text).items()
    }
    for client in clients.values():
        if (
            not client.roles
            or not set(client.roles) <= set(ROLES)
            or len(bytes.fromhex(client.secret_sha256)) != KEY_BYTES
        ):
            raise ValueError
    return clients


def _address(text: str) -> str:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text):
        raise ValueError
    return text


def _one_of(*allowed: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        if text not in allowed:
            raise ValueError
        return text

    return check


def _url(*schemes: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        parts = urlsplit(text)
        if parts.scheme not in schemes or not parts.hostname:
            raise ValueError
        return text

    return check


def _origin(text: str) -> str:
    parts = urlsplit(_url("http", "https")(text))
    if parts.path not in ("", "/") or parts.query or parts.username:
        raise ValueError
    return text.rstrip("/")


def _addresses(text: str) -> tuple[str, ...]:
    return tuple(str(ipaddress.ip_address(part.strip())) for part in text.split(","))


def _at_least(least: int) -> Callable[[str], int]:
    def check(text: str) -> int:
        if int(text) < least:
            raise ValueError
        return int(text)

    return check


_EVERYWHERE: dict[str, Callable[[str], Any]] = {
    "SERVICE": _one_of(*SERVICES),
    "MODE": _one_of("production", "demo", "test"),
    "DATABASE_URL": _url("postgresql"),
    "AMQP_URL": _url("amqp", "amqps"),
    "TOKEN_PUBLIC_KEYS": _keys,
    "SESSION_KEYS": _keys,
    "PUBLIC_URL": _origin,
    "SEAL_PUBLIC_KEYS": _seal_keys,
    "SEAL_PRIVATE_KEYS": _keys,
}
_OWN: dict[str, dict[str, Callable[[str], Any]]] = {
    INTAKE: {
        "CPR_KEYS": _keys,
        "CPR_INDEX_KEY": _key,
        "TOKEN_PRIVATE_KEY": lambda text: _seal_key(json.loads(text)),
        "MACHINE_CLIENTS": _clients,
        "OIDC_ISSUER": _url("http", "https"),
        "OIDC_CLIENT_ID": str,
        "OIDC_CLIENT_SECRET": str,
    },
    NOTIFICATIONS: {"SMTP_URL": _url("smtp", "smtps"), "MAIL_FROM": _address},
}
OPTIONAL: dict[str, Callable[[str], Any]] = {
    "PARTITIONS": _at_least(1),
    "OIDC_BACKCHANNEL": _url("http", "https"),
    "FORWARDED_ALLOW_IPS": _addresses,
    "AUTHORITY": authority.read,
    "CLOCK_FILE": Path,
    "PROMETHEUS_MULTIPROC_DIR": Path,
    "SMS_ACCOUNTS": suppliers.read,
    "DIGITAL_POST": suppliers.read_post,
    "RETURN_ADDRESS": _address,
    "RETURN_MAILBOX": suppliers.mailbox,
    "LOG_LEVEL": _one_of("DEBUG", "INFO", "WARNING", "ERROR"),
    "OTEL_EXPORTER_OTLP_ENDPOINT": _url("http", "https"),
}


def read(service: str | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from the environment; raises BadSettings naming each missing or bad one, never its value."""
    source = dict(os.environ if environ is None else environ)
    if service is not None:
        source["SERVICE"] = service
    return _read(source, _EVERYWHERE | _OWN.get(source.get("SERVICE", ""), {}), _mismatches)


def _read(
    source: Mapping[str, str],
    wanted: Mapping[str, Callable[[str], Any]],
    mismatches: Callable[[dict[str, Any]], list[str]] = lambda _: [],
) -> Settings:
    values: dict[str, Any] = {}
    missing, bad = [], []
    for name, parse in ({**wanted} | {n: p for n, p in OPTIONAL.items() if n in source}).items():
        if not source.get(name):
            missing.append(name)
            continue
        try:
            values[name.lower()] = parse(source[name])
        except (ValueError, KeyError, TypeError, AttributeError, OSError):
            bad.append(name)
    if not missing and not bad:
        # Who moves the clock makes a session last and a deadline pass.
        bad = mismatches(values) + ["CLOCK_FILE"] * (values["mode"] == "production" and "clock_file" in values)
    if missing or bad:
        parts = [f"missing: {', '.join(missing)}"] * bool(missing) + [f"bad: {', '.join(bad)}"] * bool(bad)
        raise BadSettings(f"settings refused ({'; '.join(parts)})")
    return Settings(**values)


LIVE = ("SERVICE", "MODE", "DATABASE_URL", "TOKEN_PUBLIC_KEYS", "SESSION_KEYS")


def read_live(environ: Mapping[str, str] | None = None) -> Settings:
    """What a process of live boards is told: enough to know a session by, and no key that opens or signs anything."""
    return _read(dict(os.environ if environ is None else environ), {name: _EVERYWHERE[name] for name in LIVE})


def _mismatches(values: dict[str, Any]) -> list[str]:
    """Settings that are well formed and do not fit each other."""
    wrong = []
    own = values["seal_public_keys"][values["service"]]
    private = values["seal_private_keys"].get(own.kid)
    if private is None or X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw() != own.key:
        wrong.append("SEAL_PRIVATE_KEYS")
    signing = values.get("token_private_key")
    if signing is not None:
        public = Ed25519PrivateKey.from_private_bytes(signing.key).public_key().public_bytes_raw()
        if values["token_public_keys"].get(signing.kid) != public:
            wrong.append("TOKEN_PRIVATE_KEY")
    return wrong + (_unfit_for_production(values) if values["mode"] == "production" else [])


def _unfit_for_production(values: dict[str, Any]) -> list[str]:
    """Settings that only a demo may have: without TLS anybody on the way reads the session, or makes one."""
    issuer = values.get("oidc_issuer", "https://")
    demo_provider = issuer.rstrip("/").endswith(DEMO_LOGIN) or not issuer.startswith("https://")
    return ["PUBLIC_URL"] * (not values["public_url"].startswith("https://")) + ["OIDC_ISSUER"] * demo_provider


def read_connection_limit(environ: Mapping[str, str] | None = None) -> int:
    """The most connections of each service's role; -1 for no limit, as PostgreSQL says it."""
    given = (os.environ if environ is None else environ).get("ROLE_CONNECTIONS") or "-1"
    if not re.fullmatch(r"-1|[1-9][0-9]{0,4}", given):
        raise BadSettings("settings refused (bad: ROLE_CONNECTIONS)")
    return int(given)


def read_migration(environ: Mapping[str, str] | None = None) -> tuple[str, dict[str, str]]:
    """The administrator's database address and each service role's password, for the migrate step only."""
    source = os.environ if environ is None else environ
    missing = [name for name in ("ADMIN_DATABASE_URL", "ROLE_PASSWORDS") if not source.get(name)]
    if missing:
        raise BadSettings(f"settings refused (missing: {', '.join(missing)})")
    passwords: dict[str, str] = json.loads(source["ROLE_PASSWORDS"])
    if set(passwords) != set(SERVICES):
        raise BadSettings("settings refused (bad: ROLE_PASSWORDS)")
    return source["ADMIN_DATABASE_URL"], passwords
