"""Danish as it is said on the phone or stands in an ad, read into a need: what is said, where, and nothing else."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.matching.rules.week import read_week
from services.matching.text.found import Found
from services.matching.text.numbers import value_of
from services.matching.text.read import MOST_LETTERS, read
from shared.occupations import occupations
from tests.matching.sentences import SENTENCES

SUNDAY = date(2026, 11, 22)
PIECES = st.lists(
    st.sampled_from(
        [word for sentence, _told in SENTENCES for word in sentence.split()] + ["½", "-", "kl.", "İ", "\n"]
    ),
    max_size=40,
).map(" ".join)
unhurried = settings(deadline=None)


def told(found: Found) -> str:
    value = found.value
    if found.field == "occupation":
        value = occupations()[value].title
    elif isinstance(value, tuple) and isinstance(value[0], str):
        value = ",".join(value)
    elif isinstance(value, tuple):
        value = "-".join("None" if each is None else f"{each:g}" for each in value)
    elif isinstance(value, float):
        value = f"{value:g}"
    return f"{found.field}={value}{'?' if found.wished else ''}"


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES, ids=[sentence for sentence, _told in SENTENCES])
def test_a_sentence_is_read(sentence: str, expected: str) -> None:
    found = [told(each) for each in read(sentence, SUNDAY) if each.sure >= 0.5 and each.field != "positions"]
    positions = [told(each) for each in read(sentence, SUNDAY) if each.field == "positions" and each.sure > 0.5]

    assert sorted(found + positions) == sorted(expected.split(" & ") if expected else [])


@unhurried
@given(text=st.one_of(st.text(max_size=300), PIECES))
def test_any_text_is_read_without_fault_and_inside_itself(text: str) -> None:
    for each in read(text, SUNDAY):
        assert 0 <= each.start < each.end <= len(text)
        assert 0 < each.sure <= 1


@unhurried
@given(text=PIECES)
def test_windows_that_were_read_are_windows(text: str) -> None:
    for each in read(text, SUNDAY):
        if each.field == "windows":
            assert read_week(each.value).used_days()


@unhurried
@given(text=PIECES, days=st.integers(0, 3000))
def test_any_day_may_be_today(text: str, days: int) -> None:
    today = SUNDAY + timedelta(days=days)

    assert all(date.fromisoformat(each.value) for each in read(text, today) if each.field in ("starts_on", "ends_on"))


def test_places_are_those_of_the_text_as_it_was_typed() -> None:
    text = "Vi skal bruge TRE til Rengøring, 8 timer om ugen"

    assert [text[each.start : each.end] for each in read(text, SUNDAY)] == ["TRE", "Rengøring", "8 timer om ugen"]


def test_what_is_read_of_a_task_is_less_sure_than_a_title() -> None:
    task = next(each for each in read("en til rengøring", SUNDAY) if each.field == "occupation")
    title = next(each for each in read("en rengøringsassistent", SUNDAY) if each.field == "occupation")

    assert task.sure < title.sure


def test_a_long_text_is_read_to_its_limit() -> None:
    text = "x" * MOST_LETTERS + " 8 timer om ugen"

    assert read(text, SUNDAY) == []


@pytest.mark.parametrize(("said", "worth"), [("7", 7), ("7,5", 7.5), ("7½", 7.5), ("½", 0.5), ("to en halv", 2.5)])
def test_numbers_are_read_as_they_are_said(said: str, worth: float) -> None:
    assert value_of(said) == worth
