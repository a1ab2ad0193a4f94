"""What is told of the digital application: pointed out, received, and not received after all."""

from collections.abc import Iterator
from typing import Any

import pytest

from shared import clock
from shared.events import ApplicationNotReceived, ApplicationReceived, DigitalApplicationPointedOut
from tests.browser import Browser, offered
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import MONDAY, register

ALL = DigitalApplicationPointedOut, ApplicationReceived, ApplicationNotReceived


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.moved_to(MONDAY):
        yield


def told(intake: ServiceUnderTest) -> list[type]:
    return [type(one) for one in intake.told(*ALL)]


def note(intake: ServiceUnderTest, made: Any, state: str) -> None:
    answer = intake.call("POST", f"/first-contacts/{made['contact_id']}/application", {"state": state})
    assert answer.status_code == 201


def versions(intake: ServiceUnderTest) -> list[int]:
    """The numbers by which listeners put what is told of the application in order."""
    return [one["subjectversion"] for one in intake.envelopes() if "application" in one["type"]]


def test_nothing_is_told_while_nobody_has_asked(intake: ServiceUnderTest) -> None:
    register(intake)

    assert told(intake) == []


def test_it_is_pointed_out_once_and_received_when_it_is_sent(intake: ServiceUnderTest) -> None:
    made = register(intake, application="not_begun")
    note(intake, made, "begun_with_help")
    note(intake, made, "sent")
    note(intake, made, "sent")

    assert told(intake) == [DigitalApplicationPointedOut, ApplicationReceived]
    (received,) = intake.told(ApplicationReceived)
    assert (str(received.contact_id), received.at.date()) == (made["contact_id"], MONDAY.date())


def test_sent_before_they_came_is_both_at_once(intake: ServiceUnderTest) -> None:
    register(intake, application="sent")

    assert told(intake) == [DigitalApplicationPointedOut, ApplicationReceived]


def test_another_word_after_sent_says_that_it_is_not(intake: ServiceUnderTest) -> None:
    made = register(intake, application="sent")
    note(intake, made, "not_possible")

    assert told(intake)[2:] == [ApplicationNotReceived]
    assert versions(intake) == [1, 1, 2]


def test_undo_says_that_it_is_not_received_after_all(intake: ServiceUnderTest, desk: Browser) -> None:
    made = register(intake)
    path = f"/borger/{made['citizen_id']}/henvendelser/{made['contact_id']}/ansoegning"
    answer = desk.submit(path, {"state": "sent"})
    desk.submit(*offered(desk.get(answer.location).text))

    assert told(intake) == [DigitalApplicationPointedOut, ApplicationReceived, ApplicationNotReceived]


@pytest.fixture
def desk(intake: ServiceUnderTest) -> Browser:
    return intake.browser("front_desk", organisation="jobbutikken")
