"""The meeting before an agreement: citizen and company get it into their calendars, moved and out again."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from icalendar import Calendar

from shared import clock
from tests.notifications import story
from tests.notifications.post import Catcher, NotificationsUnderTest, parts
from tests.notifications.story import COMPANY_MAIL, MAIL, MONDAY
from tests.notifications.test_reminders import planned

LATER = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def known(post: NotificationsUnderTest) -> Iterator[None]:
    with clock.moved_to(MONDAY):
        post.hear(story.citizen(), story.company())
        yield


def calendars(catcher: Catcher, to: str) -> list[tuple[str, str, int, str, str | None]]:
    """METHOD, UID, SEQUENCE, beginning and STATUS of each mail's calendar entry."""
    files = [Calendar.from_ical(parts(mail)["text/calendar"]) for mail in catcher.to(to)]
    return [
        (str(file["METHOD"]), str(event["UID"]), event["SEQUENCE"], event.start.isoformat(), event.get("STATUS"))
        for file in files for event in file.events
    ]  # fmt: skip


def test_both_get_the_meeting_its_new_time_and_its_end_as_one_entry_of_a_calendar(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    told = (
        story.meeting_set(),
        story.meeting_set(starts_at=LATER, set_at=MONDAY + timedelta(minutes=1)),
        story.meeting_cancelled(starts_at=LATER, cancelled_at=MONDAY + timedelta(minutes=2)),
    )
    for version, event in enumerate(told, start=4):
        post.hear(event, version=version)
        post.work()

    uid = f"{story.MATCH}@jobbutik"
    expected = [
        ("PUBLISH", uid, 4, "2026-11-09T10:30:00+01:00", None),
        ("PUBLISH", uid, 5, "2026-11-10T13:00:00+01:00", None),
        ("CANCEL", uid, 6, "2026-11-10T13:00:00+01:00", "CANCELLED"),
    ]
    assert calendars(catcher, MAIL) == expected
    assert calendars(catcher, COMPANY_MAIL) == expected


def test_letters_name_neither_the_other_nor_what_about_beyond_the_job(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    post.hear(story.meeting_set(), version=4)
    post.work()
    citizens, companys = (parts(catcher.to(mail)[0])["text/plain"] for mail in (MAIL, COMPANY_MAIL))

    assert "møde virksomheden og høre mere om jobbet:\n\nmandag den 9. november 2026 kl. 10.30" in citizens
    assert "møde en kandidat til jeres behov:\n\nmandag den 9. november 2026 kl. 10.30" in companys
    assert "Nancy" not in companys


def test_company_is_not_written_to_about_somebody_with_a_protected_identity(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    post.hear(story.meeting_set(tell_company=False), version=4)
    post.hear(story.meeting_cancelled(tell_company=False, cancelled_at=MONDAY + timedelta(minutes=2)), version=5)
    post.work()

    assert catcher.to(COMPANY_MAIL) == []


def test_a_meeting_set_and_called_off_before_the_post_left_is_told_as_off_alone(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    post.hear(story.meeting_set(), version=4)
    post.hear(story.meeting_cancelled(cancelled_at=MONDAY + timedelta(minutes=1)), version=5)
    post.work()

    assert [entry[0] for entry in calendars(catcher, MAIL)] == ["CANCEL"]


def test_both_are_reminded_the_day_before_of_the_newest_time_and_of_none_that_is_off(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    post.hear(story.meeting_set(), version=4)
    post.work()
    with clock.moved_to(MONDAY + timedelta(minutes=1)):
        post.hear(story.meeting_set(starts_at=LATER, set_at=clock.now()), version=5)
        post.work()
    assert planned(post) == [
        ("reminder_meeting", "citizen", "09.11 13:00"),
        ("reminder_meeting", "company", "09.11 13:00"),
    ]

    with clock.moved_to(LATER - timedelta(days=1) + timedelta(minutes=1)):
        post.work()
        post.work()
    for mail in (MAIL, COMPANY_MAIL):
        reminder = catcher.to(mail)[-1]
        assert reminder["Subject"] == "Husk mødet om jobbet"
        assert "tirsdag den 10. november 2026 kl. 13.00" in parts(reminder)["text/plain"]
        assert "text/calendar" not in parts(reminder)

    post.hear(story.meeting_set(match_id=UUID(int=91)), version=4)
    post.work()
    before = planned(post)
    with clock.moved_to(MONDAY + timedelta(minutes=2)):
        post.hear(story.meeting_cancelled(match_id=UUID(int=91), cancelled_at=clock.now()), version=5)
    assert (len(before), planned(post)) == (2, [])


def test_a_meeting_that_is_heard_of_after_its_end_is_not_reminded_of(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    post.hear(story.meeting_cancelled(cancelled_at=MONDAY + timedelta(minutes=1)), version=5)
    post.hear(story.meeting_set(), version=4)
    with clock.moved_to(story.MEETING_AT - timedelta(hours=23)):
        post.work()
        post.work()

    assert [mail["Subject"] for mail in catcher.mails if "Husk" in mail["Subject"]] == []
