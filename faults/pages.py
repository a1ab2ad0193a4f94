"""What people see while a service is away."""

import json
import time
from collections import Counter
from contextlib import suppress
from dataclasses import astuple
from functools import partial
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from demo.visitor import Visitor
from faults.engine import until
from faults.matrix import Target, fault
from faults.stage import Stage, p95
from shared.events import SERVICES

ROUNDS = 3
# Whose page it is, and who looks at it. What is made of several services' parts asks for them one by one.
PAGES = {
    "intake": (("frida", "/skranken"), ("frida", "/skranken/dagsliste"), ("frida", "/skranken/ny")),
    "matching": (("viggo", "/match"), ("viggo", "/virksomheder"), ("viggo", "/match/puljer")),
    "followup": (("johanne", "/opfoelgning"), ("johanne", "/privatliv"), ("johanne", "/was")),
    "notifications": (("frida", "/beskeder"), ("frida", "/kontakt")),
}
WORDS = "væk lige nu"


@fault("F05", "a web process of each service killed under load", Target("recovery", 3, 60),
       Target("failed_share", 0.001, 0.05), Target("traces", 0, 0))  # fmt: skip
def process_killed(stage: Stage) -> None:
    """A client that tries again with the same key gets one thing."""
    tries, began = stage.traffic.tries, astuple(stage.traffic.tries)
    for service in SERVICES:
        stage.engine.kill_process(stage.engine.processes(service, "gunicorn")[-1])
        stage.recovered()
        time.sleep(2)
    stage.figures["failed_share"] = round((tries.failed - began[1]) / max(tries.made - began[0], 1), 4)


@fault("F34", "sign-in provider and mail server away for twenty seconds", Target("failed_pages", 0, 2),
       Target("unsent", 0), Target("sent_twice", 0, 0), Target("recovery", 10, 90))  # fmt: skip
def outside_away(stage: Stage) -> None:
    """Who is signed in goes on; letters wait."""
    frida, failed = Visitor(stage.traffic.address, "frida"), 0
    stage.engine.docker("stop -t 2", "demo-login", "mailcatcher")
    for _ in range(20):
        failed += frida.get("/skranken")[0] != 200
        time.sleep(1)
    # What leaves in the morning, as letters of the night do, is not late.
    waiting = (
        "SELECT count(*) FROM notifications.message WHERE state = 'queued' AND next_try_at < now() - interval '{}'"
    )
    stage.figures["waited"] = stage.sql(waiting.format("2 s"))[0][0]
    stage.engine.docker("start", "demo-login", "mailcatcher")
    stage.recovered()
    until(lambda: stage.sql(waiting.format("40 s"))[0][0] == 0, 180, 2)
    with urlopen(f"http://127.0.0.1:{stage.engine.catcher_port}/messages", timeout=20) as answer:
        ids = Counter(one["headers"].get("Message-ID") for one in json.load(answer))
    stage.figures |= {"failed_pages": failed, "unsent": stage.sql(waiting.format("40 s"))[0][0],
                      "sent_twice": sum(count > 1 for count in ids.values())}  # fmt: skip


@fault("F33", "each service down in turn, and the pages of the others asked", Target("failed_pages", 0, 0),
       Target("page_p95", 0.5), Target("recovery", 10, 90), Target("impolite", 0, 0), fast=True)  # fmt: skip
def each_down(stage: Stage) -> None:
    """Also what the page of the one that is away says: that it is away, in Danish, and when to come back."""
    people = {who: Visitor(stage.traffic.address, who) for pages in PAGES.values() for who, _page in pages}
    took, failed, impolite = list[float](), list[str](), 0
    for down in SERVICES:
        stage.engine.docker("stop -t 2", down)
        for _ in range(ROUNDS):
            for who, page in (one for owner, pages in PAGES.items() if owner != down for one in pages):
                began = time.monotonic()
                status, _text = people[who].get(page)
                took.append(time.monotonic() - began)
                failed += [f"{page} said {status} without {down}"] * (status != 200)
        who, own = PAGES[down][0]
        impolite += not _polite(f"{stage.traffic.address}{own}")
        stage.engine.docker("start", down)
        stage.recovered(partial(_shows, people[who], own))
    print("".join(f"    {words}\n" for words in failed), end="", flush=True)
    stage.figures |= {"pages": len(took), "failed_pages": len(failed), "page_p95": round(p95(took), 3),
                      "impolite": impolite}  # fmt: skip


def _shows(visitor: Visitor, page: str) -> bool:
    return visitor.get(page)[0] == 200


def _polite(address: str) -> bool:
    with suppress(URLError):
        try:
            urlopen(address, timeout=10)  # noqa: S310  our own suite
        except HTTPError as away:
            words = away.read().decode()
            return (
                away.code == 503 and WORDS in words and "Traceback" not in words and bool(away.headers["Retry-After"])
            )
    return False
