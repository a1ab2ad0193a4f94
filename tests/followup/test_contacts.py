"""Contacts at the doors: what is due, held, taken back, moved; and who may see it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest

from shared import clock
from shared.calendar import danish_time
from shared.events import FollowUpHeld, FollowUpMoved, FollowUpReopened
from tests.followup.telling import PLACEMENT, citizen, company, placement
from tests.house import ServiceUnderTest

NINTH_OF_DECEMBER = danish_time(date(2026, 12, 9), 9)
HELD = {"outcome_code": "going_well", "next_step_code": "continue"}


@pytest.fixture
def begun(followup: ServiceUnderTest) -> Iterator[ServiceUnderTest]:
    """A19's placement, a week after its first day."""
    followup.hear(citizen(), company(), placement())
    with clock.moved_to(NINTH_OF_DECEMBER):
        yield followup


def get(service: ServiceUnderTest, path: str, **how: Any) -> Any:
    answer = service.call("GET", path, **{"client": "consultant"} | how)
    assert answer.status_code == 200, answer.text
    return answer.json


def contacts(service: ServiceUnderTest) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = get(service, f"/placements/{PLACEMENT}")["contacts"]
    return found


def post(service: ServiceUnderTest, path: str, body: Any = None) -> Any:
    return service.call("POST", path, body, client="consultant")


def test_overdue_comes_first_with_names_and_days_late(begun: ServiceUnderTest) -> None:
    listed = get(begun, "/contacts/due?on=2026-12-09")

    lines = [(line["kind"], line["due_on"], line["days_late"]) for line in listed["items"]]
    assert lines == [("daily", "2026-12-01", 8), ("weekly", "2026-12-08", 1)]
    assert listed["items"][0]["citizen_name"] == "Nancy Ann Test Berggren"
    assert listed["items"][0]["company_name"] == "Vestkystens Smede"
    assert listed["items"][0]["interpreter_language"] is None
    assert listed["next"] is None


def test_day_of_its_own_leaves_out_what_is_overdue(begun: ServiceUnderTest) -> None:
    listed = get(begun, "/contacts/due?on=2026-12-15&overdue=false")

    assert [(line["due_on"], line["days_late"]) for line in listed["items"]] == [("2026-12-15", 0)]


def test_due_list_goes_on_after_its_cursor(begun: ServiceUnderTest) -> None:
    first = get(begun, "/contacts/due?on=2026-12-15&limit=2")
    second = get(begun, f"/contacts/due?on=2026-12-15&limit=2&cursor={first['next']}")

    due = [line["due_on"] for page in (first, second) for line in page["items"]]
    assert due == ["2026-12-01", "2026-12-08", "2026-12-15"]
    assert second["next"] is None


def test_company_that_is_not_known_yet_leaves_its_name_empty(followup: ServiceUnderTest) -> None:
    followup.hear(placement())

    line = get(followup, "/contacts/due?on=2026-12-01")["items"][0]
    assert (line["citizen_name"], line["company_name"], line["interpreter_language"]) == (None, None, None)


def test_interpreter_is_shown_with_the_language(followup: ServiceUnderTest) -> None:
    followup.hear(citizen(language="so", interpreter=True), placement())

    assert get(followup, "/contacts/due?on=2026-12-01")["items"][0]["interpreter_language"] == "so"


def test_held_contact_is_told_and_leaves_the_list(begun: ServiceUnderTest) -> None:
    first = contacts(begun)[0]
    answer = post(begun, f"/contacts/{first['id']}/held", HELD)

    assert (answer.status_code, answer.json["outcome_code"]) == (201, "going_well")
    assert [line["due_on"] for line in get(begun, "/contacts/due")["items"]] == ["2026-12-08"]
    (told,) = begun.told(FollowUpHeld)
    assert (str(told.contact_id), told.contact_kind) == (first["id"], "daily")


def test_held_twice_is_refused(begun: ServiceUnderTest) -> None:
    path = f"/contacts/{contacts(begun)[0]['id']}/held"
    post(begun, path, HELD)
    again = post(begun, path, HELD)

    assert (again.status_code, again.json["code"]) == (409, "already_held")
    assert again.json["title"] == "Samtalen er allerede holdt."
    assert len(begun.told(FollowUpHeld)) == 1


@pytest.mark.parametrize("held_at", ["2026-12-09T12:00:00+01:00", "2026-11-30T12:00:00+01:00"])
def test_contact_cannot_be_held_in_the_future_or_before_the_placement(begun: ServiceUnderTest, held_at: str) -> None:
    answer = post(begun, f"/contacts/{contacts(begun)[0]['id']}/held", HELD | {"held_at": held_at})

    assert (answer.status_code, list(answer.json["errors"])) == (422, ["held_at"])


def test_held_is_taken_back_on_the_same_day(begun: ServiceUnderTest) -> None:
    path = f"/contacts/{contacts(begun)[0]['id']}"
    post(begun, f"{path}/held", HELD)
    answer = post(begun, f"{path}/undo")

    assert (answer.status_code, answer.json["held_at"], answer.json["outcome_code"]) == (201, None, None)
    assert len(begun.told(FollowUpReopened)) == 1
    assert len(get(begun, "/contacts/due")["items"]) == 2


