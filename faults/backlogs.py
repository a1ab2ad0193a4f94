"""A listener that was away, and one that is slow: only its own queue may grow."""

import time

from demo.visitor import Visitor
from faults.engine import ROOT, until
from faults.matrix import Target, fault
from faults.networks import lag
from faults.stage import Stage, p95
from shared.events import SUBSCRIPTIONS, CitizenRegistered

LISTENER = "followup"
WORKER = f"{LISTENER}-worker"
EACH = 500
# By the product's own outbox, in the container of its own image.
TELL = """
import sys
from uuid import uuid4
from shared import config
from shared.database import Database
from shared.events import CitizenRegistered
from shared.outbox import record
database = Database(config.read())
for _ in range(int(sys.argv[1]) // int(sys.argv[2])):
    with database.begin(actor="backlog") as session:
        for _ in range(int(sys.argv[2])):
            record(session, CitizenRegistered(
                citizen_id=uuid4(), municipality_code="0615", language="da", interpreter=False,
                digital_post_exempt=False, protected=False, postal_code="8700", name="Nancy Ann Test Berggren"))
"""
OTHERS = tuple(one for one in SUBSCRIPTIONS[CitizenRegistered] if one != LISTENER)


@fault("F29", "a listener away while a day of the whole country is told, then back", Target("drain", 20),
       Target("page_p95", 0.5), Target("worker_mb", 200, 512))  # fmt: skip
def away_for_a_day(stage: Stage) -> None:
    """`drain` seconds for `backlog` events; the goal is 5,000 a second. Who was there has long heard them by then."""
    engine, backlog = stage.engine, 10_000 if stage.fast else 100_000
    johanne, took = Visitor(stage.traffic.address, "johanne"), list[float]()
    heard = {listener: _heard(stage, listener) for listener in (LISTENER, *OTHERS)}
    engine.docker("stop", WORKER)
    engine.compose("exec", "-T", "intake-worker", "python", "-c", TELL, str(backlog), str(EACH))
    until(lambda: all(_heard(stage, other) >= heard[other] + backlog for other in OTHERS), 600, 1)
    engine.docker("start", WORKER)
    began = time.monotonic()

    def drained() -> bool:
        asked = time.monotonic()
        johanne.get("/opfoelgning")
        took.append(time.monotonic() - asked)
        return _heard(stage, LISTENER) >= heard[LISTENER] + backlog

    until(drained, 600, 0.5)
    drain, memory = time.monotonic() - began, engine.memory(WORKER)
    stage.figures |= {"backlog": backlog, "drain": round(drain, 1), "events_per_s": round(backlog / drain),
                      "page_p95": round(p95(took), 3), "worker_mb": memory}  # fmt: skip


def _heard(stage: Stage, listener: str) -> int:
    return int(stage.sql(f"SELECT count(*) FROM {listener}.inbox")[0][0])


@fault("F30", "a listener that takes 200 ms for each message, for thirty seconds", Target("others_slower_s", 1),
       Target("recovery", 30, 180))  # fmt: skip
def slow(stage: Stage) -> None:
    """The others' lag beside what it was in the quiet half minute before."""
    time.sleep(30)
    quiet = lag(stage, "matching", 30)
    stage.engine.docker("stop", WORKER)
    script = ROOT / "faults/poisoned.py"
    with stage.engine.another(WORKER, "-e", "SLOW_SECONDS=0.2", "-v", f"{script}:/app/poisoned.py:ro",
                              command=("python", "poisoned.py")):  # fmt: skip
        time.sleep(30)
        busy = lag(stage, "matching", 30)
    stage.engine.docker("start", WORKER)
    stage.recovered()
    stage.figures |= {"quiet_p99": quiet, "others_p99": busy, "others_slower_s": round(max(busy - quiet * 1.2, 0), 2)}
