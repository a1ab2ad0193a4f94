"""A practice on the running suite: machine clients, people at their pages, letters, and a clock that is moved."""

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from demo.suite import Suite
from demo.visitor import Visitor
from shared.clock import LOOK_SECONDS


class Play(Suite):
    """The suite of `make journeys`."""

    def __init__(self, address: str, catcher: str, clock_file: Path) -> None:
        super().__init__(address, catcher)
        self._clock_file = clock_file
        self._people: dict[str, Visitor] = {}

    @classmethod
    def found(cls) -> "Play":
        """The one that the environment names; KeyError where it names none."""
        environ = os.environ
        return cls(environ["SUITE_ADDRESS"], environ["CATCHER_ADDRESS"], Path(environ["CLOCK_FILE"]))

    def it_is(self, moment: datetime) -> None:
        """Moves the clock of every process; tokens and sessions of another time are let go."""
        ahead = (moment - datetime.now(UTC)).total_seconds()
        written = self._clock_file.with_suffix(".new")
        written.write_text(str(ahead))
        written.replace(self._clock_file)
        time.sleep(2 * LOOK_SECONDS)
        self._tokens.clear()
        self._people.clear()

    def person(self, name: str) -> Visitor:
        """One of demo/people.py, signed in at this time."""
        if name not in self._people:
            self._people[name] = Visitor(self.address, name)
        return self._people[name]

    def letters_to(self, address: str, count: int) -> list[dict[str, Any]]:
        """Mails to an address, once there are so many."""

        def there() -> list[dict[str, Any]] | None:
            found = [mail for mail in self.mails() if address in mail["to"]]
            return found if len(found) >= count else None

        return self.wait(there, f"{count} mails to {address}")

    def letter_after(self, act: Callable[[], object], address: str, subject: str) -> dict[str, Any]:
        """The first mail of that subject after the act; others may come before it and between."""

        def there() -> list[dict[str, Any]]:
            return [mail for mail in self.mails() if address in mail["to"] and mail["subject"] == subject]

        before = len(there())
        act()
        return self.wait(lambda: there()[before:] or None, f"{subject} to {address}")[0]

    def told(self) -> list[str]:
        """Kinds of events that the last call made any service tell, when every listener has heard them."""
        return [name for name, _teller, _listener, _milliseconds in self.learned()]

    def heard_all(self, correlation: str) -> bool | None:
        """Whether something was told under that id and every listener has heard it."""
        return bool(self._learned(correlation)) or None
