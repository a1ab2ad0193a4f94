"""The running suite as its users' browsers meet it: where it is, who signs in, what can be taken away from it."""

import json
import os
import re
import shutil
import signal
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page

from deploy import envfile
from shared import clock, config
from shared.auth import Principal
from shared.sessions import COOKIE
from tests.browser import cookie_for

CHROMIUM = shutil.which("chromium") or ""
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--lang=da-DK",
]  # fmt: skip
LOCALE: dict[str, Any] = {"locale": "da-DK", "timezone_id": "Europe/Copenhagen"}
PEOPLE = {
    "front_desk": "frida",
    "company_consultant": "viggo",
    "job_consultant": "johanne",
    "adviser": "rune",
    "leader": "lotte",
    "mentor": "mette",
    "company_employee": "tove",
    "citizen": "kirsten",
    "partner": "pia",
    "ops": "otto",
    "data_protection_officer": "dorthe",
}
HOMES = {
    "front_desk": "/skranken",
    "company_consultant": "/skranken",
    "job_consultant": "/skranken",
    "adviser": "/skranken",
    "leader": "/skranken/tal",
    "mentor": "/opfoelgning",
    "company_employee": "/virksomhed",
    "citizen": "/min-side",
    "partner": "/skranken/tal",
    "ops": "/drift",
    "data_protection_officer": "/indsigt",
}
OF_ANOTHER_UNIT = ("viggo",)
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Running:
    """Its one address, its mail catcher's, and its run directory."""

    address: str
    catcher: str
    run: Path

    @classmethod
    def found(cls) -> "Running":
        """The one that the environment names; KeyError where it names none."""
        clients = Path(os.environ["CLIENTS_FILE"])
        return cls(os.environ["SUITE_ADDRESS"], os.environ["CATCHER_ADDRESS"], clients.parents[1])

    def sign_in(self, context: BrowserContext, name: str) -> None:
        """By the way that a scripted client may take: the provider is told who it is.

        Who works in another unit than the story's citizens says what for, as they would, and then sees what others see.
        """
        page = context.new_page()
        page.goto(f"{self.address}/log-ind?login_hint={name}", wait_until="commit")
        assert any(cookie["name"] == COOKIE for cookie in context.cookies()), f"{name} was not let in: {page.url}"
        file = self.run / "life.json"
        known = json.loads(file.read_text()) if name in OF_ANOTHER_UNIT and file.exists() else {}
        for citizen in ("citizen", "second_citizen"):
            if citizen in known:
                page.goto(f"{self.address}/borger/{known[citizen]}")
                self.say_what_for(page, "matching")
        page.close()

    @staticmethod
    def say_what_for(page: Page, purpose: str) -> None:
        """Chooses a purpose where the citizen is of another unit."""
        page.locator(f"input[name=purpose][value={purpose}]").check(force=True)
        page.get_by_role("button", name="Åbn kortet").click()
        page.wait_for_load_state()

    def remember(self, context: BrowserContext, who: Principal, idle_seconds: int, seen_ago: int = 0) -> None:
        """A session of its own making, as intake would issue it, that soon is over."""
        environ = envfile.read(self.run / "secrets/intake.env")
        with clock.moved_to(clock.now() - timedelta(seconds=seen_ago)):
            value = cookie_for(config.read("intake", environ), who, idle_seconds=idle_seconds)
        # Chromium lets 127.0.0.1 set a __Host- cookie without TLS; who puts one there from outside must say https.
        address = self.address.replace("http:", "https:")
        kept: Any = {
            "name": COOKIE,
            "value": value,
            "url": address,
            "secure": True,
            "httpOnly": True,
            "sameSite": "Lax",
        }
        context.add_cookies([kept])

    def pid(self, process: str) -> int:
        """Of one of its processes, or of the supervisor."""
        found: int = json.loads((self.run / "state.json").read_text())[process]["pid"]
        return found

    @contextmanager
    def without(self, service: str) -> Iterator[None]:
        """A service's web server is dead meanwhile, and nobody starts it again."""
        supervisor = self.pid("supervisor")
        os.kill(supervisor, signal.SIGSTOP)
        try:
            os.killpg(self.pid(f"{service}-web"), signal.SIGKILL)
            self._await(service, ready=False)
            yield
        finally:
            os.kill(supervisor, signal.SIGCONT)
            self._await(service, ready=True)

    @contextmanager
    def hanging(self, service: str) -> Iterator[None]:
        """A service's web server takes requests meanwhile and answers none."""
        group = self.pid(f"{service}-web")
        os.killpg(group, signal.SIGSTOP)
        try:
            yield
        finally:
            os.killpg(group, signal.SIGCONT)
            self._await(service, ready=True)

    def _await(self, service: str, *, ready: bool) -> None:
        deadline = time.monotonic() + 60
        while self._is_ready(service) != ready:
            assert time.monotonic() < deadline, f"{service} did not become {'ready' if ready else 'unready'}"
            time.sleep(0.2)

    def _is_ready(self, service: str) -> bool:
        port = json.loads((self.run / "ports.json").read_text())[f"{service}-web"]
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
                return int(answer.status) == 200
        except (OSError, urllib.error.HTTPError):
            return False
