"""What stood in a row that was undone, withdrawn or moved on is not found in the history after the erasure."""

import importlib
from typing import Any
from uuid import UUID

from sqlalchemy import delete, text

from services.followup.models import NextStep, Placement
from services.matching.models import PlacementOutcome, Pooled
from services.notifications.models import Bounce
from shared import clock
from shared.database import new_id
from shared.events import CitizenErased, CitizenMerged
from shared.retention import declared
from tests.house import ServiceUnderTest
from tests.intake.test_erasure import at, night
from tests.shared.test_audit_history import WITHOUT_HISTORY
from tests.shared.test_erased_everywhere import lived, spread, town

__all__ = ["town"]


def put(service: ServiceUnderTest, *rows: Any) -> list[UUID]:
    with service.begin() as session:
        session.add_all(rows)
    return [row.id for row in rows]


def undo(service: ServiceUnderTest, model: Any, ids: list[UUID]) -> None:
    with service.begin() as session:
        session.execute(delete(model).where(model.id.in_(ids)))


def lines(service: ServiceUnderTest, known_by: UUID | str) -> int:
    """How many lines of the history name this anywhere in a row."""
    found = service.connection.scalar(
        text("SELECT count(*) FROM audit WHERE audit::text LIKE '%' || :id || '%'"), {"id": str(known_by)}
    )
    return int(found or 0)


def erased(town: dict[str, ServiceUnderTest]) -> None:
    night(town["intake"], at(2031, 12, 1), at(2032, 1, 2))
    spread(town, town["intake"].told(CitizenErased), "matching")


def pooled(citizen_id: UUID) -> Pooled:
    return Pooled(id=new_id(), occupation="x", citizen_id=citizen_id, added_by="x", added_at=clock.now())


def test_row_that_was_undone_leaves_nothing_of_the_person(town: dict[str, ServiceUnderTest]) -> None:
    citizen_id, _ = lived(town)
    other = new_id()
    undo(town["matching"], Pooled, put(town["matching"], pooled(citizen_id), pooled(other)))
    assert (lines(town["matching"], other), lines(town["matching"], citizen_id) >= 2) == (2, True)
    erased(town)

    assert lines(town["matching"], citizen_id) == 0
    assert lines(town["matching"], other) == 2


def test_row_that_was_undone_before_its_person_went_into_another(town: dict[str, ServiceUnderTest]) -> None:
    citizen_id, gone = new_id(), new_id()
    (row,) = put(town["matching"], pooled(gone))
    undo(town["matching"], Pooled, [row])
    town["matching"].hear(CitizenMerged(from_id=gone, into_id=citizen_id))
    assert told_of(town["matching"], row) == 2
    town["matching"].hear(CitizenErased(citizen_id=citizen_id, classes=("placement",)))

    assert told_of(town["matching"], row) == 0


def test_row_that_names_several_people_goes_for_each_of_them(town: dict[str, ServiceUnderTest]) -> None:
    citizen_id, _ = lived(town)
    letters = town["notifications"].connection.scalars(text("SELECT id FROM message LIMIT 1")).all()
    bounce = Bounce(id=new_id(), message_id=letters[0], people=[new_id(), citizen_id], kind="delayed", status="4.4.1",
                    at=clock.now())  # fmt: skip
    undo(town["notifications"], Bounce, put(town["notifications"], bounce))
    assert lines(town["notifications"], citizen_id) >= 2
    erased(town)

    assert lines(town["notifications"], citizen_id) == 0


def step(placement_id: UUID) -> NextStep:
    return NextStep(id=new_id(), placement_id=placement_id, code="x", due_on=clock.today(), owner="x", made_by="x",
                    made_at=clock.now())  # fmt: skip


def told_of(service: ServiceUnderTest, row_id: UUID) -> int:
    found = service.connection.scalar(
        text("SELECT count(*) FROM audit WHERE row_id = :id AND changes <> '{}'"), {"id": str(row_id)}
    )
    return int(found or 0)


def test_row_below_one_that_stands_and_below_one_that_is_gone_too(town: dict[str, ServiceUnderTest]) -> None:
    lived(town)
    followup = town["followup"]
    with followup.begin() as session:
        first = session.query(Placement).one()
        fields = {column.key: getattr(first, column.key) for column in Placement.__table__.columns}
    (second,) = put(followup, Placement(**fields | {"id": new_id()}))
    steps = put(followup, step(first.id), step(second))
    undo(followup, NextStep, steps)
    undo(followup, Placement, [second])
    assert [told_of(followup, one) for one in (*steps, second)] == [2, 2, 2]
    followup.hear(CitizenErased(citizen_id=first.citizen_id, classes=("case", "identity", "placement")))

    assert [told_of(followup, one) for one in (*steps, second)] == [0, 0, 0]


def test_row_that_the_history_knows_by_its_person(town: dict[str, ServiceUnderTest]) -> None:
    citizen_id, _ = lived(town)
    with town["matching"].begin() as session:
        session.add(PlacementOutcome(placement_id=new_id(), version=1, citizen_id=citizen_id, company_id=new_id(),
                                     outcome_code="hire"))  # fmt: skip
    erased(town)

    assert lines(town["matching"], citizen_id) == 0
    kept = town["matching"].connection.execute(text("SELECT citizen_id, outcome_code FROM placement_outcome")).one()
    assert (kept.outcome_code, kept.citizen_id == citizen_id) == ("hire", False)


UNWATCHED = {one.partition(".")[2] for one in WITHOUT_HISTORY}
_NEVER_COPIED = text("""
    SELECT tgrelid::regclass::text, string_to_array(encode(tgargs, 'escape'), '\\000') FROM pg_trigger
    WHERE tgname = 'audit' AND tgtype & 8 = 8
      AND tgrelid IN (SELECT oid FROM pg_class WHERE relnamespace = current_schema()::regnamespace)
""")


def test_history_copies_what_leads_to_a_person(town: dict[str, ServiceUnderTest]) -> None:
    """Else a row that is no more could not be found there; nor where its deletion is not written down."""
    for name, service in town.items():
        said = declared(importlib.import_module(f"services.{name}.models").Base)
        never = {row[0]: row[1] for row in service.connection.execute(_NEVER_COPIED)}
        watched = {table for table, holds in said.items() if holds.person} - UNWATCHED
        assert any(len(never.get(table, ())) > 1 for table in watched), "the columns that are left out are read"
        assert {table for table in watched if said[table].person in never.get(table, [said[table].person])} == set()
