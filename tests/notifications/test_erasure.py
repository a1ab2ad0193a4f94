"""An erased person's address and letters go, those that only mention them too; old letters go by themselves."""

from datetime import timedelta

from sqlalchemy import text

from services.notifications.consumer import JOBS
from shared import clock
from shared.events import CitizenErased
from tests.house import ServiceUnderTest
from tests.notifications.story import CITIZEN, MAIL, MONDAY, citizen, company, placement, visitation
from tests.scan import found_in

# Their ids in the story are small numbers, which stand in many places.
NEEDLES = ["Nancy Ann Berggren", MAIL, "+4520123456"]


def told(notifications: ServiceUnderTest) -> None:
    with clock.moved_to(MONDAY):
        notifications.hear(citizen(), company(), visitation(), placement())


def test_address_and_every_letter_that_tells_of_the_person_go(notifications: ServiceUnderTest) -> None:
    told(notifications)
    assert "address" in found_in(notifications.connection, "notifications", NEEDLES)

    notifications.hear(CitizenErased(citizen_id=CITIZEN, classes=("contact", "identity")))

    assert found_in(notifications.connection, "notifications", NEEDLES) == {}
    left = notifications.connection.execute(
        text("SELECT recipient_kind, count(*) FROM message WHERE :person = ANY(people) GROUP BY 1"), {"person": CITIZEN}
    ).all()
    assert left == []
    assert notifications.connection.scalars(text("SELECT kind FROM address ORDER BY kind")).all() == [
        "company", "mentor",
    ]  # fmt: skip


def test_letters_are_forgotten_a_year_after_they_were_made(notifications: ServiceUnderTest) -> None:
    # A test whose workers commit for themselves has left changes behind.
    before = notifications.connection.scalar(text("SELECT coalesce(max(seq), 0) FROM audit"))
    told(notifications)
    for days, left in ((364, 10), (366, 0)):
        with clock.moved_to(MONDAY + timedelta(days=days)), notifications.begin() as session:
            JOBS["keep_times"].run(session)
        assert notifications.connection.scalar(text("SELECT count(*) FROM message")) == left
    said = "SELECT DISTINCT changes::text FROM audit WHERE table_name = 'message' AND verb <> 'empty' AND seq > :seq"
    changes = notifications.connection.scalars(text(said), {"seq": before}).all()
    assert changes == ["{}"]
