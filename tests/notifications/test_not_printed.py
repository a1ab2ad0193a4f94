"""A letter that was said to be printed and was not: back on the list, unless somebody was there since."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from shared import clock
from shared.events import NotificationReopened
from tests.browser import offered, words
from tests.notifications import story
from tests.notifications.post import NotificationsUnderTest
from tests.notifications.story import MONDAY


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.moved_to(MONDAY):
        yield


@pytest.fixture
def paper(post: NotificationsUnderTest) -> NotificationsUnderTest:
    """Two letters to somebody who can be reached on paper only."""
    post.hear(story.citizen(email=None, phone=None), story.visitation(), story.referral())
    post.work()
    return post


def printed(paper: NotificationsUnderTest) -> tuple[str, dict[str, Any]]:
    """Both letters are said to be printed; the undo that is offered then."""
    desk = paper.browser("front_desk")
    desk.submit("/beskeder/print", {"ids": [str(one.id) for one in paper.messages()]})
    return offered(desk.get("/beskeder/print").text)


def test_letters_not_printed_after_all_stand_on_the_list_again(paper: NotificationsUnderTest) -> None:
    action, fields = printed(paper)
    desk = paper.browser("front_desk")
    desk.submit(action, fields)

    assert "2 breve skal stadig printes." in words(desk.get("/beskeder/print"))
    assert paper.states() == [("citizen", "paper", "to_print")] * 2
    assert [told.channel for told in paper.told(NotificationReopened)] == ["paper", "paper"]


def test_one_letter_is_taken_back_from_its_own_message(paper: NotificationsUnderTest) -> None:
    desk = paper.browser("front_desk")
    answer = desk.submit(f"/beskeder/{paper.messages()[0].id}/printet")
    desk.submit(*offered(desk.get(answer.location).text))

    assert paper.states() == [("citizen", "paper", "to_print")] * 2


def test_a_letter_printed_anew_meanwhile_keeps_all_of_them(paper: NotificationsUnderTest) -> None:
    action, fields = printed(paper)
    other = paper.browser("adviser")
    other.submit(action, fields)
    other.submit(f"/beskeder/{paper.messages()[0].id}/printet")
    refused = paper.browser("front_desk").submit(action, fields)

    assert refused.status_code == 409
    assert "Nogen har ændret det imens, så det kan ikke fortrydes." in words(refused)
    assert sorted(paper.states()) == [("citizen", "paper", "sent"), ("citizen", "paper", "to_print")]


@pytest.mark.parametrize(("later", "why"), [(timedelta(days=1), "kun fortrydes samme dag"), (timedelta(), "")])
def test_it_is_taken_back_the_same_day_only(paper: NotificationsUnderTest, later: timedelta, why: str) -> None:
    action, fields = printed(paper)
    with clock.moved_to(MONDAY + later):
        answer = paper.browser("front_desk").submit(action, fields)

    assert answer.status_code == (409 if why else 303)
    assert why in words(answer)


def test_a_letter_that_went_by_mail_was_not_printed(post: NotificationsUnderTest) -> None:
    post.hear(story.citizen(), story.visitation())
    post.work()
    (message,) = post.messages()
    fields = {"ids": [str(message.id)], "versions": [str(message.version)]}
    refused = post.browser("front_desk").submit("/beskeder/print/fortryd", fields)

    assert (refused.status_code, "Brevet er ikke printet." in words(refused)) == (409, True)


def test_a_form_with_a_letter_too_many_is_refused(paper: NotificationsUnderTest) -> None:
    action, fields = printed(paper)

    assert paper.browser("front_desk").submit(action, fields | {"versions": fields["versions"][:1]}).status_code == 422
