"""An event in the forum that is taken down: who signed up hears it, and hears when it is up again."""

from datetime import timedelta

from shared import clock
from shared.events import CompanySeatCalledOff, CompanySeatRestored, ForumSeatCalledOff, ForumSeatRestored
from tests.browser import Browser, offered
from tests.house import ServiceUnderTest
from tests.matching.factories import MONDAY
from tests.matching.test_forum import EVENT, boss, consultant, posted, somebody

__all__ = ["boss", "consultant"]


def test_those_who_signed_up_for_an_event_hear_that_it_is_off_and_by_undo_that_it_is_not(
    boss: Browser, consultant: Browser, matching: ServiceUnderTest
) -> None:
    event = posted(matching, "/forum-posts", EVENT)["id"]
    citizen_id, member, _profile = somebody(matching)
    boss.submit("/virksomhed/forum/tilmeld", {"post_id": event})
    member.submit("/match/mit-forum/tilmeld", {"post_id": event})
    taken_down = {"post_id": event, "hidden": "on"}
    consultant.submit("/match/forum/skjul", taken_down)
    off = matching.told(ForumSeatCalledOff, CompanySeatCalledOff)
    undo = offered(consultant.get("/match/forum").text)
    consultant.submit("/match/forum/skjul", taken_down)
    consultant.submit(*undo)
    on = matching.told(ForumSeatRestored, CompanySeatRestored)

    assert [type(one) for one in off] == [CompanySeatCalledOff, ForumSeatCalledOff]
    assert off[1].citizen_id == on[1].citizen_id == citizen_id
    assert matching.told(ForumSeatCalledOff, CompanySeatCalledOff) == off
    assert [one.seat_id for one in on] == [one.seat_id for one in off]
    with clock.moved_to(MONDAY + timedelta(days=30)):
        consultant.submit("/match/forum/skjul", taken_down)
    assert matching.told(ForumSeatCalledOff, CompanySeatCalledOff) == off
