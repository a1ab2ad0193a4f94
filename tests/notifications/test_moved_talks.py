"""A talk that was moved: everybody gets the new time, their calendars follow, and no old time is the last word."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from shared import clock
from shared.events import FollowUpMoved, FollowUpPlanned
from tests.notifications import story
from tests.notifications.post import CALM, Catcher, NotificationsUnderTest, parts
from tests.notifications.story import COMPANY_MAIL, MAIL, MENTOR_MAIL, MONDAY

AGAIN = datetime(2027, 1, 19, 8, 0, tzinfo=UTC)
OLD, NEW, NEWEST = "2027-01-15T10:00:00+01:00", "2027-01-18T13:30:00+01:00", "2027-01-19T09:00:00+01:00"


@pytest.fixture(autouse=True)
def agreed(post: NotificationsUnderTest, catcher: Catcher) -> Iterator[None]:
    """Everybody is known, and has the letter about the first day."""
    with clock.moved_to(MONDAY):
        post.hear(story.citizen(), story.company(), story.placement())
        post.work()
        catcher.mails.clear()
        yield


def midpoints(catcher: Catcher, address: str) -> list[tuple[int, str]]:
    """What the mails to somebody say of the talk halfway: SEQUENCE and beginning, in the order they came."""
    events = [
        event for mail in catcher.to(address) for event in Calendar.from_ical(parts(mail)["text/calendar"]).events
    ]
    return [(event["SEQUENCE"], event.start.isoformat()) for event in events if str(story.MIDPOINT) in event["UID"]]


def test_everybody_hears_the_new_time_and_their_calendars_follow(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    post.hear(story.plan())
    post.work(later=CALM)
    post.hear(story.moved(), version=2)
    post.work()

    for address in (MAIL, COMPANY_MAIL, MENTOR_MAIL):
        assert midpoints(catcher, address) == [(1, OLD), (2, NEW)]
        words = parts(catcher.to(address)[1])["text/plain"]
        assert "har fået en ny tid:\n\nmandag den 18. januar 2027 kl. 13.30, på arbejdspladsen\n" in words
    assert "med din nye kollega, Nancy, har fået" in parts(catcher.to(MENTOR_MAIL)[1])["text/plain"]


def test_moved_twice_tells_both_times_with_a_rising_sequence(post: NotificationsUnderTest, catcher: Catcher) -> None:
    post.hear(story.moved(), version=2)
    post.work()
    post.hear(story.moved(planned_at=AGAIN), version=3)
    post.work()

    assert midpoints(catcher, MAIL) == [(2, NEW), (3, NEWEST)]


def test_moved_twice_before_the_first_letter_left_tells_the_newest_only(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    post.hear(story.moved(planned_at=AGAIN), version=3)
    post.hear(story.moved(), version=2)
    post.work()

    assert midpoints(catcher, COMPANY_MAIL) == [(3, NEWEST)]


def test_moved_away_and_back_is_told_both_times(post: NotificationsUnderTest, catcher: Catcher) -> None:
    for version, at in enumerate((story.moved().planned_at, AGAIN, story.moved().planned_at), start=2):
        post.hear(story.moved(planned_at=at), version=version)
        post.work()

    assert midpoints(catcher, MENTOR_MAIL) == [(2, NEW), (3, NEWEST), (4, NEW)]


@pytest.mark.parametrize("order", [(FollowUpPlanned, FollowUpMoved), (FollowUpMoved, FollowUpPlanned)])
def test_a_plan_that_was_held_up_tells_the_new_time_and_not_the_old(
    post: NotificationsUnderTest, catcher: Catcher, order: tuple[type[FollowUpPlanned | FollowUpMoved], ...]
) -> None:
    catcher.stop()
    told = {FollowUpPlanned: (story.plan(), 1), FollowUpMoved: (story.moved(), 2)}
    for event, version in (told[kind] for kind in order):
        post.hear(event, version=version)
    post.work()
    catcher.start()
    with clock.moved_to(MONDAY + timedelta(minutes=2)):
        post.work()

    assert midpoints(catcher, MAIL) == [(2, NEW), (2, NEW)]


def test_paper_still_to_print_shows_the_new_time(post: NotificationsUnderTest) -> None:
    post.hear(story.channels(email=None, phone=None), version=2)
    post.hear(story.plan())
    post.work()
    post.hear(story.moved(), version=2)
    post.work()

    letters = [item["text"] for item in post.call("GET", "/messages/to-print").json["items"]]
    assert len(letters) == 2
    assert all("mandag den 18. januar 2027 kl. 13.30" in words for words in letters)
    assert all("fredag den 15. januar" not in words for words in letters)


def test_paper_shows_the_newest_time_also_where_an_older_one_went_another_way(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    catcher.refused.add(MAIL)
    post.hear(story.channels(phone=None), version=2)
    post.hear(story.plan())
    post.hear(story.moved(), version=2)
    post.work()
    catcher.refused.clear()
    post.hear(story.moved(planned_at=AGAIN), version=3)
    post.work()

    (letter,) = post.call("GET", "/messages/to-print").json["items"]
    assert "tirsdag den 19. januar 2027 kl. 9.00" in letter["text"]
    assert midpoints(catcher, MAIL) == [(3, NEWEST)]


def test_why_a_talk_was_moved_is_kept_nowhere(post: NotificationsUnderTest, catcher: Catcher) -> None:
    post.hear(story.moved(), version=2)
    post.work()

    assert "citizen_asked" not in post.trail() + str([parts(mail) for mail in catcher.mails])
