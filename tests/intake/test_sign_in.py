"""S10, S11, S13 to S16: who gets in, who does not, what the cookie is, and how it ends."""

import logging
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from joserfc.jwk import RSAKey
from sqlalchemy import text

from demo import people
from shared import clock
from shared.events import INTAKE
from shared.sessions import COOKIE
from tests.conftest import World
from tests.house import ServiceUnderTest
from tests.intake.signing_in import Browser, LyingProvider, demo_provider, query_of, serving, signed_by_text, unsigned

BEGUN = "__Host-jobbutik-login"
Change = Callable[[LyingProvider, dict[str, Any]], str]


@pytest.fixture(scope="module")
def issuer(world: World) -> Iterator[str]:
    with serving(demo_provider(world.settings[INTAKE])) as found:
        yield found


@pytest.fixture
def visitor(intake: ServiceUnderTest, issuer: str) -> Browser:
    return Browser(intake, issuer)


@pytest.fixture
def liar(intake: ServiceUnderTest) -> Iterator[tuple[Browser, LyingProvider]]:
    provider = LyingProvider(intake.settings.oidc_client_id)
    with serving(provider.app) as found:
        yield Browser(intake, found), provider


def sign_ins(intake: ServiceUnderTest) -> int:
    return int(intake.connection.scalar(text("SELECT count(*) FROM sign_in")) or 0)


@pytest.mark.parametrize(
    ("sub", "kind", "role", "organisation", "assurance"),
    [
        ("frida", "staff", "front_desk", "jobbutikken", "substantial"),
        ("viggo", "staff", "company_consultant", "virksomhedsservice", "substantial"),
        ("johanne", "staff", "job_consultant", "jobbutikken", "substantial"),
        ("rune", "staff", "adviser", "jobbutikken", "substantial"),
        ("rosa", "staff", "adviser", "ungeenheden", "low"),
        ("tove", "company", "company_employee", "90000004", "substantial"),
        ("bo", "company", "company_employee", "90000012", "substantial"),
        ("mette", "mentor", "mentor", None, "substantial"),
        ("kirsten", "citizen", "citizen", None, "substantial"),
        ("magnus", "citizen", "citizen", None, "substantial"),
        ("pia", "partner", "partner", None, "substantial"),
        ("otto", "staff", "ops", "jobbutikken", "substantial"),
        ("dorthe", "staff", "data_protection_officer", "jobbutikken", "substantial"),
    ],
)
def test_everybody_gets_in_as_who_they_are(  # noqa: PLR0917  a row of the table
    visitor: Browser, sub: str, kind: str, role: str, organisation: str | None, assurance: str
) -> None:
    answer = visitor.sign_in(sub, "/skranken?dag=2026-11-22")
    session = visitor.session()

    assert (answer.status_code, answer.location) == (302, "/skranken?dag=2026-11-22")
    assert session is not None
    who = session.principal
    assert (who.kind, who.roles, who.organisation, who.assurance) == (kind, (role,), organisation, assurance)


def test_every_person_of_the_demo_is_tried() -> None:
    assert len(list(people.everybody())) == 13


def test_a_citizen_is_who_the_desk_knows(visitor: Browser) -> None:
    contact = visitor.intake.call("POST", "/first-contacts", {
        "cpr": "2911829996", "name": "Kirsten Test Berggren", "postal_code": "8700", "municipality_code": "0615",
        "applied_for": "kontanthjaelp", "channel": "desk", "qualifying_education": True,
        "guidance": {"version": "2026-02", "written": True},
    })  # fmt: skip

    visitor.sign_in("kirsten")

    session = visitor.session()
    assert session is not None
    assert session.principal.subject == contact.json["citizen_id"]


def _without(name: str) -> Change:
    return lambda own, claims: own.signed({key: value for key, value in claims.items() if key != name})


def _with(**changed: Any) -> Change:
    return lambda own, claims: own.signed(claims | changed)


def _by_the_public_key(own: LyingProvider, claims: dict[str, Any]) -> str:
    return signed_by_text(own.key.as_pem(private=False), claims)


def _by_a_stranger(own: LyingProvider, claims: dict[str, Any]) -> str:
    return own.signed(claims, RSAKey.generate_key(2048))


