"""The pages of messages: how far they got, what holds them back, what is to print, and a citizen's own."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event, text

from services.notifications.pages import words as spoken
from services.notifications.queries import HELD_BACK
from services.notifications.rules.channels import CHANNELS
from services.notifications.rules.drafts import KINDS
from services.notifications.rules.subjects import SUBJECTS
from services.notifications.use_cases.messages import STATES
from shared import clock
from shared.events import NotificationSent
from tests.browser import Browser, words
from tests.notifications import story
from tests.notifications.post import Catcher, NotificationsUnderTest
from tests.notifications.story import CITIZEN, MAIL, MONDAY

PRIVATE = (MAIL, "Nancy", "Berggren", "Grønt", "Mia", str(CITIZEN), "3. november")
STAFF = ("front_desk", "company_consultant", "job_consultant", "adviser")
OUTSIDERS = ("leader", "mentor", "company_employee", "citizen", "partner", "data_protection_officer")


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


@pytest.fixture
def paper(post: NotificationsUnderTest) -> NotificationsUnderTest:
    """Two letters to somebody who can be reached on paper only."""
    post.hear(story.citizen(email=None, phone=None), story.visitation(), story.referral())
    post.work()
    return post


def ids(service: NotificationsUnderTest) -> list[UUID]:
    return [message.id for message in service.messages()]


def given_up(service: NotificationsUnderTest) -> UUID:
    service.connection.execute(
        text("UPDATE message SET state = 'failed', error_code = 'address_refused', sent_at = NULL")
    )
    return ids(service)[0]


def last_look(service: NotificationsUnderTest) -> tuple[Any, ...]:
    last = text("SELECT how, purpose, refused, subjects FROM lookup ORDER BY seq DESC LIMIT 1")
    return tuple(service.connection.execute(last).one())


def test_list_says_how_far_each_message_got(sent: NotificationsUnderTest) -> None:
    shown = words(sent.browser("front_desk").get("/beskeder"))

    assert "På vej 0 Skal printes 0 Opgivet 0 Sendt i dag 4" in shown
    assert "Tid til visitation 2. november 2026 kl. 10.05 Borger 2. november 2026 kl. 10.05 E-mail Sendt" in shown


def test_ops_sees_neither_person_nor_words_nor_the_way_to_them(sent: NotificationsUnderTest) -> None:
    ops = sent.browser("ops")
    answer = ops.get("/beskeder")

    assert answer.status_code == 200
    assert [private for private in PRIVATE if private in answer.text] == []
    assert f"/beskeder/{ids(sent)[0]}" not in answer.text
    for path in (f"/beskeder/{ids(sent)[0]}", "/beskeder/print"):
        assert ops.get(path).status_code == 403
        assert last_look(sent)[2] is True


def test_list_is_filtered_and_goes_on(sent: NotificationsUnderTest) -> None:
    for number in range(100, 151):
        sent.hear(story.visitation(visitation_id=UUID(int=number), citizen_id=UUID(int=number)))
    desk = sent.browser("front_desk")
    first = desk.get("/beskeder?til=citizen&tilstand=waiting_for_address")
    following = re.search(r'href="(/beskeder\?[^"]*efter=[^"]+)"', first.text)

    assert following
    assert first.text.count("<tr>") == 51
    second = desk.get(following[1].replace("&amp;", "&"))
    assert second.text.count("<tr>") == 2
    assert "efter=" not in second.text
    assert "Ingen beskeder passer til det valgte." in words(desk.get("/beskeder?tilstand=failed"))
    assert desk.get("/beskeder?tilstand=tabt").status_code == 422


def test_list_that_is_empty_says_where_messages_come_from(post: NotificationsUnderTest) -> None:
    assert "De kommer af sig selv, når en tid eller et forløb er aftalt." in words(post.browser("ops").get("/beskeder"))
    assert "Der er ingen breve at printe." in words(post.browser("adviser").get("/beskeder/print"))


def test_what_holds_a_message_back_is_said_in_words(post: NotificationsUnderTest, catcher: Catcher) -> None:
    catcher.stop()
    post.hear(story.citizen(), story.visitation())
    post.work()

    desk = post.browser("front_desk")
    assert "Mailserveren svarer ikke. Der prøves igen af sig selv." in words(desk.get("/beskeder"))
    desk.get("/sprog?sprog=en&til=/beskeder")
    assert "The mail server does not answer." in words(desk.get("/beskeder"))


@pytest.mark.parametrize("role", STAFF)
def test_staff_open_a_message_with_its_words_and_it_is_on_record(sent: NotificationsUnderTest, role: str) -> None:
    shown = words(sent.browser(role).get(f"/beskeder/{ids(sent)[0]}"))

    assert "Til Nancy Ann Berggren" in shown
    assert "tirsdag den 3. november 2026 kl. 10.30" in shown
    assert last_look(sent) == ("read", "letters", False, [CITIZEN])


def test_message_whose_recipient_is_not_known_yet_says_so(post: NotificationsUnderTest) -> None:
    post.hear(story.visitation())

    shown = words(post.browser("adviser").get(f"/beskeder/{ids(post)[0]}"))
    assert "Beskeden venter på et navn eller en adresse." in shown
    assert "Venter på adresse" in shown


def test_message_that_was_given_up_is_tried_again(sent: NotificationsUnderTest) -> None:
    message = given_up(sent)
    desk = sent.browser("front_desk")
    assert "Modtagerens server afviste adressen." in words(desk.get("/beskeder?tilstand=failed"))

    answer = desk.submit(f"/beskeder/{message}/igen")
    assert (answer.status_code, answer.location) == (303, f"/beskeder/{message}")
    assert "Beskeden er på vej igen." in words(desk.get(f"/beskeder/{message}"))


def test_ops_tries_again_and_never_lands_on_the_words(sent: NotificationsUnderTest) -> None:
    message = given_up(sent)
    ops = sent.browser("ops")

    assert ops.submit(f"/beskeder/{message}/igen").location == "/beskeder"
    again = ops.submit(f"/beskeder/{message}/igen")
    assert again.status_code == 409
    assert "Beskeden er ikke opgivet." in words(again)
    assert [private for private in PRIVATE if private in again.text] == []


def test_message_that_was_not_given_up_is_not_tried_again(sent: NotificationsUnderTest) -> None:
    answer = sent.browser("front_desk").submit(f"/beskeder/{ids(sent)[0]}/igen")

    assert answer.status_code == 409
    assert "Beskeden er ikke opgivet." in words(answer)
    assert "Til Nancy Ann Berggren" in words(answer)


def test_letters_are_laid_out_one_a_sheet(paper: NotificationsUnderTest) -> None:
    answer = paper.browser("front_desk").get("/beskeder/print")

    assert answer.text.count('class="panel sheet"') == 2
    assert "Hvornår: onsdag den 4. november" in words(answer)


def test_all_letters_are_printed_at_once(paper: NotificationsUnderTest) -> None:
    desk = paper.browser("front_desk")
    answer = desk.submit("/beskeder/print", {"ids": [str(one) for one in ids(paper)]})

    assert (answer.status_code, answer.location) == (303, "/beskeder/print")
    assert "2 breve er printet. Fortryd Breve til print" in words(desk.get("/beskeder/print")).split("indhold", 1)[1]
    assert [told.channel for told in paper.told(NotificationSent)] == ["paper", "paper"]


def test_letter_that_a_colleague_printed_meanwhile_stops_all_of_them(paper: NotificationsUnderTest) -> None:
    first, second = ids(paper)
    paper.browser("adviser").submit(f"/beskeder/{first}/printet")

    answer = paper.browser("front_desk").submit("/beskeder/print", {"ids": [str(second), str(first)]})

    assert answer.status_code == 409
    assert "Beskeden skal ikke printes." in words(answer)
    assert paper.states() == [("citizen", "paper", "sent"), ("citizen", "paper", "to_print")]
    assert paper.browser("front_desk").submit("/beskeder/print").status_code == 422


def test_letter_that_cannot_be_written_is_named_and_not_said_to_be_printed(paper: NotificationsUnderTest) -> None:
    paper.connection.execute(text("UPDATE message SET data = '{}' WHERE template = 'visitation_booked'"))

    answer = paper.browser("front_desk").get("/beskeder/print")
    assert "Et brev til Nancy Ann Berggren kan ikke skrives." in words(answer)
    assert answer.text.count('class="panel sheet"') == 1


def test_text_message_without_a_provider_is_printed_by_the_desk(post: NotificationsUnderTest) -> None:
    post.hear(story.citizen(email=None), story.visitation())
    post.work()
    desk = post.browser("front_desk")

    assert "Der er ingen sms-udbyder. Print den, eller ring." in words(desk.get("/beskeder"))
    assert "Brevet er printet" in words(desk.get(f"/beskeder/{ids(post)[0]}"))
    desk.submit(f"/beskeder/{ids(post)[0]}/printet")
    assert post.states() == [("citizen", "paper", "sent")]


PAGES = (
    "GET /beskeder", "GET /beskeder/{message}", "GET /beskeder/print", "POST /beskeder/{message}/igen",
    "POST /beskeder/print", "POST /beskeder/{message}/printet", f"GET /beskeder/kort/borger/{CITIZEN}",
)  # fmt: skip


@pytest.mark.parametrize("role", OUTSIDERS)
def test_others_are_refused_everywhere_and_it_is_on_record(sent: NotificationsUnderTest, role: str) -> None:
    told = {"organisation": "90000009"} if role == "company_employee" else {}
    outsider: Browser = sent.browser(role, **told)

    for page in PAGES:
        method, path = page.format(message=ids(sent)[0]).split(" ")
        answer = outsider.get(path) if method == "GET" else outsider.submit(path)
        assert answer.status_code == 403, page
        assert last_look(sent)[2] is True


def test_what_is_not_there_is_not_found(sent: NotificationsUnderTest) -> None:
    desk = sent.browser("front_desk")

    assert desk.get(f"/beskeder/{uuid4()}").status_code == 404
    assert desk.submit(f"/beskeder/{uuid4()}/printet").status_code == 404


def statements(service: NotificationsUnderTest) -> list[str]:
    """The statements sent from now on, but for the savepoints that only tests have."""
    noted: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if "SAVEPOINT" not in statement:
            noted.append(statement)

    event.listen(service.connection, "before_cursor_execute", note)
    return noted


@pytest.mark.parametrize(
    ("path", "number"),
    [("/beskeder", 7), ("/beskeder/{message}", 14), ("/beskeder/print", 7), (f"/beskeder/kort/borger/{CITIZEN}", 7)],
)
def test_pages_ask_few_questions(sent: NotificationsUnderTest, path: str, number: int) -> None:
    desk, address = sent.browser("front_desk"), path.format(message=ids(sent)[0])
    noted = statements(sent)
    desk.get(address)

    assert len(noted) == number, noted


def test_every_code_has_words_in_both_languages() -> None:
    codes = {
        "template": SUBJECTS, "kind": KINDS, "channel": CHANNELS, "state": STATES, "held_back": HELD_BACK,
    }  # fmt: skip

    assert [(what, code) for what, known in codes.items() for code in known if code not in spoken.TABLE[what]] == []
    assert [said for table in spoken.TABLE.values() for said in table.values() if not all(said)] == []
