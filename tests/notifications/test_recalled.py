"""A job to apply for that is withdrawn: its letter stays here, or another takes back what it said."""

from collections.abc import Iterator

import pytest

from services.notifications.use_cases import messages
from shared import clock
from shared.events import VisitationNotMissed
from shared.events.codes import EASY_DANISH
from tests.house import ServiceUnderTest
from tests.notifications import story
from tests.notifications.test_receipts import printed


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.moved_to(story.MONDAY):
        yield


def states(notifications: ServiceUnderTest) -> list[tuple[str, str, str | None]]:
    found = notifications.call("GET", "/messages").json["items"]
    return sorted((one["template"], one["state"], one["error_code"]) for one in found)


def test_a_letter_that_has_not_gone_out_never_does(notifications: ServiceUnderTest) -> None:
    notifications.hear(story.citizen(email=None, phone=None), story.job_referral())
    with notifications.begin() as session:
        messages.find_addresses(session)

    notifications.hear(story.job_followed_up("withdrawn"), version=2)

    assert states(notifications) == [("job_referred", "suppressed", "recalled")]
    assert notifications.call("GET", "/messages/to-print").json["items"] == []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("da", "Det var en fejl, og du skal ikke søge det:\n\nJob: Kok, Café Prøve"),
        (EASY_DANISH, "Du skal ikke søge jobbet.\nDu skal ikke svare os."),
        ("en", "That was a mistake, and you need not apply for it:\n\nJob: Kok, Café Prøve"),
    ],
)
def test_one_that_has_gone_out_is_taken_back_in_writing(
    notifications: ServiceUnderTest, language: str, said: str
) -> None:
    printed(notifications)
    notifications.hear(story.citizen(email=None, phone=None, language=language), version=2)

    notifications.hear(story.job_followed_up("withdrawn"), version=2)

    with notifications.begin() as session:
        messages.find_addresses(session)
    (letter,) = notifications.call("GET", "/messages/to-print").json["items"]
    assert (letter["template"], said in letter["text"]) == ("job_withdrawn", True)


def test_one_withdrawn_after_its_day_is_still_taken_back(notifications: ServiceUnderTest) -> None:
    printed(notifications)

    with clock.moved_to(story.MONDAY.replace(day=20)):
        notifications.hear(story.job_followed_up("withdrawn"), version=3)
        with notifications.begin() as session:
            messages.suppress_past(session)
            messages.find_addresses(session)

    assert states(notifications) == [("job_referred", "sent", None), ("job_withdrawn", "to_print", None)]


def test_any_other_result_is_no_business_of_letters(notifications: ServiceUnderTest) -> None:
    printed(notifications)

    notifications.hear(story.job_followed_up("applied"), version=2)

    assert states(notifications) == [("job_referred", "sent", None)]


def test_the_question_why_does_not_go_out_for_a_job_that_was_a_mistake(notifications: ServiceUnderTest) -> None:
    printed(notifications)
    notifications.hear(story.reason_question())
    notifications.hear(story.job_followed_up("withdrawn", reason_request_id=story.PLACEMENT), version=3)

    assert ("reason_asked", "suppressed", "recalled") in states(notifications)


def test_a_missed_talk_is_written_about_in_kind_words(notifications: ServiceUnderTest) -> None:
    notifications.hear(story.citizen(email=None, phone=None), story.missed())
    with notifications.begin() as session:
        messages.find_addresses(session)

    (letter,) = notifications.call("GET", "/messages/to-print").json["items"]
    assert "Vi havde en aftale med dig mandag den 2. november 2026 kl. 9.30, men vi så dig ikke." in letter["text"]
    assert "Har du talt med os siden" in letter["text"]


def test_whoever_came_after_all_gets_no_letter(notifications: ServiceUnderTest) -> None:
    notifications.hear(story.citizen(email=None, phone=None), story.missed())
    came = VisitationNotMissed(no_show_id=story.NO_SHOW, citizen_id=story.CITIZEN)
    notifications.hear(came, version=2)

    assert states(notifications) == [("visitation_missed", "suppressed", "recalled")]
