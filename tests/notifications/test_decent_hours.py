"""Nothing leaves at night unless it must, and what must goes first."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from services.notifications.rules.hours import Hours, decent
from services.notifications.use_cases import messages
from services.notifications.use_cases.delivery import PostOffice
from services.notifications.use_cases.gateways import Shelf, Suppliers
from shared import clock
from shared.calendar import danish_time
from tests.browser import words
from tests.notifications import story
from tests.notifications.post import Catcher, NotificationsUnderTest
from tests.notifications.story import CITIZEN, MAIL
from tests.notifications.test_alarms import LEADER, raised

HOURS = Hours.of({"from": "08:00", "to": "20:00", "notice_minutes": 120})
SHELF = Suppliers({"shelf": 1}, {"shelf": Shelf()})
NIGHT = danish_time(date(2026, 11, 1), 22, 30)
LATER = danish_time(date(2026, 11, 9), 10)


@pytest.mark.parametrize(
    ("moment", "leaves"),
    [
        ((2, 8, 0), (2, 8, 0)),
        ((2, 19, 59), (2, 19, 59)),
        ((2, 20, 0), (3, 8, 0)),
        ((3, 3, 0), (3, 8, 0)),
    ],
)
def test_a_moment_at_night_becomes_the_next_morning(moment: tuple[int, int, int], leaves: tuple[int, int, int]) -> None:
    asked, told = (danish_time(date(2026, 11, day), hour, minute) for day, hour, minute in (moment, leaves))

    assert decent(asked, HOURS, LATER) == told


def test_morning_is_danish_also_where_the_clocks_change_in_the_night() -> None:
    asked = danish_time(date(2026, 10, 24), 23)

    assert decent(asked, HOURS, LATER).astimezone(UTC) == datetime(2026, 10, 25, 7, 0, tzinfo=UTC)


def test_what_begins_soon_after_the_hours_begin_leaves_at_night() -> None:
    asked = danish_time(date(2026, 11, 2), 23)

    assert decent(asked, HOURS, danish_time(date(2026, 11, 3), 9, 59)) == asked
    assert decent(asked, HOURS, danish_time(date(2026, 11, 3), 10)) == danish_time(date(2026, 11, 3), 8)


def test_a_letter_of_the_night_leaves_in_the_morning_once(post: NotificationsUnderTest, catcher: Catcher) -> None:
    with clock.moved_to(NIGHT):
        post.hear(story.citizen(), story.visitation())
        post.work()
        shown = words(post.browser("front_desk").get("/beskeder"))
    held = post.messages()[0]
    with clock.moved_to(danish_time(date(2026, 11, 2), 6, 59)):
        post.work(later=timedelta())
        assert catcher.mails == []
    with clock.moved_to(danish_time(date(2026, 11, 2), 7)):
        post.work()
        post.work()

    assert (held.state, held.next_try_at) == ("queued", danish_time(date(2026, 11, 2), 7))
    assert "Den venter, til det er et ordentligt tidspunkt." in shown
    assert [mail["To"] for mail in catcher.mails] == [MAIL]
    assert post.messages()[0].error_code is None


def test_a_text_waits_longer_than_a_mail(post: NotificationsUnderTest) -> None:
    with clock.moved_to(danish_time(date(2026, 11, 2), 7, 30)):
        post.hear(story.citizen(email=None), story.visitation())
        post.work(SHELF)

    assert post.messages()[0].next_try_at == danish_time(date(2026, 11, 2), 8)


def test_what_was_tried_in_the_evening_is_not_tried_again_at_night(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    catcher.stop()
    with clock.moved_to(danish_time(date(2026, 11, 2), 20, 59)):
        post.hear(story.citizen(), story.visitation(starts_at=LATER))
        post.work()
    catcher.start()
    with clock.moved_to(danish_time(date(2026, 11, 2), 21, 2)):
        post.work()

    assert catcher.mails == []
    assert (post.messages()[0].attempts, post.messages()[0].error_code) == (1, "server_unreachable")
    assert post.messages()[0].next_try_at == danish_time(date(2026, 11, 3), 7)


def test_an_alarm_of_the_house_breaks_through(post: NotificationsUnderTest, catcher: Catcher) -> None:
    with clock.moved_to(NIGHT):
        post.hear(raised())
        post.work()

    assert len(catcher.to(LEADER)) == 1


def test_ten_thousand_waiting_do_not_hold_up_what_begins_tomorrow(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    with clock.moved_to(story.MONDAY - timedelta(hours=1)):
        post.hear(story.citizen(), story.visitation(starts_at=LATER))
        post.work(later=timedelta(seconds=-1))
    post.connection.execute(text("""
        INSERT INTO message SELECT (jsonb_populate_record(message, jsonb_build_object(
            'id', gen_random_uuid(), 'cause_id', gen_random_uuid()))).*
        FROM message, generate_series(1, 10000)
    """))  # fmt: skip
    tomorrow, nine = UUID(int=99), danish_time(date(2026, 11, 3), 9)
    with clock.moved_to(story.MONDAY):
        post.hear(story.visitation(visitation_id=tomorrow, citizen_id=CITIZEN, starts_at=nine))
        with post.begin() as session:
            messages.find_addresses(session)
        began = clock.steady()
        with post.begin() as session:
            PostOffice().deliver(session)
        took = clock.steady() - began

    [urgent] = [message for message in post.messages() if message.cause_id == tomorrow]
    assert str(catcher.mails[0]["Message-ID"]).startswith(f"<{urgent.id}.")
    assert took < 5
