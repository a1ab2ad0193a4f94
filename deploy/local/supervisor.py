"""`python -m deploy.local.supervisor RUN` keeps the processes of RUN/processes.json alive.

A process that dies starts again after a fifth of a second, then ever later up to ten seconds; one that has
lived for ten seconds is forgiven. SIGTERM ends all of them, gently first. RUN/state.json says what runs.
"""

import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

from deploy import envfile
from deploy.local.place import ROOT

FIRST_PAUSE, LONGEST_PAUSE, FORGIVEN_AFTER, GRACE = 0.2, 10.0, 10.0, 15.0
INHERITED = ("PATH", "HOME", "LOG_LEVEL", "WEB_CONCURRENCY", "WEB_THREADS", "PARTITIONS", "TZ", "CLOCK_FILE")
_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


@dataclass
class Child:
    """One process to keep alive; `settings` is the file its environment comes from."""

    name: str
    command: list[str]
    log: str
    settings: str = ""
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    again_at: float = 0.0
    pause: float = FIRST_PAUSE
    restarts: int = -1

    def start(self) -> None:
        environment = {name: os.environ[name] for name in INHERITED if name in os.environ}
        environment |= {"LANG": "C.UTF-8", "PYTHONUNBUFFERED": "1"}
        environment |= envfile.read(Path(self.settings)) if self.settings else {}
        with Path(self.log).open("ab") as output:
            self.process = subprocess.Popen(
                self.command, env=environment, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output,
                stderr=output, start_new_session=True, preexec_fn=_die_with_parent,  # noqa: PLW1509  (no threads here)
            )  # fmt: skip
        self.started = time.monotonic()
        self.restarts += 1

    def look(self) -> bool:
        """Notices a death or starts again when it is time; whether anything changed."""
        now = time.monotonic()
        if self.process is None:
            if now < self.again_at:
                return False
            self.start()
            return True
        if self.process.poll() is None:
            return False
        self.signal(signal.SIGKILL)
        if now - self.started > FORGIVEN_AFTER:
            self.pause = FIRST_PAUSE
        log(f"{self.name} ended with {self.process.returncode}; again in {self.pause:.1f} s")
        self.again_at, self.pause = now + self.pause, min(self.pause * 2, LONGEST_PAUSE)
        self.process = None
        return True

    def signal(self, sign: signal.Signals) -> None:
        """To the whole group: what a dead web server leaves behind must not keep its port."""
        if self.process:
            try:
                os.killpg(self.process.pid, sign)
            except ProcessLookupError:
                return


def _die_with_parent() -> None:
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def log(line: str) -> None:
    print(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {line}", flush=True)


def write_state(run: Path, children: list[Child]) -> None:
    state = {c.name: {"pid": c.process.pid if c.process else None, "restarts": c.restarts} for c in children}
    fresh = run / "state.json.new"
    fresh.write_text(json.dumps({"supervisor": {"pid": os.getpid(), "restarts": 0}, **state}, indent=1))
    fresh.rename(run / "state.json")


def end(children: list[Child]) -> None:
    """Asks every process to end, then insists."""
    for child in children:
        if child.process and child.process.poll() is None:
            child.process.terminate()
    deadline = time.monotonic() + GRACE
    for child in children:
        if child.process:
            try:
                child.process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                log(f"{child.name} did not end in {GRACE:.0f} s")
            child.signal(signal.SIGKILL)


def main(run: Path) -> None:
    """Runs until SIGTERM."""
    asked_to_end = False

    def ask(_sign: int, _frame: FrameType | None) -> None:
        nonlocal asked_to_end
        asked_to_end = True

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)
    children = [Child(**entry) for entry in json.loads((run / "processes.json").read_text())]
    while not asked_to_end:
        if any([child.look() for child in children]):  # noqa: C419  (every child is looked at)
            write_state(run, children)
        time.sleep(0.05)
    end(children)
    (run / "state.json").unlink(missing_ok=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
