"""What came to a worker twice is suspected of having killed it, and still keeps each person's order."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared import envelope
from shared.broker import Delivery
from shared.envelope import Received, Trace
from shared.events import CitizenRegistered
from shared.handling import ALONE_AFTER_STARTS, DEAD_AFTER_STARTS, Handling
from tests.faults.conftest import citizen
from tests.house import ServiceUnderTest


class Telling:
    """A listener that notes in which order it was told, under deliveries as the broker makes them."""

    def __init__(self, followup: ServiceUnderTest) -> None:
        self.told: list[tuple[str, int]] = []
        self.out_of_reach = False
        self._followup, self._ids = followup, dict[tuple[str, int], str]()
        self._handling = Handling(followup.database, {CitizenRegistered: self._note})
        self.people = {name: uuid4() for name in ("anna", "bent")}

    def _note(self, _session: Session, batch: Sequence[Received[Any]]) -> None:
        names = {person: name for name, person in self.people.items()}
        if self.out_of_reach:
            raise psycopg.errors.DiskFull
        self.told += [(names[one.event.citizen_id], one.version) for one in batch]

    def deliver(self, *told: tuple[str, int, int]) -> None:
        """Each a person, a version, and how often it was begun before; 0 for one that comes for the first time."""
        deliveries = []
        for number, (name, version, starts) in enumerate(told):
            event_id, body = envelope.write(
                citizen(citizen_id=self.people[name]), version=version, trace=Trace(correlation_id="x"),
                seals=self._followup.settings.seal_public_keys,
            )  # fmt: skip
            deliveries.append(Delivery(number, bool(starts), False, body, {}))
            if starts:
                self._followup.connection.execute(
                    text("INSERT INTO started_delivery (event_id, starts) VALUES (:id, :starts)"),
                    {"id": event_id, "starts": starts},
                )
        self.again = deliveries
        self._handling.handle(deliveries)

    def deliver_again(self) -> None:
        """The same, as the broker does when nobody acknowledged them."""
        self._handling.handle([one._replace(redelivered=True) for one in self.again])

    def left(self) -> int:
        return int(self._followup.connection.scalar(text("SELECT count(*) FROM started_delivery")) or 0)


@pytest.fixture
def telling(followup: ServiceUnderTest) -> Telling:
    return Telling(followup)


def test_newer_event_waits_for_the_older_one_that_is_tried_alone(telling: Telling) -> None:
    telling.deliver(("anna", 1, ALONE_AFTER_STARTS), ("anna", 2, 0), ("bent", 1, 0), ("anna", 3, 0))

    assert telling.told == [("bent", 1), ("anna", 1), ("anna", 2), ("anna", 3)]
    assert telling.left() == 0


def test_two_suspects_of_one_person_keep_their_order_whichever_was_begun_more_often(telling: Telling) -> None:
    telling.deliver(("anna", 1, 4), ("anna", 2, ALONE_AFTER_STARTS), ("bent", 1, 3))

    assert telling.told == [("bent", 1), ("anna", 1), ("anna", 2)]
    assert telling.left() == 0


def test_nobody_is_suspected_of_a_database_that_is_out_of_reach(telling: Telling) -> None:
    telling.out_of_reach = True
    with pytest.raises(psycopg.errors.DiskFull):
        telling.deliver(("anna", 1, ALONE_AFTER_STARTS))
    for _ in range(DEAD_AFTER_STARTS):
        with pytest.raises(psycopg.errors.DiskFull):
            telling.deliver_again()
    telling.out_of_reach = False
    telling.deliver_again()

    assert telling.told == [("anna", 1)]
    assert telling.left() == 0
