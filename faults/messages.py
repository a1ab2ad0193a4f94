"""Messages that nobody can handle, and messages that kill."""

import hashlib
import time

from deploy.envfile import read
from faults import lives
from faults.engine import ROOT, until
from faults.matrix import Target, fault
from faults.poisoned import KILLS, LOOPS
from faults.stage import Stage

LISTENER = "followup"
WORKER = f"{LISTENER}-worker"
DEAD = "SELECT count(*) FROM followup.failed_delivery WHERE next_try_at IS NULL AND settled IS NULL"
SEND = """
import os
from shared import broker, topology
queue = topology.queues(os.environ["SERVICE"], int(os.environ.get("PARTITIONS", "1")))[0]
with broker.blocking_channel(os.environ["ADMIN_AMQP_URL"]) as channel:
    for body in {bodies!r}:
        channel.basic_publish("", queue, body, broker.properties("x", "x"), mandatory=True)
"""
POISONS = (
    b"", b"\xff\x00 no text at all", b"[]", b"{}", b"null", b'{"specversion": "1.0"}', b"[" * 100_000,
    b'{"id": "x", "type": "dk.jobbutik.intake.citizen.registered.v1", "subject": "y", "data": {}}',
    b'{"id": "0198f6d4-0000-7000-8000-00000000000a", "type": "dk.jobbutik.intake.unknown.v1", "subject": "y"}',
    rb'{"id": "0198f6d4-0000-7000-8000-00000000000b", "type": "x", "subject": "\u0000"}',
    b'{"id": "0198f6d4-0000-7000-8000-00000000000c", "type": 7, "subject": []}', b"9" * 900_000,
)  # fmt: skip


def send(stage: Stage, listener: str, bodies: list[bytes]) -> None:
    """Straight into a listener's queue, as only the broker's administrator may."""
    password = read(ROOT / ".env")["AMQP_PASSWORD"]
    url = f"ADMIN_AMQP_URL=amqp://jobbutik:{password}@rabbitmq:5672/jobbutik"
    stage.engine.compose("exec", "-T", "-e", url, f"{listener}-worker", "python", "-",
                         stdin=SEND.format(bodies=bodies))  # fmt: skip


@fault("F26", "a message that kills the worker, and one that hangs it, in a full window", Target("recovery", 60, 180),
       Target("innocent_dead", 0, 0), Target("not_dead", 0), fast=True)  # fmt: skip
def deadly(stage: Stage) -> None:
    """The listener's worker is stopped so that a window fills; it then runs with two handlers that die."""
    engine, before = stage.engine, stage.sql(DEAD)[0][0]
    engine.docker("stop", WORKER)
    speaker, people = stage.traffic.speaker(), list[str]()
    for language in (KILLS, LOOPS):
        contact = lives.first_contact(speaker, stage.traffic.numbers, lambda *_: None, language=language)
        people.append(contact["citizen_id"])
    time.sleep(5)
    name, script = f"{engine.container(WORKER)[:12]}-poisoned", ROOT / "faults/poisoned.py"
    deaths, deadline = 0, time.monotonic() + 170
    while stage.sql(DEAD)[0][0] - before < len(people) and time.monotonic() < deadline:
        engine.compose("run", "--rm", "-T", "--no-deps", "--name", name, "-v", f"{script}:/app/poisoned.py:ro",
                       "-d", WORKER, "python", "poisoned.py")  # fmt: skip
        gone = until(lambda: not engine.runs(name) or stage.sql(DEAD)[0][0] - before >= len(people), 60, 0.3)
        deaths += gone and not engine.runs(name)
    listed = "', '".join(people)
    mine = stage.sql(f"{DEAD} AND subject IN ('{listed}')")[0][0]
    stage.figures |= {
        "deaths": deaths,
        "not_dead": len(people) - mine,
        "innocent_dead": stage.sql(DEAD)[0][0] - before - mine,
    }
    until(lambda: stage.behind() < 1, 60)
    engine.end(name)
    engine.docker("start", WORKER)
    stage.recovered()
    engine.compose("exec", "-T", WORKER, "python", "-m", "shared.ops", "revive")
    until(lambda: stage.sql(f"{DEAD} AND subject IN ('{listed}')")[0][0] == 0, 30)


@fault("F27", "twelve poisons in one queue", Target("recovery", 1, 60), Target("not_dead", 0, 0), fast=True)
def poisons(stage: Stage) -> None:
    # An empty body and its like have no id of their own: the same poison of an earlier run is the same row, once more.
    before = _buried(stage)
    send(stage, LISTENER, list(POISONS))
    stage.recovered()
    until(lambda: len(_buried(stage) - before) >= len(POISONS), 20)
    stage.figures["not_dead"] = len(POISONS) - len(_buried(stage) - before)


def _buried(stage: Stage) -> set[tuple[str, int]]:
    """Each poison that lies dead, with how often it was buried."""
    digests = "', '".join(hashlib.sha256(body).hexdigest() for body in POISONS)
    rows = stage.sql(
        "SELECT event_id::text, tries FROM followup.failed_delivery "
        f"WHERE next_try_at IS NULL AND encode(sha256(body), 'hex') IN ('{digests}')"
    )
    return {(event_id, tries) for event_id, tries in rows}


@fault("F28", "fifty copies of intake's twenty latest registrations, to each listener", Target("recovery", 5, 60))
def copies(stage: Stage) -> None:
    rows = stage.sql("SELECT body FROM intake.outbox WHERE type LIKE '%citizen.registered%' ORDER BY seq DESC LIMIT 20")
    bodies = [row[0].encode() for row in rows for _ in range(50)]
    for listener in ("matching", "followup", "notifications"):
        send(stage, listener, bodies)
    stage.figures["copies"] = 3 * 50 * len(rows)
    stage.recovered()
