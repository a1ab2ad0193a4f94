"""What docs/operations.md tells operators to type is typed, from top to bottom, on a suite of its own."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local.place import ROOT

pytestmark = pytest.mark.runbooks
TEXT = (ROOT / "docs/operations.md").read_text(encoding="utf-8").split("\n## Runbooks\n")[1].split("\n## ")[0]
RUNBOOKS = {
    title: re.findall(r"```sh\n(.*?)```", body, re.DOTALL)
    for title, body in re.findall(r"### (.+?)\n(.*?)(?=\n### |\Z)", TEXT, re.DOTALL)
}


@pytest.fixture(scope="module")
def run() -> Iterator[Path]:
    """A run directory of this test's, ended and emptied afterwards."""
    place = ROOT / ".run/runbooks"
    typed("make down", place)
    subprocess.run(["rm", "-rf", place], check=True)
    place.mkdir(parents=True)
    # The demo's story is played elsewhere.
    (place / "story-played").touch()
    yield place
    typed("make down", place)


def typed(commands: str, place: Path) -> subprocess.CompletedProcess[str]:
    """As somebody would at a shell that stops at the first thing that fails, with another run directory."""
    local = f"{sys.executable} -m deploy.local --run {place}"
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("TEST_", "PYTEST_"))}
    environ |= {"MAKEFLAGS": "e", "LOCAL": local}
    # A shell forgives a command that is to fail and does not; here it must.
    commands = re.sub(r"^! (.*)$", r"(! \1)", commands, flags=re.MULTILINE)
    words = ["bash", "-euo", "pipefail", "-c", commands.replace(".run/", f".run/{place.name}/")]
    return subprocess.run(words, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=900, check=False)


def test_each_runbook_has_commands_and_five_are_of_faults() -> None:
    assert all(len(blocks) == 1 for blocks in RUNBOOKS.values())
    assert len([title for title in RUNBOOKS if title.startswith("Game day")]) == 5


@pytest.mark.parametrize("title", RUNBOOKS)
def test_a_runbook_does_what_it_says(title: str, run: Path) -> None:
    done = typed(RUNBOOKS[title][0], run)

    assert done.returncode == 0, f"{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
