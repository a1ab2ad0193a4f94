"""Kolding's long course after stress (C8, seed 002): tasks before hours, few and slowly more, everybody asked alike."""

import re
from datetime import date
from typing import Any

import pytest

from demo.story import KIRSTEN, PERSONS
from shared.clock import danish_time
from tests.journeys.placing import comes, placed
from tests.journeys.playing import Play

pytestmark = pytest.mark.journeys
BEGINS = date(2027, 5, 3)
FIRST, LAST = date(2027, 5, 10), date(2027, 8, 8)
CITIZENS_MAIL, MENTORS_MAIL = f"{KIRSTEN}@borger.example.dk", "mette@nordlager.example.dk"


def hours_are_hidden_from_her(play: Play, placement: str, path: str) -> None:
    """Counting is a strain: her own page speaks of her tasks' place and talks, never of hours."""
    assert "Skriv dine timer" in play.person("kirsten").get("/opfoelgning/kort/mig")[1]
    play.call("consultant", "POST", f"{path}/hours-course/hidden", {"hidden": True})
    card = play.person("kirsten").get("/opfoelgning/kort/mig")[1]
    assert f"/mit-forloeb/{placement}/evaluering" in card
    assert "timer om ugen" not in card
    assert "Skriv dine timer" not in card
    tasks = [{"name": "Klippe optagelser", "weekly_hours": 3}, {"name": "Sætte lys", "weekly_hours": 2}]
    for task in tasks:
        play.call("consultant", "POST", f"{path}/hours-course/tasks", task)
    found = play.call("consultant", "GET", f"{path}/hours-course")["tasks"]
    assert [one["name"] for one in found] == ["Klippe optagelser", "Sætte lys"]


def close_then_letting_go(play: Play, path: str) -> None:
    """A consultant who knows her: the case is Johanne's, talks are recorded, and a step has a day."""
    johanne = play.person("johanne")
    case = f"/opfoelgning/forloeb/{path.rsplit('/', 1)[1]}"
    johanne.submit(case, f"{case}/ansvarlig/mig", {})
    first = play.call("consultant", "GET", path)["contacts"][0]
    here = f"/opfoelgning/kontakt/{first['id']}"
    johanne.submit(here, f"{here}/holdt", {
        "outcome_code": "going_well", "note": "Roligt hjørne, én opgave ad gangen.", "next_step_code": "other_tasks",
        "next_step_on": "17-05-2027",
    })  # fmt: skip
    assert "Roligt hjørne" in johanne.get(here)[1]
    play.it_is(danish_time(date(2027, 5, 17), 9))
    board = play.person("johanne").get("/opfoelgning?hvis=mine")[1]
    assert "Andre opgaver" in board
    weeks = {week["week"]: week["contacts"] for week in play.call("consultant", "GET", f"{path}/course")["curve"]}
    assert weeks[1] > weeks[3] > weeks.get(11, 0)


def the_same_question(play: Play, path: str) -> None:
    """She and her mentor see it very differently: a talk, not a score."""
    hers = play.letter_after(
        lambda: play.call("consultant", "POST", f"{path}/pulses"), CITIZENS_MAIL, "Hvordan går det?"
    )
    kirsten = play.person("kirsten")
    link = _link(hers)
    assert "Hvordan går det på arbejdspladsen?" in kirsten.get(link)[1]
    answer = {"kode": link.split("kode=")[1], "answer": "badly"}
    assert "Vi har fået dit svar" in kirsten.submit(link, "/opfoelgning/puls", answer)
    [asked] = play.call("consultant", "GET", f"{path}/pulses")["items"]
    assert asked["answers"] == {"citizen": "badly", "company": None, "mentor": None}
    placement = play.call("consultant", "GET", path)
    talks = [one for one in placement["contacts"] if one["why_code"] == "low_pulse"]
    assert talks[0]["due_on"] == "2027-05-18"


def _link(letter: Any) -> str:
    text = " ".join(part["text"] for part in letter["parts"])
    found = re.search(r"(/opfoelgning/puls\?kode=[\w-]+)", text)
    assert found, text
    return found[1]


def slowly_more(play: Play, path: str) -> None:
    """A break when it is too much, then on, and the plan follows by itself."""
    course = f"{path}/course/changes"
    play.call("consultant", "POST", course, {
        "kind": "paused", "on": "2027-06-07", "until": "2027-06-20", "asked_by": "citizen",
    })  # fmt: skip
    paused = [one["due_on"] for one in play.call("consultant", "GET", path)["contacts"] if one["held_at"] is None]
    assert [day for day in paused if "2027-06-07" <= day <= "2027-06-20"] == []
    more = {"from": "2027-06-28", "placement_hours": 8, "paid_hours": 0, "reason_code": "next_step",
            "asked_by": "citizen"}  # fmt: skip
    play.call("consultant", "POST", f"{path}/hours", more)
    assert play.call("consultant", "GET", path)["hours"][-1]["placement_hours"] == 8


def the_next_talk(play: Play, citizen: str) -> None:
    """She books her next talk of the contact course herself; when she lets the time go, she is called in."""
    hers, own = f"followup/citizens/{citizen}/interview-calls", "/opfoelgning/mine-samtaler"
    johanne, slots = play.person("johanne"), "/opfoelgning/kontaktforloeb/tider"
    johanne.submit(slots, slots, {"on_day": "20-05-2027", "begins": "09:00", "ends": "10:00"})
    of = f"/opfoelgning/borger/{citizen}/samtaler"
    johanne.submit(of, f"{of}/inviter", {})
    _subjects(play, "Book din næste samtale")
    asked = play.call("consultant", "GET", hers)["call"]
    kirsten = play.person("kirsten")
    free = re.findall(r'name="slot_id"[^>]* value="([\w-]+)"', kirsten.get(own)[1])
    booked = kirsten.submit(own, f"{own}/{asked['id']}", {"slot_id": free[0], "form": "phone"})
    assert "20. maj 2027" in booked
    _subjects(play, "Du har booket en samtale")
    kirsten.submit(own, f"{own}/{asked['id']}/fortryd", {})
    at = danish_time(date(2027, 5, 21), 10).isoformat()
    play.call("consultant", "POST", f"{hers}/summoned", {"starts_at": at, "form": "phone"})
    _subjects(play, "Du er indkaldt til en samtale")
    assert "21. maj 2027" in kirsten.get(own)[1]


def _subjects(play: Play, wanted: str) -> None:
    play.wait(
        lambda: any(CITIZENS_MAIL in mail["to"] and mail["subject"] == wanted for mail in play.mails()) or None, wanted
    )


def test_kolding_ressourceforloeb(play: Play) -> None:
    play.it_is(danish_time(date(2027, 5, 3), 9))
    person = PERSONS[KIRSTEN]
    name = f"{person['fornavne']} {person['efternavn']}"
    kirsten = comes(play, date(2027, 5, 3), KIRSTEN, name, category="aktivitetsparat", least=5, most=8)
    long_one = {"cadence": "default", "exception_ground": "hard_to_place"}
    the_next_talk(play, kirsten)
    placement = placed(play, kirsten, FIRST, LAST, hours=5, **long_one)
    path = f"followup/placements/{placement}"
    play.it_is(danish_time(FIRST, 13))
    hours_are_hidden_from_her(play, placement, path)
    close_then_letting_go(play, path)
    the_same_question(play, path)
    slowly_more(play, path)
