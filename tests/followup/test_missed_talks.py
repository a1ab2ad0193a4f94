"""Talks at the desk that were missed: shown beside the absences, an absence only once a person says so."""

from datetime import UTC, datetime
from uuid import UUID

from shared import clock
from shared.calendar import danish_time
from shared.events import VisitationMissed, VisitationNotMissed
from tests.browser import words
from tests.followup.telling import CITIZEN, citizen
from tests.house import ServiceUnderTest

NO_SHOW = UUID(int=31)
MISSED = VisitationMissed(no_show_id=NO_SHOW, citizen_id=CITIZEN, starts_at=datetime(2026, 11, 9, 8, 30, tzinfo=UTC))
ALL = f"/citizens/{CITIZEN}/absences"
AFTERNOON = danish_time(datetime(2026, 11, 9, tzinfo=UTC).date(), 15)


def noted(followup: ServiceUnderTest) -> list[str]:
    found: list[str] = followup.call("GET", ALL, client="adviser").json["noted_by_desk"]
    return found


def test_it_is_shown_and_is_no_absence(followup: ServiceUnderTest) -> None:
    followup.hear(citizen(), MISSED)

    assert noted(followup) == ["2026-11-09"]
    assert followup.call("GET", ALL, client="adviser").json["items"] == []


def test_a_person_makes_it_an_absence_with_one_click_and_it_is_asked_no_more(followup: ServiceUnderTest) -> None:
    followup.hear(citizen(), MISSED)
    path = f"/opfoelgning/borger/{CITIZEN}/fravaer"
    with clock.moved_to(AFTERNOON):
        adviser = followup.browser("adviser")
        page = adviser.get(path)
        assert "9. november 2026 Notér som fravær" in words(page)
        made = adviser.submit(path, {"kind": "interview", "on": "2026-11-09"})

    assert made.status_code == 303
    assert noted(followup) == []
    assert "Noteret ved skranken" not in words(adviser.get(path))


def test_what_was_noted_by_mistake_is_shown_no_more_in_whatever_order_it_is_heard(followup: ServiceUnderTest) -> None:
    came = VisitationNotMissed(no_show_id=NO_SHOW, citizen_id=CITIZEN)
    followup.hear(citizen())
    followup.hear(came, version=2)
    followup.hear(MISSED)

    assert noted(followup) == []
