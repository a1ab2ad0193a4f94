"""A supplier that hangs keeps nobody waiting: each has a lane with a thread and a transaction of its own."""

import contextlib
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from services.notifications.rules import sms
from services.notifications.rules.channels import EMAIL, SMS
from services.notifications.use_cases import claims, gateways, handovers, messages
from services.notifications.use_cases.claims import Lines
from services.notifications.use_cases.delivery import PostOffice
from services.notifications.use_cases.gateways import GatewayApi, Suppliers
from shared import clock
from shared.database import Database
from shared.events import NotificationSent
from shared.handling import Job
from shared.jobs import HOUSEKEEPING, Jobs
from shared.suppliers import GATEWAYAPI, LINK
from tests.conftest import World
from tests.notifications import story
from tests.notifications.post import CALM, GATHERED, Catcher, NotificationsUnderTest
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
        for table in ("message", "handover", "address", "line", "inbox", "outbox"):
            connection.execute(text(f"DELETE FROM {table}"))  # noqa: S608  the names stand above


def until(done: threading.Event) -> bool:
    return done.wait(PATIENCE)


@pytest.mark.clocked
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


def test_a_supplier_that_hangs_delays_no_text_of_another(
    kept: NotificationsUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gateways, "ANSWER_SECONDS", PATIENCE)
    away = {name: StandIn(name) for name in (GATEWAYAPI, LINK)}
    adapters = gateways._ADAPTERS
    found = Suppliers(
        dict.fromkeys(away, 1), {name: adapters[name](one.account, "http://127.0.0.1:1") for name, one in away.items()}
    )
    away[GATEWAYAPI].says = "hangs"
    people = [UUID(int=number) for number in range(100, 112)]
    with clock.moved_to(MONDAY):
        for person in people:
            kept.hear(story.citizen(citizen_id=person, email=None))
            kept.hear(replace(story.visitation(), visitation_id=person, citizen_id=person))
        with kept.database.begin(actor="worker:notifications") as session:
            messages.find_addresses(session)
        shares = {name: sum(sms.in_order(found.weights, one.id, 0, ())[0] == name for one in kept.messages())
                  for name in away}  # fmt: skip
        lanes = {name: Job(every=60, run=PostOffice(found, (SMS,), name).deliver, lane=name) for name in away}
        jobs = Jobs(kept.database, {**dict.fromkeys(HOUSEKEEPING, Job(every=60, run=lambda _: None)), **lanes})
        jobs.run_due()
        ends = time.monotonic() + PATIENCE
        while len(away[LINK].asked) < shares[LINK] and time.monotonic() < ends:
            threading.Event().wait(0.01)
        failed_by_then = kept.connection.scalar(text("SELECT count(*) FROM line"))
        jobs.end_lanes()

    for one in away.values():
        one.stop()
    assert min(shares.values()) > 0
    assert failed_by_then == 0
    assert len(away[LINK].asked) >= shares[LINK]


def test_a_worker_goes_on_where_another_sent_what_it_had_just_seen(
    kept: NotificationsUnderTest, catcher: Catcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.use(catcher)
    kept.database = Database(kept.settings, bind=kept.connection.engine)
    look, seen = claims._own, list[list[UUID]]()

    def look_and_lose(*how: Any) -> list[UUID]:
        found = look(*how)
        if not seen:
            kept.connection.execute(text("UPDATE message SET state = 'sent' WHERE id = ANY(:ids)"), {"ids": found})
        seen.append(found)
        return found

    monkeypatch.setattr(claims, "_own", look_and_lose)
    with clock.moved_to(MONDAY):
        kept.hear(story.citizen(), story.visitation())
        kept.hear(story.citizen(citizen_id=story.MENTOR, email="en.anden@example.dk"))
        kept.hear(replace(story.visitation(), visitation_id=story.REFERRAL, citizen_id=story.MENTOR))
        with kept.database.begin(actor="worker:notifications") as session:
            messages.find_addresses(session)
        with kept.database.begin(actor="worker:notifications") as session:
            more = PostOffice(lane=(EMAIL,)).deliver(session)

    assert more
    assert [len(found) for found in seen] == [1, 1]
    assert len(catcher.mails) == 1


class Killed(BaseException):
    """The worker dies here."""


def test_what_was_taken_before_a_worker_was_killed_is_marked_and_not_sent_again(
    kept: NotificationsUnderTest, catcher: Catcher
) -> None:
    kept.use(catcher)
    kept.database = Database(kept.settings, bind=kept.connection.engine)
    with clock.moved_to(MONDAY):
        kept.hear(story.citizen(), story.visitation(), story.referral())
        with kept.database.begin(actor="worker:notifications") as session:
            messages.find_addresses(session)
        with contextlib.suppress(Killed), kept.database.begin(actor="worker:notifications") as session:
            PostOffice().deliver(session)
            raise Killed
        assert {one.state for one in kept.messages()} == {"queued"}
        kept.work()
        kept._run(handovers.settle)

    assert [one.state for one in kept.messages()] == ["sent", "sent"]
    assert len(catcher.mails) == 2
    assert len(kept.told(NotificationSent)) == 2
    assert kept.connection.scalar(text("SELECT count(*) FROM handover")) == 0


def test_what_was_taken_before_a_kill_does_not_go_along_with_the_next_either(
    kept: NotificationsUnderTest, catcher: Catcher
) -> None:
    kept.use(catcher)
    kept.database = Database(kept.settings, bind=kept.connection.engine)
    with clock.moved_to(MONDAY):
        kept.hear(story.citizen(), story.company(), story.placement())
        with kept.database.begin(actor="worker:notifications") as session:
            messages.find_addresses(session)
        office = PostOffice()
        with (
            contextlib.suppress(Killed), clock.moved_to(MONDAY + GATHERED),
            kept.database.begin(actor="worker:notifications") as session,
        ):  # fmt: skip
            while office.deliver(session):
                pass
            raise Killed
        kept.hear(story.plan())
        kept.work(later=CALM)

    subjects = [mail["Subject"] for mail in catcher.to(story.COMPANY_MAIL)]
    assert subjects == ["Første dag er aftalt", "Vores næste samtaler"]


def test_two_workers_share_a_lane_and_one_mailbox_is_in_one_hand(kept: NotificationsUnderTest) -> None:
    people = [UUID(int=number) for number in range(100, 112)]
    kept.database = Database(kept.settings, bind=kept.connection.engine)
    with clock.moved_to(MONDAY):
        for person in people:
            kept.hear(story.citizen(citizen_id=person, email=f"{person.int % 6}@example.dk"))
            kept.hear(*(replace(story.visitation(), visitation_id=one, citizen_id=person)
                        for one in (person, UUID(int=person.int + 100))))  # fmt: skip
        with kept.database.begin(actor="worker:notifications") as session:
            messages.find_addresses(session)
        with contextlib.suppress(Killed), kept.database.begin(actor="worker:one") as one:
            first = taken(one)
            with kept.database.begin(actor="worker:two") as two:
                second = taken(two)
            raise Killed
        with kept.database.begin(actor="worker:three") as session:
            again = taken(session)

    assert first
    assert second
    mailboxes = [{person.int % 6 for person in hand} for hand in (first, second)]
    assert not mailboxes[0] & mailboxes[1]
    assert again == first


def taken(session: Session) -> list[UUID]:
    """To whom the mails are that a worker would send now."""
    found = claims.take(session, Suppliers({}, {}), Lines(session), (EMAIL,), supplier=None, most=50)
    return [one.recipient_id for one in found]


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
