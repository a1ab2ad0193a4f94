"""The leader's numbers, counted from what the desk did on days of a moved clock; expected values written by hand."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from services.intake.queries import figures, promise
from services.intake.use_cases import moves, slots
from shared import clock, periods
from shared.clock import danish_time
from shared.periods import MONTH, WEEK, Period
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import WALK_IN
from tests.intake.test_visitation import HOSTS

MONDAY, TUESDAY, THURSDAY = date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 5)
FRIDAY_BEFORE = date(2026, 10, 30)
THIS_WEEK = periods.containing(MONDAY, WEEK)
NEXT_MONTH = danish_time(date(2026, 12, 1), 12)


def at(day: date, hour: int = 10) -> datetime:
    return danish_time(day, hour)


def comes(
    intake: ServiceUnderTest, number: int, day: date, hour: int = 10, *, full_until: date | None = None, **changed: Any
) -> Any:
    """Somebody's first contact on a day; each number is a person of their own."""
    cpr = f"{number % 28 + 1:02d}{number // 28 + 1:02d}70-1111"
    with clock.moved_to(at(day, hour)):
        with intake.begin() as session:
            slots.stock_slots(session)
        if full_until:
            no_slots_before(intake, full_until)
        answer = intake.call("POST", "/first-contacts", WALK_IN | {"cpr": cpr, "name": f"Prøve {number}"} | changed)
    assert answer.status_code == 201, answer.text
    return answer.json


def talks(intake: ServiceUnderTest, contact: Any, moment: datetime, **outcome: Any) -> None:
    """The talk of a contact is held."""
    with clock.moved_to(moment):
        path = f"/visitations/{contact['visitation']['id']}/outcome"
        answer = intake.call("POST", path, outcome, client="adviser")
    assert answer.status_code == 201, answer.text


def ends(intake: ServiceUnderTest, contact: Any, code: str, moment: datetime) -> None:
    with clock.moved_to(moment):
        path = f"/first-contacts/{contact['contact_id']}/outcome"
        answer = intake.call("POST", path, {"outcome_code": code})
    assert answer.status_code == 201, answer.text


def no_slots_before(intake: ServiceUnderTest, day: date) -> None:
    intake.connection.execute(text("DELETE FROM slot WHERE visitation_id IS NULL AND starts_at < :day"),
                              {"day": danish_time(day, 0)})  # fmt: skip


def move(intake: ServiceUnderTest, contact: Any, to: date, by: Any, now: datetime) -> None:
    with clock.moved_to(now), intake.begin() as session:
        free = session.scalar(text("SELECT id FROM slot WHERE visitation_id IS NULL AND starts_at >= :to"
                                   " ORDER BY starts_at LIMIT 1"), {"to": at(to, 0)})  # fmt: skip
        moves.move(session, UUID(contact["visitation"]["id"]), free, by=by)


def numbers(intake: ServiceUnderTest, period: Period = THIS_WEEK, now: datetime = NEXT_MONTH, unit: str | None = None,
            names: str = "contacts goal_kept goal_broken goal_decided") -> tuple[int, ...]:  # fmt: skip
    """The counts as they are, before anything is hidden."""
    with clock.moved_to(now), intake.begin() as session:
        found = figures.counted(session, period.first, period.last)
        return tuple(found.number(unit, name, period) for name in names.split())


def test_talk_held_the_same_or_the_next_opening_day_keeps_the_goal(intake: ServiceUnderTest) -> None:
    contact = comes(intake, 1, MONDAY)
    assert numbers(intake, now=at(MONDAY, 11)) == (1, 0, 0, 0)
    talks(intake, contact, at(MONDAY, 12))

    assert numbers(intake, now=at(MONDAY, 13)) == (1, 1, 0, 1)
    assert numbers(intake) == (1, 1, 0, 1)


def test_booked_before_the_period_and_held_in_it_is_the_contact_of_one_and_the_talk_of_the_other(
    intake: ServiceUnderTest,
) -> None:
    contact = comes(intake, 1, FRIDAY_BEFORE, 15)
    assert contact["visitation"]["starts_at"].startswith("2026-11-02")
    talks(intake, contact, at(MONDAY, 10))
    october, november = periods.containing(FRIDAY_BEFORE, MONTH), periods.containing(MONDAY, MONTH)

    assert numbers(intake, october, names="contacts goal_kept goal_decided talks_held") == (1, 1, 1, 0)
    assert numbers(intake, november, names="contacts goal_kept goal_decided talks_held") == (0, 0, 0, 1)


def test_a02_holidays_between_are_no_opening_days(intake: ServiceUnderTest) -> None:
    before_christmas, after = date(2026, 12, 23), date(2026, 12, 28)
    contact = comes(intake, 1, before_christmas, 15)
    talks(intake, contact, at(after, 12))

    week = periods.containing(before_christmas, WEEK)
    assert numbers(intake, week, at(date(2027, 1, 4))) == (1, 1, 0, 1)


