"""One mail to a party instead of one for every event: what comes at the same time, and what can wait."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from icalendar import Calendar

from services.notifications.rules import samples, table
from services.notifications.rules.joining import joined
from services.notifications.use_cases import choices, messages, reminders
from services.notifications.use_cases.delivery import PostOffice
from shared import clock
from shared.calendar import danish_time
from shared.events import MentorContactTold, MentorRecognised, NotificationSent
from tests.notifications import story
from tests.notifications.post import CALM, GATHERED, Catcher, NotificationsUnderTest, parts
from tests.notifications.story import COMPANY_MAIL, MAIL, MENTOR_MAIL, MONDAY
from tests.notifications.test_alarms import LEADER, raised


@pytest.fixture(autouse=True)
def known(post: NotificationsUnderTest) -> Iterator[None]:
    with clock.moved_to(MONDAY):
        post.hear(story.citizen(), story.company())
        yield


def test_an_agreement_and_its_plan_are_one_mail_to_company_and_mentor(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    post.hear(story.placement(), story.plan())
    post.work()

    assert [len(catcher.to(address)) for address in (COMPANY_MAIL, MENTOR_MAIL, MAIL)] == [1, 1, 2]
    [mail] = catcher.to(COMPANY_MAIL)
    words = parts(mail)
    assert mail["Subject"] == "Nyt fra Jobbutikken (2)"
    assert words["text/plain"].startswith("Første dag er aftalt\n\nHej Carl\n")
    assert "\n\n* * *\n\nVores næste samtaler\n\nVi vil gerne" in words["text/plain"]
    assert [text.count("Venlig hilsen") for text in (words["text/plain"], words["text/html"])] == [1, 1]
    assert re.findall("<h2.*?>(.*?)</h2>", words["text/html"]) == ["Første dag er aftalt", "Vores næste samtaler"]
    assert len(Calendar.from_ical(words["text/calendar"]).events) == 3
    company = [message for message in post.messages() if message.recipient_kind == "company"]
    assert {message.provider_id for message in company} == {mail["Message-ID"]}
    assert [sent.recipient_kind for sent in post.told(NotificationSent)].count("company") == 2


def test_two_who_read_one_mailbox_are_greeted_by_their_own_names() -> None:
    [rule] = [rule for rule in table.RULES if rule.name == "followup_planned.mentor"]
    first = samples.letter(rule, "da", MONDAY)
    other = replace(first, parts=(("da", ["Hej Ole", *first.parts[0][1][1:]]),))

    said = joined([first, first, other]).text
    assert [said.count(words) for words in ("Hej Mentor", "Hej Ole", "Venlig hilsen")] == [1, 1, 1]


def test_what_can_wait_comes_an_hour_after_the_last_mail(post: NotificationsUnderTest, catcher: Catcher) -> None:
    post.hear(story.placement())
    post.work()
    post.hear(story.plan())
    post.work(later=timedelta(minutes=59))
    assert len(catcher.to(COMPANY_MAIL)) == 1

    with clock.moved_to(MONDAY + CALM):
        post.work()
    assert [mail["Subject"] for mail in catcher.to(COMPANY_MAIL)] == ["Første dag er aftalt", "Vores næste samtaler"]


def test_what_cannot_wait_takes_along_what_waits_and_tells_a_time_once(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    post.hear(story.placement())
    post.work()
    post.hear(story.plan())
    post.work()
    post.hear(story.moved(), version=2)
    post.work()

    mail = catcher.to(COMPANY_MAIL)[-1]
    events = Calendar.from_ical(parts(mail)["text/calendar"]).events
    assert mail["Subject"] == "Nyt fra Jobbutikken (2)"
    assert [str(event["UID"]).count(str(story.MIDPOINT)) for event in events] == [1, 0]
    assert {message.state for message in post.messages()} == {"sent"}


def test_what_was_declined_while_it_gathered_does_not_go_along(post: NotificationsUnderTest, catcher: Catcher) -> None:
    post.hear(story.placement())
    post.work()
    with clock.moved_to(danish_time(date(2026, 11, 30), 8, 31)):
        post._run(reminders.wake)
        post.hear(story.moved(), version=2)
        post._run(messages.find_addresses)
        with post.begin() as session:
            choices.decline(session, story.COMPANY, [table.APPOINTMENTS], declined=True)
    with clock.moved_to(danish_time(date(2026, 11, 30), 8, 31) + GATHERED):
        post._run(PostOffice().deliver)

    assert [mail["Subject"] for mail in catcher.to(COMPANY_MAIL)] == ["Første dag er aftalt", "En samtale er flyttet"]
    assert catcher.to(MENTOR_MAIL)[-1]["Subject"] == "Nyt fra Jobbutikken (2)"


@pytest.mark.parametrize("known_as", [story.MENTOR, UUID(int=34)])
def test_a_mentor_whom_the_register_reaches_elsewhere_has_a_mail_of_their_own(
    post: NotificationsUnderTest, catcher: Catcher, known_as: UUID
) -> None:
    second = replace(story.placement(), placement_id=UUID(int=33), mentor_id=UUID(int=34))
    told = MentorContactTold(
        mentor_id=UUID(int=77), mentor_name="Mia Mentor", mentor_email="mia@ny.example.dk", mentor_phone=None
    )
    post.hear(told, MentorRecognised(known_as=known_as, mentor_id=told.mentor_id), story.placement(), second)
    post.work()

    assert [mail["Subject"] for to in (MENTOR_MAIL, "mia@ny.example.dk") for mail in catcher.to(to)] == [
        "Første dag er aftalt", "Første dag er aftalt",
    ]  # fmt: skip


def test_two_agreements_with_one_mentor_are_one_mail_and_another_company_has_its_own(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    second = replace(
        story.placement(), placement_id=UUID(int=33), mentor_id=UUID(int=34), company_id=UUID(int=35),
        first_day_at=datetime(2026, 12, 2, 7, 30, tzinfo=UTC),
    )  # fmt: skip
    post.hear(story.company(company_id=UUID(int=35), contact_email="b@example.dk"), story.placement(), second)
    post.work()

    assert [len(catcher.to(address)) for address in (MENTOR_MAIL, COMPANY_MAIL, "b@example.dk")] == [1, 1, 1]
    assert len(Calendar.from_ical(parts(catcher.to(MENTOR_MAIL)[0])["text/calendar"]).events) == 2


def test_alarms_of_several_days_are_one_mail_to_a_mailbox(post: NotificationsUnderTest, catcher: Catcher) -> None:
    post.hear(raised(), raised(alarm_id=UUID(int=78), due=date(2026, 11, 10)))
    post.work()

    [mail] = catcher.to(LEADER)
    assert "mandag den 9. november 2026" in parts(mail)["text/plain"]
    assert "tirsdag den 10. november 2026" in parts(mail)["text/plain"]


def test_a_refused_mailbox_leaves_every_message_to_its_next_channel(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    catcher.refused.add(COMPANY_MAIL)
    post.hear(story.placement(), story.plan())
    for _ in range(2):
        post.work(later=CALM)

    company = [(m.template, m.channel, m.state) for m in post.messages() if m.recipient_kind == "company"]
    assert sorted(company) == [
        ("followup_planned", "email", "failed"), ("followup_planned", "sms", "queued"),
        ("placement_agreed", "email", "failed"), ("placement_agreed", "sms", "queued"),
    ]  # fmt: skip


def test_a_citizens_letters_stay_apart(post: NotificationsUnderTest, catcher: Catcher) -> None:
    post.hear(story.visitation(), story.referral())
    post.work()

    assert sorted(mail["Subject"] for mail in catcher.to(MAIL)) == ["Din aftale hos Jobbutikken", "Her begynder du"]
    with post.begin() as session:
        assert PostOffice().deliver(session) is False