def test_held_stands_on_the_day_after(begun: ServiceUnderTest) -> None:
    path = f"/contacts/{contacts(begun)[0]['id']}"
    post(begun, f"{path}/held", HELD)
    with clock.moved_to(danish_time(date(2026, 12, 10), 0, 5)):
        answer = post(begun, f"{path}/undo")

    assert (answer.status_code, answer.json["code"]) == (409, "too_late_to_undo")


def test_moved_contact_is_told_with_its_new_moment(begun: ServiceUnderTest) -> None:
    second = contacts(begun)[1]
    body = {"planned_at": "2026-12-10T13:30:00+01:00", "reason_code": "company_asked"}
    answer = post(begun, f"/contacts/{second['id']}/moved", body)

    assert (answer.json["planned_at"], answer.json["due_on"]) == ("2026-12-10T12:30:00+00:00", "2026-12-08")
    (told,) = begun.told(FollowUpMoved)
    assert told.planned_at == datetime(2026, 12, 10, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize("closed", ["2026-12-24", "2026-12-25", "2026-12-12"])
def test_contact_cannot_be_moved_to_a_closed_day(begun: ServiceUnderTest, closed: str) -> None:
    body = {"planned_at": f"{closed}T10:00:00+01:00", "reason_code": "citizen_asked"}
    answer = post(begun, f"/contacts/{contacts(begun)[1]['id']}/moved", body)

    assert (answer.status_code, answer.json["code"]) == (409, "closed_day")
    assert answer.json["policy"] == "calendar.closing_days@2012-01-01"


@pytest.mark.parametrize(
    ("moment", "code", "row"),
    [
        ("2026-12-10T07:59:00+01:00", "outside_hours", "contact.hours@2012-01-01"),
        ("2026-12-10T18:00:00+01:00", "outside_hours", "contact.hours@2012-01-01"),
        ("2027-06-10T06:30:00Z", "after_placement", "contact.days_after_end@2012-01-01"),
        ("2027-03-15T10:00:00+01:00", "after_placement", "contact.days_after_end@2012-01-01"),
    ],
)
def test_contact_cannot_be_moved_out_of_hours_or_long_after_the_placement(
    begun: ServiceUnderTest, moment: str, code: str, row: str
) -> None:
    body = {"planned_at": moment, "reason_code": "citizen_asked"}
    answer = post(begun, f"/contacts/{contacts(begun)[-1]['id']}/moved", body)

    assert (answer.status_code, answer.json["code"], answer.json["policy"]) == (409, code, row)
    assert begun.told(FollowUpMoved) == []


@pytest.mark.parametrize("moment", ["2026-12-10T08:00:00+01:00", "2026-12-10T17:59:00+01:00", "2027-03-12T12:00:00Z"])
def test_contact_can_be_moved_within_hours_until_a_fortnight_after_the_placement(
    begun: ServiceUnderTest, moment: str
) -> None:
    body = {"planned_at": moment, "reason_code": "citizen_asked"}

    assert post(begun, f"/contacts/{contacts(begun)[-1]['id']}/moved", body).status_code == 201


def test_contact_cannot_be_moved_before_the_first_day(followup: ServiceUnderTest) -> None:
    followup.hear(placement(first_day_at=danish_time(date(2026, 12, 3), 12)))
    body = {"planned_at": "2026-12-03T11:00:00+01:00", "reason_code": "citizen_asked"}
    with clock.moved_to(danish_time(date(2026, 12, 1), 9)):
        answer = post(followup, f"/contacts/{contacts(followup)[0]['id']}/moved", body)

    assert (answer.status_code, list(answer.json["errors"])) == (422, ["planned_at"])


def test_contact_cannot_be_moved_to_the_past_or_after_it_was_held(begun: ServiceUnderTest) -> None:
    first, second = contacts(begun)[:2]
    post(begun, f"/contacts/{first['id']}/held", HELD)
    past = {"planned_at": "2026-12-09T08:00:00+01:00", "reason_code": "citizen_asked"}
    future = past | {"planned_at": "2026-12-10T10:00:00+01:00"}

    assert post(begun, f"/contacts/{second['id']}/moved", past).status_code == 422
    assert post(begun, f"/contacts/{first['id']}/moved", future).json["code"] == "already_held"


@pytest.mark.parametrize("verb", ["held", "moved", "undo"])
def test_contact_that_is_not_there_is_not_found(followup: ServiceUnderTest, verb: str) -> None:
    body = {
        "held": HELD,
        "moved": {"planned_at": "2099-12-10T10:00:00Z", "reason_code": "citizen_asked"},
        "undo": None,
    }
    assert post(followup, f"/contacts/{uuid4()}/{verb}", body[verb]).status_code == 404


@pytest.mark.parametrize("client", ["front-desk", "company-a", "citizen", "ops"])
def test_others_may_not_look(followup: ServiceUnderTest, client: str) -> None:
    assert followup.call("GET", "/contacts/due", client=client).status_code == 403
