"""From what is heard to mail that arrives: once, with a calendar, to the address of the day."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from icalendar import Calendar

from services.notifications import queries
from services.notifications.use_cases.gateways import Shelf, Suppliers
from shared import clock
from shared.authority import Authority
from shared.calendar import danish_time
from shared.events import NotificationSent
from tests.notifications import story
from tests.notifications.post import CALM, Catcher, NotificationsUnderTest, parts
from tests.notifications.story import COMPANY_MAIL, MAIL, MENTOR_MAIL, MONDAY


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.moved_to(MONDAY):
        yield


def test_a_booked_visitation_reaches_the_citizen_with_a_calendar(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    post.hear(story.citizen(), story.visitation())
    post.work()

    mail = catcher.mails[0]
    assert (mail["Subject"], mail["To"]) == ("Din aftale hos Jobbutikken", MAIL)
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"].datetime.date() == MONDAY.date()
    words = parts(mail)
    assert list(words) == ["text/plain", "text/html", "text/calendar"]
    assert "Hej Nancy\n\n" in words["text/plain"]
    assert "Hvornår: tirsdag den 3. november 2026 kl. 10.30" in words["text/plain"]
    assert "Hvor: Jobbutikken i rådhuset, stuen" in words["text/html"]


def test_mail_and_paper_tell_how_the_municipality_is_reached(post: NotificationsUnderTest, catcher: Catcher) -> None:
    post.settings = replace(post.settings, authority=Authority(name="Eksempelby Kommune", phone="00 00 00 00"))
    post.use(catcher)
    post.hear(story.citizen(), story.visitation())
    post.work()
    signed = "Jobbutikken\nEksempelby Kommune\nTelefon: 00 00 00 00\n"
    with post.begin() as session:
        shown = queries.message_with_words(session, post.messages()[0].id)

    assert parts(catcher.mails[0])["text/plain"].endswith(signed)
    assert shown["text"].endswith(signed)


def test_the_calendar_file_says_the_same_in_danish_time(post: NotificationsUnderTest, catcher: Catcher) -> None:
    post.hear(story.citizen(), story.visitation())
    post.work()

    part = next(part for part in catcher.mails[0].walk() if part.get_content_type() == "text/calendar")
    assert (part.get_filename(), part.get_param("method")) == ("jobbutikken.ics", "PUBLISH")
    calendar = Calendar.from_ical(part.get_content())
    event = calendar.events[0]
    assert calendar["METHOD"] == "PUBLISH"
    assert [zone.tz_name for zone in calendar.timezones] == ["Europe/Copenhagen"]
    assert (event["UID"], event["SEQUENCE"]) == (f"{story.VISITATION}@jobbutik", 1)
    assert event["DTSTART"].params["TZID"] == "Europe/Copenhagen"
    assert event.start == danish_time(event.start.date(), 10, 30)
    assert (event.end - event.start).total_seconds() == 1800


def test_a_draft_that_grows_old_is_warned_of_by_two_letters(post: NotificationsUnderTest, catcher: Catcher) -> None:
    post.hear(story.citizen(), story.company(), story.asked(), story.expiring())
    post.work()
    for version in (2, 3):
        post.hear(replace(story.expiring(), warning=2), version=version)
        post.work()

    told = [mail["Subject"] for mail in catcher.to(MAIL)]
    assert told.count("En aftale er ved at udløbe") == 2


def test_a33_heard_twice_it_is_one_letter(post: NotificationsUnderTest, catcher: Catcher) -> None:
    post.hear(story.citizen(), story.visitation())
    post.work()
    post.hear(story.visitation())
    post.hear(story.visitation(), version=2)
    post.work()

    assert len(catcher.mails) == 1
    assert len(post.messages()) == 1


def test_a_changed_time_sends_the_letter_anew_and_moves_the_calendar(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    post.hear(story.citizen(), story.visitation())
    post.work()
    later = story.visitation().starts_at.replace(hour=12)
    post.hear(story.visitation(starts_at=later, ends_at=later), version=2)
    post.hear(story.visitation(), version=1)
    post.work()

    calendars = [Calendar.from_ical(parts(mail)["text/calendar"]).events[0] for mail in catcher.mails]
    assert [event["SEQUENCE"] for event in calendars] == [1, 2]
    assert calendars[0]["UID"] == calendars[1]["UID"]
    assert "kl. 13.30" in parts(catcher.mails[1])["text/plain"]


def test_a_letter_waits_until_the_address_is_known(post: NotificationsUnderTest, catcher: Catcher) -> None:
    post.hear(story.visitation())
    post.work()
    waiting = post.states()
    post.hear(story.citizen())
    post.work()

    assert waiting == [("citizen", None, "waiting_for_address")]
    assert post.states() == [("citizen", "email", "sent")]
    assert len(catcher.to(MAIL)) == 1


def test_older_channels_after_newer_are_ignored(post: NotificationsUnderTest, catcher: Catcher) -> None:
    post.hear(story.channels(email="new@example.dk"), version=3)
    post.hear(story.channels(email="old@example.dk"), version=2)
    post.hear(story.citizen(), version=1)
    post.hear(story.visitation())
    post.work()

    assert [mail["To"] for mail in catcher.mails] == ["new@example.dk"]


def test_the_address_is_read_when_the_letter_leaves(post: NotificationsUnderTest, catcher: Catcher) -> None:
    catcher.stop()
    post.hear(story.citizen(), story.visitation())
    post.work()
    post.hear(story.channels(email="new@example.dk"), version=2)
    catcher.start()
    with clock.moved_to(MONDAY.replace(hour=11)):
        post.work()

    assert {mail["To"] for mail in catcher.mails} == {"new@example.dk"}


def test_an_agreement_reaches_citizen_company_and_mentor(post: NotificationsUnderTest, catcher: Catcher) -> None:
    post.hear(story.placement(), story.citizen())
    post.work()
    assert not catcher.mails
    post.hear(story.company())
    post.work()

    assert {mail["To"] for mail in catcher.mails} == {MAIL, COMPANY_MAIL, MENTOR_MAIL}
    assert "Du begynder hos Grønt & Godt ApS." in parts(catcher.to(MAIL)[0])["text/plain"]
    assert "Spørg efter: Mia Mentor" in parts(catcher.to(MAIL)[0])["text/plain"]
    assert "Grønt &amp; Godt ApS" in parts(catcher.to(MAIL)[0])["text/html"]
    assert "Timer om ugen: 12,5" in parts(catcher.to(COMPANY_MAIL)[0])["text/plain"]


def test_a19_all_talks_are_in_one_mail_with_one_event_each(post: NotificationsUnderTest, catcher: Catcher) -> None:
    post.hear(story.citizen(), story.company(), story.placement())
    post.work()
    catcher.mails.clear()
    post.hear(story.plan())
    post.work(later=CALM)

    assert len(catcher.mails) == 3
    for address in (MAIL, COMPANY_MAIL, MENTOR_MAIL):
        words = parts(catcher.to(address)[0])
        assert [event.start.isoformat() for event in Calendar.from_ical(words["text/calendar"]).events] == [
            "2027-01-15T10:00:00+01:00",
            "2027-06-28T10:00:00+02:00",
        ]
        you = "I" if address == COMPANY_MAIL else "du"
        assert (
            "- fredag den 15. januar 2027 kl. 10.00, på arbejdspladsen\n"
            f"- mandag den 28. juni 2027 kl. 10.00, i telefonen\n\nHar {you} fået en plan før, gælder denne i stedet."
        ) in words["text/plain"]


def test_another_language_gets_danish_with_english_below(post: NotificationsUnderTest, catcher: Catcher) -> None:
    post.hear(story.citizen(language="ar"), story.visitation())
    post.work()

    text = parts(catcher.mails[0])["text/plain"]
    assert text.index("Hvornår: tirsdag den 3. november") < text.index("When: Tuesday 3 November 2026 at 10:30")
    assert catcher.mails[0]["Subject"] == "Din aftale hos Jobbutikken / Your appointment with the Jobbutik"


def test_a_replay_keeps_the_letter_but_sends_nothing(post: NotificationsUnderTest, catcher: Catcher) -> None:
    post.hear(story.citizen(), story.visitation(), replayed=True)
    post.work()

    assert post.states() == [("citizen", None, "suppressed")]
    assert not catcher.mails
    assert not post.told(NotificationSent)


def test_what_was_sent_is_told_and_kept_without_name_or_address(post: NotificationsUnderTest) -> None:
    post.hear(story.citizen(), story.visitation())
    post.work()

    told = post.told(NotificationSent)
    assert [(sent.template, sent.channel, sent.recipient_kind) for sent in told] == [
        ("visitation_booked", "email", "citizen")
    ]
    assert post.envelopes()[0]["causationid"] == str(post.messages()[0].cause_event)
    for secret in (MAIL, "Berggren", "+4520123456"):
        assert secret not in str(post.envelopes())
        assert secret not in post.trail()


def test_sms_waits_plainly_for_a_gateway_and_goes_when_there_is_one(post: NotificationsUnderTest) -> None:
    post.hear(story.citizen(email=None), story.visitation())
    post.work()
    held = post.call("GET", "/messages").json["items"][0]
    post.work(Suppliers({"shelf": 1}, {"shelf": Shelf()}))

    assert (held["channel"], held["state"], held["held_back"]) == ("sms", "queued", "sms_not_configured")
    assert post.states() == [("citizen", "sms", "sent")]
    assert post.messages()[0].provider_id == f"shelf:shelf-{held['id']}"


@pytest.mark.parametrize("reach", [{"phone": None}, {"digital_post_exempt": True}])
def test_who_cannot_be_reached_digitally_gets_paper_from_the_desk(
    post: NotificationsUnderTest, reach: dict[str, object]
) -> None:
    post.hear(story.citizen(email=None, **reach), story.visitation())
    post.work()
    letter = post.call("GET", "/messages/to-print").json["items"][0]
    done = post.call("POST", f"/messages/{letter['id']}/printed")

    assert letter["recipient_name"] == "Nancy Ann Berggren"
    assert "tirsdag den 3. november 2026 kl. 10.30" in letter["text"]
    assert (done.status_code, done.json["state"], done.json["channel"]) == (200, "sent", "paper")
    assert post.told(NotificationSent)[0].channel == "paper"
    assert not post.call("GET", "/messages/to-print").json["items"]
