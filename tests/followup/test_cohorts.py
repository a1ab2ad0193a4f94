"""13U in Aalborg: a cohort with places by municipality, one track, educations, days, a placement, an outcome (C3)."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from services.followup import rules
from services.followup.use_cases import POLICY
from shared import clock
from shared.calendar import danish_time
from shared.errors import Invalid, Refused
from shared.events import CitizenErased, CohortCompleted, CohortEnrolled, EducationVisited, TrackChosen
from tests.browser import Browser, offered, words
from tests.followup.surroundings import cohort, mentor, seat
from tests.followup.telling import CITIZEN, MENTOR, citizen, company, link_mentor, placement
from tests.house import ServiceUnderTest

MONDAY = date(2027, 1, 4)
OTHER = UUID(int=81)


@pytest.fixture
def aalborg(followup: ServiceUnderTest) -> Iterator[ServiceUnderTest]:
    """The first day of a course, and two young people."""
    with clock.moved_to(danish_time(date(2026, 12, 1), 8)):
        followup.hear(citizen(), company(), placement(), citizen(citizen_id=OTHER, name="Sille Test Lund"))
    with clock.moved_to(danish_time(MONDAY, 9)):
        yield followup


@pytest.fixture
def consultant(aalborg: ServiceUnderTest) -> Browser:
    return aalborg.browser("job_consultant")


def call(service: ServiceUnderTest, path: str, body: Any = None) -> Any:
    return service.call("POST", path, body, client="consultant")


@pytest.mark.parametrize("age", [18, 24, 29])
def test_from_eighteen_to_twenty_nine_on_the_first_day(age: int) -> None:
    rules.check_age(age, POLICY.row("cohort.age", MONDAY))


@pytest.mark.parametrize("age", [17, 30])
def test_younger_and_older_people_have_no_seat(age: int) -> None:
    with pytest.raises(Refused, match="cohort_age"):
        rules.check_age(age, POLICY.row("cohort.age", MONDAY))


def test_thirteen_weeks_of_course_days_without_holidays() -> None:
    days = rules.course_days(MONDAY, date(2027, 4, 4), ("12-24",))

    assert (days[0], days[-1], len(days)) == (MONDAY, date(2027, 4, 2), 62)
    assert date(2027, 3, 25) not in days


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2027, 1, 3), date(2027, 1, 10)),
        (date(2027, 3, 1), date(2027, 2, 20)),
        (date(2027, 3, 1), date(2027, 3, 22)),
    ],
)
def test_placement_is_within_the_course_and_three_weeks_at_most(first: date, last: date) -> None:
    rules.check_placement(date(2027, 3, 1), date(2027, 3, 21), MONDAY, date(2027, 4, 4), 3)
    with pytest.raises(Invalid):
        rules.check_placement(first, last, MONDAY, date(2027, 4, 4), 3)


def test_length_comes_from_the_rows_of_the_first_day(aalborg: ServiceUnderTest) -> None:
    made = cohort(aalborg)

    assert (made["ends_on"], made["placement_weeks"]) == ("2027-04-04", 3)


def test_places_are_divided_between_municipalities(aalborg: ServiceUnderTest) -> None:
    own = cohort(aalborg, capacity=2)["id"]
    call(aalborg, f"/cohorts/{own}/quotas", {"municipality": "Aalborg", "places": 1})
    too_many = call(aalborg, f"/cohorts/{own}/quotas", {"municipality": "Rebild", "places": 2})
    assert too_many.status_code == 422
    call(aalborg, f"/cohorts/{own}/quotas", {"municipality": "Rebild", "places": 1})

    assert seat(aalborg, own).status_code == 201
    assert seat(aalborg, own, citizen_id=str(OTHER)).json["code"] == "quota_full"
    assert seat(aalborg, own, citizen_id=str(OTHER), municipality="Jammerbugt").json["code"] == "quota_full"
    assert seat(aalborg, own, citizen_id=str(OTHER), municipality="Rebild").status_code == 201
    quotas = aalborg.call("GET", f"/cohorts/{own}", client="consultant").json["quotas"]
    assert [(one["municipality"], one["taken"]) for one in quotas] == [("Aalborg", 1), ("Rebild", 1)]


def test_seat_is_free_again_and_taken_back_where_it_still_is(aalborg: ServiceUnderTest) -> None:
    own = cohort(aalborg, capacity=1)["id"]
    member = seat(aalborg, own).json["id"]
    assert seat(aalborg, own).json["code"] == "enrolled"
    assert seat(aalborg, own, citizen_id=str(OTHER)).json["code"] == "cohort_full"
    call(aalborg, f"/cohort-members/{member}/withdrawn", {"withdrawn": True})
    assert seat(aalborg, own, citizen_id=str(OTHER)).status_code == 201

    assert call(aalborg, f"/cohort-members/{member}/withdrawn", {"withdrawn": False}).json["code"] == "cohort_full"
    assert [one.has_seat for one in aalborg.told(CohortEnrolled)] == [True, False, True]


def test_one_track_visits_a_placement_and_what_a_person_says_it_led_to(aalborg: ServiceUnderTest) -> None:
    member = f"/cohort-members/{seat(aalborg, cohort(aalborg)['id']).json['id']}"
    assert call(aalborg, f"{member}/track", {"track": "auto_metal"}).status_code == 422
    call(aalborg, f"{member}/track", {"track": "food"})
    assert call(aalborg, f"{member}/visits", {"on_day": "2027-01-05", "education": "Bager"}).status_code == 422
    visited = call(aalborg, f"{member}/visits", {"on_day": "2027-01-04", "education": "Gastronom"}).json["visits"]
    call(aalborg, f"{member}/visits/undo", {"visit_id": visited[0]["id"]})
    call(aalborg, f"{member}/placement", {"placement_from": "2027-03-01", "placement_until": "2027-03-19"})
    found = call(aalborg, f"{member}/outcome", {"outcome_code": "education_apprentice"}).json

    assert (found["track"], found["placement_until"], found["visits"]) == ("food", "2027-03-19", [])
    assert [one.track for one in aalborg.told(TrackChosen)] == ["food"]
    assert [one.visits for one in aalborg.told(EducationVisited)] == [1, 0]
    first, second = (one["subjectversion"] for one in aalborg.envelopes() if "visited" in one["type"])
    assert first < second
    assert [one.outcome_code for one in aalborg.told(CohortCompleted)] == ["education_apprentice"]


def test_mentors_words_of_a_day_go_nowhere_and_go_with_the_person(aalborg: ServiceUnderTest) -> None:
    own = cohort(aalborg)["id"]
    member = seat(aalborg, own).json["id"]
    entry = {"member_id": member, "state": "late", "words": "Sov dårligt"}
    assert call(aalborg, f"/cohorts/{own}/days", {"on_day": "2027-01-04", "entries": [entry]}).status_code == 201

    history = aalborg.connection.scalar(text("SELECT string_agg(changes::text, '') FROM audit"))
    assert "dårligt" not in f"{aalborg.envelopes()}{history}"
    read = aalborg.call("GET", f"/cohort-members/{member}", client="consultant")
    assert read.json["entries"] == [{"on_day": "2027-01-04", "state": "late"}]
    aalborg.hear(CitizenErased(citizen_id=CITIZEN, classes=("health_function",)))
    assert aalborg.connection.scalar(text("SELECT words FROM cohort_entry")) is None


def test_pages_give_a_seat_with_undo_and_say_what_is_wrong(aalborg: ServiceUnderTest, consultant: Browser) -> None:
    assert "Der er ingen hold endnu." in words(consultant.get("/opfoelgning/hold"))
    own = cohort(aalborg)["id"]
    of = f"/opfoelgning/borger/{CITIZEN}/hold"
    old = consultant.submit(of, {"cohort_id": own, "municipality": "Aalborg", "age_at_start": "30"})
    assert (old.status_code, "Holdet er for dem, der er 18-29 år på første dag." in words(old)) == (409, True)
    given = consultant.submit(of, {"cohort_id": own, "municipality": "Aalborg", "age_at_start": "24"})
    shown = consultant.get(given.location)
    assert "Borgeren har en plads." in words(shown)
    assert "0 af 5" in words(shown)
    consultant.submit(*offered(shown.text))

    assert "Ingen har en plads endnu." in words(consultant.get(f"/opfoelgning/hold/{own}"))


def test_mentor_writes_their_own_cohorts_day_and_sees_no_other(aalborg: ServiceUnderTest) -> None:
    link_mentor(aalborg, str(MENTOR))
    known = mentor(aalborg)["id"]
    call(aalborg, f"/placements/{UUID(int=4)}/mentor/recognised", {"mentor_id": known})
    own, other = cohort(aalborg, mentor_id=known)["id"], cohort(aalborg, name="13U forår")["id"]
    member = seat(aalborg, own).json["id"]
    max_ = aalborg.browser("mentor", subject=str(MENTOR))
    assert ("13U forår" in max_.get("/opfoelgning/hold").text, own in max_.get("/opfoelgning/hold").text) == (
        False,
        True,
    )
    day = f"/opfoelgning/hold/{own}/dag"
    max_.submit(day, {"on_day": "2027-01-04", "member_id": member, "state": "present", "words": "God dag"})

    assert "God dag" in max_.get(day).text
    assert "4. januar 2027, dag 1 af 62" in words(max_.get(day))
    wrong = max_.submit(day, {"on_day": "2027-01-09", "member_id": member, "state": "present", "words": "Lørdag"})
    assert (wrong.status_code, "Lørdag" in wrong.text) == (422, True)
    assert max_.get(f"/opfoelgning/hold/{other}/dag").status_code == 404
    assert max_.get(f"/opfoelgning/hold/{own}").status_code == 403


def test_before_the_first_day_there_is_nothing_to_note(aalborg: ServiceUnderTest, consultant: Browser) -> None:
    own = cohort(aalborg, starts_on="2027-02-01")["id"]
    seat(aalborg, own)

    assert "Der er intet at notere." in words(consultant.get(f"/opfoelgning/hold/{own}/dag"))
