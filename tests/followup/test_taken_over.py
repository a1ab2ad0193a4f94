"""A placement that began before the product is followed from the day it was taken over."""

from datetime import date

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
