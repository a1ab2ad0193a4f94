"""Mails about alarms: one for each mailbox, a recall to whoever got one, and nobody named."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from shared import clock
from shared.events import PromiseAlarmEnded, PromiseAlarmRaised
from tests.notifications.post import Catcher, NotificationsUnderTest, parts
from tests.notifications.story import MONDAY

ALARM, LIMIT = UUID(int=77), date(2026, 11, 9)
LEADER, CALENDAR = BOXES = ("leder@eksempelby.example", "kalender@eksempelby.example")


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.moved_to(MONDAY):
        yield


def raised(**changed: Any) -> PromiseAlarmRaised:
    return PromiseAlarmRaised(**{
        "alarm_id": ALARM, "unit_code": "jobbutikken", "due": LIMIT, "mailboxes": " ".join(BOXES), **changed
    })  # fmt: skip


def ended(reason_code: str) -> PromiseAlarmEnded:
    return PromiseAlarmEnded(
        alarm_id=ALARM, unit_code="jobbutikken", due=LIMIT, reason_code=reason_code, mailboxes=" ".join(BOXES)
    )


def subjects(catcher: Catcher, mailbox: str) -> list[str]:
    return [mail["Subject"] for mail in catcher.to(mailbox)]


def test_each_mailbox_is_told_once_however_often_it_is_heard(post: NotificationsUnderTest, catcher: Catcher) -> None:
    for _ in range(3):
        post.hear(raised())
        post.work()

    assert [subjects(catcher, mailbox) for mailbox in BOXES] == [["Lovens frist er i fare"]] * 2
    said = parts(catcher.to(LEADER)[0])["text/plain"]
    assert "Fristen er mandag den 9. november 2026." in said
    assert "text/calendar" not in parts(catcher.to(LEADER)[0])


def test_whoever_was_told_hears_that_it_is_over(post: NotificationsUnderTest, catcher: Catcher) -> None:
    post.hear(raised())
    post.work()
    for _ in range(2):
        post.hear(ended("safe"), version=2)
        post.work()

    assert subjects(catcher, CALENDAR) == ["Lovens frist er i fare", "Alarmen er ovre"]


def test_alarm_that_is_over_before_it_left_is_never_told(post: NotificationsUnderTest, catcher: Catcher) -> None:
    post.hear(raised())
    post.hear(ended("safe"), version=2)
    post.work()

    assert catcher.mails == []


def test_day_that_passed_is_told_by_no_mail(post: NotificationsUnderTest, catcher: Catcher) -> None:
    post.hear(raised())
    post.work()
    with clock.moved_to(MONDAY + timedelta(days=8)):
        post.hear(ended("passed"), version=2)
        post.work()

    assert len(catcher.mails) == 2


def test_unit_without_mailboxes_and_a_replay_send_nothing(post: NotificationsUnderTest, catcher: Catcher) -> None:
    post.hear(raised(mailboxes=None))
    post.hear(raised(), replayed=True)
    post.work()

    assert catcher.mails == []
