"""What an operator types: the dead are listed and revived, and a listener is told again without a letter going out."""

import uuid
from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import text

from services.notifications.consumer import HANDLERS
from shared import broker, clock, ops
from shared.broker import Delivery
from shared.database import Database
from shared.envelope import Received
from shared.errors import Reject
from shared.events import CitizenRegistered, VisitationBooked
from shared.handling import Handling, each
from shared.outbox import record
from tests.conftest import World


@pytest.fixture
def intake_and_notifications(busy_world: World, broker_to_ourselves: None) -> Iterator[tuple[Database, Database]]:
    """Both services' databases, emptied, and an empty queue between them."""
    made = Database(busy_world.settings["intake"]), Database(busy_world.settings["notifications"])
    for database, tables in zip(made, ("outbox", "inbox, failed_delivery, message"), strict=True):
        with psycopg.connect(busy_world.admin_url, autocommit=True) as admin:
            admin.execute(f"SET search_path = {database.settings.service}")
            admin.execute(f"TRUNCATE {tables} CASCADE")
    broker.declare(busy_world.amqp_url, 1)
    with broker.blocking_channel(busy_world.amqp_url) as channel:
        channel.queue_purge("jobbutik.notifications")
    yield made
    for database in made:
        database.close()


def tell_of_a_visitation(database: Database) -> None:
    citizen_id, now = uuid.uuid4(), clock.now()
    with database.begin(actor="test") as session:
        record(session, CitizenRegistered(
            citizen_id=citizen_id, municipality_code="0163", language="da", interpreter=False,
            digital_post_exempt=False, protected=False, name="Kirsten Test", email="kirsten@example.dk",
        ))  # fmt: skip
        record(session, VisitationBooked(
            visitation_id=uuid.uuid4(), citizen_id=citizen_id, starts_at=now + timedelta(days=1),
            ends_at=now + timedelta(days=1, minutes=30), place_code="jobbutik", local_goal_due=now.date(),
        ))  # fmt: skip


def deliveries(database: Database) -> list[Delivery]:
    with broker.blocking_channel(database.settings.amqp_url) as channel:
        got = [channel.basic_get("jobbutik.notifications", auto_ack=True) for _ in range(2)]
    return [Delivery(number, False, False, body, {}) for number, (_, _, body) in enumerate(got) if body]


def handle(database: Database, batch: list[Delivery]) -> None:
    Handling(database, HANDLERS).handle(batch)


def states(database: Database) -> list[str]:
    with database.begin(actor="test") as session:
        return list(session.scalars(text("SELECT state FROM message")))


def test_replay_writes_the_rows_and_sends_no_letter(intake_and_notifications: tuple[Database, Database]) -> None:
    intake, notifications = intake_and_notifications
    tell_of_a_visitation(intake)

    with psycopg.connect(intake.settings.database_url) as connection:
        said = ops.replay(connection, intake.settings, "notifications", clock.now() - timedelta(minutes=1))
    handle(notifications, deliveries(notifications))

    assert said == "intake: 2 events told to notifications again"
    assert states(notifications) == ["suppressed"]


def test_replay_of_what_was_handled_has_no_effect_until_it_is_forgotten(
    intake_and_notifications: tuple[Database, Database],
) -> None:
    intake, notifications = intake_and_notifications
    tell_of_a_visitation(intake)
    since = clock.now() - timedelta(minutes=1)
    seen = []
    for forget_first in (False, False, True):
        with psycopg.connect(notifications.settings.database_url) as connection:
            if forget_first:
                ops.forget(connection, notifications.settings, since)
        with psycopg.connect(intake.settings.database_url) as connection:
            ops.replay(connection, intake.settings, "notifications", since)
        counted = [0]

        def count(session: object, _received: Received[CitizenRegistered], counted: list[int] = counted) -> None:
            counted[0] += 1

        ignore = each(lambda _session, _received: None)
        Handling(notifications, {CitizenRegistered: each(count), VisitationBooked: ignore}).handle(
            deliveries(notifications)
        )
        seen.append(counted[0])

    assert seen == [1, 0, 1]


def test_dead_are_listed_with_their_reason_and_revived(intake_and_notifications: tuple[Database, Database]) -> None:
    intake, notifications = intake_and_notifications
    tell_of_a_visitation(intake)

    def refuse(_session: object, _received: object) -> None:
        raise Reject("no such place")

    with psycopg.connect(intake.settings.database_url) as connection:
        ops.replay(connection, intake.settings, "notifications", clock.now() - timedelta(minutes=1))
    ignore = each(lambda _session, _received: None)
    handling = Handling(notifications, {CitizenRegistered: ignore, VisitationBooked: each(refuse)})
    handling.handle(deliveries(notifications))
    with psycopg.connect(notifications.settings.database_url) as connection:
        listed = ops.dead(connection, notifications.settings)
        revived = ops.revive(connection, notifications.settings, None)

    assert "notifications: 1 dead" in listed
    assert "intake.visitation.booked.v1  tries 1" in listed
    assert listed.endswith("no such place")
    assert revived == "notifications: 1 revived"
    assert Handling(notifications, {VisitationBooked: ignore}).retry_due() is True
    assert Handling(notifications, {VisitationBooked: ignore}).retry_due() is False
