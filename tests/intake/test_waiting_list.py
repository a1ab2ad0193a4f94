"""Who waits for a talk: everybody who came and has none since, until it is noted how that ended."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from shared import clock
from tests.browser import words
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import MONDAY, WALK_IN, register
from tests.intake.test_visitation import hold

NAME = WALK_IN["name"]


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.moved_to(MONDAY):
        yield


def waiting(intake: ServiceUnderTest) -> list[str]:
    return [one["id"] for one in intake.call("GET", "/first-contacts/waiting").json["items"]]


def board(intake: ServiceUnderTest) -> str:
    return words(intake.browser("front_desk", organisation="jobbutikken").get("/skranken"))


def test_somebody_who_comes_again_after_a_talk_waits_for_another(intake: ServiceUnderTest) -> None:
    hold(intake, f"/visitations/{register(intake)['visitation']['id']}")
    with clock.moved_to(MONDAY + timedelta(days=400)):
        again = intake.call("POST", "/first-contacts", WALK_IN).json

        assert again["visitation"] is None
        assert waiting(intake) == [again["contact_id"]]
        assert NAME in board(intake)


def test_nobody_waits_whose_contact_ended_at_the_door_until_that_is_taken_back(intake: ServiceUnderTest) -> None:
    outcome = f"/first-contacts/{(came := intake.call('POST', '/first-contacts', WALK_IN).json)['contact_id']}/outcome"
    assert waiting(intake) == [came["contact_id"]]
    intake.call("POST", outcome, {"outcome_code": "job"})

    assert waiting(intake) == []
    assert NAME not in board(intake)
    intake.call("POST", f"{outcome}/mistake")
    assert waiting(intake) == [came["contact_id"]]
