"""A34, B13: what the national event distributor tells of letters, read from a real queue at least once, kept once."""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pika
import pytest
from sqlalchemy.orm import Session

from services.notifications.models import PostStatus
from services.notifications.rules import post_status
from services.notifications.rules.post_status import NotForUs
from services.notifications.use_cases import post_statuses
from shared import clock
from shared.database import Database
from shared.events import NotificationDelivered, NotificationFailed
from tests.browser import words
from tests.conftest import World
from tests.notifications import story
from tests.notifications.platform_stand_in import Platform, said
from tests.notifications.post import Catcher, NotificationsUnderTest
from tests.notifications.story import MONDAY

CPR = "0101901234"
AVAILABLE, FAILED = post_status.AVAILABLE, post_status.FAILED
AT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


def told(letter: UUID, code: str, failure: str = "", number: UUID | None = None) -> bytes:
    """A status in its envelope, as the distributor sends it."""
    trouble = f"<FejlDetaljer><FejlKode>{failure}</FejlKode><FejlTekst>x</FejlTekst></FejlDetaljer>" if failure else ""
    inner = (
        f'<PKO_PostStatus xmlns="{post_status.STATUS}"><TransmissionId>T-1</TransmissionId><MessageUUID>{letter}'
        "</MessageUUID><KanalKode>Digital Post</KanalKode>"
        "<TransaktionsDatoTid>2026-11-02T10:30:00</TransaktionsDatoTid>"
        f"<TransaktionsStatusKode>{code}</TransaktionsStatusKode><CorrelationId>c</CorrelationId>"
        f"{trouble}</PKO_PostStatus>"
    )
    return (
        f'<ns2:Haendelsesbesked xmlns:ns2="{post_status.ENVELOPE}" xmlns="{post_status.SAGDOK}"><ns2:BeskedId>'
        f"<UUIDIdentifikator>{number or uuid4()}</UUIDIdentifikator></ns2:BeskedId>"
        "<ns2:BeskedVersion>1.0</ns2:BeskedVersion>"
        f"<ns2:Beskeddata><ns2:Base64>{b64encode(inner.encode()).decode()}</ns2:Base64></ns2:Beskeddata>"
        f"</ns2:Haendelsesbesked>"
    ).encode()


class Distributor:
    """Our own queue at a broker that plays theirs."""

    def __init__(self, url: str) -> None:
        self.url, self.queue = url, str(uuid4())
        self.line = pika.BlockingConnection(pika.URLParameters(url))
        self.channel: Any = self.line.channel()
        self.channel.queue_declare(self.queue)

    def tells(self, *bodies: bytes) -> None:
        """These wait for us."""
        for body in bodies:
            self.channel.basic_publish("", self.queue, body)

    @property
    def waiting(self) -> int:
        """How many we have not acknowledged, nobody holding any."""
        return int(self.channel.queue_declare(self.queue, passive=True).method.message_count)

    def close(self) -> None:
        """The queue goes too."""
        self.channel.queue_delete(self.queue)
        self.line.close()


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.moved_to(MONDAY):
        yield


@pytest.fixture
def distributor(world: World) -> Iterator[Distributor]:
    made = Distributor(world.amqp_url)
    yield made
    made.close()


@pytest.fixture
def platform(tmp_path: Path, post: NotificationsUnderTest, distributor: Distributor) -> Iterator[Platform]:
    away = Platform(tmp_path)
    account = replace(away.account, events=distributor.url, queue=distributor.queue)
    post.settings = replace(post.settings, digital_post=account)
    post.database = Database(post.settings, bind=post.connection)
    yield away
    away.stop()


def sent(post: NotificationsUnderTest) -> UUID:
    post.hear(story.citizen(cpr=CPR), story.visitation())
    post.work()
    return next(one.id for one in post.messages() if one.channel == "digital_post")


def hear(post: NotificationsUnderTest) -> None:
    with post.database.begin(actor="worker:notifications") as session:
        post_statuses.hear(session)


def hear_and_fail(session: Session) -> None:
    post_statuses.hear(session)
    raise KeyError


def kept(post: NotificationsUnderTest) -> list[tuple[str, str | None]]:
    with post.begin() as session:
        return [(one.state_code, one.failure_code) for one in session.query(PostStatus).order_by(PostStatus.at)]


def test_a34_it_counts_from_when_it_was_available_by_their_clock(
    post: NotificationsUnderTest, platform: Platform, distributor: Distributor
) -> None:
    letter = sent(post)
    distributor.tells(told(letter, post_status.TAKEN), told(letter, AVAILABLE))
    with clock.moved_to(MONDAY + timedelta(days=2)):
        hear(post)

    [delivered] = post.told(NotificationDelivered)
    assert (delivered.message_id, delivered.how_code, delivered.at) == (letter, "digital_post", AT)
    assert distributor.waiting == 0


