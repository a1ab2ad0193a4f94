"""Whose citizen somebody is, as each service hears of it; and what a reader's cookie holds."""

from base64 import b64encode
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from shared import clock, units
from shared.database import new_id
from shared.envelope import Received, Trace
from shared.events import SERVICES, CitizenErased, CitizenUnitChanged, Event
from shared.units import MOST_OPEN, PURPOSES
from tests.followup import telling
from tests.house import ServiceUnderTest

SOMEBODY = telling.CITIZEN
LISTENERS = [service for service in SERVICES if service != "intake"]


@pytest.fixture(params=LISTENERS)
def listener(request: pytest.FixtureRequest) -> ServiceUnderTest:
    """Each service that hears of units."""
    found: ServiceUnderTest = request.getfixturevalue(request.param)
    return found


def registered(unit_code: str | None) -> Event:
    return telling.citizen(citizen_id=SOMEBODY, unit_code=unit_code)


def moved(unit_code: str | None) -> Event:
    return CitizenUnitChanged(citizen_id=SOMEBODY, unit_code=unit_code)


def received(event: Event, version: int) -> Received[Event]:
    trace = Trace(correlation_id=str(uuid4()))
    return Received(event_id=new_id(), event=event, version=version, time=clock.now(), trace=trace)


def known(service: ServiceUnderTest) -> list[tuple[str | None, int]]:
    rows = service.connection.execute(text("SELECT unit_code, version FROM citizen_unit"))
    return [(row.unit_code, row.version) for row in rows]


def test_a_unit_is_known_from_the_registration(listener: ServiceUnderTest) -> None:
    listener.hear(registered("jobbutikken"))

    assert known(listener) == [("jobbutikken", 1)]


def test_who_is_registered_without_a_unit_has_none(listener: ServiceUnderTest) -> None:
    listener.hear(registered(None))

    assert known(listener) == []


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 2, 1), (2, 3, 1, 3, 2), (1, 3, 2, 2, 1)])
def test_the_newest_word_stands_whatever_the_order_and_however_often(
    listener: ServiceUnderTest, order: tuple[int, ...]
) -> None:
    words = {1: registered("jobbutikken"), 2: moved(None), 3: moved("ungeenheden")}
    for version in order:
        listener.hear(words[version], version=version)

    assert known(listener) == [("ungeenheden", 3)]


def test_of_one_delivery_the_newest_counts(listener: ServiceUnderTest) -> None:
    batch = [received(registered("jobbutikken"), 1), received(moved("ungeenheden"), 3), received(moved(None), 2)]
    with listener.begin() as session:
        units.on_told(session, batch)

    assert known(listener) == [("ungeenheden", 3)]


def test_the_unit_goes_with_the_citizen_and_another_stays(listener: ServiceUnderTest) -> None:
    another = uuid4()
    listener.hear(registered("jobbutikken"), CitizenUnitChanged(citizen_id=another, unit_code="ungeenheden"))
    listener.hear(moved("ungeenheden"), version=2)

    listener.hear(CitizenErased(citizen_id=SOMEBODY, classes=("identity", "contact")))

    assert known(listener) == [("ungeenheden", 1)]
    history = listener.connection.execute(text("SELECT changes FROM audit WHERE table_name = 'citizen_unit'"))
    assert "jobbutikken" not in str(history.all())


def test_a_cookie_holds_the_newest_in_less_than_a_kilobyte(intake: ServiceUnderTest) -> None:
    opened = {new_id(): PURPOSES[number % len(PURPOSES)] for number in range(MOST_OPEN + 3)}

    raw = units.packed(opened)

    assert units.unpacked(raw) == dict(list(opened.items())[3:])
    assert len(intake.app.extensions["sessions"].conceal(b64encode(raw), "opened:x")) < 1000


def test_opening_again_makes_it_the_newest(intake: ServiceUnderTest) -> None:
    people = [UUID(int=number) for number in range(1, MOST_OPEN + 1)]
    with intake.begin() as session:
        for one in [*people, people[0], new_id()]:
            units.open_for(session, one, "matching")
        kept = units.unpacked(units.packed(session.info["opened"]))

    assert people[0] in kept
    assert people[1] not in kept
