"""`python -m deploy.access`: who may open what, as a table that people can read; `--check` compares it with the code.

The table is made from what each route states. That the routes keep what they state is tested by knocking at every
one of them in every role (tests/test_access.py).
"""

import argparse
import importlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask

from deploy import secrets
from shared import config, live
from shared.config import ROLES, Settings
from shared.events import INTAKE, SERVICES
from shared.lookups import About

FILE = Path(__file__).resolve().parents[1] / "docs/access.md"
HEADING = """# Who may open what

Made by `python -m deploy.access` from what the routes state; `tests/test_access.py` knocks at every one of them in
every role. Behind the role stands the second border, the object: a company sees its own CVR and P-numbers, a mentor
their own placements, a citizen themselves, and staff the citizens of their own unit and of none. Of another unit's they
see lists and search hits; to read or change anything else they say what for (`…/formaal/…`), and that is on record.
`tests/test_unit_border.py` tries every such route. Machine clients in staff roles act for the whole municipality.

*Data* is the class of a person's data that is shown, *purpose* what the look-up log says unless another is given; `-`
where no person's data leaves.

`public` routes need no sign-in. A row without a mark opens to no role: an SMS supplier's receipt comes in there, and
counts by its own signature. Roles: FD front desk, CC company consultant, JC job consultant, AD adviser, LE leader,
ME mentor, CE company employee, CI citizen, PA partner, OP ops, DP data-protection officer.
"""
SHORT = dict(zip(ROLES, ("FD", "CC", "JC", "AD", "LE", "ME", "CE", "CI", "PA", "OP", "DP"), strict=True))


@dataclass(frozen=True)
class Door:
    """One method of one route; `roles` is None where it is open to all, `stated` whether it says whose data leave."""

    service: str
    method: str
    rule: str
    endpoint: str
    roles: tuple[str, ...] | None
    about: About | None
    stated: bool


def doors(service: str, app: Flask) -> Iterator[Door]:
    """All doors of a service, in the order of their addresses."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, sorted(rule.methods or ()))):
        view: Any = app.view_functions[rule.endpoint]
        stated = getattr(view, "allowed_roles", "public" if rule.rule.endswith("/openapi.json") else None)
        if stated is None:
            raise ValueError(f"{rule.rule} does not state who may call it")
        roles = None if stated == "public" else tuple(stated)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield Door(
                service, method, rule.rule, rule.endpoint, roles, getattr(view, "about", None), hasattr(view, "about")
            )


def page(every: dict[str, list[Door]]) -> str:
    """The document."""
    parts = [HEADING]
    for service, found in every.items():
        columns = " | ".join(SHORT.values())
        parts.append(f"\n## {service}\n\n| route | {columns} | data | purpose |\n|---|{'---|' * (len(ROLES) + 2)}\n")
        parts += [_line(door) for door in found]
    return "".join(parts)


def _line(door: Door) -> str:
    cells = ["public" if door.roles is None else "x" if role in door.roles else "" for role in ROLES]
    seen = f"{door.about.data} | {door.about.purpose}" if door.about else "- | -"
    return f"| {door.method} `{door.rule.replace('|', '¦')}` | {' | '.join(cells)} | {seen} |\n"


def everything(known: dict[str, Settings]) -> dict[str, list[Door]]:
    """All doors of all processes, by the headings of the document."""
    every = {
        service: list(doors(service, importlib.import_module(f"services.{service}").create_app(settings=own)))
        for service, own in known.items()
    }
    return every | {"live boards of intake": list(doors(INTAKE, live.create_app(known[INTAKE])))}


def settings() -> dict[str, Settings]:
    """Settings that reach nobody: the routes are read, not called."""
    known = secrets.fresh()
    made = {}
    for service in SERVICES:
        reachless = {
            "MODE": "test",
            "DATABASE_URL": f"postgresql://{service}@127.0.0.1:1/none",
            "AMQP_URL": "amqp://127.0.0.1:1/none",
            "SMTP_URL": "smtp://127.0.0.1:1",
            "MAIL_FROM": "jobbutik@example.dk",
            "PUBLIC_URL": "http://127.0.0.1:1",
            "OIDC_ISSUER": "http://127.0.0.1:1/demo-login",
        }
        environ = secrets.shared_settings(known) | secrets.own_settings(known, service) | reachless
        made[service] = config.read(service, environ)
    return made


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m deploy.access")
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    made = page(everything(settings()))
    if not given.check:
        FILE.write_text(made, encoding="utf-8")
    elif not FILE.exists() or FILE.read_text(encoding="utf-8") != made:
        sys.exit("docs/access.md is not current: python -m deploy.access")


if __name__ == "__main__":
    main()
