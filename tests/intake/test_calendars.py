"""Slots come of consultants' hours, absences, rooms and open days, and follow every change of them."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from services.intake.rules import calendars
from services.intake.rules.calendars import Given, Seat, Time, Worker
from services.intake.use_cases import POLICY, slots
from shared import clock
from shared.clock import danish_time
from tests.browser import Browser, words
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import BEFORE_CHRISTMAS, MONDAY, WALK_IN

TUESDAY = date(2026, 11, 3)
ALL_WEEK = tuple(f"{day} 08:00-16:00" for day in ("mon", "tue", "wed", "thu", "fri"))
ROOM = Seat("room-1", 1, "jobbutik")


@pytest.fixture(autouse=True)
def monday(intake: ServiceUnderTest) -> Iterator[None]:
    with clock.moved_to(MONDAY):
        with intake.begin() as session:
            slots.stock_slots(session)
        yield


@pytest.fixture
def desk(intake: ServiceUnderTest) -> Browser:
    return intake.browser("front_desk", organisation="jobbutikken")


def on(day: date, begins: int, ends: int) -> Time:
    return Time(danish_time(day, begins), danish_time(day, ends))


def given(day: date, *workers: Worker, seats: tuple[Seat, ...] = (ROOM,), taken: tuple[Given, ...] = ()) -> list[Given]:
    return calendars.planned(day, workers, seats, taken, POLICY)


def free(intake: ServiceUnderTest, day: date = TUESDAY) -> int:
    return len(intake.call("GET", f"/slots?day={day}").json["items"])


def first_consultant(intake: ServiceUnderTest) -> Any:
    return intake.call("GET", "/consultants").json["items"][0]["consultant"]


def test_a01_open_day_gives_a_slot_each_half_hour_from_nine_to_three() -> None:
    times = [slot.time.starts_at for slot in given(TUESDAY, Worker("a", ALL_WEEK))]

    assert (len(times), times[0], times[-1]) == (12, danish_time(TUESDAY, 9), danish_time(TUESDAY, 14, 30))


def test_a02_closed_days_and_holidays_give_none() -> None:
    for day in (date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 26), date(2026, 12, 31), date(2026, 6, 5)):
        assert given(day, Worker("a", ALL_WEEK)) == []


def test_consultant_has_slots_in_their_own_hours_only() -> None:
    hours = ("tue 09:00-10:00", "tue 11:30-12:15", "wed 09:00-15:00")
    times = [slot.time.starts_at for slot in given(TUESDAY, Worker("a", hours))]

    assert times == [danish_time(TUESDAY, 9), danish_time(TUESDAY, 9, 30), danish_time(TUESDAY, 11, 30)]


def test_absence_takes_the_slots_that_it_touches() -> None:
    away = Time(danish_time(TUESDAY, 9, 15), danish_time(TUESDAY, 14))
    times = [slot.time.starts_at for slot in given(TUESDAY, Worker("a", ALL_WEEK, (away,)))]

    assert times == [danish_time(TUESDAY, 14), danish_time(TUESDAY, 14, 30)]


def test_consultant_without_a_place_has_no_slot() -> None:
    workers = (Worker("a", ALL_WEEK), Worker("b", ALL_WEEK), Worker("c", ALL_WEEK))
    places = (ROOM, Seat("room-1", 2, "jobbutik"))

    assert len(given(TUESDAY, *workers, seats=places)) == 24
    assert {slot.consultant for slot in given(TUESDAY, *workers, seats=places)} == {"a", "b"}


def test_taken_slot_keeps_its_consultant_and_its_place() -> None:
    had = Given("b", "room-1", 1, "jobbutik", Time(danish_time(TUESDAY, 9), danish_time(TUESDAY, 9, 30)))
    workers = (Worker("a", ALL_WEEK), Worker("b", ALL_WEEK))
    at_nine = [slot for slot in given(TUESDAY, *workers, taken=(had,)) if slot.time.starts_at == had.time.starts_at]

    assert at_nine == []


def test_absence_closes_the_free_slots_at_once_and_its_removal_opens_them(intake: ServiceUnderTest) -> None:
    one = first_consultant(intake)
    times = {"starts_at": danish_time(TUESDAY, 0).isoformat(), "ends_at": danish_time(TUESDAY, 23).isoformat()}
    made = intake.call("POST", f"/consultants/{one['id']}/absences", times)

    assert (made.status_code, free(intake)) == (201, 24)
    intake.call("POST", f"/absences/{made.json['id']}/removal")
    assert free(intake) == 36


def test_room_that_is_not_used_takes_its_slots_along(intake: ServiceUnderTest) -> None:
    room = intake.call("GET", "/rooms").json["items"][0]
    intake.call("PATCH", f"/rooms/{room['id']}", {"active": False}, If_Match='"v1"')

    assert free(intake) == 24


def test_more_places_than_people_give_no_more_slots(intake: ServiceUnderTest) -> None:
    intake.call("POST", "/rooms", {"name": "Salen", "places": 5})

    assert free(intake) == 36
    intake.call("POST", "/consultants", {"name": "Ny Test", "hours": ["tue 09:00-10:00"]})
    assert free(intake) == 38


def test_calendar_that_somebody_else_changed_is_not_overwritten(intake: ServiceUnderTest) -> None:
    one = first_consultant(intake)
    edits = [
        intake.call("PATCH", f"/consultants/{one['id']}", {"hours": []}, If_Match='"v1"').status_code for _ in range(2)
    ]

    assert edits == [200, 412]


def booked_with_absent(intake: ServiceUnderTest) -> Any:
    booked = intake.call("POST", "/first-contacts", WALK_IN).json
    code = intake.connection.scalar(text("SELECT consultant FROM slot WHERE visitation_id IS NOT NULL"))
    everybody = intake.call("GET", "/consultants").json["items"]
    absent = everybody[int(code[-1]) - 1]["consultant"]["id"]
    day = {"starts_at": danish_time(MONDAY.date(), 0).isoformat(), "ends_at": danish_time(TUESDAY, 0).isoformat()}
    intake.call("POST", f"/consultants/{absent}/absences", day)
    return booked


def test_talk_whose_consultant_is_absent_is_listed_and_moved_by_one_act(
    intake: ServiceUnderTest, desk: Browser
) -> None:
    booked = booked_with_absent(intake)
    visitation = booked["visitation"]["id"]

    assert [one["id"] for one in intake.call("GET", "/visitations/to-move").json["items"]] == [visitation]
    assert "Skal flyttes" in words(desk.get("/skranken"))
    answer = desk.submit(f"/skranken/tid/{visitation}/foerste")
    assert answer.status_code == 303
    shown = words(desk.get("/skranken"))
    assert "Tiden er flyttet til i dag kl. 10.30, og borgeren får besked." in shown
    assert "Fortryd" not in shown
    assert "Skal flyttes" not in shown
    assert intake.connection.scalar(text("SELECT count(*) FROM slot WHERE off_calendar")) == 0


def test_slot_that_is_only_held_goes_with_its_consultant_and_the_next_is_held(intake: ServiceUnderTest) -> None:
    held = intake.call("POST", "/slot-holds", {}).json
    for one in intake.call("GET", "/consultants").json["items"]:
        away = {
            "starts_at": danish_time(MONDAY.date(), 8).isoformat(),
            "ends_at": danish_time(MONDAY.date(), 12).isoformat(),
        }
        intake.call("POST", f"/consultants/{one['consultant']['id']}/absences", away)
    answer = intake.call("POST", "/first-contacts", WALK_IN | {"slot_id": held["slot"]["id"]})
    again = intake.call("POST", "/slot-holds", {"hold_id": held["hold_id"]}).json

    assert (answer.status_code, answer.json["code"]) == (409, "slot_taken")
    assert again["slot"]["starts_at"] == "2026-11-02T11:00:00+00:00"


def test_talk_stays_when_the_absent_one_comes_after_all(intake: ServiceUnderTest, desk: Browser) -> None:
    booked_with_absent(intake)
    intake.connection.execute(text("DELETE FROM absence"))
    with intake.begin() as session:
        slots.stock_slots(session)

    assert "Skal flyttes" not in words(desk.get("/skranken"))


def test_slots_given_before_christmas_do_not_stand_on_closed_days(intake: ServiceUnderTest) -> None:
    with clock.moved_to(BEFORE_CHRISTMAS):
        with intake.begin() as session:
            slots.stock_slots(session)
        assert [free(intake, date(2026, 12, day)) for day in (24, 25, 28)] == [0, 0, 36]


def test_hours_are_typed_as_people_write_them_and_taken_back(intake: ServiceUnderTest, desk: Browser) -> None:
    one = first_consultant(intake)
    typed = {"name": "Ane Test", "active": "on", "version": "1", "mon": "9-12, 12.30-15", "tue": "", "wed": "10.15-14"}
    answer = desk.submit(f"/skranken/kalender/konsulent/{one['id']}", typed)

    assert answer.status_code == 303
    kept = intake.call("GET", f"/consultants/{one['id']}").json
    assert (kept["name"], kept["hours"]) == (
        "Ane Test", ["mon 09:00-12:00", "mon 12:30-15:00", "wed 10:15-14:00"],
    )  # fmt: skip
    undo = {"name": one["name"], "version": "2", "active": "true", **{hours[:3]: "8-17" for hours in one["hours"]}}
    desk.submit(f"/skranken/kalender/konsulent/{one['id']}", undo)
    assert intake.call("GET", f"/consultants/{one['id']}").json["hours"] == one["hours"]


@pytest.mark.parametrize("wrong", ["9", "15-9", "9-25", "hele dagen"])
def test_hours_that_are_none_are_said_at_their_field(intake: ServiceUnderTest, desk: Browser, wrong: str) -> None:
    one = first_consultant(intake)
    answer = desk.submit(
        f"/skranken/kalender/konsulent/{one['id']}", {"name": "Ane Test", "version": "1", "mon": wrong}
    )

    assert answer.status_code == 422
    assert f'value="{wrong}"' in answer.text
    assert 'id="f-mon-error"' in answer.text


def test_calendar_page_shows_who_where_and_how_much_is_free(desk: Browser) -> None:
    shown = words(desk.get("/skranken/kalender"))

    assert "Konsulent 1 8.00–17.00" in shown
    assert "Tirsdag 3. november 36 0" in shown
    assert "Lørdag 7. november Lukket – –" in shown


def test_absence_is_noted_on_the_page_without_a_reason_and_taken_back(intake: ServiceUnderTest, desk: Browser) -> None:
    path = f"/skranken/kalender/konsulent/{first_consultant(intake)['id']}"
    desk.submit(f"{path}/fravaer", {"starts_at": "2026-11-03T08:00", "ends_at": "2026-11-03T12:00"})

    assert free(intake) == 30
    (absence,) = intake.call("GET", "/consultants").json["items"][0]["absences"]
    desk.submit(f"/skranken/kalender/fravaer/{absence['id']}/fjern")
    assert free(intake) == 36
    wrong = desk.submit(f"{path}/fravaer", {"starts_at": "2026-11-03T08:00", "ends_at": "2026-11-03T07:00"})
    assert "Til: Slutter, før det begynder." in words(wrong)


def test_consultants_end_and_their_free_slots_go(intake: ServiceUnderTest, desk: Browser) -> None:
    one = first_consultant(intake)
    desk.submit(f"/skranken/kalender/konsulent/{one['id']}", {"name": one["name"], "version": "1", "tue": "9-15"})

    assert free(intake) == 24
    assert free(intake, TUESDAY + timedelta(days=1)) == 24


def test_mistake_in_a_rooms_row_stays_in_that_row(intake: ServiceUnderTest, desk: Browser) -> None:
    one = intake.call("GET", "/rooms").json["items"][0]
    typed = {"name": "Sal 9", "places": "mange", "active": "on", "version": str(one["version"])}
    answer = desk.submit(f"/skranken/kalender/lokale/{one['id']}", typed)

    assert answer.status_code == 422
    assert re.findall(r'name="name" value="Sal 9"[^>]*form="room-([^"]*)"', answer.text) == [one["id"]]
    assert re.findall(r'name="places" value="mange"[^>]*form="room-([^"]*)"', answer.text) == [one["id"]]
    assert "/skranken/kalender/lokale/nyt" not in answer.text
