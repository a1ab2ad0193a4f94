"""What was known of a need or a workplace, put back as it was."""

import re
from typing import Any

import pytest

from shared import clock
from tests.browser import Browser, offered, words
from tests.house import ServiceUnderTest
from tests.matching.factories import CVR_A, MONDAY, P_NUMBER, add_company, add_need, add_workplace, days
from tests.matching.test_company_pages import months
from tests.matching.test_need_pages import NEED, new_need, only_need

EDIT = {
    "mon_1.begins": "08:00", "mon_1.ends": "12:00", "weekly_hours_min": "3", "weekly_hours_max": "4",
    "hours_per_day": "", "positions": "3",
}  # fmt: skip
PLACE = {"name": "Nord", "postal_code": "9000", "single_person": "on", "version": "1"}


@pytest.fixture(autouse=True)
def monday() -> Any:
    with clock.moved_to(MONDAY):
        yield


@pytest.fixture
def consultant(matching: ServiceUnderTest) -> Browser:
    return matching.browser("job_consultant")


def undo_of(browser: Browser, act: str, fields: dict[str, str]) -> tuple[str, dict[str, Any]]:
    answer = browser.submit(act, fields)
    assert answer.status_code == 303, words(answer)
    return offered(browser.get(answer.location).text)


def told(found: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in found.items() if name != "version"}


@pytest.mark.parametrize("role", ["job_consultant", "company_employee"])
def test_a_need_that_was_changed_is_as_it_was(matching: ServiceUnderTest, role: str) -> None:
    add_need(matching, windows=[*days("07:00-10:15", "mon"), "tue 22:00-24:00"], weekly_hours_min=1.25,
             weekly_hours_max=5)  # fmt: skip
    before = only_need(matching)
    browser = matching.browser(role, **({"organisation": CVR_A} if role == "company_employee" else {}))
    home = f"/{'match' if role == 'job_consultant' else 'virksomhed'}/behov/{before['id']}"
    action, fields = undo_of(browser, f"{home}/ret", EDIT | {"version": str(before["version"])})
    changed = only_need(matching)
    browser.submit(action, fields)

    assert (changed["windows"], changed["mentor_offered"]) == (["mon 08:00-12:00"], False)
    assert told(only_need(matching)) == told(before)
    assert "Behovet er, som det var før." in words(browser.get(home))


@pytest.mark.parametrize("role", ["job_consultant", "company_employee"])
def test_the_season_is_changed_where_the_rest_is_and_taken_back(matching: ServiceUnderTest, role: str) -> None:
    need = add_need(matching, season=["06", "07"])
    browser = matching.browser(role, **({"organisation": CVR_A} if role == "company_employee" else {}))
    home = f"/{'match' if role == 'job_consultant' else 'virksomhed'}/behov/{need['id']}"

    def season() -> list[str]:
        told: list[str] = matching.call("GET", f"/needs/{need['id']}/profile", client="consultant").json["season"]
        return told

    form = browser.get(f"{home}/ret").text
    version = {"version": str(need["version"])}
    action, fields = undo_of(browser, f"{home}/ret", EDIT | version | {"season": ["12"]})
    changed = season()
    late = browser.submit(f"{home}/ret", EDIT | version | {"season": ["01"]})
    browser.submit(action, fields)

    assert re.findall(r'name="season"[^>]* value="(\w+)"[^>]* checked', form) == ["06", "07"]
    assert (changed, late.status_code, season()) == (["12"], 412, ["06", "07"])


def test_who_changes_the_season_alone_is_not_overwritten(matching: ServiceUnderTest) -> None:
    door = f"/needs/{add_need(matching)['id']}"
    first, second = (
        matching.call("PATCH", door, {"season": [month]}, client="company-a", If_Match='"v1"') for month in ("06", "07")
    )

    assert (first.status_code, first.json["version"], second.status_code) == (200, 2, 412)


def test_hours_that_nobody_told_follow_the_windows_again(consultant: Browser, matching: ServiceUnderTest) -> None:
    consultant.submit(new_need(matching), NEED)
    before = only_need(matching)
    home = f"/match/behov/{before['id']}"
    consultant.submit(*undo_of(consultant, f"{home}/ret", EDIT | {"version": "1"}))
    consultant.submit(f"{home}/ret", {"mon_1.begins": "07:00", "mon_1.ends": "08:00", "positions": "2", "version": "3"})

    assert (before["weekly_hours_max"], only_need(matching)["weekly_hours_max"]) == (6, 1)


def test_a_need_changed_meanwhile_is_left_as_it_is(consultant: Browser, matching: ServiceUnderTest) -> None:
    home = f"/match/behov/{add_need(matching)['id']}"
    action, fields = undo_of(consultant, f"{home}/ret", EDIT | {"version": "1"})
    consultant.submit(f"{home}/tilstand", {"state": "paused", "version": "2"})
    refused = consultant.submit(action, fields)

    assert (refused.status_code, "Nogen har ændret det imens" in words(refused)) == (409, True)
    assert only_need(matching)["positions"] == 3


def test_a_need_that_was_never_meant_is_closed(consultant: Browser, matching: ServiceUnderTest) -> None:
    consultant.submit(*undo_of(consultant, new_need(matching), NEED))

    assert only_need(matching)["state"] == "closed"


class TestWorkplace:
    def place(self, matching: ServiceUnderTest) -> tuple[str, Any]:
        company = add_company(matching)
        staff = [{"month": "2026-10", "fte": 1.125, "subsidised_fte": 0.5}]
        add_workplace(matching, company, staff=staff, supported_elsewhere_fte=1.5)
        return f"/virksomheder/{company['id']}/steder/{P_NUMBER}", company

    def known(self, matching: ServiceUnderTest, company: Any) -> Any:
        (place,) = matching.call("GET", f"/companies/{company['id']}/workplaces", client="consultant").json["items"]
        return told(place)

    def test_it_is_as_it_was_with_its_months(self, consultant: Browser, matching: ServiceUnderTest) -> None:
        page, company = self.place(matching)
        before = self.known(matching, company)
        action, fields = undo_of(consultant, f"{page}/ret", PLACE | months("5", "40"))
        changed = self.known(matching, company)
        consultant.submit(action, fields)

        assert (changed["name"], changed["single_person"], len(changed["staff"])) == ("Nord", True, 2)
        assert self.known(matching, company) == before

    def test_two_new_months_are_forgotten_again(self, consultant: Browser, matching: ServiceUnderTest) -> None:
        page, company = self.place(matching)
        before = self.known(matching, company)
        consultant.submit(*undo_of(consultant, f"{page}/ret", PLACE | months("5", "", "6")))

        assert self.known(matching, company) == before

    def test_one_changed_meanwhile_is_left_as_it_is(self, consultant: Browser, matching: ServiceUnderTest) -> None:
        page, company = self.place(matching)
        action, fields = undo_of(consultant, f"{page}/ret", PLACE)
        consultant.submit(f"{page}/ret", PLACE | {"name": "Syd", "version": "2"})
        refused = consultant.submit(action, fields)

        assert (refused.status_code, "Nogen har ændret det imens" in words(refused)) == (409, True)
        assert self.known(matching, company)["name"] == "Syd"
