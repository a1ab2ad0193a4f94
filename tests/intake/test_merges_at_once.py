"""Two records become one while other desks do the same, or meet the person: nobody is doubled, nothing is lost."""

import threading
import time
from collections.abc import Iterator
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from services.intake.use_cases import contacts, merges, slots
from shared import clock
from shared.database import Database
from shared.errors import NotFound, PreconditionFailed
from tests.conftest import World
from tests.intake.test_first_contact import MONDAY, WALK_IN
from tests.intake.test_slots import at_once

SERIAL = count(100)


@pytest.fixture
def database(busy_world: World) -> Iterator[Database]:
    """Intake's, where every transaction really commits."""
    made = Database(busy_world.settings["intake"])
    with clock.moved_to(MONDAY):
        with made.begin(actor="test") as session:
            slots.stock_slots(session)
        yield made
    made.close()


def comes(database: Database, cpr: str) -> UUID:
    who = WALK_IN | {"cpr": cpr, "email": None, "phone": None}
    with database.begin(actor="desk") as session:
        found: UUID = contacts.register_first_contact(session, **who)["citizen_id"]
    return found


def merge_in(session: Session, keep: UUID, gone: UUID, *, theirs: bool = True) -> None:
    sides = [merges.side(session, one) for one in (keep, gone)]
    chosen = dict.fromkeys([*merges.differing(*sides), "wishes", "booking"], keep)
    versions = {side.citizen.id: side.citizen.version for side in sides}
    merges.merge(session, keep, gone, versions=versions, chosen=chosen, other_cpr_is_theirs=theirs, by="desk")


def merge(database: Database, keep: UUID, gone: UUID) -> None:
    with database.begin(actor="desk") as session:
        merge_in(session, keep, gone)


def left(database: Database, *people: UUID) -> dict[str, Any]:
    with database.begin(actor="test") as session:
        asked = {"people": list(people)}
        return {
            "citizens": session.scalars(text("SELECT id FROM citizen WHERE id = ANY(:people)"), asked).all(),
            "traces": session.scalars(text("SELECT id FROM citizen_merge WHERE id = ANY(:people)"), asked).all(),
        }


def test_desks_that_merge_the_same_two_at_once_either_way_make_one_person(database: Database) -> None:
    one, other = comes(database, "7706010001"), comes(database, "7706010002")
    done: list[UUID] = []

    def desk(number: int) -> None:
        keep, gone = (one, other) if number % 2 else (other, one)
        try:
            merge(database, keep, gone)
            done.append(keep)
        except (NotFound, PreconditionFailed):
            pass

    at_once(desk)

    assert len(done) == 1
    assert left(database, one, other) == {"citizens": done, "traces": [({one, other} - set(done)).pop()]}


@pytest.mark.parametrize("other_is_theirs", [True, False])
@pytest.mark.parametrize("comes_by", ["kept", "former"])
def test_who_comes_while_their_records_are_being_merged_is_the_one_that_stays(
    database: Database, comes_by: str, other_is_theirs: bool
) -> None:
    numbers = {"kept": fresh_number(), "former": fresh_number()}
    keep, gone = comes(database, numbers["kept"]), comes(database, numbers["former"])
    met: list[UUID] = []
    desk = threading.Thread(target=lambda: met.append(comes(database, numbers[comes_by])))

    with database.begin(actor="desk") as session:
        merge_in(session, keep, gone, theirs=other_is_theirs)
        desk.start()
        wait_for_a_queue(database)
    desk.join()

    with database.begin(actor="test") as session:
        contacts_of = {who: session.scalar(_CONTACTS, {"who": who}) for who in {keep, gone, *met}}
    if comes_by == "kept" or other_is_theirs:
        assert (met, contacts_of) == ([keep], {keep: 3, gone: 0})
    else:
        assert (contacts_of[keep], contacts_of[gone], contacts_of[met[0]]) == (2, 0, 1), "a number that was not theirs"


_CONTACTS = text("SELECT count(*) FROM first_contact WHERE citizen_id = :who")
_QUEUE = text("SELECT count(*) FROM pg_locks WHERE NOT granted AND database = "
              "(SELECT oid FROM pg_database WHERE datname = current_database())"
              " OR NOT granted AND locktype = 'transactionid'")  # fmt: skip


def fresh_number() -> str:
    return f"770701{next(SERIAL):04}"


def wait_for_a_queue(database: Database) -> None:
    """Until the other desk waits for this one's work to be over."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with database.begin(actor="test") as session:
            if session.scalar(_QUEUE):
                return
        time.sleep(0.01)
    pytest.fail("nobody waited for the merge")
