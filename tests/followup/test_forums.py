"""A family's meeting that was noted wrongly is noted otherwise, with what stood there before."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from shared import clock
from shared.calendar import danish_time
from shared.events import FamilyForumHeld
from tests.browser import Browser, offered, words
from tests.followup.surroundings import family
from tests.followup.telling import citizen
from tests.house import ServiceUnderTest

RIGHT = {"held_on": "08-12-2026", "decisions": "Vi begynder med morgenerne.", "there_labour_market": "Rune Rådvad",
         "there_family": "Nancy, Bo"}  # fmt: skip


@pytest.fixture
def met(followup: ServiceUnderTest) -> Iterator[dict[str, Any]]:
    """A plan with a meeting that is noted on the wrong day."""
    followup.hear(citizen())
    with clock.moved_to(danish_time(date(2026, 12, 9), 11)):
        made = family(followup)["id"]
        noted = {"held_on": "2026-12-07", "decisions": "Intet", "there": [{"side": "family", "name": "Nancy"}]}
        found = followup.call("POST", f"/families/{made}/forums", noted, client="consultant").json["forums"][0]
        yield {"service": followup, "family": made, "page": f"/opfoelgning/familie/{made}/moede/{found['id']}"} | found


@pytest.fixture
def johanne(met: dict[str, Any]) -> Browser:
    browser: Browser = met["service"].browser("job_consultant")
    return browser


def test_day_attendance_and_decision_are_mended_and_what_stood_there_is_kept(
    met: dict[str, Any], johanne: Browser
) -> None:
    johanne.submit(met["page"], RIGHT | {"version": str(met["version"])})

    page = words(johanne.get(met["page"]))
    assert "7. december 2026 Nancy (Familien) Intet" in page
    plan = words(johanne.get(f"/opfoelgning/familie/{met['family']}"))
    assert "8. december 2026 Bo (Familien), Nancy (Familien), Rune Rådvad (Arbejdsmarked)" in plan
    told = met["service"].told(FamilyForumHeld)[-1]
    assert (told.held_on, told.attended) == (date(2026, 12, 8), 3)


def test_mending_is_taken_back(met: dict[str, Any], johanne: Browser) -> None:
    johanne.submit(met["page"], RIGHT | {"version": str(met["version"])})
    johanne.submit(*offered(johanne.get(met["page"]).text))

    page = words(johanne.get(met["page"]))
    assert "Mødet er ikke rettet." in page
    assert met["service"].told(FamilyForumHeld)[-1].held_on == date(2026, 12, 7)


def test_a_day_to_come_is_refused_and_nothing_typed_is_lost(met: dict[str, Any], johanne: Browser) -> None:
    wrong = johanne.submit(met["page"], RIGHT | {"version": str(met["version"]), "held_on": "24-12-2026"})

    assert (wrong.status_code, "24-12-2026" in wrong.text, RIGHT["decisions"] in wrong.text) == (422, True, True)
    assert "Mødet er ikke rettet." in words(johanne.get(met["page"]))


def test_two_who_mend_at_once_are_told(met: dict[str, Any], johanne: Browser) -> None:
    johanne.submit(met["page"], RIGHT | {"version": str(met["version"])})

    assert johanne.submit(met["page"], RIGHT | {"version": str(met["version"])}).status_code == 409


def test_programs_mend_it_too_and_other_departments_do_not_see_it(met: dict[str, Any]) -> None:
    service, edit = met["service"], {"held_on": "2026-12-08", "decisions": None, "there": [], "version": met["version"]}
    path = f"/families/{met['family']}/forums/{met['id']}"

    assert service.call("POST", path, edit, client="consultant").json["forums"][0]["held_on"] == "2026-12-08"
    other = service.browser("adviser", organisation="familieafdelingen")
    assert other.get(met["page"]).status_code == 404
    assert (
        service.call("POST", f"/families/{met['family']}/forums/{uuid4()}", edit, client="consultant").status_code
        == 404
    )
