"""Settlementet and its companies (C13, seed 004): know people first, never match blindly, tailor the job."""

from datetime import date
from typing import Any

import pytest

from demo.story import ANDERS, MAGNUS, PERSONS, occupation, wishes
from shared.clock import danish_time
from tests.journeys.playing import Play

pytestmark = pytest.mark.journeys
BEGINS = date(2027, 3, 1)
MONDAY, NEXT = date(2027, 3, 1), date(2027, 3, 15)
P_NUMBER = "1000000001"
LEARNT = {"skills": [9, 37], "transport": "bicycle", "transport_from": "05:30", "danish_level": "everyday"}


def comes(play: Play, cpr: str, first_hour: str, **changed: Any) -> str:
    """Somebody whom nobody knows much of yet: only wishes from a first talk."""
    person = PERSONS[cpr]
    contact = play.call("front-desk", "POST", "intake/first-contacts", {
        "cpr": cpr, "name": f"{person['fornavne']} {person['efternavn']}", "email": f"{cpr}@borger.example.dk",
        "phone": None, "postal_code": "2730", "municipality_code": "0101", "applied_for": "kontanthjaelp",
        "channel": "desk", "qualifying_education": True, "guidance": {"version": "2026-02", "written": True},
    })  # fmt: skip
    wished = wishes(occupation(play, "kantinemedhjælper"), first_hour, 4, 8) | {"forms": ["small_job"]} | changed
    play.call("adviser", "POST", f"intake/citizens/{contact['citizen_id']}/job-wishes", wished)
    citizen = str(contact["citizen_id"])
    play.wait(lambda: play.look("consultant", f"matching/candidates/{citizen}/knowledge"), "the wishes to arrive")
    return citizen


def a_task_that_was_never_advertised(play: Play) -> Any:
    """Coffee machines, two hours on three days: six hours a week, carved out on a visit (A30); there at seven."""
    company = play.call("consultant", "POST", "matching/companies", {
        "cvr": "90000004", "name": "Nordlager Eksempel ApS",
        "contact": {"name": "Tove Eksempel", "email": "tove@nordlager.example.dk", "phone": None},
    })  # fmt: skip
    play.call("consultant", "POST", f"matching/companies/{company['id']}/workplaces", {
        "p_number": P_NUMBER, "name": "Nordlager Herlev", "postal_code": "2730",
        "staff": [{"month": month, "fte": 23.0} for month in ("2026-11", "2026-12", "2027-01", "2027-02")],
    })  # fmt: skip
    need = play.call("consultant", "POST", "matching/needs", {
        "company_id": company["id"], "p_number": P_NUMBER, "title": "Kaffemaskiner",
        "occupation": occupation(play, "kantinemedhjælper"), "employment_form": "small_job",
        "windows": [f"{day} 07:00-09:00" for day in ("mon", "wed", "fri")], "hours_per_day": 2,
        "adjustments": ["quiet_place"], "mentor_offered": True, "starts_on": NEXT.isoformat(),
    })  # fmt: skip
    assert (need["weekly_hours_min"], need["weekly_hours_max"], need["unadvertised"]) == (6, 6, True)
    return need


def never_blindly(play: Play, need: Any, citizen: str) -> None:
    """The list says that too little is known, and what; nobody is proposed before that."""
    page = play.person("johanne").get(f"/match/behov/{need['id']}")[1]
    assert "Kendes ikke godt nok" in page
    body = {"need_id": need["id"], "citizen_id": citizen}
    refused = play.call("consultant", "POST", "matching/matches", body, expect=409)
    assert refused["code"] == "not_known_well_enough"
    assert "hvordan borgeren kommer frem" in refused["title"]
    unknown = play.call("consultant", "GET", f"matching/candidates/{citizen}/knowledge")
    assert {"skills", "transport", "danish"} <= set(unknown["to_find_out"])


def learnt_in_the_shops(play: Play, citizen: str) -> None:
    """After a time in the municipality's own workshop somebody knows what they can, and so do we."""
    door = f"matching/candidates/{citizen}/knowledge"
    version = play.call("consultant", "GET", door)["version"]
    learnt = play.call("consultant", "POST", door, LEARNT | {"version": version})
    assert learnt["to_find_out"] == []


def there_at_seven(play: Play, need: Any, early: str, late: str) -> None:
    """Who can be there at seven is listed; who brings a child at eight is not, and the reason is said (A29)."""
    ranked = play.call("consultant", "GET", f"matching/needs/{need['id']}/candidates?limit=200")
    assert early in [one["citizen_id"] for one in ranked["items"]]
    near = next(one for one in ranked["near_misses"] if one["citizen_id"] == late)
    assert [miss["rule"] for miss in near["missed"]] == ["time"]
    why = play.call("adviser", "GET", f"matching/candidates/{late}/why-not?need_id={need['id']}")
    assert near["missed"][0]["words_da"] in [cause["words_da"] for cause in why["causes"]]


def hired_without_why(play: Play, need: Any, citizen: str) -> None:
    """The citizen says yes to exactly this; the company hears what the work must allow, and never why."""
    match = play.call("consultant", "POST", "matching/matches", {"need_id": need["id"], "citizen_id": citizen})
    assert match["answer_due"] == "2027-03-15"
    play.call("company-a", "GET", f"matching/company-matches/{match['id']}", expect=404)
    play.call("consultant", "POST", f"matching/matches/{match['id']}/consent", {"given": True, "how": "in_person"})
    seen = play.call("company-a", "GET", f"matching/company-matches/{match['id']}")
    assert (seen["functional_needs"], seen["weekly_hours_max"]) == (["quiet_place"], 6)
    page = play.person("tove").get(f"/virksomhed/forslag/{match['id']}")[1]
    names = [PERSONS[MAGNUS]["fornavne"].split()[0], PERSONS[MAGNUS]["efternavn"], MAGNUS[:6]]
    assert [name for name in names if name in page] == []
    answered = play.call("company-a", "POST", f"matching/matches/{match['id']}/answer", {"accepted": True})
    assert answered["state"] == "accepted"
    version = play.call("consultant", "GET", f"matching/matches/{match['id']}")["version"]
    meeting = {"starts_at": danish_time(date(2027, 3, 4), 10).isoformat(), "version": version}
    play.call("consultant", "POST", f"matching/matches/{match['id']}/meeting", meeting)
    seen = play.call("company-a", "GET", f"matching/company-matches/{match['id']}")
    assert seen["meeting_at"].startswith("2027-03-04T09:00")
    offers = play.call("consultant", "GET", f"matching/candidates/{citizen}/offers")
    assert (offers["items"][0]["state"], offers["turns"]) == ("accepted", 0)
    nobody_else = play.call("consultant", "GET", f"matching/needs/{need['id']}")
    assert nobody_else["state"] == "filled"


def test_settlementet_kend_borgeren(play: Play) -> None:
    play.it_is(danish_time(MONDAY, 9))
    early, late = comes(play, MAGNUS, "06:30"), comes(play, ANDERS, "08:00")
    need = a_task_that_was_never_advertised(play)
    if play.call("consultant", "GET", f"matching/candidates/{early}/knowledge")["version"] is None:
        never_blindly(play, need, early)
    learnt_in_the_shops(play, early)
    there_at_seven(play, need, early, late)
    hired_without_why(play, need, early)
