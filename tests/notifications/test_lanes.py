"""A supplier that hangs keeps nobody waiting: each has a lane with a thread and a transaction of its own."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Engine, text

from services.notifications.rules.channels import EMAIL, SMS
from services.notifications.use_cases import messages
from services.notifications.use_cases.delivery import PostOffice
from services.notifications.use_cases.gateways import GatewayApi, Suppliers
from shared import clock
from shared.database import Database
from shared.handling import Job
from shared.jobs import HOUSEKEEPING, Jobs
from shared.suppliers import GATEWAYAPI
from tests.conftest import World
from tests.notifications import story
from tests.notifications.post import NotificationsUnderTest
from tests.notifications.sms_stand_in import StandIn
from tests.notifications.story import MONDAY
from tests.notifications.test_slow_server import never, serving

PATIENCE = 10.0


@pytest.fixture
def kept(world: World, engines: dict[str, Engine]) -> Iterator[NotificationsUnderTest]:
    """The service on committed rows, which threads of their own see; emptied afterwards."""
    with engines["notifications"].connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        under_test = NotificationsUnderTest(world.settings, "notifications", world.client_secrets, connection)
        under_test.database = Database(under_test.settings, bind=engines["notifications"])
        yield under_test
        for table in ("message", "address", "line", "inbox", "outbox"):
            connection.execute(text(f"DELETE FROM {table}"))  # noqa: S608  the names stand above


def until(done: threading.Event) -> bool:
    return done.wait(PATIENCE)


def test_a_hanging_mail_server_does_not_delay_a_text(kept: NotificationsUnderTest) -> None:
    gateway = StandIn(GATEWAYAPI)
    found = Suppliers({GATEWAYAPI: 1}, {GATEWAYAPI: GatewayApi(gateway.account, "http://127.0.0.1:1")})
    with serving(never) as url, clock.moved_to(MONDAY):
        settings = replace(kept.settings, smtp_url=url)
        kept.database = Database(settings, bind=kept.database.bind)
        kept.hear(story.citizen(), story.visitation(), story.citizen(citizen_id=story.MENTOR, email=None))
        kept.hear(replace(story.visitation(), visitation_id=story.REFERRAL, citizen_id=story.MENTOR))
        with kept.database.begin(actor="worker:notifications") as session:
            messages.find_addresses(session)
        lanes = {
            one: Job(every=60, run=PostOffice(found, (one,)).deliver, lane=one) for one in (EMAIL, SMS)
        }  # fmt: skip
        jobs = Jobs(kept.database, {**dict.fromkeys(HOUSEKEEPING, Job(every=60, run=lambda _: None)), **lanes})
        began = time.monotonic()
        jobs.run_due()
        returned = time.monotonic() - began
        while not gateway.asked and time.monotonic() - began < PATIENCE:
            threading.Event().wait(0.01)
        texted, mail_still_hangs = time.monotonic() - began, jobs._lanes[EMAIL].is_alive()
        jobs.end_lanes()

    gateway.stop()
    assert len(gateway.asked) == 1
    assert mail_still_hangs
    assert max(returned, texted) < 2.0
    assert sorted(one.state for one in kept.messages()) == ["queued", "sent"]


def test_a_lane_that_is_under_way_is_not_begun_again_and_others_go_on(world: World, engines: dict[str, Engine]) -> None:
    begun, go_on, other, turns = threading.Event(), threading.Event(), threading.Event(), []

    def hang(_session: object) -> None:
        turns.append(1)
        begun.set()
        go_on.wait(PATIENCE)

    settings = world.settings["notifications"]
    jobs = Jobs(Database(settings, bind=engines["notifications"]), {
        **dict.fromkeys(HOUSEKEEPING, Job(every=60, run=lambda _: None)),
        "slow": Job(every=0, run=hang, lane="slow"), "quick": Job(every=0, run=lambda _: other.set(), lane="quick"),
    })  # fmt: skip
    jobs.run_due()
    assert until(begun)
    jobs.run_due()
    assert until(other)
    assert turns == [1]
    go_on.set()
    jobs.end_lanes()
    jobs.run_due()
    jobs.end_lanes()
    assert turns == [1, 1]
