"""Talks move and are called off: by staff with a way back, by citizens within the rules, by page or by link."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from services.intake.use_cases import slots
from shared import clock, links
from shared.clock import danish_time
from shared.events import VisitationBooked, VisitationCancelled, VisitationMoved
from tests.browser import Browser, words
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import MONDAY, WALK_IN

FIRST, LATER = "2026-11-02T09:30:00+00:00", danish_time(date(2026, 11, 3), 9)


@pytest.fixture(autouse=True)
def monday(intake: ServiceUnderTest) -> Iterator[None]:
    with clock.moved_to(MONDAY):
        with intake.begin() as session:
            slots.stock_slots(session)
        yield


@pytest.fixture
def booked(intake: ServiceUnderTest) -> Any:
    return intake.call("POST", "/first-contacts", WALK_IN).json


@pytest.fixture
def desk(intake: ServiceUnderTest) -> Browser:
    return intake.browser("front_desk", organisation="jobbutikken")


@pytest.fixture
def early(booked: Any) -> Iterator[None]:
    """Three hours before, when citizens may still move by themselves."""
    with clock.moved_to(MONDAY - timedelta(hours=3)):
        yield


def free_at(intake: ServiceUnderTest, moment: Any) -> str:
    found = text("SELECT id FROM slot WHERE starts_at = :at AND visitation_id IS NULL LIMIT 1")
    return str(intake.connection.scalar(found, {"at": moment}))


def talk(intake: ServiceUnderTest) -> Any:
    return intake.connection.execute(text("SELECT state, starts_at, within_local_goal, moved_by FROM visitation")).one()


def link(intake: ServiceUnderTest, booked: Any) -> str:
    starts_at = intake.told(VisitationBooked)[0].starts_at
    return links.code(intake.settings, links.APPOINTMENT, UUID(booked["visitation"]["id"]), starts_at)


def test_staff_move_a_talk_and_take_it_back(intake: ServiceUnderTest, desk: Browser, booked: Any) -> None:
    path = f"/skranken/tid/{booked['visitation']['id']}"
    answer = desk.submit(f"{path}/flyt", {"slot_id": free_at(intake, LATER)})

    assert answer.status_code == 303
    assert "Tiden er flyttet til i morgen kl. 9.00, og borgeren får besked." in words(desk.get(answer.location))
    assert talk(intake).starts_at == LATER
    desk.submit(f"{path}/tilbage", {"starts_at": FIRST})
    assert talk(intake).starts_at.isoformat() == FIRST
    assert [event.by for event in intake.told(VisitationMoved)] == ["staff", "staff"]
    assert intake.connection.scalar(text("SELECT count(*) FROM slot WHERE visitation_id IS NOT NULL")) == 1


def test_old_time_that_somebody_else_took_is_not_taken_back(
    intake: ServiceUnderTest, desk: Browser, booked: Any
) -> None:
    path = f"/skranken/tid/{booked['visitation']['id']}"
    desk.submit(f"{path}/flyt", {"slot_id": free_at(intake, LATER)})
    intake.connection.execute(text("DELETE FROM slot WHERE starts_at = :at"), {"at": FIRST})
    answer = desk.submit(f"{path}/tilbage", {"starts_at": FIRST})

    assert answer.status_code == 409
    assert "Den gamle tid er taget af en anden." in words(answer)
    assert talk(intake).starts_at == LATER


def test_talk_that_is_off_leaves_its_slot_and_its_person_waits_again(
    intake: ServiceUnderTest, desk: Browser, booked: Any
) -> None:
    path = f"/skranken/tid/{booked['visitation']['id']}"
    answer = desk.submit(f"{path}/aflys")
    shown = words(desk.get(answer.location))

    assert "Tiden er aflyst, og borgeren får besked." in shown
    assert "Venter på en tid 1" in shown
    assert intake.connection.scalar(text("SELECT count(*) FROM slot WHERE visitation_id IS NOT NULL")) == 0
    assert len(intake.told(VisitationCancelled)) == 1
    desk.submit(f"{path}/tilbage", {"starts_at": FIRST})
    assert talk(intake).state == "booked"
    assert "Ingen venter." in words(desk.get("/skranken"))


def test_somebody_whose_talk_is_off_gets_another_by_one_act(
    intake: ServiceUnderTest, desk: Browser, booked: Any
) -> None:
    intake.call("POST", f"/visitations/{booked['visitation']['id']}/cancellation")
    answer = desk.submit(f"/skranken/henvendelser/{booked['contact_id']}/tid")

    assert answer.status_code == 303
    assert talk(intake).state == "booked"


def test_talk_that_was_held_is_not_moved(intake: ServiceUnderTest, booked: Any) -> None:
    intake.connection.execute(text("UPDATE visitation SET state = 'held'"))
    visitation = booked["visitation"]["id"]

    for verb, body in (("move", {"slot_id": free_at(intake, LATER)}), ("rebooking", None), ("cancellation", None)):
        assert intake.call("POST", f"/visitations/{visitation}/{verb}", body).json["code"] == "talk_is_over"


@pytest.mark.usefixtures("early")
def test_citizen_moves_and_cancels_on_their_own_page(intake: ServiceUnderTest, booked: Any) -> None:
    citizen = intake.browser("citizen", subject=booked["citizen_id"])
    path = f"/min-side/aftale/{booked['visitation']['id']}"
    assert path in citizen.get("/min-side").text
    answer = citizen.submit(f"{path}/flyt", {"slot_id": free_at(intake, LATER)})

    assert "Din tid er flyttet til i morgen kl. 9.00." in words(citizen.get(answer.location))
    assert (talk(intake).starts_at, talk(intake).moved_by) == (LATER, "citizen")
    assert citizen.submit(f"{path}/aflys").status_code == 303
    assert "Din tid er aflyst." in words(citizen.get(path))
    assert [event.by for event in intake.told(VisitationCancelled)] == ["citizen"]


def test_nobody_moves_somebody_elses_talk(intake: ServiceUnderTest, booked: Any) -> None:
    stranger = intake.browser("citizen")
    path = f"/min-side/aftale/{booked['visitation']['id']}"

    assert stranger.get(path).status_code == 404
    assert stranger.submit(f"{path}/flyt", {"slot_id": free_at(intake, LATER)}).status_code == 404
    assert stranger.submit(f"{path}/aflys").status_code == 404


@pytest.mark.usefixtures("early")
def test_link_asks_for_nothing_and_tells_no_name(intake: ServiceUnderTest, booked: Any) -> None:
    visitor, code = intake.browser(), link(intake, booked)
    shown = words(visitor.get(f"/min-side/tid?kode={code}"))

    assert "I dag kl. 10.30" in shown
    assert "Nancy" not in shown
    assert "Berggren" not in shown
    answer = visitor.submit("/min-side/tid/flyt", {"kode": code, "slot_id": free_at(intake, LATER)})
    assert answer.status_code == 303
    assert talk(intake).starts_at == LATER
    assert "Din tid er flyttet til i morgen kl. 9.00." in words(visitor.get(answer.location))


@pytest.mark.usefixtures("early")
def test_link_cancels_and_the_look_is_on_record_as_the_links(intake: ServiceUnderTest, booked: Any) -> None:
    visitor, code = intake.browser(), link(intake, booked)

    assert visitor.submit("/min-side/tid/aflys", {"kode": code}).status_code == 303
    assert talk(intake).state == "cancelled"
    rows = intake.connection.execute(text("SELECT kind, how, purpose, subjects FROM lookup WHERE kind = 'visitor'"))
    assert [tuple(map(str, row)) for row in rows] == [
        ("visitor", "change", "own_access", f"[UUID('{booked['citizen_id']}')]")
    ]


@pytest.mark.parametrize("code", ["", "x", "AAAA", "ø" * 40, "A" * 50])
def test_code_that_is_none_opens_nothing(intake: ServiceUnderTest, code: str) -> None:
    assert intake.browser().get(f"/min-side/tid?kode={code}").status_code in (410, 422)


def test_link_of_a_talk_that_has_begun_is_over(intake: ServiceUnderTest, booked: Any) -> None:
    code = link(intake, booked)
    with clock.moved_to(MONDAY + timedelta(hours=1)):
        answer = intake.browser().get(f"/min-side/tid?kode={code}")

    assert answer.status_code == 410
    assert "Linket virker ikke længere." in words(answer)


def test_citizen_moves_not_later_than_the_row_allows(intake: ServiceUnderTest, booked: Any) -> None:
    code = link(intake, booked)
    with clock.moved_to(MONDAY - timedelta(minutes=96)):
        assert "Flyt min tid" in words(intake.browser().get(f"/min-side/tid?kode={code}"))
    with clock.moved_to(MONDAY):
        shown = words(intake.browser().get(f"/min-side/tid?kode={code}"))
        late = intake.browser().submit("/min-side/tid/flyt", {"kode": code, "slot_id": free_at(intake, LATER)})

    assert "Du kan selv flytte og aflyse indtil 2 timer før." in shown
    assert "Flyt min tid" not in shown
    assert late.status_code == 409
    assert talk(intake).moved_by is None


def test_citizen_does_not_move_beyond_the_legal_limit_but_staff_may(intake: ServiceUnderTest, booked: Any) -> None:
    after, visitation = danish_time(date(2026, 11, 10), 9), booked["visitation"]["id"]
    with clock.moved_to(MONDAY - timedelta(hours=3)):
        citizen = intake.browser("citizen", subject=booked["citizen_id"])
        answer = citizen.submit(f"/min-side/aftale/{visitation}/flyt", {"slot_id": free_at(intake, after)})
        offered = words(citizen.get(f"/min-side/aftale/{visitation}"))

    assert (answer.status_code, talk(intake).moved_by) == (409, None)
    assert "Tiden ligger efter lovens frist" in words(answer)
    assert "Tirsdag 10. november" not in offered
    moved = intake.call("POST", f"/visitations/{visitation}/move", {"slot_id": free_at(intake, after)})
    assert (moved.status_code, moved.json["within_local_goal"]) == (201, False)
