"""Danish opening days."""

from datetime import date, timedelta

import pytest

from shared import calendar

CLOSING = ("06-05", "12-24", "12-31")


@pytest.mark.parametrize(
    ("day", "open_"),
    [
        (date(2023, 5, 5), False),
        (date(2024, 4, 26), True),
        (date(2025, 5, 16), True),
        (date(2026, 5, 1), True),
    ],
)
def test_store_bededag_is_a_holiday_for_the_last_time_in_2023(day: date, open_: bool) -> None:
    assert calendar.is_open(day) is open_


def test_easter_of_2027_leaves_three_opening_days_in_its_week() -> None:
    days = [date(2027, 3, 22) + timedelta(days=n) for n in range(9)]

    assert [day.isoformat() for day in days if not calendar.is_open(day)] == [
        "2027-03-25",
        "2027-03-26",
        "2027-03-27",
        "2027-03-28",
        "2027-03-29",
    ]


@pytest.mark.parametrize("day", [date(2026, 12, 25), date(2027, 1, 1), date(2027, 5, 6), date(2027, 5, 17)])
def test_christmas_day_new_year_ascension_and_whit_monday_are_closed(day: date) -> None:
    assert not calendar.is_open(day)


def test_christmas_eve_is_closed_by_the_municipality_not_by_law() -> None:
    assert calendar.is_open(date(2026, 12, 24))
    assert not calendar.is_open(date(2026, 12, 24), CLOSING)


def test_closing_day_of_one_year_does_not_return() -> None:
    assert not calendar.is_open(date(2026, 11, 20), ("2026-11-20",))
    assert calendar.is_open(date(2028, 11, 20), ("2026-11-20",))


def test_day_after_23_december_2026_is_monday_the_28th() -> None:
    assert calendar.next_open(date(2026, 12, 23), CLOSING) == date(2026, 12, 28)


def test_new_year_is_crossed_in_both_directions() -> None:
    assert calendar.next_open(date(2026, 12, 30), CLOSING) == date(2027, 1, 4)
    assert calendar.open_on_or_before(date(2027, 1, 3), CLOSING) == date(2026, 12, 30)


def test_open_day_is_its_own_nearest_and_next_is_another() -> None:
    monday = date(2026, 11, 2)

    assert calendar.open_on_or_after(monday) == calendar.open_on_or_before(monday) == monday
    assert calendar.next_open(monday) == date(2026, 11, 3)
