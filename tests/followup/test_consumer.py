"""What follow-up hears becomes its own copy, once, and never an older one."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from services.followup import consumer
from shared.broker import Delivery
from shared.envelope import Trace, write
from shared.errors import NotConfigured
from shared.events import (
    FOLLOWUP,
    ActivationDutyAnnounced,
    CitizenChannelsChanged,
    FirstContactRegistered,
    FollowUpPlanned,
    ReadinessAssessed,
    VisitationHeld,
    heard_by,
)
from shared.handling import Handling
from tests.followup.telling import CITIZEN, PLACEMENT, citizen, company, placement
from tests.house import ServiceUnderTest

CONTACT, VISITATION = UUID(int=6), UUID(int=7)
AT = datetime(2026, 11, 2, 9, 5, tzinfo=UTC)


def rows(followup: ServiceUnderTest, sql: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in followup.connection.execute(text(sql))]


def moved_in(**changed: Any) -> CitizenChannelsChanged:
    given = {
        "citizen_id": CITIZEN, "language": "so", "interpreter": True, "digital_post_exempt": False,
        "protected": False, "name": "Nancy Ann Test Berggren",
    }  # fmt: skip
    return CitizenChannelsChanged(**given | changed)


def assessed(**changed: Any) -> ReadinessAssessed:
    given = {
        "citizen_id": CITIZEN, "visitation_id": VISITATION, "category": "jobparat", "default_used": True,
        "policy": "intake.default_category@2019-06-01", "decided_by": "front-desk",
    }  # fmt: skip
    return ReadinessAssessed(**given | changed)


def test_handlers_are_those_of_the_catalogue() -> None:
    assert set(consumer.HANDLERS) == set(heard_by(FOLLOWUP))


def test_a33_older_word_about_a_person_after_a_newer_is_ignored(followup: ServiceUnderTest) -> None:
    followup.hear(moved_in(), version=2)
    followup.hear(citizen(), version=1)

    assert rows(followup, "SELECT language, interpreter, version FROM citizen") == [("so", True, 2)]


def test_a33_category_decided_last_stands_in_whatever_order_it_is_heard(followup: ServiceUnderTest) -> None:
    changed = assessed(
        visitation_id=UUID(int=8),
        category="aktivitetsparat",
        default_used=False,
        override_reason_code="obviously_pointless",
    )
    followup.hear(changed, version=5)
    followup.hear(assessed(), version=2)

    assert rows(followup, "SELECT category, version FROM readiness") == [("aktivitetsparat", 5)]


def test_a33_same_event_delivered_twice_plans_once(followup: ServiceUnderTest) -> None:
    settings = followup.settings
    _, body = write(placement(), version=1, trace=Trace(correlation_id="x"), seals=settings.seal_public_keys)
    handling = Handling(followup.database, consumer.HANDLERS)
    for _ in range(2):
        handling.handle([Delivery(body=body, tag=1, redelivered=False, dead=False, headers={})])

    assert len(followup.told(FollowUpPlanned)) == 1
    assert rows(followup, "SELECT count(*) FROM contact") == [(8,)]


def test_a33_placement_told_in_another_event_plans_once(followup: ServiceUnderTest) -> None:
    followup.hear(placement(), placement(weekly_hours=20.0))

    assert len(followup.told(FollowUpPlanned)) == 1
    assert rows(followup, "SELECT placement_hours FROM hour_agreement") == [(8.0,)]


def test_a19_plan_is_told_in_columns_of_equal_length(followup: ServiceUnderTest) -> None:
    followup.hear(placement())

    (told,) = followup.told(FollowUpPlanned)
    stored = rows(followup, "SELECT id, planned_at, kind, form FROM contact ORDER BY planned_at")
    assert told.placement_id == PLACEMENT
    assert list(zip(told.contact_ids, told.due_at, told.kinds, told.forms, strict=True)) == stored
    assert told.kinds[-1] == "end"


def test_plan_begins_with_the_first_day_and_not_with_the_agreement(followup: ServiceUnderTest) -> None:
    followup.hear(placement(first_day_at=datetime(2026, 12, 9, 12, 0, tzinfo=UTC)))

    due = rows(followup, "SELECT due_on::text, planned_at FROM contact ORDER BY planned_at LIMIT 2")
    assert due == [
        ("2026-12-09", datetime(2026, 12, 9, 13, 0, tzinfo=UTC)),
        ("2026-12-16", datetime(2026, 12, 16, 9, 0, tzinfo=UTC)),
    ]


def test_a32_handholding_lays_out_the_checklist_of_the_first_day(followup: ServiceUnderTest) -> None:
    followup.hear(placement(cadence="handholding"))

    codes = rows(followup, "SELECT code FROM checklist_item WHERE kit = 'first_day' ORDER BY position")
    assert [code for (code,) in codes] == [
        "work_clothes", "shoes", "way_there", "lunch", "coffee_place", "breaks", "names", "interview_escort",
    ]  # fmt: skip


def test_light_cadence_has_no_checklist(followup: ServiceUnderTest) -> None:
    followup.hear(placement())

    assert rows(followup, "SELECT count(*) FROM checklist_item") == [(0,)]


def test_cadence_that_is_not_configured_leaves_nothing(followup: ServiceUnderTest) -> None:
    with pytest.raises(NotConfigured):
        followup.hear(placement(cadence="hourly"))

    assert rows(followup, "SELECT count(*) FROM placement") == [(0,)]


def test_protected_person_has_no_name_here(followup: ServiceUnderTest) -> None:
    followup.hear(citizen(), version=1)
    followup.hear(moved_in(protected=True, name=None), version=2)

    assert rows(followup, "SELECT name FROM citizen") == [(None,)]


def test_intake_s_story_is_kept(followup: ServiceUnderTest) -> None:
    followup.hear(FirstContactRegistered(
        contact_id=CONTACT, citizen_id=CITIZEN, at=AT, channel="desk", local_goal_due=AT.date(),
        local_goal_policy="visitation.local_goal@2019-06-01", statutory_due=None,
    ))  # fmt: skip
    followup.hear(ActivationDutyAnnounced(
        contact_id=CONTACT, citizen_id=CITIZEN, guidance_version="2026-02", written=True
    ))  # fmt: skip
    followup.hear(VisitationHeld(visitation_id=VISITATION, citizen_id=CITIZEN, held_at=AT))
    followup.hear(assessed(), version=2)

    assert rows(followup, "SELECT id, channel FROM first_contact") == [(CONTACT, "desk")]
    assert rows(followup, "SELECT guidance_version, written FROM guidance") == [("2026-02", True)]
    assert rows(followup, "SELECT id, held_at FROM visitation") == [(VISITATION, AT)]
    assert rows(followup, "SELECT id, category, version FROM readiness") == [(CITIZEN, "jobparat", 2)]


def test_audit_trail_keeps_changes_but_no_names(followup: ServiceUnderTest) -> None:
    followup.hear(citizen(), company(), placement())

    trail = str(rows(followup, "SELECT * FROM audit"))
    assert "planned_at" in trail
    assert "Berggren" not in trail
