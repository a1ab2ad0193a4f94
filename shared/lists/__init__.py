"""Lists from somebody else's system (CSV): what their columns are, a dry run, then what was chosen or nothing.

A service names its kinds of lists and what a line comes to; upload, mapping, report, worker, pages and doors are here.
"""

from shared.lists.kinds import KNOWN, NEAR, NEW, WRONG, Column, Kind, Line, Lists, read_lines
from shared.lists.models import ListImportRow
from shared.lists.reading import Table

__all__ = [
    "KNOWN", "NEAR", "NEW", "WRONG", "Column", "Kind", "Line", "ListImportRow", "Lists", "Table", "read_lines",
]  # fmt: skip
