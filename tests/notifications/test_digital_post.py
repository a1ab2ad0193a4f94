"""A34, B12, B13: letters as Digital Post and NemSMS, to a platform that asks for a certificate and may misbehave."""

from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import requests
from sqlalchemy import text

from shared import clock, config
from shared.config import BadSettings
from shared.database import Database
from shared.events import NotificationFailed
from tests.notifications import story
from tests.notifications.platform_stand_in import Platform, said
from tests.notifications.post import Catcher, NotificationsUnderTest
from tests.notifications.story import MONDAY
from tests.paper import inside
from tests.shared.test_config import environ

CPR = "0101901234"
LATER = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.moved_to(MONDAY):
        yield


@pytest.fixture
def platform(tmp_path: Path, post: NotificationsUnderTest) -> Iterator[Platform]:
    away = Platform(tmp_path)
    post.settings = replace(post.settings, digital_post=away.account)
    post.database = Database(post.settings, bind=post.connection)
    yield away
    away.stop()


def test_a34_a_reachable_citizen_gets_digital_post_with_the_appointment_to_put_in_a_calendar(
    post: NotificationsUnderTest, platform: Platform, catcher: Catcher
) -> None:
    post.hear(story.citizen(cpr=CPR), story.visitation())
    post.work()
    [message], [letter] = post.messages(), platform.letters

    assert (message.channel, message.state, message.provider_id) == ("digital_post", "sent", "T-1")
    assert said(letter, "KombiValgKode") == ["Digital Post"]
    assert said(letter, "messageUUID") == [str(message.id)]
    assert (said(letter, "senderID"), said(letter, "recipientID")) == (["12345678"], [CPR])
    assert (said(letter, "actionCode"), said(letter, "legalNotification")) == (["AFTALE"], ["false"])
    assert said(letter, "startDateTime") == ["2026-11-03T09:30:00Z"] * 2
    assert said(letter, "location") == ["Jobbutikken i rådhuset, stuen"]
    assert b"/StructTreeRoot" in inside(b64decode(said(letter, "content")[0]))
    assert catcher.mails == []


def test_b12_the_number_is_encrypted_here_and_stands_in_no_history_and_no_event(
    post: NotificationsUnderTest, platform: Platform
) -> None:
    post.hear(story.citizen(cpr=CPR), story.visitation())
    post.work()

    kept = str(post.connection.execute(text("SELECT * FROM address")).all())
    assert "n1." in kept
    assert CPR not in kept + post.trail() + str(post.envelopes())


def test_b12_without_an_agreement_no_number_is_kept_and_the_next_channel_carries_the_letter(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    post.hear(story.citizen(cpr=CPR), story.visitation())
    post.work()

    assert post.connection.scalar(text("SELECT cpr_secret FROM address")) is None
    assert post.states() == [("citizen", "email", "sent")]


def test_b12_who_is_exempt_gets_no_digital_post(post: NotificationsUnderTest, platform: Platform) -> None:
    post.hear(story.citizen(cpr=CPR, digital_post_exempt=True, email=None), story.visitation())
    post.work()

    assert post.states() == [("citizen", "paper", "to_print")]
    assert platform.letters == []


def test_b13_a_reminder_by_nemsms_says_time_place_and_contact_and_nothing_else(
    post: NotificationsUnderTest, platform: Platform
) -> None:
    authority = replace(post.settings.authority, name="Herlev Jobbutik", phone="44 52 70 00")
    post.settings = replace(post.settings, authority=authority)
    post.database = Database(post.settings, bind=post.connection)
    post.hear(story.citizen(cpr=CPR), story.visitation())
    with clock.moved_to(MONDAY + timedelta(hours=1)):
        post.work()
    texts = [one for one in platform.letters if said(one, "messageType") == ["NEMSMS"]]

    when, place = "tirsdag den 3. november 2026 kl. 10.30", "Jobbutikken i rådhuset, stuen"
    assert said(texts[0], "notification") == [f"{when}. Sted: {place}. Kontakt: Herlev Jobbutik 44 52 70 00"]
    assert (said(texts[0], "content"), said(texts[0], "KombiValgKode")) == ([], ["NemSMS"])


def test_b13_a_refused_letter_goes_on_by_the_next_channel_at_once(
    post: NotificationsUnderTest, platform: Platform, catcher: Catcher
) -> None:
    platform.says = "refused"
    post.hear(story.citizen(cpr=CPR), story.visitation())
    post.work()

    assert post.states() == [("citizen", "digital_post", "failed"), ("citizen", "email", "sent")]
    assert [one.reason_code for one in post.told(NotificationFailed)] == ["post_refused"]


@pytest.mark.parametrize("trouble", ["hangs", "cuts", "rubbish", "twice"])
def test_b13_a_letter_that_may_have_been_taken_is_offered_again_under_its_number_and_arrives_once(
    post: NotificationsUnderTest, platform: Platform, trouble: str
) -> None:
    platform.says = trouble
    post.hear(story.citizen(cpr=CPR), story.visitation())
    post.work()
    [first] = post.messages()
    assert (first.state, first.error_code) == ("queued", "post_outcome_unknown")

    platform.says = "taken"
    with clock.moved_to(MONDAY + LATER):
        post.work()
    assert post.states() == [("citizen", "digital_post", "sent")]
    assert len(platform.letters) == 1


@pytest.mark.parametrize("trouble", ["busy", "gone"])
def test_b13_a_platform_that_is_away_rests_and_the_letter_waits(
    post: NotificationsUnderTest, platform: Platform, trouble: str
) -> None:
    platform.says = trouble
    if trouble == "gone":
        platform.account = replace(platform.account, issue="https://127.0.0.1:9/issue")
        post.settings = replace(post.settings, digital_post=platform.account)
        post.database = Database(post.settings, bind=post.connection)
    post.hear(story.citizen(cpr=CPR), story.visitation(), story.job_referral())
    post.work()

    assert {message.state for message in post.messages()} == {"queued"}
    assert post.connection.scalar(text("SELECT channel FROM line")) == "digital_post"


def test_nobody_without_the_certificate_gets_as_far_as_a_token(platform: Platform) -> None:
    with pytest.raises(requests.exceptions.ConnectionError):
        requests.post(platform.account.issue, json={}, verify=platform.account.trusted, timeout=5)
    assert platform.asked == []


def test_the_agreement_is_read_from_a_file_and_refused_without_tls(platform: Platform, tmp_path: Path) -> None:
    known, account = environ("notifications"), platform.account
    told = (
        f'{{"cvr": "12345678", "label": "Herlev", "issue": "{account.issue}", "token": "{account.token}", '
        f'"send": "{account.send}", "certificate": "{account.certificate}", '
        f'"number_keys": {{"n1": "{"A" * 43}="}}}}'
    )
    file = tmp_path / "post.json"
    file.write_text(told)

    read = config.read(environ=known | {"DIGITAL_POST": str(file)}).digital_post
    assert read is not None
    assert read.number_keys == {"n1": bytes(32)}
    for bad in (told.replace("https:", "http:"), told.replace("12345678", "1"), str(tmp_path / "none"), "[]"):
        with pytest.raises(BadSettings, match="DIGITAL_POST"):
            config.read(environ=known | {"DIGITAL_POST": bad})
