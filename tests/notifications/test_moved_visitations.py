"""A visitation that was moved or called off: the letter, its link and the calendar follow."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from icalendar import Calendar

from shared import clock, links
from shared.events import VisitationCancelled, VisitationMoved
from tests.notifications import story
from tests.notifications.post import Catcher, NotificationsUnderTest, parts
from tests.notifications.story import MAIL, MONDAY, VISITATION

NEW = datetime(2026, 11, 4, 8, 0, tzinfo=UTC)


def moved(**changed: Any) -> VisitationMoved:
    return replace(VisitationMoved(
        visitation_id=VISITATION, citizen_id=story.CITIZEN, place_code="jobbutik", starts_at=NEW,
        ends_at=datetime(2026, 11, 4, 8, 30, tzinfo=UTC), moved_at=MONDAY, by="citizen", guidance_version="2026-02",
    ), **changed)  # fmt: skip


def cancelled(**changed: Any) -> VisitationCancelled:
    booked = story.visitation()
    return replace(VisitationCancelled(
        visitation_id=VISITATION, citizen_id=story.CITIZEN, place_code="jobbutik", starts_at=booked.starts_at,
        ends_at=booked.ends_at, cancelled_at=MONDAY, by="citizen",
    ), **changed)  # fmt: skip


@pytest.fixture(autouse=True)
def known(post: NotificationsUnderTest) -> Iterator[None]:
    with clock.moved_to(MONDAY):
        post.hear(story.citizen())
        yield


def calendars(catcher: Catcher) -> list[tuple[str, int, str, str | None]]:
    """METHOD, SEQUENCE, beginning and STATUS of each mail's calendar entry."""
    files = [Calendar.from_ical(parts(mail)["text/calendar"]) for mail in catcher.to(MAIL)]
    return [
        (file["METHOD"], event["SEQUENCE"], event.start.isoformat(), event.get("STATUS"))
        for file in files for event in file.events
    ]  # fmt: skip


def letters(catcher: Catcher) -> list[str]:
    return [parts(mail)["text/plain"] for mail in catcher.to(MAIL)]


def test_letter_says_when_where_what_to_bring_and_which_guidance_was_given(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    post.hear(story.visitation(guidance_version="2026-02"))
    post.work()

    (words,) = letters(catcher)
    assert "Hvornår: tirsdag den 3. november 2026 kl. 10.30\nHvor: Jobbutikken i rådhuset, stuen" in words
    assert "Spørg efter Jobbutikken" in words
    assert "billedlegitimation og dit CV" in words
    assert "vejledning om rettigheder og pligter, udgave 2026-02" in words


def test_link_in_the_letter_leads_to_the_talk_until_it_begins_and_names_nobody(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    post.hear(story.visitation())
    post.work()

    (address,) = [line for line in letters(catcher)[0].splitlines() if "/min-side/tid" in line]
    code = parse_qs(urlsplit(address).query)["kode"][0]
    begins = story.visitation().starts_at
    assert links.read(post.settings, links.APPOINTMENT, code, MONDAY) == VISITATION
    assert links.read(post.settings, links.APPOINTMENT, code, begins) is None
    assert links.read(post.settings, "something_else", code, MONDAY) is None
    forged = code[:20] + ("A" if code[20] != "A" else "B") + code[21:]
    assert links.read(post.settings, links.APPOINTMENT, forged, MONDAY) is None
    assert "Nancy" not in address


def test_link_lies_in_no_row_and_no_event(post: NotificationsUnderTest) -> None:
    post.hear(story.visitation())
    post.work()

    assert "kode=" not in post.trail()


def test_moved_talk_is_told_and_the_calendar_follows(post: NotificationsUnderTest, catcher: Catcher) -> None:
    post.hear(story.visitation())
    post.work()
    post.hear(moved(), version=2)
    post.work()

    assert calendars(catcher) == [
        ("PUBLISH", 1, "2026-11-03T10:30:00+01:00", None), ("PUBLISH", 2, "2026-11-04T09:00:00+01:00", None),
    ]  # fmt: skip
    assert "har fået en ny tid:\n\nHvornår: onsdag den 4. november 2026 kl. 9.00" in letters(catcher)[1]


def test_cancelled_talk_is_taken_out_of_the_calendar(post: NotificationsUnderTest, catcher: Catcher) -> None:
    post.hear(story.visitation())
    post.work()
    post.hear(cancelled(), version=2)
    post.work()

    assert calendars(catcher)[1] == ("CANCEL", 2, "2026-11-03T10:30:00+01:00", "CANCELLED")
    assert "er aflyst:\n\ntirsdag den 3. november 2026 kl. 10.30" in letters(catcher)[1]
    assert "/min-side/tid" not in letters(catcher)[1]


def test_letter_that_still_waits_is_withdrawn_when_the_talk_is_off(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    post.hear(story.visitation())
    post.hear(cancelled(), version=2)
    post.work()

    assert [line for line in letters(catcher) if "Vi glæder os" in line] == []
    assert len(letters(catcher)) == 1


def test_talk_that_is_on_again_is_told_each_time(post: NotificationsUnderTest, catcher: Catcher) -> None:
    for version in (2, 4):
        at = MONDAY.replace(minute=version)
        post.hear(cancelled(cancelled_at=at), version=version)
        post.work()
        post.hear(moved(moved_at=at), version=version + 1)
        post.work()

    assert [entry[:2] for entry in calendars(catcher)] == [
        ("CANCEL", 2), ("PUBLISH", 3), ("CANCEL", 4), ("PUBLISH", 5),
    ]  # fmt: skip