def test_time_after_the_goal_is_a_breach_as_soon_as_it_is_booked(intake: ServiceUnderTest) -> None:
    contact = comes(intake, 1, MONDAY, full_until=THURSDAY)
    assert contact["visitation"]["starts_at"].startswith("2026-11-05")

    assert numbers(intake, now=at(MONDAY, 11)) == (1, 0, 1, 1)


@pytest.mark.parametrize(("by", "told"), [("citizen", (1, 0, 0, 0)), ("staff", (1, 0, 1, 1))])
def test_time_within_the_goal_that_the_citizen_moved_is_no_breach(
    intake: ServiceUnderTest, by: str, told: tuple[int, ...]
) -> None:
    contact = comes(intake, 1, MONDAY, 15)
    move(intake, contact, THURSDAY, by, at(MONDAY, 16))

    assert numbers(intake) == told
    talks(intake, contact, at(THURSDAY, 12))
    assert numbers(intake) == told


def test_time_after_the_goal_is_a_breach_though_the_citizen_moved_it_on(intake: ServiceUnderTest) -> None:
    contact = comes(intake, 1, MONDAY, full_until=THURSDAY)
    move(intake, contact, date(2026, 11, 6), "citizen", at(MONDAY, 10))

    assert numbers(intake) == (1, 0, 1, 1)


def test_cause_that_the_citizen_asked_for_it_makes_it_no_breach_and_another_is_counted(
    intake: ServiceUnderTest,
) -> None:
    first, second = comes(intake, 1, MONDAY), comes(intake, 2, MONDAY)
    for contact, cause in ((first, "citizen_asked_later"), (second, "no_slot")):
        move(intake, contact, THURSDAY, "staff", at(MONDAY, 10))
        intake.call(
            "POST", f"/first-contacts/{contact['contact_id']}/breach-cause", {"promise": "local", "cause": cause}
        )

    assert numbers(intake, names="goal_broken goal_decided cause_no_slot cause_no_show") == (1, 1, 1, 0)


def test_citizen_who_cancels_in_time_breaks_no_promise_of_ours(intake: ServiceUnderTest) -> None:
    contact = comes(intake, 1, MONDAY, 15)
    with clock.moved_to(at(MONDAY, 16)), intake.begin() as session:
        moves.cancel(session, UUID(contact["visitation"]["id"]), by="citizen")

    assert numbers(intake) == (1, 0, 0, 0)


@pytest.mark.parametrize(("day", "told"), [(TUESDAY, (1, 0, 0, 0)), (THURSDAY, (1, 0, 1, 1))])
def test_who_ends_at_the_door_by_the_goal_is_left_out_and_later_is_not(
    intake: ServiceUnderTest, day: date, told: tuple[int, ...]
) -> None:
    contact = comes(intake, 1, MONDAY)
    ends(intake, contact, "withdrawn", at(day))

    assert numbers(intake) == told
    assert numbers(intake, names="end_withdrawn end_job") == (1, 0)


def test_legal_limit_is_broken_a_week_later_also_by_own_wish(intake: ServiceUnderTest) -> None:
    contact, other = comes(intake, 1, MONDAY), comes(intake, 2, MONDAY, applied_for="sygedagpenge")
    move(intake, contact, date(2026, 11, 10), "staff", at(MONDAY, 10))
    assert other["statutory"] is None or other["statutory"]["due"] is None

    names = "law_broken law_decided"
    assert numbers(intake, now=at(MONDAY, 11), names=names) == (1, 1)
    talks(intake, contact, at(date(2026, 11, 10), 14))
    assert numbers(intake, names=names) == (1, 1)


@pytest.mark.parametrize("code", ["withdrawn", "job", "education", "self_supporting", "referred_on"])
def test_each_end_at_the_door_is_counted_and_taken_back(intake: ServiceUnderTest, code: str) -> None:
    contact = comes(intake, 1, MONDAY)
    ends(intake, contact, code, at(MONDAY, 12))
    assert numbers(intake, names=f"contacts end_{code}") == (1, 1)

    with clock.moved_to(at(MONDAY, 13)):
        intake.call("POST", f"/first-contacts/{contact['contact_id']}/outcome/mistake")
    assert numbers(intake, names=f"contacts end_{code}") == (1, 0)


def test_days_to_the_first_offer_are_calendar_days_to_where_it_begins(intake: ServiceUnderTest) -> None:
    for host in HOSTS:
        intake.call("POST", "/hosts", host, client="adviser")
    begins = {1: 3, 2: 4, 3: 5, 4: 6, 5: 17}
    for number, days in begins.items():
        contact = comes(intake, number, MONDAY)
        starts_at = at(MONDAY + timedelta(days=days), 8).isoformat()
        referral = {
            "offer_type": "nytteindsats", "host_code": HOSTS[0]["code"], "starts_at": starts_at, "weeks": 4
        }  # fmt: skip
        talks(intake, contact, at(TUESDAY, 14), referral=referral)
    comes(intake, 6, MONDAY)

    with clock.moved_to(NEXT_MONTH), intake.begin() as session:
        found = figures.days_to_offer(session, THIS_WEEK, THIS_WEEK.before())
    # 3 4 5 6 17: the middle is 5; nine tenths of the way lies 0.6 of the way from 6 to 17.
    assert found == {(THIS_WEEK, unit): pytest.approx((5, 12.6)) for unit in (None, "")}
    assert numbers(intake, names="contacts offers") == (6, 5)


