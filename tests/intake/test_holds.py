"""A slot is held while the person stands there: by one desk, until a time, and nothing typed is lost."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from services.intake.use_cases import slots
from shared import clock
from shared.clock import danish_time
from shared.events import VisitationBooked
from tests.browser import Browser, queries_of, words
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import MONDAY, WALK_IN
from tests.intake.test_page_desk import TYPED

FIRST, SECOND = "2026-11-02T09:30:00+00:00", "2026-11-02T10:00:00+00:00"


@pytest.fixture(autouse=True)
def monday(intake: ServiceUnderTest) -> Iterator[None]:
    with clock.moved_to(MONDAY):
        with intake.begin() as session:
            slots.stock_slots(session)
            session.execute(text("DELETE FROM slot WHERE consultant <> 'consultant-1'"))
        yield


def desk(intake: ServiceUnderTest) -> Browser:
    return intake.browser("front_desk", organisation="jobbutikken")


def hold(intake: ServiceUnderTest, **body: Any) -> Any:
    return intake.call("POST", "/slot-holds", body)


def slot_at(intake: ServiceUnderTest, starts_at: str) -> str:
    return str(intake.connection.scalar(text("SELECT id FROM slot WHERE starts_at = :at"), {"at": starts_at}))


def test_held_slot_is_offered_to_nobody_else(intake: ServiceUnderTest) -> None:
    held = hold(intake).json
    others = hold(intake).json

    assert (held["slot"]["starts_at"], others["slot"]["starts_at"]) == (FIRST, SECOND)
    free = intake.call("GET", "/slots?day=2026-11-02").json["items"]
    assert {held["slot"]["id"], others["slot"]["id"]} & {slot["id"] for slot in free} == set()
    assert (
        intake.call("POST", "/first-contacts", WALK_IN).json["visitation"]["starts_at"] == "2026-11-02T10:30:00+00:00"
    )


def test_slot_held_is_the_one_that_is_booked(intake: ServiceUnderTest) -> None:
    held = hold(intake).json
    hold(intake)
    answer = intake.call("POST", "/first-contacts", WALK_IN | {"hold_id": held["hold_id"]})

    assert answer.json["visitation"]["starts_at"] == FIRST


def test_holding_another_slot_lets_the_first_go(intake: ServiceUnderTest) -> None:
    held = hold(intake).json
    later = hold(intake, hold_id=held["hold_id"], slot_id=slot_at(intake, SECOND)).json

    assert later["slot"]["starts_at"] == SECOND
    assert hold(intake).json["slot"]["starts_at"] == FIRST


def test_slot_that_was_let_go_is_free(intake: ServiceUnderTest) -> None:
    held = hold(intake).json
    intake.call("POST", f"/slot-holds/{held['hold_id']}/release")

    assert hold(intake).json["slot"]["id"] == held["slot"]["id"]


def test_hold_ends_by_itself_after_the_rows_minutes(intake: ServiceUnderTest) -> None:
    held = hold(intake).json
    with clock.moved_to(MONDAY + timedelta(minutes=4, seconds=30)):
        assert hold(intake).json["slot"]["starts_at"] == SECOND
    with clock.moved_to(MONDAY + timedelta(minutes=5, seconds=30)):
        assert hold(intake).json["slot"]["id"] == held["slot"]["id"]


def test_nothing_to_hold_is_said(intake: ServiceUnderTest) -> None:
    intake.connection.execute(text("DELETE FROM slot"))

    assert (hold(intake).status_code, hold(intake).json["code"]) == (409, "no_slot")


def test_form_holds_the_soonest_and_says_until_when(intake: ServiceUnderTest) -> None:
    browser = desk(intake)
    shown = words(browser.submit("/skranken/tider"))

    assert "i dag kl. 10.30" in shown
    assert "Tiden er holdt til dig til kl. 10.10." in shown
    assert words(desk(intake).submit("/skranken/tider")).index("i dag kl. 11.00") > 0


def test_page_that_is_loaded_again_keeps_the_same_slot_and_its_time(intake: ServiceUnderTest) -> None:
    browser = desk(intake)
    browser.submit("/skranken/tider")
    with clock.moved_to(MONDAY + timedelta(minutes=3)):
        shown = words(browser.submit("/skranken/tider"))

    assert "holdt til dig til kl. 10.10." in shown
    assert intake.connection.scalar(text("SELECT count(*) FROM slot WHERE hold_id IS NOT NULL")) == 1


def test_form_that_was_left_lets_the_slot_go(intake: ServiceUnderTest) -> None:
    browser = desk(intake)
    browser.submit("/skranken/tider")

    assert browser.submit("/skranken/tider/slip").status_code == 204
    assert hold(intake).json["slot"]["starts_at"] == FIRST


def test_enter_books_the_slot_that_is_held(intake: ServiceUnderTest) -> None:
    browser = desk(intake)
    browser.submit("/skranken/tider")
    desk(intake).submit("/skranken/tider")
    browser.submit("/skranken/ny", TYPED)

    assert [event.starts_at.isoformat() for event in intake.told(VisitationBooked)] == [FIRST]


def test_saved_after_the_time_out_the_same_slot_is_tried(intake: ServiceUnderTest) -> None:
    browser = desk(intake)
    browser.submit("/skranken/tider", {"slot_id": slot_at(intake, SECOND)})
    with clock.moved_to(MONDAY + timedelta(minutes=6)):
        answer = browser.submit("/skranken/ny", TYPED | {"slot_id": slot_at(intake, SECOND)})

    assert answer.status_code == 303
    assert intake.told(VisitationBooked)[0].starts_at.isoformat() == SECOND


def test_slot_lost_to_another_desk_is_said_and_the_next_is_held_with_all_that_was_typed(
    intake: ServiceUnderTest,
) -> None:
    browser, lost = desk(intake), slot_at(intake, FIRST)
    browser.submit("/skranken/tider")
    with clock.moved_to(MONDAY + timedelta(minutes=6)):
        hold(intake, slot_id=lost)
        answer = browser.submit("/skranken/ny", TYPED | {"slot_id": lost})
        shown = words(browser.submit("/skranken/tider"))
        assert browser.submit("/skranken/ny", TYPED).status_code == 303

    assert answer.status_code == 409
    assert "Tiden er taget af en anden." in words(answer)
    assert 'value="Nancy Ann Test Berggren"' in answer.text
    assert "i dag kl. 11.00" in shown
    assert [event.starts_at.isoformat() for event in intake.told(VisitationBooked)] == [SECOND]


def test_no_slot_inside_the_goal_is_told_and_the_next_is_held(intake: ServiceUnderTest) -> None:
    intake.connection.execute(
        text("DELETE FROM slot WHERE starts_at < :day"), {"day": danish_time(date(2026, 11, 4), 0)}
    )
    shown = words(desk(intake).submit("/skranken/tider"))

    assert "Der er ingen ledig tid inden for kommunens mål, senest 3. november 2026. Den næste er holdt." in shown
    assert "onsdag 4. november kl. 9.00" in shown


def test_no_slot_at_all_is_told_before_anything_is_saved(intake: ServiceUnderTest) -> None:
    intake.connection.execute(text("DELETE FROM slot"))

    assert "Der er ingen ledig tid. Gem alligevel" in words(desk(intake).submit("/skranken/tider"))
    assert desk(intake).submit("/skranken/ny", TYPED).status_code == 303


def test_form_names_no_holder_of_its_own(intake: ServiceUnderTest) -> None:
    held = hold(intake).json
    desk(intake).submit("/skranken/ny", TYPED | {"hold_id": held["hold_id"]})

    assert intake.told(VisitationBooked)[0].starts_at.isoformat() == SECOND


def test_program_that_holds_nothing_asks_the_database_no_more_than_before(intake: ServiceUnderTest) -> None:
    intake.call("POST", "/first-contacts", WALK_IN | {"cpr": "150277-9995"})
    with queries_of(intake.connection) as asked:
        intake.call("POST", "/first-contacts", WALK_IN | {"cpr": f"010170-{uuid4().int % 9000 + 1000}"})

    assert len(asked) <= 9, "\n".join(asked)
