"""The rows of the fault matrix that can be played here: what is done, what must hold, and what is promised."""

from collections.abc import Callable
from dataclasses import dataclass

from faults.stage import Stage


@dataclass(frozen=True)
class Target:
    """`most` is what is aimed at; beyond `bound` (where there is one) the run fails, on a busy machine too."""

    figure: str
    most: float
    bound: float | None = None


@dataclass(frozen=True)
class Fault:
    """One row. `play` injects it, lifts it, and leaves its own figures on the stage."""

    name: str
    what: str
    play: Callable[[Stage], None]
    targets: tuple[Target, ...] = ()
    fast: bool = False


FAULTS: dict[str, Fault] = {}


def fault(name: str, what: str, *targets: Target, fast: bool = False) -> Callable[[Callable[[Stage], None]], None]:
    """Writes a row under its number in the matrix."""

    def register(play: Callable[[Stage], None]) -> None:
        FAULTS[name] = Fault(name, what, play, targets, fast)

    return register
