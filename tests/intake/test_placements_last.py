"""A placement keeps its citizen from being erased for as long as matching last told, not as first agreed."""

from datetime import date, datetime, timedelta

import pytest

from services.intake.models import Engagement
from shared import clock
from shared.calendar import danish_time
from shared.database import new_id
from shared.events import PlacementAgreed, PlacementChanged
from tests.house import ServiceUnderTest
from tests.intake.test_erasure import at, known, placement
from tests.intake.test_first_contact import MONDAY


def changed(agreed: PlacementAgreed, kind: str, ends_on: date) -> PlacementChanged:
    return PlacementChanged(
        placement_id=agreed.placement_id, citizen_id=agreed.citizen_id, company_id=agreed.company_id, change_kind=kind,
        number=2, starts_on=agreed.starts_on, ends_on=ends_on, weekly_hours=12.5, extension_no=0,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "ends_on", "over"),
    [
        ("shortened", date(2031, 5, 31), danish_time(date(2031, 6, 1), 0)),
        ("extended", date(2035, 5, 31), danish_time(date(2035, 6, 1), 0)),
        ("annulled", date(2034, 5, 31), at(2026, 12, 8)),
    ],
)
def test_placement_lasts_as_long_as_it_was_changed_to(
    intake: ServiceUnderTest, kind: str, ends_on: date, over: datetime
) -> None:
    citizen_id = known(intake)
    agreed = placement(citizen_id, new_id(), date(2034, 5, 31))
    with clock.moved_to(MONDAY):
        intake.hear(agreed)
    with clock.moved_to(at(2026, 12, 8)):
        intake.hear(changed(agreed, kind, ends_on), version=2)

        intake.hear(agreed, version=1)

    with intake.begin() as session:
        last = session.get_one(Engagement, agreed.placement_id).last_at
    assert over <= last < over + timedelta(minutes=1)
