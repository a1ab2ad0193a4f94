"""Letters go to the record that stayed, and none about a talk that was given up when two became one."""

from uuid import UUID

import pytest
from sqlalchemy import text

from services.notifications.use_cases import messages
from shared import clock
from shared.events import CitizenErased, CitizenMerged
from tests.house import ServiceUnderTest
from tests.notifications.story import CITIZEN, MONDAY, VISITATION, citizen, company, placement, visitation
from tests.scan import found_in

STAYS = UUID("01999999-0000-7000-8000-000000000099")
GONE = UUID("01999999-0000-7000-8000-000000000001")
MERGED = CitizenMerged(from_id=GONE, into_id=STAYS)
STAYING = citizen(citizen_id=STAYS, name="Nancy B", email="ny@example.dk")
OLD = citizen(citizen_id=GONE)
TALK = visitation(citizen_id=GONE)
PLACED = placement(citizen_id=GONE)


def to(notifications: ServiceUnderTest) -> set[tuple[UUID, str]]:
    rows = notifications.connection.execute(
        text("SELECT recipient_id, state FROM message WHERE recipient_kind = 'citizen' AND state <> 'planned'")
    )
    return {(row.recipient_id, row.state) for row in rows}


def heard(notifications: ServiceUnderTest, *events: object) -> None:
    with clock.moved_to(MONDAY):
        notifications.hear(*events)  # type: ignore[arg-type]
        with notifications.begin() as session:
            messages.find_addresses(session)


@pytest.mark.parametrize("merged_first", [True, False])
def test_letters_go_to_who_stayed(notifications: ServiceUnderTest, merged_first: bool) -> None:
    old = (OLD, company(), TALK, PLACED)
    heard(notifications, STAYING, *((MERGED, *old) if merged_first else (*old, MERGED)))

    assert to(notifications) == {(STAYS, "queued")}
    people = text("SELECT count(*) FROM message WHERE :gone = ANY(people)")
    assert notifications.connection.scalar(people, {"gone": GONE}) == 0
    names = notifications.connection.scalars(text("SELECT name FROM address WHERE kind = 'citizen'")).all()
    assert names == ["Nancy B"]


@pytest.mark.parametrize("merged_first", [True, False])
def test_no_letter_about_the_talk_that_was_given_up(notifications: ServiceUnderTest, merged_first: bool) -> None:
    merged = CitizenMerged(from_id=GONE, into_id=STAYS, freed_visitation_id=VISITATION)
    heard(notifications, STAYING, OLD, *((merged, TALK) if merged_first else (TALK, merged)))

    assert to(notifications) == (set() if merged_first else {(STAYS, "suppressed")})
    if not merged_first:
        why = notifications.connection.scalar(text("SELECT error_code FROM message"))
        assert why == "talk_given_up"


def test_told_twice_and_replayed_it_sends_nothing_more(notifications: ServiceUnderTest) -> None:
    heard(notifications, STAYING, OLD, company(), TALK, PLACED, MERGED)
    count = notifications.connection.scalar(text("SELECT count(*) FROM message"))
    heard(notifications, MERGED, TALK)
    with clock.moved_to(MONDAY):
        notifications.hear(OLD, TALK, PLACED, MERGED, replayed=True)

    assert notifications.connection.scalar(text("SELECT count(*) FROM message")) == count


def test_s41_erasure_takes_the_old_record_along(notifications: ServiceUnderTest) -> None:
    heard(notifications, STAYING, OLD, company(), TALK, PLACED, MERGED)
    notifications.hear(CitizenErased(citizen_id=STAYS, classes=("identity", "contact")))

    assert found_in(notifications.connection, "notifications", [str(STAYS), str(GONE), "Nancy"]) == {}


def test_somebody_elses_letters_stay_theirs(notifications: ServiceUnderTest) -> None:
    heard(notifications, citizen(), visitation(), STAYING, MERGED)

    assert to(notifications) == {(CITIZEN, "queued")}
