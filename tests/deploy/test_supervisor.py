"""The supervisor brings back what dies, and takes everything with it when it ends."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deploy.local.place import ROOT

pytestmark = pytest.mark.faults


def eventually(what: Callable[[], object], within: float = 10) -> None:
    deadline = time.monotonic() + within
    while not what():
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.02)


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    sleeper = {"name": "sleeper", "command": ["sleep", "600"], "log": str(tmp_path / "log")}
    (tmp_path / "processes.json").write_text(json.dumps([sleeper]))
    command = [sys.executable, "-m", "deploy.local.supervisor", str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        eventually(lambda: sleeper_of(tmp_path))
        yield process
        process.terminate()


def sleeper_of(run: Path) -> dict[str, int]:
    file = run / "state.json"
    return json.loads(file.read_text())["sleeper"] if file.exists() else {}


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False


@pytest.mark.usefixtures("supervisor")
def test_a_killed_process_is_back_within_a_second(tmp_path: Path) -> None:
    first = sleeper_of(tmp_path)
    os.kill(first["pid"], signal.SIGKILL)
    eventually(lambda: sleeper_of(tmp_path)["restarts"] == 1 and is_alive(sleeper_of(tmp_path)["pid"]), within=1)


def test_its_end_is_everybodys(supervisor: subprocess.Popen[bytes], tmp_path: Path) -> None:
    pid = sleeper_of(tmp_path)["pid"]
    supervisor.terminate()
    assert supervisor.wait(10) == 0
    assert not is_alive(pid)


def test_its_murder_is_everybodys_end_too(supervisor: subprocess.Popen[bytes], tmp_path: Path) -> None:
    pid = sleeper_of(tmp_path)["pid"]
    supervisor.kill()
    eventually(lambda: not is_alive(pid))
