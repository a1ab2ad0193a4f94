"""Slots under a rush: each is given away once, held once, and each person gets one."""

import threading
from collections.abc import Callable, Iterator
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from services.intake.use_cases import contacts, holds, moves, slots
from services.intake.use_cases.slots import SlotTaken
from shared import clock
from shared.database import Database
from tests.conftest import World
from tests.intake.test_first_contact import MONDAY, WALK_IN

DESKS, PEOPLE_EACH = 6, 5


@pytest.fixture
def database(busy_world: World) -> Iterator[Database]:
    """Intake's, with a Monday's slots, where every transaction really commits."""
    made = Database(busy_world.settings["intake"])
    with clock.moved_to(MONDAY):
        with made.begin(actor="test") as session:
            session.execute(text("DELETE FROM slot"))
            slots.stock_slots(session)
        yield made
    made.close()


def at_once(work: Callable[[int], None], many: int = DESKS) -> None:
    """All begin together, each in a thread of its own."""
    ready = threading.Barrier(many)

    def one(number: int) -> None:
        ready.wait()
        work(number)

    rush = [threading.Thread(target=one, args=(number,)) for number in range(many)]
    for thread in rush:
        thread.start()
    for thread in rush:
        thread.join()


def walk_in(number: int, person: int = 0) -> dict[str, object]:
    return WALK_IN | {"cpr": f"7505{number:02d}{person:04d}", "email": None, "phone": None}


def count(database: Database, table: str) -> int:
    with database.begin(actor="test") as session:
        return int(session.scalar(text(f"SELECT count(*) FROM {table}")) or 0)  # noqa: S608


def test_desks_in_a_rush_never_get_the_same_slot(database: Database) -> None:
    def desk(number: int) -> None:
        for person in range(PEOPLE_EACH):
            with database.begin(actor=f"desk-{number}") as session:
                contacts.register_first_contact(session, **walk_in(number, person))

    before = count(database, "visitation")
    at_once(desk)

    booked = count(database, "visitation") - before
    with database.begin(actor="test") as session:
        taken = session.scalar(text("SELECT count(*) FROM slot JOIN visitation ON visitation.id = slot.visitation_id"))
    assert booked >= DESKS * PEOPLE_EACH
    assert taken == booked


def test_desks_in_a_rush_never_hold_the_same_slot(database: Database) -> None:
    held: list[UUID] = []

    def desk(_number: int) -> None:
        with database.begin(actor="desk") as session:
            slot = holds.hold(session, uuid4())
            assert slot is not None
            held.append(slot.id)

    at_once(desk)

    assert len(set(held)) == DESKS


def test_slot_that_six_desks_choose_at_once_is_one_persons(database: Database) -> None:
    with database.begin(actor="test") as session:
        chosen = session.scalar(text("SELECT id FROM slot WHERE starts_at > :now LIMIT 1"), {"now": MONDAY})
    got: list[str] = []

    def desk(number: int) -> None:
        try:
            with database.begin(actor="desk") as session:
                contacts.register_first_contact(session, **walk_in(10 + number), slot_id=chosen)
            got.append("booked")
        except SlotTaken:
            got.append("taken")

    at_once(desk)

    assert sorted(got) == ["booked", *["taken"] * (DESKS - 1)]


def test_talks_that_move_to_one_slot_at_once_do_not_meet_there(database: Database) -> None:
    talks = []
    for number in range(DESKS):
        with database.begin(actor="test") as session:
            talks.append(contacts.register_first_contact(session, **walk_in(20 + number))["visitation"].id)
    with database.begin(actor="test") as session:
        free = "SELECT id FROM slot WHERE visitation_id IS NULL AND starts_at > :now ORDER BY starts_at DESC LIMIT 1"
        wanted = session.scalar(text(free), {"now": MONDAY})
    moved: list[int] = []

    def desk(number: int) -> None:
        try:
            with database.begin(actor="desk") as session:
                moves.move(session, talks[number], wanted, by="staff")
            moved.append(number)
        except SlotTaken:
            pass

    at_once(desk)

    with database.begin(actor="test") as session:
        slotted = text("SELECT count(*) FROM slot WHERE visitation_id = ANY(:talks)")
        assert session.scalar(slotted, {"talks": talks}) == DESKS
    assert len(moved) == 1


def test_free_slots_are_stocked_by_two_workers_without_doubling_a_room(database: Database) -> None:
    with database.begin(actor="test") as session:
        session.execute(text("DELETE FROM slot"))

    def worker(_number: int) -> None:
        with database.begin(actor="worker") as session:
            slots.stock_slots(session)

    at_once(worker, 2)

    with database.begin(actor="test") as session:
        most = session.scalar(text("SELECT max(n) FROM (SELECT count(*) n FROM slot GROUP BY starts_at) AS times"))
    assert most == 3
