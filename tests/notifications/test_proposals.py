"""Letters about a proposal: asked with a last day, and told that it is over; nobody is named, and no why is given."""

from collections.abc import Iterator
from datetime import date

import pytest

from shared import clock
from tests.notifications import story
from tests.notifications.post import Catcher, NotificationsUnderTest, parts


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.moved_to(story.MONDAY):
        yield


def subjects(catcher: Catcher, address: str) -> list[str]:
    return [mail["Subject"] for mail in catcher.to(address)]


def told(post: NotificationsUnderTest) -> None:
    post.hear(story.citizen(), story.company())
    post.hear(story.match_proposed())
    post.hear(story.match_consented(), version=2)
    post.work()


def test_citizen_and_company_are_asked_until_when(post: NotificationsUnderTest, catcher: Catcher) -> None:
    told(post)

    assert subjects(catcher, story.MAIL) == ["Må vi foreslå dig til et job?"]
    assert subjects(catcher, story.COMPANY_MAIL) == ["Et forslag til jeres behov"]
    letters = [parts(catcher.to(one)[0])["text/plain"] for one in (story.MAIL, story.COMPANY_MAIL)]
    assert ["Svar senest mandag den 16. november 2026." in one for one in letters] == [True, True]
    assert ["Nancy" in one for one in letters] == [True, False]


def test_both_hear_that_an_unanswered_proposal_is_over(post: NotificationsUnderTest, catcher: Catcher) -> None:
    told(post)
    post.hear(story.match_declined("clock"), version=3)
    post.work()

    assert subjects(catcher, story.MAIL)[1:] == ["Forslaget er lukket"]
    assert subjects(catcher, story.COMPANY_MAIL)[1:] == ["Forslaget er lukket"]


@pytest.mark.parametrize(("decliner", "letters"), [("citizen", (1, 2)), ("company", (2, 1)), ("desk", (1, 1))])
def test_who_ended_it_is_not_told_of_it(
    post: NotificationsUnderTest, catcher: Catcher, decliner: str, letters: tuple[int, int]
) -> None:
    told(post)
    post.hear(story.match_declined(decliner), version=3)
    post.work()

    assert (len(subjects(catcher, story.MAIL)), len(subjects(catcher, story.COMPANY_MAIL))) == letters


def test_a_question_that_was_taken_back_before_it_went_out_is_never_asked(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    post.hear(story.citizen())
    post.hear(story.match_proposed())
    post.hear(story.match_declined("proposer"), version=2)
    post.work()

    assert subjects(catcher, story.MAIL) == []


def test_nobody_is_asked_without_a_last_day(post: NotificationsUnderTest, catcher: Catcher) -> None:
    post.hear(story.citizen(), story.company())
    post.hear(story.match_proposed(answer_due=None))
    post.hear(story.match_consented(answer_due=None), version=2)
    post.work()

    assert (subjects(catcher, story.MAIL), subjects(catcher, story.COMPANY_MAIL)) == ([], [])


def test_a_consultant_is_told_how_many_in_one_mail_and_only_that_day(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    for _ in range(2):
        post.hear(story.search_alerted())
        post.work()
    post.hear(story.search_alerted(alert_id=story.MATCH, on_day=date(2026, 11, 1)))
    post.work()

    (mail,) = catcher.to(story.SEEKER)
    assert "Der er 2 nye behov" in parts(mail)["text/plain"]


def test_what_was_still_to_say_that_it_is_over_is_not_said_once_it_goes_on(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    told(post)
    post.hear(story.match_declined("company"), version=3)
    post.hear(story.match_reopened(), version=4)
    post.work()

    assert subjects(catcher, story.MAIL) == ["Må vi foreslå dig til et job?"]
