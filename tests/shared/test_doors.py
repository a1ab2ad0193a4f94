"""What every JSON door does before and after its verb."""

import hashlib
import importlib
import json
import threading
import uuid
from typing import Any

import pytest
from sqlalchemy import text

from shared import auth
from shared.events import CitizenChannelsChanged
from tests.conftest import World
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import WALK_IN


def citizen(intake: ServiceUnderTest) -> tuple[str, str]:
    """Address and ETag of a registered person."""
    contact = intake.call("POST", "/first-contacts", WALK_IN).json
    path = f"/citizens/{contact['citizen_id']}"
    return path, intake.call("GET", path).headers["ETag"]


def test_a_double_click_makes_one_row(busy_world: World) -> None:
    settings = busy_world.settings["intake"]
    app = importlib.import_module("services.intake").create_app(settings=settings)
    token = auth.issue(settings, "front-desk", busy_world.client_secrets["front-desk"])
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": str(uuid.uuid4())}
    answers: list[Any] = []

    def click() -> None:
        answers.append(app.test_client().post("/api/intake/v1/first-contacts", json=WALK_IN, headers=headers))

    before = contacts_in(app)
    clicks = [threading.Thread(target=click) for _ in range(4)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join()
    after = contacts_in(app)
    app.extensions["database"].close()

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json["contact_id"] for answer in answers}) == 1
    assert after - before == 1


def contacts_in(app: Any) -> int:
    with app.extensions["database"].begin(actor="test") as session:
        return int(session.scalar(text("SELECT count(*) FROM first_contact")))


def test_unchanged_thing_is_not_sent_again(intake: ServiceUnderTest) -> None:
    path, etag = citizen(intake)

    answer = intake.call("GET", path, If_None_Match=etag)

    assert (answer.status_code, answer.data) == (304, b"")


def test_edit_needs_the_version_that_was_read(intake: ServiceUnderTest) -> None:
    path, etag = citizen(intake)

    missing = intake.call("PATCH", path, {"language": "en"})
    stale = intake.call("PATCH", path, {"language": "en"}, If_Match='"v7"')
    right = intake.call("PATCH", path, {"language": "en"}, If_Match=etag)
    again = intake.call("PATCH", path, {"language": "da"}, If_Match=etag)

    assert [a.status_code for a in (missing, stale, right, again)] == [428, 412, 200, 412]
    assert right.headers["ETag"] == '"v2"'
    assert [event.language for event in intake.told(CitizenChannelsChanged)] == ["en"]


def test_unknown_names_are_refused_and_not_stored(intake: ServiceUnderTest) -> None:
    answer = intake.call("POST", "/first-contacts", WALK_IN | {"decided_by": "me", "version": 9})

    assert answer.status_code == 422
    assert set(answer.json["errors"]) == {"decided_by", "version"}


def test_post_without_a_key_is_refused(intake: ServiceUnderTest) -> None:
    answer = intake.call("POST", "/first-contacts", WALK_IN, Idempotency_Key="short")

    assert (answer.status_code, answer.json["code"]) == (400, "idempotency_key_missing")


@pytest.mark.parametrize("body", ["", "{", "[]", '"x"', "null", "\x00", "9" * 500])
def test_unreadable_bodies_are_told_plainly(intake: ServiceUnderTest, body: str) -> None:
    answer = intake.call("POST", "/first-contacts", raw=body)

    assert answer.status_code in (400, 422)
    assert answer.content_type == "application/problem+json"


# pragma: allowlist nextline secret
@pytest.mark.parametrize("token", ["", "Bearer ", "Bearer x.y.z", "Basic YTpi", "Bearer eyJhbGciOiJub25lIn0.e30."])
def test_bad_tokens_are_refused(intake: ServiceUnderTest, token: str) -> None:
    answer = intake.call("GET", "/hosts", client=None, Authorization=token)

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_token_door_gives_and_refuses(intake: ServiceUnderTest, world: World) -> None:
    form = {"grant_type": "client_credentials", "client_id": "ops", "client_secret": world.client_secrets["ops"]}

    given = intake.call("POST", "/token", form=form, client=None)
    refused = intake.call("POST", "/token", form=form | {"client_secret": "guess"}, client=None)

    assert given.json["expires_in"] == 600
    assert (
        intake.call("GET", "/hosts", client=None, Authorization=f"Bearer {given.json['access_token']}").status_code
        == 403
    )
    assert refused.status_code == 401


def test_key_belongs_to_its_caller_and_its_address(intake: ServiceUnderTest) -> None:
    host = {"code": "park", "name": "Park", "public": True, "place_code": "park"}
    first = intake.call("POST", "/hosts", host, client="adviser", Idempotency_Key="same-key-1")
    other_caller = intake.call("POST", "/hosts", host | {"code": "vej"}, client="ops", Idempotency_Key="same-key-1")
    other_door = intake.call("POST", "/first-contacts", WALK_IN, client="adviser", Idempotency_Key="same-key-1")

    assert [answer.status_code for answer in (first, other_caller, other_door)] == [201, 201, 201]
    assert other_caller.json["code"] == "vej"


def test_stored_answer_and_body_hash_say_nothing_without_the_key(intake: ServiceUnderTest) -> None:
    sent = json.dumps(WALK_IN)
    answer = intake.call("POST", "/first-contacts", raw=sent)
    row = intake.connection.execute(text("SELECT body_hash, answer FROM idempotency")).one()

    assert row.body_hash != hashlib.sha256(sent.encode()).hexdigest()
    assert answer.json["citizen_id"] not in row.answer


@pytest.mark.parametrize("body", ["[" * 100_000, '{"cpr": ' + "9" * 5000 + "}"])
def test_endless_json_is_refused(intake: ServiceUnderTest, body: str) -> None:
    answer = intake.call("POST", "/first-contacts", raw=body)

    assert answer.status_code in (400, 422)


def test_form_to_a_json_door_is_refused(intake: ServiceUnderTest) -> None:
    answer = intake.call("POST", "/first-contacts", form={"name": "x"})

    assert (answer.status_code, answer.json["code"]) == (415, "not_json")


def test_field_messages_are_danish_with_english_beside(intake: ServiceUnderTest) -> None:
    answer = intake.call("POST", "/first-contacts", {"name": 7, "postal_code": "12345", "email": "x", "extra": 1})

    assert answer.json["errors"]["cpr"] == "Mangler. / Missing."
    assert answer.json["errors"]["name"] == "Ikke gyldig. / Not valid."
    assert answer.json["errors"]["extra"] == "Kendes ikke. / Not known."
    assert all(" / " in words for words in answer.json["errors"].values())


@pytest.mark.parametrize("path", ["/api/intake/v1/slots", "/api/matching/v1/companies", "/match/x"])
def test_what_is_meant_for_another_service_is_to_be_tried_again(intake: ServiceUnderTest, path: str) -> None:
    client = intake.app.test_client()
    answer = client.get(path, headers={"X-Service": "matching"})
    own = client.get(path, headers={"X-Service": "intake"})

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
    assert own.status_code in (401, 404)
