"""B12: who is exempt from Digital Post gets a letter: as PDF for a window envelope, by a day that the post can keep."""

import re
from base64 import b64decode
from collections.abc import Iterator
from datetime import date

import pytest

from services.notifications.rules import samples, table
from services.notifications.rules.paper import on_paper
from services.notifications.rules.postal import counts_from, last_posting_day
from services.notifications.use_cases import POLICY
from shared import clock
from tests.browser import words
from tests.notifications import story
from tests.notifications.post import Catcher, NotificationsUnderTest
from tests.notifications.story import MONDAY
from tests.paper import inside

ADDRESS = "Nancy Ann Berggren\nPrøvegade 7\n0000 Prøveby"


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.moved_to(MONDAY):
        yield


def letter(post: NotificationsUnderTest) -> str:
    post.hear(story.citizen(email=None, digital_post_exempt=True), story.visitation())
    post.work()
    return str(next(one.id for one in post.messages() if one.channel == "paper"))


def test_b12_the_letter_is_an_accessible_pdf_and_the_address_is_kept_nowhere(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    message = letter(post)
    answer = post.call("POST", f"/messages/{message}/pdf", {"to": ADDRESS})
    made = inside(b64decode(answer.json["content"]))
    page = post.browser("front_desk").submit(f"/beskeder/{message}/pdf", {"to": ADDRESS})

    assert answer.json["filename"] == f"brev-{message}.pdf"
    assert all(word in made for word in (b"pdfuaid", b"/StructTreeRoot", b"/Lang (da)"))
    assert (page.status_code, page.content_type) == (200, "application/pdf")
    assert page.data.startswith(b"%PDF")
    assert "Prøvegade" not in post.trail() + str([vars(one) for one in post.messages()])


def test_the_desk_sees_the_last_day_to_post_it_and_that_it_is_too_late(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    message = letter(post)
    shown = words(post.browser("front_desk").get(f"/beskeder/{message}/pdf"))

    assert "Skal i posten senest tirsdag 27. oktober 2026" in shown or "Skal i posten senest 27. oktober 2026" in shown
    assert "Brevet når ikke frem i tide med posten" in shown
    assert "Brevet når ikke frem" in words(post.browser("front_desk").get("/beskeder/print"))


@pytest.mark.parametrize(("handed_in", "there"), [
    (date(2026, 11, 2), date(2026, 11, 9)), (date(2026, 11, 6), date(2026, 11, 13)),
    (date(2026, 12, 21), date(2026, 12, 29)), (date(2026, 3, 30), date(2026, 4, 9)),
])  # fmt: skip
def test_b12_a_letter_counts_five_weekdays_later_and_holidays_are_none(handed_in: date, there: date) -> None:
    days = POLICY.row("paper.days", handed_in).value
    assert counts_from(handed_in, days) == there
    assert counts_from(last_posting_day(there, days), days) <= there


def test_a_letter_that_was_posted_says_from_when_it_counts(post: NotificationsUnderTest, catcher: Catcher) -> None:
    message = letter(post)
    post.call("POST", f"/messages/{message}/printed")
    assert "Regnes for fremme 9. november 2026" in words(post.browser("front_desk").get(f"/beskeder/{message}"))


def test_the_window_takes_six_lines_and_no_more_and_an_endless_one_is_refused(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    message = letter(post)
    assert post.call("POST", f"/messages/{message}/pdf", {"to": "x" * 401}).status_code == 422
    assert post.call("POST", f"/messages/{message}/pdf", {"to": "a\n" * 30}).status_code == 200
    assert post.browser("citizen", subject=str(story.CITIZEN)).get(f"/beskeder/{message}/pdf").status_code == 403


def test_no_sentence_on_paper_runs_into_the_next() -> None:
    letters = [samples.letter(rule, one, MONDAY) for rule in table.RULES for one in samples.LANGUAGES]
    sheets = [on_paper(letter, samples.OURS, MONDAY.date()) for letter in letters]

    assert [found for sheet in sheets for found in re.findall(r"[a-zæøå]\.[A-ZÆØÅ][a-zæøå]* ", sheet)] == []
