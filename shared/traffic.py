"""Requests counted by outcome and by time, in memory that all of a server's processes have in common.

The server's settings import this before it forks. Every process writes its own part, so there is no lock between them
that one could die with; what a process counted stays when it is gone.
"""

from bisect import bisect_left
from multiprocessing.sharedctypes import RawArray
from threading import Lock

BUCKETS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
OUTCOMES = ("2xx", "3xx", "4xx", "5xx")
PROCESSES = 64
_ROW = len(BUCKETS) + 2
_PART = len(OUTCOMES) * _ROW


class Traffic:
    """For each outcome: how many requests fell into each bucket of seconds and beyond, and their seconds in all."""

    def __init__(self) -> None:
        self.process = 0
        self._cells = RawArray("d", PROCESSES * _PART)
        self._lock = Lock()

    def count(self, status: int, seconds: float) -> None:
        """One request, by this process."""
        outcome = min(max(status // 100, 2), 5) - 2
        row = (self.process % PROCESSES) * _PART + outcome * _ROW
        with self._lock:
            self._cells[row + bisect_left(BUCKETS, seconds)] += 1
            self._cells[row + _ROW - 1] += seconds

    def totals(self) -> dict[str, list[float]]:
        """Over all processes, by outcome: the buckets' counts, the one beyond, and the seconds."""
        return {
            name: [
                sum(self._cells[part * _PART + number * _ROW + cell] for part in range(PROCESSES))
                for cell in range(_ROW)
            ]
            for number, name in enumerate(OUTCOMES)
        }


TRAFFIC = Traffic()
