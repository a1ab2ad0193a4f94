"""What a company is and can offer: its industry by DB25, staff from a register, its profile, our one contact."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from services.matching.use_cases import unit_register
from tests.browser import Browser, offered, words
from tests.house import ServiceUnderTest
from tests.matching.factories import (
    CVR_A,
    CVR_B,
    P_NUMBER,
    accepted,
    add_candidate,
    add_company,
    add_need,
    add_workplace,
    know,
    placement_body,
    posted,
    stated,
)
from tests.matching.test_closed_units import Register

CLEANING, BAKERY = "812100", "107120"
OFFER = {
    "adjustments": ["quiet_place", "fixed_routine"],
    "mentor_offered": True,
    "shifts": ["weekend"],
    "season": ["05", "06"],
    "languages": ["pl"],
    "soft_wishes": ["careful"],
}


@pytest.fixture
def register() -> Iterator[Register]:
    made = Register()
    made.industries, made.months = {CVR_A: BAKERY, CVR_B: "999999"}, {"2026-09": 12.5, "2026-10": 13.0}
    unit_register.join(made)
    yield made
    unit_register.join(None)


@pytest.fixture
def berit(matching: ServiceUnderTest) -> Browser:
    return matching.browser("company_consultant", subject="berit", name="Berit", organisation="jobbutikken")


@pytest.mark.parametrize(("told", "found"), [
    ("812100", CLEANING),
    ("81.21.00", CLEANING),
    ("812100 Almindelig rengøring i bygninger", CLEANING),
    ("fremstilling af friske bageriprodukter", BAKERY),
    (None, None),
    ("812999", "Branchen er ikke på listen DB25."),
    ("raketter til Mars", "Branchen er ikke på listen DB25."),
    ("rengøring", "Det kan være flere, fx 20.41.00"),
])  # fmt: skip
def test_an_industry_is_a_code_of_db25_or_what_only_one_is_called(
    matching: ServiceUnderTest, told: str | None, found: str | None
) -> None:
    contact = {"name": "Vera Vagn", "email": "vera@firma.example", "phone": None}
    body = {"cvr": CVR_A, "name": "Kantinen ApS", "contact": contact, "industry": told}
    answer = matching.call("POST", "/companies", body, client="consultant")

    if answer.status_code == 201:
        assert answer.json["industry"] == found
        again = {name: value for name, value in body.items() if name != "industry"}
        assert posted(matching, "/companies", again)["industry"] == found
    else:
        assert str(found) in str(answer.json)


def test_the_industry_is_found_while_somebody_types_and_its_correction_is_taken_back(
    matching: ServiceUnderTest, berit: Browser
) -> None:
    home = f"/virksomheder/{add_company(matching)['id']}"
    listed = berit.get("/virksomheder/brancher?industry=bageri").text
    told = {"version": "1", "name": "Kantinen ApS", "contact.name": "Vera Vagn"}
    wrong = berit.submit(f"{home}/ret", told | {"industry": "bagværk fra månen"})
    berit.submit(f"{home}/ret", told | {"industry": f"{BAKERY} Fremstilling af friske bageriprodukter"})
    page = berit.get(home)
    action, fields = offered(page.text)
    berit.submit(action, fields)

    assert f'value="{BAKERY} Fremstilling af friske bageriprodukter"' in listed
    assert wrong.status_code == 422
    assert "bagværk fra månen" in wrong.text
    assert "Fremstilling af friske bageriprodukter" in words(page)
    assert "bageriprodukter" not in words(berit.get(home))
    found = matching.call("GET", "/industries?industry=10.71", client="consultant").json
    assert (found["items"][0]["code"], found["source"]) == ("107110", "Kilde: Danmarks Statistik")


def test_a_register_fills_what_nobody_told_and_what_the_company_says_goes_first(
    matching: ServiceUnderTest, register: Register
) -> None:
    company = add_company(matching, industry=None)
    told = [{"month": "2026-10", "fte": 20, "subsidised_fte": 2}]
    made = add_workplace(matching, company, staff=told)
    again = add_workplace(matching, company, staff=[])
    other = add_company(matching, CVR_B, name="Bageriet")

    assert (company["industry"], other["industry"]) == (BAKERY, None)
    assert [(one["month"], one["fte"], one["subsidised_fte"]) for one in made["staff"]] == [
        ("2026-09", 12.5, 0.0), ("2026-10", 20.0, 2.0),
    ]  # fmt: skip
    assert again["staff"] == made["staff"]


def test_a_unit_that_has_closed_is_not_extended(matching: ServiceUnderTest, register: Register) -> None:
    made = posted(matching, "/placements", placement_body(
        accepted(matching, add_need(matching), add_candidate(matching, "aktivitetsparat")), ends_on="2027-02-07",
    ))  # fmt: skip
    stated(matching, made)
    wanted = {"kind": "extended", "reason_code": "concrete_assessment", "ends_on": "2027-05-09", "number": 1}
    register.closed = {P_NUMBER: date(2026, 11, 2)}
    answer = matching.call("POST", f"/placements/{made['id']}/changes", wanted, client="consultant")

    assert (answer.status_code, answer.json["code"]) == (409, "unit_closed")


def test_what_a_company_can_offer_is_told_on_a_page_taken_back_and_begins_a_need_and_a_call(
    matching: ServiceUnderTest, berit: Browser
) -> None:
    company = add_company(matching)
    add_workplace(matching, company)
    home = f"/virksomheder/{company['id']}"
    empty = words(berit.get(home))
    berit.submit(f"{home}/tilbyder", OFFER | {"mentor_offered": "on"})
    page = berit.get(home)
    action, fields = offered(page.text)
    need = berit.get(f"/match/behov/ny/{company['id']}").text
    berit.submit("/virksomheder/opkald/hvem", {"company_id": company["id"]})
    call = berit.get("/virksomheder/opkald").text
    stale = berit.submit(f"{home}/tilbyder", {"mentor_offered": "on"})

    assert "Vi har ikke spurgt endnu." in empty
    assert "Hensyn, der kan tages Et roligt sted og faste rutiner" in words(page).replace("et roligt", "Et roligt")
    assert "Det lægger virksomheden vægt på omhyggelig" in words(page)
    for form in (need, call):
        assert 'value="quiet_place" checked' in form
        assert "det, virksomheden plejer at kunne tilbyde" in form
    assert 'value="05" checked' in call
    assert stale.status_code == 412
    berit.submit(action, fields)
    assert "Vi har ikke spurgt endnu." in words(berit.get(home))


def test_what_is_corrected_in_a_call_outlives_the_wrong_company_and_its_offer_does_not(
    matching: ServiceUnderTest, berit: Browser
) -> None:
    wrong, right = add_company(matching), add_company(matching, CVR_B, name="Bageriet")
    posted(matching, f"/companies/{wrong['id']}/offer", OFFER)
    berit.submit("/virksomheder/opkald/hvem", {"company_id": wrong["id"]})
    ticked = {"adjustments": OFFER["adjustments"], "mentor_offered": "on"}
    berit.submit("/virksomheder/opkald/gem", ticked | {"season": ["12"]})
    berit.submit("/virksomheder/opkald/hvem", {"otherwise": "on"})
    berit.submit("/virksomheder/opkald/hvem", {"company_id": right["id"]})
    ticks = re.findall(r'name="(season|adjustments|mentor_offered)"[^>]* value="(\w+)"[^>]* checked',
                       berit.get("/virksomheder/opkald").text)  # fmt: skip

    assert ticks == [("season", "12")]


def test_the_company_tells_itself_what_it_can_offer_takes_it_back_and_its_next_need_begins_with_it(
    matching: ServiceUnderTest,
) -> None:
    add_company(matching, CVR_B, name="Bageriet")
    company = add_company(matching)
    add_workplace(matching, company)
    boss = matching.browser("company_employee", organisation=CVR_A)
    bad = boss.submit("/virksomhed/tilbyder", {"adjustments": ["quiet_place"], "shifts": ["never"]})
    boss.submit("/virksomhed/tilbyder", OFFER | {"mentor_offered": "on"})
    page = boss.get("/virksomhed/tilbyder")
    action, fields = offered(page.text)
    told = matching.call("GET", "/company-offer", client="company-a").json
    elsewhere = matching.call("GET", "/company-offer", client="company-b").json

    assert (bad.status_code, 'value="quiet_place" checked' in bad.text) == (422, True)
    assert told == {"company_id": company["id"], "version": 1, **OFFER}
    assert (elsewhere["version"], elsewhere["adjustments"]) == (None, [])
    for form in (page, boss.get("/virksomhed/behov/ny")):
        assert 'value="quiet_place" checked' in form.text
    assert "Det kan I tilbyde" in words(boss.get("/virksomhed"))
    usual = "udfyldt med det, virksomheden plejer at kunne tilbyde"
    like = boss.get(f"/virksomhed/behov/ny?fra={add_need(matching, adjustments=[])['id']}")
    assert usual in words(boss.get("/virksomhed/behov/ny"))
    assert "Det er udfyldt som sidst." in words(like)
    assert (usual in words(like), 'value="quiet_place" checked' in like.text) == (False, False)
    boss.submit(action, fields)
    assert matching.call("GET", "/company-offer", client="company-a").json["version"] is None


def test_what_a_company_likes_ranks_and_keeps_nobody_out(matching: ServiceUnderTest) -> None:
    need = add_need(matching)
    plain, careful = add_candidate(matching), add_candidate(matching, known=False)
    know(matching, careful, strengths=["careful"], languages=["pl"])
    door = f"/companies/{need['company_id']}/offer"
    posted(matching, door, OFFER)
    listed = matching.call("GET", f"/needs/{need['id']}/candidates", client="consultant").json["items"]
    said = {one["citizen_id"]: {part["code"]: part for part in one["factors"]} for one in listed}

    assert [one["citizen_id"] for one in listed] == [str(careful), str(plain)]
    assert said[str(careful)]["strengths"]["points"] == said[str(careful)]["strengths"]["weight"]
    assert said[str(careful)]["spoken"]["words_da"] == "der tales også polsk"
    assert matching.call("GET", door, client="consultant").json["version"] == 1


def test_our_contact_and_their_cover_are_named_in_the_list_and_at_the_need(
    matching: ServiceUnderTest, berit: Browser
) -> None:
    need = add_need(matching)
    berit.submit(f"/virksomheder/{need['company_id']}/kontaktperson", {"act": "take"})
    rosa = matching.browser("job_consultant", subject="rosa", name="Rosa", organisation="ungeenheden")
    rosa.submit("/virksomheder/daekning", {"absent": "berit", "from_on": "02-11-2026", "until_on": "06-11-2026"})
    shown: list[Any] = [words(rosa.get(path)) for path in ("/virksomheder", f"/match/behov/{need['id']}")]

    assert "Berit (passes af Rosa)" in shown[0]
    assert "Berit Rosa passer virksomheden til og med 6. november 2026." in shown[1]
