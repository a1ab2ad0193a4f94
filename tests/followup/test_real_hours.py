"""Hours as they are worked: the brake, the level that lasts, the gate, paid tasks, hours that are hidden."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from services.followup import rules
from services.followup.consumer import JOBS
from services.followup.rules import Step
from shared import clock
from shared.calendar import danish_time
from shared.events import DocumentGatePassed, HourStepExceeded, SustainableLevelSet
from tests.browser import offered, words
from tests.followup.telling import CITIZEN, PLACEMENT, citizen, company, placement
from tests.house import ServiceUnderTest

HOURS = f"/placements/{PLACEMENT}/hours-course"
PAGE = f"/opfoelgning/forloeb/{PLACEMENT}/timerne"
OWN = f"/opfoelgning/mit-forloeb/{PLACEMENT}/timer"


def begin(service: ServiceUnderTest, **changed: Any) -> None:
    told = {
        "starts_on": date(2027, 1, 4), "ends_on": date(2027, 6, 30), "weekly_hours": 4.0,
        "first_day_at": danish_time(date(2027, 1, 4), 8),
    }  # fmt: skip
    service.hear(citizen(), company(), placement(**told | changed))


@pytest.fixture
def stepped(followup: ServiceUnderTest) -> Iterator[ServiceUnderTest]:
    """A23: 4, 6 and 8 hours are agreed, step by step."""
    begin(followup)
    with clock.moved_to(danish_time(date(2027, 1, 5), 9)):
        for day, hours in (("2027-01-18", 6), ("2027-02-01", 8)):
            agreed(followup, day, hours)
    with clock.moved_to(danish_time(date(2027, 2, 12), 15)):
        yield followup


def agreed(service: ServiceUnderTest, day: str, hours: float, client: str = "adviser") -> Any:
    return service.call("POST", f"/placements/{PLACEMENT}/hours", {
        "from": day, "placement_hours": hours, "paid_hours": 0, "reason_code": "next_step", "asked_by": "citizen",
    }, client=client)  # fmt: skip


def close(service: ServiceUnderTest, day: date) -> None:
    with clock.moved_to(danish_time(day, 4)), service.begin() as session:
        JOBS["close_weeks"].run(session)


def course(service: ServiceUnderTest) -> dict[str, Any]:
    found: dict[str, Any] = service.call("GET", HOURS, client="adviser").json
    return found


def test_a23_week_above_the_step_is_reviewed_when_it_closes_and_the_plan_stays(stepped: ServiceUnderTest) -> None:
    nancy = stepped.browser("citizen", subject=str(CITIZEN))
    assert nancy.submit(OWN, {"monday": "2027-02-10", "worked": "14"}).status_code == 303
    assert stepped.told(HourStepExceeded) == []

    close(stepped, date(2027, 2, 15))
    close(stepped, date(2027, 2, 16))

    told = stepped.told(HourStepExceeded)
    assert [(one.monday, one.agreed, one.worked) for one in told] == [(date(2027, 2, 8), 8.0, 14.0)]
    steps = stepped.call("GET", f"/placements/{PLACEMENT}", client="adviser").json["hours"]
    assert [step["placement_hours"] for step in steps] == [4.0, 6.0, 8.0]
    contacts = stepped.call("GET", f"/placements/{PLACEMENT}", client="adviser").json["contacts"]
    assert any(one["why_code"] == "hours_exceeded" for one in contacts)


def test_a23_adviser_and_coordinator_each_look_at_it(stepped: ServiceUnderTest) -> None:
    stepped.call(
        "POST", f"{HOURS}/weeks", {"monday": "2027-02-08", "worked": 14, "told_by": "mentor"}, client="adviser"
    )
    close(stepped, date(2027, 2, 15))
    review = course(stepped)["reviews"][0]["id"]
    adviser, coordinator = stepped.browser("adviser"), stepped.browser("job_consultant")
    assert "Flere timer end aftalt" in words(adviser.get(PAGE))

    adviser.submit(f"{PAGE}/brems/{review}", {"seen": "true"})
    seen = course(stepped)["reviews"][0]
    assert (seen["adviser_at"] is not None, seen["coordinator_at"]) == (True, None)
    coordinator.submit(f"{PAGE}/brems/{review}", {"seen": "true"})
    assert "Flere timer end aftalt" not in words(coordinator.get(PAGE))


def test_a23_fifteen_hours_are_recorded_as_final_and_taken_back(stepped: ServiceUnderTest) -> None:
    adviser = stepped.browser("adviser")
    adviser.submit(f"{PAGE}/niveau", {"weekly_hours": "15"})
    shown = adviser.get(PAGE)
    assert "Varigt niveau: 15 timer om ugen fra 12. februar 2027." in words(shown)
    assert stepped.told(SustainableLevelSet)[0].weekly_hours == 15

    where, fields = offered(shown.text)
    adviser.submit(where, fields)
    assert course(stepped)["sustainable_hours"] is None


def test_week_within_the_step_raises_nothing(stepped: ServiceUnderTest) -> None:
    stepped.call("POST", f"{HOURS}/weeks", {"monday": "2027-02-08", "worked": 8, "told_by": "mentor"}, client="adviser")
    close(stepped, date(2027, 2, 15))

    assert stepped.told(HourStepExceeded) == []


def test_days_of_attendance_make_up_the_week_where_nobody_told_of_it(stepped: ServiceUnderTest) -> None:
    days = [{"on": f"2027-02-{day:02}", "state": "present", "hours": 4.5} for day in (8, 9, 10)]
    stepped.call("POST", f"/placements/{PLACEMENT}/attendance", {"days": days}, client="consultant")
    close(stepped, date(2027, 2, 15))

    assert stepped.told(HourStepExceeded)[0].worked == 13.5


def test_agreed_real_and_missed_hours_stand_side_by_side(stepped: ServiceUnderTest) -> None:
    stepped.call(
        "POST", f"{HOURS}/weeks", {"monday": "2027-02-01", "worked": 5, "told_by": "citizen"}, client="adviser"
    )

    week = next(one for one in course(stepped)["weeks"] if one["monday"] == "2027-02-01")
    assert (week["agreed"], week["worked"], week["missed"]) == (8.0, 5.0, 3.0)
    assert "1. februar 2027 8 5 3" in words(stepped.browser("adviser").get(PAGE))


def test_hours_that_have_not_moved_for_six_weeks_are_pointed_out(stepped: ServiceUnderTest) -> None:
    assert not course(stepped)["unmoved_too_long"]
    with clock.moved_to(danish_time(date(2027, 3, 15), 9)):
        assert course(stepped)["unmoved_too_long"]
        assert "Timerne har været de samme i 6 uger." in words(stepped.browser("adviser").get(PAGE))


def test_a22_hours_wait_for_the_statement_which_is_there_by_reference_only(followup: ServiceUnderTest) -> None:
    begin(followup, purpose_code="retain_job")
    with clock.moved_to(danish_time(date(2027, 1, 5), 9)):
        blocked = agreed(followup, "2027-01-11", 4)
        assert (blocked.status_code, blocked.json["code"]) == (409, "document_missing")
        adviser = followup.browser("adviser")
        assert "Lægelig udtalelse mangler." in words(adviser.get(PAGE))
        wordy = adviser.submit(f"{PAGE}/dokument", {"gate_code": "medical_statement", "document_ref": "ondt i ryggen"})
        assert wordy.status_code == 422
        adviser.submit(f"{PAGE}/dokument", {"gate_code": "medical_statement", "document_ref": "2027-000123"})

        assert agreed(followup, "2027-01-11", 4).status_code == 201
    assert followup.told(DocumentGatePassed)[0].document_ref == "2027-000123"


def test_other_purposes_have_no_gate(stepped: ServiceUnderTest) -> None:
    assert course(stepped)["gates"] == []


def test_task_that_is_mastered_turns_its_hours_into_paid_ones(stepped: ServiceUnderTest) -> None:
    adviser = stepped.browser("adviser")
    adviser.submit(f"{PAGE}/opgaver", {"name": "Kaffemaskiner", "weekly_hours": "3"})
    task = course(stepped)["tasks"][0]["id"]
    answer = adviser.submit(f"{PAGE}/opgaver/{task}/kan", {"since": "2027-02-15"})

    assert answer.status_code == 303
    steps = stepped.call("GET", f"/placements/{PLACEMENT}", client="adviser").json["hours"]
    assert (steps[-1]["placement_hours"], steps[-1]["paid_hours"], steps[-1]["reason_code"]) == (5, 3, "task_mastered")
    again = adviser.submit(f"{PAGE}/opgaver/{task}/kan", {"since": "2027-02-22"})
    assert "Opgavens timer er allerede lønnede." in words(again)


def test_task_with_more_hours_than_are_left_is_refused(stepped: ServiceUnderTest) -> None:
    adviser = stepped.browser("adviser")
    adviser.submit(f"{PAGE}/opgaver", {"name": "Alt", "weekly_hours": "20"})
    task = course(stepped)["tasks"][0]["id"]

    assert "Der er ikke så mange timer tilbage" in words(
        adviser.submit(f"{PAGE}/opgaver/{task}/kan", {"since": "2027-02-15"})
    )
    assert adviser.submit(f"{PAGE}/opgaver/{task}/fjern").status_code == 303
    assert course(stepped)["tasks"] == []


def test_hours_are_hidden_from_the_citizen_where_they_are_a_strain(stepped: ServiceUnderTest) -> None:
    nancy = stepped.browser("citizen", subject=str(CITIZEN))
    assert "Dine timer nu" in words(nancy.get("/opfoelgning/kort/mig"))
    stepped.browser("adviser").submit(f"{PAGE}/skjul", {"hidden": "on"})

    assert "timer" not in words(nancy.get("/opfoelgning/kort/mig")).lower()
    assert "Her skal du ikke tælle timer." in words(nancy.get(OWN))
    assert "Aftalte timer" in words(stepped.browser("adviser").get(PAGE))


def test_other_citizens_find_no_page_for_these_hours(stepped: ServiceUnderTest) -> None:
    other = stepped.browser("citizen", subject="00000000-0000-4000-8000-000000000099")

    assert other.get(OWN).status_code == 404


@pytest.mark.parametrize(
    ("monday", "status"), [("2027-02-15", 422), ("2026-12-20", 422), ("2027-01-04", 303), ("i går", 422)]
)
def test_hours_are_told_of_weeks_that_have_begun(stepped: ServiceUnderTest, monday: str, status: int) -> None:
    answer = stepped.browser("adviser").submit(f"{PAGE}/uge", {"monday": monday, "worked": "5", "told_by": "mentor"})

    assert answer.status_code == status
    assert status == 303 or f'value="{monday}"' in answer.text


def test_step_in_the_middle_of_a_week_counts_for_all_of_it() -> None:
    steps = [Step(date(2027, 1, 4), 4, 0), Step(date(2027, 1, 13), 4, 2)]

    assert [rules.agreed_in(steps, date(2027, 1, 4) + timedelta(weeks=n)) for n in range(3)] == [4, 6, 6]
