"""Hours told per month: kept as they were said, matched by the week, and what a text says of the year and of regard."""

import re
from typing import Any

import pytest

from shared import clock
from tests.browser import offered, words
from tests.house import ServiceUnderTest
from tests.matching.factories import (
    CLEANER,
    MONDAY,
    P_NUMBER,
    add_candidate,
    add_company,
    add_need,
    add_workplace,
    listed,
    ranking,
)
from tests.matching.test_need_pages import only_need
from tests.matching.test_reading_pages import value_of

BY_MONTH = {"weekly_hours_min": None, "weekly_hours_max": None, "monthly_hours_min": 30, "monthly_hours_max": 30}
HOURS = ("monthly_hours_min", "monthly_hours_max", "weekly_hours_min", "weekly_hours_max")
WEEK = {"mon_1.begins": "07:00", "mon_1.ends": "15:00", "positions": "1", "starts_on": "09-11-2026"}


@pytest.fixture(autouse=True)
def monday() -> Any:
    with clock.moved_to(MONDAY):
        yield


def hours(need: Any) -> list[Any]:
    return [need[name] for name in HOURS]


def test_hours_per_month_are_matched_by_the_week_and_shown_as_they_were_said(matching: ServiceUnderTest) -> None:
    need = add_need(matching, **BY_MONTH)
    seven = add_candidate(matching, weekly_hours_min=5.0, weekly_hours_max=7.0)
    add_candidate(matching, weekly_hours_min=8.0, weekly_hours_max=20.0)
    page = words(matching.browser("job_consultant").get(f"/match/behov/{need['id']}"))

    assert hours(need) == [30, 30, 6.92, 6.92]
    assert listed(ranking(matching, need)) == [str(seven)]
    assert "30 timer om måneden (6,92 timer om ugen, 52 uger på 12 måneder)" in page


def test_a_full_month_is_a_full_week(matching: ServiceUnderTest) -> None:
    whole = [f"{day} 07:00-15:00" for day in ("mon", "tue", "wed", "thu", "fri")]
    need = add_need(matching, **BY_MONTH | {"windows": whole, "monthly_hours_max": 160.33})

    assert hours(need) == [30, 160.33, 6.92, 37]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"monthly_hours_min": 30, "weekly_hours_min": 7}, "monthly_hours_min"),
        (BY_MONTH | {"monthly_hours_min": 40}, "monthly_hours_min"),
        (BY_MONTH | {"monthly_hours_max": 120}, "monthly_hours_max"),
    ],
)
def test_hours_per_month_that_make_no_sense_name_their_field(
    matching: ServiceUnderTest, told: dict[str, Any], field: str
) -> None:
    need = add_need(matching, weekly_hours_min=None, weekly_hours_max=None)
    answer = matching.call("PATCH", f"/needs/{need['id']}", _given(told), client="consultant", If_Match='"v1"')

    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])


def _given(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value is not None}


def test_hours_per_week_take_the_place_of_those_per_month_and_it_can_be_undone(matching: ServiceUnderTest) -> None:
    home = f"/match/behov/{add_need(matching, **BY_MONTH)['id']}"
    consultant = matching.browser("job_consultant")
    form = consultant.get(f"{home}/ret").text
    both = consultant.submit(f"{home}/ret", WEEK | {"version": "1", "weekly_hours_max": "8", "monthly_hours_max": "30"})
    saved = consultant.submit(f"{home}/ret", WEEK | {"version": "1", "weekly_hours_min": "4", "weekly_hours_max": "8"})
    weekly = hours(only_need(matching))
    consultant.submit(*offered(consultant.get(saved.location).text))

    assert [value_of(form, name) for name in HOURS] == ["30", "30", "", ""]
    assert "Timer om ugen eller om måneden, ikke begge." in words(both)
    assert (weekly, hours(only_need(matching))) == ([None, None, 4, 8], [30, 30, 6.92, 6.92])


@pytest.mark.parametrize("role", ["job_consultant", "company_employee"])
def test_season_regard_and_hours_per_month_are_read_of_a_text_and_kept(matching: ServiceUnderTest, role: str) -> None:
    company = add_company(matching)
    add_workplace(matching, company)
    own = {"organisation": company["cvr"]} if role == "company_employee" else {}
    browser = matching.browser(role, **own)
    path = "/virksomhed/behov/ny" if own else f"/match/behov/ny/{company['id']}"
    said = "30 timer om måneden hele sommeren. Der er et stille hjørne og mulighed for pauser."
    page = browser.submit(f"{path}/laes", {"said": said}).text
    ticked = re.findall(r'name="(season|adjustments)"[^>]* value="(\w+)"[^>]* checked', page)
    typed = {"p_number": P_NUMBER, "occupation": CLEANER, "employment_form": "small_job", "monthly_hours_max": "30",
             "season": ["06", "07", "08"], "monthly_hours_min": "30"}  # fmt: skip
    browser.submit(path, WEEK | typed)
    need = only_need(matching)

    assert [value_of(page, name) for name in HOURS[:2]] == ["30", "30"]
    assert "<mark>hele sommeren</mark>" in page
    assert "måneder med mest at lave: juni, juli og august se efter" in re.sub(r"\s+", " ", words_of(page))
    assert ticked == [
        ("adjustments", "quiet_place"), ("adjustments", "extra_breaks"),
        ("season", "06"), ("season", "07"), ("season", "08"),
    ]  # fmt: skip
    profile = matching.call("GET", f"/needs/{need['id']}/profile", client="consultant").json
    assert (profile["season"], hours(need)[:2]) == (["06", "07", "08"], [30, 30])


def words_of(page: str) -> str:
    return re.sub(r"<[^>]+>", " ", page)
