"""Longer courses: the first or last place, and what people found at the end, which decides nothing by itself."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from services.followup.pages.duty_words import DUTY
from services.followup.pages.people_words import PEOPLE
from shared import clock
from shared.calendar import danish_time
from shared.events import PlacementClarified
from tests.browser import offered, words
from tests.followup.telling import PLACEMENT, citizen, company, placement
from tests.followup.test_figures import QUARTER, ended, read  # noqa: F401  (`ended` is a fixture)
from tests.house import ServiceUnderTest

OF = f"/placements/{PLACEMENT}/long-course"
PAGE = f"/opfoelgning/forloeb/{PLACEMENT}/langt-forloeb"
BEFORE = UUID(int=40)
WHY = "Kan fire timer om dagen, når der er ro."


@pytest.fixture
def course(followup: ServiceUnderTest) -> Iterator[ServiceUnderTest]:
    """A place in an own workshop first, then A19's; its last day is today."""
    earlier = {"starts_on": date(2026, 9, 1), "ends_on": date(2026, 11, 29)}
    first = placement(placement_id=BEFORE, first_day_at=danish_time(date(2026, 9, 1), 8), **earlier)
    followup.hear(citizen(), company(), first, placement())
    with clock.moved_to(danish_time(date(2027, 2, 28), 11)):
        yield followup


def send(service: ServiceUnderTest, path: str, body: dict[str, Any]) -> Any:
    return service.call("POST", f"{OF}{path}", body, client="consultant")


def test_a_place_is_the_last_of_several_and_shown_among_them(course: ServiceUnderTest) -> None:
    course.call("POST", f"/placements/{BEFORE}/long-course/role", {"role": "first"}, client="consultant")
    answer = send(course, "/role", {"role": "last"})

    assert answer.status_code == 200
    assert [(one["role"], one["starts_on"]) for one in answer.json["whole"]] == [
        ("first", "2026-09-01"), ("last", "2026-12-01"),
    ]  # fmt: skip
    assert send(course, "/role", {"role": None}).json["role"] is None


def test_what_is_clear_is_said_by_people_at_the_end_and_told_as_a_code(course: ServiceUnderTest) -> None:
    send(course, "/role", {"role": "last"})
    answer = send(course, "/outcome", {"outcome_code": "towards_fleksjob", "reasons": WHY})

    assert (answer.status_code, answer.json["outcome_code"]) == (201, "towards_fleksjob")
    assert WHY not in answer.text
    [told] = course.told(PlacementClarified)
    assert (told.role, told.outcome_code) == ("last", "towards_fleksjob")
    assert all("fire timer" not in str(one) for one in course.envelopes())
    assert course.call("GET", f"/placements/{PLACEMENT}", client="consultant").json["ends_on"] == "2027-02-28"


def test_nothing_is_clear_before_the_last_day_or_without_a_part(course: ServiceUnderTest) -> None:
    assert send(course, "/outcome", {"outcome_code": "job"}).json["code"] == "no_role"
    send(course, "/role", {"role": "first"})
    with clock.moved_to(danish_time(date(2027, 2, 27), 11)):
        assert send(course, "/outcome", {"outcome_code": "job"}).json["code"] == "not_at_the_end"


def test_it_is_taken_back_with_its_reasons(course: ServiceUnderTest) -> None:
    send(course, "/role", {"role": "last"})
    said = send(course, "/outcome", {"outcome_code": "towards_foertidspension", "reasons": WHY}).json
    assert send(course, "/role", {"role": None}).json["code"] == "clarified"

    assert send(course, "/outcome/undo", {"version": said["version"]}).json["outcome_code"] is None
    assert course.told(PlacementClarified)[-1].outcome_code is None
    kept = course.connection.scalar(text("SELECT reasons FROM long_course"))
    assert (kept, send(course, "/outcome/undo", {"version": 9}).status_code) == (None, 404)


def test_page_says_that_nothing_is_decided_here_and_takes_it_back(course: ServiceUnderTest) -> None:
    johanne = course.browser("job_consultant")
    assert "Vælg først" in words(johanne.get(PAGE))
    johanne.submit(PAGE, {"role": "last"})
    assert "Fleksjob og førtidspension afgøres ikke her." in words(johanne.get(PAGE))

    wrong = johanne.submit(f"{PAGE}/afklaring", {"outcome_code": "", "reasons": WHY})
    assert (wrong.status_code, WHY in wrong.text) == (422, True)
    johanne.submit(f"{PAGE}/afklaring", {"outcome_code": "goes_on", "reasons": WHY})
    page = johanne.get(PAGE)
    assert f"Hvorfor {WHY}" in words(page)
    johanne.submit(*offered(page.text))
    assert WHY not in johanne.get(PAGE).text


def test_mentors_know_nothing_of_it(course: ServiceUnderTest) -> None:
    assert course.browser("mentor").get(PAGE).status_code == 403


def test_longer_courses_are_counted_by_what_they_made_clear(ended: ServiceUnderTest) -> None:  # noqa: F811
    kept = text(
        "INSERT INTO long_course (id, placement_id, role, role_by, role_at, outcome_code, version) SELECT "
        "gen_random_uuid(), id, 'last', 'x', now(), CASE WHEN offer_type = 'loentilskud' THEN 'towards_fleksjob' END, 1"
        " FROM placement WHERE offer_type = 'loentilskud' OR mentor_name = 'Mentor 700'"
    )
    ended.connection.execute(kept)

    numbers, groups, found = read(ended)
    clear = {one["code"]: one["count"] for one in found["clarified"]}
    assert numbers["long"] == (None, 22), "the two others would be given away"
    assert set(clear.values()) == {None}
    assert [(name, count) for name, count, _hired in groups["role"]] == [("", 22)]

    more = text("DELETE FROM long_course WHERE placement_id IN (SELECT id FROM placement ORDER BY id LIMIT 3)")
    ended.connection.execute(more)
    numbers, groups, found = read(ended)
    clear = {one["code"]: one["count"] for one in found["clarified"]}
    assert numbers["long"] == (17, 22)
    assert (clear["towards_fleksjob"], clear["not_noted"], clear["job"]) == (8, 9, 0)
    page = words(ended.browser("leader", organisation="jobbutikken").get("/opfoelgning/tal?since=2026-12-31"))
    assert "Går mod afklaring af fleksjob 8" in page
    assert ended.call("GET", QUARTER, client="consultant").status_code == 200


def test_no_table_of_words_hides_another(course: ServiceUnderTest) -> None:
    assert not set(DUTY) & set(PEOPLE)
    asked = {"kind": "give", "to_owner": "adviser"}
    course.call("GET", "/hand-overs", client="adviser")
    course.call("POST", f"/placements/{PLACEMENT}/taken", client="consultant")
    made = course.call("POST", "/hand-overs", asked, client="consultant").json["id"]
    page = course.browser("job_consultant").get(f"/opfoelgning/overdragelse/{made}")
    assert "Sagen selv" in words(page)
