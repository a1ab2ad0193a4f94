"""A21: a job guarantee, month by month, with a first and a last day, and never left without a conclusion."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from shared import clock
from shared.calendar import danish_time
from shared.events import EmploymentStarted, GuaranteeConcluded
from tests.browser import offered, words
from tests.followup.telling import PLACEMENT, citizen, company, placement
from tests.house import ServiceUnderTest

OF, PAGE = f"/placements/{PLACEMENT}/guarantee", f"/opfoelgning/forloeb/{PLACEMENT}/jobgaranti"
MET = {"stability": True, "efficiency": True, "quality": True}


@pytest.fixture
def promised(followup: ServiceUnderTest) -> Iterator[ServiceUnderTest]:
    """From 1 November 2026 at 20 placement hours, with 25 paid hours promised."""
    first = date(2026, 11, 1)
    followup.hear(citizen(), company(), placement(
        starts_on=first, ends_on=date(2028, 4, 30), first_day_at=danish_time(date(2026, 11, 2), 8), weekly_hours=20.0,
    ))  # fmt: skip
    with clock.moved_to(danish_time(date(2026, 11, 2), 11)):
        assert call(followup, OF, target_hours=25).status_code == 201
        yield followup


def call(service: ServiceUnderTest, path: str, **body: Any) -> Any:
    return service.call("POST", path, body, client="consultant")


def hours(service: ServiceUnderTest, since: str, placement_hours: float, paid_hours: float) -> None:
    answer = call(service, f"/placements/{PLACEMENT}/hours", **{
        "from": since, "placement_hours": placement_hours, "paid_hours": paid_hours, "reason_code": "next_step",
        "asked_by": "company",
    })  # fmt: skip
    assert answer.status_code == 201


def on(day: date) -> Any:
    return clock.moved_to(danish_time(day, 11))


def grown(service: ServiceUnderTest) -> None:
    for since, at, paid in (("2026-12-01", 15, 5), ("2027-01-01", 10, 12), ("2027-02-01", 0, 25)):
        hours(service, since, at, paid)


def test_a21_progression_is_shown_month_by_month(promised: ServiceUnderTest) -> None:
    grown(promised)
    with on(date(2027, 2, 15)):
        found = promised.call("GET", OF, client="consultant").json
        shown = words(promised.browser("job_consultant").get(PAGE))

    assert [(one["month"], one["placement_hours"], one["paid_hours"]) for one in found["months"]] == [
        ("2026-11-01", 20.0, 0.0), ("2026-12-01", 15.0, 5.0), ("2027-01-01", 10.0, 12.0), ("2027-02-01", 0.0, 25.0),
    ]  # fmt: skip
    assert "feb. 2027" in shown


def test_a21_it_is_concluded_from_the_first_of_march_and_by_the_end_of_april(promised: ServiceUnderTest) -> None:
    found = promised.call("GET", OF, client="consultant").json["guarantee"]
    assert (found["earliest_end"], found["latest_end"]) == ("2027-03-01", "2028-04-30")
    assert found["policies"] == ["guarantee.months_least@2012-01-01", "guarantee.months_most@2012-01-01"]

    grown(promised)
    with on(date(2027, 2, 28)):
        call(promised, f"{OF}/assessments", **MET)
        early = call(promised, f"{OF}/conclusion", outcome_code="fulfilled")
    with on(date(2027, 3, 1)):
        done = call(promised, f"{OF}/conclusion", outcome_code="fulfilled")

    assert (early.json["code"], done.status_code) == ("too_early", 201)
    job = promised.told(EmploymentStarted)[0]
    assert (job.since, job.weekly_hours) == (date(2027, 2, 1), 25.0)


def test_a21_kept_needs_all_three_demands_and_the_promised_hours(promised: ServiceUnderTest) -> None:
    with on(date(2027, 3, 1)):
        call(promised, f"{OF}/assessments", **(MET | {"quality": False}))
        assert call(promised, f"{OF}/conclusion", outcome_code="fulfilled").json["code"] == "criteria_not_met"
        call(promised, f"{OF}/assessments", **MET)
        assert call(promised, f"{OF}/conclusion", outcome_code="fulfilled").json["code"] == "hours_missing"


def test_a21_the_placement_is_never_ended_with_the_promise_left_open(promised: ServiceUnderTest) -> None:
    ending = f"/placements/{PLACEMENT}/conclusion"
    with on(date(2028, 5, 2)):
        for party in ("citizen", "company"):
            call(promised, f"/placements/{PLACEMENT}/evaluations", kind="end", party=party, verdict="no")
        assert call(promised, ending, outcome_code="nothing").json["code"] == "guarantee_open"
        assert call(promised, f"{OF}/conclusion", outcome_code="not_fulfilled").json["code"] == "reason_missing"
        reasoned = {"outcome_code": "not_fulfilled", "reason_code": "efficiency"}
        assert call(promised, f"{OF}/conclusion", **reasoned).status_code == 201
        assert call(promised, ending, outcome_code="nothing").status_code == 201

    assert promised.told(GuaranteeConcluded)[-1].reason_code == "efficiency"


def test_a21_the_last_day_comes_up_on_the_board_and_stays_there_while_it_is_late(promised: ServiceUnderTest) -> None:
    for day, there in ((date(2028, 3, 30), False), (date(2028, 3, 31), True), (date(2028, 5, 3), True)):
        with on(day):
            board = words(promised.browser("job_consultant").get("/opfoelgning"))
            assert ("Jobgarantier, der skal afsluttes" in board) == there, day
    with on(date(2028, 5, 3)):
        assert "Jobgarantien skulle være afsluttet" in words(promised.browser("job_consultant").get(PAGE))


def test_a_promise_and_its_conclusion_are_taken_back_the_same_day(promised: ServiceUnderTest) -> None:
    with on(date(2027, 3, 1)):
        consultant = promised.browser("job_consultant")
        consultant.submit(f"{PAGE}/afslut", {"outcome_code": "not_fulfilled", "reason_code": "other_job"})
        undo, fields = offered(consultant.get(PAGE).text)
        assert consultant.submit(undo, fields).status_code == 303
        assert promised.told(GuaranteeConcluded)[-1].outcome_code is None
        assert call(promised, OF, target_hours=10).json["code"] == "agreed_already"
        found = promised.call("GET", OF, client="consultant").json["guarantee"]
        late = consultant.submit(f"{PAGE}/slet", {"version": found["version"]})
        assert late.status_code == 409


def test_a_promise_that_was_none_goes_again(promised: ServiceUnderTest) -> None:
    consultant = promised.browser("job_consultant")
    assert consultant.submit(f"{PAGE}/slet", {"version": "1"}).status_code == 303
    assert "Der er ingen jobgaranti." in words(consultant.get(PAGE))
    wrong = consultant.submit(PAGE, {"target_hours": "99"})
    assert (wrong.status_code, "99" in wrong.text) == (422, True)
    consultant.submit(PAGE, {"target_hours": "25"})
    undo, fields = offered(consultant.get(PAGE).text)
    assert consultant.submit(undo, fields).status_code == 303
