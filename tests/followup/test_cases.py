"""Whose case it is, what is to happen next and by whom, what is at risk, and whether an interpreter is booked."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from shared import clock
from shared.calendar import danish_time
from tests.browser import Browser, offered, words
from tests.followup.telling import CITIZEN, PLACEMENT, citizen, company, placement
from tests.house import ServiceUnderTest

BOARD, CASE = "/opfoelgning", f"/opfoelgning/forloeb/{PLACEMENT}"
JOHANNE, RUNE = {"subject": "johanne", "name": "Johanne Prøve"}, {"subject": "rune", "name": "Rune Prøve"}
WEDNESDAY = date(2027, 1, 6)


@pytest.fixture
def begun(followup: ServiceUnderTest) -> Iterator[ServiceUnderTest]:
    """A placement on its third day, nothing held, with somebody who needs an interpreter."""
    followup.hear(citizen(language="so", interpreter=True), company(), placement(
        cadence="handholding", starts_on=date(2027, 1, 4), ends_on=date(2027, 4, 4),
        first_day_at=danish_time(date(2027, 1, 4), 8),
    ))  # fmt: skip
    with clock.moved_to(danish_time(WEDNESDAY, 11)):
        yield followup


@pytest.fixture
def johanne(begun: ServiceUnderTest) -> Browser:
    return begun.browser("job_consultant", organisation="jobbutikken", **JOHANNE)


@pytest.fixture
def rune(begun: ServiceUnderTest) -> Browser:
    """Met by the pages already, so that he can be given cases."""
    rune = begun.browser("adviser", organisation="ungeenheden", **RUNE)
    assert rune.get(BOARD).status_code == 200
    return rune


def first_contact(service: ServiceUnderTest) -> UUID:
    return service.connection.scalars(text("SELECT id FROM contact ORDER BY planned_at")).first()  # type: ignore[return-value]


def steps(service: ServiceUnderTest) -> list[tuple[Any, ...]]:
    found = service.connection.execute(text("SELECT code, due_on, owner, done_at IS NULL FROM next_step"))
    return [tuple(row) for row in found]


def test_a_case_is_nobodys_until_somebody_takes_it_and_that_can_be_undone(johanne: Browser) -> None:
    assert "Vestkystens Smede Ingen har sagen" in words(johanne.get(f"{BOARD}?hvis=unassigned"))

    assert johanne.submit(f"{CASE}/ansvarlig/mig").status_code == 303
    page = johanne.get(CASE)

    assert "Ansvarlig Johanne Prøve" in words(page)
    assert "Vestkystens Smede" not in words(johanne.get(f"{BOARD}?hvis=unassigned"))
    undo, fields = offered(page.text)
    assert johanne.submit(undo, fields).status_code == 303
    assert "Vestkystens Smede" in words(johanne.get(f"{BOARD}?hvis=unassigned"))


def test_board_opens_with_ones_own_cases_and_shows_those_of_the_unit_apart(johanne: Browser, rune: Browser) -> None:
    johanne.submit(f"{CASE}/ansvarlig/mig")
    colleague = "Nancy Ann Test Berggren"

    assert colleague in words(johanne.get(BOARD))
    assert colleague in words(johanne.get(f"{BOARD}?hvis=team"))
    assert colleague in words(rune.get(BOARD))
    assert colleague not in words(rune.get(f"{BOARD}?hvis=team"))
    assert colleague not in words(rune.get(f"{BOARD}?hvis=mine"))


def test_a_case_is_given_to_somebody_the_pages_have_met_and_to_nobody_else(johanne: Browser, rune: Browser) -> None:
    refused = johanne.submit(f"{CASE}/ansvarlig", {"owner": "somebody"})
    assert (refused.status_code, "Vælg en kollega." in words(refused)) == (422, True)

    assert johanne.submit(f"{CASE}/ansvarlig", {"owner": "rune"}).status_code == 303
    assert "Nancy" in words(rune.get(f"{BOARD}?hvis=mine"))


def test_undo_of_a_case_that_changed_hands_since_is_refused(johanne: Browser, rune: Browser) -> None:
    johanne.submit(f"{CASE}/ansvarlig/mig")
    undo, fields = offered(johanne.get(CASE).text)
    rune.submit(f"{CASE}/ansvarlig/mig")

    assert johanne.submit(undo, fields).status_code == 409


def test_what_was_said_stays_here_and_the_next_step_has_a_day_and_an_owner(
    begun: ServiceUnderTest, johanne: Browser, rune: Browser
) -> None:
    contact = first_contact(begun)
    held = johanne.submit(f"{BOARD}/kontakt/{contact}/holdt", {
        "outcome_code": "needs_adjustment", "note": "Larmen i hallen er hård.", "next_step_code": "other_tasks",
        "next_step_on": "06-01-2027", "next_step_owner": "rune",
    })  # fmt: skip

    assert held.status_code == 303
    assert steps(begun) == [("other_tasks", WEDNESDAY, "rune", True)]
    assert "Andre opgaver Nancy Ann Test Berggren" in words(rune.get(f"{BOARD}?hvis=mine"))
    assert "Larmen i hallen er hård." in words(johanne.get(f"{BOARD}/kontakt/{contact}"))
    assert "Larmen" not in begun.call("GET", f"/placements/{PLACEMENT}", client="consultant").text
    assert "Larmen" not in str(begun.envelopes())
    assert "Larmen" not in str(begun.connection.execute(text("SELECT changes FROM audit")).all())


def test_a_next_step_without_a_day_is_due_in_a_week_and_is_whose_case_it_is(
    begun: ServiceUnderTest, johanne: Browser, rune: Browser
) -> None:
    rune.submit(f"{CASE}/ansvarlig/mig")
    johanne.submit(f"{BOARD}/kontakt/{first_contact(begun)}/holdt", {
        "outcome_code": "going_well", "next_step_code": "more_hours",
    })  # fmt: skip

    assert steps(begun) == [("more_hours", date(2027, 1, 13), "rune", True)]


def test_one_click_says_that_it_went_well_and_one_more_takes_it_back(begun: ServiceUnderTest, johanne: Browser) -> None:
    contact = first_contact(begun)
    assert johanne.submit(f"{BOARD}/kontakt/{contact}/holdt", {"outcome_code": "going_well"}).status_code == 303

    assert steps(begun) == []
    undo, fields = offered(johanne.get(BOARD).text)
    assert johanne.submit(undo, fields).status_code == 303
    assert "2 dage for sent" in words(johanne.get(BOARD))


def test_taking_a_talk_back_takes_its_step_along_unless_that_is_done(begun: ServiceUnderTest, johanne: Browser) -> None:
    path = f"{BOARD}/kontakt/{first_contact(begun)}"
    johanne.submit(f"{path}/holdt", {"outcome_code": "going_well", "next_step_code": "extend"})
    step = begun.connection.scalar(text("SELECT id FROM next_step"))
    undo, fields = offered(johanne.get(BOARD).text)
    johanne.submit(f"{BOARD}/skridt/{step}/gjort")
    back, version = offered(johanne.get(BOARD).text)

    assert "allerede gjort" in words(johanne.submit(undo, fields))
    assert johanne.submit(back, version).status_code == 303
    assert johanne.submit(undo, fields).status_code == 303
    assert steps(begun) == []


def test_an_absence_puts_the_placement_on_the_list_of_those_at_risk_for_two_weeks(
    begun: ServiceUnderTest, johanne: Browser
) -> None:
    assert "ingen forløb er i fare" in words(johanne.get(BOARD))
    begun.call("POST", f"/citizens/{CITIZEN}/absences", {"kind": "offer", "on": "2027-01-06"}, client="consultant")

    [line] = begun.call("GET", "/at-risk", client="consultant").json["items"]
    assert (line["why_code"], line["since"]) == ("absence", "2027-01-06")
    assert "I fare" in words(johanne.get(BOARD))
    with clock.moved_to(danish_time(date(2027, 1, 21), 11)):
        assert begun.call("GET", "/at-risk", client="consultant").json["items"] == []


def test_an_interpreter_is_missing_until_booked_and_again_when_the_talk_moves(
    begun: ServiceUnderTest, johanne: Browser
) -> None:
    later = begun.connection.scalars(text("SELECT id FROM contact ORDER BY planned_at DESC")).first()
    path = f"{BOARD}/kontakt/{later}"
    assert "Tolk Somali, mangler" in words(johanne.get(path))
    johanne.submit(f"{path}/tolk", {"booked": "on"})
    assert "Tolk Somali, bestilt" in words(johanne.get(path))

    johanne.submit(f"{path}/flyt", {"planned_at": "2027-04-01T10:00", "reason_code": "company_asked"})
    assert "Tolk Somali, mangler" in words(johanne.get(path))


def test_no_interpreter_is_booked_for_somebody_who_needs_none(begun: ServiceUnderTest) -> None:
    begun.hear(citizen(language="da", interpreter=False), version=2)
    refused = begun.call("POST", f"/contacts/{first_contact(begun)}/interpreter", {"booked": True}, client="consultant")

    assert refused.json["code"] == "no_interpreter"
