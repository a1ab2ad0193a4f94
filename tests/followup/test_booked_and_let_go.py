"""A booked talk that is let go, a summons at one's own open time, and an absence that was known before."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text

from shared import clock
from shared.calendar import danish_time
from tests.browser import Browser, words
from tests.followup.telling import CITIZEN, citizen
from tests.followup.test_self_booking import OF, OWN, PAGE, call, counted, course, invited, nancy, slot
from tests.house import ServiceUnderTest

__all__ = ["course", "nancy"]
AFTER = danish_time(date(2026, 12, 3), 10)
OTHER = UUID(int=91)
SLOTS = {"on_day": "2026-12-07", "begins": "09:00", "ends": "10:00"}
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
    call(course, "/interview-slots", SLOTS)
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


def summoned_beside(course: ServiceUnderTest) -> dict[str, Any]:
    """Times at 9.00, 9.30 and 10.00, and somebody else who is summoned to 9.10; how that is called off."""
    call(course, "/interview-slots", SLOTS | {"ends": "10:30"})
    course.hear(citizen(citizen_id=OTHER))
    at = {"starts_at": "2026-12-07T09:10:00+01:00", "form": "office"}
    made = call(course, f"/citizens/{OTHER}/interview-calls/summoned", at).json["call"]
    return {"path": f"/citizens/{OTHER}/interview-calls/{made['id']}/off", "version": made["version"]}


def times(course: ServiceUnderTest) -> list[str]:
    """The clock times of the caller's slots, in UTC."""
    found = course.call("GET", "/interview-slots", client="consultant").json["slots"]
    return [one["starts_at"][11:16] for one in found]


def test_a_summons_at_another_time_hides_the_times_it_takes_until_it_is_called_off(
    course: ServiceUnderTest, nancy: Browser
) -> None:
    call(course, "/interview-slots", SLOTS)
    asked = call(course, f"{OF}/invited").json["call"]
    hidden = slot(nancy)
    off = summoned_beside(course)
    shown = (times(course), nancy.get(OWN).text.count('name="slot_id"'))
    taken = nancy.submit(f"{OWN}/{asked['id']}", {"slot_id": hidden, "form": "phone"})
    call(course, off["path"], {"version": off["version"]})

    assert shown == (["09:00"], 1)
    assert (taken.status_code, "lige blevet taget" in words(taken)) == (409, True)
    assert times(course) == ["08:00", "08:30", "09:00"]
    assert nancy.submit(f"{OWN}/{asked['id']}", {"slot_id": hidden, "form": "phone"}).status_code == 303


def test_a_hidden_time_that_is_closed_does_not_come_back(course: ServiceUnderTest) -> None:
    off = summoned_beside(course)
    call(course, "/interview-slots/closed", {"on_day": SLOTS["on_day"]})
    call(course, off["path"], {"version": off["version"]})

    assert times(course) == []


def test_a_summons_into_a_time_that_a_citizen_booked_is_refused_and_one_right_after_it_is_not(
    course: ServiceUnderTest, nancy: Browser
) -> None:
    asked = invited(course)
    nancy.submit(f"{OWN}/{asked['id']}", {"slot_id": slot(nancy), "form": "video"})
    course.hear(citizen(citizen_id=OTHER))
    answers = [
        call(course, f"/citizens/{OTHER}/interview-calls/summoned", {"starts_at": at, "form": "office"})
        for at in ("2026-12-07T09:10:00+01:00", "2026-12-07T08:50:00+01:00", "2026-12-07T09:30:00+01:00")
    ]

    assert [one.status_code for one in answers] == [409, 409, 201]
    assert answers[0].json["code"] == "slot_taken"


def test_a_citizen_changes_to_a_time_that_overlaps_only_their_own(course: ServiceUnderTest, nancy: Browser) -> None:
    asked = invited(course)
    nancy.submit(f"{OWN}/{asked['id']}", {"slot_id": slot(nancy), "form": "video"})
    call(course, "/interview-slots", SLOTS | {"begins": "09:10", "ends": "09:40"})
    later = course.connection.scalar(text("SELECT id FROM interview_slot ORDER BY opened_at DESC, starts_at LIMIT 1"))
    answer = nancy.submit(f"{OWN}/{asked['id']}", {"slot_id": str(later), "form": "video"})

    assert answer.status_code == 303
    assert "kl. 9.10" in words(nancy.get(OWN))
