"""Faults of a service's worker."""

import random
import time

import requests

from faults.engine import WORKERS, until
from faults.matrix import Target, fault
from faults.stage import Stage

VICTIM = "matching-worker"
SYSTEM_CALLS = "sendto,sendmsg,write"


@fault("F01", "a worker killed nine times, three seconds apart",
       Target("recovery", 3, 60), Target("gap", 1, 30), fast=True)  # fmt: skip
def killed(stage: Stage) -> None:
    for number in range(9):
        victim = WORKERS[number % len(WORKERS)]
        stage.engine.docker("kill", victim)
        stage.engine.docker("start", victim)
        time.sleep(max(0.0, 3 - stage.recovered()))


@fault("F02", "each worker killed at any of its sends and writes in turn (strace)",
       Target("recovery", 10, 120), Target("too_few", 0, 0), fast=True)  # fmt: skip
def killed_anywhere(stage: Stage) -> None:
    """The container's own restart brings each back; its pause doubles where a life is under ten seconds."""
    seed = random.randrange(10**6)  # noqa: S311  printed, so that a run can be played again
    dice, deaths, wanted = random.Random(seed), 0, 16 if stage.fast else 200  # noqa: S311
    for number in range(wanted):
        if deaths >= wanted:
            break
        before = {one: stage.engine.inspect(one, "{{.State.StartedAt}}") for one in WORKERS}
        tracers = [
            stage.engine.beside(one, "sh", "-c",
                f"exec strace -qq -f -p $(pgrep -f '^python -m shared.worker') -e trace={SYSTEM_CALLS} "
                f"-e inject={SYSTEM_CALLS}:signal=SIGKILL:when={dice.randint(1, 60)} -o /dev/null")
            for one in WORKERS
        ]  # fmt: skip
        until(lambda: all(one.poll() is not None for one in tracers), 12)  # noqa: B023
        for tracer in tracers:
            tracer.terminate()
            tracer.wait()
        for one in WORKERS:
            deaths += stage.engine.inspect(one, "{{.State.StartedAt}} {{.State.Running}}") != f"{before[one]} true"
        stage.recovered()
        if number % 4 == 3:
            # A start by hand sets the pause of the restart policy back.
            stage.engine.docker("restart -t 0", *WORKERS)
            stage.settle()
    stage.figures |= {"deaths": deaths, "too_few": max(0, wanted - deaths), "seed": seed}


@fault("F04", "two workers of one service, the first stopped for thirty seconds", Target("recovery", 10, 120))
def late(stage: Stage) -> None:
    """What the first held is the second's meanwhile, and the first wakes in the middle of it."""
    with stage.engine.another(VICTIM):
        time.sleep(10)
        stage.engine.docker("pause", VICTIM)
        time.sleep(30)
        stage.engine.docker("unpause", VICTIM)
        stage.recovered()
    stage.recovered()


@fault("F38", "each worker stopped without a word (SIGSTOP), until its service says that it is not ready",
       Target("alarm", 60, 60), Target("recovery", 10, 90))  # fmt: skip
def silent(stage: Stage) -> None:
    longest = 0.0
    for worker in WORKERS:
        address = f"http://{stage.engine.address(worker.removesuffix('-worker'))}:8000/readyz"
        until(lambda: status(address) == 200, 60)  # noqa: B023
        pid, stopped = stage.engine.processes(worker, "python -m shared.worker")[-1], time.monotonic()
        stage.engine.kill_process(pid, "STOP")
        until(lambda: status(address) == 503, 90)  # noqa: B023
        longest = max(longest, time.monotonic() - stopped)
        stage.engine.kill_process(pid, "CONT")
        stage.recovered()
    stage.figures["alarm"] = round(longest, 1)


def status(address: str) -> int:
    """0 for no answer."""
    try:
        return requests.get(address, timeout=5).status_code
    except requests.RequestException:
        return 0


@fault("F03", "a worker stopped for ten seconds without dying", Target("recovery", 5, 60), fast=True)
def stopped(stage: Stage) -> None:
    stage.engine.docker("pause", VICTIM)
    time.sleep(10)
    stage.engine.docker("unpause", VICTIM)
    stage.recovered()
