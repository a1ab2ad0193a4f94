"""Aarhus' job bank for a garden centre (C10): high season, one contact, candidates who fit, 15 of 65 by way of us."""

from datetime import date
from typing import Any

import pytest

from demo.story import occupation
from shared.clock import danish_time
from tests.journeys.placing import comes, company_of, placed
from tests.journeys.playing import Play

pytestmark = pytest.mark.journeys
BEGINS = date(2027, 4, 5)
BEFORE, CALL = date(2027, 4, 5), date(2027, 7, 5)
CPR, NAME = "6105871111", "Elin Test Opdigtet"
CPR_2, NAME_2 = "6106871112", "Frode Test Opdigtet"
P_NUMBER = "1000000009"
PLACE = f"matching/workplaces/{P_NUMBER}"


def sixty_five_and_fifteen(play: Play, company: str) -> None:
    """65 people, 15 of them by way of the municipality: 50 ordinary, so ten on supported terms and not eleven (A14)."""
    months = ("2027-01", "2027-02", "2027-03", "2027-04", "2027-05", "2027-06")
    play.call("consultant", "POST", f"matching/companies/{company}/workplaces", {
        "p_number": P_NUMBER, "name": "Havecentret", "postal_code": "2730",
        "staff": [{"month": month, "fte": 65.0, "subsidised_fte": 15.0} for month in months],
    })  # fmt: skip
    check = play.call("consultant", "POST", f"{PLACE}/ratio-checks", {
        "offer_type": "virksomhedspraktik", "starts_on": "2027-07-12", "ends_on": "2027-08-08", "weekly_hours": 8,
    })  # fmt: skip
    assert (check["ordinary_fte"], check["limit"]) == (50, 10)


def had_before(play: Play, company: str) -> Any:
    """What the manager rang for last time: radiance and surplus for customers is a wish, never a demand."""
    need = play.call("consultant", "POST", "matching/needs", {
        "company_id": company, "p_number": P_NUMBER, "occupation": occupation(play, "lagermedarbejder"),
        "title": "Plantesalg i højsæson", "employment_form": "fleksjob", "weekly_hours_min": 8, "weekly_hours_max": 8,
        "windows": ["fri 08:00-12:00", "thu 08:00-12:00"], "adjustments": ["quiet_place"], "mentor_offered": True,
        "starts_on": "2027-04-12",
    })  # fmt: skip
    play.call("consultant", "POST", f"matching/needs/{need['id']}/profile", {"soft_wishes": ["customer_surplus"]})
    return need


def season_by_season(play: Play, need: Any) -> Any:
    """The contact knows the company: one call, and the season's need stands with all that was wished before."""
    season = play.call("consultant", "POST", f"{PLACE}/seasons", {
        "name": "Højsæson", "months": ["03", "04", "05", "06"], "positions": 3, "need_id": need["id"],
    })  # fmt: skip
    asked = {"starts_on": "2028-03-01", "version": season["version"]}
    made = play.call("consultant", "POST", f"{PLACE}/seasons/{season['id']}/needs", asked)
    assert (made["positions"], made["weekly_hours_min"], made["starts_on"]) == (3, 8, "2028-03-01")
    held = play.call("consultant", "GET", f"matching/needs/{made['id']}/holder")
    assert held["held_by"] == "consultant"
    wished = play.call("consultant", "GET", f"matching/needs/{made['id']}/profile")
    assert wished["soft_wishes"] == ["customer_surplus"]
    return made


def shortlisted(play: Play, need: Any, citizen: str) -> None:
    play.call("consultant", "POST", f"matching/needs/{need['id']}/shortlist", {"citizen_id": citizen, "kept": True})
    kept = play.call("consultant", "GET", f"matching/needs/{need['id']}/shortlist")["items"]
    assert citizen in [one["citizen_id"] for one in kept]


def asked_again_only_with_a_yes(play: Play, company: str, citizen: str) -> None:
    """The catalogue of former people: nobody without their own yes, no name, and out at once."""
    own = "matching/company-catalogue"
    before = len(play.call("company-a", "GET", own)["items"])
    yes = {"citizen_id": citizen, "given": True, "how": "phone"}
    play.call("consultant", "POST", f"matching/companies/{company}/former", yes)
    shown = play.call("company-a", "GET", own)["items"]
    assert len(shown) == before + 1
    page = play.person("tove").get("/virksomhed/katalog")[1]
    assert [word for word in ("Elin", "Opdigtet", citizen) if word in page] == []
    play.call("consultant", "POST", f"matching/companies/{company}/former", yes | {"given": False})
    assert len(play.call("company-a", "GET", own)["items"]) == before


def clarified_where_no_job_came_of_it(play: Play, placement: str) -> None:
    """What the workplace saw goes to the municipality only; the company that told it reads nothing back."""
    door = f"matching/placements/{placement}/observations"
    play.call("company-a", "POST", door, {"said": "Arbejder godt i fire timer, så falder tempoet."})
    (seen,) = play.call("consultant", "GET", door)["items"]
    assert (seen["told_by"], "tempoet" in seen["said"]) == ("company", True)
    play.call("company-a", "GET", door, expect=403)
    page = play.person("johanne").get(f"/match/aftale/{placement}/iagttagelser")[1]
    assert "Arbejder godt i fire timer" in page


def test_aarhus_jobbank(play: Play) -> None:
    play.it_is(danish_time(BEFORE, 9))
    elin = comes(play, BEFORE, CPR, NAME, category="aktivitetsparat", least=4, most=12)
    placement = placed(play, elin, date(2027, 4, 12), date(2027, 6, 27), hours=8)
    play.it_is(danish_time(CALL, 9))
    frode = comes(play, CALL, CPR_2, NAME_2, category="aktivitetsparat", least=4, most=12)
    company = company_of(play, CALL)
    sixty_five_and_fifteen(play, company)
    page = play.person("viggo").get(f"/virksomheder/{company}/steder/{P_NUMBER}/jobbank")[1]
    assert "15 af 65 ansatte" in page
    need = season_by_season(play, had_before(play, company))
    shortlisted(play, need, frode)
    asked_again_only_with_a_yes(play, company, elin)
    clarified_where_no_job_came_of_it(play, placement)
