"""Whether a P-number is still there: asked of a register where one is joined, else taken to be.

A register is anything with `is_closed`. None is joined today: a service for CVR data can be, by `join` at start.
"""

from datetime import date
from typing import Protocol

from shared.errors import Refused


class UnitRegister(Protocol):
    """What answers for P-numbers."""

    def is_closed(self, p_number: str, on: date) -> bool | None:
        """Whether the unit is closed on a day; None where the register does not know, or does not answer."""


_joined: list[UnitRegister] = []


def join(register: UnitRegister | None) -> None:
    """From now this one is asked, or none."""
    _joined[:] = [register] if register is not None else []


def require_open(p_number: str, on: date) -> None:
    """Raises Refused for a unit that is known to be closed; whoever is not known is let through."""
    if any(register.is_closed(p_number, on) for register in _joined):
        raise Refused(
            "unit_closed",
            "P-numret er lukket i registret. Spørg virksomheden, hvilket sted det er nu.",
            "The P-number is closed in the register. Ask the company which place it is now.",
            fields={"p_number": "Lukket. / Closed."},
        )
