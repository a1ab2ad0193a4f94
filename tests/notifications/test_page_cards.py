"""A citizen's messages inside the pages of others: states for staff, words for the citizen."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from shared import clock
from tests.browser import words
from tests.notifications import story
from tests.notifications.post import Catcher, NotificationsUnderTest
from tests.notifications.story import CITIZEN, MAIL, MONDAY


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.moved_to(MONDAY):
        yield


@pytest.fixture
def sent(post: NotificationsUnderTest) -> NotificationsUnderTest:
    """Four messages that went out by e-mail."""
    post.hear(story.citizen(), story.company(), story.visitation(), story.placement())
    post.work()
    return post


def last_look(service: NotificationsUnderTest) -> tuple[Any, ...]:
    last = text("SELECT how, purpose, refused, subjects FROM lookup ORDER BY seq DESC LIMIT 1")
    return tuple(service.connection.execute(last).one())


def test_citizens_card_for_staff_has_states_and_no_words(sent: NotificationsUnderTest) -> None:
    answer = sent.browser("adviser").get(f"/beskeder/kort/borger/{CITIZEN}")

    shown = words(answer)
    assert "<html" not in answer.text
    assert "Første dag i et forløb" in shown
    assert "Tid til visitation" in shown
    assert "10.30" not in shown
    assert CITIZEN in last_look(sent)[3]
    assert "Der er ikke sendt noget til borgeren endnu." in words(
        sent.browser("adviser").get(f"/beskeder/kort/borger/{uuid4()}")
    )


def test_citizen_reads_their_own_letters_and_nobody_else_s(sent: NotificationsUnderTest) -> None:
    own = sent.browser("citizen", subject=str(CITIZEN)).get("/beskeder/kort/mig")
    other = sent.browser("citizen").get("/beskeder/kort/mig")

    assert "tirsdag den 3. november 2026 kl. 10.30" in words(own)
    assert "Vi har ikke skrevet til dig endnu." in words(other)
    assert "Nancy" not in other.text
    assert last_look(sent)[:3] == ("read", "own_access", False)


def test_citizen_reads_a_letter_once_whatever_channels_were_tried(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    catcher.refused.add(MAIL)
    post.hear(story.citizen(phone=None), story.visitation())
    post.work()

    own = post.browser("citizen", subject=str(CITIZEN)).get("/beskeder/kort/mig")
    assert own.text.count("<h3") == 1
    assert "Papir" in own.text
