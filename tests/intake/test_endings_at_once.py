"""How a contact ended, noted and taken back by two desks at once: each waits for the other, and none is turned away."""

import threading
import time

from sqlalchemy import select, text

from services.intake.models import DoorOutcome, FirstContact
from services.intake.use_cases import contacts, talk
from shared.database import Database
from tests.conftest import World
from tests.intake.waiting import walk_in

_WAITS = text("SELECT count(*) FROM pg_locks WHERE NOT granted")


def test_taking_back_locks_in_the_order_in_which_closing_does(busy_world: World) -> None:
    database = Database(busy_world.settings["intake"])
    with database.begin(actor="test") as session:
        contact_id = contacts.register_first_contact(session, **walk_in(7900))["contact_id"]
        talk.close(session, contact_id, outcome_code="education", by="test")

    def take_back() -> None:
        with database.begin(actor="test") as session:
            talk.reopen(session, contact_id)

    other = threading.Thread(target=take_back)
    with database.begin(actor="test") as session:
        session.get(FirstContact, contact_id, with_for_update=True)
        other.start()
        deadline = time.monotonic() + 10
        while not session.scalar(_WAITS) and time.monotonic() < deadline:
            time.sleep(0.02)
        its = select(DoorOutcome.id).where(DoorOutcome.contact_id == contact_id)
        assert session.scalar(its.with_for_update(nowait=True)) is not None
    other.join(10)

    with database.begin(actor="test") as session:
        assert session.scalar(its) is None
    database.close()
