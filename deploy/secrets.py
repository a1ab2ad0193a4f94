"""`python -m deploy.secrets`: keys and passwords, made once, and the environments built from them.

DIRECTORY --database HOST:PORT/NAME --amqp HOST:PORT/VHOST --smtp URL --public-url URL   for this machine; what has a
          password in it stands in the environment: ADMIN_DATABASE_URL, and BROKER_PASSWORDS as JSON
DIRECTORY --compose .env                                                                 for Docker Compose
--rotate add: makes the next keys, which all can read by and nobody writes with; --rotate use: these are the ones to
write with from now on, and the former go on reading; --rotate forget: the former ones of tokens are believed no more.
After each step the processes start anew, in any order.
"""

import argparse
import base64
import hashlib
import json
import os
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
ROTATED = ("token", "seal", "cpr_keys", "session_keys")
KEY_SETTINGS = re.compile(
    r"(?:\w+_)?(?:SESSION_KEYS|TOKEN_PUBLIC_KEYS|TOKEN_PRIVATE_KEY|SEAL_PUBLIC_KEYS|SEAL_PRIVATE_KEYS|CPR_KEYS)"
)
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
        "broker": {name: secrets.token_urlsafe(24) for name in SERVICES},
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


def rotate(folder: Path, step: str) -> None:
    """`add` or `use`, once each in turn, and `forget`; exits where it is not that one's turn."""
    known = made_once(folder)
    if step == "forget":
        # Whoever has one is anybody, as long as it is believed. Former session keys stay for the links in letters: no
        # cookie is believed for its key alone, there is a signed token in it.
        before = known.get("before", [])
        known["before"] = [{name: key for name, key in keys.items() if name != "token"} for keys in before]
    elif (step == "add") == ("next" in known):
        raise SystemExit("use the next keys first" if step == "add" else "add the next keys first")
    elif step == "add":
        made = fresh()
        number = max(int(kid) for keys in _generations(known, "cpr_keys") for kid in keys) + 1
        known["next"] = {name: made[name] for name in ROTATED} | {"cpr_keys": {str(number): made["cpr_keys"]["1"]}}
    else:
        known["before"] = [*known.get("before", []), {name: known[name] for name in ROTATED}]
        known |= known.pop("next")
    _write(folder / "secrets.json", known)


def _generations(known: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """The keys of one kind: what is to come, what was, and last what is written with."""
    coming = [known["next"]] if "next" in known else []
    return [keys[name] for keys in (*coming, *known.get("before", []), known) if name in keys]


def _all(known: dict[str, Any], name: str) -> dict[str, str]:
    return {kid: key for keys in _generations(known, name) for kid, key in keys.items()}


def shared_settings(known: dict[str, Any]) -> dict[str, str]:
    """What all four services are told alike."""
    seals = {name: {"kid": pair["kid"], "key": pair["public"]} for name, pair in known["seal"].items()}
    return {
        "TOKEN_PUBLIC_KEYS": _json({token["kid"]: token["public"] for token in _generations(known, "token")}),
        "SEAL_PUBLIC_KEYS": _json(seals),
        "SESSION_KEYS": _json(_all(known, "session_keys")),
    }


def own_settings(known: dict[str, Any], service: str) -> dict[str, str]:
    """What one service alone is told."""
    seals, token = [pairs[service] for pairs in _generations(known, "seal")], known["token"]
    settings = {"SEAL_PRIVATE_KEYS": _json({seal["kid"]: seal["private"] for seal in seals})}
    if service == "intake":
        settings["CPR_KEYS"] = _json(_all(known, "cpr_keys"))
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
    broker: dict[str, str] = json.loads(os.environ["BROKER_PASSWORDS"])
    login = {"OIDC_CLIENT_ID": OIDC_CLIENT_ID, "OIDC_CLIENT_SECRET": known["oidc_client_secret"]}
    envfile.write(folder / "demo-login.env", {"MODE": options.mode, **login, **addresses("intake", options.public_url)})
    for service in SERVICES:
        settings = {
            "SERVICE": service,
            "MODE": options.mode,
            **addresses(service, options.public_url),
            "DATABASE_URL": f"postgresql://{service}:{known['passwords'][service]}@{options.database}",
            "AMQP_URL": f"amqp://{service}:{broker[service]}@{options.amqp}",
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
    admin = os.environ["ADMIN_DATABASE_URL"]
    envfile.write(folder / "migrate.env", {"ADMIN_DATABASE_URL": admin, "ROLE_PASSWORDS": roles})


def write_keys(folder: Path, file: Path) -> None:
    """The keys as they stand after a step of rotation, in a file that is there; every other line stays."""
    settings = _compose_settings(made_once(folder))
    lines = []
    for line in file.read_text(encoding="utf-8").splitlines(keepends=True):
        name = line.split("=", 1)[0].strip()
        lines.append(f"{name}='{settings[name]}'\n" if name in settings and KEY_SETTINGS.fullmatch(name) else line)
    file.write_text("".join(lines), encoding="utf-8")


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
        passwords = {"DATABASE_PASSWORD": known["passwords"][service], "AMQP_PASSWORD": known["broker"][service]}
        own = {**passwords, **own_settings(known, service)}
        settings |= {f"{service.upper()}_{name}": value for name, value in own.items()}
    settings["ROLE_PASSWORDS"] = _json({service: known["passwords"][service] for service in SERVICES})
    settings["POSTGRES_PASSWORD"] = known["passwords"]["postgres"]
    settings["AMQP_PASSWORD"] = known["passwords"]["amqp"]
    settings["BROKER_PASSWORDS"] = _json(known["broker"])
    settings["AUTHORITY"] = _json(AUTHORITY)
    settings["OIDC_BACKCHANNEL"] = f"http://demo-login:8000{DEMO_LOGIN}"
    return settings


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m deploy.secrets", usage=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--mode", default="demo", choices=["production", "demo", "test"])
    for name in ("--database", "--amqp", "--smtp", "--public-url"):
        parser.add_argument(name, default="")
    parser.add_argument("--compose", type=Path)
    parser.add_argument("--rotate", choices=["add", "use", "forget"])
    options = parser.parse_args()
    if options.rotate:
        rotate(options.folder, options.rotate)
        if options.compose:
            write_keys(options.folder, options.compose)
    elif options.compose:
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
    envfile.replace(file, json.dumps(value, indent=1) + "\n")


if __name__ == "__main__":
    main()
