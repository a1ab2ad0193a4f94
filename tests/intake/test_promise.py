"""The promise's clock: breaches with their causes, alarms before the legal limit, and what is coming."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from services.intake.rules.promise import forecast
from services.intake.use_cases import POLICY, slots
from shared import clock
from shared.clock import danish_time
from tests.browser import Browser, queries_of, words
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import BEFORE_CHRISTMAS, MONDAY, WALK_IN

TODAY = MONDAY.date()


@pytest.fixture(autouse=True)
def monday(intake: ServiceUnderTest) -> Iterator[None]:
    with clock.moved_to(MONDAY):
        with intake.begin() as session:
            slots.stock_slots(session)
        yield


@pytest.fixture
def desk(intake: ServiceUnderTest) -> Browser:
    return intake.browser("front_desk", organisation="jobbutikken")


def came(intake: ServiceUnderTest, **changed: Any) -> Any:
    return intake.call("POST", "/first-contacts", WALK_IN | changed).json


def no_slots_before(intake: ServiceUnderTest, day: date) -> None:
    intake.connection.execute(text("DELETE FROM slot WHERE starts_at < :day"), {"day": danish_time(day, 0)})


def breaches(intake: ServiceUnderTest, at: datetime = MONDAY, **period: str) -> list[tuple[str, str | None]]:
    with clock.moved_to(at):
        found = intake.call("GET", "/promise/breaches?" + "&".join(f"{k}={v}" for k, v in period.items())).json
    return [(one["promise"], one["cause"]) for one in found["items"]]


def alarms(intake: ServiceUnderTest, at: datetime = MONDAY) -> list[str]:
    with clock.moved_to(at):
        return [one["contact_id"] for one in intake.call("GET", "/promise/alarms").json["items"]]


def test_a01_talk_on_the_same_or_next_opening_day_keeps_the_promise(intake: ServiceUnderTest) -> None:
    came(intake)

    assert breaches(intake) == []


def test_a01_talk_after_the_goal_is_a_breach_as_soon_as_it_is_booked(intake: ServiceUnderTest) -> None:
    no_slots_before(intake, date(2026, 11, 4))
    came(intake)

    assert breaches(intake) == [("local", None)]


def test_a02_christmas_is_a_breach_of_the_law_only_after_the_calendar_days(intake: ServiceUnderTest) -> None:
    with clock.moved_to(BEFORE_CHRISTMAS):
        intake.connection.execute(text("DELETE FROM slot"))
        came(intake)

    shown = {day: breaches(intake, danish_time(date(2026, 12, day), 12)) for day in (28, 29, 30, 31)}
    assert shown == {28: [], 29: [("local", None)], 30: [("local", None)], 31: [("local", None), ("statutory", None)]}


def test_talk_that_was_booked_and_not_held_is_a_breach_once_its_day_is_over(intake: ServiceUnderTest) -> None:
    came(intake)

    assert breaches(intake, MONDAY + timedelta(days=2)) == [("local", None)]
    intake.connection.execute(text("UPDATE visitation SET state = 'held'"))
    assert breaches(intake, MONDAY + timedelta(days=30)) == []


def test_talk_that_is_off_keeps_no_promise(intake: ServiceUnderTest) -> None:
    booked = came(intake)
    intake.call("POST", f"/visitations/{booked['visitation']['id']}/cancellation")

    assert breaches(intake) == []
    assert breaches(intake, MONDAY + timedelta(days=2)) == [("local", None)]


def test_contact_that_ended_at_the_door_in_time_is_no_breach(intake: ServiceUnderTest) -> None:
    booked = came(intake)
    intake.call("POST", f"/visitations/{booked['visitation']['id']}/cancellation")
    with clock.moved_to(MONDAY + timedelta(days=2)):
        intake.call("POST", f"/first-contacts/{booked['contact_id']}/outcome", {"outcome_code": "job"})

    assert breaches(intake, MONDAY + timedelta(days=30)) == [("local", None)]


def test_breaches_are_those_of_the_period(intake: ServiceUnderTest) -> None:
    no_slots_before(intake, date(2026, 11, 4))
    came(intake)

    assert breaches(intake, since="2026-11-03", until="2026-11-10") == []
    assert breaches(intake, since="2026-11-02", until="2026-11-02") == [("local", None)]
    assert intake.call("GET", "/promise/breaches?since=2026-11-03&until=2026-11-02").status_code == 422


def test_person_says_why_and_may_take_it_back(intake: ServiceUnderTest, desk: Browser) -> None:
    no_slots_before(intake, date(2026, 11, 4))
    contact = came(intake)["contact_id"]
    path = f"/skranken/loefte/{contact}/aarsag"
    answer = desk.submit(path, {"promise": "local", "cause": "citizen_asked_later"})

    shown = desk.get(answer.location)
    assert "Årsagen er gemt." in words(shown)
    assert '<option value="citizen_asked_later" selected>' in shown.text
    assert breaches(intake) == [("local", "citizen_asked_later")]
    desk.submit(path, {"promise": "local", "cause": "no_slot"})
    assert breaches(intake) == [("local", "no_slot")]
    desk.submit(path, {"promise": "local", "cause": ""})
    assert breaches(intake) == [("local", None)]
    assert desk.submit(path, {"promise": "local", "cause": "bad_luck"}).status_code == 422


def test_nobody_with_an_early_talk_raises_the_alarm(intake: ServiceUnderTest) -> None:
    came(intake)

    assert alarms(intake) == []


def test_alarm_is_raised_the_rows_days_before_the_limit_for_who_has_no_talk(intake: ServiceUnderTest) -> None:
    booked = came(intake)
    intake.call("POST", f"/visitations/{booked['visitation']['id']}/cancellation")

    limit = danish_time(date(2026, 11, 9), 8)
    assert alarms(intake, limit - timedelta(days=3)) == []
    assert alarms(intake, limit - timedelta(days=2)) == [booked["contact_id"]]
    assert alarms(intake, limit + timedelta(days=5)) == [booked["contact_id"]]


@pytest.mark.parametrize(("day", "raised"), [(6, False), (9, True), (10, True)])
def test_alarm_is_raised_at_once_for_a_talk_near_or_after_the_limit(
    intake: ServiceUnderTest, day: int, raised: bool
) -> None:
    no_slots_before(intake, date(2026, 11, day))
    booked = came(intake)

    assert alarms(intake) == ([booked["contact_id"]] if raised else [])


def test_alarm_is_raised_at_once_where_no_slot_is_left_before_the_limit(intake: ServiceUnderTest) -> None:
    intake.connection.execute(text("DELETE FROM slot"))
    booked = came(intake)

    assert alarms(intake) == [booked["contact_id"]]
    no_limit = came(intake, cpr="150277-9995", applied_for="other")
    assert no_limit["contact_id"] not in alarms(intake)


def test_held_talk_ends_the_alarm(intake: ServiceUnderTest) -> None:
    no_slots_before(intake, date(2026, 11, 9))
    came(intake)
    intake.connection.execute(text("UPDATE visitation SET state = 'held'"))

    assert alarms(intake, MONDAY + timedelta(days=6)) == []


def test_board_and_promise_page_show_the_alarm_with_the_way_out(intake: ServiceUnderTest, desk: Browser) -> None:
    intake.connection.execute(text("DELETE FROM slot"))
    booked = came(intake)

    assert "1 borger er tæt på lovens frist uden en sikker samtale." in words(desk.get("/skranken"))
    page = desk.get("/skranken/loefte")
    assert "Nancy Ann Test Berggren" in words(page)
    assert f"/skranken/henvendelser/{booked['contact_id']}/tid" in page.text


def test_empty_promise_page_says_what_that_means(desk: Browser) -> None:
    shown = words(desk.get("/skranken/loefte"))

    assert "Ingen er i fare for at overskride lovens frist." in shown
    assert "Alle løfter blev holdt i perioden." in shown
    assert "Ikke nok historik" in shown


def test_forecast_sets_the_mean_of_the_weekday_against_what_is_free() -> None:
    tuesday = TODAY + timedelta(days=1)
    history = {tuesday - timedelta(days=7 * week): number for week, number in enumerate((40, 30, 41), start=1)}
    (ahead,) = forecast(
        [tuesday], free={tuesday: 36}, came=history, first_day=TODAY - timedelta(days=21), policy=POLICY, today=TODAY
    )

    assert (ahead.free, ahead.expected, ahead.short) == (36, 37.0, True)


def test_forecast_counts_days_without_anybody_and_no_week_that_is_to_come() -> None:
    in_eight_days = TODAY + timedelta(days=8)
    history = {TODAY + timedelta(days=1): 90, in_eight_days - timedelta(days=14): 12}
    (ahead,) = forecast(
        [in_eight_days], free={}, came=history, first_day=TODAY - timedelta(days=100), policy=POLICY, today=TODAY
    )

    assert ahead.expected == 2.0


def test_two_weeks_of_history_foretell_nothing() -> None:
    (ahead,) = forecast([TODAY], free={}, came={}, first_day=TODAY - timedelta(days=20), policy=POLICY, today=TODAY)

    assert (ahead.expected, ahead.short) == (None, False)


def test_forecast_is_told_for_opening_days_only(intake: ServiceUnderTest) -> None:
    days = [one["day"] for one in intake.call("GET", "/promise/forecast").json["items"]]

    assert days[:5] == ["2026-11-03", "2026-11-04", "2026-11-05", "2026-11-06", "2026-11-09"]


@pytest.mark.parametrize("people", [1, 3])
def test_promise_page_asks_as_few_questions_for_many_as_for_one(
    intake: ServiceUnderTest, desk: Browser, people: int
) -> None:
    intake.connection.execute(text("DELETE FROM slot"))
    for cpr in ("251248-9996", "150277-9995", "050688-9996")[:people]:
        came(intake, cpr=cpr)
    with queries_of(intake.connection) as asked:
        assert desk.get("/skranken/loefte").status_code == 200

    assert len(asked) <= 7
