"""What a register knows of companies and P-numbers: asked where one is joined, else nothing is known.

A register is anything with these three. None is joined today: a service for CVR data can be, by `join` at start.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Protocol

from services.matching.rules import industries
from shared.errors import Refused


class UnitRegister(Protocol):
    """What answers for CVR and P-numbers; whatever it does not know, or has no answer to, it leaves out."""

    def is_closed(self, p_number: str, on: date) -> bool | None:
        """Whether the unit is closed on a day; None where the register does not know, or does not answer."""

    def industry(self, cvr: str) -> str | None:
        """A company's industry, six digits of DB25."""

    def staff(self, p_number: str) -> Mapping[str, float]:
        """Ordinary employees by month ("2026-09"), as full-time equivalents."""


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


def industry(cvr: str) -> str | None:
    """What the register says of a company; None for a code that is not on today's list."""
    told = next((code for register in _joined if (code := register.industry(cvr))), None)
    return told if industries.title(told) else None


def staff_beside(p_number: str, told: list[dict[str, Any]], settled: Collection[str]) -> list[dict[str, Any]]:
    """The months that were told, and the register's but for the `settled`: what the company says goes first."""
    named = {*settled, *(month["month"] for month in told)}
    known = {month: fte for register in _joined for month, fte in register.staff(p_number).items()}
    return told + [
        {"month": month, "fte": fte, "subsidised_fte": 0.0} for month, fte in known.items() if month not in named
    ]
