"""Faults of the broker: people must not notice any of them."""

import time
from datetime import UTC, datetime, timedelta

from faults.books import TELLERS
from faults.engine import until
from faults.matrix import Target, fault
from faults.stage import Stage

WRITES_GO_ON = Target("gap", 1, 15)
BROKER = "rabbitmq"


def control(stage: Stage, *words: str) -> str:
    """rabbitmqctl."""
    return stage.engine.compose("exec", "-T", BROKER, "rabbitmqctl", "--quiet", *words)


def answers(stage: Stage) -> bool:
    """Takes connections again."""
    return stage.engine.inspect(BROKER, "{{.State.Health.Status}}") == "healthy" and "ok" in stage.engine.compose(
        "exec", "-T", BROKER, "bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/5672 && echo ok", check=False)  # fmt: skip


@fault("F06", "the broker killed three times, four seconds each", Target("recovery", 10, 60), WRITES_GO_ON, fast=True)
def killed(stage: Stage) -> None:
    for _ in range(3):
        stage.engine.docker("kill", BROKER)
        time.sleep(4)
        stage.engine.docker("start", BROKER)
        stage.recovered()


@fault("F07", "the broker paused for 20 seconds (half-open)", Target("recovery", 8, 60), WRITES_GO_ON, fast=True)
def paused(stage: Stage) -> None:
    stage.engine.docker("pause", BROKER)
    time.sleep(20)
    stage.engine.docker("unpause", BROKER)
    stage.recovered()


@fault("F08", "the broker wiped: queues and messages gone", Target("recovery", 60, 120), WRITES_GO_ON)
def wiped(stage: Stage) -> None:
    """What was confirmed and not yet handled is only in the outbox's log: `replay` tells it again."""
    since = (datetime.now(UTC) - timedelta(minutes=2)).isoformat(timespec="seconds")
    stage.engine.docker("pause", "followup-worker", "notifications-worker")
    time.sleep(3)
    control(stage, "stop_app")
    control(stage, "reset")
    control(stage, "start_app")
    # Politely: a node that is killed while it makes a queue may keep one that never has a leader.
    stage.engine.docker("restart -t 60", BROKER)
    stage.engine.docker("unpause", "followup-worker", "notifications-worker")
    lifted = time.monotonic()
    until(lambda: answers(stage), 60, 0.5)
    for listener, tellers in TELLERS.items():
        for service in sorted(tellers):
            stage.engine.compose("exec", "-T", f"{service}-worker", "python", "-m", "shared.ops", "replay",
                                 "--listener", listener, "--since", since)  # fmt: skip
    stage.recovered()
    stage.figures["with_replay"] = round(time.monotonic() - lifted, 1)


@fault("F09", "the broker's memory alarm for ten seconds", Target("recovery", 5, 60), WRITES_GO_ON)
def memory_alarm(stage: Stage) -> None:
    control(stage, "set_vm_memory_high_watermark", "absolute", "20MB")
    time.sleep(10)
    control(stage, "set_vm_memory_high_watermark", "0.6")
    stage.recovered()


@fault("F10", "the broker's disk alarm for ten seconds", Target("recovery", 5, 60), WRITES_GO_ON,
       Target("alarm_unseen", 0), fast=True)  # fmt: skip
def disk_alarm(stage: Stage) -> None:
    """Told apart from a broker that is away: the worker says that it is blocked."""
    control(stage, "set_disk_free_limit", "900GB")
    blocked = until(lambda: "broker alarm raised" in stage.log("intake-worker"), 10, 0.5)
    time.sleep(10)
    control(stage, "set_disk_free_limit", "50MB")
    stage.recovered()
    stage.figures["alarm_unseen"] = 0 if blocked else 1
