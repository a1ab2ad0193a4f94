"""S10, S11, S13 to S16: who gets in, who does not, what the cookie is, and how it ends."""

import logging
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from joserfc.jwk import RSAKey

from demo import people
from shared import clock
from shared.frame import EASY, LANGUAGE_COOKIE
from shared.sessions import COOKIE
from tests.intake.signing_in import (
    BEGUN,
    COMPANY,
    LONG_AGO,
    SOON,
    Browser,
    Change,
    LyingProvider,
    query_of,
    sign_ins,
    signed_by_text,
    unsigned,
    with_,
    without_,
)


@pytest.mark.parametrize(
    ("sub", "kind", "role", "organisation", "assurance"),
    [
        ("frida", "staff", "front_desk", "jobbutikken", "substantial"),
        ("viggo", "staff", "company_consultant", "virksomhedsservice", "substantial"),
        ("johanne", "staff", "job_consultant", "jobbutikken", "substantial"),
        ("rune", "staff", "adviser", "jobbutikken", "substantial"),
        ("lotte", "staff", "leader", "jobbutikken", "substantial"),
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
    assert who.signed_in_at > LONG_AGO


KIRSTEN = {
    "cpr": "2911829996", "name": "Kirsten Test Berggren", "postal_code": "8700", "municipality_code": "0615",
    "applied_for": "kontanthjaelp", "channel": "desk", "qualifying_education": True,
    "guidance": {"version": "2026-02", "written": True},
}  # fmt: skip


def test_every_person_of_the_demo_is_tried() -> None:
    assert len(list(people.everybody())) == 14


def test_a_citizen_is_who_the_desk_knows(visitor: Browser) -> None:
    contact = visitor.intake.call("POST", "/first-contacts", KIRSTEN)

    visitor.sign_in("kirsten")

    session = visitor.session()
    assert session is not None
    assert session.principal.subject == contact.json["citizen_id"]


@pytest.mark.parametrize(
    ("known", "chosen", "spoken"),
    [("da-x-let", None, EASY), ("en", None, "en"), ("da", None, None), ("ar", None, None), ("da-x-let", "en", "en")],
)
def test_pages_speak_as_the_desk_knows_that_a_citizen_reads_until_they_choose(
    visitor: Browser, known: str, chosen: str | None, spoken: str | None
) -> None:
    visitor.intake.call("POST", "/first-contacts", KIRSTEN | {"language": known})
    if chosen:
        visitor.client.get("/sprog", query_string={"sprog": chosen})

    visitor.sign_in("kirsten")
    cookie = visitor.client.get_cookie(LANGUAGE_COOKIE)

    assert (cookie.value if cookie else None) == spoken
    assert cookie is None or (cookie.max_age is None) is (chosen is None)


def _by_the_public_key(own: LyingProvider, claims: dict[str, Any]) -> str:
    return signed_by_text(own.key.as_pem(private=False), claims)


def _by_a_stranger(own: LyingProvider, claims: dict[str, Any]) -> str:
    return own.signed(claims, RSAKey.generate_key(2048))


LIES: dict[str, tuple[Change, str]] = {
    "another nonce": (with_(nonce="other"), "invalid_claim"),
    "no nonce": (without_("nonce"), "missing_claim"),
    "another issuer": (with_(iss="https://elsewhere.example"), "invalid_claim"),
    "another audience": (with_(aud="somebody-else"), "invalid_claim"),
    "several audiences and another party": (with_(aud=["jobbutik", "x"], azp="x"), "azp"),
    "several audiences and no party": (with_(aud=["jobbutik", "x"]), "azp"),
    "over": (with_(exp=LONG_AGO), "expired_token"),
    "without an end": (without_("exp"), "missing_claim"),
    "not yet": (with_(nbf=SOON), "invalid_claim"),
    "made in the future": (with_(iat=SOON), "invalid_claim"),
    "unsigned": (lambda _own, claims: unsigned(claims), "alg or typ"),
    "signed with our public key as a secret": (_by_the_public_key, "alg or typ"),
    "signed by a stranger": (_by_a_stranger, "bad_signature"),
    "an unknown key": (lambda own, claims: own.signed(claims, kid="2"), "unknown key"),
    "an access token": (lambda own, claims: own.signed(claims, typ="at+jwt"), "alg or typ"),
    "nobody": (without_("sub"), "missing_claim"),
    "a blank name": (with_(sub=" "), "sub"),
    "not a token": (lambda _own, _claims: "x.y", "id_token"),
    "a name that is a number": (with_(sub=5), "sub"),
    "a greeting that is a list": (with_(name=["Rune"]), "name"),
    "signed in yesterday, in a word": (with_(auth_time="yesterday"), "auth_time"),
    "signed in at true": (with_(auth_time=True), "auth_time"),
    "signed in at no number": (with_(auth_time=float("nan")), "auth_time"),
    "signed in tomorrow": (with_(auth_time=SOON), "auth_time"),
    "a number for a role": (with_(roles=5), "roles"),
    "roles within roles": (with_(roles=[["adviser"]]), "roles"),
    "a list for a unit": (with_(unit=["a"]), "unit"),
    "an endless unit": (with_(unit="u" * 201), "unit"),
    "a number for a CVR number": (with_(cvr=90000004), "cvr"),
    "a number for a CPR number": (with_(roles=["citizen"], cpr=2911829996), "cpr"),
    "a list for a level": (with_(acr=["High"]), "acr"),
    "P-numbers as numbers": (with_(**COMPANY, p_numbers=[1000000001]), "p_numbers"),
    "a P-number without a list": (with_(**COMPANY, p_numbers="1000000001"), "p_numbers"),
    "a blank for P-numbers": (with_(**COMPANY, p_numbers=""), "p_numbers"),
    "a short P-number": (with_(**COMPANY, p_numbers=["1000000001", "100000000"]), "p_numbers"),
    "a P-number in other digits": (with_(**COMPANY, p_numbers=["١" * 10]), "p_numbers"),
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


def test_a_code_is_no_good_without_the_verifier_it_was_askedwith_(visitor: Browser) -> None:
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
    provider.make = with_(exp=SOON)
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


@pytest.mark.parametrize("far", ["/skranken?" + "x" * 5000, "/" + "🐟" * 400])
def test_a_place_too_long_for_a_cookie_is_forgotten(visitor: Browser, far: str) -> None:
    began = visitor.client.get("/log-ind", query_string={"til": far})

    assert max(len(cookie) for cookie in began.headers.getlist("Set-Cookie")) < 4096
    assert visitor.sign_in("frida", far).location == "/"
