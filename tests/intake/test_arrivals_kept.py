"""Arrivals follow their person: into another record of the same one, and away when they are erased."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from services.intake.use_cases import slots
from shared import clock
from tests.house import ServiceUnderTest
from tests.intake.test_erasure import request
from tests.intake.test_first_contact import MONDAY
from tests.intake.test_merges import merge
from tests.intake.waiting import arrived, booked


@pytest.fixture(autouse=True)
def monday(intake: ServiceUnderTest) -> Iterator[None]:
    with clock.moved_to(MONDAY):
        with intake.begin() as session:
            slots.stock_slots(session)
        yield


def arrivals(intake: ServiceUnderTest) -> list[tuple[UUID, UUID | None, int]]:
    rows = intake.connection.execute(text("SELECT citizen_id, visitation_id, number FROM arrival ORDER BY number"))
    return [tuple(row) for row in rows]  # type: ignore[misc]  a row of three


def test_arrivals_of_both_records_are_one_persons_and_the_talk_given_up_is_no_more(intake: ServiceUnderTest) -> None:
    kept, gone = booked(intake, 1), booked(intake, 2)
    for one in (kept, gone):
        arrived(intake, one["citizen_id"])
    merge(intake, UUID(kept["citizen_id"]), UUID(gone["citizen_id"]))

    whose, talk = UUID(kept["citizen_id"]), UUID(kept["visitation"]["id"])
    assert arrivals(intake) == [(whose, talk, 1), (whose, None, 2)]


def test_erased_person_leaves_no_way_back_from_an_arrival(intake: ServiceUnderTest) -> None:
    citizen = booked(intake)["citizen_id"]
    here = arrived(intake, citizen)
    intake.call("POST", f"/arrivals/{here['id']}/hand-overs", {"to_code": "desk-2", "reason_code": "language"})
    with clock.moved_to(MONDAY + timedelta(days=3)):
        assert request(intake, UUID(citizen)).status_code == 201

    assert UUID(citizen) not in {whose for whose, *_ in arrivals(intake)}
    changes = (
        "SELECT DISTINCT changes::text FROM audit WHERE table_name IN ('arrival', 'hand_over') AND verb <> 'empty'"
    )
    assert intake.connection.scalars(text(changes)).all() == ["{}"]


def test_erased_person_of_an_earlier_day_is_not_stepped_on(intake: ServiceUnderTest) -> None:
    here = arrived(intake, booked(intake)["citizen_id"])
    with clock.moved_to(MONDAY + timedelta(days=3)):
        request(intake, UUID(here["citizen_id"]))

    assert intake.call("POST", f"/arrivals/{here['id']}/call", {"place": "desk-1"}).status_code == 404
    assert "Slettet" not in intake.call("GET", "/waiting-room?unit_code=jobbutikken").text
