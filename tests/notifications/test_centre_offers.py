"""The letter about a standing place: withdrawn with the answer, and sent after all where that was a mistake."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from shared import clock
from shared.events import CentreOfferOver
from tests.notifications import story
from tests.notifications.post import Catcher, NotificationsUnderTest, parts
from tests.notifications.story import MAIL, MONDAY

OFFERED = story.centre_offered()
OVER = CentreOfferOver(stay_id=OFFERED.stay_id, citizen_id=OFFERED.citizen_id)


@pytest.fixture(autouse=True)
def known(post: NotificationsUnderTest) -> Iterator[None]:
    with clock.moved_to(MONDAY):
        post.hear(story.citizen(), story.company())
        yield


def subjects(catcher: Catcher) -> list[str]:
    return [str(mail["Subject"]) for mail in catcher.to(MAIL)]


@pytest.mark.parametrize(("over", "expected"), [(3, []), (1, ["Der er en plads til dig"])], ids=["over", "over before"])
def test_no_letter_goes_out_once_the_offer_is_over(
    post: NotificationsUnderTest, catcher: Catcher, over: int, expected: list[str]
) -> None:
    post.hear(OFFERED, version=2)
    post.hear(OVER, version=over)
    post.work()

    assert subjects(catcher) == expected


@pytest.mark.parametrize("left_between", [False, True])
def test_an_answer_that_was_a_mistake_leaves_one_letter(
    post: NotificationsUnderTest, catcher: Catcher, *, left_between: bool
) -> None:
    post.hear(OFFERED, version=2)
    if left_between:
        post.work()
    post.hear(OVER, version=3)
    post.hear(OFFERED, version=4)
    post.work()

    assert subjects(catcher) == ["Der er en plads til dig"]


def test_an_offer_made_anew_tells_the_new_day(post: NotificationsUnderTest, catcher: Catcher) -> None:
    post.hear(OFFERED, version=2)
    post.hear(OVER, version=3)
    post.hear(replace(OFFERED, answer_by=date(2026, 11, 20)), version=4)
    post.work()

    [letter] = catcher.to(MAIL)
    assert "fredag den 20. november 2026" in parts(letter)["text/plain"]
