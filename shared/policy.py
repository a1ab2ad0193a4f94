"""Law and local goals as dated rows: the row in force on a date, or a refusal that names what is missing."""

import tomllib
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from shared.errors import NotConfigured


@dataclass(frozen=True, slots=True)
class Row:
    """One rule in one period; `until` is the last day in force, None where no end is known."""

    key: str
    value: Any
    unit: str
    since: date
    until: date | None
    group: str | None
    source: str
    confidence: str

    @property
    def name(self) -> str:
        """How decisions cite the row: key, group if any, and first day."""
        group = f"[{self.group}]" if self.group else ""
        return f"{self.key}{group}@{self.since.isoformat()}"

    def in_force(self, on: date) -> bool:
        """True on the row's days, both ends included."""
        return self.since <= on and (self.until is None or on <= self.until)


class Policy:
    """The rows of one service."""

    def __init__(self, rows: list[Row]) -> None:
        self._rows: dict[tuple[str, str | None], list[Row]] = {}
        for row in rows:
            self._rows.setdefault((row.key, row.group), []).append(row)
        for same in self._rows.values():
            same.sort(key=lambda row: row.since)
            if backwards := [row.name for row in same if row.until is not None and row.until < row.since]:
                raise ValueError(f"policy rows end before they begin: {backwards}")
            for earlier, later in pairwise(same):
                if earlier.until is None or earlier.until >= later.since:
                    raise ValueError(f"policy rows overlap: {earlier.name} and {later.name}")

    @classmethod
    def load(cls, path: Path) -> "Policy":
        """Read `policy.toml`: [[row]] with key, value, unit, from, source, confidence; to and group are optional."""
        rows = tomllib.loads(path.read_text(encoding="utf-8"))["row"]
        return cls(
            [
                Row(
                    key=row["key"],
                    value=row["value"],
                    unit=row["unit"],
                    since=row["from"],
                    until=row.get("to"),
                    group=row.get("group"),
                    source=row["source"],
                    confidence=row["confidence"],
                )
                for row in rows
            ]
        )

    def rows(self) -> list[Row]:
        """All rows, past ones among them."""
        return [row for same in self._rows.values() for row in same]

    def row(self, key: str, on: date, group: str | None = None) -> Row:
        """The row in force on that day, the group's own before the general one; raises NotConfigured."""
        for scope in (group, None) if group else (None,):
            for row in self._rows.get((key, scope), ()):
                if row.in_force(on):
                    return row
        raise NotConfigured(key, on.isoformat())

    def groups(self, key: str, on: date) -> list[str]:
        """The groups with a row of their own in force on that day, in the file's order."""
        return [
            group
            for (known, group), rows in self._rows.items()
            if known == key and group is not None and any(row.in_force(on) for row in rows)
        ]

    def find(self, key: str, on: date, group: str | None = None) -> Row | None:
        """As `row`, but None where the law has no such rule on that day."""
        try:
            return self.row(key, on, group)
        except NotConfigured:
            return None
