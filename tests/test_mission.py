"""The table of practices leads only to what is there."""

from pathlib import Path

import pytest

from deploy import access
from services.intake.rules.mission import practices
from shared.events import SERVICES, SUBSCRIPTIONS
from tests.house import ServiceUnderTest

JOURNEYS = Path(__file__).parent / "journeys"


def test_every_page_door_event_and_journey_of_a_practice_is_there(request: pytest.FixtureRequest) -> None:
    houses: list[ServiceUnderTest] = [request.getfixturevalue(service) for service in SERVICES]
    every = {f"{d.method} {d.rule}" for house in houses for d in access.doors(house.settings.service, house.app)}

    told = {event.__name__ for event in SUBSCRIPTIONS}

    missing = [one.journey for one in practices() if not (JOURNEYS / one.journey).is_file()]
    for one in practices():
        missing += [page.path for page in one.pages if f"GET {page.path}" not in every]
        missing += [door for door in one.doors if door not in every]
        missing += [event for event in one.events if event not in told]

    assert missing == []


def test_no_practice_has_an_empty_cell() -> None:
    assert len(practices()) == 15
    for one in practices():
        assert all((*one.name, *one.says, one.figures, one.pages, one.doors, one.events, one.journey)), one.code


def test_everybody_may_read_it(intake: ServiceUnderTest) -> None:
    page = intake.browser().get("/praksis").text

    assert [one.name.danish for one in practices() if one.name.danish not in page] == []
