"""Where the links of pages lead, judged by what the routes themselves state, so that none has to be followed."""

import importlib
import re
from html import unescape

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, MapAdapter, Rule

from deploy import access
from shared.events import SERVICES

LINK = re.compile(r'<a [^>]*?href="(/[^"?#]*)')
# The demo's sign-in and the gateway's files are no service's.
ELSEWHERE = ("/demo-login", "/static/")


class Ways:
    """Every address that can be opened, and in which roles."""

    def __init__(self) -> None:
        settings, rules = access.settings(), []
        self._roles: dict[str, tuple[str, ...] | None] = {}
        for service in SERVICES:
            app = importlib.import_module(f"services.{service}").create_app(settings=settings[service])
            for door in access.doors(service, app):
                if door.method == "GET":
                    # Pages that every service has, such as /kontakt, are met once for each.
                    self._roles[door.rule] = door.roles
                    rules.append(Rule(door.rule, endpoint=door.rule, methods=["GET"]))
        self._map: MapAdapter = Map(rules).bind("")

    def astray(self, html: str, role: str) -> list[str]:
        """The addresses of a page's links that are nowhere, or closed to its reader."""
        found = {unescape(address) for address in LINK.findall(html)}
        return sorted(one for one in found if not one.startswith(ELSEWHERE) and not self._opens(one, role))

    def _opens(self, address: str, role: str) -> bool:
        try:
            rule, _values = self._map.match(address)
        except HTTPException:
            return False
        roles = self._roles[rule]
        return roles is None or role in roles
