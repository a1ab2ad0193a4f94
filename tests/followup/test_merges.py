"""A citizen's old id leads to the record that stayed, whichever word comes first, and however often."""

from datetime import date
from itertools import permutations
from uuid import UUID

import pytest
from sqlalchemy import text

from services.followup.consumer import JOBS
from shared import clock
from shared.calendar import danish_time
from shared.events import (
    ActivationDutyAnnounced,
    CitizenErased,
    CitizenMerged,
    Event,
    FirstContactRegistered,
    ReadinessAssessed,
)
from tests.followup.telling import CITIZEN, citizen, company, placement
from tests.house import ServiceUnderTest
from tests.scan import found_in

STAYS = UUID(int=99)
MERGED = CitizenMerged(from_id=CITIZEN, into_id=STAYS)
STAYING = citizen(citizen_id=STAYS, name="Nancy B")
DAY = danish_time(date(2026, 11, 2), 10)
GUIDANCE = ActivationDutyAnnounced(
    contact_id=UUID(int=31), citizen_id=CITIZEN, guidance_version="2026-02", written=True
)
CONTACT = FirstContactRegistered(
    contact_id=UUID(int=31), citizen_id=CITIZEN, at=DAY, channel="desk", local_goal_due=DAY.date(),
    local_goal_policy="x",
)  # fmt: skip


def facts(followup: ServiceUnderTest) -> list[tuple[UUID, ...]]:
    return [
        tuple(followup.connection.scalars(text(f"SELECT DISTINCT citizen_id FROM {table}")).all())  # noqa: S608
        for table in ("placement", "first_contact", "guidance")
    ]


@pytest.mark.parametrize("order", list(permutations((0, 1, 2))))
def test_facts_are_the_persons_in_any_order(followup: ServiceUnderTest, order: tuple[int, ...]) -> None:
    stories: list[tuple[Event, ...]] = [(citizen(), CONTACT, GUIDANCE, placement()), (STAYING,), (MERGED,)]
    for which in order:
        followup.hear(company(), *stories[which])

    assert facts(followup) == [(STAYS,)] * 3
    names = followup.connection.scalars(text("SELECT name FROM citizen")).all()
    assert names == ["Nancy B"]
    assert followup.connection.scalar(text("SELECT count(*) FROM contact")) > 0


def test_told_twice_and_replayed_it_changes_nothing_more(followup: ServiceUnderTest) -> None:
    followup.hear(citizen(), placement(), STAYING, MERGED)
    planned = followup.connection.scalar(text("SELECT count(*) FROM contact"))
    followup.hear(MERGED)
    followup.hear(citizen(), placement(), STAYING, MERGED, replayed=True)

    assert followup.connection.scalars(text("SELECT citizen_id FROM placement")).all() == [STAYS]
    assert followup.connection.scalar(text("SELECT count(*) FROM contact")) == planned
    assert followup.connection.scalars(text("SELECT id FROM citizen")).all() == [STAYS]


def test_late_state_of_the_old_record_does_not_overwrite_who_stayed(followup: ServiceUnderTest) -> None:
    followup.hear(STAYING, MERGED)
    followup.hear(citizen(name="Forkert"), version=9)
    followup.hear(_assessed(CITIZEN), version=9)
    followup.hear(_assessed(STAYS), version=2)

    assert followup.connection.scalars(text("SELECT name FROM citizen")).all() == ["Nancy B"]
    assert followup.connection.execute(text("SELECT id, version FROM readiness")).all() == [(STAYS, 2)]


def _assessed(citizen_id: UUID) -> ReadinessAssessed:
    return ReadinessAssessed(
        citizen_id=citizen_id, visitation_id=UUID(int=41), category="jobparat", default_used=True, policy="x",
        decided_by="x",
    )  # fmt: skip


@pytest.mark.parametrize("later_first", [True, False])
def test_merged_on_leads_to_who_stayed_at_last(followup: ServiceUnderTest, later_first: bool) -> None:
    last = UUID(int=100)
    steps = [MERGED, CitizenMerged(from_id=STAYS, into_id=last)]
    followup.hear(citizen(), placement(), STAYING, *(reversed(steps) if later_first else steps))

    assert followup.connection.scalars(text("SELECT citizen_id FROM placement")).all() == [last]


def test_what_was_written_meanwhile_is_moved_after(followup: ServiceUnderTest) -> None:
    followup.hear(citizen(), STAYING, MERGED, placement())
    followup.connection.execute(text("UPDATE placement SET citizen_id = :gone"), {"gone": CITIZEN})
    with followup.begin() as session:
        JOBS["catch_up"].run(session)

    assert followup.connection.scalars(text("SELECT citizen_id FROM placement")).all() == [STAYS]


def test_s41_erasure_takes_the_old_record_along(followup: ServiceUnderTest) -> None:
    with clock.moved_to(DAY):
        followup.hear(citizen(), placement(), STAYING, MERGED)
    followup.hear(CitizenErased(citizen_id=STAYS, classes=("identity", "contact", "case")))

    assert found_in(followup.connection, "followup", [str(STAYS), str(CITIZEN), "Nancy"]) == {}


def test_card_by_the_old_id_shows_the_persons_placements(followup: ServiceUnderTest) -> None:
    followup.hear(citizen(), company(), placement(), STAYING, MERGED)

    shown = followup.browser("adviser").get(f"/opfoelgning/kort/borger/{CITIZEN}")
    assert "Vestkystens Smede" in shown.text
