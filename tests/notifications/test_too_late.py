"""A letter that did not get out before its appointment is not sent after it."""

from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import text

from services.notifications.use_cases import messages
from services.notifications.use_cases.delivery import PostOffice
from shared import clock
from tests.notifications import story
from tests.notifications.post import Catcher, NotificationsUnderTest, parts
from tests.notifications.story import MAIL, MONDAY

BEGINS = story.visitation().starts_at


@pytest.mark.parametrize("reach", [{}, {"email": None}, {"email": None, "phone": None}])
def test_nothing_is_sent_or_printed_once_the_appointment_has_begun(
    post: NotificationsUnderTest, catcher: Catcher, reach: dict[str, None]
) -> None:
    catcher.stop()
    with clock.moved_to(MONDAY):
        post.hear(story.citizen(**reach), story.visitation())
        post.work()
    catcher.start()
    with clock.moved_to(BEGINS):
        post.work()

        (message,) = post.messages()
        assert (message.state, message.error_code) == ("suppressed", "appointment_past")
        assert post.call("GET", "/messages/to-print").json["items"] == []
    assert catcher.mails == []


def test_an_address_that_comes_too_late_sends_nothing(post: NotificationsUnderTest, catcher: Catcher) -> None:
    with clock.moved_to(MONDAY):
        post.hear(story.visitation())
    with clock.moved_to(BEGINS + timedelta(seconds=1)):
        post.hear(story.citizen())
        post.work()

    assert post.states() == [("citizen", None, "suppressed")]
    assert catcher.mails == []


def test_nothing_slips_out_before_the_next_clearing_up(post: NotificationsUnderTest, catcher: Catcher) -> None:
    with clock.moved_to(MONDAY):
        post.hear(story.citizen(), story.visitation())
        with post.begin() as session:
            messages.find_addresses(session)
        post.hear(story.visitation(visitation_id=story.REFERRAL))
    with clock.moved_to(BEGINS), post.begin() as session:
        messages.find_addresses(session)
        assert PostOffice().deliver(session) is False

    assert sorted(message.state for message in post.messages()) == ["queued", "waiting_for_address"]
    assert catcher.mails == []


def test_a_minute_before_it_is_still_sent(post: NotificationsUnderTest, catcher: Catcher) -> None:
    with clock.moved_to(BEGINS - timedelta(minutes=1)):
        post.hear(story.citizen(), story.visitation())
        post.work()

    assert len(catcher.mails) == 1


def test_a_late_plan_tells_only_of_the_talks_that_are_to_come(post: NotificationsUnderTest, catcher: Catcher) -> None:
    with clock.moved_to(MONDAY + timedelta(days=150)):
        post.hear(story.citizen(), story.company(), story.placement(), story.plan())
        post.work()

    words = parts(catcher.to(MAIL)[0])
    assert [event.start.isoformat() for event in Calendar.from_ical(words["text/calendar"]).events] == [
        "2027-06-28T10:00:00+02:00"
    ]
    assert "15. januar" not in words["text/plain"]


def test_what_was_sent_can_still_be_read_afterwards(post: NotificationsUnderTest) -> None:
    with clock.moved_to(MONDAY):
        post.hear(story.citizen(), story.visitation())
        post.work()
    with clock.moved_to(BEGINS + timedelta(days=1)):
        read = post.call("GET", f"/messages/{post.messages()[0].id}").json

    assert (read["state"], read["error_code"]) == ("sent", None)
    assert "tirsdag den 3. november 2026 kl. 10.30" in read["text"]


def test_a_person_cannot_retry_it(post: NotificationsUnderTest) -> None:
    with clock.moved_to(MONDAY):
        post.hear(story.citizen(), story.visitation())
    post.connection.execute(text("UPDATE message SET state = 'failed', channel = 'email', attempts = 6"))
    with clock.moved_to(BEGINS):
        answer = post.call("POST", f"/messages/{post.messages()[0].id}/retry")

    assert (answer.status_code, answer.json["code"]) == (409, "appointment_past")
