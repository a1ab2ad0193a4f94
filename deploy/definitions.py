"""`python -m deploy.definitions FILE`: what RabbitMQ reads at each start: users, their rights, and the whole topology.

From the environment: AMQP_PASSWORD (the administrator's), BROKER_PASSWORDS (JSON, one for each service), PARTITIONS.
With `--management URL` a broker that runs already is told at once; that it does not run yet is no fault.
"""

import argparse
import base64
import hashlib
import json
import os
import secrets
import sys
from pathlib import Path
from typing import Any

import requests

from shared import topology
from shared.events import SERVICES

ADMIN = VHOST = "jobbutik"


def definitions(admin: str, passwords: dict[str, str], partitions: int) -> dict[str, Any]:
    """All of it in the broker's own words; there is no guest."""
    made = topology.whole(partitions)
    own = {"vhost": VHOST, "durable": True, "auto_delete": False}
    return {
        "vhosts": [{"name": VHOST}],
        "users": [_user(ADMIN, admin, "administrator"), *(_user(name, passwords[name], "") for name in SERVICES)],
        "permissions": [_permission(ADMIN, ".*", ".*", ".*"), *map(_own_permission, SERVICES)],
        "topic_permissions": [_topics(service, exchange) for service in SERVICES for exchange in topology.for_events()],
        "exchanges": [{**own, "internal": False, **exchange._asdict()} for exchange in made.exchanges],
        "queues": [{**own, **queue._asdict()} for queue in made.queues],
        "bindings": [{"vhost": VHOST, "arguments": {}, **binding._asdict()} for binding in made.bindings],
    }


def _user(name: str, password: str, tags: str) -> dict[str, str]:
    salt = secrets.token_bytes(4)
    hashed = base64.b64encode(salt + hashlib.sha256(salt + password.encode()).digest()).decode()
    algorithm = "rabbit_password_hashing_sha256"
    return {"name": name, "password_hash": hashed, "hashing_algorithm": algorithm, "tags": tags}


def _permission(user: str, configure: str, write: str, read: str) -> dict[str, str]:
    return {"user": user, "vhost": VHOST, "configure": configure, "write": write, "read": read}


def _own_permission(service: str) -> dict[str, str]:
    rights = topology.rights(service)
    return _permission(service, rights.configure, rights.write, rights.read)


def _topics(service: str, exchange: str) -> dict[str, str]:
    return {
        "user": service,
        "vhost": VHOST,
        "exchange": exchange,
        "write": topology.rights(service).topics,
        "read": "^$",
    }


def tell(management: str, admin: str, made: dict[str, Any]) -> bool:
    """True where the broker ran and took it; raises where it refused."""
    try:
        answer = requests.post(f"{management}/api/definitions", json=made, auth=(ADMIN, admin), timeout=30)
    except requests.ConnectionError:
        return False
    answer.raise_for_status()
    return True


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m deploy.definitions", usage=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--management", default="")
    options = parser.parse_args()
    admin = os.environ["AMQP_PASSWORD"]
    made = definitions(admin, json.loads(os.environ["BROKER_PASSWORDS"]), int(os.environ.get("PARTITIONS") or 1))
    fresh = options.file.with_name(options.file.name + ".new")
    fresh.write_text(json.dumps(made, indent=1), encoding="utf-8")
    fresh.rename(options.file)
    told = bool(options.management) and tell(options.management, admin, made)
    sys.stdout.write(f"wrote {options.file}{', and told the broker that runs' if told else ''}\n")


if __name__ == "__main__":
    main()
