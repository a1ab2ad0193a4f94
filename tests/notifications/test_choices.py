"""What people choose: their channel, and no reminders; staff see why a message went as it did."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest

from services.notifications.rules import table
from services.notifications.rules.versions import version_of
from services.notifications.use_cases import choices
from services.notifications.use_cases.gateways import Shelf, Suppliers
from shared import clock, links
from shared.calendar import danish_time
from tests.browser import words
from tests.notifications import story
from tests.notifications.post import Catcher, NotificationsUnderTest, parts
from tests.notifications.story import CITIZEN, MAIL, MONDAY

SHELF = Suppliers({"shelf": 1}, {"shelf": Shelf()})
TALK = datetime(2026, 11, 4, 9, 30, tzinfo=UTC)
NONE = dict.fromkeys(table.TOPICS, "")
OWN = NONE | {"letters": "sms"}


@pytest.fixture(autouse=True)
def known(post: NotificationsUnderTest) -> Iterator[None]:
    with clock.moved_to(MONDAY):
        post.hear(story.citizen())
        yield


def remind(post: NotificationsUnderTest) -> None:
    with clock.moved_to(danish_time(date(2026, 11, 3), 10, 31)):
        post.work()


def test_somebodys_own_channel_comes_first_and_the_others_after_it(post: NotificationsUnderTest) -> None:
    own = post.browser("citizen", subject=str(CITIZEN))
    assert "Det skal du have Tider og frister" in words(own.get("/beskeder/valg"))
    own.submit("/beskeder/valg", OWN)
    post.hear(story.visitation())
    post.work(SHELF)
    post.hear(story.channels(phone=None), version=2)
    post.hear(story.referral())
    post.work(SHELF)

    assert [(m.template, m.channel, m.chosen_code) for m in post.messages()] == [
        ("visitation_booked", "sms", "own_choice"), ("start_referred", "email", "next"),
    ]  # fmt: skip


def test_choice_is_kept_over_news_of_the_address_and_can_be_undone(post: NotificationsUnderTest) -> None:
    own = post.browser("citizen", subject=str(CITIZEN))
    own.submit("/beskeder/valg", OWN)
    post.hear(story.channels(email="new@example.dk"), version=5)
    shown = own.get("/beskeder/valg").text
    assert re.search(r'<option value="sms" selected', shown)

    own.submit("/beskeder/valg", NONE)
    assert not re.search(r'<option value="sms" selected', own.get("/beskeder/valg").text)
    assert {own.submit("/beskeder/valg", NONE | {"letters": no}).status_code for no in ("pigeon", "no")} == {422}


def test_no_reminders_means_none_and_letters_all_the_same(post: NotificationsUnderTest, catcher: Catcher) -> None:
    post.browser("citizen", subject=str(CITIZEN)).submit("/beskeder/valg", NONE | {"appointments": "no"})
    post.hear(story.visitation(starts_at=TALK))
    post.work()
    remind(post)

    assert [mail["Subject"] for mail in catcher.to(MAIL)] == ["Din aftale hos Jobbutikken"]
    assert [(m.template, m.error_code) for m in post.messages() if m.state == "suppressed"] == [
        ("reminder_day", "declined")
    ]


def test_a_no_that_is_said_while_a_letter_waits_for_the_morning_holds(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    with clock.moved_to(danish_time(date(2026, 11, 2), 22)):
        post.hear(story.match_proposed(), story.visitation(starts_at=TALK))
        post.work()
        assert {one.state for one in post.messages()} == {"queued"}
        with post.begin() as session:
            choices.decline(session, CITIZEN, [table.JOBS], declined=True)
    with clock.moved_to(danish_time(date(2026, 11, 3), 8)):
        post.work()

    assert [mail["Subject"] for mail in catcher.mails] == ["Din aftale hos Jobbutikken"]
    assert sorted((one.template, one.state, one.error_code) for one in post.messages()) == [
        ("match_proposed", "suppressed", "declined"), ("visitation_booked", "sent", None),
    ]  # fmt: skip


def test_the_link_in_a_reminder_says_no_without_sign_in_and_takes_it_back(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    post.hear(story.visitation(starts_at=TALK))
    post.work()
    remind(post)
    mail = catcher.mails[-1]
    link = re.search(r"https?://\S+(/beskeder/nej-tak\?kode=\S+&emne=appointments)", parts(mail)["text/plain"])
    assert link
    one_click = links.one_click(link[0])
    assert (mail["List-Unsubscribe"], mail["List-Unsubscribe-Post"]) == (f"<{one_click}>", "List-Unsubscribe=One-Click")
    assert "nej-tak" not in parts(catcher.mails[0])["text/plain"]

    visitor, fields = post.browser(), dict(parse_qsl(urlsplit(link[1]).query))
    assert "Nej tak til påmindelser om aftaler?" in words(visitor.get(link[1]))
    assert visitor.submit("/beskeder/nej-tak", fields).status_code == 303
    assert "Noteret: nej tak til påmindelser om aftaler" in words(visitor.get(link[1]))
    visitor.submit("/beskeder/nej-tak", fields | {"emne": "surveys"})
    with post.begin() as session:
        assert choices.declined(choices.of(session, CITIZEN).choices) == ["appointments", "surveys"]
    visitor.submit("/beskeder/nej-tak/fortryd", fields)
    assert "Nej tak til påmindelser om aftaler?" in words(visitor.get(link[1]))
    assert visitor.submit("/beskeder/nej-tak", fields | {"emne": "letters"}).status_code == 422


def test_a_company_is_not_spoken_to_as_a_person_when_it_says_no(post: NotificationsUnderTest) -> None:
    post.hear(story.company())
    code = links.code(post.settings, links.NO_REMINDERS, story.COMPANY, TALK)
    where, fields = f"/beskeder/nej-tak?kode={code}&emne=", {"kode": code, "emne": "appointments"}
    visitor = post.browser()
    seen = [visitor.get(where)]
    for path in ("/beskeder/nej-tak", "/beskeder/nej-tak/fortryd"):
        visitor.submit(path, fields)
        seen.append(visitor.get(where))

    said = [one.text[one.text.index("<main") : one.text.index("</main>")] for one in seen]
    assert "Noteret: nej tak til påmindelser om aftaler" in said[1]
    assert [one for one in said if re.search(r"\b(du|dig|din|dit|dine)\b", one, re.IGNORECASE)] == []


def test_a_link_for_something_else_or_too_old_says_so(post: NotificationsUnderTest) -> None:
    other = links.code(post.settings, links.APPOINTMENT, CITIZEN, MONDAY + timedelta(days=1))
    old = links.code(post.settings, links.NO_REMINDERS, CITIZEN, MONDAY)
    visitor = post.browser()

    for code in (other, old, "x"):
        assert visitor.get(f"/beskeder/nej-tak?kode={code}").status_code == 410
        assert visitor.submit("/beskeder/nej-tak", {"kode": code}).status_code == 410


def test_what_people_must_know_cannot_be_declined() -> None:
    assert {rule.name for rule in table.RULES if rule.optional} == {
        "reminder_day.citizen", "reminder_day.company", "reminder_day.mentor", "reminder_soon.citizen",
        "reminder_due.citizen", "unopened.citizen", "match_proposed.citizen", "match_closed.citizen",
        "pulse_asked.citizen", "pulse_asked.company", "pulse_asked.mentor", "reminder_meeting.citizen",
        "reminder_meeting.company",
    }  # fmt: skip
    assert table.may_decline("company") == ["appointments", "surveys"]


def test_each_kind_is_declined_by_itself_and_staff_see_which(post: NotificationsUnderTest, catcher: Catcher) -> None:
    post.browser("citizen", subject=str(CITIZEN)).submit("/beskeder/valg", NONE | {"jobs": "no"})
    post.hear(story.match_proposed(), story.visitation(starts_at=TALK))
    post.work()
    remind(post)
    [withheld] = [one for one in post.messages() if one.template == "match_proposed"]

    assert [mail["Subject"] for mail in catcher.to(MAIL)] == ["Din aftale hos Jobbutikken", "Husk din aftale"]
    assert withheld.error_code == "declined"
    shown = words(post.browser("front_desk").get(f"/beskeder/{withheld.id}"))
    assert "Slags Forslag om job, kan fravælges" in shown
    assert "Modtageren har sagt nej tak til den slags." in shown


def test_staff_see_the_whole_way_of_a_message(post: NotificationsUnderTest, catcher: Catcher) -> None:
    catcher.refused.add(MAIL)
    post.hear(story.visitation())
    post.work()
    post.work(SHELF)
    failed, sent = post.messages()
    desk = post.browser("front_desk")
    shown = words(desk.get(f"/beskeder/{sent.id}"))

    for told in (
        "Hændelse VisitationBooked", f"Hændelsens nummer {sent.cause_event}", "Regel visitation_booked.citizen",
        "Slags Tider og frister, kan ikke fravælges",
        f"Skabelon {version_of('visitation_booked', 'citizen')}", "Derfor den kanal Den forrige kanal lykkedes ikke",
        "E-mail : Opgivet. Modtagerens server afviste adressen.", "Sms: Sendt",
    ):  # fmt: skip
        assert told in shown
    assert f"/beskeder/{failed.id}" in desk.get(f"/beskeder/{sent.id}").text


def test_one_click_in_a_mail_program_declines_once_or_many_times_and_looking_declines_nothing(
    post: NotificationsUnderTest,
) -> None:
    code, client = links.code(post.settings, links.NO_REMINDERS, CITIZEN, TALK), post.app.test_client()
    where = f"{links.ONE_CLICK_PATH}?kode={code}"
    own = post.browser("citizen", subject=str(CITIZEN))

    assert client.get(where).location.endswith(f"/beskeder/nej-tak?kode={code}&emne=")
    assert "Nej tak til påmindelser om aftaler?" in words(post.browser().get(f"/beskeder/nej-tak?kode={code}"))
    told = [client.post(where, data={"List-Unsubscribe": "One-Click"}).status_code for _ in range(2)]
    assert told == [204, 204]
    assert own.get("/beskeder/valg").text.count('value="no" selected') == 2
    client.post(f"{where}&emne=surveys")
    assert own.get("/beskeder/valg").text.count('value="no" selected') == 3
    assert client.post(f"{links.ONE_CLICK_PATH}?kode=x").status_code == 401


def test_a_citizen_reads_and_writes_the_same_choices_as_json(post: NotificationsUnderTest) -> None:
    session = post.browser("citizen", subject=str(CITIZEN))
    assert session.submit("/beskeder/valg", OWN | {"surveys": "no"}).status_code == 303
    token = post.token_for("citizen", subject=str(CITIZEN))
    kept = post.call("GET", "/own-choices", client=None, token=token).json
    assert kept == OWN | {"surveys": "no"}

    wanted = NONE | {"appointments": "email"}
    assert post.call("POST", "/own-choices", wanted, client=None, token=token).json == wanted
    assert post.call("GET", "/own-choices", client=None, token=token).json == wanted
    assert post.call("POST", "/own-choices", {"letters": "no"}, client=None, token=token).status_code == 422
