"""Knocks at every door of every service in every role, and compares with the table that people read."""

import re
from pathlib import Path
from uuid import uuid4

import pytest

from deploy import access
from deploy.access import Door
from shared import live
from shared.auth import STAFF
from shared.config import ROLES
from shared.events import SERVICES
from tests.browser import Browser, person
from tests.house import ServiceUnderTest

COMPANY = "90000004"


@pytest.fixture(params=SERVICES)
def service(request: pytest.FixtureRequest) -> ServiceUnderTest:
    """Each service in turn."""
    found: ServiceUnderTest = request.getfixturevalue(request.param)
    return found


def address_of(door: Door) -> str:
    """The door's address with things that are not there."""
    path = re.sub(r"<int[^>]+>", "1000000001", re.sub(r"<uuid:[^>]+>", str(uuid4()), door.rule))
    return re.sub(r"<[^>]+>", "x", path)


def knock(service: ServiceUnderTest, door: Door, role: str | None) -> int:
    """The status of a bare request; without a role as a visitor."""
    organisation = {"organisation": COMPANY} if role == "company_employee" else {}
    if "/api/" in door.rule:
        path = address_of(door).split("/v1", 1)[1]
        return service.call(door.method, path, client=None, token=role and service.token_for(role)).status_code
    browser = service.browser(*([role] if role else []), **organisation)
    address = address_of(door)
    return (browser.get(address) if door.method == "GET" else browser.submit(address)).status_code


def test_every_door_lets_in_whom_it_names_and_nobody_else(service: ServiceUnderTest) -> None:
    wrong = []
    for door in access.doors(service.settings.service, service.app):
        for role in ROLES:
            status = knock(service, door, role)
            assert status != 500, (door.method, door.rule, role)
            refused = status in (401, 403)
            if refused != (door.roles is not None and role not in door.roles):
                wrong.append((door.method, door.rule, role, refused))

    assert wrong == []


def test_no_door_with_roles_opens_to_a_visitor(service: ServiceUnderTest) -> None:
    opened = []
    for door in access.doors(service.settings.service, service.app):
        status = knock(service, door, None)
        to_sign_in = status == 302 and "/api/" not in door.rule and door.method == "GET"
        if door.roles is not None and status not in (401, 403) and not to_sign_in:
            opened.append((door.method, door.rule, status))

    assert opened == []


def test_every_door_says_whose_data_it_shows(service: ServiceUnderTest) -> None:
    silent = [
        door.rule
        for door in access.doors(service.settings.service, service.app)
        if door.roles is not None and not door.stated
    ]

    assert silent == []


def test_a_live_board_is_for_staff(intake: ServiceUnderTest) -> None:
    app = live.create_app(intake.settings, intake.database)
    opened = {}
    for role in ROLES:
        answer = Browser(app, intake.settings, person(role)).get("/live/skranken")
        opened[role] = answer.status_code
        answer.close()

    (door,) = [door for door in access.doors("intake", app) if door.rule == "/live/<board>"]
    assert {role for role, status in opened.items() if status == 200} == set(door.roles or ())
    assert {status for role, status in opened.items() if role not in STAFF} == {403}
    assert Browser(app, intake.settings, None).get("/live/skranken").status_code == 403


def test_the_table_that_people_read_is_what_the_code_states() -> None:
    assert access.page(access.everything(access.settings())) == Path(access.FILE).read_text(encoding="utf-8")
