"""Randers' mentors (C11, seed 001): trained, met, with room that is watched and one to call; a change is a risk."""

from datetime import date
from itertools import islice

import pytest

from shared.clock import danish_time
from tests.journeys.placing import comes, placed
from tests.journeys.playing import Play

pytestmark = pytest.mark.journeys
BEGINS = date(2028, 2, 7)
FIRST, LAST = date(2028, 2, 14), date(2028, 3, 12)
CPR, NAME = "6107021113", "Sofus Test Opdigtet"
MENTORS, FIRMS, MONTHS_AGO = 34, 16, date(2026, 8, 7)
WEIGHTS = (2, 7, 6, 5, 4, 3, 2, 1)


def cvr_numbers() -> list[str]:
    """As many as there are firms, of those that are never handed out."""
    every = (str(number) for number in range(90_002_000, 90_003_000))
    valid = (one for one in every if sum(w * int(d) for w, d in zip(WEIGHTS, one, strict=True)) % 11 == 0)
    return list(islice(valid, FIRMS))


def companies(play: Play) -> list[str]:
    """Sixteen firms, known to follow-up."""
    found: list[str] = []
    for number, cvr in enumerate(cvr_numbers()):
        told = play.call("consultant", "POST", "matching/companies", {
            "cvr": cvr, "name": f"Mentorfirma {number + 1} Eksempel ApS",
            "contact": {"name": "Tove Eksempel", "email": f"tove{number}@mentorfirma.example.dk", "phone": None},
        })  # fmt: skip
        found.append(str(told["id"]))
    play.wait(lambda: play.heard_all(play.correlation), "the last firm to be known")
    return found


def trained(play: Play, firms: list[str]) -> None:
    """Thirty-four of them within eighteen months, who meet."""
    since = f"followup/mentors?siden={MONTHS_AGO}"
    before = play.call("consultant", "GET", since)["figures"]
    mentors = [
        play.call("consultant", "POST", "followup/mentors", {
            "name": f"Mentor {number + 1} Eksempel", "kind": "company", "company_id": firms[number % FIRMS],
            "trained_on": "2027-10-04",
        })["id"]
        for number in range(MENTORS)
    ]  # fmt: skip
    met = {"held_on": BEGINS.isoformat(), "mentor_ids": mentors}
    assert play.call("consultant", "POST", "followup/network-meetings", met)["items"][0]["attended"] == MENTORS
    figures = play.call("consultant", "GET", since)["figures"]
    assert figures["trained"] - before["trained"] == MENTORS
    assert figures["companies"] - before["companies"] == FIRMS


def known_by_the_register(play: Play, placement: str) -> str:
    """The mentor whom the agreement names has one fixed person to call, and asks to be rung."""
    company = play.call("consultant", "GET", f"followup/placements/{placement}")["company_id"]
    mentor = play.call("consultant", "POST", "followup/mentors", {
        "name": "Mette Eksempel", "kind": "company", "company_id": company, "trained_on": "2028-02-07",
        "line_name": "Johanne Eksempel", "line_phone": "20 11 22 33",
    })["id"]  # fmt: skip
    play.call("consultant", "POST", f"followup/placements/{placement}/mentor/recognised", {"mentor_id": mentor})
    invited = play.call("consultant", "POST", f"followup/placements/{placement}/mentor-invitations")
    mette = play.person("mette")
    mette.submit(f"/opfoelgning/mentor?code={invited['code']}", "/opfoelgning/mentor", {"code": invited["code"]})
    line = f"/opfoelgning/forloeb/{placement}/linje"
    assert "Johanne Eksempel" in mette.get(line)[1]
    mette.submit(line, line, {"urgency": "today"})
    calls = play.call("consultant", "GET", "followup/mentors")["calls"]
    assert placement in {one["placement_id"] for one in calls}
    return str(mentor)


def hours_bought_free_need_a_row(play: Play, placement: str) -> None:
    """The limits of 2028 are not known to anybody here, so nothing is granted."""
    free = {"weekly_hours": 3, "starts_on": FIRST.isoformat(), "ends_on": LAST.isoformat(), "exceeds": True}
    refused = play.call("consultant", "POST", f"followup/placements/{placement}/mentor/support", free, expect=409)
    assert refused["code"] == "not_configured"


def begun(play: Play) -> int:
    """Placements with a mentor of the register that have begun; more than a hundred in Randers."""
    return int(play.call("consultant", "GET", f"followup/mentors?siden={FIRST}")["figures"]["placements"])


def another_mentor_is_a_risk(play: Play, placement: str, mentor: str) -> None:
    """Contact gets closer by itself, and too many at a time is seen, not forbidden."""
    other = play.call("consultant", "POST", "followup/mentors", {"name": "Ulla Eksempel", "kind": "external"})["id"]
    play.call("consultant", "POST", f"followup/mentors/{other}/places", {"since": BEGINS.isoformat(), "places": 0})
    answer = play.call("consultant", "POST", f"followup/placements/{placement}/mentor", {"mentor_id": other})
    assert answer["over_from"] == FIRST.isoformat()
    course = play.call("consultant", "GET", f"followup/placements/{placement}/course")
    assert [one["code"] for one in course["changes"]] == ["mentor_changed"]
    register = {one["id"]: one for one in play.call("consultant", "GET", "followup/mentors")["items"]}
    assert (register[mentor]["placed"], register[other]["placed"]) == (0, 1)
    status, page = play.person("johanne").get("/opfoelgning/mentorer")
    assert (status, "For mange fra 14. februar 2028" in page) == (200, True)


def test_randers_mentorer(play: Play) -> None:
    play.it_is(danish_time(BEGINS, 9))
    sofus = comes(play, BEGINS, CPR, NAME, category="jobparat", least=8, most=30)
    placement = placed(play, sofus, FIRST, LAST, hours=20, cadence="default")
    trained(play, companies(play))
    mentor = known_by_the_register(play, placement)
    hours_bought_free_need_a_row(play, placement)
    before = begun(play)
    play.it_is(danish_time(date(2028, 2, 16), 9))
    assert begun(play) == before + 1
    another_mentor_is_a_risk(play, placement, mentor)
