"""Alarms before the legal limit: raised once for a unit and a day, over after a while, and no person in them."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import text

from services.intake.use_cases import alarms, slots
from shared import clock
from shared.clock import danish_time
from shared.events import NOTIFICATIONS, PromiseAlarmEnded, PromiseAlarmRaised
from tests.browser import words
from tests.house import ServiceUnderTest
from tests.intake.test_figures import MONDAY, at, comes, ends

LIMIT = date(2026, 11, 9)
BOXES = "jobbutikken-leder@eksempelby.example jobbutikken-kalender@eksempelby.example"


def look(intake: ServiceUnderTest, moment: datetime) -> None:
    """The worker's job at that moment."""
    with clock.moved_to(moment), intake.begin() as session:
        alarms.watch(session)


def in_need(intake: ServiceUnderTest, number: int = 1, unit: str | None = "jobbutikken") -> Any:
    """Somebody who came and for whom there is no slot."""
    with clock.moved_to(at(MONDAY)):
        return comes(intake, number, MONDAY, full_until=date(2027, 1, 1), unit_code=unit)


def told(intake: ServiceUnderTest) -> list[tuple[str, date]]:
    found = intake.told(PromiseAlarmRaised, PromiseAlarmEnded)
    return [(one.reason_code if isinstance(one, PromiseAlarmEnded) else "raised", one.due) for one in found]


def test_alarm_is_raised_once_for_all_of_a_unit_and_a_day(intake: ServiceUnderTest) -> None:
    in_need(intake, 1)
    for minutes in range(5):
        look(intake, at(MONDAY, 11) + timedelta(minutes=minutes))
        in_need(intake, 2)

    assert told(intake) == [("raised", LIMIT)]
    raised = intake.told(PromiseAlarmRaised, opener=NOTIFICATIONS)[0]
    assert (raised.unit_code, raised.mailboxes) == ("jobbutikken", BOXES)


def test_each_unit_has_its_own_and_one_without_mailboxes_tells_none(intake: ServiceUnderTest) -> None:
    in_need(intake, 1)
    in_need(intake, 2, unit="ungeenheden")
    in_need(intake, 3, unit=None)
    look(intake, at(MONDAY, 11))

    found = intake.told(PromiseAlarmRaised, opener=NOTIFICATIONS)
    assert {one.unit_code: one.mailboxes for one in found} == {"jobbutikken": BOXES, "ungeenheden": None, None: None}


def test_alarm_names_nobody(intake: ServiceUnderTest) -> None:
    contact = in_need(intake)
    look(intake, at(MONDAY, 11))
    bodies = [str(one) for one in intake.envelopes() if "promise_alarm" in one["type"]]

    assert len(bodies) == 1
    assert contact["citizen_id"] not in bodies[0]
    assert contact["contact_id"] not in bodies[0]
    columns = intake.connection.scalars(text("SELECT column_name FROM information_schema.columns"
                                             " WHERE table_name = 'promise_alarm'")).all()  # fmt: skip
    assert not {"citizen_id", "contact_id"} & set(columns)


def test_alarm_is_over_when_nobody_was_in_danger_for_a_while(intake: ServiceUnderTest) -> None:
    contact = in_need(intake)
    look(intake, at(MONDAY, 11))
    with clock.moved_to(at(MONDAY, 12)):
        with intake.begin() as session:
            slots.stock_slots(session)
        intake.call("POST", f"/first-contacts/{contact['contact_id']}/visitation")
    look(intake, at(MONDAY, 12))
    look(intake, at(MONDAY, 12) + timedelta(minutes=14))
    assert told(intake) == [("raised", LIMIT)]

    look(intake, at(MONDAY, 12) + timedelta(minutes=16))
    look(intake, at(MONDAY, 12) + timedelta(minutes=40))
    assert told(intake) == [("raised", LIMIT), ("safe", LIMIT)]


