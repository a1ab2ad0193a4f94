"""Every column has a class of data, every class its time, and a nightly job is done once in a Danish day."""

import importlib
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, ForeignKey, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from shared import clock, lookups
from shared.database import Database, ServiceBase, engine_for, service_metadata
from shared.erasure import keep_times, nightly, row_goes
from shared.events import SERVICES, SUBSCRIPTIONS
from shared.policy import Policy, Row
from shared.retention import CITIZEN_CLASSES, CLASSES, SHARED, Holds, declared, faults, terms, years_from
from tests.conftest import World
from tests.house import ServiceUnderTest


def base_of(service: str) -> Any:
    return importlib.import_module(f"services.{service}.models").Base


def columns_of(engine: Engine, schema: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    with engine.connect() as connection:
        for table, column in connection.execute(
            text("SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = :schema"),
            {"schema": schema},
        ):
            found.setdefault(table, []).append(column)
    del found["alembic_version"]
    return found


@pytest.mark.parametrize("service", SERVICES)
def test_every_column_in_the_database_has_one_class(engines: dict[str, Engine], service: str) -> None:
    assert faults(columns_of(engines[service], service), declared(base_of(service))) == []


def test_nothing_is_declared_that_is_not_there(engines: dict[str, Engine]) -> None:
    for service in SERVICES:
        assert set(declared(base_of(service))) == set(columns_of(engines[service], service))


class MadeUpBase(ServiceBase):
    __abstract__ = True
    metadata = service_metadata()


class Forgotten(MadeUpBase):
    __tablename__ = "forgotten"
    id: Mapped[int] = mapped_column(primary_key=True)


class Careless(MadeUpBase):
    __tablename__ = "careless"
    holds = Holds(person="citizen", identity="id", case="id shoe_size")
    id: Mapped[int] = mapped_column(primary_key=True)
    diagnosis: Mapped[str]


def test_checker_names_what_is_missing_doubled_and_made_up() -> None:
    tables = {name: list(table.columns.keys()) for name, table in MadeUpBase.metadata.tables.items()}

    assert faults(tables, declared(MadeUpBase)) == [
        "careless.citizen is no column",
        "careless.diagnosis has no class",
        "careless.id has two classes",
        "careless.shoe_size is no column",
        "forgotten.id has no class",
    ]


def test_classes_are_those_that_look_ups_are_recorded_under() -> None:
    assert set(CLASSES) == set(lookups.DATA)
    assert set(CITIZEN_CLASSES) < set(CLASSES)


def outlive(base: Any) -> list[tuple[str, list[str]]]:
    """Tables whose rows would stay without what they lead on by, each with the classes that go."""
    said, tables = declared(base), base.metadata.tables
    leading = [name for name, holds in said.items() if holds.person and name not in SHARED]
    return [
        (name, sorted(classes))
        for name in leading
        for key in tables[name].c[said[name].person].foreign_keys
        for classes in ({"case"}, {"placement"}, {"wishes"}, set(CITIZEN_CLASSES))
        if row_goes(key.column.table, said, classes) and not row_goes(tables[name], said, classes)
    ]


@pytest.mark.parametrize("service", SERVICES)
def test_rows_that_lead_on_to_a_person_go_with_what_they_refer_to(service: str) -> None:
    assert outlive(base_of(service)) == []


class LeadingBase(ServiceBase):
    __abstract__ = True
    metadata = service_metadata()


class Talk(LeadingBase):
    __tablename__ = "talk"
    holds = Holds(person="citizen_id", case="id citizen_id")
    id: Mapped[UUID] = mapped_column(primary_key=True)
    citizen_id: Mapped[UUID]


class Stray(LeadingBase):
    __tablename__ = "stray"
    holds = Holds(person="talk_id", placement="id talk_id")
    id: Mapped[UUID] = mapped_column(primary_key=True)
    talk_id: Mapped[UUID] = mapped_column(ForeignKey("talk.id"))


def test_row_of_another_class_than_what_it_refers_to_is_found() -> None:
    assert outlive(LeadingBase) == [("stray", ["case"])]


def test_everything_told_of_a_citizen_is_found_by_the_citizen() -> None:
    stray = [
        event.kind
        for event in SUBSCRIPTIONS
        if "citizen_id" in {field.name for field in fields(event)} and event.partition != "citizen_id"
    ]

    assert stray == []


def test_a_class_without_a_row_has_no_time() -> None:
    row = Row("retention.wishes", 2, "years", date(2020, 1, 1), None, None, "test", "H")

    assert terms(Policy([row]), ("wishes", "case"), date(2026, 1, 1)) == {"wishes": row, "case": None}
    assert terms(Policy([row]), ("wishes",), date(2019, 12, 31)) == {"wishes": None}


@pytest.mark.parametrize(
    ("day", "years", "other"),
    [
        (date(2024, 2, 29), 5, date(2029, 3, 1)),
        (date(2024, 2, 29), -4, date(2020, 2, 29)),
        (date(2026, 11, 2), -2, date(2024, 11, 2)),
    ],
)
def test_years_are_counted_by_the_calendar(day: date, years: int, other: date) -> None:
    assert years_from(day, years) == other


def looks(service: ServiceUnderTest, job: Any, *moments: datetime) -> None:
    for moment in moments:
        with clock.moved_to(moment), service.begin() as session:
            job.run(session)


@pytest.mark.parametrize(("change", "hours"), [(date(2026, 10, 25), 25), (date(2027, 3, 28), 23)])
def test_nightly_job_runs_once_a_day_through_the_clock_change(
    intake: ServiceUnderTest, change: date, hours: int
) -> None:
    ran: list[date] = []
    job = nightly("test", lambda _: ran.append(clock.today()))
    first = datetime(change.year, change.month, change.day, tzinfo=UTC) - timedelta(hours=26)

    looks(intake, job, *(first + timedelta(minutes=30 * half) for half in range(2 * (hours + 48))))

    assert ran == sorted(set(ran))
    assert {change - timedelta(days=1), change, change + timedelta(days=1)} <= set(ran)


def test_nightly_job_is_made_up_for_by_day_and_goes_on_while_there_is_more(intake: ServiceUnderTest) -> None:
    left = [3, 2, 1, 0]
    job = nightly("test", lambda _: left.pop(0) > 0)
    noon = datetime(2026, 11, 3, 11, tzinfo=UTC)

    looks(intake, job, noon, noon, noon, noon, noon, noon + timedelta(hours=11))
    assert left == []


def test_s47_trail_is_cut_at_its_beginning_when_its_time_is_over(world: World) -> None:
    engine = engine_for(world.admin_url)
    with engine.connect() as connection, connection.begin() as outer:
        connection.execute(text("SET LOCAL search_path = intake"))
        for age in ("25 months", "23 months"):
            connection.execute(_LOOK)
            connection.execute(_SEAL, {"age": age})
        with Database(world.settings["intake"], bind=connection).begin(actor="worker:intake") as session:
            run_now(session)
        kept = connection.execute(text("SELECT seq, rows IS NULL FROM seal JOIN lookup ON seq = last_seq")).all()
        newest = connection.scalar(text("SELECT max(last_seq) FROM seal"))
        outer.rollback()
    engine.dispose()

    assert [tuple(row) for row in kept] == [(newest, False)]


def run_now(session: Session) -> None:
    use_cases = importlib.import_module("services.intake.use_cases")
    keep_times(base_of("intake"), use_cases.POLICY).run(session)


_LOOK = text(
    "INSERT INTO lookup (id, actor, role, kind, purpose, data, how, route, subjects, refused, correlation_id) "
    "VALUES (gen_random_uuid(), 'a', 'adviser', 'staff', 'visitation', 'case', 'read', '/x', '{}', false, 'c')"
)
_SEAL = text(
    "INSERT INTO seal SELECT 'lookup', coalesce((SELECT max(position) FROM seal), 0) + 1, "
    "(SELECT max(seq) FROM lookup), clock_timestamp() - cast(:age AS interval), 'rows', 'digest', 'hash'"
)
