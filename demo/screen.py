"""How the story looks on a terminal: a heading a step, a line a fact, and who learned what by which event."""

import sys
from datetime import date, datetime
from typing import Any

from demo.suite import Suite
from shared import calendar

_numbered = 0
_COLOURS = sys.stdout.isatty()


def _paint(code: str, text: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if _COLOURS else text


def step(danish: str, english: str) -> None:
    """A new step of the story."""
    global _numbered
    _numbered += 1
    print(f"\n{_paint('1', f'{_numbered}  {danish}')}  {_paint('2', english)}")


def say(words: str) -> None:
    """Something happened."""
    print(f"   {words}")


def detail(words: str) -> None:
    """Something about it."""
    print(_paint("2", f"      {words}"))


def learned(suite: Suite) -> None:
    """Which service learned what by which event, after how many milliseconds; waits until all have."""
    heard: dict[tuple[str, str], list[str]] = {}
    for name, teller, listener, milliseconds in suite.learned():
        heard.setdefault((name, teller), []).append(f"{listener} {milliseconds:.0f} ms")
    for (name, teller), listeners in heard.items():
        detail(f"{name}: {teller} → {', '.join(listeners)}")


def moment(text: str) -> str:
    """A moment as it is said in Denmark."""
    return datetime.fromisoformat(text).astimezone(calendar.DENMARK).strftime("%a %d %b %Y %H:%M")


def today() -> date:
    """The Danish day."""
    return calendar.danish_day(datetime.now(tz=calendar.DENMARK))


def complete(mails: list[dict[str, Any]]) -> list[dict[str, Any]] | None:
    """The mails, once citizen, company and mentor have each had theirs about the placement and its plan."""
    per_recipient: dict[str, int] = {}
    for mail in mails:
        for recipient in mail["to"]:
            name = recipient.split("@", 1)[0]
            per_recipient[name] = per_recipient.get(name, 0) + 1
    wanted = {"kirsten": 5, "magnus": 1, "anders": 1, "tove": 1, "mette": 1}
    return mails if all(per_recipient.get(name, 0) >= count for name, count in wanted.items()) else None
