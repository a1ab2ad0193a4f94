"""Splejseordningen in Fredericia: an area in two tiers, both of them on record, and what was promised there (C12)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from services.followup import rules
from services.followup.rules import Resident
from shared import clock
from shared.calendar import danish_time
from shared.events import AreaOverviewRequested
from tests.browser import Browser, offered, words
from tests.followup.telling import CITIZEN, citizen, company
from tests.house import ServiceUnderTest

TODAY = date(2026, 12, 9)
AREA = "proevebakken"
PAGE = f"/opfoelgning/omraader?omraade={AREA}&formaal=matching"
SOON = date(2027, 1, 31)


@pytest.fixture
def fredericia(followup: ServiceUnderTest) -> Iterator[ServiceUnderTest]:
    """Three people who are about to lose dagpenge, and twelve on kontanthjælp."""
    with clock.moved_to(danish_time(TODAY, 11)):
        followup.hear(company())
        for number in range(15):
            who = UUID(int=500 + number)
            followup.hear(citizen(citizen_id=who, name=f"Beboer Test {number}"))
            losing = number < 3
            live(followup, who, benefit="dagpenge" if losing else "kontanthjaelp",
                 dagpenge_until=(SOON + timedelta(days=number)).isoformat() if losing else None)  # fmt: skip
        yield followup


def live(service: ServiceUnderTest, who: UUID, **told: Any) -> Any:
    body = {"area_code": AREA, "benefit": "dagpenge", "qualifications": ["kitchen"]} | told
    return service.call("POST", f"/citizens/{who}/area", body, client="consultant")


def looks(service: ServiceUnderTest) -> list[Any]:
    rows = text("SELECT role, purpose, how, cardinality(subjects), route FROM lookup WHERE how = 'list' ORDER BY seq")
    return [tuple(row) for row in service.connection.execute(rows)]


@pytest.fixture
def partner(fredericia: ServiceUnderTest) -> Browser:
    return fredericia.browser("partner")


def test_a31_partner_sees_under_five_and_consultant_a_list_with_dates_and_both_are_on_record(
    fredericia: ServiceUnderTest, partner: Browser
) -> None:
    outside = partner.get(PAGE)
    assert "Mister dagpengeretten inden 26 uger under 5" in words(outside)
    assert "Beboer Test" not in outside.text

    inside = words(fredericia.browser("job_consultant").get(PAGE.replace("matching", "follow_up")))
    assert "Mister dagpengeretten inden 26 uger 3" in inside
    assert "Beboer Test 0 Dagpenge 31. januar 2027 Snart slut køkken Beboer Test 1 Dagpenge 1. februar 2027" in inside
    assert looks(fredericia) == [
        ("partner", "matching", "list", 0, "/opfoelgning/omraader"),
        ("job_consultant", "follow_up", "list", 15, "/opfoelgning/omraader"),
    ]


def test_a31_programs_have_the_same_two_tiers(fredericia: ServiceUnderTest) -> None:
    token = fredericia.token_for("partner")
    counts = fredericia.call("GET", f"/areas/{AREA}/overview?purpose=matching", token=token, client=None).json
    told = {one["name"]: one["count"] for one in counts["counts"]}

    assert (told["all"], told["losing"], told["benefit.dagpenge"], told["benefit.kontanthjaelp"]) == (
        15,
        None,
        None,
        10,
    )
    denied = fredericia.call("GET", f"/areas/{AREA}/people?purpose=matching", token=token, client=None)
    assert denied.status_code == 403
    people = fredericia.call("GET", f"/areas/{AREA}/people?purpose=follow_up", client="consultant").json["people"]
    assert [one["dagpenge_until"] for one in people[:4]] == ["2027-01-31", "2027-02-01", "2027-02-02", None]


def test_without_a_purpose_nothing_is_shown_and_nobody_is_looked_at(
    fredericia: ServiceUnderTest, partner: Browser
) -> None:
    shown = words(partner.get(f"/opfoelgning/omraader?omraade={AREA}"))

    assert "Vælg et område, og hvad du skal bruge det til." in shown
    assert "Mister dagpengeretten" not in shown
    assert fredericia.call("GET", f"/areas/{AREA}/people", client="consultant").status_code == 422


@pytest.mark.parametrize(("number", "shown"), [(0, 0), (1, None), (4, None), (5, 5), (7, 5), (8, 10), (12, 10)])
def test_outsiders_see_no_small_count_and_none_to_subtract_from(number: int, shown: int | None) -> None:
    assert rules.rounded(number, 5) == shown


@pytest.mark.parametrize(
    ("until", "soon"), [(None, False), (date(2026, 1, 1), True), (date(2027, 6, 9), True), (date(2027, 6, 10), False)]
)
def test_the_right_to_dagpenge_is_watched_for_half_a_year(until: date | None, soon: bool) -> None:
    assert rules.loses_soon(until, TODAY, 26) is soon


def test_everybody_is_counted_by_what_they_live_by_and_what_they_can() -> None:
    found = rules.counts(
        [Resident("dagpenge", SOON, ("care", "care"), "jobparat"), Resident("none", None, ("care",), None)], TODAY, 26
    )

    assert found == {
        "all": 2, "losing": 1, "benefit.dagpenge": 1, "benefit.none": 1, "can.care": 2, "category.jobparat": 1,
    }  # fmt: skip


def test_protected_address_is_in_no_area_and_leaves_the_list(fredericia: ServiceUnderTest) -> None:
    fredericia.hear(citizen(name=None, protected=True))
    assert live(fredericia, CITIZEN).json["code"] == "protected"
    fredericia.hear(citizen(citizen_id=UUID(int=500), name=None, protected=True), version=2)

    people = fredericia.call("GET", f"/areas/{AREA}/people?purpose=follow_up", client="consultant").json["people"]
    assert str(UUID(int=500)) not in [one["citizen_id"] for one in people]


def test_resident_is_noted_on_a_page_with_undo(fredericia: ServiceUnderTest) -> None:
    fredericia.hear(citizen())
    of = f"/opfoelgning/borger/{CITIZEN}/omraade"
    adviser = fredericia.browser("adviser")
    typed = {"area_code": AREA, "benefit": "kontanthjaelp", "dagpenge_until": "31-01-2027", "qualifications": "care"}
    wrong = adviser.submit(of, typed)
    assert (wrong.status_code, "Dagpenge til: Kun for dagpenge." in words(wrong)) == (422, True)
    adviser.submit(of, typed | {"benefit": "dagpenge"})
    undo = offered(adviser.get(of).text)
    assert "Nancy Ann Test Berggren Dagpenge 31. januar 2027 Snart slut pleje" in words(adviser.get(PAGE))
    adviser.submit(*undo)

    assert "Nancy Ann" not in words(adviser.get(PAGE))


def test_promises_of_subcontractors_are_followed_by_both(fredericia: ServiceUnderTest, partner: Browser) -> None:
    consultant = fredericia.browser("job_consultant")
    typed = {
        "area_code": AREA, "company": "Vestkystens Smede", "project": "Renovering", "kind": "apprenticeship",
        "promised": "2", "due_on": "01-12-2026",
    }  # fmt: skip
    assert consultant.submit("/opfoelgning/omraader/loefte", typed | {"company": "Smede"}).status_code == 422
    consultant.submit("/opfoelgning/omraader/loefte", typed)
    assert "Vestkystens Smede Renovering Elevpladser 0 af 2 1. december 2026 For sent" in words(partner.get(PAGE))

    [made] = fredericia.call("GET", f"/areas/{AREA}/people?purpose=follow_up", client="consultant").json["promises"]
    consultant.submit(f"/opfoelgning/omraader/loefte/{made['id']}", {"kept": "2"})
    assert "2 af 2 1. december 2026 " in words(partner.get(PAGE))
    consultant.submit(f"/opfoelgning/omraader/loefte/{made['id']}/fortryd", {"taken_back": "true"})
    assert "Ingen har lovet noget endnu." in words(partner.get(PAGE))


def test_an_area_that_is_not_set_up_is_refused(fredericia: ServiceUnderTest) -> None:
    assert live(fredericia, UUID(int=500), area_code="andetsteds").status_code == 422
    assert fredericia.call("GET", "/areas/andetsteds/people?purpose=matching", client="consultant").status_code == 422


def test_a31_that_an_area_was_asked_for_is_told_without_anybody_in_it(
    fredericia: ServiceUnderTest, partner: Browser
) -> None:
    partner.get(PAGE)
    fredericia.call("GET", f"/areas/{AREA}/people?purpose=follow_up", client="consultant")

    told = [(one.role, one.tier, one.purpose, one.area_code) for one in fredericia.told(AreaOverviewRequested)]
    assert told == [
        ("partner", "counts", "matching", AREA), ("company_consultant", "people", "follow_up", AREA),
    ]  # fmt: skip
    hidden = [one.cells_hidden for one in fredericia.told(AreaOverviewRequested)]
    assert (hidden[0] > 0, hidden[1]) == (True, 0)
    assert not any("Beboer" in str(one) or str(UUID(int=500)) in str(one) for one in fredericia.envelopes()[-2:])
