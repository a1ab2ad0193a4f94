"""Herlev's Jobbutik (C1, seed 002): met the same or the next day, activation at once, real openings on the table."""

from datetime import date
from typing import Any

import pytest

from demo.story import ANDERS, KIRSTEN, MAGNUS, PERSONS, occupation, wishes
from shared.clock import danish_time
from tests.journeys.playing import Play

pytestmark = pytest.mark.journeys
BEGINS = date(2026, 11, 2)
NANCY, RUDDI = "2512489996", "1502779995"
NAMES = {NANCY: "Nancy Ann Test Berggren", RUDDI: "Ruddi Test Berggren"}
MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 4)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")


def comes(play: Play, cpr: str, **said: Any) -> Any:
    """Somebody stands at the counter of Borgerservice."""
    person = PERSONS.get(cpr)
    name = f"{person['fornavne']} {person['efternavn']}" if person else NAMES[cpr]
    return play.call("front-desk", "POST", "intake/first-contacts", {
        "cpr": cpr, "name": name, "email": f"{cpr}@borger.example.dk", "phone": "20 11 22 33", "postal_code": "2730",
        "municipality_code": "0163", "applied_for": "kontanthjaelp", "channel": "borgerservice",
        "qualifying_education": True, "guidance": {"version": "2026-02", "written": True}, **said,
    })  # fmt: skip


def talk_of(play: Play, contact: Any, **outcome: Any) -> Any:
    """What the talk of a contact ends with."""
    return play.call("adviser", "POST", f"intake/visitations/{contact['visitation']['id']}/outcome", outcome)


def at_the_counter(play: Play) -> Any:
    """Registered at once, pointed to the digital application, a talk the same or the next day, the duty announced."""
    free = play.wait(lambda: _slots(play, MONDAY), "slots of the day")
    held = play.call("front-desk", "POST", "intake/slot-holds", {"slot_id": free[0]["id"]})
    other_desk = play.call("front-desk", "POST", "intake/slot-holds", {"slot_id": free[0]["id"]})
    assert other_desk["slot"]["id"] != free[0]["id"], "two desks never get the same slot"

    kirsten = comes(play, KIRSTEN, hold_id=held["hold_id"])

    assert set(play.told()) >= {"CitizenRegistered", "FirstContactRegistered", "VisitationBooked"}
    assert kirsten["local_goal"]["due"] == "2026-11-03"
    assert kirsten["statutory"]["due"] == "2026-11-09"
    assert kirsten["visitation"]["starts_at"] == free[0]["starts_at"]
    assert kirsten["proposed_category"] == "jobparat"
    receipt = play.call("front-desk", "GET", f"intake/first-contacts/{kirsten['contact_id']}/receipt?tekst=let")
    assert receipt["guidance_version"] == "2026-02"
    assert receipt["where"] == "Jobbutikken i rådhuset. Det er i stuen."
    [letter] = play.letters_to(f"{KIRSTEN}@borger.example.dk", 1)
    assert "text/calendar" in [part["type"] for part in letter["parts"]]
    applying = f"intake/first-contacts/{kirsten['contact_id']}/application"
    assert play.call("front-desk", "POST", applying, {"state": "begun_with_help"})["before"] is None
    assert play.call("front-desk", "POST", applying, {"state": "sent"})["before"] == "begun_with_help"
    return kirsten


def in_the_waiting_room(play: Play, kirsten: Any) -> None:
    """A number, a call to a desk, and nobody's name on the wall."""
    unit = {"unit_code": "jobbutikken"}
    came = play.call("front-desk", "POST", f"intake/citizens/{kirsten['citizen_id']}/arrivals", unit)
    assert (came["number"], came["visitation_id"]) == (1, kirsten["visitation"]["id"])
    play.it_is(danish_time(MONDAY, 10, 32))
    play.call("front-desk", "POST", f"intake/arrivals/{came['id']}/call", {"place": "desk-2"}, expect=200)
    wall = play.call("front-desk", "GET", "intake/waiting-room/screen?unit_code=jobbutikken")
    assert wall["items"] == [{"number": 1, "place": "desk-2", "place_name": None}]
    play.call("adviser", "POST", f"intake/arrivals/{came['id']}/talk", expect=200)


def nobody_twice(play: Play) -> None:
    """A slip in the number and another spelling: the desk is shown who it may be before anything is saved."""
    asked = {"cpr": "2412489996", "name": "Nancy Anne Test Berggren"}
    shown = play.call("front-desk", "POST", "intake/likely-same-people", asked)
    assert [one["name"] for one in shown["likely"]] == [NAMES[NANCY]]


def the_leaders_numbers(play: Play) -> None:
    """They have a page; of so few people it says nothing that would tell who they are."""
    figures = play.call("front-desk", "GET", "intake/figures?period=week&since=2026-11-02")
    now = {line["indicator"]["code"]: line["now"] for line in figures["lines"]}
    assert figures["least"] == 5
    assert (now["withdrawn"]["count"]["number"], now["job"]["count"]["number"]) == (None, None)
    status, page = play.person("lotte").get("/skranken/tal?period=week&since=02-11-2026")
    assert status == 200
    assert "Samtale samme eller næste åbningsdag" in page


