"""`python -m deploy.secrets`: keys and passwords, made once, and the environments built from them.

DIRECTORY --database HOST:PORT/NAME --admin URL --amqp URL --smtp URL --public-url URL   for processes on this machine
DIRECTORY --compose .env                                                               for Docker Compose
"""

import argparse
import base64
import hashlib
import json
import re
import secrets
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from deploy import envfile
from deploy.local.place import SERVICES
from shared.config import DEMO_LOGIN, LIVE

# Organisations are CVR numbers from the range that is never handed out, with a right check digit.
CLIENTS: dict[str, tuple[list[str], str | None]] = {
    "front-desk": (["front_desk"], None),
    "consultant": (["company_consultant", "job_consultant"], None),
    "adviser": (["adviser"], None),
    "company-a": (["company_employee"], "90000004"),
    "company-b": (["company_employee"], "90000012"),
    "mentor": (["mentor"], None),
    "citizen": (["citizen"], None),
    "ops": (["ops"], None),
}
OIDC_CLIENT_ID = "jobbutik"
# An invented municipality; no such telephone number is handed out, and .example belongs to nobody.
AUTHORITY = {
    "name": "Eksempelby Kommune",
    "phone": "00 00 00 00",
    "email": "jobbutikken@eksempelby.example",
    "address": "Eksempelgade 1, 0000 Eksempelby",
    "hours": "mandag-torsdag 9-15, fredag 9-13",
    "hours_en": "Monday-Thursday 9-15, Friday 9-13",
    "dpo_phone": "00 00 00 01",
    "dpo_email": "dpo@eksempelby.example",
}
DEMO_ONLY = ("COMPOSE_PROFILES", "MODE", "OIDC_BACKCHANNEL", "AUTHORITY")
COMPOSE_HEADING = """Made by `make env` for docker compose; never committed. Delete it for a fresh set of
secrets: a database and a broker made with the old set then refuse, so delete their volumes as well.
For production set MODE='production' and SMTP_URL, PUBLIC_URL to the https address that people use, OIDC_ISSUER,
INTAKE_OIDC_CLIENT_ID and INTAKE_OIDC_CLIENT_SECRET to the identity provider's, AUTHORITY to what the municipality
is called and how it is reached, and take COMPOSE_PROFILES and OIDC_BACKCHANNEL away."""


def fresh() -> dict[str, Any]:
    """Every secret of one installation, JSON throughout; keys are base64 of 32 raw bytes."""
    signing, sealing = Ed25519PrivateKey.generate(), {name: X25519PrivateKey.generate() for name in SERVICES}
    kid = secrets.token_hex(4)
    return {
        "passwords": {name: secrets.token_urlsafe(24) for name in (*SERVICES, "postgres", "amqp")},
        "token": _pair(f"token-{kid}", signing),
        "seal": {name: _pair(f"{name}-{kid}", key) for name, key in sealing.items()},
        "cpr_keys": {"1": _b64(secrets.token_bytes(32))},
        "cpr_index_key": _b64(secrets.token_bytes(32)),
        "clients": {name: secrets.token_urlsafe(24) for name in CLIENTS},
        "session_keys": {f"session-{kid}": _b64(secrets.token_bytes(32))},
        "oidc_client_secret": secrets.token_urlsafe(32),
    }


