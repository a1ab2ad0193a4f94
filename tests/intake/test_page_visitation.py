"""The visitation's page: an adviser decides, nothing is chosen beforehand, and what was typed is kept."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import text

from shared import clock
from shared.events import JobWishesRecorded, VisitationHeld
from shared.occupations import occupations
from tests.browser import Browser, words
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import MONDAY, register
from tests.intake.test_visitation import HOSTS


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.moved_to(MONDAY):
        yield


@pytest.fixture
def known(intake: ServiceUnderTest) -> Any:
    """Somebody who came, with a visitation."""
    for host in HOSTS:
        assert intake.call("POST", "/hosts", host, client="adviser").status_code == 201
    return register(intake)


SERGEANT, OFFICER = (
    next(known.id for known in occupations().values() if known.title == title) for title in ("Sergent", "Officer")
)


@pytest.fixture
def desk(intake: ServiceUnderTest) -> Browser:
    return intake.browser("front_desk", organisation="jobbutikken")


@pytest.fixture
def adviser(intake: ServiceUnderTest) -> Browser:
    return intake.browser("adviser", organisation="jobbutikken")


def outcome(**typed: Any) -> dict[str, Any]:
    return {"category": "jobparat", "override_reason_code": "", "referral.offer_type": "", "referral.host_code": "",
            "referral.starts_at": "", "referral.weeks": "", "job_wishes.occupation_titles": ""} | typed  # fmt: skip


def test_adviser_decides_and_nothing_is_chosen_beforehand(
    known: Any, adviser: Browser, intake: ServiceUnderTest
) -> None:
    path = f"/skranken/visitation/{known['visitation']['id']}"
    form = adviser.get(path)
    assert "Forslag: jobparat Foreslås ud fra alder og uddannelse på dagen for henvendelsen." in words(form)
    assert not re.search(r'type="radio"[^>]*checked', form.text)

    answer = adviser.submit(path, outcome())

    assert (answer.status_code, answer.location) == (303, path)
    assert "Kategori jobparat Foreslået jobparat" in words(adviser.get(path))
    assert adviser.who
    assert intake.connection.scalar(text("SELECT decided_by FROM visitation")) == adviser.who.subject


def test_adviser_must_choose(known: Any, adviser: Browser, intake: ServiceUnderTest) -> None:
    answer = adviser.submit(f"/skranken/visitation/{known['visitation']['id']}", outcome(category=""))

    assert answer.status_code == 422
    assert "Kategori: Mangler." in words(answer)
    assert not intake.told(VisitationHeld)


def test_other_category_takes_a_reason_and_keeps_what_was_typed(known: Any, adviser: Browser) -> None:
    path = f"/skranken/visitation/{known['visitation']['id']}"

    answer = adviser.submit(path, outcome(category="aktivitetsparat", **{"referral.weeks": "4"}))
    assert answer.status_code == 422

    answer = adviser.submit(path, outcome(category="aktivitetsparat"))
    assert answer.status_code == 409
    assert "Vælg en grund til at fravige den foreslåede kategori." in words(answer)
    assert re.search(r'value="aktivitetsparat" checked', answer.text)


def test_activation_at_once_and_wishes_are_taken_in_the_same_form(
    known: Any, adviser: Browser, intake: ServiceUnderTest
) -> None:
    path = f"/skranken/visitation/{known['visitation']['id']}"
    typed = outcome(**{
        "referral.offer_type": "nytteindsats", "referral.host_code": "park-og-vej",
        "referral.starts_at": "2026-11-04T08:00", "referral.weeks": "4",
        "job_wishes.occupations": [SERGEANT], "job_wishes.occupation_titles": "officer", "job_wishes.forms": "ordinary",
        "job_wishes.weekly_hours_min": "10", "job_wishes.weekly_hours_max": "20,5",
        "job_wishes.availability": "mon 08:00-12:00", "job_wishes.travel_km_max": "20",
        "job_wishes.consent_to_matching": "on",
    })  # fmt: skip

    assert adviser.submit(path, typed).status_code == 303

    assert "Tilbud nytteindsats Sted Park og Vej Start 4. november 2026 kl. 8.00 Uger 4" in words(adviser.get(path))
    told = intake.told(JobWishesRecorded)[0]
    assert (told.weekly_hours_max, len(told.occupations)) == (20.5, 2)


def wished(**typed: Any) -> dict[str, Any]:
    return outcome(**{
        "job_wishes.forms": "ordinary", "job_wishes.weekly_hours_min": "10", "job_wishes.weekly_hours_max": "20",
        "job_wishes.availability": "mon 08:00-12:00", "job_wishes.travel_km_max": "20",
        "job_wishes.consent_to_matching": "on",
    } | {f"job_wishes.{name}": value for name, value in typed.items()})  # fmt: skip


def test_unknown_title_is_answered_with_the_nearest_to_tick(
    known: Any, adviser: Browser, intake: ServiceUnderTest
) -> None:
    path = f"/skranken/visitation/{known['visitation']['id']}"
    answer = adviser.submit(path, wished(occupation_titles="Sergant"))

    assert answer.status_code == 422
    assert "Vælg en stilling på listen. “Sergant” kan være: Sergent" in words(answer)
    assert f'name="job_wishes.occupations" value="{SERGEANT}"' in answer.text
    assert 'name="job_wishes.occupation_titles" value="Sergant"' in answer.text
    assert not intake.told(JobWishesRecorded)


def test_a_ticked_title_answers_what_was_typed(known: Any, adviser: Browser, intake: ServiceUnderTest) -> None:
    path = f"/skranken/visitation/{known['visitation']['id']}"
    typed = wished(occupation_titles="Sergant", occupations=[SERGEANT], offered=[SERGEANT])

    assert adviser.submit(path, typed).status_code == 303
    assert intake.told(JobWishesRecorded)[0].occupations == (SERGEANT,)


def test_words_that_nothing_was_ticked_for_are_not_lost(known: Any, adviser: Browser, intake: ServiceUnderTest) -> None:
    """Another title was ticked before; what is typed now still waits for an answer."""
    path = f"/skranken/visitation/{known['visitation']['id']}"
    answer = adviser.submit(path, wished(occupation_titles="lagermand", occupations=[SERGEANT], offered=[OFFICER]))

    assert answer.status_code == 422
    assert re.search(rf'value="{SERGEANT}" checked', answer.text)
    assert 'value="lagermand"' in answer.text
    assert not intake.told(JobWishesRecorded)


def test_wishes_without_any_title_say_that_it_is_missing(known: Any, adviser: Browser) -> None:
    answer = adviser.submit(f"/skranken/visitation/{known['visitation']['id']}", wished())

    assert (answer.status_code, "Stillinger: Mangler." in words(answer)) == (422, True)


def test_visitation_is_held_once(known: Any, adviser: Browser, intake: ServiceUnderTest) -> None:
    path = f"/skranken/visitation/{known['visitation']['id']}"
    adviser.submit(path, outcome())

    answer = adviser.submit(path, outcome())

    assert answer.status_code == 409
    assert "Visitationen er allerede holdt." in words(answer)
    assert len(intake.told(VisitationHeld)) == 1


def test_desk_sees_the_visitation_and_no_form(known: Any, desk: Browser) -> None:
    path = f"/skranken/visitation/{known['visitation']['id']}"

    assert "En rådgiver afgør kategorien." in words(desk.get(path))
    assert desk.submit(path, outcome()).status_code == 403


def test_weak_sign_in_decides_nothing(known: Any, intake: ServiceUnderTest) -> None:
    weak = intake.browser("adviser", organisation="jobbutikken", assurance="low")

    assert weak.submit(f"/skranken/visitation/{known['visitation']['id']}", outcome()).status_code == 403
    assert not intake.told(VisitationHeld)


def test_words_wishes_openings_and_finds_stand_beside_the_decision(known: Any, adviser: Browser) -> None:
    talk = f"/borger/{known['citizen_id']}/samtalen"
    adviser.submit(f"{talk}/viden", {"tasks": "Jeg kan passe en have"})
    adviser.submit(f"{talk}/fundet", {"kind": "job", "title": "Gartner", "place": "Planteskole Prøve"})

    page = adviser.get(f"/skranken/visitation/{known['visitation']['id']}")

    assert "Jeg kan passe en have" in words(page)
    assert "job Gartner , Planteskole Prøve" in words(page)
    assert f'hx-get="/match/kort/aabninger/{known["citizen_id"]}"' in page.text
