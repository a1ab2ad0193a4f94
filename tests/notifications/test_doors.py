"""Who may see what of the messages."""

from collections.abc import Iterator

import pytest

from shared import clock
from tests.notifications import story
from tests.notifications.post import NotificationsUnderTest
from tests.notifications.story import MONDAY


@pytest.fixture(autouse=True)
def sent(post: NotificationsUnderTest) -> Iterator[None]:
    with clock.moved_to(MONDAY):
        post.hear(story.citizen(), story.company(), story.visitation(), story.placement())
        post.work()
        yield


def test_the_list_has_neither_addresses_nor_words(post: NotificationsUnderTest) -> None:
    answer = post.call("GET", "/messages", client="ops")

    assert len(answer.json["items"]) == 4
    for secret in (story.MAIL, "Nancy", "Berggren", str(story.CITIZEN), "november"):
        assert secret not in answer.text


def test_the_list_is_filtered_and_paged(post: NotificationsUnderTest) -> None:
    first = post.call("GET", "/messages?recipient_kind=citizen&state=sent&limit=1").json
    second = post.call("GET", f"/messages?recipient_kind=citizen&state=sent&limit=1&cursor={first['next']}").json

    assert {first["items"][0]["template"], second["items"][0]["template"]} == {"visitation_booked", "placement_agreed"}
    assert second["next"] is None
    assert post.call("GET", "/messages?state=failed").json["items"] == []


def test_staff_read_the_words_and_ops_do_not(post: NotificationsUnderTest) -> None:
    path = f"/messages/{post.messages()[0].id}"

    assert "tirsdag den 3. november 2026 kl. 10.30" in post.call("GET", path).json["text"]
    assert post.call("GET", path, client="ops").status_code == 403
    assert post.call("GET", "/messages/to-print", client="ops").status_code == 403


@pytest.mark.parametrize("client", ["company-a", "mentor", "citizen"])
def test_outsiders_see_no_messages(post: NotificationsUnderTest, client: str) -> None:
    assert post.call("GET", "/messages", client=client).status_code == 403


def test_what_is_not_there_is_not_found(post: NotificationsUnderTest) -> None:
    assert post.call("GET", f"/messages/{story.CITIZEN}").status_code == 404
    assert post.call("POST", f"/messages/{story.CITIZEN}/retry").status_code == 404


def test_a_sent_mail_is_not_to_print(post: NotificationsUnderTest) -> None:
    answer = post.call("POST", f"/messages/{post.messages()[0].id}/printed")

    assert (answer.status_code, answer.json["code"]) == (409, "not_to_print")


@pytest.mark.parametrize("path", ["/messages", "/messages/to-print"])
@pytest.mark.parametrize("query", ["limit=0", "limit=-365", "limit=201", "cursor=x"])
def test_a_page_that_cannot_be_is_refused(post: NotificationsUnderTest, path: str, query: str) -> None:
    assert post.call("GET", f"{path}?{query}").status_code == 422
