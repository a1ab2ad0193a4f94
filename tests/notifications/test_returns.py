"""Mails that come back: bounces by their DSN, answers to letters, machines' answers, and the mailbox they come to."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from services.notifications.use_cases import returns
from services.notifications.use_cases.mailbox import MailboxAway
from shared import clock
from shared.database import Database
from shared.events import CaseTaken, CitizenUnitChanged
from tests.browser import offered, words
from tests.notifications import story
from tests.notifications.imap_stand_in import ImapStandIn
from tests.notifications.post import Catcher, NotificationsUnderTest
from tests.notifications.returned_mails import SECRET, WITH_FILE, answer, dsn
from tests.notifications.story import CITIZEN, COMPANY_MAIL, MAIL, MONDAY, PLACEMENT

ADDRESS = "retur@eksempelby.example"


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.moved_to(MONDAY):
        yield


@pytest.fixture
def box() -> Iterator[ImapStandIn]:
    made = ImapStandIn()
    yield made
    made.stop()


@pytest.fixture
def told(post: NotificationsUnderTest, box: ImapStandIn) -> NotificationsUnderTest:
    """A letter to a citizen of the Jobbutik that went out, with the mailbox set up."""
    post.settings = replace(post.settings, return_address=ADDRESS, return_mailbox=box.url)
    post.database = Database(post.settings, bind=post.connection)
    post.hear(story.citizen(), story.company(), CitizenUnitChanged(citizen_id=CITIZEN, unit_code="jobbutikken"))
    post.hear(story.visitation())
    post.work()
    return post


def own_address(catcher: Catcher, to: str = MAIL) -> str:
    return str(catcher.to(to)[-1]["Reply-To"])


def read(service: NotificationsUnderTest) -> None:
    with service.begin() as session:
        returns.read_mailbox(session)


def rounds(service: NotificationsUnderTest) -> list[tuple[str | None, str, str | None]]:
    return [(one.channel, one.state, one.error_code) for one in service.messages()]


def test_a_letter_leaves_with_an_address_of_its_own_to_come_back_to(
    told: NotificationsUnderTest, catcher: Catcher
) -> None:
    to = own_address(catcher)

    assert to.startswith("retur+")
    assert to.endswith("@eksempelby.example")
    assert len(to.partition("@")[0]) <= 64
    assert catcher.senders[-1] == to
    assert str(CITIZEN.hex) not in to


def test_a_permanent_bounce_marks_the_address_and_starts_the_next_channel(
    told: NotificationsUnderTest, catcher: Catcher, box: ImapStandIn
) -> None:
    box.put(dsn(own_address(catcher)))
    box.put(dsn(own_address(catcher)))
    read(told)
    assert rounds(told) == [("email", "failed", "bounced"), ("sms", "queued", None)]
    assert len(box.mails) == 2
    read(told)
    assert box.mails == {}
    assert len(rounds(told)) == 2

    told.hear(story.visitation(visitation_id=story.REFERRAL))
    told.work()
    assert [one.channel for one in told.messages()][-1] == "sms"


def test_who_works_with_the_citizen_sees_the_mark_and_takes_it_away(
    told: NotificationsUnderTest, catcher: Catcher, box: ImapStandIn
) -> None:
    box.put(dsn(own_address(catcher)))
    read(told)
    first = told.messages()[0].id
    staff = told.browser("adviser", organisation="jobbutikken")
    page = words(staff.get(f"/beskeder/{first}"))
    assert "E-mailadressen virker ikke" in page
    assert "5.1.1" in page

    done = staff.submit(f"/beskeder/{first}/adressen-virker")
    shown = staff.get(done.location).text
    assert "E-mailadressen virker ikke" not in words_of(shown)
    staff.submit(*offered(shown))
    assert "E-mailadressen virker ikke" in words(staff.get(f"/beskeder/{first}"))
    again = f"/messages/{first}/address-works"
    assert told.call("POST", again).status_code == 200
    assert told.call("POST", again).json["code"] == "address_not_marked"
    assert told.call("POST", f"{again}/undo").status_code == 200
    told.hear(story.channels(email="ny@example.dk"), version=2)
    assert "E-mailadressen virker ikke" not in words(staff.get(f"/beskeder/{first}"))


def words_of(page: str) -> str:
    return re.sub(r"<[^>]+>", " ", page)


@pytest.mark.parametrize("said", [("delayed", "4.4.1", "sent"), ("failed", "4.2.2", "failed")])
def test_a_temporary_failure_is_kept_and_marks_nobody(
    told: NotificationsUnderTest, catcher: Catcher, box: ImapStandIn, said: tuple[str, str, str]
) -> None:
    action, status, state = said
    box.put(dsn(own_address(catcher), action, status))
    read(told)

    assert rounds(told)[0][1] == state
    assert told.connection.scalar(text("SELECT email_failed FROM address WHERE kind = 'citizen'")) is None
    assert told.connection.scalar(text("SELECT status FROM bounce")) == status


def test_a_forged_tag_bounces_nothing(told: NotificationsUnderTest, catcher: Catcher, box: ImapStandIn) -> None:
    name, _, domain = own_address(catcher).partition("@")
    box.put(dsn(f"{name[:-2]}{'a' if name[-2] != 'a' else 'b'}{name[-1]}@{domain}"))
    read(told)

    assert rounds(told) == [("email", "sent", None)]


def test_an_answer_waits_sealed_for_the_citizens_unit(
    told: NotificationsUnderTest, catcher: Catcher, box: ImapStandIn, caplog: pytest.LogCaptureFixture
) -> None:
    box.put(answer(own_address(catcher)))
    read(told)
    read(told)
    (item,) = told.call("GET", "/inbox", client="adviser").json["items"]
    staff = told.browser("adviser", organisation="jobbutikken")
    page = words(staff.get(item["path"]))

    assert SECRET in page
    assert "Hej Nancy" not in page
    assert "anden adresse" not in page
    assert told.call("GET", f"/replies/{item['cause_id']}").json["text"] == SECRET
    assert told.browser("adviser", organisation="ungeenheden").get(item["path"]).status_code == 403
    kept = "SELECT (SELECT json_agg(r) FROM reply r), (SELECT json_agg(a) FROM audit a), json_agg(o) FROM outbox o"
    assert "blodprop" not in str(told.connection.execute(text(kept)).one()) + caplog.text
    assert "1 ulæste" not in words(staff.get("/beskeder/kort/indbakke"))


def test_an_answer_about_a_placement_waits_for_whoever_has_the_case(
    told: NotificationsUnderTest, catcher: Catcher, box: ImapStandIn
) -> None:
    told.hear(story.placement(), CaseTaken(placement_id=PLACEMENT, citizen_id=CITIZEN, owner="viggo"))
    told.work()
    box.put(answer(own_address(catcher, COMPANY_MAIL), sender="anden@firma.example.dk"))
    read(told)
    mine = told.browser("company_consultant", organisation="virksomhedsservice", subject="viggo")
    listed = told.browser("company_consultant", organisation="jobbutikken")

    assert "Læs svaret" in words(mine.get("/beskeder/indbakke"))
    assert "Læs svaret" not in words(listed.get("/beskeder/indbakke"))
    told.hear(CaseTaken(placement_id=PLACEMENT, citizen_id=CITIZEN, owner="rune"), version=2)
    assert "Læs svaret" not in words(mine.get("/beskeder/indbakke"))


def test_files_are_refused_politely_and_once(told: NotificationsUnderTest, catcher: Catcher, box: ImapStandIn) -> None:
    box.put(WITH_FILE.format(sender=MAIL, to=own_address(catcher)).replace("\n", "\r\n").encode())
    read(told)
    read(told)
    told.work()

    assert [mail["Subject"] for mail in catcher.to(MAIL)][1:] == ["Vi kunne ikke tage imod din fil"]
    assert len(told.call("GET", "/inbox", client="adviser").json["items"]) == 1


@pytest.mark.parametrize("more", ["Auto-Submitted: auto-replied\n", "Precedence: bulk\n", "X-Autoreply: yes\n"])
def test_a_machines_answer_is_never_answered_and_bothers_nobody(
    told: NotificationsUnderTest, catcher: Catcher, box: ImapStandIn, more: str
) -> None:
    box.put(answer(own_address(catcher), more=more))
    read(told)
    told.work()

    assert len(catcher.mails) == 1
    assert told.call("GET", "/inbox", client="adviser").json["items"] == []


def test_an_answer_to_nobody_knows_what_waits_at_the_desk_alone(told: NotificationsUnderTest, box: ImapStandIn) -> None:
    box.put(answer("retur@eksempelby.example"))
    read(told)
    (item,) = told.call("GET", "/inbox").json["items"]

    assert item["kind"] == "reply_unknown"
    assert SECRET in words(told.browser("front_desk").get(item["path"]))
    assert told.browser("adviser").get(item["path"]).status_code == 404
    assert told.call("GET", "/inbox", client="adviser").json["items"] == []


@pytest.mark.parametrize("says", ["refuses", "hangs"])
def test_a_mailbox_that_does_not_answer_fails_in_time_and_loses_nothing(
    told: NotificationsUnderTest, catcher: Catcher, box: ImapStandIn, monkeypatch: pytest.MonkeyPatch, says: str
) -> None:
    monkeypatch.setattr("services.notifications.use_cases.mailbox.SECONDS", 0.3)
    box.put(dsn(own_address(catcher)))
    box.says = says
    with pytest.raises(MailboxAway):
        read(told)
    box.says = "ok"
    read(told)

    assert rounds(told)[0] == ("email", "failed", "bounced")


def test_without_its_settings_it_says_so_and_letters_go_as_before(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    post.hear(story.citizen(), story.visitation())
    post.work()
    read(post)

    assert catcher.to(MAIL)[0]["Reply-To"] is None
    assert "ikke sat op" in words(post.browser("ops").get("/beskeder/returpost"))
    state: dict[str, Any] = post.call("GET", "/return-post", client="ops").json
    assert (state["configured"], state["counts"]) == (False, [])


def test_operations_see_what_came_by_kind(told: NotificationsUnderTest, catcher: Catcher, box: ImapStandIn) -> None:
    box.put(dsn(own_address(catcher)))
    box.put(b"\xff\xfe rubbish")
    read(told)
    page = words(told.browser("ops").get("/beskeder/returpost"))

    assert "Adressen findes ikke 1" in page
    assert ADDRESS in page
    assert {one["kind"] for one in told.call("GET", "/return-post", client="ops").json["counts"]} == {
        "permanent", "unknown"
    }  # fmt: skip


def test_a_mail_that_cannot_be_dealt_with_stops_no_other_and_is_put_aside_after_three_tries(
    told: NotificationsUnderTest, catcher: Catcher, box: ImapStandIn
) -> None:
    broken = Database(replace(told.settings, seal_public_keys={}), bind=told.connection)
    box.put(answer(own_address(catcher)))
    box.put(dsn(own_address(catcher)))
    for number in range(6):
        with clock.moved_to(MONDAY + timedelta(minutes=12 * number)), broken.begin(actor="worker") as session:
            returns.read_mailbox(session)
    ops = told.browser("ops")

    assert rounds(told)[0] == ("email", "failed", "bounced")
    assert told.call("GET", "/return-post", client="ops").json["put_aside"] == 1
    assert "E-mails, der ikke kunne behandles: 1" in words(ops.get("/beskeder/returpost"))
    assert list(box.mails) == [1]
    ops.submit("/beskeder/returpost/igen")
    with clock.moved_to(MONDAY + timedelta(hours=2)):
        read(told)
    assert len(told.call("GET", "/inbox", client="adviser").json["items"]) == 1
    assert told.call("POST", "/return-post/again", client="ops").json == {"number": 0}
