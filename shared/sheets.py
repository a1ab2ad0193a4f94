"""What a spreadsheet is given to open."""

from typing import TypeVar

T = TypeVar("T")
# A spreadsheet takes what begins so for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def plain(cell: T) -> T | str:
    """The cell as no spreadsheet takes it for a formula; a number stays one."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
