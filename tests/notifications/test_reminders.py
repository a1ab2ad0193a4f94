"""Reminders: at their time, of the time of the day, and never of what is over."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.notifications.use_cases import restored
from services.notifications.use_cases.gateways import SHELF as ON_SHELF
from services.notifications.use_cases.gateways import Shelf, Suppliers
from shared import clock
from shared.calendar import danish_time
from shared.events import FollowUpHeld, JobReferralReasonGiven, PlacementConcluded, VisitationHeld
from tests.browser import words
from tests.notifications import story
from tests.notifications.post import Catcher, NotificationsUnderTest, parts
from tests.notifications.story import CITIZEN, MAIL, MENTOR_MAIL, MONDAY, VISITATION
from tests.notifications.test_moved_visitations import cancelled, moved

SHELF = Suppliers({ON_SHELF: 1}, {ON_SHELF: Shelf()})
WEDNESDAY_TALK = datetime(2026, 11, 4, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def known(post: NotificationsUnderTest) -> Iterator[None]:
    with clock.moved_to(MONDAY):
        post.hear(story.citizen(), story.company())
        yield


def planned(post: NotificationsUnderTest) -> list[tuple[str, str, str]]:
    """Template, recipient and Danish moment."""
    return [
        (one.template, one.recipient_kind, f"{one.next_try_at.astimezone(clock.DENMARK):%d.%m %H:%M}")
        for one in post.planned() if one.next_try_at
    ]  # fmt: skip


def booked(post: NotificationsUnderTest, **changed: Any) -> None:
    post.hear(story.visitation(starts_at=WEDNESDAY_TALK, **changed))
    post.work()


def test_a_talk_is_followed_by_a_word_the_day_before_and_two_hours_before(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    booked(post)
    assert planned(post) == [("reminder_day", "citizen", "03.11 10:30"), ("reminder_soon", "citizen", "04.11 08:30")]

    for day, hour in ((3, 10), (4, 8)):
        with clock.moved_to(danish_time(date(2026, 11, day), hour, 31)):
            post.work()
            post.work()
    assert [mail["Subject"] for mail in catcher.to(MAIL)] == [
        "Din aftale hos Jobbutikken", "Husk din aftale", "Din aftale begynder snart",
    ]  # fmt: skip
    assert "onsdag den 4. november 2026 kl. 10.30" in parts(catcher.mails[1])["text/plain"]
    assert "text/calendar" not in parts(catcher.mails[1])


def test_after_a_restore_nobody_is_reminded_of_what_may_have_been_said_since(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    booked(post)
    with clock.moved_to(danish_time(date(2026, 11, 3), 12)):
        with post.begin() as session:
            restored.hold(session)
        post.work()
        assert planned(post) == [("reminder_soon", "citizen", "04.11 08:30")]
    assert [mail["Subject"] for mail in catcher.to(MAIL)] == ["Din aftale hos Jobbutikken"]


def test_a_walk_in_for_the_same_day_is_reminded_of_nothing_that_is_past(post: NotificationsUnderTest) -> None:
    post.hear(story.visitation(starts_at=MONDAY + timedelta(hours=1)))

    assert planned(post) == []


def test_a_moved_talk_is_reminded_of_at_its_new_time_only(post: NotificationsUnderTest, catcher: Catcher) -> None:
    booked(post)
    with clock.moved_to(danish_time(date(2026, 11, 3), 11)):
        post.work()
    with clock.moved_to(danish_time(date(2026, 11, 3), 12)):
        post.hear(moved(starts_at=datetime(2026, 11, 9, 9, 0, tzinfo=UTC)), version=2)
        post.work()

    assert planned(post) == [("reminder_day", "citizen", "08.11 10:00"), ("reminder_soon", "citizen", "09.11 08:00")]
    subjects = [mail["Subject"] for mail in catcher.to(MAIL)]
    assert subjects == ["Din aftale hos Jobbutikken", "Husk din aftale", "Din aftale har fået en ny tid"]


def test_an_older_word_heard_late_brings_no_old_time_back(post: NotificationsUnderTest) -> None:
    with clock.moved_to(MONDAY + timedelta(hours=1)):
        post.hear(moved(starts_at=datetime(2026, 11, 9, 9, 0, tzinfo=UTC)), version=2)
    post.hear(story.visitation(starts_at=WEDNESDAY_TALK))

    assert [at for _, _, at in planned(post)] == ["08.11 10:00", "09.11 08:00"]


@pytest.mark.parametrize("over", [
    cancelled(), VisitationHeld(visitation_id=VISITATION, citizen_id=CITIZEN, held_at=MONDAY),
], ids=lambda event: type(event).__name__)  # fmt: skip
def test_what_is_cancelled_or_held_is_not_reminded_of(post: NotificationsUnderTest, over: Any) -> None:
    booked(post)
    with clock.moved_to(MONDAY + timedelta(hours=1)):
        post.hear(over, version=2)

    assert planned(post) == []


def test_a_cancellation_heard_first_is_found_when_the_time_comes(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    post.hear(cancelled(starts_at=WEDNESDAY_TALK), version=2)
    post.work()
    post.hear(story.visitation(starts_at=WEDNESDAY_TALK), version=1)
    with clock.moved_to(danish_time(date(2026, 11, 3), 11)):
        post.work()

    assert "Husk din aftale" not in [mail["Subject"] for mail in catcher.mails]
    assert [template for template, _, _ in planned(post)] == ["reminder_soon"]


def test_too_late_is_not_sent_after_an_outage(post: NotificationsUnderTest, catcher: Catcher) -> None:
    booked(post)
    with clock.moved_to(WEDNESDAY_TALK + timedelta(minutes=1)):
        post.work()

    assert len(catcher.mails) == 1
    assert post.planned() == []
    assert post.states() == [("citizen", "email", "sent")]


def test_no_reminder_wakes_anybody(post: NotificationsUnderTest, catcher: Catcher) -> None:
    post.hear(story.visitation(starts_at=danish_time(date(2026, 11, 4), 7, 30)))
    with clock.moved_to(danish_time(date(2026, 11, 4), 5, 31)):
        post.work()
    soon = next(one for one in post.messages() if one.template == "reminder_soon")

    assert (soon.state, soon.next_try_at) == ("queued", danish_time(date(2026, 11, 4), 7))
    assert "Din aftale begynder snart" not in [mail["Subject"] for mail in catcher.mails]


def test_company_and_mentor_hear_the_day_before_a_talk_at_the_workplace(post: NotificationsUnderTest) -> None:
    post.hear(story.plan())

    assert sorted(one for one in planned(post) if one[2] == "14.01 10:00") == [
        ("reminder_day", "citizen", "14.01 10:00"), ("reminder_day", "company", "14.01 10:00"),
        ("reminder_day", "mentor", "14.01 10:00"),
    ]  # fmt: skip
    assert ("reminder_soon", "citizen", "28.06 08:00") in planned(post)
    assert {kind for template, kind, _ in planned(post) if template == "reminder_soon"} == {"citizen"}


def test_a_new_plan_a_held_talk_and_the_end_drop_what_was_planned(post: NotificationsUnderTest) -> None:
    post.hear(story.placement(), story.plan())
    second = UUID(int=22)
    with clock.moved_to(MONDAY + timedelta(hours=1)):
        post.hear(story.plan(contact_ids=(second,), due_at=story.plan().due_at[1:], kinds=("end",), forms=("phone",)))
        without_midpoint = {str(one.cause_id) for one in post.planned()}
        post.hear(FollowUpHeld(
            contact_id=second, placement_id=story.PLACEMENT, citizen_id=CITIZEN, contact_kind="end", held_at=MONDAY,
        ))  # fmt: skip
        held = {one.cause_id for one in post.planned()}
    with clock.moved_to(MONDAY + timedelta(hours=2)):
        post.hear(PlacementConcluded(
            placement_id=story.PLACEMENT, citizen_id=CITIZEN, company_id=story.COMPANY, outcome_code="hire",
        ))  # fmt: skip

    assert without_midpoint == {str(story.PLACEMENT), str(second)}
    assert held == {story.PLACEMENT}
    assert planned(post) == []


def test_a_deadline_is_told_again_the_day_before_unless_it_is_settled(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    post.hear(story.job_referral())
    post.work()
    assert planned(post) == [("unopened", "citizen", "05.11 10:05"), ("reminder_due", "citizen", "10.11 10:00")]

    with clock.moved_to(MONDAY + timedelta(days=1)):
        post.hear(story.job_followed_up("applied"))
    assert planned(post) == []
    with clock.moved_to(danish_time(date(2026, 11, 10), 10, 1)):
        post.work()
    assert len(catcher.mails) == 1


def test_a_question_and_a_talk_about_education_have_a_reminder_too_until_they_are_settled(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    guidance = replace(story.education(), guidance_id=UUID(int=91))
    post.hear(story.reason_question(), guidance)
    post.work()
    asked = [(one.cause_id, one.template) for one in post.planned()]
    assert sorted(template for _, template in asked) == ["reminder_due", "reminder_due", "unopened"]

    with clock.moved_to(MONDAY + timedelta(days=1)):
        post.hear(JobReferralReasonGiven(reason_request_id=story.PLACEMENT, citizen_id=CITIZEN), version=2)
    assert [(one.cause_id, one.template) for one in post.planned()] == [(guidance.guidance_id, "reminder_due")]
    with clock.moved_to(danish_time(date(2026, 11, 10), 10, 1)):
        post.work()
    assert "Har du aftalt den, skal du ikke gøre noget." in parts(catcher.mails[-1])["text/plain"]


def test_a_talk_that_was_let_go_and_booked_again_is_reminded_of(post: NotificationsUnderTest, catcher: Catcher) -> None:
    for minutes, told in enumerate((story.self_booked(), story.talk_off(), story.self_booked())):
        with clock.moved_to(MONDAY + timedelta(minutes=minutes)):
            post.hear(replace(told, told_at=clock.now()), version=minutes + 2)
            post.work()
    for day, hour in ((10, 10), (11, 8)):
        with clock.moved_to(danish_time(date(2026, 11, day), hour, 1)):
            post.work()

    assert [mail["Subject"] for mail in catcher.to(MAIL)][-3:] == [
        "Du har booket en samtale", "Husk din aftale", "Din aftale begynder snart",
    ]  # fmt: skip


def test_a_letter_that_was_not_seen_is_told_of_again_and_one_that_was_is_not(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    post.hear(story.job_referral(), story.reason_question())
    post.work()
    read = next(one for one in post.messages() if one.template == "reason_asked")
    post.call("POST", f"/messages/{read.id}/receipts", {"how_code": "handed_over"})
    with clock.moved_to(danish_time(date(2026, 11, 5), 10, 6)):
        post.work()

    assert [mail["Subject"] for mail in catcher.mails][2:] == ["Vi har skrevet til dig"]
    assert "Kok" not in parts(catcher.mails[-1])["text/plain"]


def test_by_text_first_and_nothing_waits_for_a_gateway_or_paper(post: NotificationsUnderTest) -> None:
    booked(post)
    post.hear(story.channels(email=None), version=2)
    with clock.moved_to(danish_time(date(2026, 11, 3), 10, 31)):
        post.work(SHELF)
    one = next(one for one in post.messages() if one.template == "reminder_day")

    assert (one.state, one.channel, one.error_code) == ("suppressed", None, "no_channel")


def test_staff_remind_once_and_then_there_is_a_pause(post: NotificationsUnderTest, catcher: Catcher) -> None:
    booked(post)
    message = post.messages()[0].id
    desk = post.browser("front_desk")
    assert "Mind om det nu" in words(desk.get(f"/beskeder/{message}"))
    desk.submit(f"/beskeder/{message}/paamind")
    post.work()
    again = desk.submit(f"/beskeder/{message}/paamind")
    too_soon = post.call("POST", f"/messages/{message}/reminder")

    assert [mail["Subject"] for mail in catcher.mails] == ["Din aftale hos Jobbutikken", "Vi minder dig om noget"]
    assert "kl. 10.30" in parts(catcher.mails[1])["text/plain"]
    assert (again.status_code, too_soon.json["code"]) == (409, "reminded_lately")
    with clock.moved_to(MONDAY + timedelta(hours=25)):
        assert post.call("POST", f"/messages/{message}/reminder").status_code == 200
        post.work()
    assert [mail["Subject"] for mail in catcher.mails].count("Vi minder dig om noget") == 2
    with clock.moved_to(WEDNESDAY_TALK):
        assert post.call("POST", f"/messages/{message}/reminder").json["code"] == "appointment_past"


def test_a_mentor_is_reminded_too_and_a_replay_plans_nothing(post: NotificationsUnderTest, catcher: Catcher) -> None:
    post.hear(story.placement(), replayed=True)
    assert planned(post) == []
    post.hear(story.placement(placement_id=UUID(int=90)))
    post.work()
    with clock.moved_to(datetime(2026, 11, 30, 7, 31, tzinfo=UTC)):
        post.work()

    assert "Husk din aftale" in [mail["Subject"] for mail in catcher.to(MENTOR_MAIL)]
