"""Tokens: who signed them, for whom, for how long, how far they reach, and how one key takes over from another."""

import importlib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shared import access, auth, clock, jobs
from shared.auth import ACCESS_TOKEN, TokenReader
from shared.config import SealKey, Settings
from shared.errors import Invalid, Unauthenticated
from shared.events import INTAKE, SERVICES, AccessEnded
from tests.conftest import World
from tests.house import ServiceUnderTest

HEARD = f"/heard?ids={uuid4()}"


def new_key(kid: str) -> tuple[SealKey, bytes]:
    """A signing key under a key id, and its public half."""
    key = Ed25519PrivateKey.generate()
    return SealKey(kid, key.private_bytes_raw()), key.public_key().public_bytes_raw()


def ops_token(settings: Settings, typ: str = ACCESS_TOKEN, **changed: Any) -> str:
    """What intake signs for ops, with some claims changed."""
    ends = int(clock.now().timestamp()) + 600
    claims = {"sub": "ops", "roles": ["ops"], "scope": " ".join(auth.SCOPES), "cid": str(uuid4()), "exp": ends}
    return auth.sign(settings, claims | changed, typ)


def with_another_key(settings: Settings, kid: str) -> Settings:
    return replace(settings, token_private_key=new_key(kid)[0])


WRONG: dict[str, Callable[[Settings], str]] = {
    "made for others": lambda intake: ops_token(intake, aud="elsewhere"),
    "made by others": lambda intake: ops_token(intake, iss="/elsewhere"),
    "past its end": lambda intake: ops_token(intake, exp=int(clock.now().timestamp()) - 1),
    "not begun": lambda intake: ops_token(intake, nbf=int(clock.now().timestamp()) + 60),
    "a session's": lambda intake: ops_token(intake, typ="session+jwt"),
    "of an unknown key": lambda intake: ops_token(with_another_key(intake, "unknown")),
    "of a key that borrowed our id": lambda intake: ops_token(
        with_another_key(intake, intake.token_private_key.kid if intake.token_private_key else "")
    ),
}


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("wrong", WRONG)
def test_s19_wrong_token_opens_no_api(service: str, wrong: str, request: pytest.FixtureRequest, world: World) -> None:
    under_test: ServiceUnderTest = request.getfixturevalue(service)
    issuer = world.settings[INTAKE]

    refused = under_test.call("GET", HEARD, client=None, token=WRONG[wrong](issuer))
    right = under_test.call("GET", HEARD, client=None, token=ops_token(issuer))

    assert (refused.status_code, refused.json["code"]) == (401, "unauthenticated")
    assert right.status_code == 200


@pytest.mark.parametrize("service", SERVICES)
def test_s19_token_reaches_no_further_than_its_scope(
    service: str, request: pytest.FixtureRequest, world: World
) -> None:
    under_test: ServiceUnderTest = request.getfixturevalue(service)
    elsewhere = " ".join(scope for scope in auth.SCOPES if scope != f"{service}:read")

    refused = under_test.call("GET", HEARD, client=None, token=ops_token(world.settings[INTAKE], scope=elsewhere))

    assert (refused.status_code, refused.json["code"]) == (403, "insufficient_scope")


def test_s19_reading_does_not_allow_writing(intake: ServiceUnderTest) -> None:
    host = {"code": "park", "name": "Park", "public": True, "place_code": "park"}
    reader = ops_token(intake.settings, scope="intake:read")

    refused = intake.call("POST", "/hosts", host, client=None, token=reader)
    right = intake.call("POST", "/hosts", host, client=None, token=ops_token(intake.settings, scope="intake:write"))

    assert (refused.status_code, refused.json["code"], right.status_code) == (403, "insufficient_scope", 201)


def test_token_opens_no_session_and_has_no_role_that_we_do_not_know(world: World) -> None:
    issuer = world.settings[INTAKE]
    reader = TokenReader(issuer)

    with pytest.raises(Unauthenticated):
        reader.verified(ops_token(issuer), "session+jwt")
    assert reader.read(f"Bearer {ops_token(issuer, roles=['ops', 'king'])}").roles == ("ops",)


