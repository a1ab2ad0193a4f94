"""Virksomhedscentre: standing places by the hour, a line that people move on, and offers that run out with notice."""

from datetime import timedelta
from typing import Any

import pytest

from services.matching.rules.centres import Held, area, has_room
from services.matching.use_cases import centres
from shared import clock
from shared.database import new_id
from shared.events import CentreOfferOver, CentrePlaceOffered
from tests.browser import Browser, offered, words
from tests.house import ServiceUnderTest
from tests.matching.factories import (
    AALBORG,
    MONDAY,
    P_NUMBER,
    accepted,
    add_candidate,
    add_company,
    add_workplace,
    need_body,
    placement_body,
    posted,
)

AT = f"/workplaces/{P_NUMBER}/centre"
MORNINGS = [f"{day} 09:00-12:00" for day in ("mon", "tue", "wed", "thu", "fri")]
HOUR = ["tue 10:00-11:00"]


@pytest.fixture
def places(matching: ServiceUnderTest) -> list[Any]:
    """A centre with two places on weekday mornings."""
    company = add_company(matching)
    add_workplace(matching, company)
    posted(matching, AT, {"role": "last", "prefers_elsewhere": True})
    return [posted(matching, f"{AT}/places", {"name": name, "windows": MORNINGS}) for name in ("Plads 1", "Plads 2")]


def waits(matching: ServiceUnderTest, windows: list[str], **told: Any) -> Any:
    citizen = add_candidate(matching, weekly_hours_min=0.5, **told)
    return posted(matching, f"{AT}/stays", {"citizen_id": str(citizen), "windows": windows})


def step(matching: ServiceUnderTest, stay: Any, act: str, **body: Any) -> Any:
    """The next step of a stay as it stands now, which must succeed."""
    answer = matching.call(
        "POST", f"/centre-stays/{stay['id']}/{act}", body | {"version": stay["version"]}, client="consultant"
    )
    assert answer.status_code == 200, answer.text
    return answer.json


def gets(matching: ServiceUnderTest, stay: Any, place: Any) -> Any:
    made = step(matching, stay, "offer", place_id=place["id"], answer_by="2026-11-09")
    return step(matching, made, "answer", accepted=True, talked_on="2026-11-02")


def centre(matching: ServiceUnderTest) -> Any:
    return matching.call("GET", AT, client="consultant").json


@pytest.mark.parametrize(
    ("taken", "asked", "room"),
    [
        ([], HOUR, True),
        ([HOUR], HOUR, False),
        ([["tue 09:00-10:00"]], HOUR, True),
        ([["tue 09:00-10:01"]], HOUR, False),
        ([], ["tue 08:00-10:00"], False),
        ([["mon 09:00-12:00"], ["wed 09:00-12:00"]], HOUR, True),
    ],
)
def test_place_has_room_where_nobody_else_is_there_then(taken: Any, asked: list[str], room: bool) -> None:
    assert has_room(Held(new_id(), MORNINGS, taken), asked) is room


@pytest.mark.parametrize(("theirs", "told"), [("2730", "near"), ("9000", "elsewhere"), (None, "unknown")])
def test_area_is_told_without_an_address(theirs: str | None, told: str) -> None:
    assert area(theirs, "2730") == told


def test_a27_third_hour_a_week_waits_and_is_offered_the_place_that_frees_in_order(
    matching: ServiceUnderTest, places: list[Any]
) -> None:
    first, second = (gets(matching, waits(matching, MORNINGS), place) for place in places)
    third, fourth = waits(matching, HOUR), waits(matching, HOUR)
    full = centre(matching)
    early = {"place_id": places[0]["id"], "answer_by": "2026-11-09", "version": 1}
    refused = matching.call("POST", f"/centre-stays/{third['id']}/offer", early, client="consultant")
    step(matching, first, "end", reason_code="fleksjob")
    jumped = matching.call("POST", f"/centre-stays/{fourth['id']}/offer", early, client="consultant")
    taken = gets(matching, third, places[0])

    assert [one["stay"]["id"] for one in full["line"]] == [third["id"], fourth["id"]]
    assert [one["room"] for one in full["line"]] == [[], []]
    assert refused.json["code"] == "no_room"
    assert jumped.json["code"] == "not_first"
    assert (taken["state"], taken["windows"]) == ("taken", HOUR)
    assert {one["id"] for one in centre(matching)["there"]} == {second["id"], taken["id"]}