def _slots(play: Play, day: date) -> Any | None:
    return play.call("front-desk", "GET", f"intake/slots?day={day}")["items"] or None


def others_who_come(play: Play) -> dict[str, Any]:
    """A young person without an education, a newly arrived refugee, and two who turn round at the door."""
    came = {
        ANDERS: comes(play, ANDERS, qualifying_education=False),
        MAGNUS: comes(play, MAGNUS, applied_for="integration", language="so", interpreter=True),
        NANCY: comes(play, NANCY, email=None, digital_post_exempt=True),
        RUDDI: comes(play, RUDDI),
    }
    assert came[ANDERS]["proposed_category"] == "aabenlyst_uddannelsesparat"
    for contact in came.values():
        assert contact["visitation"]["starts_at"][:10] in ("2026-11-02", "2026-11-03")
        assert contact["visitation"]["within_local_goal"]
    return came


def a_company_rings(play: Play) -> str:
    """One direct entrance: the opening stands on the table of the same morning's talks."""
    company = play.call("consultant", "POST", "matching/companies", {
        "cvr": "90000004", "name": "Nordlager Eksempel ApS",
        "contact": {"name": "Tove Eksempel", "email": "tove@nordlager.example.dk", "phone": None},
    })  # fmt: skip
    play.call("consultant", "POST", f"matching/companies/{company['id']}/workplaces", {
        "p_number": "1000000001", "name": "Nordlager Herlev", "postal_code": "2730",
        "staff": [{"month": "2026-10", "fte": 23.0}],
    })  # fmt: skip
    warehouse = occupation(play, "lagermedarbejder")
    need = play.call("consultant", "POST", "matching/needs", {
        "company_id": company["id"], "p_number": "1000000001", "occupation": warehouse,
        "employment_form": "small_job", "weekly_hours_min": 8, "weekly_hours_max": 15,
        "windows": [f"{day} 07:00-12:00" for day in WEEKDAYS], "days_required": 3, "adjustments": ["quiet_place"],
        "mentor_offered": True, "starts_on": "2026-11-16",
    })  # fmt: skip
    return str(need["id"])


def kirstens_talk(play: Play, kirsten: Any, need: str) -> None:
    """She finds jobs herself, sees today's openings, and starts at a municipal workplace: all in one talk."""
    citizen, talk = kirsten["citizen_id"], kirsten["visitation"]["id"]
    for code, public in (("genbrugspladsen", True), ("vaskeriet-aps", False)):
        play.call("adviser", "POST", "intake/hosts", {
            "code": code, "name": code, "public": public, "place_code": "genbrugspladsen",
        })  # fmt: skip
    known = {"tasks": "Pakke ordrer, køre palleløfter.", "times_of_day": "Formiddag."}
    play.call("adviser", "POST", f"intake/citizens/{citizen}/knowledge", known)
    play.call("adviser", "POST", f"intake/citizens/{citizen}/found", {
        "kind": "job", "title": "Lagermedarbejder", "place": "Herlev",
    })  # fmt: skip
    start = danish_time(WEDNESDAY, 8).isoformat()
    at_a_firm = {"offer_type": "nytteindsats", "host_code": "vaskeriet-aps", "starts_at": start, "weeks": 13}
    refused = play.call("adviser", "POST", f"intake/visitations/{talk}/outcome", {"referral": at_a_firm}, expect=409)
    assert refused["code"] == "public_host_needed"
    unreasoned = {"category": "aktivitetsparat"}
    refused = play.call("adviser", "POST", f"intake/visitations/{talk}/outcome", unreasoned, expect=409)
    assert refused["code"] == "override_reason_missing"

    held = talk_of(
        play, kirsten,
        referral=at_a_firm | {"host_code": "genbrugspladsen"},
        job_wishes=wishes(occupation(play, "lagermedarbejder"), "06:30", 8, 20),
    )  # fmt: skip

    assert held["category"] == "jobparat"
    assert {"VisitationHeld", "ReadinessAssessed", "StraksaktiveringReferred"} <= set(play.told())
    openings = play.wait(lambda: _openings(play, citizen, need), "the morning's opening on the talk's card")
    assert "Lager- og logistikmedarbejder" in openings
    assert "Her er de nyeste" not in openings, "the card shows what fits her, not what is new"
    letters = play.letters_to(f"{KIRSTEN}@borger.example.dk", 2)
    assert "nytteindsats" not in str(letters).lower(), "no letter says which measure it is about"


def _openings(play: Play, citizen: str, need: str) -> str | None:
    status, page = play.person("rune").get(f"/match/kort/aabninger/{citizen}")
    return page if status == 200 and need in page else None


