"""Slots under a rush: each is given away once, each person gets one."""

import threading

from sqlalchemy import text

from services.intake.use_cases import contacts, slots
from shared import clock
from shared.database import Database
from tests.conftest import World
from tests.intake.test_first_contact import MONDAY, WALK_IN

DESKS, PEOPLE_EACH = 6, 5


def test_desks_in_a_rush_never_get_the_same_slot(busy_world: World) -> None:
    database = Database(busy_world.settings["intake"])
    with clock.moved_to(MONDAY):
        with database.begin(actor="test") as session:
            slots.stock_slots(session)

        def desk(number: int) -> None:
            for person in range(PEOPLE_EACH):
                cpr = f"7505{number:02d}{person:04d}"
                with database.begin(actor=f"desk-{number}") as session:
                    contacts.register_first_contact(session, **(WALK_IN | {"cpr": cpr, "email": None, "phone": None}))

        rush = [threading.Thread(target=desk, args=(number,)) for number in range(DESKS)]
        for thread in rush:
            thread.start()
        for thread in rush:
            thread.join()
    with database.begin(actor="test") as session:
        booked = session.scalar(text("SELECT count(*) FROM visitation"))
        taken = session.scalar(text("SELECT count(*) FROM slot JOIN visitation ON visitation.id = slot.visitation_id"))
    database.close()

    assert booked >= DESKS * PEOPLE_EACH
    assert taken == booked
