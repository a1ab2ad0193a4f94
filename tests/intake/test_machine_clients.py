"""Programs of companies and partners: made, given new secrets, limited, ended."""

import statistics
import time
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from services.intake.use_cases import citizens, clients
from shared import clock, house, limits
from shared.auth import Principal
from shared.errors import TooMany, Unauthenticated
from shared.events import AccessEnded
from shared.limits import Limit
from tests.conftest import World
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import WALK_IN

PORTAL = {
    "label": "Kantinens vagtplan",
    "organisation": "90000004",
    "roles": ["company_employee"],
    "scopes": ["matching:read", "matching:write"],
}


def made(intake: ServiceUnderTest, **changed: Any) -> Any:
    """A client as ops make it, with its first secret."""
    answer = intake.call("POST", "/machine-clients", PORTAL | changed, client="ops")
    assert answer.status_code == 201, answer.text
    return answer.json


def ask(intake: ServiceUnderTest, client_id: str, secret: str, **more: str) -> Any:
    """What the token door answers."""
    form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret} | more
    return intake.call("POST", "/token", form=form, client=None)


def token_of(intake: ServiceUnderTest, given: Any) -> str:
    answer = ask(intake, given["client"]["id"], given["secret"])
    assert answer.status_code == 200, answer.text
    return str(answer.json["access_token"])


def test_client_made_by_ops_gets_tokens_for_its_company(intake: ServiceUnderTest, matching: ServiceUnderTest) -> None:
    given = made(intake)
    token = token_of(intake, given)

    assert matching.call("GET", "/company-matches", client=None, token=token).status_code == 200
    assert intake.call("GET", "/hosts", client=None, token=token).json["code"] == "forbidden"
    assert given["client"]["organisation"] == "90000004"


def test_secret_is_kept_as_its_hash_and_shown_once(intake: ServiceUnderTest) -> None:
    given = made(intake)
    listed = intake.call("GET", "/machine-clients", client="ops").json["items"]
    changes = intake.connection.scalar(
        text("SELECT string_agg(changes::text, '') FROM audit WHERE table_name = 'client_secret'")
    )
    kept = intake.connection.scalar(text("SELECT secret_hash FROM client_secret"))

    assert [one["id"] for one in listed] == [given["client"]["id"]]
    assert set(listed[0]["secrets"][0]) == {"id", "made_at", "ends_at", "last_used_at"}
    assert kept != given["secret"]
    assert kept not in changes


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"organisation": "90000005"}, "organisation"),
        ({"roles": ["front_desk"]}, "roles.0"),
        ({"roles": ["company_employee", "ops"]}, "roles.1"),
        ({"roles": []}, "roles"),
        ({"scopes": ["matching:all"]}, "scopes.0"),
    ],
)
def test_a_page_makes_no_staff_robot_and_no_client_without_a_company(
    intake: ServiceUnderTest, wrong: dict[str, Any], field: str
) -> None:
    answer = intake.call("POST", "/machine-clients", PORTAL | wrong, client="ops")

    assert answer.status_code == 422
    assert list(answer.json["errors"]) == [field]


def test_only_ops_make_clients(intake: ServiceUnderTest) -> None:
    asked = [intake.call("POST", "/machine-clients", PORTAL, client=name) for name in ("adviser", "company-a")]

    assert [answer.status_code for answer in asked] == [403, 403]


def test_secret_is_changed_without_a_refused_token(intake: ServiceUnderTest) -> None:
    first = made(intake)
    client_id, path = first["client"]["id"], f"/machine-clients/{first['client']['id']}/secrets"
    only = intake.call("POST", f"{path}/{first['secret_id']}/retirement", client="ops")

    second = intake.call("POST", path, client="ops").json
    third = intake.call("POST", path, client="ops")
    both = [ask(intake, client_id, one["secret"]).status_code for one in (first, second)]
    retired = intake.call("POST", f"{path}/{first['secret_id']}/retirement", client="ops")
    after = [ask(intake, client_id, one["secret"]).status_code for one in (second, first)]

    assert (only.json["code"], third.json["code"]) == ("last_secret", "secrets_at_once")
    assert (both, retired.status_code, after) == ([200, 200], 201, [200, 401])
    assert [one["ends_at"] is None for one in retired.json["secrets"]] == [False, True]


