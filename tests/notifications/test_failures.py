"""When the mail server or an address fails: pauses, the next channel, a person's second try."""

import contextlib
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import text

from services.notifications.models import Line
from services.notifications.use_cases import messages
from services.notifications.use_cases.delivery import PostOffice
from shared import clock
from shared.events import NotificationFailed, NotificationSent
from tests.notifications import story
from tests.notifications.post import Catcher, NotificationsUnderTest
from tests.notifications.story import MAIL, MONDAY


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.moved_to(MONDAY):
        yield


def test_server_down_then_up_sends_once_after_the_pause(post: NotificationsUnderTest, catcher: Catcher) -> None:
    catcher.stop()
    post.hear(story.citizen(), story.visitation())
    post.work()
    post.work()
    message = post.messages()[0]
    assert (message.state, message.attempts, message.error_code) == ("queued", 1, "server_unreachable")

    catcher.start()
    with clock.moved_to(MONDAY + timedelta(seconds=20)):
        post.work()
        assert not catcher.mails
    with clock.moved_to(MONDAY + timedelta(seconds=40)):
        post.work()
        post.work()
    assert len(catcher.mails) == 1
    assert len(post.told(NotificationSent)) == 1
    assert not post.told(NotificationFailed)


def test_a_silent_server_is_left_alone_and_tries_one_letter_only(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    catcher.stop()
    post.hear(story.citizen(), story.visitation(), story.referral())
    post.work()

    assert sorted(message.attempts for message in post.messages()) == [0, 1]
    assert {row["held_back"] for row in post.call("GET", "/messages").json["items"]} == {"server_not_answering"}
    catcher.start()
    with clock.moved_to(MONDAY + timedelta(minutes=2)):
        post.work()
    assert len(catcher.mails) == 2
    with post.begin() as session:
        assert session.query(Line).count() == 0


def test_an_outage_of_hours_ends_with_the_next_channel(post: NotificationsUnderTest, catcher: Catcher) -> None:
    catcher.stop()
    post.hear(story.citizen(), story.visitation(starts_at=MONDAY + timedelta(days=7)))
    attempts = []
    for hours in (0, 5, 10, 24, 29, 34, 48):
        with clock.moved_to(MONDAY + timedelta(hours=hours)):
            post.work()
            attempts.append(post.messages()[0].attempts)

    assert attempts == [1, 2, 3, 4, 5, 6, 6]
    assert post.states() == [("citizen", "email", "failed"), ("citizen", "sms", "queued")]
    assert [failed.reason_code for failed in post.told(NotificationFailed)] == ["server_unreachable"]


def test_a_refused_address_goes_to_the_next_channel_at_once(post: NotificationsUnderTest, catcher: Catcher) -> None:
    catcher.refused.add(MAIL)
    post.hear(story.citizen(digital_post_exempt=True), story.visitation())
    post.work()

    assert post.states() == [("citizen", "email", "failed"), ("citizen", "paper", "to_print")]
    assert post.told(NotificationFailed)[0].reason_code == "address_refused"


def test_a_refused_letter_does_not_hold_up_the_next(post: NotificationsUnderTest, catcher: Catcher) -> None:
    catcher.refused.add(MAIL)
    post.hear(story.citizen(), story.company(), story.placement())
    post.work()

    assert {mail["To"] for mail in catcher.mails} == {story.COMPANY_MAIL, story.MENTOR_MAIL}


def test_a_changed_appointment_withdraws_what_the_desk_had_to_print(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    catcher.refused.add(MAIL)
    post.hear(story.citizen(phone=None), story.visitation())
    post.work()
    catcher.refused.clear()
    later = story.visitation().starts_at.replace(hour=12)
    post.hear(story.visitation(starts_at=later), version=2)
    post.work()

    assert post.states() == [("citizen", "email", "sent"), ("citizen", "paper", "suppressed")]


def test_the_desk_may_retry_only_what_no_other_channel_took_over(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    catcher.refused.add(MAIL)
    post.hear(story.citizen(phone=None), story.visitation())
    post.work()
    by_state = {message.state: message.id for message in post.messages()}

    taken_over = post.call("POST", f"/messages/{by_state['failed']}/retry")
    not_failed = post.call("POST", f"/messages/{by_state['to_print']}/retry")
    assert [answer.json["code"] for answer in (taken_over, not_failed)] == ["taken_over", "not_failed"]


class Killed(BaseException):
    """The worker dies here."""


def test_a_worker_that_dies_after_sending_sends_again_under_the_same_id(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    post.hear(story.citizen(), story.visitation())
    with post.begin() as session:
        messages.find_addresses(session)
    with contextlib.suppress(Killed), post.begin() as session:
        PostOffice().deliver(session)
        raise Killed
    post.work()

    assert len(catcher.mails) == 2
    assert len({mail["Message-ID"] for mail in catcher.mails}) == 1
    assert len(post.told(NotificationSent)) == 1


def test_many_letters_go_over_one_connection_and_all_arrive(post: NotificationsUnderTest, catcher: Catcher) -> None:
    people = [story.CITIZEN.__class__(int=number) for number in range(100, 160)]
    for person in people:
        post.hear(story.citizen(citizen_id=person, email=f"p{person.int}@example.dk"))
        post.hear(story.visitation(visitation_id=person, citizen_id=person))
    for _turn in range(20):
        # A turn ends by the clock, so a slow machine needs more of them.
        post.work()

    assert {mail["To"] for mail in catcher.mails} == {f"p{number}@example.dk" for number in range(100, 160)}
    assert len(catcher.mails) == 60


def test_an_address_that_is_gone_by_then_gives_way_to_the_next_channel(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    catcher.stop()
    post.hear(story.citizen(), story.visitation())
    post.work()
    post.hear(story.channels(email=None, phone=None), version=2)
    with clock.moved_to(MONDAY + timedelta(minutes=2)):
        post.work()

    assert post.states() == [("citizen", "paper", "to_print")]
    assert not post.told(NotificationFailed)


def test_a_connection_the_server_dropped_is_dialled_again(post: NotificationsUnderTest, catcher: Catcher) -> None:
    post.hear(story.citizen(), story.visitation(), story.referral())
    office = PostOffice()
    with post.begin() as session:
        messages.find_addresses(session)
    for _ in range(2):
        with post.begin() as session:
            office.deliver(session)
        catcher.stop()
        catcher.start()

    assert [message.state for message in post.messages()] == ["sent", "sent"]
    assert len(catcher.mails) == 2
    with post.begin() as session:
        assert office.deliver(session) is False


def test_a_letter_that_cannot_be_written_does_not_hold_up_the_next(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    post.hear(story.citizen(), story.visitation(), story.referral())
    post.connection.execute(text("UPDATE message SET template = 'gone' WHERE template = 'visitation_booked'"))
    post.work()

    assert [(m.template, m.state, m.error_code) for m in post.messages()] == [
        ("gone", "queued", "cannot_be_written"),
        ("start_referred", "sent", None),
    ]
    assert len(catcher.mails) == 1


def test_a_letter_that_cannot_be_written_does_not_hide_the_others_from_the_desk(post: NotificationsUnderTest) -> None:
    post.hear(story.citizen(email=None, phone=None), story.visitation(), story.referral())
    post.work()
    post.connection.execute(text("UPDATE message SET data = '{}' WHERE template = 'visitation_booked'"))

    letters = {item["template"]: item for item in post.call("GET", "/messages/to-print").json["items"]}
    assert letters["visitation_booked"]["error_code"] == "cannot_be_written"
    assert letters["visitation_booked"]["recipient_name"] == "Nancy Ann Berggren"
    assert letters["visitation_booked"]["text"] is None
    assert "Hvornår: onsdag den 4. november" in letters["start_referred"]["text"]
    assert letters["start_referred"]["error_code"] is None


def test_a_person_can_retry_what_was_given_up(post: NotificationsUnderTest, catcher: Catcher) -> None:
    post.hear(story.citizen(), story.visitation())
    post.connection.execute(text("UPDATE message SET state = 'failed', channel = 'email', attempts = 6"))
    answer = post.call("POST", f"/messages/{post.messages()[0].id}/retry", client="ops")
    post.work()

    assert (answer.status_code, answer.json["state"], answer.json["attempts"]) == (200, "queued", 0)
    assert len(catcher.mails) == 1
