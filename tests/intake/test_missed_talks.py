"""What is told when nobody came: that it was noted, and that it was a mistake or they came late after all."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.intake.queries import arrivals
from services.intake.use_cases import slots
from shared import clock
from shared.clock import danish_time
from shared.events import VisitationMissed, VisitationMoved, VisitationNotMissed
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import MONDAY
from tests.intake.waiting import arrived, booked, step

BEGINS = danish_time(MONDAY.date(), 10, 30)


@pytest.fixture
def made(intake: ServiceUnderTest) -> Iterator[Any]:
    """Somebody with a talk at half past ten, twenty minutes after it began."""
    with clock.moved_to(MONDAY):
        with intake.begin() as session:
            slots.stock_slots(session)
        somebody = booked(intake)
    with clock.moved_to(BEGINS + timedelta(minutes=20)):
        yield somebody


def room(intake: ServiceUnderTest) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = intake.call("GET", "/waiting-room?unit_code=jobbutikken").json["items"]
    return found


def miss(intake: ServiceUnderTest, made: Any) -> Any:
    path = f"/visitations/{made['visitation']['id']}/no-show"
    return intake.call("POST", path, {"unit_code": "jobbutikken"}).json


def told(intake: ServiceUnderTest) -> list[tuple[str, str, int]]:
    """Kind, no-show and version of what was told."""
    kinds = {"VisitationMissed": "missed", "VisitationNotMissed": "not_missed"}
    found = intake.envelopes()
    return [
        (kind, one["subject"], one["subjectversion"])
        for one in found
        for kind in kinds.values()
        if one["type"].endswith(f"intake.visitation.{kind}.v1")
    ]


def test_a_missed_talk_is_told_with_its_time_and_nothing_else(intake: ServiceUnderTest, made: Any) -> None:
    no_show = miss(intake, made)

    (event,) = intake.told(VisitationMissed)
    assert (str(event.no_show_id), str(event.citizen_id)) == (no_show["id"], made["citizen_id"])
    assert event.starts_at == BEGINS


def test_a_no_show_noted_by_mistake_is_told_to_be_none(intake: ServiceUnderTest, made: Any) -> None:
    no_show = miss(intake, made)
    step(intake, no_show, "undo", {"version": no_show["version"]})

    assert [type(one) for one in intake.told(VisitationMissed, VisitationNotMissed)] == [
        VisitationMissed, VisitationNotMissed,
    ]  # fmt: skip
    assert told(intake) == [("missed", no_show["id"], 1), ("not_missed", no_show["id"], 2)]


def test_whoever_comes_late_after_all_has_missed_nothing(intake: ServiceUnderTest, made: Any) -> None:
    no_show = miss(intake, made)
    arrived(intake, made["citizen_id"])

    (first, then) = told(intake)
    assert (first[:2], then[:2], then[2] > first[2]) == (("missed", no_show["id"]), ("not_missed", no_show["id"]), True)


def test_somebody_in_time_has_nothing_told_of_missing(intake: ServiceUnderTest, made: Any) -> None:
    arrived(intake, made["citizen_id"])

    assert intake.told(VisitationMissed, VisitationNotMissed) == []


def test_a_new_time_leaves_it_told_that_the_first_was_missed(intake: ServiceUnderTest, made: Any) -> None:
    miss(intake, made)
    intake.call("POST", f"/visitations/{made['visitation']['id']}/rebooking")

    assert len(intake.told(VisitationMoved)) == 1
    assert intake.told(VisitationNotMissed) == []


def test_a_no_show_from_paper_is_told_like_another_and_taken_back(intake: ServiceUnderTest, made: Any) -> None:
    row = {"visitation_id": made["visitation"]["id"], "no_show": True}
    typed = intake.call("POST", "/waiting-room/paper", {"day": "2026-11-02", "rows": [row]}).json["items"]
    arrival = typed[0]["arrival"]
    back = {"items": [{"id": arrival["id"], "version": arrival["version"], "before": ""}]}
    assert intake.call("POST", "/waiting-room/paper/undo", back).status_code == 200

    assert told(intake) == [("missed", arrival["id"], 1), ("not_missed", arrival["id"], 2)]


def test_a_missed_talk_that_gets_another_time_of_the_day_is_expected_then(intake: ServiceUnderTest, made: Any) -> None:
    missed = miss(intake, made)
    again = intake.call("POST", f"/visitations/{made['visitation']['id']}/rebooking").json
    assert again["starts_at"].startswith("2026-11-02")
    assert [str(talk) for talk in expected(intake)] == [again["id"]]

    with clock.moved_to(datetime.fromisoformat(again["starts_at"])):
        arrived(intake, made["citizen_id"])
    assert told(intake) == [("missed", missed["id"], 1)]
    assert expected(intake) == []


def test_a_missed_talk_that_gets_another_time_of_the_day_can_be_missed_again(
    intake: ServiceUnderTest, made: Any
) -> None:
    first = miss(intake, made)
    again = intake.call("POST", f"/visitations/{made['visitation']['id']}/rebooking").json
    with clock.moved_to(datetime.fromisoformat(again["starts_at"])):
        second = miss(intake, made)
        with intake.begin() as session:
            assert arrivals.walk_ins(session, "jobbutikken", MONDAY.date()) == []

    assert second["id"] != first["id"]
    assert told(intake) == [("missed", first["id"], 1), ("missed", second["id"], 1)]


@pytest.mark.parametrize(("steps", "state"), [(["departure"], "left"), (["talk", "end"], "done")])
def test_whose_stay_is_over_is_expected_at_another_time_of_the_day(
    intake: ServiceUnderTest, made: Any, steps: list[str], state: str
) -> None:
    gone = arrived(intake, made["citizen_id"])
    for one in steps:
        gone = step(intake, gone, one)
    again = intake.call("POST", f"/visitations/{made['visitation']['id']}/rebooking").json
    assert [str(talk) for talk in expected(intake)] == [again["id"]]

    with clock.moved_to(datetime.fromisoformat(again["starts_at"])):
        here = arrived(intake, made["citizen_id"])
    assert (here["visitation_id"], expected(intake)) == (again["id"], [])
    assert [one["state"] for one in room(intake)] == [state, "arrived"]


def test_who_waits_already_is_not_expected_when_the_talk_moves(intake: ServiceUnderTest, made: Any) -> None:
    here = arrived(intake, made["citizen_id"])
    again = intake.call("POST", f"/visitations/{made['visitation']['id']}/rebooking").json

    (shown,) = room(intake)
    assert (shown["id"], shown["visitation_id"], expected(intake)) == (here["id"], again["id"], [])


def test_who_leaves_before_the_time_that_the_talk_was_moved_to_is_expected_then(
    intake: ServiceUnderTest, made: Any
) -> None:
    here = arrived(intake, made["citizen_id"])
    again = intake.call("POST", f"/visitations/{made['visitation']['id']}/rebooking").json
    gone = step(intake, here, "departure")
    assert ([str(talk) for talk in expected(intake)], gone["visitation_id"]) == ([again["id"]], None)

    back = step(intake, gone, "undo", {"version": gone["version"]})
    (shown,) = room(intake)
    assert (shown["state"], shown["visitation_id"], expected(intake)) == ("arrived", again["id"], [])

    step(intake, back, "departure")
    with clock.moved_to(datetime.fromisoformat(again["starts_at"])):
        anew = arrived(intake, made["citizen_id"])
    assert (anew["visitation_id"], expected(intake)) == (again["id"], [])
    undone = step(intake, back, "undo", {"version": back["version"] + 1})
    assert undone["state"] == "arrived"
    assert [one["visitation_id"] for one in room(intake)] == [None, again["id"]]


def test_who_leaves_after_their_talk_began_is_not_expected_any_more(intake: ServiceUnderTest, made: Any) -> None:
    gone = step(intake, arrived(intake, made["citizen_id"]), "departure")

    assert (gone["visitation_id"], expected(intake)) == (made["visitation"]["id"], [])


def test_a_late_arrival_taken_back_is_a_no_show_again(intake: ServiceUnderTest, made: Any) -> None:
    missed = miss(intake, made)
    here = arrived(intake, made["citizen_id"])
    step(intake, here, "undo", {"version": here["version"]})

    (row,) = room(intake)
    assert (row["id"], row["state"], row["number"], row["arrived_at"]) == (missed["id"], "no_show", None, None)
    assert [kind for kind, *_ in told(intake)] == ["missed", "not_missed", "missed"]
    assert expected(intake) == []


def expected(intake: ServiceUnderTest) -> list[UUID]:
    with intake.begin() as session:
        return [talk.id for talk, *_ in arrivals.expected(session, MONDAY.date())]
