"""Talks of the contact course to come: booked by the citizen or summoned to, and nothing lapses by itself."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from services.followup import rules
from services.followup.use_cases import POLICY
from shared import clock
from shared.calendar import danish_time
from shared.errors import Refused
from shared.events import (
    ActivationDutyAnnounced,
    InterviewCalledOff,
    InterviewInvited,
    InterviewSelfBooked,
    InterviewSummoned,
    ReadinessAssessed,
    VisitationHeld,
)
from tests.browser import Browser, offered, words
from tests.followup.telling import CITIZEN, citizen
from tests.followup.test_interviews import CAME, came
from tests.house import ServiceUnderTest

OF = f"/citizens/{CITIZEN}/interview-calls"
PAGE = f"/opfoelgning/borger/{CITIZEN}/samtaler"
SLOTS = "/opfoelgning/kontaktforloeb/tider"
OWN = "/opfoelgning/mine-samtaler"
NOW = danish_time(date(2026, 11, 23), 10)
DAY = {"on_day": "2026-12-07", "begins": "09:00", "ends": "10:00"}
DUE = date(2026, 12, 1)


@pytest.fixture
def course(followup: ServiceUnderTest) -> Iterator[ServiceUnderTest]:
    """Nancy is jobparat, and the first talk was held at the desk."""
    followup.hear(
        citizen(), came(CITIZEN, CAME),
        ReadinessAssessed(
            citizen_id=CITIZEN, visitation_id=UUID(int=7), category="jobparat", default_used=True, policy="x",
            decided_by="x",
        ),
        VisitationHeld(visitation_id=UUID(int=7), citizen_id=CITIZEN, held_at=danish_time(date(2026, 7, 7), 10)),
    )  # fmt: skip
    with clock.moved_to(NOW):
        yield followup


@pytest.fixture
def nancy(course: ServiceUnderTest) -> Browser:
    return course.browser("citizen", subject=str(CITIZEN))


def call(service: ServiceUnderTest, path: str, body: dict[str, Any] | None = None) -> Any:
    return service.call("POST", path, body or {}, client="consultant")


def invited(service: ServiceUnderTest) -> dict[str, Any]:
    """Two times are open on 7 December, and Nancy is asked to book."""
    assert call(service, "/interview-slots", DAY).status_code == 201
    answer = call(service, f"{OF}/invited")
    assert answer.status_code == 201
    found: dict[str, Any] = answer.json["call"]
    return found


def slot(nancy: Browser) -> str:
    return nancy.get(OWN).text.split('name="slot_id" value="')[1].split('"')[0]


def unbooked(service: ServiceUnderTest) -> dict[str, Any]:
    asked = invited(service)
    service.hear(ActivationDutyAnnounced(
        contact_id=CITIZEN, citizen_id=CITIZEN, guidance_version="2026-02", written=True
    ))  # fmt: skip
    return asked


def test_citizen_books_one_of_the_times_and_lets_it_go_for_another(course: ServiceUnderTest, nancy: Browser) -> None:
    asked = invited(course)
    assert (asked["state"], asked["book_by"], course.told(InterviewInvited)[0].due) == ("to_book", "2026-12-01", DUE)
    assert "senest 1. december 2026" in words(nancy.get("/opfoelgning/kort/mig"))

    booked = nancy.submit(f"{OWN}/{asked['id']}", {"slot_id": slot(nancy), "form": "video"})
    shown = nancy.get(OWN)
    assert (booked.status_code, "7. december 2026" in words(shown)) == (303, True)
    assert course.told(InterviewSelfBooked)[0].form == "video"
    assert "Nancy Ann Test Berggren" in words(course.browser("job_consultant", subject="x").get(PAGE))

    nancy.submit(*offered(shown.text))
    assert course.told(InterviewCalledOff)[0].starts_at == danish_time(date(2026, 12, 7), 9)
    versions = [one["subjectversion"] for one in course.envelopes() if one["subject"] == asked["id"]]
    assert versions == sorted(set(versions))
    assert nancy.get(OWN).text.count('name="slot_id"') == 2


def test_a_time_is_one_citizens_only(course: ServiceUnderTest, nancy: Browser) -> None:
    asked, other = invited(course), UUID(int=91)
    taken = slot(nancy)
    nancy.submit(f"{OWN}/{asked['id']}", {"slot_id": taken, "form": "phone"})
    course.hear(citizen(citizen_id=other), came(other, CAME), VisitationHeld(
        visitation_id=UUID(int=92), citizen_id=other, held_at=danish_time(date(2026, 7, 7), 10)
    ), ReadinessAssessed(
        citizen_id=other, visitation_id=UUID(int=92), category="jobparat", default_used=True, policy="x", decided_by="x"
    ))  # fmt: skip
    theirs = call(course, f"/citizens/{other}/interview-calls/invited").json["call"]
    second = course.browser("citizen", subject=str(other))

    answer = second.submit(f"{OWN}/{theirs['id']}", {"slot_id": taken, "form": "phone"})
    assert (answer.status_code, "lige blevet taget" in words(answer)) == (409, True)
    assert second.submit(f"{OWN}/{asked['id']}", {"slot_id": taken, "form": "phone"}).status_code == 404


def test_not_booking_waits_for_a_person_who_may_take_the_right_and_give_it_back(
    course: ServiceUnderTest, nancy: Browser
) -> None:
    asked = unbooked(course)
    right = f"/citizens/{CITIZEN}/booking-right"
    early = course.call("POST", right, {"code": "lapsed"}, client="adviser")
    assert early.json["code"] == "booked_in_time"

    with clock.moved_to(danish_time(date(2026, 12, 2), 10)):
        ruth: Browser = course.browser("adviser")
        assert "Ikke booket i tide" in words(ruth.get(SLOTS))
        assert call(course, f"{OF}/invited").json["code"] == "call_open"
        assert ruth.submit(f"{PAGE}/ret", {"code": "lapsed"}).status_code == 303
        back = offered(ruth.get(PAGE).text)
        summoned = call(course, f"{OF}/summoned", {"starts_at": "2026-12-09T10:00:00+01:00", "form": "office"})
        assert (summoned.json["call"]["state"], summoned.json["booking_code"]) == ("coming", "lapsed")
        assert course.told(InterviewSummoned)[0].starts_at == danish_time(date(2026, 12, 9), 10)
        version = summoned.json["call"]["version"]
        call(course, f"{OF}/{summoned.json['call']['id']}/off", {"version": version})
        assert call(course, f"{OF}/invited").json["code"] == "self_booking_lapsed"

        ruth.submit(*back)
        assert call(course, f"{OF}/invited").status_code == 201
    assert asked["policies"] == "self_booking.group[jobparat]@2020-01-01 self_booking.days@2020-01-01"


def test_an_absence_for_not_booking_counts_from_the_day_to_book_by_and_deducts_nothing(
    course: ServiceUnderTest,
) -> None:
    unbooked(course)
    with clock.moved_to(danish_time(date(2026, 12, 3), 10)):
        made = call(course, f"/citizens/{CITIZEN}/absences", {"kind": "booking", "on": DUE.isoformat()}).json
        found = course.call("GET", f"/absences/{made['id']}", client="consultant").json

    assert found["days"] == ["2026-12-01", "2026-12-02", "2026-12-03"]
    assert "sanction.days[booking]@2020-01-01" in found["policies"]


@pytest.mark.parametrize(("outcome", "talks", "absences"), [("held", 2, 0), ("missed", 1, 1)])
def test_a_summons_is_settled_by_a_person_and_that_is_taken_back(
    course: ServiceUnderTest, outcome: str, talks: int, absences: int
) -> None:
    made = call(course, f"{OF}/summoned", {"starts_at": "2026-12-09T10:00:00+01:00", "form": "phone"}).json["call"]
    assert call(course, f"{OF}/{made['id']}/settled", {"outcome": outcome}).json["code"] == "not_yet"
    with clock.moved_to(danish_time(date(2026, 12, 9), 11)):
        johanne: Browser = course.browser("job_consultant")
        johanne.submit(f"{PAGE}/kommende/{made['id']}/udfald", {"outcome": outcome})
        assert counted(course) == (talks, absences)
        johanne.submit(*offered(johanne.get(PAGE).text))
        assert counted(course) == (1, 0)


def counted(service: ServiceUnderTest) -> tuple[int, int]:
    talks = service.call("GET", f"/citizens/{CITIZEN}/interviews", client="consultant").json["talks"]
    found = service.call("GET", f"/citizens/{CITIZEN}/absences", client="consultant").json["items"]
    return talks, sum(one["state"] == "open" for one in found)


def test_talk_whose_time_has_come_is_not_booked_away(course: ServiceUnderTest, nancy: Browser) -> None:
    asked = invited(course)
    call(course, "/interview-slots", {"on_day": "2026-12-10", "begins": "09:00", "ends": "10:00"})
    first, later = nancy.get(OWN).text.split('name="slot_id" value="')[1::2]
    nancy.submit(f"{OWN}/{asked['id']}", {"slot_id": first.split('"')[0], "form": "phone"})
    with clock.moved_to(danish_time(date(2026, 12, 7), 9)):
        late: Browser = course.browser("citizen", subject=str(CITIZEN))
        answers = [
            late.submit(f"{OWN}/{asked['id']}", {"slot_id": later.split('"')[0], "form": "phone"}),
            late.submit(f"{OWN}/{asked['id']}/fortryd"),
        ]

        assert [(one.status_code, "Ring til os" in words(one)) for one in answers] == [(409, True), (409, True)]
        assert course.call("GET", OF, client="consultant").json["call"]["state"] == "passed"


def test_what_was_said_of_a_talk_is_not_taken_back_under_the_next_one(course: ServiceUnderTest) -> None:
    summons = {"starts_at": "2026-12-09T10:00:00+01:00", "form": "phone"}
    made = call(course, f"{OF}/summoned", summons).json["call"]
    with clock.moved_to(danish_time(date(2026, 12, 9), 11)):
        settled = call(course, f"{OF}/{made['id']}/settled", {"outcome": "held"}).json["settled"]
        following = call(course, f"{OF}/summoned", summons | {"starts_at": "2026-12-16T10:00:00+01:00"}).json["call"]
        back = (f"{OF}/{made['id']}/settled/undo", {"version": settled["version"]})
        assert call(course, *back).json["code"] == "call_open"

        call(course, f"{OF}/{following['id']}/off", {"version": following["version"]})
        (held,) = course.call("GET", f"/citizens/{CITIZEN}/interviews", client="consultant").json["items"]
        course.browser("job_consultant").submit(f"{PAGE}/{held['id']}/fortryd", {"version": str(held["version"])})
        assert call(course, *back).status_code == 200, "also where the talk was taken off the list by hand"


def test_first_talk_of_a_new_course_is_the_desks_too(course: ServiceUnderTest) -> None:
    call(course, "/interview-slots", DAY)
    course.hear(came(UUID(int=93), NOW.date(), citizen_id=CITIZEN))
    assert call(course, f"{OF}/invited").json["code"] == "first_talk_first"

    course.hear(VisitationHeld(visitation_id=UUID(int=94), citizen_id=CITIZEN, held_at=NOW))
    assert call(course, f"{OF}/invited").status_code == 201


def test_times_are_closed_by_the_day_however_many_are_open_and_undone_by_the_hour(course: ServiceUnderTest) -> None:
    long = {"begins": "08:00", "ends": "16:00"}
    days = [date(2026, 11, 24) + timedelta(days=number) for number in range(28)]
    for day in days:
        call(course, "/interview-slots", long | {"on_day": day.isoformat()})
    johanne: Browser = course.browser("job_consultant")
    closed = call(course, "/interview-slots/closed", {"on_day": "2026-12-21"})
    assert (closed.status_code, still_open(course, "2026-12-21")) == (200, 0)

    johanne.submit(SLOTS, {"on_day": "07-12-2026", "begins": "09:00", "ends": "10:00"})
    johanne.submit(SLOTS, {"on_day": "07-12-2026", "begins": "10:00", "ends": "11:00"})
    johanne.submit(*offered(johanne.get(SLOTS).text))
    assert "7. december 2026 kl. 9.30" in words(johanne.get(SLOTS))
    assert "7. december 2026 kl. 10.00" not in words(johanne.get(SLOTS))


def still_open(service: ServiceUnderTest, day: str) -> int:
    found = text("SELECT count(*) FROM interview_slot WHERE starts_at::date = :day AND closed_at IS NULL")
    return int(service.connection.scalar(found, {"day": day}))


def test_wrong_times_are_said_where_they_were_typed(course: ServiceUnderTest) -> None:
    johanne: Browser = course.browser("job_consultant")

    closed = johanne.submit(SLOTS, {"on_day": "24-12-2026", "begins": "09:00", "ends": "10:00"})
    assert (closed.status_code, "Der er lukket den dag." in words(closed)) == (422, True)
    assert call(course, f"{OF}/invited").json["code"] == "no_slots"
    late = johanne.submit(f"{PAGE}/indkald", {"starts_at": "01-11-2026 10.00", "form": "phone"})
    assert (late.status_code, "01-11-2026 10.00" in late.text) == (422, True)
    johanne.submit(SLOTS, DAY)
    johanne.submit(*offered(johanne.get(SLOTS).text))
    assert "Du har ingen tider åbne." in words(johanne.get(SLOTS))


@pytest.mark.parametrize(
    ("category", "day", "code"),
    [
        ("jobparat", date(2019, 12, 31), "self_booking_not_configured"),
        ("jobparat", date(2020, 1, 1), None),
        ("aktivitetsparat", date(2020, 12, 31), "self_booking_not_configured"),
        ("aktivitetsparat", date(2021, 1, 1), None),
        (None, date(2026, 11, 23), "self_booking_not_configured"),
    ],
)
def test_who_books_follows_the_row_of_the_day(category: str | None, day: date, code: str | None) -> None:
    if code is None:
        assert rules.may_book(category, None, 1, day, POLICY).value is True
    else:
        with pytest.raises(Refused, match=code):
            rules.may_book(category, None, 1, day, POLICY)


@pytest.mark.parametrize(("right", "talks", "code"), [
    ("exempt", 1, "self_booking_exempt"), ("lapsed", 1, "self_booking_lapsed"), (None, 0, "first_talk_first"),
])  # fmt: skip
def test_who_does_not_book_is_summoned(right: str | None, talks: int, code: str) -> None:
    with pytest.raises(Refused, match=code):
        rules.may_book("jobparat", right, talks, NOW.date(), POLICY)


def test_how_to_talk_is_chosen_since_the_law_let_citizens_choose() -> None:
    changed = date(2023, 3, 22)

    assert rules.forms_to_choose(changed - timedelta(days=1), POLICY) == ("office",)
    assert rules.forms_to_choose(changed, POLICY) == ("office", "phone", "video")
