"""Intake's decisions: CPR numbers, the age limit, reasons, activation at once."""

import csv
from datetime import date
from pathlib import Path

import pytest

from services.intake import rules
from services.intake.use_cases import POLICY
from shared.errors import Invalid, Refused

TODAY = date(2026, 11, 2)
PERSONS_CSV = (Path(__file__).parents[1] / "data/persons.csv").read_text(encoding="utf-8")
PERSONS = list(csv.DictReader(PERSONS_CSV.splitlines()))
WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)


@pytest.mark.parametrize("person", PERSONS, ids=lambda person: person["cpr"])
def test_test_person_is_read_though_modulus_11_fails(person: dict[str, str]) -> None:
    digits = person["cpr"]

    assert sum(int(d) * w for d, w in zip(digits, WEIGHTS, strict=True)) % 11 != 0
    assert rules.read_cpr(digits, TODAY).birth_date.isoformat() == person["foedselsdato"]


@pytest.mark.parametrize("typed", ["251248-9996", "2512489996", " 251248 9996 ", "251248 - 9996"])
def test_cpr_is_read_however_it_is_typed(typed: str) -> None:
    assert rules.read_cpr(typed, TODAY).digits == "2512489996"


@pytest.mark.parametrize(
    ("seventh", "year", "born"),
    [
        ("0", "00", 1900), ("0", "99", 1999), ("1", "62", 1962), ("2", "62", 1962), ("3", "00", 1900),
        ("3", "99", 1999),
        ("4", "00", 2000), ("4", "36", 2036), ("4", "37", 1937), ("4", "99", 1999),
        ("5", "00", 2000), ("5", "57", 2057), ("6", "57", 2057), ("7", "57", 2057), ("8", "57", 2057),
        ("9", "00", 2000), ("9", "36", 2036), ("9", "37", 1937), ("9", "99", 1999),
    ],
)  # fmt: skip
def test_century_table(seventh: str, year: str, born: int) -> None:
    """Written as replacement numbers (day + 60), so that no real person's number stands here."""
    assert rules.read_cpr(f"6506{year}{seventh}000", date(2058, 1, 1)).birth_date == date(born, 6, 5)


@pytest.mark.parametrize("seventh", "5678")
def test_century_table_puts_58_to_99_of_5_to_8_in_the_1800s_and_they_are_refused(seventh: str) -> None:
    for year in ("58", "99"):
        with pytest.raises(Invalid):
            rules.read_cpr(f"0506{year}{seventh}000", date(2058, 1, 1))


def test_replacement_number_has_sixty_more_days() -> None:
    assert rules.read_cpr("750277-9995", TODAY).birth_date == date(1977, 2, 15)


def test_replacement_number_is_never_of_the_1800s() -> None:
    assert rules.read_cpr("671062-5629", TODAY).birth_date == date(1962, 10, 7)


def test_other_number_of_the_1800s_is_refused() -> None:
    with pytest.raises(Invalid):
        rules.read_cpr("211062-5629", TODAY)


@pytest.mark.parametrize(
    "typed",
    [
        "0006889996", "6006889996", "9206889996", "0500889996", "0513889996", "3002889996", "2902999996",
        "050688999", "05068899960", "050688999x", "٠٥٠٦٨٨٩٩٩٦", "", "0000000000", "0505279995",
    ],
)  # fmt: skip
def test_what_is_no_cpr_is_refused_by_field_without_repeating_it(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        rules.read_cpr(typed, TODAY)

    assert list(refused.value.fields) == ["cpr"]
    assert not typed or typed not in str(refused.value) + str(refused.value.fields)


def test_cpr_does_not_print_its_digits() -> None:
    assert "2512489996" not in repr(rules.read_cpr("2512489996", TODAY))


@pytest.mark.parametrize(
    ("on", "age"), [(date(2026, 11, 2), 29), (date(2026, 11, 3), 30), (date(2027, 11, 2), 30), (date(2027, 11, 3), 31)]
)
def test_age_changes_on_the_birthday(on: date, age: int) -> None:
    assert rules.age_on(date(1996, 11, 3), on) == age


@pytest.mark.parametrize(("on", "age"), [(date(2027, 2, 28), 30), (date(2027, 3, 1), 31), (date(2028, 2, 29), 32)])
def test_leap_day_birthday_is_on_1_march_in_other_years(on: date, age: int) -> None:
    assert rules.age_on(date(1996, 2, 29), on) == age


@pytest.mark.parametrize(
    ("educated", "on", "category"),
    [
        (False, date(2026, 11, 2), "aabenlyst_uddannelsesparat"),
        (False, date(2026, 11, 3), "jobparat"),
        (True, date(2026, 11, 2), "jobparat"),
    ],
)
def test_a03_default_category_the_day_before_and_on_the_30th_birthday(educated: bool, on: date, category: str) -> None:
    assert rules.default_category(date(1996, 11, 3), educated, on, POLICY).value == category


def test_a04_departing_from_the_default_needs_a_reason() -> None:
    with pytest.raises(Refused) as refused:
        rules.require_reason("jobparat", "aktivitetsparat", None)

    assert (refused.value.code, list(refused.value.fields)) == ("override_reason_missing", ["override_reason_code"])


def test_a04_reason_is_for_departing_only() -> None:
    rules.require_reason("jobparat", "aktivitetsparat", "obviously_pointless")
    rules.require_reason("jobparat", "jobparat", None)
    with pytest.raises(Invalid):
        rules.require_reason("jobparat", "jobparat", "obviously_pointless")


def test_a05_nytteindsats_needs_a_public_host_and_names_the_row() -> None:
    with pytest.raises(Refused) as refused:
        rules.check_referral("nytteindsats", False, TODAY, 4, POLICY)

    assert (refused.value.code, refused.value.policy) == ("public_host_needed", "nytteindsats.host@2014-01-01")


def test_a05_other_offers_are_possible_anywhere() -> None:
    assert rules.check_referral("virksomhedspraktik", False, TODAY, 4, POLICY) is None


@pytest.mark.parametrize(
    ("starts_on", "weeks", "policy"),
    [
        (date(2024, 12, 2), 13, "nytteindsats.max_weeks@2014-01-01"),
        (date(2024, 12, 31), 13, "nytteindsats.max_weeks@2014-01-01"),
        (date(2025, 1, 1), 14, "nytteindsats.max_weeks@2025-01-01"),
        (date(2025, 1, 6), 104, "nytteindsats.max_weeks@2025-01-01"),
    ],
)
def test_a06_weeks_of_nytteindsats_go_by_the_first_day(starts_on: date, weeks: int, policy: str) -> None:
    assert rules.check_referral("nytteindsats", True, starts_on, weeks, POLICY) == policy


@pytest.mark.parametrize("starts_on", [date(2024, 12, 2), date(2024, 12, 31)])
def test_a06_fourteen_weeks_before_2025_are_refused_and_name_the_row(starts_on: date) -> None:
    with pytest.raises(Refused) as refused:
        rules.check_referral("nytteindsats", True, starts_on, 14, POLICY)

    assert (refused.value.code, refused.value.policy) == ("too_many_weeks", "nytteindsats.max_weeks@2014-01-01")
