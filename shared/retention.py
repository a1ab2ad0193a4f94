"""What every column holds and how long it is kept.

Beside each model stands `holds = Holds(...)` with every column under one class of data; a test fails for a column
without one. A class is kept as long as the policy row `retention.<class>` says; without a row nothing is erased.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Table
from sqlalchemy.orm import Session

from shared.policy import Policy, Row

CITIZEN_CLASSES = ("identity", "contact", "case", "health_function", "wishes", "placement")


@dataclass(frozen=True, kw_only=True)
class Holds:
    """A table's columns by class of data. `person` is the column that leads to a citizen, `aged_by` the row's own time.

    `person` holds citizens' ids, or refers to a table that leads on.
    """

    person: str = ""
    aged_by: str = ""
    identity: str = ""
    contact: str = ""
    case: str = ""
    health_function: str = ""
    wishes: str = ""
    placement: str = ""
    message: str = ""
    log: str = ""
    technical: str = ""
    company: str = ""

    def classes(self) -> dict[str, list[str]]:
        """The columns of each class that the table has."""
        named = {name: getattr(self, name).split() for name in CLASSES}
        return {name: columns for name, columns in named.items() if columns}

    @property
    def aged_as(self) -> str:
        """The class whose policy row says how old a row with a time of its own may grow."""
        return next(name for name in self.classes() if name not in ("identity", "technical"))


CLASSES = tuple(field.name for field in fields(Holds) if field.name not in ("person", "aged_by"))
_DELIVERY = "event_id listener type subject body error tries first_failed_at last_failed_at next_try_at settled"
_LOOKUP = (
    "seq id at actor actor_name role kind organisation purpose data how route subjects refused correlation_id "
    "repeat_key"
)
SHARED = {
    "anchor": Holds(log="service chain position hash heard_at"),
    "attempt": Holds(technical="key window_start count"),
    "audit": Holds(log="seq at actor table_name row_id verb changes emptied"),
    "citizen_unit": Holds(person="citizen_id", identity="citizen_id", case="unit_code", technical="version"),
    "dead_decision": Holds(log="id event_id decision reason_code decided_by by_name at"),
    "ended_access": Holds(technical="id ended_at forget_at"),
    "failed_delivery": Holds(technical=_DELIVERY),
    "idempotency": Holds(technical="key body_hash status answer made_at subjects"),
    "inbox": Holds(technical="event_id handled_at"),
    "job_run": Holds(technical="job every_seconds ran_at failed_at error"),
    "lookup": Holds(log=_LOOKUP),
    "nightly": Holds(technical="job done_on did_on did"),
    "outbox": Holds(technical="seq event_id type partition_key body recorded_at published_at"),
    "replay_order": Holds(
        log="id listener since until_seq at_seq told ordered_by by_name ordered_at ended_at stopped_by"
    ),
    "seal": Holds(log="chain position last_seq sealed_at rows digest hash"),
    "sealing": Holds(technical="chain seen_seq writers"),
    "started_delivery": Holds(technical="event_id starts"),
    "worker_beat": Holds(technical="worker_index at progressed_at broker_connected waiting oldest_seconds"),
}
"""What the house's own tables hold; they have no models."""


Opener = Callable[[Session, UUID, str], Any]
"""What stands in a locked column, by the row's id and what is kept; raises KeyError for a key that is gone."""


@dataclass(frozen=True)
class Keeps:
    """A service's tables and policy. `due` counts the people whose classes go by a day, where it decides for people.

    `opens` are the columns ("table.column") that the service itself can open for the person they tell of, each with the
    name of what is in it.
    """

    base: Any
    policy: Policy
    due: Callable[[Session, date], Mapping[str, int]] | None = None
    opens: Mapping[str, tuple[str, Opener]] = field(default_factory=dict)


def declared(base: Any, *, shared: bool = True) -> dict[str, Holds]:
    """What each table of a service holds, as far as its model says so; the house's own among them."""
    models = (mapper.class_ for mapper in base.registry.mappers if mapper.class_.metadata is base.metadata)
    own = {model.__tablename__: model.holds for model in models if hasattr(model, "holds")}
    return own | SHARED if shared else own


def is_own_link(table: Table, said: Mapping[str, Holds]) -> bool:
    """True where the linking column holds citizens' ids itself, and not those of rows that lead on to them."""
    link = table.c[said[table.name].person]
    return all(key.column.name == said[key.column.table.name].person for key in link.foreign_keys)


def own_links(base: Any) -> list[tuple[Table, Column[Any]]]:
    """A service's tables that name citizens by their ids, with the column that does, those referred to first."""
    said = declared(base, shared=False)
    return [
        (table, table.c[said[table.name].person])
        for table in base.metadata.sorted_tables
        if table.name in said and said[table.name].person and is_own_link(table, said)
    ]


def faults(tables: Mapping[str, Collection[str]], said: Mapping[str, Holds]) -> list[str]:
    """Columns without a class or with two, and names in `holds` that are no columns."""
    found = []
    for table, columns in sorted(tables.items()):
        holds = said.get(table, Holds())
        named = [column for listed in holds.classes().values() for column in listed]
        leading = [name for name in (holds.person, holds.aged_by) if name]
        found += [f"{table}.{column} has no class" for column in columns if column not in named]
        found += [f"{table}.{column} has two classes" for column in set(named) if named.count(column) > 1]
        found += [f"{table}.{column} is no column" for column in [*named, *leading] if column not in columns]
    return sorted(found)


def terms(policy: Policy, classes: Iterable[str], on: date) -> dict[str, Row | None]:
    """How long each class is kept; None where nobody has set it, and then nothing is erased."""
    return {name: policy.find(f"retention.{name}", on) for name in classes}


def years_from(day: date, years: int) -> date:
    """The same day so many years later or, below zero, earlier; 29 February becomes 1 March."""
    year = day.year + years
    return date(year, 3, 1) if (day.month, day.day) == (2, 29) and not _leap(year) else day.replace(year=year)


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