def test_whoever_ended_at_the_door_is_in_no_danger(intake: ServiceUnderTest) -> None:
    contact = in_need(intake)
    with clock.moved_to(at(MONDAY, 11)):
        listed = intake.call("GET", "/promise/alarms").json["items"]
        assert [one["contact_id"] for one in listed] == [contact["contact_id"]]
    ends(intake, contact, "withdrawn", at(MONDAY, 11))
    look(intake, at(MONDAY, 12))

    assert told(intake) == []
    with clock.moved_to(at(MONDAY, 12)):
        assert intake.call("GET", "/promise/alarms").json["items"] == []


def test_danger_that_comes_back_within_the_while_is_the_same_alarm(intake: ServiceUnderTest) -> None:
    contact = in_need(intake)
    look(intake, at(MONDAY, 11))
    ends(intake, contact, "job", at(MONDAY, 12))
    look(intake, at(MONDAY, 12))
    with clock.moved_to(at(MONDAY, 12)):
        intake.call("POST", f"/first-contacts/{contact['contact_id']}/outcome/mistake")
    look(intake, at(MONDAY, 12) + timedelta(minutes=10))
    look(intake, at(MONDAY, 12) + timedelta(minutes=40))

    assert told(intake) == [("raised", LIMIT)]


def test_day_that_has_passed_ends_the_alarm_and_raises_none(intake: ServiceUnderTest) -> None:
    in_need(intake)
    look(intake, at(MONDAY, 11))
    look(intake, danish_time(LIMIT + timedelta(days=1), 9))
    look(intake, danish_time(LIMIT + timedelta(days=2), 9))

    assert told(intake) == [("raised", LIMIT), ("passed", LIMIT)]


def test_leader_sees_alarms_and_breaches_of_the_own_unit_and_no_name(intake: ServiceUnderTest) -> None:
    in_need(intake, 1)
    in_need(intake, 2, unit="ungeenheden")
    look(intake, at(MONDAY, 11))
    now = danish_time(date(2026, 11, 4), 9)
    with clock.moved_to(now):
        leader = intake.browser("leader", organisation="jobbutikken")
        page = leader.get("/skranken/tal/loefter")
    shown = words(page)

    assert "9. november 2026 Jobbutikken" in shown
    assert shown.count("Ingen tid") == 1
    assert shown.count("Kommunens mål 3. november 2026 Ikke valgt") == 1
    assert "Prøve 1" not in shown
    assert "/borger/" not in page.text
    assert "jobbutikken-leder@eksempelby.example" in shown
    looks = intake.connection.execute(text("SELECT role, purpose, how, cardinality(subjects) FROM lookup"
                                           " ORDER BY seq DESC LIMIT 1")).one()  # fmt: skip
    assert tuple(looks) == ("leader", "supervision", "list", 1)


def test_unit_without_a_mailbox_is_told_so(intake: ServiceUnderTest) -> None:
    with clock.moved_to(at(MONDAY)):
        shown = words(intake.browser("leader", organisation="ungeenheden").get("/skranken/tal/loefter"))

    assert "Ingen postkasse er sat op for enheden" in shown
    assert "Der er ingen alarmer." in shown


def test_leader_reads_the_same_by_program_without_people(intake: ServiceUnderTest) -> None:
    contact = in_need(intake, 1)
    in_need(intake, 2, unit="ungeenheden")
    look(intake, at(MONDAY, 11))

    with clock.moved_to(at(date(2026, 11, 12))):
        leader = intake.token_for("leader")
        found = intake.call("GET", "/promise/leader?unit=jobbutikken", token=leader).json
        refused = intake.call("GET", "/promise/leader", client="company-a")

    assert [(one["contact_id"], one["promise"]) for one in found["breaches"]] == [
        (contact["contact_id"], "local"), (contact["contact_id"], "statutory"),
    ]  # fmt: skip
    assert [(one["unit_code"], one["due"]) for one in found["days"]] == [("jobbutikken", "2026-11-09")]
    assert found["mailboxes"] == BOXES.split()
    assert "citizen_id" not in str(found)
    assert refused.status_code == 403