def test_unknown_client_wrong_secret_and_ended_client_look_alike(intake: ServiceUnderTest) -> None:
    standing, over = made(intake), made(intake)
    intake.call("POST", f"/machine-clients/{over['client']['id']}/ending", client="ops")

    answers = [
        ask(intake, standing["client"]["id"], "guess"),
        ask(intake, str(uuid4()), "guess"),
        ask(intake, "front-desk", "guess"),
        ask(intake, "nobody\x00", "guess"),
        ask(intake, over["client"]["id"], over["secret"]),
    ]

    assert {(answer.status_code, answer.data) for answer in answers} == {(401, answers[0].data)}


@pytest.mark.clocked
def test_unknown_client_costs_the_same_time_as_a_wrong_secret(intake: ServiceUnderTest) -> None:
    known = made(intake)["client"]["id"]
    seconds: dict[str, list[float]] = {known: [], str(uuid4()): []}

    with intake.begin() as session:
        for _ in range(200):
            for client_id, measured in seconds.items():
                began = time.perf_counter()
                with pytest.raises(Unauthenticated):
                    clients.token(session, client_id, "guess", "")
                measured.append(time.perf_counter() - began)

    one, other = map(statistics.median, seconds.values())
    assert abs(one - other) < 0.001


def test_s14_ended_client_is_refused_everywhere_with_tokens_it_has(
    intake: ServiceUnderTest, matching: ServiceUnderTest
) -> None:
    given = made(intake)
    token = token_of(intake, given)

    ended = intake.call("POST", f"/machine-clients/{given['client']['id']}/ending", client="ops")
    (told,) = intake.told(AccessEnded)
    before = matching.call("GET", "/company-matches", client=None, token=token)
    matching.hear(told)
    after = matching.call("GET", "/company-matches", client=None, token=token)

    assert ended.json["ended_at"] is not None
    assert (before.status_code, after.status_code) == (200, 401)
    assert intake.call("POST", f"/machine-clients/{given['client']['id']}/secrets", client="ops").status_code == 404


def test_scope_asked_for_narrows_the_token(intake: ServiceUnderTest, matching: ServiceUnderTest) -> None:
    given = made(intake)
    narrow = ask(intake, given["client"]["id"], given["secret"], scope="matching:write").json["access_token"]
    wide = ask(intake, given["client"]["id"], given["secret"], scope="matching:write intake:read")

    refused = matching.call("GET", "/company-matches", client=None, token=narrow)
    assert (refused.status_code, refused.json["code"]) == (403, "insufficient_scope")
    assert (wide.status_code, list(wide.json["errors"])) == (422, ["scope"])


def test_last_use_is_noted_for_the_secret_that_was_used(intake: ServiceUnderTest) -> None:
    first = made(intake)
    intake.call("POST", f"/machine-clients/{first['client']['id']}/secrets", client="ops")
    token_of(intake, first)

    (client,) = intake.call("GET", "/machine-clients", client="ops").json["items"]
    assert [one["last_used_at"] is not None for one in client["secrets"]] == [True, False]


def guesses(intake: ServiceUnderTest, client_id: Any, forwarded: Any) -> list[Any]:
    """Forty guesses; `client_id` and `forwarded` are asked for each one's name and X-Forwarded-For."""
    form = {"grant_type": "client_credentials", "client_secret": "guess"}  # pragma: allowlist secret
    return [
        intake.call(
            "POST", "/token", form=form | {"client_id": client_id(n)}, client=None, X_Forwarded_For=forwarded(n)
        )
        for n in range(40)
    ]


