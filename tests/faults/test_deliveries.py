"""Deliveries that are doubled, late, out of order, broken, or refused by their handler."""

import itertools
import time
from uuid import uuid4

import psycopg
import pytest

from shared import broker, envelope, outbox, relay, topology
from shared.events import FOLLOWUP, INTAKE, CitizenRegistered
from tests.faults.conftest import Bus, citizen, eventually

pytestmark = pytest.mark.faults


def test_same_events_delivered_twice_at_once_to_two_workers(bus: Bus) -> None:
    for index in ("0", "1"):
        bus.start(FOLLOWUP, NUMBER=index)
    made = [bus.write(citizen(language="slow")) for _ in range(6)]
    for _, body in made:
        bus.send(body, times=2)

    eventually(lambda: len(bus.effects()) == 6 and bus.queued() == 0, "all are handled")
    bus.nothing_doubled({event_id for event_id, _ in made})


def test_older_version_after_a_newer_one_changes_nothing(bus: Bus) -> None:
    bus.pair()
    someone = uuid4()
    for version, postal_code in ((1, "1000"), (3, "3000"), (2, "2000")):
        bus.record(citizen(citizen_id=someone, postal_code=postal_code), version=version)
        bus.settled()

    assert bus.all("SELECT version, postal_code FROM followup.test_copy") == [(3, "3000")]


def test_transaction_that_began_earlier_and_commits_later_is_not_passed_over(bus: Bus) -> None:
    bus.pair()
    insert = "INSERT INTO outbox (event_id, type, partition_key, body) VALUES (%s, %s, %s, %s) RETURNING seq"
    kind = envelope.wire_type(CitizenRegistered)
    url = bus.world.settings[INTAKE].database_url
    with psycopg.connect(url) as early, psycopg.connect(url) as late:
        sequence = []
        for connection in (early, late):
            event_id, body = bus.write(citizen())
            sequence.append(connection.execute(insert, (event_id, kind, str(event_id), body.decode())).fetchone())
        late.commit()
        eventually(lambda: len(bus.effects()) == 1 and bus.unpublished() == 0, "the later row is published")
        early.commit()

    assert sequence == sorted(sequence, key=str)
    assert bus.settled() < 5


def test_row_committed_between_those_that_one_lane_holds_is_told_before_what_is_newer(bus: Bus) -> None:
    insert = "INSERT INTO outbox (event_id, type, partition_key, body) VALUES (%s, 'x', 'x', 'x') RETURNING seq"
    url = bus.world.settings[INTAKE].database_url
    with (
        psycopg.connect(url) as early,
        psycopg.connect(url) as late,
        psycopg.connect(url) as one,
        psycopg.connect(url) as other,
    ):
        between, newer = [connection.execute(insert, (uuid4(),)).fetchone()[0] for connection in (early, late)]
        late.commit()
        held = [row.seq for row in outbox.take(one, 500)]
        early.commit()
        newest = late.execute(insert, (uuid4(),)).fetchone()[0]
        late.commit()

        assert held == [newer]
        assert [row.seq for row in outbox.take(other, 500, held)] == [between, newest]


GARBAGE = (
    b"\xff\x00 no text at all",
    b"[]",
    b'{"specversion": "1.0"}',
    b'{"id": "x", "type": "dk.jobbutik.intake.citizen.registered.v1", "subject": "y", "data": {}}',
    b'{"id": "0198f6d4-0000-7000-8000-000000000000", "type": "dk.jobbutik.intake.unknown.v1", "subject": "y"}',
    rb'{"id": "0198f6d4-0000-7000-8000-000000000001", "type": "x", "subject": "\u0000"}',
)


def test_bytes_that_are_no_event_are_dead_at_once_and_stop_nobody(bus: Bus) -> None:
    for body in GARBAGE:
        bus.send(body)
    bus.pair()
    bus.record(*(citizen() for _ in range(20)))

    bus.settled()
    assert len(bus.dead()) == len(GARBAGE)
    assert all(reason.startswith("not an event of ours: ") for reason in bus.dead().values())
    assert bus.queued() == 0


def test_handler_that_fails_three_times_is_tried_again_until_it_succeeds(bus: Bus) -> None:
    bus.pair()
    bus.record(*(citizen() for _ in range(10)), citizen(language="thrice"), *(citizen() for _ in range(10)))

    eventually(lambda: len(bus.effects()) == 20, "the others do not wait", 5)
    reasons = bus.all("SELECT error FROM followup.failed_delivery")
    bus.settled()
    assert "Berggren" not in str(reasons)
    assert bus.all("SELECT * FROM followup.failed_delivery") == []


