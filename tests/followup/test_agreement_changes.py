"""The course follows its agreement: a new last day moves the plan, an annulment ends the talks."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from shared import clock
from shared.calendar import danish_time
from shared.events import FollowUpPlanned, PlacementChanged
from tests.browser import words
from tests.followup import telling
from tests.house import ServiceUnderTest


@pytest.fixture
def begun(followup: ServiceUnderTest) -> Iterator[ServiceUnderTest]:
    """A19's placement, followed since the month before it begins."""
    with clock.moved_to(danish_time(date(2026, 11, 16), 10)):
        followup.hear(telling.citizen(), telling.company(), telling.placement())
        yield followup


def told(kind: str, ends_on: date) -> PlacementChanged:
    return PlacementChanged(
        placement_id=telling.PLACEMENT, citizen_id=telling.CITIZEN, company_id=telling.COMPANY, change_kind=kind,
        number=2, starts_on=date(2026, 12, 1), ends_on=ends_on, weekly_hours=8, extension_no=1,
    )  # fmt: skip


def course(begun: ServiceUnderTest) -> tuple[date, int]:
    seen: Any = begun.call("GET", f"/placements/{telling.PLACEMENT}", client="consultant").json
    return date.fromisoformat(seen["ends_on"]), len(begun.told(FollowUpPlanned)[-1].contact_ids)


@pytest.mark.parametrize(("kind", "days", "more"), [("extended", 60, True), ("shortened", -30, False)])
def test_a_new_last_day_of_the_agreement_moves_the_plan(
    begun: ServiceUnderTest, kind: str, days: int, more: bool
) -> None:
    ends_on, talks = course(begun)
    begun.hear(told(kind, ends_on + timedelta(days=days)))
    begun.hear(told(kind, ends_on + timedelta(days=days)))
    then, now = course(begun)

    assert then == ends_on + timedelta(days=days)
    assert (now >= talks) is more or now == talks
    assert len(begun.told(FollowUpPlanned)) == 2


def test_an_annulled_agreement_has_no_talks_to_come(begun: ServiceUnderTest) -> None:
    ends_on, _talks = course(begun)
    begun.hear(told("annulled", ends_on))

    assert course(begun)[1] == 0


def test_what_a_new_last_day_would_do_is_shown_before(begun: ServiceUnderTest) -> None:
    ends_on, _talks = course(begun)
    desk, part = begun.browser("job_consultant"), f"/opfoelgning/kort/aendring/{telling.PLACEMENT}"
    same, longer = words(desk.get(part)), words(desk.get(f"{part}?slut={ends_on + timedelta(days=30)}"))

    assert same == "Samtalerne bliver, som de er."
    assert "kommer til:" in longer
    assert len(begun.told(FollowUpPlanned)) == 1
