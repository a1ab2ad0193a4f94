"""A booked talk that is let go, a summons at one's own open time, and an absence that was known before."""

from datetime import date

from shared import clock
from shared.calendar import danish_time
from tests.browser import Browser, words
from tests.followup.telling import CITIZEN
from tests.followup.test_self_booking import OF, OWN, PAGE, call, counted, course, invited, nancy, slot
from tests.house import ServiceUnderTest

__all__ = ["course", "nancy"]
AFTER = danish_time(date(2026, 12, 3), 10)
SUMMONS = {"starts_at": "2026-12-07T09:00:00+01:00", "form": "office"}


def unbooked(service: ServiceUnderTest) -> int:
    return int(service.call("GET", OF, client="consultant").json["unbooked"])


def test_who_booked_in_time_and_let_it_go_later_did_book_also_when_staff_call_it_off(
    course: ServiceUnderTest, nancy: Browser
) -> None:
    asked = invited(course)
    nancy.submit(f"{OWN}/{asked['id']}", {"slot_id": slot(nancy), "form": "video"})
    with clock.moved_to(AFTER):
        late: Browser = course.browser("citizen", subject=str(CITIZEN))
        assert late.submit(f"{OWN}/{asked['id']}/fortryd").status_code == 303
        assert unbooked(course) == 0
        page = words(course.browser("adviser").get(PAGE))
        open_call = course.call("GET", OF, client="consultant").json["call"]
        call(course, f"{OF}/{open_call['id']}/off", {"version": open_call["version"]})
        assert unbooked(course) == 0

    assert ("Har givet sin tid fri" in page, "Ikke booket i tide" in page) == (True, False)


def test_who_let_it_go_before_the_day_and_took_no_other_did_not_book(course: ServiceUnderTest, nancy: Browser) -> None:
    asked = invited(course)
    nancy.submit(f"{OWN}/{asked['id']}", {"slot_id": slot(nancy), "form": "video"})
    nancy.submit(f"{OWN}/{asked['id']}/fortryd")
    with clock.moved_to(AFTER):
        assert unbooked(course) == 1


def test_summons_at_an_open_time_of_ones_own_takes_it_and_gives_it_back(
    course: ServiceUnderTest, nancy: Browser
) -> None:
    slots = {"on_day": "2026-12-07", "begins": "09:00", "ends": "10:00"}
    call(course, "/interview-slots", slots)
    made = call(course, f"{OF}/summoned", SUMMONS).json["call"]
    free = course.call("GET", "/interview-slots", client="consultant").json["slots"]
    call(course, f"{OF}/{made['id']}/off", {"version": made["version"]})
    again = course.call("GET", "/interview-slots", client="consultant").json["slots"]

    assert [one["citizen_id"] for one in free] == [str(CITIZEN), None]
    assert [one["citizen_id"] for one in again] == [None, None]


def test_taking_back_that_somebody_did_not_come_leaves_an_absence_that_was_known_before(
    course: ServiceUnderTest,
) -> None:
    made = call(course, f"{OF}/summoned", SUMMONS).json["call"]
    with clock.moved_to(danish_time(date(2026, 12, 7), 11)):
        call(course, f"/citizens/{CITIZEN}/absences", {"kind": "interview", "on": "2026-12-07"})
        settled = call(course, f"{OF}/{made['id']}/settled", {"outcome": "missed"}).json["settled"]
        assert counted(course) == (1, 1)
        call(course, f"{OF}/{made['id']}/settled/undo", {"version": settled["version"]})
        assert counted(course) == (1, 1)
