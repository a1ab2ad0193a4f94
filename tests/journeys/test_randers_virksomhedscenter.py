"""Bysekretariatet's virksomhedscenter (C11, seed 000; A27): two places, an hour a week, and a line that people move."""

from datetime import date
from typing import Any

import pytest

from shared.clock import danish_time
from tests.journeys.placing import comes, company_of
from tests.journeys.playing import Play

pytestmark = pytest.mark.journeys
BEGINS = date(2027, 1, 25)
TODAY = date(2027, 1, 25)
P_NUMBER = "1000000001"
CENTRE = f"matching/workplaces/{P_NUMBER}/centre"
MORNINGS = [f"{day} 09:00-12:00" for day in ("mon", "tue", "wed", "thu")]
HOUR = ["tue 10:00-11:00"]
PEOPLE = (
    ("6101871117", "Asta Test Opdigtet"),
    ("6102871118", "Birk Test Opdigtet"),
    ("6103871119", "Clara Test Opdigtet"),
    ("6104871110", "Dan Test Opdigtet"),
)


def two_places(play: Play) -> list[str]:
    """Best as the last place before a decision, and rather for people from elsewhere."""
    company = company_of(play, TODAY)
    now = play.look("consultant", CENTRE)
    version = now["centre"]["version"] if now else None
    play.call("consultant", "POST", CENTRE, {"role": "last", "prefers_elsewhere": True, "version": version})
    made = [
        play.call("consultant", "POST", f"{CENTRE}/places", {"name": name, "windows": MORNINGS})["id"]
        for name in ("Køkkenet", "Caféen")
    ]
    shown = play.person("viggo").get(f"/virksomheder/{company}/steder/{P_NUMBER}/centre")[1]
    assert ("Køkkenet" in shown, "Caféen" in shown) == (True, True)
    return made


def offered(play: Play, stay: Any, place: str, **why: Any) -> Any:
    body = {"place_id": place, "answer_by": "2027-02-01", "version": stay["version"]} | why
    made = play.call("consultant", "POST", f"matching/centre-stays/{stay['id']}/offer", body, expect=200)
    yes = {"accepted": True, "talked_on": TODAY.isoformat(), "version": made["version"]}
    return play.call("consultant", "POST", f"matching/centre-stays/{stay['id']}/answer", yes, expect=200)


def test_randers_virksomhedscenter(play: Play) -> None:
    play.it_is(danish_time(TODAY, 9))
    people = [comes(play, TODAY, *one, category="aktivitetsparat", least=0.5, most=12) for one in PEOPLE]
    kitchen, cafe = two_places(play)
    asked = [
        play.call("consultant", "POST", f"{CENTRE}/stays", {"citizen_id": citizen, "windows": windows})
        for citizen, windows in zip(people, (MORNINGS, MORNINGS, HOUR, HOUR), strict=True)
    ]
    first, _second = offered(play, asked[0], kitchen), offered(play, asked[1], cafe)

    full = play.call("consultant", "GET", CENTRE)
    mine = [one for one in full["line"] if one["stay"]["citizen_id"] in people]
    assert [one["stay"]["citizen_id"] for one in mine] == people[2:]
    assert [one["room"] for one in mine] == [[], []]

    ended = {"reason_code": "pension", "version": first["version"]}
    play.call("consultant", "POST", f"matching/centre-stays/{first['id']}/end", ended, expect=200)
    early = {"place_id": kitchen, "answer_by": "2027-02-01", "version": 1}
    jumped = play.call("consultant", "POST", f"matching/centre-stays/{asked[3]['id']}/offer", early, expect=409)
    assert jumped["code"] == "not_first"
    third = offered(play, asked[2], kitchen)
    assert (third["state"], third["windows"]) == ("taken", HOUR)
    page = play.person("johanne").get("/match/centre")[1]
    assert "det sidste sted før afklaring" in page
