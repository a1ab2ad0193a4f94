"""Today's openings in the talk: those that fit the citizen, else the newest, and nothing that is closed."""

import pytest

from shared.database import new_id
from shared.events import CitizenMerged
from tests.browser import words
from tests.house import ServiceUnderTest
from tests.matching import factories


def card(matching: ServiceUnderTest, citizen_id: object, role: str = "company_consultant") -> str:
    return words(matching.browser(role).get(f"/match/kort/aabninger/{citizen_id}"))


def test_company_consultant_sees_the_opening_that_fits_and_not_the_one_that_does_not(
    matching: ServiceUnderTest,
) -> None:
    need = factories.add_need(matching)
    fits, too_few_hours = factories.add_candidate(matching), factories.add_candidate(matching, weekly_hours_max=1.0)

    assert need["title"] in card(matching, fits)
    assert "Her er de nyeste:" not in card(matching, fits)
    assert "ingen åbning passer" in card(matching, too_few_hours)


def test_who_was_registered_twice_is_found_by_the_old_id_too(matching: ServiceUnderTest) -> None:
    need, stays, gone = factories.add_need(matching), factories.add_candidate(matching), new_id()
    matching.hear(CitizenMerged(from_id=gone, into_id=stays))

    assert card(matching, gone) == card(matching, stays)
    assert f"{need['title']}, Kantinen ApS (" in card(matching, gone)


def test_what_a_citizen_is_put_forward_for_is_not_an_opening_any_more(matching: ServiceUnderTest) -> None:
    need, citizen_id = factories.add_need(matching), factories.add_candidate(matching)
    factories.consented(matching, need, citizen_id)

    assert "ingen åbning passer" in card(matching, citizen_id)


def test_unknown_citizen_is_shown_the_newest_and_no_opening_says_so(matching: ServiceUnderTest) -> None:
    assert "Der er ingen åbninger i dag." in card(matching, new_id())
    need = factories.add_need(matching)
    assert f"Her er de nyeste: {need['title']}" in card(matching, new_id())


@pytest.mark.parametrize("role", ["company_employee", "citizen", "partner"])
def test_card_is_for_staff(matching: ServiceUnderTest, role: str) -> None:
    browser = matching.browser(role, organisation=factories.CVR_A)
    assert browser.get(f"/match/kort/aabninger/{new_id()}").status_code == 403
