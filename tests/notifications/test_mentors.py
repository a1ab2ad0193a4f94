"""Mentors: what waits for whoever signs in as one, and letters that follow the register."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest

from services.notifications.rules import table
from services.notifications.use_cases import choices
from shared import clock
from shared.calendar import danish_time
from shared.events import (
    FollowUpHeld,
    MentorAssigned,
    MentorContactTold,
    MentorLinkTaken,
    MentorRecognised,
)
from tests.browser import words
from tests.notifications import story
from tests.notifications.post import Catcher, NotificationsUnderTest
from tests.notifications.story import CITIZEN, COMPANY, MENTOR, MONDAY, PLACEMENT

INBOX, MIA, OTHER, KNOWN = "/beskeder/indbakke", "mia-signs-in", "somebody-else", UUID(int=77)
FIRST_DAY, NEW_TIME = "Gør den første dag klar.", "Se den nye tid."
HELD = FollowUpHeld(
    contact_id=story.MIDPOINT, placement_id=PLACEMENT, citizen_id=CITIZEN, contact_kind="midpoint", held_at=MONDAY
)


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.moved_to(MONDAY):
        yield


def signs_in(subject: str, mentor_id: UUID, link: int = 1) -> MentorLinkTaken:
    return MentorLinkTaken(invitation_id=UUID(int=link), mentor_id=mentor_id, mentor_subject=subject)


def waiting(post: NotificationsUnderTest, subject: str) -> str:
    return words(post.browser("mentor", subject=subject).get(INBOX))


def test_whoever_took_the_link_finds_their_placement_and_its_moved_talks_until_they_are_held(
    post: NotificationsUnderTest,
) -> None:
    post.hear(story.citizen(), story.company(), story.placement(), story.moved(), signs_in(MIA, MENTOR))

    assert (FIRST_DAY in waiting(post, MIA), NEW_TIME in waiting(post, MIA)) == (True, True)
    assert "Intet venter på dig." in waiting(post, OTHER)
    assert f"/opfoelgning/forloeb/{PLACEMENT}" in post.browser("mentor", subject=MIA).get(INBOX).text

    with clock.moved_to(MONDAY.replace(hour=20)):
        post.hear(HELD, version=2)
    assert "Intet venter på dig." in waiting(post, MIA)


def test_another_mentor_has_what_waits_and_the_former_has_it_no_more(post: NotificationsUnderTest) -> None:
    post.hear(story.citizen(), story.placement(), story.moved(), signs_in(MIA, MENTOR), signs_in(OTHER, KNOWN, link=2))
    with clock.moved_to(MONDAY.replace(hour=20)):
        post.hear(
            MentorAssigned(placement_id=PLACEMENT, citizen_id=CITIZEN, company_id=COMPANY, mentor_id=KNOWN), version=2
        )

    seen = {who: waiting(post, who) for who in (MIA, OTHER)}
    assert {who: text.count(FIRST_DAY) + text.count(NEW_TIME) for who, text in seen.items()} == {
        MIA: 0, OTHER: 2,
    }  # fmt: skip


@pytest.mark.parametrize("is_known", [True, False])
def test_letters_to_an_agreements_mentor_follow_the_register_while_they_are_the_same(
    post: NotificationsUnderTest, catcher: Catcher, *, is_known: bool
) -> None:
    register = MentorContactTold(
        mentor_id=KNOWN, mentor_name="Mia Mentor", mentor_email="mia@ny.example.dk", mentor_phone=None
    )
    post.hear(story.citizen(), story.company(), register, MentorRecognised(known_as=MENTOR, mentor_id=KNOWN))
    if not is_known:
        post.hear(MentorRecognised(known_as=MENTOR, mentor_id=None), version=2)
    post.hear(story.placement())
    post.work()

    [to] = {mail["To"] for mail in catcher.mails if mail["To"].startswith("mia@")}
    assert to == ("mia@ny.example.dk" if is_known else story.MENTOR_MAIL)


def test_a_mentors_no_holds_for_the_register_too_whichever_agreement_its_link_was_of(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    register = MentorContactTold(
        mentor_id=KNOWN, mentor_name="Mia Mentor", mentor_email="mia@ny.example.dk", mentor_phone=None
    )
    post.hear(story.citizen(), story.company(), register, MentorRecognised(known_as=MENTOR, mentor_id=KNOWN))
    post.hear(story.placement())
    with post.begin() as session:
        choices.decline(session, MENTOR, [table.APPOINTMENTS], declined=True)
    post.work()
    with clock.moved_to(danish_time(date(2026, 11, 30), 8, 31)):
        post.work()

    assert [mail["Subject"] for mail in catcher.to("mia@ny.example.dk")] == ["Første dag er aftalt"]
    assert "Husk din aftale" in [mail["Subject"] for mail in catcher.to(story.MAIL)]


@pytest.mark.parametrize("told_first", [True, False], ids=["contact first", "recognised first"])
def test_a_no_from_before_the_register_holds_there_and_after_registering_anew(
    post: NotificationsUnderTest, *, told_first: bool
) -> None:
    again = UUID(int=78)
    post.hear(story.citizen(), story.company(), story.placement())
    with post.begin() as session:
        choices.decline(session, MENTOR, [table.APPOINTMENTS], declined=True)
    for version, mentor_id in enumerate((KNOWN, again), start=1):
        contact = MentorContactTold(
            mentor_id=mentor_id, mentor_name="Mia Mentor", mentor_email="mia@ny.example.dk", mentor_phone=None
        )
        recognised = MentorRecognised(known_as=MENTOR, mentor_id=mentor_id)
        for event in (contact, recognised) if told_first else (recognised, contact):
            post.hear(event, version=version)
        with post.begin() as session:
            address = choices.of(session, MENTOR)
            assert (address.id, choices.declined(address.choices)) == (mentor_id, [table.APPOINTMENTS])


def test_a_yes_that_was_said_in_the_register_stands(post: NotificationsUnderTest) -> None:
    contact = MentorContactTold(
        mentor_id=KNOWN, mentor_name="Mia Mentor", mentor_email="mia@ny.example.dk", mentor_phone=None
    )
    post.hear(story.citizen(), story.company(), story.placement())
    with post.begin() as session:
        choices.decline(session, MENTOR, [table.APPOINTMENTS], declined=True)
    post.hear(contact, MentorRecognised(known_as=MENTOR, mentor_id=KNOWN))
    with post.begin() as session:
        choices.decline(session, MENTOR, [table.APPOINTMENTS], declined=False)
    post.hear(contact, version=2)

    with post.begin() as session:
        assert choices.declined(choices.of(session, MENTOR).choices) == []
