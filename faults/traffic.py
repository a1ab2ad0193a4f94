"""The steady traffic of a run, and its memory of everything that was answered "saved"."""

import threading
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from faults import lives
from faults.engine import FaultError
from faults.lives import Numbers
from faults.speaker import RefusedWrite, Speaker, Tries, Unanswered

DESKS, LIVES = 3, 2
# Of one lane, so that the desk lanes alone make a write each tenth of a second or so.
DESK_PAUSE, LIFE_PAUSE = 0.15, 0.1
ROOM = {"name": "Prøvesalen", "places": 20}
STAFF = 4


class Saved(NamedTuple):
    """An accepted write: its kind, its id, what it is the only one of, and when the answer was here (monotonic)."""

    kind: str
    id: str
    only: str
    at: float


class Traffic:
    """Several lanes at once until `stop`; `saved` only ever grows."""

    def __init__(self, address: str, secrets: dict[str, str]) -> None:
        self.address, self._secrets = address, secrets
        self._stopped = threading.Event()
        self.tries, self.saved, self.refused = Tries(), list[Saved](), list[str]()
        self.numbers, self._lock = Numbers(), threading.Lock()
        self._lanes: list[threading.Thread] = []

    def speaker(self) -> Speaker:
        """Another lane's voice."""
        return Speaker(self.address, self._secrets, self._stopped, self.tries)

    def start(self) -> None:
        """Makes room for the talks first, once on a suite."""
        speaker = self.speaker()
        if str(ROOM["name"]) not in str(speaker.get("front-desk", "intake/rooms")):
            hours = [f"{day} 07:00-18:00" for day in lives.WEEK]
            for number in range(STAFF):
                speaker.post("front-desk", "intake/consultants", {"name": f"Prøve Rådgiver {number}", "hours": hours})
            speaker.post("front-desk", "intake/rooms", ROOM)
        found = speaker.get("consultant", "matching/occupations?q=lagermedarbejder")
        if not found or not found["items"]:
            raise FaultError("the suite does not know a warehouse worker")
        occupation = found["items"][0]["id"]
        for play, lanes, pause in ((lives.desk, DESKS, DESK_PAUSE), (lives.life, LIVES, LIFE_PAUSE)):
            for _ in range(lanes):
                lane = threading.Thread(target=self._lane, args=(play, occupation, pause), daemon=True)
                lane.start()
                self._lanes.append(lane)

    def stop(self) -> None:
        self._stopped.set()
        for lane in self._lanes:
            lane.join(15)

    def save(self, kind: str, own_id: str, only: str) -> None:
        """What a lane was told."""
        with self._lock:
            self.saved.append(Saved(kind, own_id, only, time.monotonic()))

    def _lane(self, play: Callable[..., Iterator[None]], occupation: str, pause: float) -> None:
        speaker = self.speaker()
        while not self._stopped.is_set():
            try:
                for _ in play(speaker, self.numbers, self.save, occupation):
                    if self._stopped.wait(pause):
                        return
            except Unanswered:
                return
            except RefusedWrite as refused:
                with self._lock:
                    self.refused.append(str(refused))

    def longest_gap(self, begin: float, end: float) -> float:
        """Seconds in which no answer "saved" came, of this stretch of time."""
        moments = [begin, *(one.at for one in list(self.saved) if begin <= one.at <= end), end]
        return max(later - earlier for earlier, later in pairwise(moments))

    def saved_after(self, moment: float) -> float | None:
        """When the first answer "saved" came after a moment."""
        return next((one.at for one in list(self.saved) if one.at > moment), None)
