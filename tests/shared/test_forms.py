"""A browser's form reaches the same schema as JSON does, and nothing that was typed is guessed at."""

from datetime import UTC, date, datetime

import pytest
from marshmallow import ValidationError
from marshmallow import fields as marshmallow_fields
from werkzeug.datastructures import MultiDict

from shared import forms
from shared.fields import Amount, Body, Count, Day, Flag, Moment, Text, list_of


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