def test_a27_one_hour_a_week_is_a_valid_placement(matching: ServiceUnderTest) -> None:
    company = add_company(matching)
    add_workplace(matching, company)
    hours = {"windows": HOUR, "weekly_hours_min": 1, "weekly_hours_max": 1}
    need = posted(matching, "/needs", need_body(company, **hours))
    match = accepted(matching, need, add_candidate(matching, weekly_hours_min=0.5, weekly_hours_max=2.0))
    first_day = "2026-11-10T10:00:00+01:00"
    made = posted(matching, "/placements", placement_body(match, weekly_hours=1, first_day_at=first_day))

    assert made["weekly_hours"] == 1


def test_somebody_behind_is_offered_a_place_for_a_reason_or_where_those_before_cannot_use_it(
    matching: ServiceUnderTest, places: list[Any]
) -> None:
    waits(matching, HOUR)
    behind, elsewhere = waits(matching, HOUR), waits(matching, ["tue 11:00-12:00"])
    how = {"place_id": places[0]["id"], "answer_by": "2026-11-09"}
    made = step(matching, behind, "offer", order_reason_code="urgent", **how)

    assert (made["state"], made["order_reason_code"]) == ("offered", "urgent")
    assert step(matching, elsewhere, "offer", **how)["order_reason_code"] is None


def test_offer_that_nobody_answers_runs_out_and_whoever_made_it_is_told_until_they_have_read_it(
    matching: ServiceUnderTest, places: list[Any]
) -> None:
    stay = waits(matching, HOUR)
    consultant = matching.browser("job_consultant", subject="johanne")
    form = {"act": "offer", "version": "1", "place_id": places[0]["id"], "answer_by": "2026-11-04"}
    assert consultant.submit(f"/match/centre/ophold/{stay['id']}", form).status_code == 303
    for days, states in ((2, ["offered"]), (3, [])):
        with clock.moved_to(MONDAY + timedelta(days=days)), matching.begin() as session:
            centres.lapse(session)
        assert [one["state"] for one in centre(matching)["there"]] == states
    told = words(consultant.get("/match/centre"))
    consultant.submit(f"/match/centre/ophold/{stay['id']}", {"act": "seen", "version": "3"})

    assert "Dine tilbud, der udløb uden svar" in told
    assert "Dine tilbud, der udløb" not in words(consultant.get("/match/centre"))
    assert centre(matching)["line"] == []


def test_every_step_is_taken_back_while_the_place_is_free(matching: ServiceUnderTest, places: list[Any]) -> None:
    stay = waits(matching, HOUR)
    for act, body, before in (
        ("offer", {"place_id": places[0]["id"], "answer_by": "2026-11-09"}, "waiting"),
        ("end", {"reason_code": "mistake"}, "waiting"),
    ):
        stay = step(matching, step(matching, stay, act, **body), "undo")
        assert stay["state"] == before
    stay = gets(matching, stay, places[0])
    ended = step(matching, stay, "end", reason_code="job")
    gets(matching, waits(matching, HOUR), places[0])
    late = matching.call(
        "POST", f"/centre-stays/{ended['id']}/undo", {"version": ended["version"]}, client="consultant"
    )
    assert late.json["code"] == "changed_since"


def test_yes_needs_the_talk_on_why_one_goes_on_from_there(matching: ServiceUnderTest, places: list[Any]) -> None:
    made = step(matching, waits(matching, HOUR), "offer", place_id=places[0]["id"], answer_by="2026-11-09")
    answer = matching.call(
        "POST", f"/centre-stays/{made['id']}/answer", {"accepted": True, "version": made["version"]},
        client="consultant",
    )  # fmt: skip
    assert "talked_on" in str(answer.json)


def test_wish_for_people_from_elsewhere_shows_no_address_and_changes_no_order(
    matching: ServiceUnderTest, places: list[Any]
) -> None:
    assert places
    near, far = waits(matching, HOUR), waits(matching, HOUR, postal_code=AALBORG)
    hidden = waits(matching, HOUR, protected=True)
    line = centre(matching)["line"]
    home = matching.browser("job_consultant").get(f"/virksomheder/{company_id(matching)}/steder/{P_NUMBER}/centre")

    assert [(one["stay"]["id"], one["area"]) for one in line] == [
        (near["id"], "near"), (far["id"], "elsewhere"), (hidden["id"], "unknown"),
    ]  # fmt: skip
    assert AALBORG not in str(line)
    assert AALBORG not in words(home)
    assert words(home).count("stedets ønske") == 1


