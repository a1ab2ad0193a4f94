"""What a company's mentor sees: their own placements, when and how people meet, and never why."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from shared import auth, clock
from shared.calendar import danish_time
from shared.config import MachineClient
from tests.conftest import World
from tests.followup.telling import CITIZEN, MENTOR, PLACEMENT, citizen, company, link_mentor, placement
from tests.house import ServiceUnderTest

TICK = f"/placements/{PLACEMENT}/checklist/lunch"
PLANTED = (
    "train_social_skills", "handholding", "interpreter_missing", "needs_adjustment", "find_another", "fewer_for_now",
    "agreed_at_start", '"citizen"', '"so"', '"consultant"',
)  # fmt: skip
ABSENCE = f"/absences/{PLACEMENT}"
HOURS = f"/placements/{PLACEMENT}/hours-course"
DOORS = {
    "GET /contacts/due?overdue=true": 200,
    "GET /placements": 200,
    f"GET /placements/{PLACEMENT}": 200,
    f"POST /placements/{PLACEMENT}/checklist/lunch": 201,
    f"POST /placements/{PLACEMENT}/checklist/lunch/undo": 201,
    "POST /contacts/{contact}/held": 403,
    "POST /contacts/{contact}/undo": 403,
    "POST /contacts/{contact}/moved": 403,
    f"POST /placements/{PLACEMENT}/hours": 403,
    f"POST /placements/{PLACEMENT}/mentor-invitations": 403,
    "POST /mentor-invitations/taken": 415,
    f"GET /placements/{PLACEMENT}/attendance": 200,
    f"POST /placements/{PLACEMENT}/attendance": 415,
    f"GET /placements/{PLACEMENT}/evaluations": 403,
    f"POST /placements/{PLACEMENT}/evaluations": 403,
    f"POST /placements/{PLACEMENT}/conclusion": 403,
    f"POST /placements/{PLACEMENT}/conclusion/undo": 403,
    f"GET {HOURS}": 403,
    f"POST {HOURS}/weeks": 403,
    f"POST {HOURS}/sustainable": 403,
    f"POST {HOURS}/hidden": 403,
    f"POST {HOURS}/gate": 403,
    f"POST {HOURS}/tasks": 403,
    f"POST {HOURS}/tasks/{CITIZEN}/mastered": 403,
    f"POST {HOURS}/reviews/{CITIZEN}": 403,
    f"GET /citizens/{CITIZEN}/absences": 403,
    f"POST /citizens/{CITIZEN}/absences": 403,
    f"GET {ABSENCE}": 403,
    f"POST {ABSENCE}/attempts": 403,
    f"POST {ABSENCE}/restored": 403,
    f"POST {ABSENCE}/ground": 403,
    f"POST {ABSENCE}/hearing": 403,
    f"POST {ABSENCE}/hearing/answer": 403,
    f"POST {ABSENCE}/handed-over": 403,
    f"POST {ABSENCE}/closed": 403,
    f"POST {ABSENCE}/closed/undo": 403,
    f"GET /placements/{PLACEMENT}/course": 403,
    f"POST /placements/{PLACEMENT}/course/changes": 403,
    f"POST /placements/{PLACEMENT}/course/changes/undo": 403,
    f"POST /placements/{PLACEMENT}/course/place-rule": 403,
    f"POST /placements/{PLACEMENT}/taken": 403,
    f"POST /placements/{PLACEMENT}/owner": 403,
    "GET /next-steps": 403,
    f"POST /next-steps/{PLACEMENT}/done": 403,
    f"POST /next-steps/{PLACEMENT}/undo": 403,
    "GET /at-risk": 403,
    "POST /contacts/{contact}/interpreter": 403,
    "GET /cohorts": 200,
    f"POST /cohorts/{PLACEMENT}/days": 415,
    f"POST /placements/{PLACEMENT}/mentor/call": 415,
    f"GET /placements/{PLACEMENT}/plan": 200,
    f"POST /placements/{PLACEMENT}/plan/{CITIZEN}/done": 415,
}


def mentor_header(world: World, subject: str) -> dict[str, Any]:
    """A mentor signed in under their own id."""
    client = MachineClient(hashlib.sha256(b"secret").hexdigest(), ("mentor",), None)
    issuer = replace(world.settings["intake"], machine_clients={subject: client})
    return {"client": None, "Authorization": f"Bearer {auth.issue(issuer, subject, 'secret')}"}


@pytest.fixture
def begun(followup: ServiceUnderTest) -> Iterator[ServiceUnderTest]:
    """A32's placement with something planted in every field that says why."""
    first = danish_time(date(2027, 1, 4), 8)
    followup.hear(
        citizen(language="so", interpreter=True), company(),
        placement(
            cadence="handholding", purpose_code="train_social_skills", starts_on=date(2027, 1, 4),
            ends_on=date(2027, 4, 4), first_day_at=first,
        ),
    )  # fmt: skip
    with clock.moved_to(danish_time(date(2027, 1, 6), 11)):
        link_mentor(followup, str(MENTOR))
        held, moved = contacts_of(followup)[:2]
        hours = {"from": "2027-01-11", "placement_hours": 6, "paid_hours": 0}
        for path, body in (
            (f"/contacts/{held}/held", {"outcome_code": "needs_adjustment", "next_step_code": "find_another"}),
            (f"/contacts/{moved}/moved", {"planned_at": "2027-01-07T12:00:00Z", "reason_code": "interpreter_missing"}),
            (f"/placements/{PLACEMENT}/hours", hours | {"reason_code": "fewer_for_now", "asked_by": "citizen"}),
        ):
            assert followup.call("POST", path, body, client="consultant").status_code == 201
        assert followup.call("POST", TICK, client="consultant").status_code == 201
        yield followup


