"""Faults of the suite as a whole: cold starts, upgrades, restores, several things at once."""

import random
import time
from dataclasses import astuple
from datetime import UTC, datetime, timedelta

from faults.books import TELLERS
from faults.engine import WORKERS, run, until
from faults.matrix import Target, fault
from faults.stage import Stage
from shared.events import SERVICES

OLD = "jobbutik-faults-old"
RESTORED = "followup"
IN_TIME = """
    SELECT coalesce(avg((i.handled_at - o.recorded_at < interval '10 s')::int), 1) FROM intake.outbox o
    JOIN {listener}.inbox i USING (event_id) WHERE o.recorded_at > clock_timestamp() - interval '{seconds} s'
"""


@fault("F35", "everything off at once, and on again in any order", Target("recovery", 30, 180), Target("traces", 0, 0))
def cold(stage: Stage) -> None:
    """`recovery` is from the last one's start to a saved write and nothing waiting; nobody waits for anybody."""
    seed = random.randrange(10**6)  # noqa: S311  printed, so that a run can be played again
    dice, containers = random.Random(seed), stage.engine.containers()  # noqa: S311
    for _ in range(2 if stage.fast else 6):
        run("docker", "kill", *containers)
        time.sleep(2)
        dice.shuffle(containers)
        run("docker", "start", *containers)
        stage.recovered()
    stage.figures["seed"] = seed


@fault("F36", "the version before the newest migration beside this one, on the same tables",
       Target("failed_share", 0, 0.01), Target("unserved", 0, 0), Target("recovery", 10, 120),
       Target("traces", 0, 0))  # fmt: skip
def upgrade(stage: Stage) -> None:
    """As in an upgrade one by one: tables go first, and the old image serves and listens beside the new one."""
    newest = run("git", "log", "-1", "--format=%H", "--diff-filter=A", "--", "services/*/migrations/*.py").strip()
    tree = run("git", "rev-parse", f"{newest}^").strip()
    run("sh", "-c", f"git archive {tree} | docker build --quiet --tag {OLD} -")
    tries, began = stage.traffic.tries, astuple(stage.traffic.tries)
    served = 0
    for service in SERVICES:
        with (stage.engine.another(service, "--use-aliases", image=OLD) as web,
              stage.engine.another(f"{service}-worker", image=OLD)):  # fmt: skip
            served += until(lambda: stage.engine.is_well(web), 180, 1)
            time.sleep(20)
    stage.figures |= {
        "failed_share": round((tries.failed - began[1]) / max(tries.made - began[0], 1), 4), "old": tree[:9],
        "unserved": len(SERVICES) - served,
    }  # fmt: skip
    stage.recovered()


@fault("F39", "a service's tables restored from a back-up, and what it missed replayed", Target("recovery", 60, 300))
def restored(stage: Stage) -> None:
    """Of followup, whose tables follow from what the others tell; the books then say whether they agree."""
    engine, admin = stage.engine, ("exec", "-T", "-u", "postgres", "postgres")
    since = (datetime.now(UTC) - timedelta(minutes=1)).isoformat(timespec="seconds")
    dump = "/var/lib/postgresql/data/faults.dump"
    engine.compose(*admin, "pg_dump", "-Fc", "-n", RESTORED, "-f", dump, "jobbutik")
    time.sleep(15)
    engine.docker("stop", RESTORED, f"{RESTORED}-worker")
    stage.sql(f"DROP SCHEMA {RESTORED} CASCADE")
    engine.compose(*admin, "pg_restore", "--exit-on-error", "-d", "jobbutik", dump)
    engine.compose("run", "--rm", "-T", "--no-deps", f"{RESTORED}-worker", "python", "-m", "shared.ops", "settle")
    engine.compose("start", RESTORED, f"{RESTORED}-worker")
    for teller in sorted(TELLERS[RESTORED]):
        engine.compose("exec", "-T", f"{teller}-worker", "python", "-m", "shared.ops", "replay",
                       "--listener", RESTORED, "--since", since)  # fmt: skip
    stage.recovered()
    engine.compose(*admin, "rm", dump)


@fault("F40", "the broker away while the database restarts; then one fault after the other, by lot",
       Target("recovery", 15, 180), Target("late_share", 0.001), Target("traces", 0, 0))  # fmt: skip
def nightmare(stage: Stage) -> None:
    engine, began = stage.engine, time.monotonic()
    engine.docker("pause", "rabbitmq")
    engine.docker("restart", "postgres")
    engine.docker("unpause", "rabbitmq")
    stage.recovered()
    seed = random.randrange(10**6)  # noqa: S311  printed, so that a run can be played again
    dice = random.Random(seed)  # noqa: S311
    for _ in range(3 if stage.fast else 20):
        victim = dice.choice((*WORKERS, *SERVICES, "rabbitmq", "postgres"))
        begin, lift = dice.choice((("kill", "start"), ("pause", "unpause"), ("stop -t 2", "start")))
        engine.docker(begin, victim)
        time.sleep(dice.uniform(1, 8))
        engine.docker(lift, victim)
        time.sleep(dice.uniform(2, 20 if stage.fast else 52))
    stage.recovered()
    in_time = min(
        float(stage.sql(IN_TIME.format(listener=one, seconds=time.monotonic() - began))[0][0])
        for one in ("matching", "followup", "notifications")
    )
    stage.figures |= {"seed": seed, "late_share": round(1 - in_time, 4)}
