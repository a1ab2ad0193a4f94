"""The waiting room: each step with its own time, each taken back, one desk at a time."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from services.intake.use_cases import slots
from shared import clock
from shared.clock import danish_time
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import MONDAY
from tests.intake.waiting import arrived, booked, step

TALK_BEGINS = danish_time(MONDAY.date(), 10, 30)


@pytest.fixture(autouse=True)
def monday(intake: ServiceUnderTest) -> Iterator[None]:
    with clock.moved_to(MONDAY):
        with intake.begin() as session:
            slots.stock_slots(session)
        yield


def at(minutes: int) -> Any:
    return clock.moved_to(MONDAY + timedelta(minutes=minutes))


def room(intake: ServiceUnderTest, unit: str = "jobbutikken") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = intake.call("GET", f"/waiting-room?unit_code={unit}").json["items"]
    return found


def talk_state(intake: ServiceUnderTest, made: Any) -> str:
    return str(intake.call("GET", f"/visitations/{made['visitation']['id']}").json["state"])


def test_each_step_has_its_own_time(intake: ServiceUnderTest) -> None:
    made = booked(intake)
    here = arrived(intake, made["citizen_id"])
    assert (here["number"], here["visitation_id"], here["on_day"]) == (1, made["visitation"]["id"], "2026-11-02")

    with at(7):
        assert step(intake, here, "call", {"place": "desk-2"})["state"] == "called"
    with at(9):
        assert step(intake, here, "talk")["state"] == "in_talk"
    with at(40):
        done = step(intake, here, "end")
    assert [done[name][11:16] for name in ("arrived_at", "called_at", "talk_at", "done_at")] == [
        "09:05", "09:12", "09:14", "09:45",
    ]  # fmt: skip
    assert (done["state"], done["called_to"]) == ("done", "desk-2")


def test_numbers_count_by_unit_and_day(intake: ServiceUnderTest) -> None:
    people = [booked(intake, number)["citizen_id"] for number in range(3)]
    first = [arrived(intake, one)["number"] for one in people[:2]]
    young = arrived(intake, people[2], unit_code="ungeenheden")["number"]

    assert (first, young) == ([1, 2], 1)
    with clock.moved_to(MONDAY + timedelta(days=1)):
        assert arrived(intake, people[0])["number"] == 1


def test_somebody_comes_without_a_booking(intake: ServiceUnderTest) -> None:
    made = booked(intake)
    intake.call("POST", f"/visitations/{made['visitation']['id']}/cancellation")

    here = arrived(intake, made["citizen_id"])
    assert (here["visitation_id"], here["number"]) == (None, 1)


def test_somebody_who_is_here_is_not_noted_twice(intake: ServiceUnderTest) -> None:
    made = booked(intake)
    arrived(intake, made["citizen_id"])

    again = intake.call("POST", f"/citizens/{made['citizen_id']}/arrivals", {})
    assert (again.status_code, again.json["code"]) == (409, "waits")
    assert again.json["title"] == "Nr. 1 venter i venteværelset. Tavlen viser, hvordan det står nu."


def test_somebody_may_come_again_after_the_talk(intake: ServiceUnderTest) -> None:
    made = booked(intake)
    here = arrived(intake, made["citizen_id"])
    step(intake, here, "talk")
    step(intake, here, "end")

    assert arrived(intake, made["citizen_id"])["number"] == 2
    assert [one["visitation_id"] is None for one in room(intake)] == [False, True]


def test_a_talk_that_begins_without_a_call_ends_the_waiting(intake: ServiceUnderTest) -> None:
    here = arrived(intake, booked(intake)["citizen_id"])
    with at(12):
        talk = step(intake, here, "talk")

    assert (talk["called_at"], talk["called_to"]) == (talk["talk_at"], None)
    back = step(intake, here, "undo", {"version": talk["version"]})
    assert back["state"] == "arrived"
    assert room(intake)[0]["called_at"] is None


def test_every_step_is_taken_back_one_by_one(intake: ServiceUnderTest) -> None:
    here = arrived(intake, booked(intake)["citizen_id"])
    step(intake, here, "call", {"place": "desk-1"})
    step(intake, here, "talk")
    version = step(intake, here, "end")["version"]
    states = []
    for _ in range(4):
        back = step(intake, here, "undo", {"version": version})
        states.append(back["state"])
        version = back["version"]

    assert states == ["in_talk", "called", "arrived", None]
    assert room(intake) == []


def test_number_that_was_taken_back_is_not_given_again(intake: ServiceUnderTest) -> None:
    here = arrived(intake, booked(intake)["citizen_id"])
    step(intake, here, "undo", {"version": here["version"]})

    assert arrived(intake, booked(intake, 1)["citizen_id"])["number"] == 2


def test_step_that_somebody_built_upon_is_not_taken_back(intake: ServiceUnderTest) -> None:
    here = arrived(intake, booked(intake)["citizen_id"])
    step(intake, here, "call", {"place": "desk-1"})

    assert step(intake, here, "undo", {"version": here["version"]})["code"] == "changed_since"


def test_somebody_who_left_is_not_called(intake: ServiceUnderTest) -> None:
    here = arrived(intake, booked(intake)["citizen_id"])
    gone = step(intake, here, "departure")

    assert (gone["state"], gone["called_at"]) == ("left", None)
    assert step(intake, here, "call", {"place": "desk-1"})["code"] == "left_already"
    assert step(intake, here, "undo", {"version": gone["version"]})["state"] == "arrived"


@pytest.mark.parametrize("place", ["desk-0", "desk-9", "kaelderen"])
def test_nobody_is_called_to_a_place_that_is_none(intake: ServiceUnderTest, place: str) -> None:
    here = arrived(intake, booked(intake)["citizen_id"])

    assert step(intake, here, "call", {"place": place})["errors"] == {
        "place": "Vælg, hvor borgeren skal hen. / Choose where the citizen is to go."
    }


def test_rooms_in_use_are_places_to_call_to(intake: ServiceUnderTest) -> None:
    here = arrived(intake, booked(intake)["citizen_id"])

    assert step(intake, here, "call", {"place": "room-1"})["called_to"] == "room-1"


def test_nobody_came_to_a_talk_that_has_begun(intake: ServiceUnderTest) -> None:
    made = booked(intake)
    path = f"/visitations/{made['visitation']['id']}/no-show"
    assert intake.call("POST", path, {}).json["code"] == "not_begun"

    with clock.moved_to(TALK_BEGINS + timedelta(minutes=20)):
        missed = intake.call("POST", path, {"unit_code": "jobbutikken"}).json
        assert (missed["state"], missed["number"], missed["arrived_at"]) == ("no_show", None, None)
        assert talk_state(intake, made) == "missed"
        waiting = intake.call("GET", "/first-contacts/waiting").json["items"]
        assert [one["id"] for one in waiting] == [made["contact_id"]]
        assert intake.call("POST", path, {}).json["code"] == "no_talk_today"


def test_no_show_is_taken_back(intake: ServiceUnderTest) -> None:
    made = booked(intake)
    with clock.moved_to(TALK_BEGINS):
        missed = intake.call("POST", f"/visitations/{made['visitation']['id']}/no-show", {}).json
        step(intake, missed, "undo", {"version": missed["version"]})

    assert talk_state(intake, made) == "booked"
    assert intake.connection.scalar(text("SELECT count(*) FROM arrival")) == 0


def test_somebody_who_comes_late_after_all_is_no_no_show(intake: ServiceUnderTest) -> None:
    made = booked(intake)
    with clock.moved_to(TALK_BEGINS):
        missed = intake.call("POST", f"/visitations/{made['visitation']['id']}/no-show", {}).json
        here = arrived(intake, made["citizen_id"])

    assert (here["id"], here["state"], here["number"]) == (missed["id"], "arrived", 1)
    assert talk_state(intake, made) == "booked"


def test_nobody_who_is_here_is_a_no_show(intake: ServiceUnderTest) -> None:
    made = booked(intake)
    arrived(intake, made["citizen_id"])
    with clock.moved_to(TALK_BEGINS):
        refused = intake.call("POST", f"/visitations/{made['visitation']['id']}/no-show", {}).json

    assert refused["code"] == "waits"


def test_somebody_who_did_not_come_gets_a_new_time_by_one_act(intake: ServiceUnderTest) -> None:
    made = booked(intake)
    with clock.moved_to(TALK_BEGINS):
        intake.call("POST", f"/visitations/{made['visitation']['id']}/no-show", {})
        again = intake.call("POST", f"/first-contacts/{made['contact_id']}/visitation")

    assert (again.status_code, again.json["state"]) == (201, "booked")
    assert again.json["starts_at"] > made["visitation"]["starts_at"]


def test_visitation_that_is_held_ends_the_stay(intake: ServiceUnderTest) -> None:
    made = booked(intake)
    here = arrived(intake, made["citizen_id"])
    step(intake, here, "call", {"place": "room-1"})
    body = {"category": None, "override_reason_code": None, "referral": None, "job_wishes": None}
    held = intake.call("POST", f"/visitations/{made['visitation']['id']}/outcome", body, client="adviser")

    assert held.status_code == 201, held.text
    assert room(intake)[0]["state"] == "done"


def test_wall_shows_numbers_and_places_only(intake: ServiceUnderTest) -> None:
    for number, place in ((0, "desk-2"), (1, "room-1")):
        here = arrived(intake, booked(intake, number)["citizen_id"])
        with at(number):
            step(intake, here, "call", {"place": place})

    shown = intake.call("GET", "/waiting-room/screen?unit_code=jobbutikken").json["items"]
    assert shown == [
        {"number": 2, "place": "room-1", "place_name": "Samtalerum 1"},
        {"number": 1, "place": "desk-2", "place_name": None},
    ]


def test_every_step_is_in_the_history_with_who_did_it(intake: ServiceUnderTest) -> None:
    here = arrived(intake, booked(intake)["citizen_id"])
    step(intake, here, "call", {"place": "desk-1"})

    rows = intake.connection.execute(text("SELECT verb, actor FROM audit WHERE table_name = 'arrival' ORDER BY seq"))
    assert [tuple(row) for row in rows] == [("insert", "front-desk"), ("update", "front-desk")]
