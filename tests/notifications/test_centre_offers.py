"""The letters about a standing place: withdrawn with the answer, sent after all, and taken back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from shared import clock
from shared.events import CentreOfferOver, CentrePlaceOffered
from tests.notifications import story
from tests.notifications.post import Catcher, NotificationsUnderTest, parts
from tests.notifications.story import MAIL, MONDAY

OFFERED = story.centre_offered()
OVER = CentreOfferOver(stay_id=OFFERED.stay_id, citizen_id=OFFERED.citizen_id)
TAKEN_BACK = replace(OVER, taken_back_at=MONDAY)
ANEW = replace(OFFERED, offered_at=MONDAY + timedelta(minutes=5))
OFFER, OFF = "Der er en plads til dig", "Tilbuddet gælder ikke længere"


@pytest.fixture(autouse=True)
def known(post: NotificationsUnderTest) -> Iterator[None]:
    with clock.moved_to(MONDAY):
        post.hear(story.citizen(), story.company())
        yield


def subjects(catcher: Catcher) -> list[str]:
    return [str(mail["Subject"]) for mail in catcher.to(MAIL)]


@pytest.mark.parametrize(("over", "expected"), [(3, []), (1, [OFFER])], ids=["over", "over before"])
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

    assert subjects(catcher) == [OFFER]


def test_an_offer_made_anew_tells_the_new_day(post: NotificationsUnderTest, catcher: Catcher) -> None:
    post.hear(OFFERED, version=2)
    post.hear(OVER, version=3)
    post.hear(replace(OFFERED, answer_by=date(2026, 11, 20)), version=4)
    post.work()

    [letter] = catcher.to(MAIL)
    assert "fredag den 20. november 2026" in parts(letter)["text/plain"]


def told(post: NotificationsUnderTest, *events: CentrePlaceOffered | CentreOfferOver | None) -> None:
    """The events in order; None is where the post leaves."""
    for version, event in enumerate(events, start=2):
        if event is None:
            post.work()
        else:
            post.hear(event, version=version)


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ((OFFERED, None, TAKEN_BACK, None), [OFFER, OFF]),
        ((OFFERED, None, OVER, None), [OFFER]),
        ((OFFERED, TAKEN_BACK, None), []),
        ((OFFERED, None, TAKEN_BACK, None, ANEW, None), [OFFER, OFF, OFFER]),
        ((OFFERED, None, TAKEN_BACK, ANEW, None), [OFFER, OFFER]),
        ((OFFERED, None, TAKEN_BACK, ANEW, TAKEN_BACK, None), [OFFER, OFF]),
        ((OFFERED, None, TAKEN_BACK, ANEW, OVER, None), [OFFER]),
    ],
    ids=["left", "answered", "not left", "anew", "anew before it is told", "and back again", "and answered"],
)
def test_an_offer_that_is_taken_back_after_its_letter_left_is_taken_back_in_writing(
    post: NotificationsUnderTest,
    catcher: Catcher,
    events: tuple[CentrePlaceOffered | CentreOfferOver | None, ...],
    expected: list[str],
) -> None:
    told(post, *events)

    assert subjects(catcher) == expected


def test_it_names_the_place_that_was_offered(post: NotificationsUnderTest, catcher: Catcher) -> None:
    told(post, OFFERED, None, TAKEN_BACK, None)

    _offer, letter = catcher.to(MAIL)
    assert "en plads hos Grønt & Godt ApS. Det tilbud gælder ikke længere" in parts(letter)["text/plain"]


def test_a_replay_takes_nothing_back_in_writing(post: NotificationsUnderTest, catcher: Catcher) -> None:
    told(post, OFFERED, None)
    post.hear(TAKEN_BACK, version=3, replayed=True)
    post.hear(TAKEN_BACK, version=3, replayed=True)
    post.work()

    assert subjects(catcher) == [OFFER]
