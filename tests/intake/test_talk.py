"""What is noted in a talk: CV days, help given, hours that count, own words, what was found, how it ended."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from services.intake import rules
from services.intake.use_cases import cv
from shared import clock
from shared.calendar import danish_time
from shared.events import (
    ApplicationWithdrawn,
    AssistedServiceGiven,
    CaseClosedAtDoor,
    CaseReopenedAtDoor,
    CvDeadlineMet,
    CvDeadlineMissed,
    CvDeadlineReminded,
    CvDeadlineSet,
)
from shared.policy import Row
from tests.browser import without_ids
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import MONDAY, register
from tests.intake.test_visitation import hold

WORDS = "Jeg har haft angst, men vil gerne i et køkken"


def at(intake: ServiceUnderTest, moment: datetime, path: str, body: Any = None, client: str = "front-desk") -> Any:
    with clock.moved_to(moment):
        return intake.call("POST", path, body, client=client)


def night(intake: ServiceUnderTest, day: date) -> None:
    with clock.moved_to(danish_time(day, 0, 10)), intake.begin() as session:
        cv.watch(session)


@pytest.fixture
def held(intake: ServiceUnderTest) -> Any:
    """Somebody jobparat, registered on Monday 2 November 2026."""
    made = register(intake)
    hold(intake, f"/visitations/{made['visitation']['id']}")
    return made


def test_a07_jobparat_is_reminded_before_and_missed_on_the_day_after(intake: ServiceUnderTest, held: Any) -> None:
    (told,) = intake.told(CvDeadlineSet)
    assert (told.group_code, told.due) == ("kontanthjaelp_jobparat", date(2026, 11, 23))

    night(intake, date(2026, 11, 17))
    assert not intake.told(CvDeadlineReminded)
    for day in range(18, 25):
        night(intake, date(2026, 11, day))

    assert len(intake.told(CvDeadlineReminded)) == 1
    assert len(intake.told(CvDeadlineMissed)) == 1
    read = intake.call("GET", f"/citizens/{held['citizen_id']}/cv-deadline").json
    assert (read["state"], read["policy"]) == ("missed", "cv.deadline[kontanthjaelp_jobparat]@2020-01-01")


def test_a07_nothing_is_missed_on_the_day_itself(intake: ServiceUnderTest, held: Any) -> None:
    night(intake, date(2026, 11, 23))
    assert not intake.told(CvDeadlineMissed)


def test_a07_dagpenge_has_fourteen_days_from_registration(intake: ServiceUnderTest) -> None:
    register(intake, applied_for="dagpenge")

    assert [told.due for told in intake.told(CvDeadlineSet)] == [date(2026, 11, 16)]


def test_a07_young_and_obviously_ready_for_education_has_twenty_one_days(intake: ServiceUnderTest) -> None:
    made = register(intake, cpr="310397-9995", qualifying_education=False, email=None, phone=None)
    hold(intake, f"/visitations/{made['visitation']['id']}")

    assert [told.group_code for told in intake.told(CvDeadlineSet)] == ["aabenlyst_uddannelsesparat"]


def test_a07_group_without_a_row_has_no_day(intake: ServiceUnderTest) -> None:
    made = register(intake, applied_for="sygedagpenge")
    hold(intake, f"/visitations/{made['visitation']['id']}")

    assert not intake.told(CvDeadlineSet)
    assert intake.call("GET", f"/citizens/{made['citizen_id']}/cv-deadline").status_code == 404


def test_a07_met_cv_is_neither_reminded_nor_missed_and_a_mistake_is_taken_back(
    intake: ServiceUnderTest, held: Any
) -> None:
    path = f"/citizens/{held['citizen_id']}/cv-deadline"
    assert at(intake, MONDAY, f"{path}/met").json["state"] == "met"
    for day in range(18, 25):
        night(intake, date(2026, 11, day))
    assert (len(intake.told(CvDeadlineMet)), intake.told(CvDeadlineReminded, CvDeadlineMissed)) == (1, [])

    assert at(intake, MONDAY, f"{path}/not-met").json["state"] == "set"


def test_a07_nobody_is_reminded_whose_contact_has_ended_at_the_door_until_that_is_taken_back(
    intake: ServiceUnderTest, held: Any
) -> None:
    outcome = f"/first-contacts/{held['contact_id']}/outcome"
    assert at(intake, MONDAY, outcome, {"outcome_code": "withdrawn"}).status_code < 300
    for day in range(18, 25):
        night(intake, date(2026, 11, day))
    assert intake.told(CvDeadlineReminded, CvDeadlineMissed) == []

    assert at(intake, MONDAY, f"{outcome}/mistake").status_code < 300
    night(intake, date(2026, 11, 20))
    assert len(intake.told(CvDeadlineReminded)) == 1


def test_a09_each_ticked_item_is_recorded_with_its_time_and_told_without_a_cpr(
    intake: ServiceUnderTest, held: Any
) -> None:
    path = f"/citizens/{held['citizen_id']}/assistance"
    at(intake, MONDAY, path, {"items": ["email", "jobnet"]})
    later = at(intake, MONDAY + timedelta(minutes=20), path, {"items": ["jobnet", "print", "application", "cv"]})

    ticked = {one["item_code"]: one["given_at"][:16] for one in later.json["items"]}
    assert (ticked["jobnet"], ticked["print"]) == ("2026-11-02T09:05", "2026-11-02T09:25")
    told = intake.told(AssistedServiceGiven)
    assert [one.items for one in told] == [("email", "jobnet"), ("cv", "print", "application")]
    assert "251248" not in without_ids(intake.envelopes())


def test_a09_cv_that_was_made_at_the_desk_is_there(intake: ServiceUnderTest, held: Any) -> None:
    at(intake, MONDAY, f"/citizens/{held['citizen_id']}/assistance", {"items": ["cv"]})

    assert intake.call("GET", f"/citizens/{held['citizen_id']}/cv-deadline").json["state"] == "met"


def test_a09_mistaken_tick_is_taken_back(intake: ServiceUnderTest, held: Any) -> None:
    path = f"/citizens/{held['citizen_id']}/assistance"
    at(intake, MONDAY, path, {"items": ["email", "print"]})

    left = at(intake, MONDAY, f"{path}/mistake", {"item_code": "print"}).json["items"]
    assert [one["item_code"] for one in left] == ["email"]


def hours(intake: ServiceUnderTest, citizen: str, kind: str, number: float, day: str = "2026-11-04") -> Any:
    body = {"day": day, "kind_code": kind, "hours": number, "source_code": "citizen"}
    return intake.call("POST", f"/citizens/{citizen}/work-hours", body)


def week(intake: ServiceUnderTest, citizen: str, day: str = "2026-11-04") -> Any:
    return intake.call("GET", f"/citizens/{citizen}/work-week?day={day}").json


def test_hours_of_a_week_are_added_up_and_what_is_missing_is_only_said(intake: ServiceUnderTest, held: Any) -> None:
    citizen = held["citizen_id"]
    duty = {"from_on": "2026-11-02", "weekly_hours": 30}
    assert intake.call("POST", f"/citizens/{citizen}/work-duty", duty, client="adviser").status_code == 201
    before = len(intake.envelopes())
    hours(intake, citizen, "danish_classes", 12)
    hours(intake, citizen, "treatment", 2.5, "2026-11-08")
    hours(intake, citizen, "paid_hours", 9, "2026-11-09")

    found = week(intake, citizen)
    assert (found["monday"], found["counted"], found["required_hours"], found["missing"]) == (
        "2026-11-02", 14.5, 30.0, 15.5,
    )  # fmt: skip
    assert found["policies"] == ["work_duty.counts@2025-01-01", "work_duty.hours@2025-01-01"]
    assert len(intake.envelopes()) == before


def test_without_a_decision_nothing_is_missing_and_an_exemption_asks_for_nothing(
    intake: ServiceUnderTest, held: Any
) -> None:
    citizen = held["citizen_id"]
    assert week(intake, citizen)["missing"] is None

    intake.call(
        "POST", f"/citizens/{citizen}/work-duty", {"from_on": "2026-11-09", "weekly_hours": 0}, client="adviser"
    )
    assert week(intake, citizen)["missing"] is None
    assert week(intake, citizen, "2026-11-10")["missing"] == 0


def test_before_2025_it_is_not_configured_what_counts(intake: ServiceUnderTest, held: Any) -> None:
    assert week(intake, held["citizen_id"], "2024-11-06")["configured"] is False


def test_more_than_thirty_seven_hours_are_refused_and_only_an_adviser_decides(
    intake: ServiceUnderTest, held: Any
) -> None:
    path, body = f"/citizens/{held['citizen_id']}/work-duty", {"from_on": "2026-11-02", "weekly_hours": 38}
    refused = intake.call("POST", path, body, client="adviser")

    assert (refused.status_code, refused.json["code"]) == (409, "too_many_hours")
    assert refused.json["policy"] == "work_duty.hours@2025-01-01"
    assert intake.call("POST", path, body | {"weekly_hours": 37}).status_code == 403


def test_kind_of_hours_is_in_no_change_history_and_a_mistake_goes(intake: ServiceUnderTest, held: Any) -> None:
    noted = hours(intake, held["citizen_id"], "treatment", 3).json
    assert not intake.connection.scalar(text("SELECT count(*) FROM audit WHERE changes::text LIKE '%treatment%'"))

    path = f"/citizens/{held['citizen_id']}/work-hours/{noted['id']}/mistake"
    assert intake.call("POST", path).status_code == 200
    assert week(intake, held["citizen_id"])["entries"] == []


@pytest.mark.parametrize("code", ["job", "education", "self_supporting", "referred_on"])
def test_outcome_at_the_door_is_told_as_a_code(intake: ServiceUnderTest, held: Any, code: str) -> None:
    path = f"/first-contacts/{held['contact_id']}/outcome"
    assert intake.call("POST", path, {"outcome_code": code}).status_code == 201

    assert [told.outcome_code for told in intake.told(CaseClosedAtDoor)] == [code]


def test_withdrawn_application_is_taken_back_and_stops_nobody(intake: ServiceUnderTest, held: Any) -> None:
    path = f"/first-contacts/{held['contact_id']}/outcome"
    intake.call("POST", path, {"outcome_code": "withdrawn"})
    assert register(intake)["known_before"] is True
    intake.call("POST", f"{path}/mistake")

    assert (len(intake.told(ApplicationWithdrawn)), len(intake.told(CaseReopenedAtDoor))) == (1, 1)


def test_own_words_stay_in_intake_and_go_out_by_no_door(intake: ServiceUnderTest, held: Any) -> None:
    before = len(intake.envelopes())
    answer = intake.call("POST", f"/citizens/{held['citizen_id']}/knowledge", {"tasks": WORDS})

    assert answer.status_code == 201
    assert "angst" not in answer.text
    assert len(intake.envelopes()) == before
    assert not intake.connection.scalar(text("SELECT count(*) FROM audit WHERE changes::text LIKE '%angst%'"))


def test_pay_stands_alone_while_no_rate_is_configured(intake: ServiceUnderTest) -> None:
    found = intake.call("GET", "/calculator?hourly_pay=150&weekly_hours=37&benefit=kontanthjaelp").json

    assert (found["pay_month"], found["benefit_month"], found["difference"]) == (24050.0, None, None)


def test_pay_beside_a_configured_rate_names_its_row() -> None:
    row = Row("calculator.benefit_month", 12000, "kr", date(2026, 1, 1), None, "kontanthjaelp", "x", "x")
    found = rules.compare(150, 37, row)

    assert (found.benefit_hour, found.difference) == (74.84, 12050.0)
    assert found.policy == "calculator.benefit_month[kontanthjaelp]@2026-01-01"
