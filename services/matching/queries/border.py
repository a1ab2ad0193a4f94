"""Whose things a caller may see: staff all of them, a company's people their own and no others'."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select

from services.matching.models import Company
from shared.auth import Principal
from shared.errors import NotFound, Refused


class WholeCompany(Refused):
    """It holds for the whole company, and the caller is limited to some of its places."""

    status = 403

    def __init__(self) -> None:
        super().__init__(
            "whole_company_only",
            "Det gælder hele virksomheden. Du har kun adgang til nogle af arbejdsstederne.",
            "It holds for the whole company. You have access to some of its workplaces only.",
        )


@dataclass(frozen=True, slots=True)
class Own:
    """What a company's caller is limited to: the CVR number, and within it these P-numbers where there are any."""

    cvr: str
    p_numbers: tuple[str, ...] = ()

    def has_place(self, p_number: str) -> bool:
        """True for a workplace inside the border, given that it is the company's."""
        return not self.p_numbers or p_number in self.p_numbers


def own(principal: Principal) -> Own | None:
    """The border of a caller; None for staff, and a number nobody has where none is known."""
    if principal.is_staff:
        return None
    return Own(principal.organisation or "", principal.p_numbers)


def within(statement: Select[Any], border: Own | None, p_number: Any = None) -> Select[Any]:
    """The rows inside the border, of a statement that joins Company; `p_number` is the row's column, if it has one."""
    if border is None:
        return statement
    statement = statement.where(Company.cvr == border.cvr)
    if border.p_numbers and p_number is not None:
        statement = statement.where(p_number.in_(border.p_numbers))
    return statement


def require_place(border: Own, p_number: str) -> None:
    """Raises NotFound for a workplace outside the border."""
    if not border.has_place(p_number):
        raise NotFound
