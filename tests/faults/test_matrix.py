"""What `make faults` would say of a suite that loses or doubles: it must not be well by not looking."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from faults import books
from faults.__main__ import judged, line, played
from faults.books import Check, Found
from faults.matrix import Fault, Target
from faults.speaker import Speaker, Tries
from faults.traffic import Saved
from shared.events import SERVICES, SUBSCRIPTIONS, CitizenRegistered
from tests.conftest import World

FAULT = Fault("F00", "nothing at all", lambda _stage: None, (Target("recovery", 3, 10), Target("page_p95", 0.5)))


class Broken(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(500)
        self.end_headers()
        self.wfile.write(b"<pre>Traceback (most recent call last)</pre>")

    def log_message(self, *_: object) -> None:
        """Silence."""


@pytest.fixture
def page_with_a_trace() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Broken) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_books_name_what_was_saved_and_is_nowhere_and_what_stands_twice(world: World) -> None:
    firm, thing = str(uuid4()), str(uuid4())
    with psycopg.connect(world.admin_url, autocommit=True) as admin:
        found = books.reconciled(admin, [Saved("company", firm, "91000007", 0.0)], dict.fromkeys(SERVICES, 0))
        assert {one.split(" in ")[1].split()[0] for one in found.lost} == {
            "matching.company", "followup.company", "notifications.address",
        }  # fmt: skip
        assert found.doubled == []

        admin.execute("CREATE TEMP TABLE thing AS SELECT %s::uuid AS id FROM generate_series(1, 2)", (thing,))
        admin.execute("INSERT INTO saved VALUES ('thing', %s, '')", (thing,))
        twice = Found()
        books._hold(admin, Check("thing", "id", "thing", "id"), twice)
    assert (twice.lost, len(twice.doubled)) == ([], 1)


def test_event_that_a_listener_has_not_handled_is_seen_with_its_age(world: World) -> None:
    with psycopg.connect(world.admin_url, autocommit=True) as admin:
        since = books.numbers(admin)
        assert books.behind(admin, since) == 0
        with admin.transaction(force_rollback=True):
            admin.execute(
                "INSERT INTO intake.outbox (event_id, type, partition_key, body, recorded_at) VALUES"
                " (gen_random_uuid(), 'dk.jobbutik.intake.citizen.registered.v1', 'x', '{}', now() - interval '9 s')"
            )
            assert books.behind(admin, since) > 9
            put_aside = """
                INSERT INTO {0}.failed_delivery (event_id, listener, type, subject, body, error, tries,
                    first_failed_at, last_failed_at, next_try_at)
                SELECT event_id, '{0}', type, 'x', '{{}}', 'x', 1, now(), now(), now() + interval '30 s'
                FROM intake.outbox WHERE seq = (SELECT max(seq) FROM intake.outbox)
            """
            listeners = SUBSCRIPTIONS[CitizenRegistered]
            for listener in listeners:
                admin.execute(put_aside.format(listener).encode())
            assert books.behind(admin, since) > 9
            for listener in listeners:
                given_up = sql.SQL("UPDATE {}.failed_delivery SET next_try_at = NULL")
                admin.execute(given_up.format(sql.Identifier(listener)))
            assert books.behind(admin, since) == 0


@pytest.mark.parametrize(
    ("recovery", "lost", "missed", "broken"), [(2, 0, 0, 0), (4, 0, 1, 0), (12, 0, 1, 1), (2, 1, 0, 1)]
)
def test_missed_target_is_said_and_a_loss_or_a_bound_ends_the_run(
    recovery: float, lost: int, missed: int, broken: int
) -> None:
    figures = {"recovery": recovery, "page_p95": 0.1, "lost": lost, "doubled": 0, "writes": 9, "gap": 0.1, "load": 1.5}
    found = judged(FAULT, figures)
    assert tuple(map(len, found)) == (missed, broken)
    said = line("F00", {"fault": FAULT.what, **figures, "missed": found[0], "broken": found[1]})[-1]
    assert said.split(":")[0].split()[0] == ("BROKEN" if broken else "missed" if missed else "met")


def test_what_was_not_measured_is_missed_and_a_fault_without_a_write_proves_nothing() -> None:
    missed, broken = judged(FAULT, {"page_p95": 0.1, "lost": 0, "doubled": 0, "writes": 0})

    assert (missed, broken) == (["recovery > 3"], ["recovery inf > 10", "writes 0"])


def test_a_trace_is_seen_on_a_page_that_is_no_json(page_with_a_trace: str) -> None:
    tries = Tries()
    speaker = Speaker(page_with_a_trace, {"ops": "x"}, threading.Event(), tries)
    speaker._tokens["ops"] = (time.monotonic(), "x")

    assert speaker.get("ops", "intake/x") is None
    assert (tries.made, tries.failed, tries.traces) == (1, 1, 1)


def test_an_event_that_was_given_up_is_shown(world: World) -> None:
    assert "dead=2" in line("F00", {"fault": "x", "writes": 1, "lost": 0, "doubled": 0, "gap": 0.0, "load": 0.0,
                                    "dead": 2, "missed": [], "broken": []})  # fmt: skip
    with psycopg.connect(world.admin_url, autocommit=True) as admin, admin.transaction(force_rollback=True):
        before = books.dead(admin)
        admin.execute(
            "INSERT INTO followup.failed_delivery"
            " (event_id, listener, type, subject, body, error, tries, first_failed_at, last_failed_at)"
            " VALUES (gen_random_uuid(), 'followup', 'x', 'x', 'x', 'x', 1, now(), now())"
        )
        assert books.dead(admin) == before + 1


class Closed:
    """A stage whose database is gone when the row is over."""

    figures: dict[str, float]

    def begin(self) -> None:
        self.figures = {"left": 1}

    def end(self) -> Found:
        raise psycopg.OperationalError


def test_a_row_whose_books_stay_closed_is_broken_and_costs_no_other_row() -> None:
    row = played(Closed(), FAULT)  # type: ignore[arg-type]  as much of a stage as is looked at

    assert "unplayed 1" in row["broken"]
    assert line("F00", row)[-1].startswith("BROKEN")
