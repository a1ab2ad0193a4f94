"""Several desks tell of the same missed talk at the same moment."""

from uuid import uuid4

from sqlalchemy import text

from services.followup.models import Citizen
from services.followup.use_cases import duty
from shared import clock
from shared.calendar import danish_time
from shared.database import Database
from tests.conftest import World
from tests.followup.test_absence import MISSED
from tests.intake.test_slots import at_once


def test_a_missed_talk_that_four_desks_tell_of_at_once_is_one_case(busy_world: World) -> None:
    database, person = Database(busy_world.settings["followup"]), uuid4()
    with database.begin(actor="test") as session:
        session.add(Citizen(id=person, name=None, language="da", interpreter=False, version=1))

    def tell(number: int) -> None:
        with database.begin(actor=f"desk-{number}") as session:
            duty.register(session, person, kind="interview", on=MISSED, made_by=f"desk-{number}")

    with clock.moved_to(danish_time(MISSED, 15)):
        at_once(tell, 4)

    with database.begin(actor="test") as session:
        cases = session.scalar(text("SELECT count(*) FROM absence WHERE citizen_id = :person"), {"person": person})
        told = session.scalar(text("SELECT count(*) FROM outbox WHERE type LIKE '%absence_registered%'"))
    database.close()
    assert (cases, told) == (1, 1)
