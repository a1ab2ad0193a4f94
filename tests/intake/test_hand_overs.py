"""A waiting person is given to another desk or consultant, seen by both, taken over and taken back."""

from collections.abc import Iterator
from typing import Any

import pytest

from services.intake.use_cases import slots
from shared import clock
from tests.browser import Browser, offered, words
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import MONDAY
from tests.intake.waiting import arrived, booked, step

TO_DESK = {"to_code": "desk-2", "reason_code": "language"}


@pytest.fixture(autouse=True)
def monday(intake: ServiceUnderTest) -> Iterator[None]:
    with clock.moved_to(MONDAY):
        with intake.begin() as session:
            slots.stock_slots(session)
        yield


@pytest.fixture
def here(intake: ServiceUnderTest) -> Any:
    return arrived(intake, booked(intake)["citizen_id"])


@pytest.fixture
def giver(intake: ServiceUnderTest) -> Browser:
    return intake.browser("front_desk", organisation="jobbutikken")


@pytest.fixture
def receiver(intake: ServiceUnderTest) -> Browser:
    return intake.browser("job_consultant", organisation="jobbutikken")


def give(intake: ServiceUnderTest, here: Any, **changed: Any) -> Any:
    return intake.call("POST", f"/arrivals/{here['id']}/hand-overs", TO_DESK | changed)


def test_both_see_who_is_given_to_whom_and_why(giver: Browser, receiver: Browser, here: Any) -> None:
    path = f"/skranken/venterum/{here['id']}/giv"
    assert "Giv nr. 1 Nancy videre" in words(giver.get(path))
    answer = giver.submit(path, TO_DESK)

    assert "Givet videre til skranke 2." in words(giver.get(answer.location))
    for reader in (giver, receiver):
        assert "Skranke 2 taler borgerens sprog Modtag" in words(reader.get("/skranken/venterum"))


def test_receiver_takes_over_and_the_giver_sees_it(giver: Browser, receiver: Browser, here: Any) -> None:
    giver.submit(f"/skranken/venterum/{here['id']}/giv", TO_DESK)
    action, _fields = offered(giver.get("/skranken/venterum").text)
    answer = receiver.submit(action.replace("/fortryd", "/modtag"))

    assert answer.status_code == 303
    assert "taler borgerens sprog, modtaget kl. 10.05" in words(giver.get("/skranken/venterum"))
    second = giver.submit(action.replace("/fortryd", "/modtag"))
    assert (second.status_code, "En kollega har allerede taget imod." in words(second)) == (409, True)


def test_acknowledgement_and_hand_over_are_taken_back(intake: ServiceUnderTest, here: Any) -> None:
    given = give(intake, here).json
    taken = intake.call("POST", f"/hand-overs/{given['id']}/acknowledgement").json
    undo = f"/hand-overs/{given['id']}/undo"

    assert intake.call("POST", undo, {"version": given["version"]}).json["code"] == "changed_since"
    back = intake.call("POST", undo, {"version": taken["version"]}).json
    assert back["given"] is True
    assert intake.call("POST", undo, {"version": back["version"]}).json["given"] is False
    assert intake.call("GET", "/waiting-room?unit_code=jobbutikken").json["hand_overs"] == []


def test_page_takes_the_hand_over_back_by_the_offered_undo(giver: Browser, here: Any) -> None:
    giver.submit(f"/skranken/venterum/{here['id']}/giv", TO_DESK)
    action, fields = offered(giver.get("/skranken/venterum").text)
    answer = giver.submit(action, fields)

    shown = words(giver.get(answer.location))
    assert "Overdragelsen er taget tilbage." in shown
    assert "taler borgerens sprog" not in shown


def test_consultant_is_called_by_name(intake: ServiceUnderTest, giver: Browser, here: Any) -> None:
    assert give(intake, here, to_code="consultant-2", reason_code="knows_the_citizen").status_code == 201

    assert "Konsulent 2 kender borgeren" in words(giver.get("/skranken/venterum"))


def test_newest_hand_over_counts(intake: ServiceUnderTest, here: Any) -> None:
    give(intake, here)
    newest = give(intake, here, to_code="desk-3", reason_code="break").json

    shown = intake.call("GET", "/waiting-room?unit_code=jobbutikken").json["hand_overs"]
    assert [one["id"] for one in shown] == [newest["id"]]


def test_nobody_is_given_to_a_desk_that_is_none_or_without_a_reason(giver: Browser, here: Any) -> None:
    path = f"/skranken/venterum/{here['id']}/giv"
    unknown = giver.submit(path, TO_DESK | {"to_code": "desk-99"})
    unsaid = giver.submit(path, {"to_code": "desk-2"})

    assert (unknown.status_code, unsaid.status_code) == (422, 422)
    assert "Vælg en skranke eller en konsulent." in words(unknown)
    assert 'value="language" checked' in unknown.text
    assert 'value="desk-2" selected' in unsaid.text


def room(intake: ServiceUnderTest) -> Any:
    (one,) = intake.call("GET", "/waiting-room?unit_code=jobbutikken").json["items"]
    return {name: one[name] for name in ("state", "called_to", "called_at")}


def test_somebody_called_in_is_given_on_in_one_act_and_waits_again(
    intake: ServiceUnderTest, giver: Browser, here: Any
) -> None:
    step(intake, here, "call", {"place": "desk-1"})
    assert giver.submit(f"/skranken/venterum/{here['id']}/giv", TO_DESK).status_code == 303

    assert room(intake) == {"state": "arrived", "called_to": None, "called_at": None}
    assert "Skranke 2 taler borgerens sprog Modtag" in words(giver.get("/skranken/venterum"))


def test_the_call_stands_again_when_it_is_taken_back(intake: ServiceUnderTest, giver: Browser, here: Any) -> None:
    step(intake, here, "call", {"place": "desk-1"})
    before = room(intake)
    given = giver.submit(f"/skranken/venterum/{here['id']}/giv", TO_DESK)
    giver.submit(*offered(giver.get(given.location).text))

    assert room(intake) == before


def test_nobody_is_called_back_from_the_desk_that_has_called_them_since(intake: ServiceUnderTest, here: Any) -> None:
    step(intake, here, "call", {"place": "desk-1"})
    given = give(intake, here).json
    step(intake, here, "call", {"place": "desk-2"})

    refused = intake.call("POST", f"/hand-overs/{given['id']}/undo", {"version": given["version"]})
    assert (refused.status_code, refused.json["code"]) == (409, "called_already")
    assert room(intake)["called_to"] == "desk-2"


def test_somebody_in_a_talk_is_not_given_on(intake: ServiceUnderTest, giver: Browser, here: Any) -> None:
    step(intake, here, "talk")
    answer = giver.submit(f"/skranken/venterum/{here['id']}/giv", TO_DESK)

    assert (answer.status_code, "Nr. 1 er allerede i samtale." in words(answer)) == (409, True)


def test_arrival_that_is_taken_back_takes_its_hand_over_along(intake: ServiceUnderTest, here: Any) -> None:
    give(intake, here)

    assert step(intake, here, "undo", {"version": here["version"]})["state"] is None
