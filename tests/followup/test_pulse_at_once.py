"""Two parties tap their answers at the same moment."""

import threading
from datetime import date
from uuid import uuid4

from sqlalchemy import text

from services.followup import rules
from services.followup.models import Citizen
from services.followup.use_cases import courses, placements, pulse
from shared import clock
from shared.calendar import danish_time
from shared.database import Database
from tests.conftest import World
from tests.followup.telling import placement

DAY = date(2027, 1, 6)


def test_answers_far_apart_ask_for_a_talk_though_each_was_given_before_the_other_was_saved(busy_world: World) -> None:
    database, person, case = Database(busy_world.settings["followup"]), uuid4(), uuid4()
    with clock.moved_to(danish_time(DAY, 11)):
        with database.begin(actor="test") as session:
            session.add(Citizen(id=person, name=None, language="da", interpreter=False, version=1))
            placements.follow(session, placement(placement_id=case, citizen_id=person))
            asked = pulse.ask(session, case, asked_by="test").id
            ids = {one.party: one.id for one in pulse.answers_of(session, asked)}
        answered = threading.Event()

        def citizen() -> None:
            with database.begin(actor="citizen") as session:
                pulse.answer(session, ids[rules.CITIZEN], "very_well")
                answered.set()
                # The other one is on the way meanwhile, and finds the placement held.
                session.execute(text("SELECT pg_sleep(0.3)"))

        first = threading.Thread(target=citizen)
        first.start()
        assert answered.wait(10)
        with database.begin(actor="company") as session:
            pulse.answer(session, ids[rules.COMPANY], "not_so_well")
        first.join()
        with database.begin(actor="test") as session:
            changes = [one.code for one in courses.changes_of(session, case)]
    database.close()
    assert changes == [rules.PULSE_DIFFERS]