def test_a34_staff_read_that_it_came_by_digital_post_and_when_it_was_available(
    post: NotificationsUnderTest, platform: Platform, distributor: Distributor
) -> None:
    letter = sent(post)
    distributor.tells(told(letter, AVAILABLE))
    with clock.moved_to(MONDAY + timedelta(days=2)):
        hear(post)
        shown = words(post.browser("adviser").get(f"/beskeder/{letter}"))

    assert "Kanal Digital Post" in shown
    assert "Leveret Kvittering fra Digital Post, 2. november 2026 kl. 10.30" in shown


def test_b13_a_status_told_three_times_and_by_another_number_counts_once(
    post: NotificationsUnderTest, platform: Platform, distributor: Distributor
) -> None:
    letter, number = sent(post), uuid4()
    distributor.tells(*[told(letter, AVAILABLE, number=number)] * 3, told(letter, AVAILABLE))
    hear(post)

    assert kept(post) == [(AVAILABLE, None)] * 2
    assert len(post.told(NotificationDelivered)) == 1


def test_b13_what_is_rolled_back_stays_in_their_queue(
    post: NotificationsUnderTest, platform: Platform, distributor: Distributor
) -> None:
    letter = sent(post)
    distributor.tells(told(letter, AVAILABLE))
    with pytest.raises(KeyError), post.database.begin(actor="worker:notifications") as session:
        hear_and_fail(session)
    assert distributor.waiting == 1

    hear(post)
    assert (distributor.waiting, len(post.told(NotificationDelivered))) == (0, 1)


def test_b13_fejlet_keeps_its_code_and_the_next_channel_takes_over(
    post: NotificationsUnderTest, platform: Platform, distributor: Distributor, catcher: Catcher
) -> None:
    distributor.tells(told(sent(post), FAILED, failure="dokument.ulaeseligt"))
    hear(post)
    post.work()

    assert kept(post) == [(FAILED, "dokument.ulaeseligt")]
    assert post.states() == [("citizen", "digital_post", "failed"), ("citizen", "email", "sent")]
    assert [one.reason_code for one in post.told(NotificationFailed)] == ["post_failed"]


def test_b13_a_letter_tried_again_is_a_new_one_in_the_same_story(
    post: NotificationsUnderTest, platform: Platform, catcher: Catcher
) -> None:
    catcher.refused.add(story.MAIL)
    letter = sent(post)
    with post.database.begin(actor="worker:notifications") as session:
        post_statuses.apply(session, post_status.read(told(letter, FAILED, failure="x")))
    with post.begin() as session:
        # Whoever takes over is looked for when the letter goes; here nobody has yet.
        for later in session.query(type(post.messages()[0])).filter_by(round=1):
            session.delete(later)
    answer = post.call("POST", f"/messages/{letter}/retry")
    post.work()
    first, second = platform.letters

    assert answer.status_code == 200
    assert said(first, "messageUUID") != said(second, "messageUUID")
    assert said(first, "messageID") == said(second, "messageID")


def test_b13_a_letter_whose_taking_was_unknown_is_sent_when_they_say_so(
    post: NotificationsUnderTest, platform: Platform, distributor: Distributor
) -> None:
    platform.says = "cuts"
    distributor.tells(told(sent(post), AVAILABLE))
    hear(post)

    assert post.states() == [("citizen", "digital_post", "sent")]


@pytest.mark.parametrize("body", [
    b"", b"<a/>", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", told(UUID(int=1), "").replace(b"UUIDId", b"X"),
    b"<a>" + b"x" * 300_000 + b"</a>",
])  # fmt: skip
def test_b13_rubbish_is_put_aside_and_the_next_is_read(
    post: NotificationsUnderTest, platform: Platform, distributor: Distributor, body: bytes
) -> None:
    with pytest.raises(NotForUs):
        post_status.read(body)
    distributor.tells(body, told(uuid4(), AVAILABLE), told(sent(post), AVAILABLE))
    hear(post)

    assert (kept(post), distributor.waiting) == ([(AVAILABLE, None)], 0)


def test_a_distributor_that_is_away_stops_nothing(
    post: NotificationsUnderTest, platform: Platform, distributor: Distributor
) -> None:
    account = replace(platform.account, events="amqp://a:b@127.0.0.1:9/x", queue="q")
    post.settings = replace(post.settings, digital_post=account)
    post.database = Database(post.settings, bind=post.connection)
    with post.database.begin(actor="worker:notifications") as session:
        assert post_statuses.hear(session) is False
