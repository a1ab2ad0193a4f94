"""What is told of groups that stand side by side: no small count, and no count that would give one away."""

from collections.abc import Sequence


def shown(counts: Sequence[int], least: int) -> list[int | None]:
    """Counts of which each is a part of the one before; None for one under `least`, or whose rest is."""
    told: list[int | None] = []
    for place, count in enumerate(counts):
        rest = counts[place - 1] - count if place else 0
        whole_is_hidden = bool(place) and told[place - 1] is None
        told.append(None if 0 < count < least or 0 < rest < least or whole_is_hidden else count)
    return told