@pytest.mark.parametrize(
    ("client_id", "forwarded", "policy"),
    [
        (lambda n: f"client-{n}", lambda n: f"198.51.100.{n}, 203.0.113.7", "limit.token_per_address"),
        (lambda n: f"client-{n}", lambda n: f"10.0.0.{n}, 198.51.100.{n}, 203.0.113.7", "limit.token_per_address"),
        (lambda _: "front-desk", lambda n: f"203.0.113.{n}", "limit.token_per_client"),
    ],
    ids=["many clients, words before the gateway's", "many such words", "one client from many addresses"],
)
def test_s20_guesses_are_stopped_within_20_whatever_the_headers_say(
    intake: ServiceUnderTest, client_id: Any, forwarded: Any, policy: str
) -> None:
    answers = guesses(intake, client_id, forwarded)

    assert [answer.status_code for answer in answers] == [401] * 15 + [429] * 25
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 64
    assert answers[-1].json["policy"] == f"{policy}@2019-06-01"


def test_s20_right_secrets_take_no_room_from_their_neighbours(intake: ServiceUnderTest, world: World) -> None:
    statuses = [
        ask(intake, name, world.client_secrets[name]).status_code
        for name in ("ops", "adviser", "company-a")
        for _ in range(10)
    ]

    assert statuses == [200] * 30


def test_s20_address_that_has_guessed_enough_is_not_told_when_it_guesses_right(
    intake: ServiceUnderTest, world: World
) -> None:
    guesses(intake, lambda n: f"client-{n}", lambda _: "203.0.113.7")
    form = {"grant_type": "client_credentials", "client_id": "ops", "client_secret": world.client_secrets["ops"]}

    same, other = (
        intake.call("POST", "/token", form=form, client=None, X_Forwarded_For=address)
        for address in ("203.0.113.7", "203.0.113.8")
    )

    assert (same.status_code, other.status_code) == (429, 200)


def test_portal_may_not_take_the_others_turn(matching: ServiceUnderTest) -> None:
    limit = Limit.of(house.HOUSE.row("limit.api_per_client", clock.today()))
    for _ in range(597):
        limits.hit(matching.database, limit, "company-a")

    portal = [matching.call("GET", "/company-matches", client="company-a").status_code for _ in range(5)]
    other = matching.call("GET", "/company-matches", client="company-b")
    own = [matching.call("GET", "/company-matches", client="consultant").status_code for _ in range(5)]

    assert portal == [200, 200, 200, 429, 429]
    assert (other.status_code, own) == (200, [200] * 5)


def looked_up(intake: ServiceUnderTest, principal: Principal) -> int:
    """How many of forty CPR numbers a caller gets to look up."""
    with intake.begin() as session:
        for done in range(40):
            try:
                citizens.count_look_up(session, principal)
            except TooMany:
                return done
    return 40


def test_s21_person_looks_up_15_numbers_and_a_program_of_ours_as_many_as_come(intake: ServiceUnderTest) -> None:
    assert looked_up(intake, Principal("s", ("front_desk",), kind="staff")) == 15
    assert looked_up(intake, Principal("front-desk", ("front_desk",))) == 40


@pytest.mark.clocked
@pytest.mark.parametrize("client", ["company-a", "mentor", "citizen", "ops"])
def test_s22_hit_and_miss_look_alike_to_those_without_right(intake: ServiceUnderTest, client: str) -> None:
    intake.call("POST", "/first-contacts", WALK_IN)
    seconds: dict[str, list[float]] = {"hit": [], "miss": []}
    answers = set()

    for _ in range(200):
        for kind, cpr in (("hit", WALK_IN["cpr"]), ("miss", "010190-1234")):
            began = time.perf_counter()
            answer = intake.call("POST", "/first-contacts", WALK_IN | {"cpr": cpr}, client=client)
            seconds[kind].append(time.perf_counter() - began)
            answers.add((answer.status_code, answer.data))

    assert {status for status, _ in answers} == {403}
    assert len(answers) == 1
    assert abs(statistics.median(seconds["hit"]) - statistics.median(seconds["miss"])) < 0.005
