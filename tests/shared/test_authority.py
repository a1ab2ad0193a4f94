"""Who the municipality is and how it is reached stands where people look for it, or that it is not set up."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from deploy import secrets
from shared import VERSION
from shared.authority import Authority
from tests.browser import Browser, words
from tests.house import ServiceUnderTest

ROOT = Path(__file__).resolve().parents[2]
KNOWN = Authority(**secrets.AUTHORITY)
HOMES = {"intake": "/skranken", "matching": "/match", "followup": "/opfoelgning", "notifications": "/beskeder"}


@pytest.fixture(params=HOMES)
def service(request: pytest.FixtureRequest) -> ServiceUnderTest:
    found: ServiceUnderTest = request.getfixturevalue(request.param)
    return found


def browser(service: ServiceUnderTest, *roles: str, authority: Authority = KNOWN) -> Browser:
    service.settings = replace(service.settings, authority=authority)
    return service.browser(*roles)


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (
            "/kontakt",
            "Telefon 00 00 00 00 E-mail jobbutikken@eksempelby.example Adresse Eksempelgade 1, 0000 Eksempelby",
        ),
        ("/kontakt", "Åbningstider mandag-torsdag 9-15, fredag 9-13 Databeskyttelsesrådgiver 00 00 00 01 , dpo@"),
        ("/privatliv", "Kommunen er dataansvarlig: Eksempelby Kommune, Eksempelgade 1, 0000 Eksempelby"),
        ("/privatliv", "Databeskyttelsesrådgiver: 00 00 00 01 , dpo@eksempelby.example"),
        ("/was", "Eksempelby Kommune: 00 00 00 00 , jobbutikken@eksempelby.example"),
        ("/", "Eksempelby Kommune · 00 00 00 00 , jobbutikken@eksempelby.example"),
    ],
)
def test_every_service_says_who_the_municipality_is(service: ServiceUnderTest, page: str, said: str) -> None:
    shown = browser(service).get(page)

    assert said in words(shown)
    assert 'href="tel:00000000"' in shown.text
    assert "ikke sat op" not in words(shown)


def test_english_readers_get_the_hours_in_english(intake: ServiceUnderTest) -> None:
    visitor = browser(intake)
    visitor.leave("__Host-jobbutik-sprog", "en")

    assert "Monday-Thursday 9-15" in words(visitor.get("/kontakt"))


@pytest.mark.parametrize("page", ["/kontakt", "/privatliv", "/was"])
def test_what_nobody_has_set_up_is_said(intake: ServiceUnderTest, page: str) -> None:
    shown = words(browser(intake, authority=Authority(name="Eksempelby Kommune")).get(page))

    assert "Eksempelby Kommune" in shown
    assert "ikke sat op" in shown


def test_ops_are_warned_of_what_is_missing_and_only_then(service: ServiceUnderTest) -> None:
    home = HOMES[service.settings.service]
    half = browser(service, "ops", authority=replace(KNOWN, phone="", dpo_email="")).get(f"{home}/kort/drift")
    service._app = None
    whole = browser(service, "ops").get(f"{home}/kort/drift")

    assert "ikke sat op: telefon, databeskyttelsesrådgiverens e-mail. Sæt AUTHORITY" in words(half)
    assert "AUTHORITY" not in words(whole)


def test_version_stands_in_the_footer_and_on_the_card_of_operations(intake: ServiceUnderTest) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    ops = browser(intake, "ops")

    assert project["version"] == VERSION
    assert f"Jobbutik {VERSION}" in words(ops.get("/drift"))
    assert f"Version {VERSION}" in words(ops.get("/skranken/kort/drift"))
