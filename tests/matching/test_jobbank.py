"""The job bank: a workplace asks season by season, and only who said yes is in its catalogue, without a name."""

from datetime import timedelta
from typing import Any

import pytest

from shared import clock
from tests.browser import Browser, offered, words
from tests.house import ServiceUnderTest
from tests.matching.factories import (
    CVR_A,
    MONDAY,
    P_NUMBER,
    accepted,
    add_candidate,
    add_need,
    placement_body,
    posted,
    stated,
    withdraw,
)

SEASONS = f"/workplaces/{P_NUMBER}/seasons"
HIGH = {"name": "Forår", "months": ["04", "03", "05"], "positions": 3}


def been_there(matching: ServiceUnderTest) -> tuple[str, str]:
    """The company, and somebody whose placement there is over a month later."""
    need = add_need(matching)
    citizen = add_candidate(matching)
    placement = posted(matching, "/placements", placement_body(accepted(matching, need, citizen)))
    stated(matching, placement)
    return need["company_id"], str(citizen)


@pytest.fixture
def boss(matching: ServiceUnderTest) -> Browser:
    return matching.browser("company_employee", organisation=CVR_A)


def catalogue(matching: ServiceUnderTest) -> list[Any]:
    found: list[Any] = matching.call("GET", "/company-catalogue", client="company-a").json["items"]
    return found


def test_season_asks_on_the_terms_of_the_need_before_and_who_answered_has_it(matching: ServiceUnderTest) -> None:
    need = add_need(matching, title="Potter og planter")
    posted(matching, f"/needs/{need['id']}/profile", {"soft_wishes": ["customer_surplus"]})
    season = posted(matching, SEASONS, HIGH | {"need_id": need["id"]})
    asked = posted(matching, f"{SEASONS}/{season['id']}/needs", {"starts_on": "2027-03-01", "version": 1})
    again = matching.call(
        "POST", f"{SEASONS}/{season['id']}/needs", {"starts_on": "2027-03-01", "version": 1}, client="consultant"
    )
    same = ("title", "occupation", "weekly_hours_min", "weekly_hours_max", "windows", "adjustments", "employment_form")

    assert [asked[name] for name in same] == [need[name] for name in same]
    assert (asked["positions"], asked["starts_on"]) == (3, "2027-03-01")
    assert matching.call("GET", f"/needs/{asked['id']}/profile", client="consultant").json["soft_wishes"] == [
        "customer_surplus"
    ]
    assert matching.call("GET", f"/needs/{asked['id']}/holder", client="consultant").json["held_by"] == "consultant"
    assert again.status_code == 412
    (known,) = matching.call("GET", SEASONS, client="consultant").json["items"]
    assert (known["months"], known["last_need_id"]) == (["03", "04", "05"], asked["id"])


def test_season_is_of_its_own_workplace_only(matching: ServiceUnderTest) -> None:
    need = add_need(matching)
    elsewhere = matching.call(
        "POST", "/workplaces/1099990009/seasons", HIGH | {"need_id": need["id"]}, client="consultant"
    )
    assert elsewhere.status_code == 404


def test_catalogue_holds_who_said_yes_after_a_placement_without_a_name_and_lets_go_at_once(
    matching: ServiceUnderTest,
) -> None:
    company, citizen = been_there(matching)
    yes = {"citizen_id": citizen, "given": True}
    early = matching.call("POST", f"/companies/{company}/former", yes, client="consultant")
    with clock.moved_to(MONDAY + timedelta(days=60)):
        unasked = catalogue(matching)
        posted(matching, f"/companies/{company}/former", yes)
        (one,) = catalogue(matching)
        posted(matching, f"/companies/{company}/former", yes | {"given": False})
        gone = catalogue(matching)

    assert early.json["code"] == "never_there"
    assert unasked == []
    assert set(one) == {"id", "occupation", "weekly_hours", "starts_on", "ends_on"}
    assert (one["weekly_hours"], one["ends_on"]) == (15, "2026-12-06")
    assert one["id"] != citizen
    assert gone == []


def test_who_takes_part_no_more_is_in_no_catalogue_and_nothing_stays(matching: ServiceUnderTest) -> None:
    company, citizen = been_there(matching)
    with clock.moved_to(MONDAY + timedelta(days=60)):
        posted(matching, f"/companies/{company}/former", {"citizen_id": citizen, "given": True})
        withdraw(matching, citizen)  # type: ignore[arg-type]
        assert catalogue(matching) == []
        assert matching.call("GET", f"/companies/{company}/former", client="consultant").json["items"] == []
        matching.hear()


def test_citizen_says_yes_and_is_out_at_once_on_their_own_page(matching: ServiceUnderTest, boss: Browser) -> None:
    _company, citizen = been_there(matching)
    me = matching.browser("citizen", subject=citizen)
    before = words(me.get("/match/mine-steder"))
    with clock.moved_to(MONDAY + timedelta(days=60)):
        me = matching.browser("citizen", subject=citizen)
        boss = matching.browser("company_employee", organisation=CVR_A)
        (place,) = matching.call(
            "GET", "/own-former-places", client=None, token=matching.token_for("citizen", citizen)
        ).json["items"]
        form = {"company_id": place["company_id"]}
        assert me.submit("/match/mine-steder", form | {"given": "on"}).status_code == 303
        said = me.get("/match/mine-steder")
        seen = words(boss.get("/virksomhed/katalog"))
        action, fields = offered(said.text)
        assert me.submit(action, fields).status_code == 303
        empty = words(boss.get("/virksomhed/katalog"))

    assert "Du har ikke afsluttet et forløb endnu." in before
    assert "må spørge efter dig" in words(said)
    assert "15 timer om ugen" in seen
    assert citizen not in seen
    assert "Ingen er i kataloget lige nu." in empty


def test_job_bank_page_says_how_many_came_and_asks_for_a_season(matching: ServiceUnderTest) -> None:
    need = add_need(matching)
    consultant: Browser = matching.browser("company_consultant", name="Viggo Besøgsen")
    home = f"/virksomheder/{need['company_id']}/steder/{P_NUMBER}/jobbank"
    staff = [{"month": "2026-10", "fte": 65, "subsidised_fte": 15}]
    told = {"p_number": P_NUMBER, "name": "Kantinen i Herlev", "postal_code": "2730", "staff": staff}
    posted(matching, f"/companies/{need['company_id']}/workplaces", told)
    form = HIGH | {"positions": "3", "need_id": need["id"]}
    wrong = consultant.submit(f"{home}/saeson", form | {"months": []})
    assert consultant.submit(f"{home}/saeson", form).status_code == 303
    shown = consultant.get(home)
    action, fields = offered(shown.text)
    consultant.submit(action, fields)
    gone = consultant.get(home)
    action, fields = offered(gone.text)
    assert consultant.submit(action, fields).status_code == 303
    (season,) = matching.call("GET", SEASONS, client="consultant").json["items"]
    asked = {"season_id": season["id"], "version": "1", "starts_on": "01-03-2027"}
    made = consultant.submit(f"{home}/bestil", asked)

    assert (wrong.status_code, 'value="Forår"' in wrong.text) == (422, True)
    assert "15 af 65 ansatte er på støttede vilkår." in words(shown)
    assert "Ingen sæsoner er skrevet op." in words(gone)
    assert "Viggo Besøgsen" in words(consultant.get(made.location))
