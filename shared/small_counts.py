"""What is told of groups that stand side by side: no small count, and no count that would give one away.

For periods that do not overlap: what one number is of another period, no difference tells.
"""

from collections.abc import Iterable, Sequence


def shown(counts: Sequence[int], least: int) -> list[int | None]:
    """Counts of which each is a part of the one before; None for one under `least`, or whose rest is."""
    told: list[int | None] = []
    for place, count in enumerate(counts):
        rest = counts[place - 1] - count if place else 0
        whole_is_hidden = bool(place) and told[place - 1] is None
        told.append(None if 0 < count < least or 0 < rest < least or whole_is_hidden else count)
    return told


def parted(parts: Sequence[int], least: int) -> list[int | None]:
    """Counts that together are a number that is shown; hidden ones are never one alone, nor few together."""
    hidden = _grown({at for at, part in enumerate(parts) if 0 < part < least}, [parts], least)
    return [None if at in hidden else part for at, part in enumerate(parts)]


def beside(groups: Sequence[tuple[int, int]], least: int) -> list[int | None]:
    """The parts of wholes that are shown, where the sum of the parts is shown as well."""
    parts, rests = [part for _whole, part in groups], [whole - part for whole, part in groups]
    small = {at for at in range(len(groups)) if 0 < parts[at] < least or 0 < rests[at] < least}
    hidden = _grown(small, [parts, rests], least)
    return [None if at in hidden else part for at, part in enumerate(parts)]


def _grown(hidden: set[int], sums: Sequence[Sequence[int]], least: int) -> set[int]:
    """The smallest of the others is hidden as well until what is hidden cannot be reckoned from the whole."""
    others = sorted(set(range(len(sums[0]))) - hidden, key=lambda at: (sums[0][at] == 0, sums[0][at], at))
    while hidden and others and (len(hidden) == 1 or any(0 < sum(one[at] for at in hidden) < least for one in sums)):
        hidden.add(others.pop(0))
    return hidden


def joined(groups: Iterable[tuple[str, int]], least: int) -> tuple[list[str], list[str]]:
    """Those large enough to stand for themselves, the largest first, and those that stand together.

    What stands together is large enough too, or there is nothing else.
    """
    ordered = sorted(groups, key=lambda group: (-group[1], group[0]))
    alone = [key for key, count in ordered if count >= least]
    together = [key for key, count in ordered if 0 < count < least]
    counts = dict(ordered)
    while alone and 0 < sum(counts[key] for key in together) < least:
        together.append(alone.pop())
    return alone, together
