"""The meeting before an agreement: citizen and company get it into their calendars, moved and out again."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from shared import clock
from tests.notifications import story
from tests.notifications.post import Catcher, NotificationsUnderTest, parts
from tests.notifications.story import COMPANY_MAIL, MAIL, MONDAY

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
