"""Requests at a set pace, each timed from the moment it was due.

A caller that waits for an answer before it asks again, as wrk's and locust's do, stops asking while the server is slow
and so never sees how long everybody else would have waited.
"""

import itertools
import math
import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import NamedTuple

CALLERS = 48
ANSWERED = (200, 201, 202, 204, 302, 303, 304)


class Ask(NamedTuple):
    """One request; `name` is what its time is kept under."""

    name: str
    port: int
    path: str
    headers: dict[str, str]
    method: str = "GET"
    body: str = ""


class Answer(NamedTuple):
    """`late` is from when it was due to the last byte, in seconds; status 0 is no answer at all."""

    name: str
    status: int
    late: float
    retry_after: bool


@dataclass
class Answers:
    """What came back."""

    seconds: float
    all: list[Answer] = field(default_factory=list)

    @property
    def wrong(self) -> list[Answer]:
        """Neither what was asked for nor a refusal that says when to come again."""
        return [one for one in self.all if one.status not in ANSWERED and not _refused(one)]

    @property
    def refused(self) -> list[Answer]:
        return [one for one in self.all if _refused(one)]

    @property
    def refused_share(self) -> float:
        """What `ms` leaves out: times without it flatter a house that turns people away."""
        return round(len(self.refused) / len(self.all), 4) if self.all else 0.0

    @property
    def good(self) -> list[Answer]:
        return [one for one in self.all if one.status in ANSWERED]

    def ms(self, share: float, answers: Sequence[Answer] | None = None) -> float:
        """So many of the good answers came within, ms."""
        return centile([one.late * 1000 for one in (self.good if answers is None else answers)], share)

    def by_name(self, share: float) -> dict[str, float]:
        """The same for each name."""
        names: dict[str, list[float]] = {}
        for one in self.good:
            names.setdefault(one.name, []).append(one.late * 1000)
        return {name: centile(late, share) for name, late in names.items()}


def _refused(answer: Answer) -> bool:
    return answer.status == 503 and answer.retry_after


def centile(values: Sequence[float], share: float) -> float:
    """The value that so large a share does not exceed; 0 for none."""
    ordered = sorted(values)
    return round(ordered[max(math.ceil(share * len(ordered)) - 1, 0)], 1) if ordered else 0.0


def keep_pace(asked: Callable[[int], Ask], per_second: float, seconds: float, callers: int = CALLERS) -> Answers:
    """`asked(n)` for n = 0, 1, … at that pace, whatever the answers do.

    Raises RuntimeError where some were never made: what a caller that died would have found is not in the figures.
    """
    numbers, answers = itertools.count(), Answers(seconds)
    total, started = round(per_second * seconds), time.perf_counter() + 0.1

    def call() -> None:
        lines: dict[int, HTTPConnection] = {}
        while (number := next(numbers)) < total:
            due = started + number / per_second
            time.sleep(max(0.0, due - time.perf_counter()))
            ask = asked(number)
            status, retry_after = _send(lines, ask)
            answers.all.append(Answer(ask.name, status, time.perf_counter() - due, retry_after))
        for line in lines.values():
            line.close()

    threads = [threading.Thread(target=call) for _ in range(callers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answers.seconds = time.perf_counter() - started
    if len(answers.all) < total:
        raise RuntimeError(f"{total - len(answers.all)} of {total} requests were never made")
    return answers


def _send(lines: dict[int, HTTPConnection], ask: Ask) -> tuple[int, bool]:
    for again in (True, False):
        line = lines.get(ask.port)
        fresh = line is None
        if line is None:
            line = lines[ask.port] = HTTPConnection("127.0.0.1", ask.port, timeout=30)
        try:
            if fresh:
                line.connect()
                line.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            line.request(ask.method, ask.path, ask.body or None, ask.headers)
            answer = line.getresponse()
            answer.read()
        except (OSError, HTTPException):
            lines.pop(ask.port).close()
            if fresh or not again or ask.method != "GET":
                return 0, False
        else:
            return answer.status, bool(answer.getheader("Retry-After"))
    return 0, False
