"""The index that each web process keeps: right over several processes, in any order of commits, after a restart."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event as sql_event
from sqlalchemy import text
from sqlalchemy.orm import Session

from services.matching import consumer
from services.matching.models import Need
from services.matching.use_cases import matches
from shared import clock
from shared.database import Database, new_id
from shared.envelope import Received, Trace
from shared.events import CitizenErased, CitizenMerged, Event
from tests.browser import queries_of
from tests.conftest import World
from tests.house import ServiceUnderTest
from tests.matching.factories import add_candidate, add_need, days, listed, ranking, registered, wishes

ROUNDS = 100


@pytest.fixture
def processes(busy_world: World) -> Iterator[list[Database]]:
    """Two web processes and a worker, whose transactions commit."""
    made = [Database(busy_world.settings["matching"]) for _ in range(3)]
    yield made
    for one in made:
        one.close()


@pytest.fixture
def need_id(busy_world: World, processes: list[Database]) -> Iterator[UUID]:
    """An open need at work that begins in the middle of the night, as nobody else's does."""
    with processes[0].bind.connect() as connection:  # type: ignore[union-attr]
        committing = ServiceUnderTest(busy_world.settings, "matching", busy_world.client_secrets, connection)
        made = add_need(committing, windows=days("00:00-05:00"))
        connection.commit()
    yield UUID(made["id"])
    with processes[0].begin(actor="test") as session:
        session.get_one(Need, UUID(made["id"])).state = "closed"


def hear(session: Session, event: Event, version: int = 1) -> None:
    """As the worker does."""
    trace = Trace(correlation_id="test")
    received = Received(event_id=new_id(), event=event, version=version, time=clock.now(), trace=trace)
    consumer.HANDLERS[type(event)](session, [received])


def told(database: Database, event: Event, version: int = 1) -> None:
    """Heard, and committed."""
    with database.begin(actor="test") as session:
        hear(session, event, version)


def found_by(database: Database, need_id: UUID) -> dict[str, Any]:
    """A process's list for the need."""
    with database.begin(actor="test") as session:
        return matches.ranked_candidates(session, need_id, 200)


def shown(database: Database, need_id: UUID) -> set[UUID]:
    """Whom a process lists for the need."""
    return {one.citizen_id for one in found_by(database, need_id)["items"]}


def night_worker(citizen_id: UUID, **changed: object) -> Event:
    """Somebody who can work from midnight to six."""
    return wishes(citizen_id, availability=tuple(days("00:00-06:00")), **changed)


@contextmanager
def hearing(database: Database, event: Event) -> Iterator[None]:
    """Heard, and not committed until the block ends."""
    with database.begin(actor="test") as session:
        hear(session, event)
        yield


def test_every_process_sees_a_change_at_once_and_a_new_one_sees_all(
    busy_world: World, processes: list[Database], need_id: UUID
) -> None:
    one, other, worker = processes
    citizen_id = new_id()
    before = [shown(process, need_id) for process in (one, other)]
    told(worker, night_worker(citizen_id))
    during = [shown(process, need_id) for process in (one, other)]
    told(worker, night_worker(citizen_id, consent_to_matching=False), version=2)
    after = [shown(process, need_id) for process in (one, other)]
    told(worker, night_worker(citizen_id), version=3)
    restarted = Database(busy_world.settings["matching"])

    assert [citizen_id in found for found in (*before, *during, *after)] == [False, False, True, True, False, False]
    assert citizen_id in shown(restarted, need_id)
    restarted.close()


def test_a_change_that_began_before_and_is_committed_after_another_is_not_missed(
    processes: list[Database], need_id: UUID
) -> None:
    web, slow, worker = processes
    early, late = new_id(), new_id()
    shown(web, need_id)
    with hearing(slow, night_worker(early)):
        told(worker, night_worker(late))
        meanwhile = shown(web, need_id)

    assert meanwhile & {early, late} == {late}
    assert shown(web, need_id) >= {early, late}


def test_a_moved_or_protected_address_changes_the_list_too(processes: list[Database], need_id: UUID) -> None:
    web, _other, worker = processes
    citizen_id = new_id()
    told(worker, night_worker(citizen_id, travel_km_max=5))
    near = shown(web, need_id)
    told(worker, registered(citizen_id, postal_code="9000"), version=2)

    assert citizen_id in near
    assert citizen_id not in shown(web, need_id)


