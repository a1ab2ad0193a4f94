"""When intake tells that a person is erased, follow-up's copies go; a placement stays without the person."""

from uuid import UUID

from sqlalchemy import text

from shared.events import CitizenErased, FirstContactRegistered
from tests.followup.telling import CITIZEN, citizen, placement
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import MONDAY
from tests.scan import found_in

NEEDLES = [str(CITIZEN), "Test Berggren"]
COUNTS = text("""
    SELECT (SELECT count(*) FROM citizen), (SELECT count(*) FROM first_contact), (SELECT count(*) FROM placement),
           (SELECT count(*) FROM contact), (SELECT count(*) FROM checklist_item), (SELECT count(*) FROM hour_agreement)
""")


def followed(followup: ServiceUnderTest) -> tuple[int, ...]:
    first = FirstContactRegistered(
        contact_id=UUID(int=9), citizen_id=CITIZEN, at=MONDAY, channel="desk", local_goal_due=MONDAY.date(),
        local_goal_policy="x",
    )  # fmt: skip
    followup.hear(citizen(), first, placement(mentor_name="Max Mentor", cadence="handholding"))
    return counts(followup)


def counts(followup: ServiceUnderTest) -> tuple[int, ...]:
    return tuple(followup.connection.execute(COUNTS).one())


def test_identity_takes_the_name_and_the_links(followup: ServiceUnderTest) -> None:
    before = followed(followup)
    followup.hear(CitizenErased(citizen_id=CITIZEN, classes=("contact", "identity")))

    assert counts(followup) == (0, *before[1:])
    assert followup.connection.scalar(text("SELECT citizen_id FROM placement")) != CITIZEN
    assert "citizen" not in found_in(followup.connection, "followup", NEEDLES)
    assert "audit" not in found_in(followup.connection, "followup", NEEDLES[1:])


def test_placement_goes_with_all_that_hangs_on_it(followup: ServiceUnderTest) -> None:
    before = followed(followup)
    assert min(before) > 0
    followup.hear(CitizenErased(citizen_id=CITIZEN, classes=("case", "identity", "placement")))

    assert counts(followup) == (0, 0, 0, 0, 0, 0)
    assert found_in(followup.connection, "followup", ["Test Berggren"]) == {}
