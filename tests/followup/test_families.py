"""Familien på vej in Jammerbugt: one plan across departments, seen by those whom the family lets see it (C6)."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from services.followup import rules
from shared import clock
from shared.calendar import danish_time
from shared.errors import Invalid, Refused
from shared.events import ActionAssigned, CitizenErased, FamilyForumHeld, MilestoneReached
from tests.browser import Browser, offered, words
from tests.followup.surroundings import family
from tests.followup.telling import CITIZEN, citizen, company, placement
from tests.house import ServiceUnderTest

PARTNER = UUID(int=82)
TODAY = date(2026, 12, 9)
OWN = "/opfoelgning/min-familie"
HOME_HELP = {"what": "Søge hjemmestøtte", "department": "children_family", "responsible": "Ulla Familie"}
TRY_OUT = {
    "what": "Finde en praktikplads", "department": "labour_market", "responsible": "Rune Rådvad",
    "after_code": "daily_structure",
}  # fmt: skip


@pytest.fixture
def begun(followup: ServiceUnderTest) -> Iterator[ServiceUnderTest]:
    """Two grown-ups whom nobody knows from one another yet."""
    with clock.moved_to(danish_time(date(2026, 11, 30), 11)):
        followup.hear(citizen(), company(), placement(), citizen(citizen_id=PARTNER, name="Ruddi Test Berggren"))
    with clock.moved_to(danish_time(TODAY, 11)):
        yield followup


@pytest.fixture
def adviser(begun: ServiceUnderTest) -> Browser:
    return begun.browser("adviser", organisation="jobbutikken")


@pytest.fixture
def elsewhere(begun: ServiceUnderTest) -> Browser:
    """Somebody of the children's and families' department."""
    return begun.browser("adviser", organisation="familieafdelingen")


def call(service: ServiceUnderTest, path: str, body: Any = None) -> Any:
    return service.call("POST", path, body, client="consultant")


def the_action(service: ServiceUnderTest) -> str:
    return str(service.connection.scalar(text("SELECT id FROM family_action")))


def page(family_id: str) -> str:
    return f"/opfoelgning/familie/{family_id}"


@pytest.mark.parametrize(
    ("department", "consents", "seen"),
    [
        ("labour_market", [()], True),
        ("children_family", [()], False),
        ("children_family", [("children_family",)], True),
        ("children_family", [("children_family",), ()], False),
        ("children_family", [], False),
    ],
)
def test_a_department_sees_the_plan_when_everybody_in_it_has_said_yes(
    department: str, consents: list[tuple[str, ...]], seen: bool
) -> None:
    assert rules.sees_all(department, "labour_market", consents) is seen


def test_waiting_is_counted_from_the_grant() -> None:
    assert rules.waited(None, None, TODAY) is None
    assert rules.waited(date(2026, 12, 1), None, TODAY) == 8
    assert rules.waited(date(2026, 12, 1), date(2026, 12, 4), TODAY) == 3


@pytest.mark.parametrize(
    ("applied", "granted", "begun_on"),
    [
        (date(2026, 12, 2), date(2026, 12, 1), None),
        (date(2026, 12, 1), None, date(2026, 12, 2)),
        (date(2026, 12, 1), date(2026, 12, 2), date(2026, 12, 10)),
    ],
)
def test_help_is_applied_for_then_granted_then_begun(applied: date, granted: Any, begun_on: Any) -> None:
    with pytest.raises(Invalid):
        rules.check_grant(applied, granted, begun_on, TODAY)


def test_no_placement_is_demanded_before_there_is_structure(begun: ServiceUnderTest) -> None:
    own = f"/families/{family(begun)['id']}"
    [action] = call(begun, f"{own}/actions", TRY_OUT).json["actions"]
    assert action["waits"] is True
    assert call(begun, f"{own}/actions/done", {"action_id": action["id"]}).json["code"] == "milestone_first"

    call(begun, f"{own}/milestones", {"code": "daily_structure", "reached_on": "2026-12-08"})
    done = call(begun, f"{own}/actions/done", {"action_id": action["id"]}).json["actions"][0]
    assert done["done_at"] is not None
    assert [one.reached_on for one in begun.told(MilestoneReached)] == [date(2026, 12, 8)]
    assert [one.is_open for one in begun.told(ActionAssigned)] == [True, False]
    with pytest.raises(Refused, match="milestone_first"):
        rules.check_done("daily_structure", {"economy"})


@pytest.mark.parametrize("missing", ["department", "responsible"])
def test_an_action_has_one_person_and_one_department(begun: ServiceUnderTest, missing: str) -> None:
    body = {name: value for name, value in TRY_OUT.items() if name != missing}

    assert call(begun, f"/families/{family(begun)['id']}/actions", body).status_code == 422


def test_another_department_sees_its_own_until_all_have_consented(
    begun: ServiceUnderTest, adviser: Browser, elsewhere: Browser
) -> None:
    known = family(begun, dream="Et hus med have")
    own = page(known["id"])
    adviser.submit(f"{own}/opgave", TRY_OUT)
    adviser.submit(f"{own}/opgave", HOME_HELP)
    seen = words(elsewhere.get(own))
    assert ("Søge hjemmestøtte" in seen, "praktikplads" in seen, "hus med have" in seen) == (True, False, False)
    assert "1 opgaver er ikke vist" in seen
    assert elsewhere.submit(f"{own}/milepael", {"code": "economy", "reached_on": "09-12-2026"}).status_code == 409

    consent = {"member_id": known["members"][0]["id"], "department": "children_family", "given": "true"}
    adviser.submit(f"{own}/samtykke", consent)
    assert "hus med have" in words(elsewhere.get(own))
    adviser.submit(f"{own}/voksen", {"citizen_id": str(PARTNER)})
    assert "hus med have" not in words(elsewhere.get(own))


def test_family_takes_its_consent_back_by_itself(begun: ServiceUnderTest, elsewhere: Browser) -> None:
    known = family(begun, dream="Et hus med have")
    nancy = begun.browser("citizen", subject=str(CITIZEN))
    nancy.submit(f"{OWN}/samtykke", {"department": "children_family", "given": "true"})
    assert "hus med have" in words(elsewhere.get(page(known["id"])))
    nancy.submit(*offered(nancy.get(OWN).text))

    assert "hus med have" not in words(elsewhere.get(page(known["id"])))


def test_family_sees_the_whole_plan_and_whom_to_ring(begun: ServiceUnderTest, adviser: Browser) -> None:
    known = family(begun, dream="Et hus med have", lead_name="Rune Rådvad")
    adviser.submit(f"{page(known['id'])}/opgave", HOME_HELP)
    shown = words(begun.browser("citizen", subject=str(CITIZEN)).get(OWN))

    assert "Ring til Rune Rådvad" in shown
    assert "Søge hjemmestøtte Ulla Familie Børn og familie" in shown
    other = begun.browser("citizen", subject=str(PARTNER))
    assert "Du har ikke en fælles plan." in words(other.get(OWN))
    assert other.submit(f"{OWN}/samtykke", {"department": "health", "given": "true"}).status_code == 404


def test_everybody_at_one_table_is_kept_and_told_without_a_word(begun: ServiceUnderTest, adviser: Browser) -> None:
    own = page(family(begun)["id"])
    typed = {
        "held_on": "08-12-2026", "decisions": "Hjemmestøtte først", "there_family": "Nancy, Ruddi",
        "there_children_family": "Ulla Familie",
    }  # fmt: skip
    adviser.submit(f"{own}/moede", typed)

    assert "Ulla Familie (Børn og familie), Nancy (Familien), Ruddi (Familien) Hjemmestøtte først" in words(
        adviser.get(own)
    )
    assert [(one.attended, one.held_on) for one in begun.told(FamilyForumHeld)] == [(3, date(2026, 12, 8))]
    history = begun.connection.scalar(text("SELECT string_agg(changes::text, '') FROM audit"))
    told = f"{begun.envelopes()}{history}"
    assert [secret for secret in ("Hjemmestøtte", "Ulla", "Nancy") if secret in told] == []


def test_help_is_granted_while_there_is_a_waiting_list(begun: ServiceUnderTest, adviser: Browser) -> None:
    own = page(family(begun)["id"])
    body = {"kind": "home_support", "department": "children_family", "applied_on": "01-12-2026"}
    adviser.submit(f"{own}/hjaelp", body)
    adviser.submit(f"{own}/hjaelp", body | {"granted_on": "02-12-2026"})

    assert "Støtte i hjemmet Børn og familie 1. december 2026 2. december 2026 Venter 7" in words(adviser.get(own))


def test_actions_are_undone_by_the_message(begun: ServiceUnderTest, adviser: Browser) -> None:
    own = page(family(begun)["id"])
    adviser.submit(f"{own}/opgave", HOME_HELP)
    adviser.submit(*offered(adviser.get(own).text))
    dropped = adviser.get(own)
    assert "Der er ingen opgaver endnu." in words(dropped)
    adviser.submit(f"{own}/opgave/fjern", {"action_id": the_action(begun), "dropped": "false"})
    assert "Søge hjemmestøtte" in words(adviser.get(own))


def test_plan_is_made_from_the_citizens_page_once(begun: ServiceUnderTest, adviser: Browser) -> None:
    of = f"/opfoelgning/borger/{CITIZEN}/familie"
    wrong = adviser.submit(of, {"dream": "Et hus med have"})
    assert (wrong.status_code, "Et hus med have" in wrong.text) == (422, True)
    assert adviser.submit(of, {"lead_name": "Rune Rådvad"}).status_code == 303
    assert "Åbn familiens plan" in words(adviser.get(of))

    assert adviser.submit(of, {"lead_name": "Rune Rådvad"}).status_code == 409


def test_plan_goes_with_whom_it_began(begun: ServiceUnderTest) -> None:
    family(begun, dream="Et hus med have")
    begun.hear(CitizenErased(citizen_id=CITIZEN, classes=("wishes",)))

    assert begun.connection.scalar(text("SELECT dream FROM family")) is None
