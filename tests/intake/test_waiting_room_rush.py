"""The waiting room under a rush: what two desks press at once is done once, and no number is given twice."""

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from uuid import UUID

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.orm import Session

from services.intake.models import Arrival
from services.intake.use_cases import contacts, slots, waiting
from shared import clock
from shared.database import Database
from shared.errors import CannotUndo, Refused
from tests.conftest import World
from tests.intake.test_first_contact import MONDAY
from tests.intake.test_slots import at_once
from tests.intake.waiting import walk_in

DESKS = 6


@pytest.fixture
def database(busy_world: World) -> Iterator[Database]:
    """Intake's, on a Monday, where every transaction really commits; an empty waiting room."""
    made = Database(busy_world.settings["intake"])
    with clock.moved_to(MONDAY):
        with made.begin(actor="test") as session:
            session.execute(text("DELETE FROM hand_over"))
            session.execute(text("DELETE FROM arrival"))
            slots.stock_slots(session)
        yield made
    made.close()


def person(database: Database, number: int) -> UUID:
    with database.begin(actor="test") as session:
        citizen: UUID = contacts.register_first_contact(session, **walk_in(7000 + number))["citizen_id"]
    return citizen


def here(database: Database, number: int) -> UUID:
    citizen = person(database, number)
    with database.begin(actor="test") as session:
        return waiting.arrive(session, citizen, unit_code="jobbutikken").id


def pressed_at_once(database: Database, press: Callable[[Session, int], object]) -> list[str]:
    """What each of six desks got: "done", or the code of what it was told.

    Whoever is about to write waits for the others to have read as well, unless they are kept from it until then.
    """
    got: list[str] = []
    lock, all_have_read = threading.Lock(), threading.Barrier(DESKS)

    def wait(*_: object) -> None:
        with suppress(threading.BrokenBarrierError):
            all_have_read.wait(timeout=0.5)

    def desk(number: int) -> None:
        try:
            with database.begin(actor=f"desk-{number}") as session:
                event.listen(session, "before_flush", wait)
                press(session, number)
            told = "done"
        except Refused as refused:
            told = refused.code
        with lock:
            got.append(told)

    at_once(desk, DESKS)
    return sorted(got)


def test_number_that_six_desks_call_at_once_goes_to_one(database: Database) -> None:
    arrival = here(database, 0)
    got = pressed_at_once(
        database, lambda session, number: waiting.call(session, arrival, place=f"desk-{1 + number % 4}", by=f"{number}")
    )  # fmt: skip

    assert got == ["called_already"] * (DESKS - 1) + ["done"]


def test_somebody_whom_six_desks_tick_at_once_is_here_once(database: Database) -> None:
    citizen = person(database, 1)
    with database.begin(actor="test") as session:
        session.execute(text("UPDATE visitation SET state = 'held' WHERE citizen_id = :one"), {"one": citizen})
    got = pressed_at_once(database, lambda session, _n: waiting.arrive(session, citizen, unit_code="jobbutikken"))

    assert got == ["done"] + ["waits"] * (DESKS - 1)


def test_people_who_come_at_once_get_numbers_of_their_own(database: Database) -> None:
    people = [person(database, 10 + number) for number in range(DESKS)]
    pressed_at_once(
        database, lambda session, number: waiting.arrive(session, people[number], unit_code="jobbutikken")
    )  # fmt: skip

    with database.begin(actor="test") as session:
        given = session.scalars(select(Arrival.number).where(Arrival.citizen_id.in_(people))).all()
    assert len(set(given)) == DESKS
    assert None not in given


def test_step_that_six_desks_take_back_at_once_is_taken_back_once(database: Database) -> None:
    arrival = here(database, 20)
    with database.begin(actor="test") as session:
        version = waiting.call(session, arrival, place="desk-1", by="test").version
    got = pressed_at_once(database, lambda session, _n: waiting.step_back(session, arrival, version=version))

    assert got == [CannotUndo().code] * (DESKS - 1) + ["done"]


def test_desk_that_ticks_and_desk_that_gives_up_do_not_both_win(database: Database) -> None:
    with database.begin(actor="test") as session:
        made = contacts.register_first_contact(session, **walk_in(7030))
    talk = made["visitation"]
    with clock.moved_to(talk.starts_at):

        def press(session: Session, number: int) -> object:
            if number % 2:
                return waiting.arrive(session, made["citizen_id"], unit_code="jobbutikken")
            return waiting.no_show(session, talk.id, unit_code="jobbutikken")

        pressed_at_once(database, press)

    with database.begin(actor="test") as session:
        rows = session.scalars(select(Arrival).where(Arrival.visitation_id == talk.id)).all()
    assert [one.state for one in rows] == ["arrived"]
