"""What a consultant sees on a citizen's card: the open needs that fit them today."""

import pytest

from tests.browser import Browser, words
from tests.house import ServiceUnderTest
from tests.matching.factories import (
    HOTEL_CLEANER,
    OFFICER,
    add_candidate,
    add_company,
    add_workplace,
    consented,
    need_body,
    new_placement,
    posted,
    stated,
    withdraw,
)

HEADING = "Åbne behov, der passer"


@pytest.fixture
def consultant(matching: ServiceUnderTest) -> Browser:
    return matching.browser("job_consultant")


def card(reader: Browser, citizen_id: object) -> str:
    """The part about open needs."""
    return words(reader.get(f"/match/kort/borger/{citizen_id}")).partition(HEADING)[2].partition("Foreslået til")[0]


def company_with(matching: ServiceUnderTest, **needs: dict[str, object]) -> dict[str, str]:
    """A company's needs by title."""
    company = add_company(matching)
    add_workplace(matching, company)
    return {
        title: posted(matching, "/needs", need_body(company, title=title, **changed))["id"]
        for title, changed in needs.items()
    }


def test_the_needs_that_fit_stand_on_the_card_the_best_first(consultant: Browser, matching: ServiceUnderTest) -> None:
    company_with(
        matching,
        Vagt={"occupation": OFFICER},
        Hotel={"occupation": HOTEL_CLEANER},
        Nat={"windows": ["mon 01:00-05:00"], "weekly_hours_min": 1, "weekly_hours_max": 4},
    )
    shown = card(consultant, add_candidate(matching))

    assert shown.index("Hotel, Kantinen ApS (1.050 point: næsten samme stilling") < shown.index("Vagt, Kantinen ApS")
    assert "Nat" not in shown


def test_a_need_that_is_closed_taken_asked_about_or_refused_is_not_offered_again(
    consultant: Browser, matching: ServiceUnderTest
) -> None:
    needs = company_with(matching, Sagt={}, Spurgt={}, Optaget={}, Lukket={}, Ledig={})
    citizen_id, other = add_candidate(matching), add_candidate(matching)
    company = matching.call("GET", f"/needs/{needs['Sagt']}", client="consultant").json
    refused = consented(matching, company, citizen_id)
    no = {"given": False, "how": "phone", "reason_code": "too_far"}
    posted(matching, f"/matches/{refused['id']}/consent", no, "adviser")
    consented(matching, {"id": needs["Spurgt"]}, citizen_id)
    taken = consented(matching, {"id": needs["Optaget"]}, other)
    posted(matching, f"/matches/{taken['id']}/answer", {"accepted": True}, "company-a")
    consultant.submit(f"/match/behov/{needs['Lukket']}/tilstand", {"state": "closed", "version": 1})
    shown = card(consultant, citizen_id)

    assert [title for title in needs if f"{title}, Kantinen" in shown] == ["Ledig"]


def test_nothing_is_offered_in_the_time_of_an_agreement(consultant: Browser, matching: ServiceUnderTest) -> None:
    placement = new_placement(matching)
    company = matching.call("GET", f"/companies/{placement['company_id']}", client="consultant").json
    for title, starts_on in (("Før", "2026-12-06"), ("Efter", "2026-12-07")):
        posted(matching, "/needs", need_body(company, title=title, starts_on=starts_on))
    stated(matching, placement)
    shown = card(consultant, placement["citizen_id"])

    assert ("Før," in shown, "Efter," in shown) == (False, True)


def test_front_desk_sees_no_needs_and_without_consent_nobody_does(
    consultant: Browser, matching: ServiceUnderTest
) -> None:
    company_with(matching, Hotel={})
    citizen_id = add_candidate(matching)
    desk = words(matching.browser("front_desk").get(f"/match/kort/borger/{citizen_id}"))
    before = card(consultant, citizen_id)
    withdraw(matching, citizen_id)

    assert HEADING not in desk
    assert "Hotel" in before
    assert HEADING not in words(consultant.get(f"/match/kort/borger/{citizen_id}"))


def test_empty_list_says_so(consultant: Browser, matching: ServiceUnderTest) -> None:
    shown = card(consultant, add_candidate(matching))

    assert "Ingen åbne behov passer i dag." in shown
