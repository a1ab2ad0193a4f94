"""The contact course: talks by group and month, judged by the row of the day somebody came; who is outside."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.followup import rules
from services.followup.rules import InterviewCourse
from services.followup.use_cases import POLICY
from shared import clock
from shared.calendar import danish_time
from shared.events import (
    ApplicationWithdrawn,
    CaseClosedAtDoor,
    CaseReopenedAtDoor,
    FirstContactRegistered,
    InterviewHeld,
    ReadinessAssessed,
    VisitationHeld,
)
from shared.policy import Policy
from tests.browser import Browser, offered, words
from tests.followup.telling import CITIZEN, citizen
from tests.house import ServiceUnderTest

OF = f"/citizens/{CITIZEN}/interviews"
PAGE = f"/opfoelgning/borger/{CITIZEN}/samtaler"
REPORT = "/opfoelgning/kontaktforloeb"
CAME = date(2026, 7, 6)


def came(who: UUID, on: date, citizen_id: UUID | None = None) -> FirstContactRegistered:
    return FirstContactRegistered(
        contact_id=who, citizen_id=citizen_id or who, channel="desk", at=danish_time(on, 10), local_goal_due=on,
        local_goal_policy="x", statutory_due=on, statutory_policy="x",
    )  # fmt: skip


@pytest.fixture
def course(followup: ServiceUnderTest) -> Iterator[ServiceUnderTest]:
    """Nancy came in July and has had the talk at the desk."""
    followup.hear(citizen(), came(CITIZEN, CAME), judged("jobparat"), VisitationHeld(
        visitation_id=UUID(int=7), citizen_id=CITIZEN, held_at=danish_time(date(2026, 7, 7), 10),
    ))  # fmt: skip
    with clock.moved_to(danish_time(date(2026, 12, 9), 11)):
        yield followup


def judged(category: str) -> ReadinessAssessed:
    return ReadinessAssessed(
        citizen_id=CITIZEN, visitation_id=UUID(int=7), category=category, default_used=True, policy="x",
        decided_by="x",
    )  # fmt: skip


def note(service: ServiceUnderTest, day: str) -> Any:
    return service.call("POST", OF, {"held_on": day, "form": "phone"}, client="consultant")


def report(service: ServiceUnderTest) -> Any:
    return service.call("GET", "/interviews", client="consultant").json


def test_whose_contact_has_ended_at_the_door_is_in_no_course_until_it_goes_on(course: ServiceUnderTest) -> None:
    course.hear(CaseClosedAtDoor(contact_id=CITIZEN, citizen_id=CITIZEN, outcome_code="education"))
    assert report(course) | {"cohorts": []} == {"cohorts": [], "late": 0, "outside": []}
    assert [one["persons"] for one in report(course)["cohorts"]] == []
    read = course.call("GET", OF, client="consultant").json
    assert (read["code"], read["ended_at_door"]) == ("left", True)
    assert "afsluttet ved skranken" in words(course.browser("job_consultant").get(PAGE))

    course.hear(CaseReopenedAtDoor(contact_id=CITIZEN, citizen_id=CITIZEN))
    assert len(report(course)["outside"]) == 1
    assert course.call("GET", OF, client="consultant").json["ended_at_door"] is False


def test_who_withdrew_once_and_came_again_is_in_the_course_of_the_contact_that_goes_on(
    course: ServiceUnderTest,
) -> None:
    again = UUID(int=99)
    course.hear(came(again, date(2026, 9, 7), CITIZEN), ApplicationWithdrawn(contact_id=CITIZEN, citizen_id=CITIZEN))
    assert [line["began"] for line in report(course)["outside"]] == ["2026-09-07"]

    course.hear(ApplicationWithdrawn(contact_id=again, citizen_id=CITIZEN))
    assert report(course)["outside"] == []


def test_who_is_behind_the_pace_is_on_the_list_until_there_are_four_talks(course: ServiceUnderTest) -> None:
    [line] = report(course)["outside"]
    assert (line["talks"], line["least"], line["standing"]) == (1, 4, "behind")

    for day in ("2026-09-01", "2026-10-20", "2026-12-01"):
        answer = note(course, day)
    assert (answer.status_code, answer.json["standing"]) == (201, "enough")
    assert report(course)["outside"] == []
    assert (report(course)["cohorts"][0]["enough"], report(course)["cohorts"][0]["share_least"]) == (1, 75)
    assert report(course)["cohorts"][0]["share"] is None
    assert course.told(InterviewHeld)[-1].held_on == date(2026, 12, 1)
    with clock.moved_to(danish_time(date(2027, 1, 6), 11)):
        assert report(course)["cohorts"][0]["share"] == 100


def test_after_six_months_with_too_few_somebody_is_outside(course: ServiceUnderTest) -> None:
    with clock.moved_to(danish_time(date(2027, 1, 6), 11)):
        assert [one["standing"] for one in report(course)["outside"]] == ["outside"]
        assert report(course)["cohorts"][0]["share"] == 0
        page = words(course.browser("job_consultant").get(REPORT))
    assert "Nancy Ann Test Berggren 6. juli 2026 1 af 4 Månederne er gået, og der var for få" in page


def test_who_finds_work_alone_is_a_word_of_people_and_counted_apart(course: ServiceUnderTest) -> None:
    johanne: Browser = course.browser("job_consultant")
    johanne.submit(f"{PAGE}/stilling", {"code": "finds_work_alone"})

    [cohort] = report(course)["cohorts"]
    assert (cohort["persons"], cohort["alone"], cohort["alone_share"], cohort["alone_most"]) == (1, 1, 100, 25)
    assert report(course)["outside"] == []
    johanne.submit(*offered(johanne.get(PAGE).text))
    assert report(course)["cohorts"][0]["alone"] == 0


def test_talk_is_noted_and_taken_back_on_its_page(course: ServiceUnderTest) -> None:
    johanne: Browser = course.browser("job_consultant")
    wrong = johanne.submit(PAGE, {"held_on": "24-12-2026", "form": "phone"})
    assert (wrong.status_code, "24-12-2026" in wrong.text) == (422, True)

    johanne.submit(PAGE, {"held_on": "01-12-2026", "form": "video"})
    assert "Samtaler 2 af 4" in words(johanne.get(PAGE))
    note(course, "2026-12-02")
    taken = course.call("GET", OF, client="consultant").json["items"][0]
    course.call("POST", f"{OF}/{taken['id']}/undo", {"version": taken["version"]}, client="consultant")
    assert (course.call("GET", OF, client="consultant").json["talks"], course.told(InterviewHeld)[-1].held_on) == (
        2,
        None,
    )


def test_a_group_without_a_row_is_not_set_up_and_on_no_list(course: ServiceUnderTest) -> None:
    course.hear(judged("aktivitetsparat"), version=2)

    assert report(course)["outside"] == []
    assert "et antal er ikke sat op" in words(course.browser("job_consultant").get(PAGE))


@pytest.mark.parametrize(
    ("key", "group", "changed", "then", "now"),
    [
        ("interview.count", "jobparat", date(2026, 7, 1), 4, 4),
        ("interview.count", "aktivitetsparat", date(2026, 7, 1), 4, None),
        ("interview.count", "uddannelsesparat", date(2020, 1, 1), None, 4),
        ("interview.share_least", "jobparat", date(2026, 7, 1), 100, 75),
        ("interview.alone_most", "jobparat", date(2026, 7, 1), 0, 25),
        ("mentor.period_max", None, date(2026, 1, 1), 6, None),
        ("mentor.frikoeb", None, date(2026, 1, 1), True, None),
        ("sanction.written_guidance", None, date(2014, 1, 1), None, True),
        ("sanction.days", "interview", date(2014, 1, 1), None, "until_contact"),
        ("sanction.months_to_decide", None, date(2014, 1, 1), None, 3),
        ("sick_notice.to", None, date(2025, 1, 1), None, "municipality"),
    ],
)
def test_each_change_of_law_holds_from_its_day(key: str, group: str | None, changed: date, then: Any, now: Any) -> None:
    found = [POLICY.find(key, day, group) for day in (changed - timedelta(days=1), changed)]

    assert [row and row.value for row in found] == [then, now]


@pytest.mark.parametrize(
    ("began", "talks", "today", "standing"),
    [
        (date(2026, 6, 30), 4, date(2026, 12, 29), "enough"),
        (date(2026, 6, 30), 3, date(2026, 12, 29), "on_way"),
        (date(2026, 6, 30), 3, date(2026, 12, 30), "outside"),
        (date(2026, 7, 1), 0, date(2026, 7, 30), "on_way"),
        (date(2026, 7, 1), 0, date(2026, 10, 1), "behind"),
    ],
)
def test_standing_follows_from_the_dates(began: date, talks: int, today: date, standing: str) -> None:
    one = InterviewCourse(began, "jobparat", tuple(began for _ in range(talks)))

    assert rules.standing(one, today, POLICY) == standing
    assert rules.standing(one, today, Policy([])) == "not_set_up"