def test_rejected_event_is_dead_at_once_with_its_reason(bus: Bus) -> None:
    bus.pair()
    rejected = citizen(language="reject")
    bus.record(*(citizen() for _ in range(15)), rejected, *(citizen() for _ in range(15)))

    eventually(lambda: len(bus.dead()) == 1, "the rejected one is dead", 5)
    assert bus.all("SELECT error, tries FROM followup.failed_delivery") == [("there is no such municipality", 1)]
    bus.settled(but=list(bus.dead()))


def test_what_the_broker_itself_gave_up_is_kept_with_its_reason(bus: Bus) -> None:
    bus.start(FOLLOWUP)
    event_id, body = bus.write(citizen())
    with broker.blocking_channel(bus.world.amqp_url) as channel:
        channel.basic_publish(topology.DEAD_EXCHANGE, FOLLOWUP, body, broker.properties("1", "x"), mandatory=True)

    eventually(lambda: set(bus.dead()) == {event_id}, "it is in our own table")
    assert bus.dead()[event_id].startswith("given up by the broker")


def test_workers_that_come_and_go_share_the_people_and_keep_each_persons_order(
    bus: Bus, four_partitions: dict[str, str]
) -> None:
    people, versions = [uuid4() for _ in range(40)], itertools.count(1)

    def tell(times: int) -> None:
        for version in itertools.islice(versions, times):
            bus.record(*(citizen(citizen_id=person) for person in people), version=version)

    def busy() -> set[int]:
        tell(1)
        bus.settled()
        latest = (
            "SELECT DISTINCT worker FROM followup.effect WHERE version = (SELECT max(version) FROM followup.effect)"
        )
        return {row[0] for row in bus.all(latest)}

    telling = [bus.start(INTAKE, NUMBER=str(number), **four_partitions) for number in range(2)]
    listening = [bus.start(FOLLOWUP, NUMBER="0", **four_partitions)]
    tell(5)
    for number in ("1", "2", "3"):
        listening.append(bus.start(FOLLOWUP, NUMBER=number, **four_partitions))
        tell(3)
    eventually(lambda: busy() == {0, 1, 2, 3}, "four share the people", 60)

    tell(5)
    for gone in (telling[0], listening[0]):
        gone.kill()
        gone.wait()
    tell(5)
    eventually(lambda: busy() == {1, 2, 3}, "three go on", 60)

    assert {row[0] for row in bus.all("SELECT DISTINCT subject FROM followup.effect")} == set(people)
    assert bus.out_of_order() == {}


def test_what_a_dying_leader_still_holds_is_told_before_anything_newer(bus: Bus) -> None:
    person = uuid4()
    bus.record(citizen(citizen_id=person), version=1)
    with psycopg.connect(bus.world.settings[INTAKE].database_url) as dying:
        assert len(outbox.take(dying, 500)) == 1
        bus.record(citizen(citizen_id=person), version=2)
        bus.pair()
        # Longer than the two looks a second apart in which it would have gone past.
        time.sleep(2.5)
        assert bus.effects() == {}

    bus.settled()
    assert bus.all("SELECT version FROM followup.effect ORDER BY seq") == [(1,), (2,)]


def test_leader_that_stands_still_lets_go_of_its_rows(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relay, "HOLD", relay.HOLD.replace("30s", "300ms"))
    url = bus.world.settings[INTAKE].database_url
    bus.record(citizen())
    still = relay.Lane(url)
    assert len(still.take(())) == 1
    following = relay.Lane(url)
    eventually(lambda: len(following.take(())) == 1, "the next one has them", 5)
    for lane in (still, following):
        lane.close()


def test_second_batch_is_past_the_first_and_both_are_in_hand_at_once(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relay, "BATCH", 2)
    bus.record(*(citizen() for _ in range(3)))
    one, other = (relay.Lane(bus.world.settings[INTAKE].database_url) for _ in range(2))

    assert [len(one.take(other.held)), len(other.take(one.held))] == [2, 1]
    assert max(one.held) < min(other.held)
    for lane in (one, other):
        lane.close()


def test_worker_that_lets_go_with_a_heap_before_it_keeps_each_persons_order(
    bus: Bus, four_partitions: dict[str, str]
) -> None:
    people, versions = [uuid4() for _ in range(8)], 800
    bus.start(INTAKE, **four_partitions)
    bus.start(FOLLOWUP, NUMBER="0", **four_partitions)
    with bus.intake.begin(actor="test") as session:
        for version in range(1, versions + 1):
            for person in people:
                outbox.record(session, citizen(citizen_id=person, language="slow" if version == 1 else "da"), version)
    # The second one comes while the first holds as many as it may, and the broker more behind them.
    eventually(lambda: bus.unpublished() < 1000, "most are told")
    bus.start(FOLLOWUP, NUMBER="1", **four_partitions)
    bus.settled(120)

    assert {row[0] for row in bus.all("SELECT DISTINCT worker FROM followup.effect")} == {0, 1}
    assert bus.out_of_order() == {}
