"""Attendance by week: noted by mentor or consultant, told by the citizen, and what staying away leads to."""

from collections.abc import Iterator
from datetime import date

import pytest

from shared import clock
from shared.calendar import danish_time
from tests.browser import Browser, words
from tests.followup.telling import CITIZEN, MENTOR, PLACEMENT, citizen, company, link_mentor, placement
from tests.house import ServiceUnderTest

WEEK = f"/opfoelgning/forloeb/{PLACEMENT}/uge"
AWAY = f"/opfoelgning/mit-forloeb/{PLACEMENT}/meld-fra"
NOW = danish_time(date(2027, 1, 13), 15)


@pytest.fixture
def begun(followup: ServiceUnderTest) -> Iterator[ServiceUnderTest]:
    """A placement on the Wednesday of its second week, with a mentor."""
    followup.hear(citizen(), company(), placement(
        starts_on=date(2027, 1, 4), ends_on=date(2027, 4, 4), first_day_at=danish_time(date(2027, 1, 4), 8),
    ))  # fmt: skip
    with clock.moved_to(NOW):
        link_mentor(followup, str(MENTOR))
        yield followup


@pytest.fixture
def mentor(begun: ServiceUnderTest) -> Browser:
    return begun.browser("mentor", subject=str(MENTOR))


def noted(service: ServiceUnderTest) -> list[tuple[str, str | None, float | None]]:
    answer = service.call("GET", f"/placements/{PLACEMENT}/attendance?dag=2027-01-13", client="consultant").json
    return [(one["on"], one["state"], one["hours"]) for one in answer["days"]]


def test_mentor_notes_the_days_of_the_week_that_have_come(begun: ServiceUnderTest, mentor: Browser) -> None:
    shown = words(mentor.get(WEEK))
    assert "Mandag d. 11. jan." in shown or "Mandag 11. jan." in shown
    assert "Torsdag" not in shown

    answer = mentor.submit(WEEK, {
        "monday": "2027-01-11", "state_0": "present", "hours_0": "3,5", "state_1": "away_told", "state_4": "present",
    })  # fmt: skip
    assert answer.status_code == 303
    assert noted(begun)[:3] == [
        ("2027-01-11", "present", 3.5), ("2027-01-12", "away_told", None), ("2027-01-13", None, None),
    ]  # fmt: skip
    assert noted(begun)[4] == ("2027-01-15", None, None)


def test_wrong_hours_come_back_as_they_were_typed(mentor: Browser) -> None:
    answer = mentor.submit(WEEK, {"monday": "2027-01-11", "state_0": "present", "hours_0": "30"})

    assert answer.status_code == 422
    assert "Skal være fra 0 til 24." in words(answer)
    assert 'value="30"' in answer.text


def test_not_coming_makes_contact_closer_once(begun: ServiceUnderTest, mentor: Browser) -> None:
    for _ in range(2):
        mentor.submit(WEEK, {"monday": "2027-01-11", "state_2": "no_show"})

    plan = begun.call("GET", f"/placements/{PLACEMENT}", client="consultant").json["contacts"]
    assert [one["planned_at"][:10] for one in plan if one["why_code"] == "absence"][:2] == ["2027-01-14", "2027-01-15"]
    course = begun.call("GET", f"/placements/{PLACEMENT}/course", client="consultant").json
    assert [one["code"] for one in course["changes"]] == ["absence"]


def test_note_is_taken_away_by_choosing_none(begun: ServiceUnderTest, mentor: Browser) -> None:
    mentor.submit(WEEK, {"monday": "2027-01-11", "state_0": "present", "hours_0": "4"})
    mentor.submit(WEEK, {"monday": "2027-01-11", "state_0": ""})

    assert noted(begun)[0] == ("2027-01-11", None, None)


def test_day_to_come_or_outside_the_course_is_refused_by_the_door(begun: ServiceUnderTest) -> None:
    for on in ("2027-01-14", "2027-01-03"):
        body = {"days": [{"on": on, "state": "present"}]}
        assert begun.call("POST", f"/placements/{PLACEMENT}/attendance", body, client="consultant").status_code == 422


def test_citizen_says_that_they_cannot_come_today_and_takes_it_back(begun: ServiceUnderTest) -> None:
    nancy = begun.browser("citizen", subject=str(CITIZEN))
    assert "Jeg kan ikke komme i dag" in words(nancy.get("/opfoelgning/kort/mig"))

    answer = nancy.submit(AWAY)
    assert answer.status_code == 303
    assert noted(begun)[2] == ("2027-01-13", "away_told", None)
    nancy.submit(f"{AWAY}/fortryd")
    assert noted(begun)[2] == ("2027-01-13", None, None)


def test_what_the_mentor_noted_stands_against_the_citizens_word(begun: ServiceUnderTest, mentor: Browser) -> None:
    mentor.submit(WEEK, {"monday": "2027-01-11", "state_2": "present"})
    nancy = begun.browser("citizen", subject=str(CITIZEN))
    nancy.submit(AWAY)
    nancy.submit(f"{AWAY}/fortryd")

    assert noted(begun)[2] == ("2027-01-13", "present", None)


def test_nobody_tells_for_another_citizen(begun: ServiceUnderTest) -> None:
    other = begun.browser("citizen", subject="00000000-0000-4000-8000-000000000099")

    assert other.submit(AWAY).status_code == 404
