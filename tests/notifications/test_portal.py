"""A message that is taken back, and an event in the forum that is off and on again, as they are written about."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from shared import clock
from shared.events import CompanyMessageTakenBack
from tests.notifications import forum_story, story
from tests.notifications.post import CALM, Catcher, NotificationsUnderTest
from tests.notifications.story import COMPANY_MAIL, MONDAY


@pytest.fixture(autouse=True)
def known(post: NotificationsUnderTest) -> Iterator[None]:
    with clock.moved_to(MONDAY):
        post.hear(story.citizen(), story.company())
        yield


def subjects(catcher: Catcher) -> list[str]:
    return [str(mail["Subject"]) for mail in catcher.to(COMPANY_MAIL)]


def test_an_event_that_is_on_again_before_the_post_left_is_not_written_about(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    post.hear(forum_story.company_event_off(), version=2)
    post.hear(forum_story.company_event_on(), version=3)
    post.work()

    assert subjects(catcher) == []


def test_off_on_and_off_again_is_told_each_time(post: NotificationsUnderTest, catcher: Catcher) -> None:
    later = MONDAY + timedelta(minutes=9)
    told = (forum_story.company_event_off(), forum_story.company_event_on(), forum_story.company_event_off(later))
    for version, event in enumerate(told, start=2):
        post.hear(event, version=version)
        post.work()

    off, on = "Arrangementet er aflyst", "Arrangementet holdes alligevel"
    assert subjects(catcher) == [off, on, off]


def test_a_seat_that_was_still_to_be_told_of_is_not_when_the_event_is_off(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    post.hear(story.company_seat())
    post.hear(forum_story.company_event_off(), version=2)
    post.work()

    assert subjects(catcher) == ["Arrangementet er aflyst"]


def test_a_message_that_is_taken_back_before_the_post_left_is_not_written_about(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    sent = story.company_message()
    post.hear(sent)
    post.hear(CompanyMessageTakenBack(message_id=sent.message_id, company_id=sent.company_id), version=2)
    post.work(later=2 * CALM)

    assert subjects(catcher) == []
    assert [(one.state, one.error_code) for one in post.messages()] == [("suppressed", "recalled")]
