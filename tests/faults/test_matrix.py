"""What `make faults` would say of a suite that loses or doubles: it must not be well by not looking."""

from uuid import uuid4

import psycopg
import pytest

from faults import books
from faults.__main__ import judged, line
from faults.books import Check, Found
from faults.matrix import Fault, Target
from faults.traffic import Saved
from shared.events import SERVICES
from tests.conftest import World

FAULT = Fault("F00", "nothing at all", lambda _stage: None, (Target("recovery", 3, 10), Target("page_p95", 0.5)))


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


@pytest.mark.parametrize(
    ("recovery", "lost", "missed", "broken"), [(2, 0, 0, 0), (4, 0, 1, 0), (12, 0, 1, 1), (2, 1, 0, 1)]
)
def test_missed_target_is_said_and_a_loss_or_a_bound_ends_the_run(
    recovery: float, lost: int, missed: int, broken: int
) -> None:
    figures = {"recovery": recovery, "lost": lost, "doubled": 0, "writes": 9, "gap": 0.1, "load": 1.5}
    found = judged(FAULT, figures)
    assert tuple(map(len, found)) == (missed, broken)
    said = line("F00", {"fault": FAULT.what, **figures, "missed": found[0], "broken": found[1]})[-1]
    assert said.split(":")[0].split()[0] == ("BROKEN" if broken else "missed" if missed else "met")
