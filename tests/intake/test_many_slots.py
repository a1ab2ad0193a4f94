"""A large town's calendars: a change touches its own slots, however many the others have."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import event, text

from services.intake.models import Consultant, Room
from services.intake.use_cases import slots
from shared import clock
from shared.database import new_id
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import MONDAY

HOURS = [f"{day} 08:00-16:00" for day in ("mon", "tue", "wed", "thu", "fri")]
MANY = 30
FREE = text("SELECT id, consultant FROM slot")


@pytest.fixture(autouse=True)
def town(intake: ServiceUnderTest) -> Iterator[None]:
    with clock.moved_to(MONDAY):
        with intake.begin() as session:
            session.add(Room(id=new_id(), code="hall", name="Salen", place_code="jobbutik", places=140, active=True))
            session.add_all(
                Consultant(
                    id=new_id(), code=f"consultant-5{number:02}", name=f"Prøve {number}", hours=HOURS, active=True
                )
                for number in range(MANY)
            )
            session.flush()
            slots.stock_slots(session)
        yield


def standing(intake: ServiceUnderTest) -> set[Any]:
    with intake.begin() as session:
        return {tuple(row) for row in session.execute(FREE)}


def test_new_consultant_opens_their_own_slots_and_leaves_the_others_alone(intake: ServiceUnderTest) -> None:
    before, sent = standing(intake), list[int]()

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if " slot" in statement:
            sent.append(len(parameters) if isinstance(parameters, dict | tuple) else sum(map(len, parameters)))

    with intake.begin() as session:
        bind = session.connection()
        event.listen(bind, "before_cursor_execute", note)
        session.add(Consultant(id=new_id(), code="consultant-9", name="Prøve Ny", hours=HOURS, active=True))
        session.flush()
        slots.stock_slots(session)
        event.remove(bind, "before_cursor_execute", note)
    after = standing(intake)

    assert before < after
    assert {consultant for _id, consultant in after - before} == {"consultant-9"}
    columns = 9
    assert sum(sent) < len(after - before) * columns + 50 < len(before)


def test_consultant_who_leaves_takes_their_free_slots_and_no_others(intake: ServiceUnderTest) -> None:
    with intake.begin() as session:
        session.execute(text("UPDATE consultant SET active = false WHERE code = 'consultant-507'"))
        slots.stock_slots(session)
    left = standing(intake)

    assert "consultant-507" not in {consultant for _id, consultant in left}
    assert {f"consultant-5{number:02}" for number in range(MANY) if number != 7} <= {
        consultant for _id, consultant in left
    }
