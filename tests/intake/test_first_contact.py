"""The first contact: known again or for the first time, two deadlines, one slot."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from services.intake.use_cases import slots
from shared import clock
from shared.clock import danish_time
from shared.events import (
    NOTIFICATIONS,
    CitizenChannelsChanged,
    CitizenRegistered,
    FirstContactRegistered,
    VisitationBooked,
)
from tests.house import ServiceUnderTest

WALK_IN = {
    "cpr": "251248-9996",
    "name": "Nancy Ann Test Berggren",
    "email": "nancy@example.dk",
    "phone": "20 12 34 56",
    "postal_code": "3400",
    "municipality_code": "0219",
    "applied_for": "kontanthjaelp",
    "channel": "desk",
    "qualifying_education": True,
    "guidance": {"version": "2026-02", "written": True},
}
MONDAY = danish_time(datetime(2026, 11, 2, tzinfo=UTC).date(), 10, 5)
BEFORE_CHRISTMAS = danish_time(datetime(2026, 12, 23, tzinfo=UTC).date(), 15, 30)


def register(intake: ServiceUnderTest, moment: datetime = MONDAY, **changed: Any) -> Any:
    with clock.moved_to(moment):
        with intake.begin() as session:
            slots.stock_slots(session)
        answer = intake.call("POST", "/first-contacts", WALK_IN | changed)
    assert answer.status_code == 201, answer.text
    return answer.json


def test_a01_slot_and_both_deadlines_of_a_monday(intake: ServiceUnderTest) -> None:
    answer = register(intake)

    assert answer["local_goal"] == {"due": "2026-11-03", "policy": "visitation.local_goal@2019-06-01"}
    assert answer["statutory"] == {"due": "2026-11-09", "policy": "interview.first[kontanthjaelp]@2020-01-01"}
    assert answer["visitation"]["starts_at"] == "2026-11-02T09:30:00+00:00"
    assert answer["visitation"]["within_local_goal"] is True


def test_a02_christmas_moves_the_local_goal_but_not_the_law(intake: ServiceUnderTest) -> None:
    answer = register(intake, BEFORE_CHRISTMAS)

    assert answer["local_goal"]["due"] == "2026-12-28"
    assert answer["statutory"]["due"] == "2026-12-30"
    assert answer["visitation"]["starts_at"].startswith("2026-12-28")


def test_second_time_finds_the_same_person(intake: ServiceUnderTest) -> None:
    first = register(intake)
    second = register(intake, cpr="2512489996")

    assert (first["known_before"], second["known_before"]) == (False, True)
    assert second["citizen_id"] == first["citizen_id"]
    assert len(intake.told(CitizenRegistered)) == 1
    assert len(intake.told(FirstContactRegistered)) == 2


def test_second_contact_takes_away_no_protection_that_it_does_not_mention(intake: ServiceUnderTest) -> None:
    citizen = register(intake, protected=True, interpreter=True, language="so")["citizen_id"]
    register(intake)

    known = intake.call("GET", f"/citizens/{citizen}").json
    assert (known["protected"], known["interpreter"], known["language"]) == (True, True, "so")
    assert not intake.told(CitizenChannelsChanged)


def test_somebody_with_a_visitation_to_come_keeps_it(intake: ServiceUnderTest) -> None:
    first = register(intake)
    second = register(intake)

    assert second["visitation"]["id"] == first["visitation"]["id"]
    assert len(intake.told(VisitationBooked)) == 1


def test_visitation_that_was_missed_does_not_stand_in_the_way(intake: ServiceUnderTest) -> None:
    first = register(intake)
    second = register(intake, MONDAY + timedelta(days=7))

    assert second["visitation"]["id"] != first["visitation"]["id"]
    assert second["visitation"]["starts_at"] == "2026-11-09T09:30:00+00:00"


def test_full_days_give_the_next_free_slot_and_say_so(intake: ServiceUnderTest) -> None:
    with clock.moved_to(MONDAY), intake.begin() as session:
        slots.stock_slots(session)
        session.execute(
            text("UPDATE slot SET visitation_id = gen_random_uuid() WHERE starts_at < :day"),
            {"day": danish_time(date(2026, 11, 4), 0)},
        )

    answer = register(intake)

    assert answer["visitation"]["within_local_goal"] is False
    assert answer["visitation"]["starts_at"] == "2026-11-04T08:00:00+00:00"


def test_name_and_channels_are_sealed_and_cpr_is_nowhere(intake: ServiceUnderTest) -> None:
    register(intake)

    bodies = str(intake.envelopes())
    for secret in ("2512489996", "251248", "Berggren", "nancy@", "+4520123456"):
        assert secret not in bodies
    opened = intake.told(CitizenRegistered, opener=NOTIFICATIONS)[0]
    assert (opened.name, opened.email, opened.phone) == (WALK_IN["name"], "nancy@example.dk", "+4520123456")


def test_protected_address_leaves_no_place_and_opens_for_fewer(intake: ServiceUnderTest) -> None:
    register(intake, protected=True)

    seen = {opener: intake.told(CitizenRegistered, opener=opener)[0] for opener in ("followup", "notifications")}
    assert seen["followup"].name is None
    assert seen["notifications"].name == WALK_IN["name"]
    assert seen["notifications"].postal_code is None


def test_cpr_lies_encrypted_and_stays_out_of_the_audit_trail(intake: ServiceUnderTest) -> None:
    register(intake)

    stored = str(intake.connection.exec_driver_sql("SELECT * FROM citizen").all())
    trail = str(intake.connection.exec_driver_sql("SELECT * FROM audit").all())
    assert "2512489996" not in stored + trail
    assert "front-desk" in trail
    assert "Berggren" not in trail


@pytest.mark.parametrize(
    ("field", "value"),
    [("cpr", "3202999999"), ("cpr", "abcdefghij"), ("phone", "12345678"), ("name", "   \x00"), ("applied_for", "x")],
)
def test_bad_input_names_the_field(intake: ServiceUnderTest, field: str, value: str) -> None:
    answer = intake.call("POST", "/first-contacts", WALK_IN | {field: value})

    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    assert list(answer.json["errors"]) == [field]


def test_same_key_gives_the_same_answer_and_one_effect(intake: ServiceUnderTest) -> None:
    answers = [intake.call("POST", "/first-contacts", WALK_IN, Idempotency_Key="double-click") for _ in range(2)]

    assert answers[0].json == answers[1].json
    assert len(intake.told(FirstContactRegistered)) == 1


def test_key_of_another_body_is_refused(intake: ServiceUnderTest) -> None:
    intake.call("POST", "/first-contacts", WALK_IN, Idempotency_Key="double-click")
    answer = intake.call("POST", "/first-contacts", WALK_IN | {"name": "Other"}, Idempotency_Key="double-click")

    assert (answer.status_code, answer.json["code"]) == (409, "idempotency_key_reused")


def test_no_slot_at_all_still_registers_the_contact(intake: ServiceUnderTest) -> None:
    with clock.moved_to(MONDAY + timedelta(days=2000)):
        answer = intake.call("POST", "/first-contacts", WALK_IN)

    assert answer.status_code == 201
    assert answer.json["visitation"] is None
    assert not intake.told(VisitationBooked)
