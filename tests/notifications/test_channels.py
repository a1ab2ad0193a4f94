"""Delivery in the hands of operations: backlog, age and failures, a switch for each channel, and who was affected."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import text

from services.notifications.use_cases.gateways import Shelf, Suppliers
from shared import clock
from tests.browser import words
from tests.notifications import story
from tests.notifications.post import Catcher, NotificationsUnderTest
from tests.notifications.story import MAIL, MONDAY

SHELF = Suppliers({"shelf": 1}, {"shelf": Shelf()})


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.moved_to(MONDAY):
        yield


def channel(post: NotificationsUnderTest, name: str) -> dict[str, object]:
    items = post.call("GET", "/channels", client="ops").json["items"]
    return next(item for item in items if item["channel"] == name)


def test_backlog_age_and_failures_are_told_by_channel(post: NotificationsUnderTest, catcher: Catcher) -> None:
    catcher.refused.add(MAIL)
    post.hear(story.citizen(), story.company(), story.visitation(), story.placement())
    post.work()
    with clock.moved_to(MONDAY + timedelta(minutes=10)):
        mail, sms = channel(post, "email"), channel(post, "sms")
        shown = words(post.browser("ops").get("/beskeder/kanaler"))

    assert (mail["due"], mail["sent"], mail["failed"], mail["failed_percent"]) == (0, 2, 2, 50)
    assert (sms["due"], sms["sent"], sms["failed"]) == (2, 0, 0)
    assert str(sms["oldest"]).startswith("2026-11-02T")
    assert "E-mail I gang 0 – 0 2 2 (50 %)" in shown
    assert "Sms Ikke sat op 2 2. november 2026 kl. 10.05 0 0 0 (0 %)" in shown


def test_a_channel_on_pause_sends_nothing_and_loses_nothing_while_the_other_goes_on(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    ops = post.browser("ops")
    assert ops.submit("/beskeder/kanaler/pause", {"channel": "email"}).status_code == 303
    post.hear(story.citizen(), story.visitation())
    post.hear(story.citizen(citizen_id=story.COMPANY, email=None))
    post.hear(story.visitation(visitation_id=story.MIDPOINT, citizen_id=story.COMPANY))
    post.work(SHELF)

    assert post.states() == [("citizen", "email", "queued"), ("citizen", "sms", "sent")]
    assert "Driften har sat kanalen på pause." in words(post.browser("front_desk").get("/beskeder"))
    ops.submit("/beskeder/kanaler/fortsaet", {"channel": "email"})
    post.work()
    assert [mail["To"] for mail in catcher.mails] == [MAIL]


def test_the_switch_is_on_record_refuses_twice_and_is_for_operations(post: NotificationsUnderTest) -> None:
    assert post.call("POST", "/channels/pause", {"channel": "sms"}, client="ops").status_code == 200
    again = post.call("POST", "/channels/pause", {"channel": "sms"}, client="ops")
    assert again.json["code"] == "paused_already"
    assert post.call("POST", "/channels/resume", {"channel": "sms"}, client="ops").json["items"][3]["paused_at"] is None
    assert post.call("POST", "/channels/resume", {"channel": "sms"}, client="ops").json["code"] == "not_paused"
    assert post.call("POST", "/channels/pause", {"channel": "paper"}, client="ops").status_code == 422
    assert post.call("POST", "/channels/pause", {"channel": "sms"}).status_code == 403
    trail = post.connection.scalars(text("SELECT verb FROM audit WHERE table_name = 'channel_pause' ORDER BY seq"))
    assert len(trail.all()) == 2


def test_after_an_outage_it_is_seen_who_was_affected_and_how_it_ended(
    post: NotificationsUnderTest, catcher: Catcher
) -> None:
    post.hear(story.citizen(), story.education())
    post.work()
    catcher.stop()
    with clock.moved_to(MONDAY + timedelta(minutes=55)):
        post.hear(story.visitation(), story.referral())
        post.work()
    catcher.start()
    with clock.moved_to(MONDAY + timedelta(hours=3)):
        post.work()
    asked = "/beskeder/ramte?fra=2026-11-02T11:00&til=2026-11-02T12:00"
    ops, desk = words(post.browser("ops").get(asked)), post.browser("front_desk").get(asked)

    assert "Sendt for sent 2 Ikke sendt 0 Venter stadig 0" in ops
    assert "Tid til visitation" in ops
    assert "uddannelse" not in ops
    assert "Nancy" not in desk.text
    assert f"/beskeder/{post.messages()[1].id}" in desk.text


def test_the_list_of_the_affected_asks_for_both_times_in_order(post: NotificationsUnderTest) -> None:
    ops = post.browser("ops")

    assert "Vælg, hvornår nedbruddet begyndte og sluttede." in words(ops.get("/beskeder/ramte"))
    quiet = ops.get("/beskeder/ramte?fra=2026-11-01T10:00&til=2026-11-01T11:00")
    assert "Ingen beskeder blev holdt op i det tidsrum." in words(quiet)
    for wrong in ("?fra=2026-11-02T10:00", "?fra=2026-11-02T10:00&til=2026-11-02T09:00", "?fra=x&til=y"):
        assert ops.get(f"/beskeder/ramte{wrong}").status_code == 422
