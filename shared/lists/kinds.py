"""What a service says of its lists: their columns, how a line is read, what it comes to and how that is taken back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from marshmallow import Schema, ValidationError
from sqlalchemy.orm import Session

from shared import forms
from shared.errors import Invalid
from shared.events.codes import Words
from shared.fields import Flag
from shared.lists import reading
from shared.lists.models import ListImportRow

NEW, KNOWN, NEAR, WRONG = "new", "known", "near", "wrong"
LOOK = Words("Se efter", "Look at it")
YES_OR_NO = "Skriv ja eller nej. / Write yes or no."


@dataclass(frozen=True)
class Column:
    """A column's name, and the headings it is known by, without spaces and signs. A `flag` is yes or no."""

    words: Words
    known_as: tuple[str, ...]
    flag: bool = False


@dataclass(repr=False)
class Line:
    """A line of the file as it was judged; `data` is what would be registered, `shown` the cells of its report.

    `near` asks for somebody's eyes before it is taken. `citizen_id` is whom it tells of, `known_id` what it became;
    `before` is what its kind needs to take it back.
    """

    number: int
    verdict: str = NEW
    data: dict[str, Any] = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)
    problems: dict[str, str] = field(default_factory=dict)
    changes: list[str] = field(default_factory=list)
    citizen_id: UUID | None = None
    known_id: UUID | None = None
    before: dict[str, Any] | None = None
    taken: bool | None = None

    def wrong(self, problems: Mapping[str, str]) -> None:
        """It cannot be registered as it stands."""
        self.verdict, self.problems = WRONG, self.problems | dict(problems)

    def told(self) -> dict[str, Any]:
        """The report's line."""
        names = ("verdict", "problems", "changes", "citizen_id", "known_id", "taken", "shown", "before")
        return {"line": self.number} | {name: getattr(self, name) for name in names}


Read = Callable[[Session, reading.Table, Sequence[str]], list[Line]]


@dataclass(frozen=True)
class Kind:
    """A kind of list. Of each of `needs` one alternative must be among the columns.

    `read` gives the lines with what is wrong with them; where it says all there is to say the dry run is `at_once`,
    else it is the `take` of every line by the worker, rolled back. `near` is what such a line is called.
    """

    words: Words
    told: Words
    columns: Mapping[str, Column]
    needs: tuple[tuple[frozenset[str], ...], ...]
    shown: tuple[Words, ...]
    read: Read
    take: Callable[[Session, ListImportRow, Line], None]
    undo: Callable[[Session, ListImportRow, Mapping[str, Any]], None] | None = None
    at_once: bool = False
    near: Words = LOOK
    page: str = ""

    def known_as(self) -> dict[str, tuple[str, ...]]:
        """The headings of each column."""
        return {name: column.known_as for name, column in self.columns.items()}

    def check_columns(self, columns: Sequence[str], count: int) -> None:
        """One column each at most, and those that no line can be registered without; raises Invalid."""
        chosen = [column for column in columns if column]
        if len(columns) != count or not set(chosen) <= set(self.columns):
            raise Invalid({"columns": "Kolonnerne passer ikke til filen. / The columns do not fit the file."})
        if len(set(chosen)) < len(chosen):
            raise Invalid({"columns": "Den samme oplysning er valgt for to kolonner. / Two columns say the same."})
        missing = [ways[0] for ways in self.needs if not any(way <= set(chosen) for way in ways)]
        if missing:
            named = [self.columns[name].words for names in missing for name in self.columns if name in names]
            danish, english = (", ".join(getattr(one, spoken) for one in named) for spoken in ("danish", "english"))
            raise Invalid({"columns": f"Vælg en kolonne til: {danish}. / Choose a column for: {english}."})


@dataclass(frozen=True)
class Lists:
    """A service's lists, the first of them unless another is named. `home` is where its pages begin."""

    service: str
    model: Any
    kinds: Mapping[str, Kind]
    home: str
    data: str
    purpose: str
    roles: tuple[str, ...]

    def kind(self, one: ListImportRow) -> Kind:
        """What kind of list it is."""
        return self.kinds[one.what]


def read_lines(schema: Schema, columns_of_kind: Mapping[str, Column], shown: Sequence[str],
               read: Callable[[dict[str, Any]], dict[str, Any]] = dict) -> Read:  # fmt: skip
    """Lines by a schema alone; `shown` are the columns of the report, `read` puts cells as the schema's input."""

    def lines(_session: Session, table: reading.Table, columns: Sequence[str]) -> list[Line]:
        return [_line(number, cells, columns) for number, cells in table.lines]

    def _line(number: int, cells: Sequence[str], columns: Sequence[str]) -> Line:
        line = Line(number)
        try:
            found: dict[str, Any] = dict(reading.cells_by_column(columns, cells))
            line.shown = [found.get(name, "") for name in shown]
            line.data = schema.load({name: _value(schema, name, cell) for name, cell in read(found).items()})
        except Invalid as wrong:
            line.wrong(wrong.fields)
        except ValidationError as wrong:
            line.wrong(said(wrong, columns_of_kind))
        return line

    return lines


def _value(schema: Schema, name: str, cell: str) -> Any:
    field = schema.load_fields[name]
    return reading.read_flag(cell) if isinstance(field, Flag) else forms.as_typed(field, cell)


def said(wrong: ValidationError, columns: Mapping[str, Column]) -> dict[str, str]:
    """Each field's first message; of a yes or no what to write."""
    told: dict[str, Any] = wrong.messages_dict
    return {
        name: YES_OR_NO if name in columns and columns[name].flag else _first(messages)
        for name, messages in told.items()
    }


def _first(messages: Any) -> str:
    while isinstance(messages, dict | list):
        messages = next(iter(messages.values() if isinstance(messages, dict) else messages))
    return str(messages)
