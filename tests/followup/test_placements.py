"""A placement under way: the first day's checklist, and hours that grow."""

from datetime import date
from typing import Any

import pytest

from shared import clock
from shared.calendar import danish_time
from shared.events import HoursChanged
from tests.followup.telling import PLACEMENT, citizen, company, placement
from tests.house import ServiceUnderTest

FIRST_DAY = danish_time(date(2027, 1, 4), 8)
STEP = {
    "from": "2027-01-18", "placement_hours": 12, "paid_hours": 0, "reason_code": "next_step", "asked_by": "citizen",
}  # fmt: skip


@pytest.fixture
def begun(followup: ServiceUnderTest) -> ServiceUnderTest:
    """A32's placement."""
    followup.hear(citizen(), company(), placement(
        cadence="handholding", starts_on=date(2027, 1, 4), ends_on=date(2027, 4, 4), first_day_at=FIRST_DAY,
    ))  # fmt: skip
    return followup


def call(service: ServiceUnderTest, method: str, path: str = "", body: Any = None, client: str = "consultant") -> Any:
    return service.call(method, f"/placements/{PLACEMENT}{path}", body, client=client)


def test_a32_checklist_is_ticked_with_who_and_when(begun: ServiceUnderTest) -> None:
    with clock.moved_to(FIRST_DAY):
        call(begun, "POST", "/checklist/work_clothes")
    items = [item for item in call(begun, "GET").json["checklist"] if item["kit"] == "first_day"]

    assert [item["code"] for item in items if item["done_by"] == "consultant"] == ["work_clothes"]
    assert [item["code"] for item in items if item["done_by"] is None] == [
        "shoes", "way_there", "lunch", "coffee_place", "breaks", "names", "interview_escort",
    ]  # fmt: skip


def test_tick_stays_with_the_first_who_set_it(begun: ServiceUnderTest) -> None:
    call(begun, "POST", "/checklist/lunch")
    again = call(begun, "POST", "/checklist/lunch", client="adviser")

    assert (again.status_code, again.json["done_by"]) == (201, "consultant")


def test_tick_is_taken_away(begun: ServiceUnderTest) -> None:
    call(begun, "POST", "/checklist/lunch")
    answer = call(begun, "POST", "/checklist/lunch/undo")

    assert answer.json == {"kit": "first_day", "code": "lunch", "day_number": 1, "done_at": None, "done_by": None}


def test_thing_that_is_not_on_the_checklist_is_not_found(begun: ServiceUnderTest) -> None:
    assert call(begun, "POST", "/checklist/parachute").status_code == 404


def test_hours_grow_step_by_step_from_what_was_agreed(begun: ServiceUnderTest) -> None:
    call(begun, "POST", "/hours", STEP)

    steps = [(step["from"], step["placement_hours"], step["paid_hours"]) for step in call(begun, "GET").json["hours"]]
    assert steps == [("2027-01-04", 8.0, 0.0), ("2027-01-18", 12.0, 0.0)]
    assert begun.told(HoursChanged)[0].placement_hours == 12.0


def test_a20_paid_hours_and_placement_hours_stand_side_by_side(begun: ServiceUnderTest) -> None:
    body = STEP | {"from": "2027-03-01", "placement_hours": 4, "paid_hours": 8, "reason_code": "second_area"}
    answer = call(begun, "POST", "/hours", body)

    assert (answer.json["placement_hours"], answer.json["paid_hours"]) == (4.0, 8.0)


def test_later_word_for_the_same_day_counts(begun: ServiceUnderTest) -> None:
    call(begun, "POST", "/hours", STEP)
    call(begun, "POST", "/hours", STEP | {"placement_hours": 10})

    assert [step["placement_hours"] for step in call(begun, "GET").json["hours"]] == [8.0, 10.0]


@pytest.mark.parametrize(
    ("changed", "field"), [({"from": "2027-01-03"}, "from"), ({"from": "2027-04-05"}, "placement_hours")]
)
def test_placement_hours_outside_the_placement_are_refused(
    begun: ServiceUnderTest, changed: dict[str, str], field: str
) -> None:
    answer = call(begun, "POST", "/hours", STEP | changed)

    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])


def test_a19_job_after_the_placement_has_paid_hours_only(begun: ServiceUnderTest) -> None:
    body = STEP | {"from": "2027-04-05", "placement_hours": 0, "paid_hours": 8, "reason_code": "hired"}

    assert call(begun, "POST", "/hours", body).status_code == 201


def test_placements_are_listed_with_names(begun: ServiceUnderTest) -> None:
    (line,) = begun.call("GET", "/placements", client="consultant").json["items"]

    assert (line["id"], line["company_contact_name"]) == (str(PLACEMENT), "Brita Test Berggren")
    assert (line["starts_on"], line["mentor_name"]) == ("2027-01-04", "Max Test Berggren")


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=-5", "limit=x", "cursor=x"])
def test_page_that_is_none_is_refused(begun: ServiceUnderTest, query: str) -> None:
    for path in ("/placements", "/contacts/due"):
        assert begun.call("GET", f"{path}?{query}", client="consultant").status_code == 422