def company_id(matching: ServiceUnderTest) -> str:
    return str(matching.call("GET", "/companies", client="consultant").json["items"][0]["id"])


def test_centre_is_made_and_moved_on_by_pages(matching: ServiceUnderTest) -> None:
    company = add_company(matching)
    add_workplace(matching, company)
    citizen = add_candidate(matching)
    consultant: Browser = matching.browser("job_consultant")
    home = f"/virksomheder/{company['id']}/steder/{P_NUMBER}/centre"
    assert "Gør stedet til et virksomhedscenter" in words(consultant.get(home))
    assert consultant.submit(home, {"role": "first", "prefers_elsewhere": "on"}).status_code == 303
    wrong = consultant.submit(f"{home}/plads", {"name": "Plads 1", "days": "tue", "begins": "12:00", "ends": "09:00"})
    place = {"name": "Plads 1", "days": ["tue"], "begins": "09:00", "ends": "12:00"}
    assert consultant.submit(f"{home}/plads", place).status_code == 303
    assert (wrong.status_code, 'value="Plads 1"' in wrong.text) == (422, True)

    asked = {"p_number": P_NUMBER, "days": "tue", "begins": "10:00", "ends": "11:00"}
    assert consultant.submit(f"/match/borger/{citizen}/centre", asked).status_code == 303
    (one,) = centre(matching)["line"]
    stay = f"/match/centre/ophold/{one['stay']['id']}"
    missing = consultant.submit(stay, {"act": "offer", "version": "1", "place_id": one["room"][0], "answer_by": ""})
    assert (missing.status_code, "Svar senest" in words(missing)) == (422, True)
    offer = {"act": "offer", "version": "1", "place_id": one["room"][0], "answer_by": "09-11-2026"}
    assert consultant.submit(stay, offer).status_code == 303
    assert consultant.submit(stay, {"act": "yes", "version": "2", "talked_on": "02-11-2026"}).status_code == 303
    shown = consultant.get(home)
    action, fields = offered(shown.text)
    assert consultant.submit(action, fields).status_code == 303

    assert "Har en plads, talt igennem 2. november 2026" in words(shown)
    assert [one["state"] for one in centre(matching)["there"]] == ["offered"]
    again = matching.call("POST", f"{AT}/stays", {"citizen_id": str(citizen), "windows": HOUR}, client="consultant")
    assert again.json["code"] == "in_line"


def test_whoever_is_offered_a_place_is_written_to_and_no_letter_goes_out_once_it_is_over(
    matching: ServiceUnderTest, places: list[Any]
) -> None:
    asked = {"place_id": places[0]["id"], "answer_by": "2026-11-09"}
    stay = waits(matching, HOUR)
    mistaken = step(matching, step(matching, stay, "offer", **asked), "undo")
    step(matching, step(matching, mistaken, "offer", **asked), "answer", accepted=False)
    other = step(matching, waits(matching, HOUR), "offer", **asked)
    with clock.moved_to(MONDAY + timedelta(days=8)), matching.begin() as session:
        centres.lapse(session)

    told = [(str(one.stay_id), one.answer_by.isoformat()) for one in matching.told(CentrePlaceOffered)]
    assert told == [(stay["id"], "2026-11-09")] * 2 + [(other["id"], "2026-11-09")]
    over = [(str(one.stay_id), one.taken_back_at is not None) for one in matching.told(CentreOfferOver)]
    assert over == [(stay["id"], True), (stay["id"], False), (other["id"], False)]
    first, second, _other = (one.offered_at for one in matching.told(CentrePlaceOffered))
    assert first != second


def test_a_taken_back_answer_offers_the_place_again_in_writing(matching: ServiceUnderTest, places: list[Any]) -> None:
    asked = {"place_id": places[0]["id"], "answer_by": "2026-11-09"}
    stay = step(matching, waits(matching, HOUR), "offer", **asked)
    for said in ({"accepted": False}, {"accepted": True, "talked_on": "2026-11-02"}):
        stay = step(matching, step(matching, stay, "answer", **said), "undo")

    assert stay["state"] == "offered"
    assert [one.answer_by.isoformat() for one in matching.told(CentrePlaceOffered)] == ["2026-11-09"] * 3
    assert len({one.offered_at for one in matching.told(CentrePlaceOffered)}) == 1