def the_others_talks(play: Play, came: dict[str, Any]) -> None:
    """Education guidance for the young, a private provider with a reason, the newly arrived included."""
    talk_of(play, came[ANDERS], education_guidance=True)
    assert "EducationGuidanceReferred" in play.told()
    start = danish_time(date(2026, 11, 9), 8).isoformat()
    provider = {"offer_type": "private_provider", "host_code": "vaskeriet-aps", "starts_at": start, "weeks": 8}
    outcome = f"intake/visitations/{came[MAGNUS]['visitation']['id']}/outcome"
    refused = play.call("adviser", "POST", outcome, {"referral": provider}, expect=409)
    assert refused["code"] == "provider_reason_missing"
    held = talk_of(play, came[MAGNUS], referral=provider | {"provider_reason_code": "work_tasks_to_be_clarified"})
    assert held["category"] == "jobparat"


def help_and_the_door(play: Play, came: dict[str, Any]) -> None:
    """A checklist for who has no e-mail (A09); neutral words for those who leave again, and nobody is held back."""
    assisted = f"intake/citizens/{came[NANCY]['citizen_id']}/assistance"
    given = play.call("front-desk", "POST", assisted, {"items": ["cv", "email", "jobnet", "print", "application"]})
    assert [item["item_code"] for item in given["items"]] == ["cv", "email", "jobnet", "print", "application"]
    for cpr, outcome in ((NANCY, "withdrawn"), (RUDDI, "job")):
        path = f"intake/first-contacts/{came[cpr]['contact_id']}/outcome"
        play.call("front-desk", "POST", path, {"outcome_code": outcome})
    again = comes(play, NANCY, email=None)
    assert again["known_before"], "who withdrew may come again, and is met"


def jobs_to_apply_for(play: Play, citizen: str) -> list[Any]:
    """Three referrals, formal follow-up after seven days (A08)."""
    path = f"intake/citizens/{citizen}/job-referrals"
    jobs = [
        play.call("adviser", "POST", path, {"title": title, "employer": "Nordlager Eksempel ApS"})
        for title in ("Lagermedarbejder", "Truckfører", "Pakker")
    ]
    assert {job["due_on"] for job in jobs} == {"2026-11-11"}
    play.wait(lambda: _all_sent(play, jobs), "the letters about the jobs")
    return jobs


def _all_sent(play: Play, jobs: list[Any]) -> bool | None:
    read = [play.call("adviser", "GET", f"intake/job-referrals/{job['id']}") for job in jobs]
    return all("sent" in [letter["step"] for letter in job["letters"]] for job in read) or None


def a_week_later(play: Play, jobs: list[Any]) -> None:
    """Two have answered; the third lapses, a consultant sees it, and the evidence says what is missing."""
    for job, result in zip(jobs, ("applied", "interview"), strict=False):
        play.call("adviser", "POST", f"intake/job-referrals/{job['id']}/answer", {"result_code": result})
    play.it_is(danish_time(date(2026, 11, 12), 8))

    lapsed = play.wait(lambda: _to_follow_up(play, jobs), "the third referral to lapse")

    assert lapsed == [jobs[2]["id"]]
    evidence = play.call("adviser", "GET", f"intake/job-referrals/{jobs[2]['id']}/evidence")
    assert not evidence["whole"]
    assert evidence["missing"] == ["referral_delivered", "reason_asked", "reason_delivered", "heard"]


def _to_follow_up(play: Play, jobs: list[Any]) -> list[str] | None:
    listed = play.call("adviser", "GET", "intake/job-referrals/to-follow-up")["items"]
    mine = [item["id"] for item in listed if item["id"] in {job["id"] for job in jobs} and item["state"] == "lapsed"]
    return mine or None


def the_cv(play: Play, citizen: str) -> None:
    """Three weeks for a jobparat (A07): reminded before the day, missed after it, and nobody is sanctioned by it."""
    path = f"intake/citizens/{citizen}/cv-deadline"
    assert play.call("adviser", "GET", path)["due_on"] == "2026-11-23"
    play.it_is(danish_time(date(2026, 11, 20), 9))
    play.wait(lambda: play.call("adviser", "GET", path)["reminded_at"], "the reminder about the CV")
    play.it_is(danish_time(date(2026, 11, 24), 7))
    play.wait(lambda: play.call("adviser", "GET", path)["state"] == "missed" or None, "the CV to be missed")


def test_herlev_jobbutik(play: Play) -> None:
    play.it_is(danish_time(MONDAY, 10, 5))
    kirsten = at_the_counter(play)
    came = others_who_come(play)
    nobody_twice(play)
    need = a_company_rings(play)
    in_the_waiting_room(play, kirsten)
    kirstens_talk(play, kirsten, need)
    play.it_is(danish_time(TUESDAY, 14))
    the_others_talks(play, came)
    help_and_the_door(play, came)
    play.it_is(danish_time(WEDNESDAY, 9))
    jobs = jobs_to_apply_for(play, kirsten["citizen_id"])
    a_week_later(play, jobs)
    the_cv(play, kirsten["citizen_id"])
    the_leaders_numbers(play)
