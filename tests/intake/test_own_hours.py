"""The hours that a citizen notes: shown as theirs, counted once staff have seen them, taken back until then."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from shared import clock
from tests.browser import Browser, offered, words
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import MONDAY, WALK_IN, register

HOURS = {"day": "4-11-2026", "hours": "7,5", "kind_code": "danish_classes"}
HOME = "/min-side/timer"


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.moved_to(MONDAY):
        yield


@pytest.fixture
def citizen(intake: ServiceUnderTest) -> str:
    return str(register(intake)["citizen_id"])


@pytest.fixture
def me(intake: ServiceUnderTest, citizen: str) -> Browser:
    return intake.browser("citizen", subject=citizen)


@pytest.fixture
def desk(intake: ServiceUnderTest) -> Browser:
    return intake.browser("front_desk", organisation="jobbutikken")


def noted(intake: ServiceUnderTest) -> UUID:
    found: Any = intake.connection.scalar(text("SELECT id FROM work_hours"))
    return UUID(str(found))


def test_what_counts_stands_on_the_page_with_its_rule(me: Browser) -> None:
    shown = words(me.get(HOME))

    assert "2. november 2026 – 8. november 2026" in shown
    assert "Der er ikke noteret timer i ugen. Skriv dem nedenfor." in shown
    assert "Det tæller med" in shown
    assert "Reglen gælder fra 1. januar 2025." in shown


def test_own_hours_count_once_they_are_confirmed(me: Browser, desk: Browser, intake: Any, citizen: str) -> None:
    assert me.submit(HOME, HOURS).location == f"{HOME}?dag=2026-11-02"
    before = words(me.get(HOME))
    path = f"/borger/{citizen}/timer"
    waiting = words(desk.get(path))

    answer = desk.submit(f"{path}/{noted(intake)}/bekraeft")

    assert "Tæller med 0 timer" in before
    assert "7,5 når vi har set på dem Fjern" in before
    assert "borgeren Venter" in waiting
    page = desk.get(answer.location).text
    assert "Timerne er bekræftet og tæller med." in page
    assert "Tæller med 7,5 timer" in words(me.get(HOME))
    desk.submit(*offered(page))
    assert "Tæller med 0 timer" in words(me.get(HOME))


def test_own_hours_are_taken_back_and_put_back(me: Browser, intake: ServiceUnderTest) -> None:
    page = me.get(me.submit(HOME, HOURS).location).text

    gone = me.submit(*offered(page))
    back = me.get(gone.location).text
    assert "Der er ikke noteret timer i ugen." in back
    assert me.submit(*offered(back)).status_code == 303
    assert "7,5" in words(me.get(HOME))


def test_confirmed_hours_and_those_of_staff_are_not_the_citizens_to_remove(
    me: Browser, desk: Browser, intake: ServiceUnderTest, citizen: str
) -> None:
    me.submit(HOME, HOURS)
    desk.submit(f"/borger/{citizen}/timer/{noted(intake)}/bekraeft")

    refused = me.submit(f"{HOME}/{noted(intake)}/fjern")

    assert refused.status_code == 409
    assert "Sig det til os, hvis de er forkerte." in words(refused)
    assert "Fjern" not in words(me.get(HOME))


def test_somebody_elses_hours_are_not_there(intake: ServiceUnderTest, me: Browser) -> None:
    me.submit(HOME, HOURS)
    other = register(intake, cpr="150277-9995", name="Ruddi Test Hansen")["citizen_id"]

    assert intake.browser("citizen", subject=other).submit(f"{HOME}/{noted(intake)}/fjern").status_code == 404


def test_wrong_hours_are_told_at_their_field_and_nothing_is_lost(me: Browser) -> None:
    answer = me.submit(HOME, HOURS | {"hours": "mange"})

    assert answer.status_code == 422
    assert 'name="hours" value="mange"' in answer.text
    assert '<option value="danish_classes" selected' in answer.text
    assert 'name="day" value="04-11-2026"' in answer.text or 'value="4-11-2026"' in answer.text


def test_programs_confirm_what_a_citizen_noted_and_nothing_else(
    intake: ServiceUnderTest, me: Browser, citizen: str
) -> None:
    me.submit(HOME, HOURS)
    path = f"/citizens/{citizen}/work-hours"
    confirmed = intake.call("POST", f"{path}/{noted(intake)}/confirm")
    staffs = intake.call(
        "POST", path, {"day": "2026-11-04", "kind_code": "placement", "hours": 3, "source_code": "employer"}
    )

    assert confirmed.json["confirmed_at"].startswith("2026-11-02T09:")
    assert staffs.json["confirmed_at"] is not None
    refused = intake.call("POST", f"{path}/{staffs.json['id']}/confirm")
    assert (refused.status_code, refused.json["code"]) == (409, "noted_by_staff")


def test_a_stranger_is_told_so(intake: ServiceUnderTest) -> None:
    stranger = intake.browser("citizen", subject=str(UUID(int=7)))

    assert stranger.get(HOME).status_code == 200
    assert stranger.submit(HOME, HOURS).status_code == 404
    assert WALK_IN["name"] not in stranger.get(HOME).text


def test_hours_that_staff_strike_and_put_back_are_still_the_citizens_to_be_confirmed(
    me: Browser, desk: Browser, intake: ServiceUnderTest, citizen: str
) -> None:
    me.submit(HOME, HOURS)
    gone = desk.submit(f"/borger/{citizen}/timer/{noted(intake)}/fjern")
    desk.submit(*offered(desk.get(gone.location).text))

    assert "7,5 når vi har set på dem Fjern" in words(me.get(HOME))
    assert "Tæller med 0 timer" in words(me.get(HOME))


def test_page_after_a_mistake_is_of_the_week_that_was_typed(desk: Browser, citizen: str) -> None:
    answer = desk.submit(f"/borger/{citizen}/timer", HOURS | {"day": "11-11-2026", "hours": "mange"})

    assert answer.status_code == 422
    assert "9. november 2026 – 15. november 2026" in words(answer)
