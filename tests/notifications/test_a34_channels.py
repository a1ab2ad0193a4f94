"""A34 and the rows of B12 and B13 on channels, as far as they are this service's; the letter to Digital Post is not."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from services.notifications.use_cases import POLICY
from services.notifications.use_cases.gateways import Shelf, Suppliers
from shared import clock
from shared.events import NotificationDelivered, NotificationRead, NotificationSent
from tests.notifications import story
from tests.notifications.post import Catcher, NotificationsUnderTest
from tests.notifications.story import CITIZEN, MAIL, MONDAY

SHELF = Suppliers({"shelf": 1}, {"shelf": Shelf()})
NEXT_DAY, IN_A_WEEK = MONDAY + timedelta(days=1), MONDAY + timedelta(days=7)


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.moved_to(MONDAY):
        yield


def test_a34_a_letter_counts_from_when_it_was_available_not_from_when_it_was_read(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    post.hear(story.citizen(), story.job_referral())
    post.work()
    letter = post.messages()[0].id
    with clock.moved_to(NEXT_DAY):
        post.call("POST", f"/messages/{letter}/receipts", {"how_code": "digital_post"})
    with clock.moved_to(IN_A_WEEK):
        post.browser("citizen", subject=str(CITIZEN)).get("/beskeder/kort/mig")
        post.call("POST", f"/messages/{letter}/receipts", {"how_code": "digital_post"})

    (available,), (read,) = post.told(NotificationDelivered), post.told(NotificationRead)
    assert (available.how_code, available.at.date()) == ("digital_post", NEXT_DAY.date())
    assert read.at.date() == IN_A_WEEK.date()


def test_a34_the_appointment_letter_is_sent_and_told_by_ids_and_codes_alone(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    post.hear(story.citizen(), story.visitation())
    post.work()

    (sent,) = post.told(NotificationSent)
    assert (sent.template, sent.channel, sent.cause_id) == ("visitation_booked", "email", story.VISITATION)
    assert MAIL not in str(post.envelopes())


@pytest.mark.parametrize(("reach", "channel"), [
    ({}, "email"),
    ({"email": None}, "paper"),
    ({"email": None, "phone": None}, "paper"),
])  # fmt: skip
def test_b12_who_is_exempt_from_digital_post_has_no_sms_and_paper_where_no_mail_was_chosen(
    post: NotificationsUnderTest, catcher: Catcher, reach: dict[str, None], channel: str
) -> None:
    post.hear(story.citizen(digital_post_exempt=True, **reach), story.visitation())
    post.work(SHELF)

    assert {message.channel for message in post.messages()} == {channel}


def test_b12_every_look_at_a_message_is_on_record_with_what_for(post: NotificationsUnderTest) -> None:
    post.hear(story.citizen(), story.visitation())
    post.work()
    message = post.messages()[0].id
    post.browser("adviser").get(f"/beskeder/{message}")
    post.call("GET", f"/messages/{message}")

    rows = post.connection.execute(text("SELECT purpose, how, subjects FROM lookup ORDER BY seq")).all()
    assert [tuple(row) for row in rows] == [("letters", "read", [CITIZEN])] * 2


def test_b12_the_log_of_lookups_is_kept_two_years_by_a_row_with_its_source(post: NotificationsUnderTest) -> None:
    row = POLICY.row("retention.log", clock.today())
    assert (row.value, "12 months" in row.source) == (2, True)


@pytest.mark.parametrize("told", [1, 3])
def test_b13_a_status_told_more_than_once_counts_once(
    post: NotificationsUnderTest, catcher: Catcher, told: int
) -> None:
    post.hear(story.citizen(), story.job_referral())
    post.work()
    letter: UUID = post.messages()[0].id
    for _ in range(told):
        assert post.call("POST", f"/messages/{letter}/receipts", {"how_code": "digital_post"}).status_code == 200

    assert len(post.told(NotificationDelivered)) == 1


def test_b13_a_status_of_what_has_not_left_is_refused(post: NotificationsUnderTest) -> None:
    post.hear(story.citizen(email=None, phone=None), story.job_referral())
    post.work()

    answer = post.call("POST", f"/messages/{post.messages()[0].id}/receipts", {"how_code": "digital_post"})
    assert answer.json["code"] == "not_sent"
