"""SMS leave by a supplier's own shape, by another when one is away, and receipts count only when they are theirs."""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from services.notifications.use_cases import gateways
from services.notifications.use_cases.gateways import Suppliers
from shared import clock, config
from shared.config import BadSettings
from shared.database import Database
from shared.events import NotificationDelivered, NotificationFailed
from shared.suppliers import CPSMS, GATEWAYAPI, LINK, SMS_SUPPLIERS
from tests.notifications import story
from tests.notifications.post import NotificationsUnderTest
from tests.notifications.sms_stand_in import PATHS, StandIn
from tests.shared.test_config import environ

BASIC = "Basic " + b64encode(b"kommune:s3cret").decode()
OURS = "http://127.0.0.1:8080"


@pytest.fixture
def away() -> Iterator[dict[str, StandIn]]:
    made = {name: StandIn(name) for name in SMS_SUPPLIERS}
    yield made
    for one in made.values():
        one.stop()


def asked_of(away: dict[str, StandIn], **weights: int) -> Suppliers:
    adapters = gateways._ADAPTERS
    return Suppliers(weights, {name: adapters[name](away[name].account, OURS) for name in weights})


def text_to(post: NotificationsUnderTest, found: Suppliers) -> Any:
    """Nancy's appointment by SMS; the message as it stands then."""
    if not post.messages():
        post.hear(story.citizen(email=None), story.visitation())
    with clock.moved_to(story.MONDAY):
        post.work(found)
    return post.messages()[0]


@pytest.mark.parametrize("name", SMS_SUPPLIERS)
def test_each_supplier_is_asked_in_its_own_shape(
    post: NotificationsUnderTest, away: dict[str, StandIn], name: str
) -> None:
    message = text_to(post, asked_of(away, **{name: 1}))
    [asked] = away[name].asked
    words = {GATEWAYAPI: "message", CPSMS: "message", LINK: "userData"}[name]

    assert message.state == "sent"
    assert asked["path"] == PATHS[name]
    assert "3. november 2026 kl. 10.30" in asked[words]
    rest = {key: value for key, value in asked.items() if key not in ("path", words)}
    assert rest == {
        GATEWAYAPI: {
            "authorization": "Token s3cret", "sender": "Jobbutik", "recipients": [{"msisdn": 4520123456}],
            "userref": str(message.id), "callback_url": f"{OURS}/api/notifications/v1/sms-receipts/gatewayapi",
        },
        CPSMS: {
            "authorization": BASIC, "to": "4520123456", "from": "Jobbutik", "reference": message.id.hex,
            "dlr_url": f"{OURS}/api/notifications/v1/sms-receipts/cpsms?reference={message.id.hex}"
                       f"&proof={gateways.proof_of(away[CPSMS].account, message.id)}",
        },
        LINK: {
            "authorization": BASIC, "source": "Jobbutik", "sourceTON": "ALPHANUMERIC", "destination": "+4520123456",
            "platformId": "COOL", "platformPartnerId": "30978", "useDeliveryReport": True,
            "deliveryReportGates": ["BVldZyQt"], "refId": str(message.id),
        },
    }[name]  # fmt: skip


@pytest.mark.parametrize("trouble", ["busy", "gone"])
def test_another_supplier_sends_at_once_when_one_is_away_and_that_one_rests(
    post: NotificationsUnderTest, away: dict[str, StandIn], trouble: str
) -> None:
    found = asked_of(away, gatewayapi=1_000_000, link=1)
    away[GATEWAYAPI].says = trouble
    if trouble == "gone":
        away[GATEWAYAPI].stop()
    first = text_to(post, found)
    post.hear(story.reason_question())
    text_to(post, found)

    assert (first.state, first.provider_id) == ("sent", "link:Dcshuhod0PMAAAFQ")
    assert len(away[LINK].asked) == 2
    assert len(away[GATEWAYAPI].asked) == (1 if trouble == "busy" else 0)
    away[GATEWAYAPI] = StandIn(GATEWAYAPI)


def test_texts_with_no_supplier_left_wait_for_one_and_lose_no_try(
    post: NotificationsUnderTest, away: dict[str, StandIn]
) -> None:
    away[GATEWAYAPI].says = "busy"
    post.hear(story.citizen(email=None), story.visitation(), story.reason_question())
    with clock.moved_to(story.MONDAY):
        post.work(asked_of(away, gatewayapi=1))

    assert len(away[GATEWAYAPI].asked) == 1
    assert sorted((one.state, one.attempts) for one in post.messages()) == [("queued", 0), ("queued", 1)]


def test_a_number_that_a_supplier_refuses_goes_to_paper_and_to_nobody_else(
    post: NotificationsUnderTest, away: dict[str, StandIn]
) -> None:
    away[GATEWAYAPI].says = "refused"
    text_to(post, asked_of(away, gatewayapi=1_000_000, link=1))

    assert post.states() == [("citizen", "paper", "to_print"), ("citizen", "sms", "failed")]
    assert away[LINK].asked == []
    assert [one.reason_code for one in post.told(NotificationFailed)] == ["number_refused"]