def test_token_that_was_good_a_moment_ago_is_refused_when_it_ends(world: World) -> None:
    reader, token = TokenReader(world.settings[INTAKE]), ops_token(world.settings[INTAKE])
    reader.read(f"Bearer {token}")

    with clock.moved_to(clock.now() + timedelta(seconds=601)), pytest.raises(Unauthenticated):
        reader.read(f"Bearer {token}")


def test_scope_can_be_narrowed_and_not_widened(world: World) -> None:
    issuer, secret = world.settings[INTAKE], world.client_secrets["company-a"]
    narrow = auth.issue(issuer, "company-a", secret, scope="matching:read")
    stored = auth.Client("portal", (auth.secret_hash("x"),), ("partner",), "90000004", ("matching:read",))

    assert TokenReader(issuer).read(f"Bearer {narrow}").scopes == ("matching:read",)
    with pytest.raises(Invalid):
        auth.issue(issuer, "portal", "x", stored=stored, scope="matching:write")


def test_nobody_but_intake_can_sign(world: World) -> None:
    with pytest.raises(ValueError, match="matching has no key"):
        ops_token(world.settings["matching"])


def test_signing_key_is_changed_without_a_refused_request(world: World, matching: ServiceUnderTest) -> None:
    before = world.settings[INTAKE]
    assert before.token_private_key is not None
    private, public = new_key("token-next")
    old, both = before.token_public_keys, {**before.token_public_keys, "token-next": public}
    signs_anew = replace(before, token_private_key=private)
    old_token, new_token = ops_token(before), ops_token(signs_anew)

    def statuses(keys: dict[str, bytes], *tokens: str) -> list[int]:
        """A restarted service's answers, with these public keys in its environment."""
        restarted = importlib.import_module("services.matching").create_app(
            settings=replace(matching.settings, token_public_keys=keys), database=matching.database
        )
        return [
            restarted.test_client()
            .get(f"/api/matching/v1{HEARD}", headers={"Authorization": f"Bearer {token}"})
            .status_code
            for token in tokens
        ]

    assert statuses(dict(old), old_token) == [200]
    assert statuses(both, old_token, new_token) == [200, 200]
    assert statuses({"token-next": public}, new_token, old_token) == [200, 401]


@pytest.mark.parametrize("service", ["matching", "followup", "notifications"])
def test_s14_ended_access_is_refused_as_soon_as_a_service_hears_of_it(
    service: str, request: pytest.FixtureRequest, world: World
) -> None:
    under_test: ServiceUnderTest = request.getfixturevalue(service)
    ended, now = uuid4(), clock.now()
    token = ops_token(world.settings[INTAKE], cid=str(ended))
    before = under_test.call("GET", HEARD, client=None, token=token)

    told = AccessEnded(access_id=ended, ended_at=now, forget_at=now + timedelta(minutes=20))
    under_test.hear(told, told)

    assert before.status_code == 200
    assert under_test.call("GET", HEARD, client=None, token=token).status_code == 401
    assert under_test.call("GET", HEARD, client="ops").status_code == 200


def test_ended_access_writes_nothing(intake: ServiceUnderTest) -> None:
    ended, now = uuid4(), clock.now()
    with intake.begin() as session:
        access.end(session, ended, now, now + timedelta(minutes=20))
    host = {"code": "park", "name": "Park", "public": True, "place_code": "park"}

    refused = intake.call("POST", "/hosts", host, client=None, token=ops_token(intake.settings, cid=str(ended)))

    assert refused.status_code == 401
    assert intake.call("GET", "/hosts").json["items"] == []


def test_what_was_ended_is_forgotten_when_it_would_be_over_anyway(intake: ServiceUnderTest) -> None:
    now = clock.now()
    with intake.begin() as session:
        for minutes in (5, 20):
            access.end(session, UUID(int=minutes), now, now + timedelta(minutes=minutes))

    with clock.moved_to(now + timedelta(minutes=10)), intake.begin() as session:
        jobs.forget_old(session)
        assert intake.connection.exec_driver_sql("SELECT id FROM ended_access").scalars().all() == [str(UUID(int=20))]