LONG_AGO, SOON = int(time.time()) - 3600, int(time.time()) + 3600
LIES: dict[str, tuple[Change, str]] = {
    "another nonce": (_with(nonce="other"), "invalid_claim"),
    "no nonce": (_without("nonce"), "missing_claim"),
    "another issuer": (_with(iss="https://elsewhere.example"), "invalid_claim"),
    "another audience": (_with(aud="somebody-else"), "invalid_claim"),
    "several audiences and another party": (_with(aud=["jobbutik", "x"], azp="x"), "azp"),
    "several audiences and no party": (_with(aud=["jobbutik", "x"]), "azp"),
    "over": (_with(exp=LONG_AGO), "expired_token"),
    "without an end": (_without("exp"), "missing_claim"),
    "not yet": (_with(nbf=SOON), "invalid_claim"),
    "made in the future": (_with(iat=SOON), "invalid_claim"),
    "unsigned": (lambda _own, claims: unsigned(claims), "alg or typ"),
    "signed with our public key as a secret": (_by_the_public_key, "alg or typ"),
    "signed by a stranger": (_by_a_stranger, "bad_signature"),
    "an unknown key": (lambda own, claims: own.signed(claims, kid="2"), "unknown key"),
    "an access token": (lambda own, claims: own.signed(claims, typ="at+jwt"), "alg or typ"),
    "nobody": (_without("sub"), "missing_claim"),
    "a blank name": (_with(sub=" "), "sub"),
    "not a token": (lambda _own, _claims: "x.y", "id_token"),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_is_refused_and_logged_without_details(
    lie: str, liar: tuple[Browser, LyingProvider], caplog: pytest.LogCaptureFixture
) -> None:
    visitor, provider = liar
    provider.make, reason = LIES[lie]
    with caplog.at_level(logging.INFO):
        answer = visitor.sign_in("rune")

    assert (answer.status_code, visitor.session(), sign_ins(visitor.intake)) == (400, None, 0)
    told = [record.getMessage() for record in caplog.records if record.name.startswith(("shared", "services"))]
    assert len(told) == 1
    assert told[0].startswith("sign-in refused: ")
    assert reason in told[0]
    assert not [word for word in ("eyj", "rune", "elsewhere") if word in told[0].lower()]


def test_the_honest_answer_is_taken(liar: tuple[Browser, LyingProvider]) -> None:
    visitor, _provider = liar

    assert visitor.sign_in("rune").status_code == 302
    assert visitor.session() is not None


@pytest.mark.parametrize(
    "changed",
    [{"state": "other"}, {"state": ""}, {"error": "access_denied"}, {"code": ""}, {"iss": "https://elsewhere.example"}],
)
def test_an_answer_that_is_not_ours_is_refused(visitor: Browser, changed: dict[str, str]) -> None:
    back = visitor.back(visitor.off("rune"))
    answer = visitor.client.get(f"/log-ind/svar?{urlencode(query_of(back) | changed)}")

    assert (answer.status_code, visitor.session(), sign_ins(visitor.intake)) == (400, None, 0)


def test_a_code_is_good_once(visitor: Browser) -> None:
    back = visitor.back(visitor.off("rune"))
    begun = visitor.client.get_cookie(BEGUN)
    assert begun is not None
    visitor.client.get(back)
    visitor.client.delete_cookie(COOKIE)
    visitor.client.set_cookie(BEGUN, begun.value)

    assert (visitor.client.get(back).status_code, visitor.session()) == (400, None)


def test_a_code_is_no_good_without_the_verifier_it_was_asked_with(visitor: Browser) -> None:
    stolen = query_of(visitor.back(visitor.off("rune")))["code"]
    own = query_of(visitor.back(visitor.off("frida")))

    answer = visitor.client.get(f"/log-ind/svar?{urlencode(own | {'code': stolen})}")

    assert (answer.status_code, visitor.session()) == (400, None)


def test_an_answer_in_another_browser_is_refused(visitor: Browser) -> None:
    back = visitor.back(visitor.off("rune"))
    visitor.client.delete_cookie(BEGUN)

    assert (visitor.client.get(back).status_code, visitor.session()) == (400, None)


def test_an_answer_after_ten_minutes_is_refused(liar: tuple[Browser, LyingProvider]) -> None:
    visitor, provider = liar
    provider.make = _with(exp=SOON)
    back = visitor.back(visitor.off("rune"))
    with clock.moved_to(clock.now() + timedelta(minutes=11)):
        assert (visitor.client.get(back).status_code, visitor.session()) == (400, None)


@pytest.mark.parametrize("refused", [True, False])
def test_what_waits_for_the_answer_is_forgotten_by_it(visitor: Browser, refused: bool) -> None:
    back = visitor.back(visitor.off("rune"))
    visitor.client.get("/log-ind/svar?state=x" if refused else back)

    assert visitor.client.get_cookie(BEGUN) is None


@pytest.mark.parametrize(
    "to", ["https://evil.example/", "//evil.example", "/\\evil.example", "%2f%2fevil.example", "javascript:alert(1)"]
)
def test_nobody_is_sent_elsewhere(visitor: Browser, to: str) -> None:
    assert visitor.sign_in("frida", to).location == "/"


def test_by_another_name_of_ours_the_browser_is_sent_to_the_public_one(visitor: Browser) -> None:
    answer = visitor.client.get("/log-ind?til=/skranken", base_url="http://127.0.0.1:8080")

    assert (answer.status_code, answer.location) == (302, "http://localhost/log-ind?til=/skranken")


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ({"roles": []}, "har ingen rolle i Jobbutik"),
        ({"roles": ["emperor"]}, "har ingen rolle i Jobbutik"),
        ({"roles": ["company_employee"]}, "roller, der ikke passer sammen"),
        ({"roles": ["company_employee"], "cvr": "90000005"}, "roller, der ikke passer sammen"),
        ({"roles": ["adviser"], "cvr": "90000004"}, "roller, der ikke passer sammen"),
        ({"roles": ["adviser", "citizen"], "cpr": "2911829996"}, "roller, der ikke passer sammen"),
        ({"roles": ["citizen"]}, "roller, der ikke passer sammen"),
        ({"roles": ["citizen"], "cpr": "9999999999"}, "intet gyldigt CPR-nummer"),
    ],
)
def test_claims_that_give_no_place_give_no_session(
    liar: tuple[Browser, LyingProvider], claims: dict[str, Any], words: str
) -> None:
    visitor, provider = liar
    provider.make = _with(**claims)
    answer = visitor.sign_in("rune")

    assert (answer.status_code, words in answer.text, visitor.session()) == (403, True, None)


def test_the_same_subject_from_another_issuer_is_another_person(
    liar: tuple[Browser, LyingProvider], issuer: str
) -> None:
    elsewhere, _provider = liar
    elsewhere.sign_in("rune")
    here = Browser(elsewhere.intake, issuer)
    here.intake.app.extensions.pop("identity")
    here.intake.app.extensions["settings"] = here.intake.settings
    here.sign_in("rune")

    one, other = elsewhere.session(), here.session()
    assert one
    assert other
    assert one.principal.subject != other.principal.subject
