"""A list's page by its number: its rows, and the ways to the pages beside it."""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from shared.fields import Body, Count

SIDE = "side"


class SideQuery(Body):
    """Which page."""

    side = Count(1, 10_000, load_default=1)


def listed(
    read: Callable[[int], tuple[Sequence[Any], bool]], home: str, query: dict[str, Any], name: str = SIDE
) -> tuple[Sequence[Any], dict[str, str | None]]:
    """The rows of the page that `query` asks for under `name`, and the addresses of the next and the previous, which
    keep what else is asked. A page that has no rows any more, as work on the list went on, is the first again.
    """
    number = query[name]
    found, more = read(number)
    if not found and number > 1:
        number = 1
        found, more = read(number)
    there = {step: _address(home, query | {name: number + step}) for step in (1, -1)}
    return found, {"next": there[1] if more else None, "previous": there[-1] if number > 1 else None}


def _address(home: str, query: dict[str, Any]) -> str:
    kept = urlencode({name: value for name, value in query.items() if value not in (None, 1)})
    return f"{home}?{kept}" if kept else home
