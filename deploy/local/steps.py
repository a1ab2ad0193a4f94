"""Calm progress on standard error, and the one way that this package fails."""

import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path


class SetupError(Exception):
    """Says in one line what went wrong and what to do."""


def say(line: str = "") -> None:
    print(line, file=sys.stderr, flush=True)


@contextmanager
def step(title: str) -> Iterator[None]:
    """Prints the title at once and its seconds when done."""
    print(f"  {title:<46}", end="", file=sys.stderr, flush=True)
    start = time.monotonic()
    try:
        yield
    except BaseException:
        say("failed")
        raise
    say(f"{time.monotonic() - start:6.1f} s")


def tail(log: Path, lines: int = 20) -> str:
    """The last lines of a log, or a word about its absence."""
    if not log.exists():
        return f"(no {log})"
    with log.open(errors="replace") as file:
        return "".join(deque(file, lines)).rstrip()


def call(
    command: Sequence[str | Path],
    log: Path,
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    owner: str | None = None,
) -> None:
    """Runs a command with its output in `log`, as `owner` if given; its tail is shown when it fails."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        done = subprocess.run(
            [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=env,
            cwd=cwd, user=owner, group=owner, extra_groups=[] if owner else None, check=False,
        )  # fmt: skip
    if done.returncode:
        raise SetupError(f"{Path(command[0]).name} failed ({done.returncode}); the end of {log}:\n{tail(log)}")
