"""A browser's form reaches the same schema as JSON does, and nothing that was typed is guessed at."""

from datetime import UTC, date, datetime

import pytest
from marshmallow import ValidationError
from marshmallow import fields as marshmallow_fields
from werkzeug.datastructures import MultiDict

from shared import forms
from shared.fields import Amount, Body, ClockTime, Count, Day, Flag, Moment, Text, list_of


class Address(Body):
    street = Text(40, required=True)
    number = Count(1, 999, load_default=None)


class Visit(Body):
    name = Text(40, required=True)
    people = Count(1, 5000, load_default=1)
    hours = Amount(0, 5000, load_default=0.0)
    urgent = Flag(load_default=False)
    on = Day(load_default=None)
    at = Moment(load_default=None)
    topics = list_of(Text(20), 5, load_default=list)
    phone = Text(20, load_default="unset", allow_none=True)
    since = Day(load_default=None, data_key="from")
    address = marshmallow_fields.Nested(Address, load_default=None)


def read(*pairs: tuple[str, str]) -> dict[str, object]:
    schema = Visit()
    loaded: dict[str, object] = schema.load(forms.read(schema, MultiDict([("name", "Ib"), *pairs])))
    return loaded


def test_an_empty_input_is_a_missing_one() -> None:
    assert read(("people", " "), ("on", ""))["people"] == 1


def test_an_emptied_input_that_may_be_empty_is_none() -> None:
    assert read(("phone", ""))["phone"] is None
    assert read()["phone"] == "unset"


@pytest.mark.parametrize(("typed", "meant"), [("12", 12), ("1.200", 1200)])
def test_counts_are_read_the_danish_way(typed: str, meant: int) -> None:
    assert read(("people", typed))["people"] == meant


@pytest.mark.parametrize(("typed", "meant"), [("7,5", 7.5), ("7.5", 7.5), ("1.200", 1200.0), ("1.200,25", 1200.25)])
def test_amounts_are_read_the_danish_way(typed: str, meant: float) -> None:
    assert read(("hours", typed))["hours"] == meant


@pytest.mark.parametrize("typed", ["12.5", "to", "1.20", "1e3"])
def test_what_is_no_count_is_refused_not_rounded(typed: str) -> None:
    with pytest.raises(ValidationError) as refused:
        read(("people", typed))

    assert set(refused.value.normalized_messages()) == {"people"}


def test_a_ticked_box_is_true_and_an_unticked_one_false() -> None:
    assert read(("urgent", "on"))["urgent"] is True
    assert read()["urgent"] is False


def test_local_times_are_danish_in_summer_and_winter() -> None:
    assert read(("at", "2026-07-01T09:00"))["at"] == datetime(2026, 7, 1, 7, 0, tzinfo=UTC)
    assert read(("at", "2026-12-01T09:00"))["at"] == datetime(2026, 12, 1, 8, 0, tzinfo=UTC)


def test_an_input_is_called_as_in_json() -> None:
    assert read(("from", "2026-03-02"))["since"] == date(2026, 3, 2)


def test_days_and_lists_come_as_they_are() -> None:
    found = read(("on", "2026-03-02"), ("topics", "cv"), ("topics", ""), ("topics", "jobnet"))

    assert (found["on"], found["topics"]) == (date(2026, 3, 2), ["cv", "jobnet"])


def test_inner_inputs_make_an_inner_body_and_none_while_all_are_empty() -> None:
    assert read(("address.street", "Vej"), ("address.number", "7"))["address"] == {"street": "Vej", "number": 7}
    assert read(("address.street", ""), ("address.number", ""))["address"] is None


@pytest.mark.parametrize("typed", ["1-12-2026", "01-12-2026", "1/12 2026", "1.12.2026", "1. 12. 2026", "2026-12-01"])
def test_a_day_is_read_as_danes_write_it(typed: str) -> None:
    assert read(("on", typed))["on"] == date(2026, 12, 1)


@pytest.mark.parametrize("typed", ["31-02-2026", "12-31-2026", "1-12", "i morgen", "1-12-26"])
def test_what_is_no_day_is_refused_with_the_way_to_write_it(typed: str) -> None:
    with pytest.raises(ValidationError, match=r"dd-mm-åååå, fx 01-12-2026"):
        read(("on", typed))


@pytest.mark.parametrize("typed", ["1-12-2026 10.05", "1/12 2026 kl. 10:05", "2026-12-01T10:05", "2026-12-01 10:05"])
def test_a_moment_is_danish_time_however_it_is_written(typed: str) -> None:
    assert read(("at", typed))["at"] == datetime(2026, 12, 1, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["1-12-2026", "10.05", "1-12-2026 25.00"])
def test_what_is_no_moment_is_refused_with_the_way_to_write_it(typed: str) -> None:
    with pytest.raises(ValidationError, match=r"dato og klokkeslæt, fx 01-12-2026 10\.00"):
        read(("at", typed))


@pytest.mark.parametrize(("typed", "meant"), [("8", "08:00"), ("8.30", "08:30"), ("kl. 8:30", "08:30"), ("x", "x")])
def test_a_time_of_day_is_read_with_a_dot_or_without_minutes(typed: str, meant: str) -> None:
    assert forms.time_of(typed) == meant


@pytest.mark.parametrize(
    ("kept", "shown"),
    [("2026-11-12", "12-11-2026"), (date(2026, 11, 12), "12-11-2026"), ("2026-11-12T09:05", "12-11-2026 9.05"),
     ("09:05", "9.05"), ("00:00", "0.00"), ("i morgen", "i morgen"), (None, "")],
)  # fmt: skip
def test_what_a_field_shows_is_what_people_write(kept: date | str | None, shown: str) -> None:
    assert forms.written(kept) == shown


def test_time_of_day_takes_no_line_break_along() -> None:
    assert ClockTime().deserialize("09:30\n") == "09:30"