@pytest.mark.parametrize("trouble", ["hangs", "cuts", "rubbish"])
def test_a_text_that_may_have_been_taken_is_sent_again_as_the_row_says(
    post: NotificationsUnderTest, away: dict[str, StandIn], trouble: str
) -> None:
    away[CPSMS].says = trouble
    message = text_to(post, asked_of(away, cpsms=1))

    assert (message.state, message.error_code, message.attempts) == ("queued", "outcome_unknown", 1)
    away[CPSMS].says = "taken"
    with clock.moved_to(story.MONDAY + timedelta(minutes=1)):
        post.work(asked_of(away, cpsms=1))
    assert post.states() == [("citizen", "sms", "sent")]
    assert {asked["reference"] for asked in away[CPSMS].asked} == {message.id.hex}


def use(post: NotificationsUnderTest, away: dict[str, StandIn]) -> None:
    """The service knows its suppliers' accounts."""
    accounts = {name: one.account for name, one in away.items()}
    post.settings = replace(post.settings, sms_accounts=accounts)
    post.database = Database(post.settings, bind=post.connection)


def receipt(name: str, message_id: UUID, *, good: bool, secret: str | None = None) -> dict[str, Any]:
    """A supplier's receipt as its call-back brings it."""
    key = secret or f"receipts-of-{name}"
    if name == GATEWAYAPI:
        claims = {"id": 1, "msisdn": 4520123456, "userref": str(message_id),
                  "status": "DELIVERED" if good else "UNDELIVERABLE"}  # fmt: skip
        signed = jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(key))
        return {"method": "POST", "headers": {"X-Gwapi-Signature": signed}, "json": claims}
    if name == CPSMS:
        account = replace(StandIn_account(name), receipt_secret=key)
        told = {"reference": message_id.hex, "proof": gateways.proof_of(account, message_id)}
        return {"method": "GET", "query_string": told | {"status": "1" if good else "2", "receiver": "4520123456"}}
    password = b64encode(f"jobbutik:{key}".encode()).decode()
    told = {"refId": str(message_id), "id": "x", "resultCode": 1001 if good else 2104, "operator": "dk.tdc"}
    return {"method": "POST", "headers": {"Authorization": f"Basic {password}"}, "json": told}


def StandIn_account(name: str) -> Any:  # noqa: N802
    one = StandIn(name)
    one.stop()
    return one.account


def calls_back(post: NotificationsUnderTest, name: str, **what: Any) -> int:
    answer = post.app.test_client().open(f"/api/notifications/v1/sms-receipts/{name}", **what)
    return int(answer.status_code)


@pytest.mark.parametrize("name", SMS_SUPPLIERS)
def test_a_receipt_that_is_theirs_counts_once_and_one_that_is_not_counts_never(
    post: NotificationsUnderTest, away: dict[str, StandIn], name: str
) -> None:
    message = text_to(post, asked_of(away, **{name: 1}))
    use(post, away)

    assert calls_back(post, name, **receipt(name, message.id, good=True, secret="x" * 32)) == 401
    assert post.told(NotificationDelivered) == []
    again = [calls_back(post, name, **receipt(name, message.id, good=True)) for _ in range(3)]
    assert again == [204, 204, 204]
    assert [one.how_code for one in post.told(NotificationDelivered)] == ["sms_receipt"]


@pytest.mark.parametrize("name", SMS_SUPPLIERS)
def test_a_text_that_never_reached_its_telephone_goes_on_by_paper_once(
    post: NotificationsUnderTest, away: dict[str, StandIn], name: str
) -> None:
    message = text_to(post, asked_of(away, **{name: 1}))
    use(post, away)

    with clock.moved_to(story.MONDAY):
        codes = [calls_back(post, name, **receipt(name, message.id, good=False)) for _ in range(2)]

    assert codes == [204, 204]
    assert post.states() == [("citizen", "paper", "to_print"), ("citizen", "sms", "failed")]


@pytest.mark.parametrize("name", SMS_SUPPLIERS)
@pytest.mark.parametrize("what", [{"json": {}}, {"data": b"\xff", "content_type": "application/json"}, {"json": [1]}])
def test_rubbish_is_refused_and_unknown_messages_change_nothing(
    post: NotificationsUnderTest, away: dict[str, StandIn], name: str, what: dict[str, Any]
) -> None:
    use(post, away)
    method = "GET" if name == CPSMS else "POST"

    assert calls_back(post, name, method=method, **({} if method == "GET" else what)) == 401
    assert calls_back(post, name, **receipt(name, uuid4(), good=True)) == 204


def test_accounts_are_read_from_the_environment_and_secrets_never_leave_in_clear() -> None:
    known = environ("notifications")
    account = '{{"gatewayapi": {{"url": "{}", "secret": "a", "receipt_secret": "b"}}}}'

    there = config.read(environ=known | {"SMS_ACCOUNTS": account.format("https://gatewayapi.com")}).sms_accounts
    assert there["gatewayapi"].sender == "Jobbutik"
    assert "secret" not in repr(there)
    for bad in (account.format("http://gatewayapi.com"), '{"other": {}}', "[]"):
        with pytest.raises(BadSettings, match="SMS_ACCOUNTS"):
            config.read(environ=known | {"SMS_ACCOUNTS": bad})
