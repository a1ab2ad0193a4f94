"""A19, A32 and A33 as a consultant and operations meet them: at the doors and on the pages."""

from datetime import date

import pytest
from sqlalchemy import text

from services.followup import consumer
from shared import clock
from shared.broker import Delivery
from shared.calendar import danish_time
from shared.envelope import Trace, write
from shared.events import CitizenChannelsChanged
from shared.handling import Handling
from tests.browser import words
from tests.followup.telling import CITIZEN, PLACEMENT, citizen, company, placement
from tests.house import ServiceUnderTest

POISON = b'{"type": "dk.jobbutik.matching.placement.agreed.v1", "name": "Nancy"'


def followed(service: ServiceUnderTest) -> list[tuple[str, str, str]]:
    """Kind, day it is due and day people meet, of each contact of the placement, as the door tells it."""
    found = service.call("GET", f"/placements/{PLACEMENT}", client="consultant").json["contacts"]
    return [(one["kind"], one["due_on"], one["planned_at"][:10]) for one in found]


def deliver(service: ServiceUnderTest, *bodies: bytes) -> None:
    """As the broker hands them to the worker."""
    handling = Handling(service.database, consumer.HANDLERS)
    for body in bodies:
        handling.handle([Delivery(body=body, tag=1, redelivered=False, dead=False, headers={})])


def test_a19_midpoint_and_end_are_planned_where_the_consultant_reads_them(followup: ServiceUnderTest) -> None:
    followup.hear(citizen(), company(), placement())

    assert ("midpoint", "2027-01-15", "2027-01-15") in followed(followup)
    assert followed(followup)[-1] == ("end", "2027-02-28", "2027-02-26")
    with clock.moved_to(danish_time(date(2026, 12, 1), 9)):
        shown = words(followup.browser("job_consultant", subject="consultant").get(f"/opfoelgning/forloeb/{PLACEMENT}"))
    assert "15. januar 2027" in shown
    assert "26. februar 2027" in shown


def test_a32_daily_for_five_days_weekly_for_four_weeks_then_monthly_and_the_first_days_list(
    followup: ServiceUnderTest,
) -> None:
    followup.hear(citizen(), company(), placement(
        cadence="handholding", starts_on=date(2027, 1, 4), ends_on=date(2027, 4, 4),
        first_day_at=danish_time(date(2027, 1, 4), 8),
    ))  # fmt: skip

    met = [(kind, day) for kind, _, day in followed(followup)]
    assert [day for kind, day in met if kind == "daily"] == [f"2027-01-0{day}" for day in range(4, 9)]
    assert [day for kind, day in met if kind == "weekly"] == ["2027-01-15", "2027-01-22", "2027-01-29", "2027-02-05"]
    assert [day for kind, day in met if kind == "monthly"] == ["2027-03-05"]
    assert [day for _, day in met if date.fromisoformat(day).weekday() > 4] == []
    shown = words(followup.browser("job_consultant", subject="consultant").get(f"/opfoelgning/forloeb/{PLACEMENT}"))
    for thing in ("Arbejdstøjet", "Frokosten", "drikkes kaffe", "Kender pauserne", "Følgeskab til samtalen"):
        assert thing in shown


def test_a33_told_twice_and_out_of_order_there_is_one_plan_and_the_newest_word(followup: ServiceUnderTest) -> None:
    newer = CitizenChannelsChanged(
        citizen_id=CITIZEN, language="so", interpreter=True, digital_post_exempt=False, protected=False,
        name="Nancy Ann Test Berggren",
    )  # fmt: skip
    seals, trace = followup.settings.seal_public_keys, Trace(correlation_id="x")
    _, agreed = write(placement(), version=1, trace=trace, seals=seals)
    _, second = write(newer, version=2, trace=trace, seals=seals)
    _, first = write(citizen(), version=1, trace=trace, seals=seals)

    deliver(followup, agreed, agreed, second, first)

    assert len(followed(followup)) == 8
    with clock.moved_to(danish_time(date(2026, 12, 1), 9)):
        shown = words(followup.browser("job_consultant", subject="consultant").get("/opfoelgning?hvis=all"))
    assert "Tolk: somali" in shown


@pytest.mark.parametrize("body", [POISON, b"{}"])
def test_a33_poison_stands_with_its_reason_on_the_page_of_operations_and_the_next_is_handled(
    followup: ServiceUnderTest, body: bytes
) -> None:
    _, agreed = write(placement(), version=1, trace=Trace(correlation_id="x"), seals=followup.settings.seal_public_keys)

    deliver(followup, body, agreed)

    reason = str(followup.connection.scalar(text("SELECT error FROM failed_delivery")))
    shown = words(followup.browser("ops").get("/opfoelgning/drift"))
    assert reason.strip()
    assert reason in shown
    assert "Nancy" not in shown
    assert len(followed(followup)) == 8
