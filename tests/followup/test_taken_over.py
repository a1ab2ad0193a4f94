"""A placement that began before the product is followed from the day it was taken over."""

from datetime import date

import pytest
from sqlalchemy import text

from shared import clock
from shared.calendar import danish_time
from shared.events import FollowUpPlanned
from tests.followup import telling
from tests.house import ServiceUnderTest


def test_taken_over_placement_plans_talks_to_come_and_keeps_the_last_one_before(followup: ServiceUnderTest) -> None:
    with clock.moved_to(danish_time(date(2027, 1, 11), 9)):
        followup.hear(telling.citizen(), telling.company())
        followup.hear(telling.placement(taken_over_on=date(2027, 1, 11), last_contact_on=date(2027, 1, 6)))

        (planned,) = followup.told(FollowUpPlanned)
        assert min(planned.due_at) >= danish_time(date(2027, 1, 11), 0)
        held = text("SELECT held_at::date FROM contact WHERE planned_at < '2027-01-11'")
        assert followup.connection.scalars(held).all() == [date(2027, 1, 6)]
        assert followup.connection.scalar(text("SELECT count(*) FROM checklist_item")) == 0
        page = followup.browser("job_consultant").get(f"/opfoelgning/forloeb/{telling.PLACEMENT}")
        assert page.status_code == 200


PLANNED = date(2026, 12, 15)
"""A day on which A19's rhythm has a talk."""


@pytest.mark.parametrize(("last", "held"), [(PLANNED, True), (date(2026, 12, 16), False)])
def test_talk_on_the_day_of_taking_over_is_that_days_and_one_to_come_is_none(
    followup: ServiceUnderTest, last: date, held: bool
) -> None:
    now = danish_time(PLANNED, 9)
    with clock.moved_to(now):
        followup.hear(telling.citizen(), telling.company())
        followup.hear(telling.placement(taken_over_on=PLANNED, last_contact_on=last))

    talks = text("SELECT date_trunc('minute', held_at) FROM contact WHERE planned_at::date = '2026-12-15'")
    assert followup.connection.scalars(talks).all() == [now if held else None]