def test_unit_is_the_one_that_the_citizen_belongs_to(intake: ServiceUnderTest) -> None:
    comes(intake, 1, MONDAY, unit_code="jobbutikken")
    comes(intake, 2, MONDAY, unit_code="ungeenheden")
    comes(intake, 3, MONDAY)

    by_unit = [numbers(intake, unit=unit, names="contacts") for unit in ("jobbutikken", "ungeenheden", "", None)]
    assert by_unit == [(1,), (1,), (1,), (3,)]


def test_numbers_and_the_list_of_broken_promises_agree(intake: ServiceUnderTest) -> None:
    for number in range(1, 5):
        comes(intake, number, MONDAY, full_until=THURSDAY)

    with clock.moved_to(NEXT_MONTH), intake.begin() as session:
        listed, _more = promise.breaches(session, THIS_WEEK.first, THIS_WEEK.last)
    local = [one for one in listed if one["promise"] == "local"]
    assert numbers(intake, names="goal_broken law_broken") == (len(local), len(listed) - len(local)) == (4, 4)


def waits(intake: ServiceUnderTest, contact: Any, came: datetime, minutes: int) -> None:
    """Somebody comes to the talk that they have and is called so many minutes later."""
    with clock.moved_to(came):
        body = {"visitation_id": contact["visitation"]["id"], "unit_code": "jobbutikken"}
        arrival = intake.call("POST", f"/citizens/{contact['citizen_id']}/arrivals", body)
        assert arrival.status_code == 201, arrival.text
    with clock.moved_to(came + timedelta(minutes=minutes)):
        answer = intake.call("POST", f"/arrivals/{arrival.json['id']}/call", {"place": "desk-1"})
        assert answer.status_code == 200, answer.text


def test_waiting_time_is_from_arrival_to_call_by_the_danish_hour_of_arrival(intake: ServiceUnderTest) -> None:
    for number, (hour, minutes) in enumerate([(9, 10), (9, 20), (9, 60), (13, 5)]):
        waits(intake, comes(intake, number, MONDAY, 8), at(MONDAY, hour), minutes)

    with clock.moved_to(NEXT_MONTH), intake.begin() as session:
        found = figures.minutes_waited(session, THIS_WEEK, THIS_WEEK.before())
    # 10 20 60: the middle is 20, nine tenths lie 0.8 of the way from 20 to 60. All four: 5 10 20 60.
    assert {hour: deciles for (_week, unit, hour), deciles in found.items() if unit is None} == {
        9: pytest.approx((20, 52), abs=0.01),
        13: pytest.approx((5, 5), abs=0.01),
        None: pytest.approx((15, 48), abs=0.01),
    }
    assert numbers(intake, names="waits hour_9 hour_13 hour_8") == (4, 3, 1, 0)


def test_whoever_is_not_called_is_not_counted_as_waiting(intake: ServiceUnderTest) -> None:
    contact = comes(intake, 1, MONDAY, 8)
    with clock.moved_to(at(MONDAY, 9)):
        body = {"visitation_id": contact["visitation"]["id"], "unit_code": "jobbutikken"}
        intake.call("POST", f"/citizens/{contact['citizen_id']}/arrivals", body)

    assert numbers(intake, names="waits hour_9") == (0, 0)


def test_no_show_belongs_to_the_day_of_the_talk_and_its_undo_takes_it_back(intake: ServiceUnderTest) -> None:
    gone, there = comes(intake, 1, FRIDAY_BEFORE, 15), comes(intake, 2, FRIDAY_BEFORE, 15)
    talks(intake, there, at(MONDAY, 10))
    with clock.moved_to(at(MONDAY, 12)):
        answer = intake.call("POST", f"/visitations/{gone['visitation']['id']}/no-show", {"unit_code": "jobbutikken"})
    assert answer.status_code == 201, answer.text

    assert numbers(intake, names="missed talks_over") == (1, 2)
    assert numbers(intake, THIS_WEEK.before(), names="missed talks_over goal_broken goal_kept") == (0, 0, 1, 1)
    with clock.moved_to(at(MONDAY, 13)):
        undo = {"version": answer.json["version"]}
        assert intake.call("POST", f"/arrivals/{answer.json['id']}/undo", undo).status_code == 200
    assert numbers(intake, names="missed talks_over") == (0, 1)
