"""`python -m deploy.cluster`: F11 to F14 on a running many-machines set-up, with events told all the while.

COMPOSE_PROJECT_NAME names the containers. Prints a table and writes it to cluster.json: what was lost or doubled, the
longest gap between two confirms, and how long after the fault's end everything told had its effect.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

PROJECT = os.environ.get("COMPOSE_PROJECT_NAME", "jobbutik")
NODES = ("rabbitmq", "rabbitmq-2", "rabbitmq-3")
PER_SECOND, BEFORE, AFTER, PATIENCE = 20, 8, 10, 120
# Told by the product's own outbox, in a container of its own image.
TELLER = """
import select, sys, time
from uuid import uuid4
from shared import config
from shared.database import Database
from shared.events import CitizenRegistered
from shared.outbox import record
database = Database(config.read())
number, started = 0, time.time()
while not select.select([sys.stdin], [], [], 0)[0]:  # until whoever started it is gone
    time.sleep(max(0.0, started + number / float(sys.argv[1]) - time.time()))
    number += 1
    with database.begin(actor="cluster") as session:
        record(session, CitizenRegistered(
            citizen_id=uuid4(), municipality_code="0219", language="da", interpreter=False, digital_post_exempt=False,
            protected=False, postal_code="3400", name="Nancy Ann Test Berggren"))
"""
SEEN = """
SELECT count(*), count(*) FILTER (WHERE inbox.event_id IS NULL),
    (SELECT count(*) FROM matching.citizen_copy WHERE citizen_id::text IN (SELECT partition_key FROM told)),
    coalesce((SELECT max(extract(epoch FROM gap)) FROM (
        SELECT published_at - lag(published_at, 1, '{began}') OVER (ORDER BY published_at) AS gap FROM told
    ) AS gaps), 0),
    coalesce(max(extract(epoch FROM inbox.handled_at)), 0)
FROM told LEFT JOIN matching.inbox AS inbox USING (event_id)
"""


def main() -> int:
    rows = []
    teller = subprocess.Popen(
        _docker("exec", "-i", _name("intake"), "python", "-c", TELLER, str(PER_SECOND)), stdin=subprocess.PIPE
    )
    try:
        for fault, (do, undo, seconds, target) in FAULTS.items():
            rows.append(_played(fault, do, undo, seconds, target))
            _show(rows[-1])
            if teller.poll() is not None:
                sys.exit("the teller ended early")
    finally:
        teller.communicate()
    Path("cluster.json").write_text(json.dumps(rows, indent=2) + "\n")
    return 0 if all(row["told"] and row["lost"] == 0 and row["doubled"] == 0 for row in rows) else 1


def _played(
    fault: str, do: Callable[[], object], undo: Callable[[], object], seconds: float, target: float
) -> dict[str, object]:
    time.sleep(BEFORE)
    began = _sql("SELECT clock_timestamp()")
    do()
    time.sleep(seconds)
    undo()
    over = float(_sql("SELECT extract(epoch FROM clock_timestamp())"))
    time.sleep(AFTER)
    until = _sql("SELECT clock_timestamp()")
    told = (
        "WITH told AS MATERIALIZED (SELECT * FROM intake.outbox WHERE type LIKE '%citizen.registered.v1'"
        f" AND recorded_at >= '{began}' AND recorded_at < '{until}')"
    )
    deadline = time.monotonic() + PATIENCE
    while True:
        count, missing, people, gap, last = _sql(told + SEEN.format(began=began)).split("|")
        if missing == "0" or time.monotonic() > deadline:
            break
        time.sleep(1)
    behind = f"{told} SELECT coalesce(max(extract(epoch FROM published_at)), 0) FROM told"
    back = f"{behind} WHERE published_at - recorded_at > interval '1 second'"
    return {
        "fault": fault, "told": int(count), "lost": int(missing), "doubled": int(people) - int(count) + int(missing),
        "gap_s": round(float(gap), 1), "back_s": round(max(float(_sql(back)) - over, 0.0), 1),
        "last_effect_s": round(float(last) - over, 1), "target_gap_s": target,
    }  # fmt: skip


def _show(row: dict[str, object]) -> None:
    sys.stdout.write("  ".join(f"{name} {value}" for name, value in row.items()) + "\n")
    sys.stdout.flush()


def _name(service: str) -> str:
    return f"{PROJECT}-{service}-1"


def _docker(*words: str) -> list[str]:
    return ["docker", *words]


def _run(*words: str) -> str:
    return subprocess.run(_docker(*words), check=False, capture_output=True, text=True).stdout.strip()


def _sql(query: str) -> str:
    return _run("exec", "-u", "postgres", _name("postgres"), "psql", "-d", "jobbutik", "-Atc", query)


def leader() -> str:
    """The node that leads most queues."""
    for node in NODES:
        said = _run("exec", _name(node), "rabbitmqctl", "-q", "list_queues", "-p", "jobbutik", "leader")
        leaders = [line.removeprefix("rabbit@") for line in said.splitlines() if line.startswith("rabbit@")]
        if leaders:
            return max(NODES, key=leaders.count)
    raise SystemExit("no node says who leads")


class _Fault:
    """What is done to nodes, and taken back."""

    def __init__(self) -> None:
        self.nodes: tuple[str, ...] = ()

    def lead(self, *words: str) -> Callable[[], None]:
        def do() -> None:
            self.nodes = (leader(),)
            self._each(*words)

        return do

    def majority(self, *words: str) -> Callable[[], None]:
        def do() -> None:
            self.nodes = NODES[:2]
            self._each(*words)

        return do

    def back(self, *words: str) -> Callable[[], None]:
        return lambda: self._each(*words)

    def plug(self, how: str) -> Callable[[], None]:
        def do() -> None:
            self.nodes = (leader(),) if how == "disconnect" else self.nodes
            names = ["--alias", self.nodes[0]] if how == "connect" else []
            _run("network", how, *names, f"{PROJECT}_inner", _name(self.nodes[0]))

        return do

    @staticmethod
    def one_by_one() -> None:
        for node in NODES:
            _run("restart", "-t", "60", _name(node))
            _until_running(node)

    def _each(self, *words: str) -> None:
        for node in self.nodes:
            _run(*words, _name(node))


def _until_running(node: str) -> None:
    deadline = time.monotonic() + PATIENCE
    said = ""
    while "true" not in said and time.monotonic() < deadline:
        said = _run("exec", _name(node), "rabbitmqctl", "-q", "eval", "length(rabbit_nodes:list_running()) =:= 3.")
        time.sleep(1)


_ON = _Fault()
FAULTS: dict[str, tuple[Callable[[], object], Callable[[], object], float, float]] = {
    "F11 leader killed": (_ON.lead("kill"), _ON.back("start"), 15, 1),
    "F12 leader paused": (_ON.lead("pause"), _ON.back("unpause"), 20, 8),
    "F12 leader unplugged": (_ON.plug("disconnect"), _ON.plug("connect"), 20, 8),
    "F13 majority killed": (_ON.majority("kill"), _ON.back("start"), 15, 25),
    "F14 rolling restart": (_ON.one_by_one, lambda: None, 0, 1),
}

if __name__ == "__main__":
    sys.exit(main())