def test_an_erased_person_is_gone_from_every_process(processes: list[Database], need_id: UUID) -> None:
    web, other, worker = processes
    gone, stays = new_id(), new_id()
    told(worker, night_worker(gone))
    told(worker, night_worker(stays))
    before = found_by(web, need_id)["fitting"]
    classes = ("identity", "contact", "wishes", "health_function")
    with worker.begin(actor="test") as session:
        hear(session, CitizenErased(citizen_id=gone, classes=classes))

    assert [shown(process, need_id) & {gone, stays} for process in (web, other)] == [{stays}] * 2
    assert [found_by(process, need_id)["fitting"] for process in (web, other)] == [before - 1] * 2


def test_of_two_records_that_were_one_persons_the_one_that_stayed_is_there(
    processes: list[Database], need_id: UUID
) -> None:
    web, other, worker = processes
    gone, stays = new_id(), new_id()
    told(worker, night_worker(gone))
    told(worker, night_worker(stays))
    before = found_by(web, need_id)["fitting"]
    told(worker, CitizenMerged(from_id=gone, into_id=stays))
    told(worker, night_worker(gone), version=2)

    assert [shown(process, need_id) & {gone, stays} for process in (web, other)] == [{stays}] * 2
    assert [found_by(process, need_id)["fitting"] for process in (web, other)] == [before - 1] * 2


def test_who_is_told_of_after_the_merge_comes_in_under_the_id_that_stayed(
    processes: list[Database], need_id: UUID
) -> None:
    web, _other, worker = processes
    gone, stays = new_id(), new_id()
    told(worker, night_worker(gone))
    before = shown(web, need_id)
    told(worker, CitizenMerged(from_id=gone, into_id=stays))
    between = shown(web, need_id)
    told(worker, night_worker(stays))

    assert [found & {gone, stays} for found in (before, between, shown(web, need_id))] == [{gone}, set(), {stays}]


def test_catching_up_after_a_merge_lets_nobody_read_everything_again(processes: list[Database]) -> None:
    worker, gone, stays = processes[2], new_id(), new_id()
    told(worker, night_worker(gone))
    told(worker, CitizenMerged(from_id=gone, into_id=stays))
    removals = []
    for _round in range(2):
        with worker.begin(actor="test") as session:
            removals.append(session.scalar(text("SELECT changed FROM candidate_removal")))
            consumer.JOBS["catch_up"].run(session)

    assert removals[0] == removals[1]


@pytest.mark.clocked
def test_from_commit_to_visible_takes_less_than_a_second(processes: list[Database], need_id: UUID) -> None:
    web, _other, worker = processes
    citizen_id, taken = new_id(), []
    shown(web, need_id)
    for number in range(ROUNDS):
        told(worker, night_worker(citizen_id, consent_to_matching=number % 2 == 0), version=number + 1)
        committed = time.perf_counter()
        assert (citizen_id in shown(web, need_id)) is (number % 2 == 0)
        taken.append(time.perf_counter() - committed)

    assert sorted(taken)[ROUNDS - 2] < 1


def test_who_withdraws_while_the_list_is_made_is_not_on_it(processes: list[Database], need_id: UUID) -> None:
    web, _other, worker = processes
    citizen_id = new_id()
    told(worker, night_worker(citizen_id))
    once = [True]

    def withdraw(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if (
            "consent_to_matching AND" not in statement
            and "citizen_id IN" in statement
            and once
            and _is_check(statement)
        ):
            once.clear()
            told(worker, night_worker(citizen_id, consent_to_matching=False), version=2)

    sql_event.listen(web.bind, "before_cursor_execute", withdraw)
    found = shown(web, need_id)

    assert once == []
    assert citizen_id not in found


def _is_check(statement: str) -> bool:
    return "pg_current_snapshot" not in statement and "FROM wishes_copy" in statement


def test_everybody_shown_is_confirmed_in_one_query_by_the_key(matching: ServiceUnderTest) -> None:
    need = add_need(matching)
    people = {str(add_candidate(matching)) for _ in range(12)}
    with queries_of(matching.connection) as sent:
        found = ranking(matching, need)
    checks = [one for one in sent if _is_check(one)]
    matching.connection.execute(text("SET LOCAL enable_seqscan = off"))
    plan = "EXPLAIN SELECT FROM wishes_copy WHERE citizen_id = ANY(:ids) AND consent_to_matching"
    lines = matching.connection.scalars(text(plan), {"ids": [UUID(one) for one in people]}).all()

    assert set(listed(found)) == people
    assert len(checks) == 1
    assert "pk_wishes_copy" in "".join(lines)