def made_once(folder: Path) -> dict[str, Any]:
    """The set kept in `folder`, made if it is not there yet, with the plain client secrets beside it."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder / "secrets.json"
    # A set that was made before a kind of secret came into use gets that kind alone.
    known: dict[str, Any] = fresh() | (json.loads(file.read_text()) if file.exists() else {})
    _write(file, known)
    _write(folder / "clients.json", known["clients"])
    return known


def shared_settings(known: dict[str, Any]) -> dict[str, str]:
    """What all four services are told alike."""
    token = known["token"]
    seals = {name: {"kid": pair["kid"], "key": pair["public"]} for name, pair in known["seal"].items()}
    return {
        "TOKEN_PUBLIC_KEYS": _json({token["kid"]: token["public"]}),
        "SEAL_PUBLIC_KEYS": _json(seals),
        "SESSION_KEYS": _json(known["session_keys"]),
    }


def own_settings(known: dict[str, Any], service: str) -> dict[str, str]:
    """What one service alone is told."""
    seal, token = known["seal"][service], known["token"]
    settings = {"SEAL_PRIVATE_KEYS": _json({seal["kid"]: seal["private"]})}
    if service == "intake":
        settings["CPR_KEYS"] = _json(known["cpr_keys"])
        settings["CPR_INDEX_KEY"] = known["cpr_index_key"]
        settings["TOKEN_PRIVATE_KEY"] = _json({"kid": token["kid"], "key": token["private"]})
        settings["OIDC_CLIENT_ID"] = OIDC_CLIENT_ID
        settings["OIDC_CLIENT_SECRET"] = known["oidc_client_secret"]
        hashes = {name: hashlib.sha256(secret.encode()).hexdigest() for name, secret in known["clients"].items()}
        settings["MACHINE_CLIENTS"] = _json(
            {
                name: {"secret_sha256": hashes[name], "roles": roles, "organisation": organisation}
                for name, (roles, organisation) in CLIENTS.items()
            }
        )
    return settings


def addresses(service: str, public_url: str = "http://localhost") -> dict[str, str]:
    """Where people find the suite, and for intake where they sign in while the demo provider is theirs."""
    return {"PUBLIC_URL": public_url} | ({"OIDC_ISSUER": public_url + DEMO_LOGIN} if service == "intake" else {})


def write_local(folder: Path, options: argparse.Namespace) -> None:
    """One file per service, complete, and one for the migrations."""
    known = made_once(folder)
    login = {"OIDC_CLIENT_ID": OIDC_CLIENT_ID, "OIDC_CLIENT_SECRET": known["oidc_client_secret"]}
    envfile.write(folder / "demo-login.env", {"MODE": options.mode, **login, **addresses("intake", options.public_url)})
    for service in SERVICES:
        settings = {
            "SERVICE": service,
            "MODE": options.mode,
            **addresses(service, options.public_url),
            "DATABASE_URL": f"postgresql://{service}:{known['passwords'][service]}@{options.database}",
            "AMQP_URL": options.amqp,
            **shared_settings(known),
            **own_settings(known, service),
            **({"AUTHORITY": _json(AUTHORITY)} if options.mode == "demo" else {}),
        }
        if service == "notifications":
            settings |= {"SMTP_URL": options.smtp, "MAIL_FROM": "jobbutik@example.dk"}
        envfile.write(folder / f"{service}.env", settings)
        if service == "intake":
            envfile.write(folder / "intake-live.env", {name: settings[name] for name in LIVE})
    roles = _json({service: known["passwords"][service] for service in SERVICES})
    envfile.write(folder / "migrate.env", {"ADMIN_DATABASE_URL": options.admin, "ROLE_PASSWORDS": roles})


def write_compose(folder: Path, file: Path) -> None:
    """The one file that docker-compose.yml takes its values from; one that is there gets what it lacks."""
    settings = _compose_settings(made_once(folder))
    if not file.exists():
        envfile.write(file, settings, COMPOSE_HEADING)
        print(f"wrote {file}, and the machine clients' secrets to {folder / 'clients.json'}")
        return
    there = file.read_text(encoding="utf-8")
    if not re.search(r"^\s*MODE=['\"]?demo\b", there, re.MULTILINE):
        settings = {name: value for name, value in settings.items() if name not in DEMO_ONLY}
    known = set(re.findall(r"^\s*(?:export\s+)?(\w+)\s*=", there, re.MULTILINE))
    added = {name: value for name, value in settings.items() if name not in known}
    with file.open("a", encoding="utf-8") as end:
        end.write("\n" if added and there and not there.endswith("\n") else "")
        end.writelines(f"{name}='{value}'\n" for name, value in added.items())
    print(f"{file} is already there; added: {', '.join(added) or 'nothing, it has everything'}")


def _compose_settings(known: dict[str, Any]) -> dict[str, str]:
    settings = {"COMPOSE_PROFILES": "demo", "MODE": "demo", **shared_settings(known)}
    for service in SERVICES:
        own = {"DATABASE_PASSWORD": known["passwords"][service], **own_settings(known, service)}
        settings |= {f"{service.upper()}_{name}": value for name, value in own.items()}
    settings["ROLE_PASSWORDS"] = _json({service: known["passwords"][service] for service in SERVICES})
    settings["POSTGRES_PASSWORD"] = known["passwords"]["postgres"]
    settings["AMQP_PASSWORD"] = known["passwords"]["amqp"]
    settings["AUTHORITY"] = _json(AUTHORITY)
    settings["OIDC_BACKCHANNEL"] = f"http://demo-login:8000{DEMO_LOGIN}"
    return settings


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m deploy.secrets", usage=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--mode", default="demo", choices=["production", "demo", "test"])
    for name in ("--database", "--admin", "--amqp", "--smtp", "--public-url"):
        parser.add_argument(name, default="")
    parser.add_argument("--compose", type=Path)
    options = parser.parse_args()
    if options.compose:
        write_compose(options.folder, options.compose)
    else:
        write_local(options.folder, options)


def _pair(kid: str, key: Ed25519PrivateKey | X25519PrivateKey) -> dict[str, str]:
    public = key.public_key().public_bytes_raw()
    return {"kid": kid, "private": _b64(key.private_bytes_raw()), "public": _b64(public)}


def _b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _json(value: Any) -> str:
    # A backslash cannot stand in a file that a shell and Compose read alike.
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def _write(file: Path, value: Any) -> None:
    file.touch(mode=0o600)
    file.write_text(json.dumps(value, indent=1) + "\n")


if __name__ == "__main__":
    main()
