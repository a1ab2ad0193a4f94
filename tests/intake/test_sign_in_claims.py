"""What a provider says of somebody, and what becomes of it: place, level, time, and whose word it is."""

from typing import Any

import pytest

from shared.assurance import StrongerSignInNeeded, require_sure
from tests.intake.signing_in import (
    COMPANY,
    HUNDRED,
    NSIS,
    Browser,
    LyingProvider,
    with_,
    without_,
)


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
        (COMPANY | {"p_numbers": [*HUNDRED, "1000000100"]}, "en adgang uden begrænsning til P-numre"),
    ],
)
def test_claims_that_give_no_place_give_no_session(
    liar: tuple[Browser, LyingProvider], claims: dict[str, Any], words: str
) -> None:
    visitor, provider = liar
    provider.make = with_(**claims)
    answer = visitor.sign_in("rune")

    assert (answer.status_code, words in answer.text, visitor.session()) == (403, True, None)


def test_a_hundred_p_numbers_and_the_longest_name_fit_in_the_cookie(liar: tuple[Browser, LyingProvider]) -> None:
    visitor, provider = liar
    provider.make = with_(**COMPANY, p_numbers=HUNDRED, name="中" * 300)
    answer = visitor.sign_in("rune")
    session = visitor.session()

    assert session is not None
    assert session.principal.p_numbers == tuple(HUNDRED)
    assert max(len(line) for line in answer.headers.getlist("Set-Cookie")) < 4096


@pytest.mark.parametrize(
    ("level", "assurance"),
    [
        (f"{NSIS}Low", "low"),
        (f"{NSIS}Substantial", "substantial"),
        (f"{NSIS}High", "high"),
        ("High", "low"),
        ("https://evil.example/High", "low"),
        ("urn:x:substantial", "low"),
        (f"{NSIS}high", "low"),
        (f"{NSIS}High/", "low"),
        (None, "low"),
    ],
)
def test_only_a_level_of_nsis_makes_a_sign_in_sure(
    liar: tuple[Browser, LyingProvider], level: str | None, assurance: str
) -> None:
    visitor, provider = liar
    provider.make = with_(acr=level)
    visitor.sign_in("rune")
    session = visitor.session()

    assert session is not None
    assert session.principal.assurance == assurance


def test_a_sign_in_without_its_time_is_too_old_to_decide_by(liar: tuple[Browser, LyingProvider]) -> None:
    visitor, provider = liar
    provider.make = lambda own, claims: without_("auth_time")(own, claims | {"acr": f"{NSIS}High"})
    visitor.sign_in("rune")
    session = visitor.session()

    assert session is not None
    with pytest.raises(StrongerSignInNeeded) as refused:
        require_sure(session.principal)
    assert refused.value.code == "newer_sign_in_needed"


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
