"""Aalborg's 13U (C3, seed 002 l.167-179): a place by municipality and age, one track, days, and what it led to."""

from datetime import date, timedelta

import pytest

from shared.clock import danish_time
from tests.journeys.arriving import comes
from tests.journeys.playing import Play

pytestmark = pytest.mark.journeys
BEGINS = date(2027, 1, 4)
EDUCATIONS = ("Gastronom", "Bager", "Slagter", "Tjener", "Receptionist", "Ernæringsassistent")
ALMA, BJARKE = ("6108031114", "Alma Test Opdigtet"), ("6109031115", "Bjarke Test Opdigtet")


def test_from_a_place_to_an_apprenticeship(play: Play) -> None:
    play.it_is(danish_time(date(2027, 1, 4), 9))
    alma, bjarke = comes(play, *ALMA), comes(play, *BJARKE)
    cohort = play.call("consultant", "POST", "followup/cohorts", {
        "name": "13U i foråret", "starts_on": "2027-01-04", "capacity": 2, "tracks": ["food", "building", "auto_metal"],
    })  # fmt: skip
    assert cohort["ends_on"] == "2027-04-04"
    here = f"followup/cohorts/{cohort['id']}"
    play.call("consultant", "POST", f"{here}/quotas", {"municipality": "Aalborg", "places": 1})
    play.call("consultant", "POST", f"{here}/quotas", {"municipality": "Jammerbugt", "places": 1})
    seat = {"citizen_id": bjarke, "municipality": "Aalborg", "age_at_start": 30}
    too_old = play.call("consultant", "POST", f"{here}/members", seat, expect=409)
    assert too_old["code"] == "cohort_age"
    too_young = play.call("consultant", "POST", f"{here}/members", seat | {"age_at_start": 17}, expect=409)
    assert too_young["code"] == "cohort_age"
    member = play.call("consultant", "POST", f"{here}/members", seat | {"citizen_id": alma, "age_at_start": 18})["id"]
    no_place = play.call("consultant", "POST", f"{here}/members", seat | {"age_at_start": 29}, expect=409)
    assert no_place["code"] == "quota_full"

    way = f"followup/cohort-members/{member}"
    play.call("consultant", "POST", f"{way}/track", {"track": "food"}, expect=200)
    entry = {"member_id": member, "state": "present", "words": "Kom først af alle."}
    play.call("consultant", "POST", f"{here}/days", {"on_day": "2027-01-04", "entries": [entry]})
    play.it_is(danish_time(date(2027, 3, 12), 9))
    for week, education in enumerate(EDUCATIONS):
        on_day = (BEGINS + timedelta(weeks=week)).isoformat()
        visited = play.call("consultant", "POST", f"{way}/visits", {"on_day": on_day, "education": education})
    assert len(visited["visits"]) == len(EDUCATIONS), "about six within one field"
    out = {"placement_from": "2027-03-15", "placement_until": "2027-04-02"}
    longer = out | {"placement_from": "2027-03-08"}
    too_long = play.call("consultant", "POST", f"{way}/placement", longer, expect=422)
    assert "Højst 3 uger" in str(too_long["errors"])
    play.call("consultant", "POST", f"{way}/placement", out, expect=200)
    play.it_is(danish_time(date(2027, 4, 2), 9))
    ended = play.call("consultant", "POST", f"{way}/outcome", {"outcome_code": "education_apprentice"}, expect=200)
    assert ended["outcome_code"] == "education_apprentice"
    status, page = play.person("johanne").get(f"/opfoelgning/hold/deltager/{member}")
    assert (status, "Uddannelse med elevløn" in page, "Kom først af alle." in page) == (200, True, True)