def contacts_of(service: ServiceUnderTest) -> list[str]:
    found = service.call("GET", f"/placements/{PLACEMENT}", client="consultant").json["contacts"]
    return [contact["id"] for contact in found]


def knocked(service: ServiceUnderTest, door: str, **how: Any) -> Any:
    method, path = door.format(contact=contacts_of(service)[0]).split(" ")
    return service.call(method, path, **how)


def test_every_door_that_is_not_on_the_list_is_shut(begun: ServiceUnderTest, world: World) -> None:
    listed = {re.sub(r"\?.*|[0-9a-f-]{36}|\{contact\}|(?<=checklist/)\w+", "", door) for door in DOORS}
    rules = [rule for rule in begun.app.url_map.iter_rules() if rule.endpoint.startswith("followup.")]
    unlisted = {}
    for rule in rules:
        path = rule.rule.removeprefix("/api/followup/v1")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            if f"{method} {re.sub('<[^>]*>', '', path)}" not in listed:
                door = f"{method} {re.sub('<[^>]*>', str(PLACEMENT), path)}"
                unlisted[door] = knocked(begun, door, **mentor_header(world, str(MENTOR))).status_code

    assert {door: status for door, status in unlisted.items() if status != 403} == {}


@pytest.mark.parametrize(("door", "status"), DOORS.items())
def test_mentor_sees_nothing_of_why_behind_any_door(
    begun: ServiceUnderTest, world: World, door: str, status: int
) -> None:
    answer = knocked(begun, door, **mentor_header(world, str(MENTOR)))

    assert answer.status_code == status
    assert [planted for planted in PLANTED if planted in answer.text] == []


def test_what_was_planted_is_there_for_the_consultant(begun: ServiceUnderTest) -> None:
    doors = [door for door in DOORS if door.startswith("GET")]
    seen = "".join(knocked(begun, door, client="consultant").text for door in doors)

    assert [planted for planted in PLANTED if planted not in seen] == []


def test_mentor_sees_when_and_how_people_meet(begun: ServiceUnderTest, world: World) -> None:
    mentor = mentor_header(world, str(MENTOR))
    seen = knocked(begun, f"GET /placements/{PLACEMENT}", **mentor).json

    assert [contact["form"] for contact in seen["contacts"][:2]] == ["in_person", "in_person"]
    assert seen["contacts"][0]["held_at"] is not None
    assert [(step["from"], step["placement_hours"]) for step in seen["hours"]] == [
        ("2027-01-04", 8.0), ("2027-01-11", 6.0),
    ]  # fmt: skip
    assert len(knocked(begun, "GET /placements", **mentor).json["items"]) == 1
    assert len(knocked(begun, "GET /contacts/due", **mentor).json["items"]) == 1


def test_mentor_does_not_find_the_placements_of_others(begun: ServiceUnderTest, world: World) -> None:
    other = mentor_header(world, str(UUID(int=99)))

    assert knocked(begun, "GET /placements", **other).json["items"] == []
    assert knocked(begun, "GET /contacts/due", **other).json["items"] == []
    assert knocked(begun, f"GET /placements/{PLACEMENT}", **other).status_code == 404
