"""Fredericia's Splejseordningen (C12, seed 003; A31): counts for the housing partner, people for the consultant."""

from datetime import date

import pytest

from shared.clock import danish_time
from tests.journeys.arriving import comes
from tests.journeys.playing import Play

pytestmark = pytest.mark.journeys
BEGINS = date(2027, 1, 18)
PEOPLE = {
    ("6110041116", "Carla Test Opdigtet"): "2027-03-01",
    ("6111041117", "Dines Test Opdigtet"): "2027-04-01",
    ("6112041118", "Ebba Test Opdigtet"): "2027-05-01",
}
PAGE = "/opfoelgning/omraader?omraade=proevebakken&formaal=follow_up"


def test_a31_who_loses_dagpenge_is_a_small_number_outside_and_a_list_with_dates_inside(play: Play) -> None:
    play.it_is(danish_time(date(2027, 1, 18), 9))
    company = play.call("consultant", "POST", "matching/companies", {
        "cvr": "90000004", "name": "Nordlager Eksempel ApS",
        "contact": {"name": "Tove Eksempel", "email": "tove@nordlager.example.dk", "phone": None},
    })  # fmt: skip
    for person, until in PEOPLE.items():
        lives = {"area_code": "proevebakken", "benefit": "dagpenge", "dagpenge_until": until}
        citizen = comes(play, *person)
        play.call("consultant", "POST", f"followup/citizens/{citizen}/area", lives, expect=200)
    promise = {
        "company_id": company["id"], "project": "Renovering", "kind": "apprenticeship", "promised": 4,
        "due_on": "2027-06-30",
    }  # fmt: skip
    door = "followup/areas/proevebakken/promises"
    for told, kept in ((promise, 3), (promise | {"kind": "job", "promised": 6}, 5)):
        made = play.call("consultant", "POST", door, told)
        play.call("consultant", "POST", f"followup/area-promises/{made['id']}/kept", {"kept": kept}, expect=200)

    _status, outside = play.person("pia").get(PAGE)
    assert ("under 5" in outside, "Opdigtet" in outside, "3 af 4" in outside) == (True, False, True)
    assert "5 af 6" in outside
    _status, inside = play.person("johanne").get(PAGE)
    assert ("Carla Test Opdigtet" in inside, "1. marts 2027" in inside) == (True, True)
