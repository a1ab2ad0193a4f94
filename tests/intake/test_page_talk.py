"""The talk on one talk, the week's hours, the calculator, and the citizen's own word of the CV."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from shared import clock, units
from shared.events import CvDeadlineMet
from tests.browser import Browser, offered, words
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import MONDAY, register
from tests.intake.test_talk import WORDS
from tests.intake.test_visitation import hold


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.moved_to(MONDAY):
        yield


@pytest.fixture
def held(intake: ServiceUnderTest) -> Any:
    made = register(intake)
    hold(intake, f"/visitations/{made['visitation']['id']}")
    return made


@pytest.fixture
def adviser(intake: ServiceUnderTest) -> Browser:
    return intake.browser("adviser", organisation="jobbutikken")


@pytest.fixture
def talk(held: Any) -> str:
    return f"/borger/{held['citizen_id']}/samtalen"


def test_talk_shows_who_it_is_and_asks_matching_for_what_fits(held: Any, adviser: Browser, talk: str) -> None:
    shown = adviser.get(talk)

    assert "Kategori jobparat Søger om kontanthjælp" in words(shown)
    assert f'hx-get="/match/kort/aabninger/{held["citizen_id"]}"' in shown.text
    assert "251248-xxxx" in shown.text


def test_own_words_are_kept_as_they_were_said(adviser: Browser, talk: str) -> None:
    adviser.submit(f"{talk}/viden", {"tasks": WORDS, "transport": "Cykel"})

    assert f"{WORDS}</textarea>" in adviser.get(talk).text
    adviser.submit(f"{talk}/viden", {"transport": "Cykel"})
    assert WORDS not in adviser.get(talk).text


def test_what_was_found_comes_back_by_the_undo(adviser: Browser, talk: str, intake: ServiceUnderTest) -> None:
    assert "kind" in adviser.submit(f"{talk}/fundet", {"title": "Bager"}).text
    adviser.submit(f"{talk}/fundet", {"kind": "job", "title": "Bager", "place": "Bageri Prøve"})
    citizen = talk.split("/")[2]
    (one,) = intake.call("GET", f"/citizens/{citizen}/found").json["items"]
    adviser.submit(f"{talk}/fundet/{one['id']}/fjern")

    undone = adviser.get(talk)
    assert "Intet endnu." in words(undone)
    assert 'name="title" value="Bager"' in undone.text


def test_cv_help_and_outcome_are_noted_and_taken_back(adviser: Browser, talk: str) -> None:
    assert "venter Senest 23. november 2026." in words(adviser.get(talk))
    adviser.submit(f"{talk}/hjaelp", {"items": "cv"})
    assert "givet CV lavet kl. 10.05" in words(adviser.get(talk))
    assert "er der Senest" in words(adviser.get(talk))
    adviser.submit(f"{talk}/cv/fejl")
    adviser.submit(f"{talk}/hjaelp/fejl", {"item_code": "cv"})
    assert "venter Senest" in words(adviser.get(talk))

    adviser.submit(f"{talk}/udfald", {"outcome_code": "education"})
    assert "Udfald begynder på en uddannelse" in words(adviser.get(talk))
    adviser.submit(f"{talk}/udfald/fejl")
    assert "begynder på en uddannelse 2. november" not in words(adviser.get(talk))


def test_outcome_that_was_corrected_is_taken_back_to_what_stood_before(adviser: Browser, talk: str) -> None:
    adviser.submit(f"{talk}/udfald", {"outcome_code": "job"})
    corrected = adviser.submit(f"{talk}/udfald", {"outcome_code": "education"})
    adviser.submit(*offered(adviser.get(corrected.location).text))

    assert "Udfald har fået job" in words(adviser.get(talk))


def test_outcome_is_of_the_contact_that_was_shown(
    adviser: Browser, talk: str, held: Any, intake: ServiceUnderTest
) -> None:
    shown = {"contact_id": held["contact_id"]}
    assert f'name="contact_id" value="{held["contact_id"]}"' in adviser.get(talk).text
    with clock.moved_to(clock.now() + timedelta(hours=1)):
        again = register(intake)
    adviser.submit(f"{talk}/udfald", {"outcome_code": "education"} | shown)
    assert outcomes(intake) == [(held["contact_id"], "education")]

    adviser.submit(f"{talk}/udfald", {"outcome_code": "job", "contact_id": again["contact_id"]})
    adviser.submit(f"{talk}/udfald/fejl", shown)
    assert outcomes(intake) == [(again["contact_id"], "job")]


def outcomes(intake: ServiceUnderTest) -> list[tuple[str, str]]:
    found = intake.connection.execute(text("SELECT contact_id, outcome_code FROM door_outcome"))
    return [(str(contact_id), code) for contact_id, code in found]


def test_form_without_a_choice_says_so(adviser: Browser, talk: str) -> None:
    for act, said in (("hjaelp", "Hjælp: Sæt mindst ét flueben."), ("udfald", "Udfald: Mangler.")):
        answer = adviser.submit(f"{talk}/{act}", {})
        assert (answer.status_code, said in words(answer)) == (422, True)


def test_hours_of_the_week_are_noted_and_a_weak_sign_in_decides_no_duty(
    held: Any, adviser: Browser, intake: ServiceUnderTest
) -> None:
    path = f"/borger/{held['citizen_id']}/timer"
    assert "Der er ikke noteret timer i ugen." in words(adviser.get(path))
    noted = {"day": "2026-11-04", "hours": "7,5", "kind_code": "job_search", "source_code": "citizen"}
    assert adviser.submit(path, noted).location == f"{path}?dag=2026-11-02"
    adviser.submit(f"{path}/pligt", {"from_on": "2026-11-02", "weekly_hours": "37"})

    shown = words(adviser.get(path))
    assert "Tæller med 7,5 timer Aftalt om ugen 37 timer Mangler 29,5 timer; der sker ikke noget af sig selv" in shown
    weak = intake.browser("adviser", organisation="jobbutikken", assurance="low")
    assert weak.submit(f"{path}/pligt", {"from_on": "2026-11-02", "weekly_hours": "0"}).status_code == 403


def test_week_before_2025_is_not_set_up(held: Any, adviser: Browser) -> None:
    assert "Ikke sat op" in words(adviser.get(f"/borger/{held['citizen_id']}/timer?dag=2024-11-06"))


def test_calculator_says_that_the_rate_is_not_set_up(adviser: Browser) -> None:
    shown = words(adviser.get("/skranken/regnestykke?timeloen=150&timer=37&ydelse=kontanthjaelp"))

    assert "Løn om måneden 24.050,00 kr." in shown
    assert "Satsen for kontanthjælp er ikke sat op." in shown


def test_cv_list_and_the_citizens_own_word(held: Any, adviser: Browser, intake: ServiceUnderTest) -> None:
    assert "Nancy Ann Test Berggren 23. november 2026 venter" in words(adviser.get("/skranken/cv"))
    me = intake.browser("citizen", subject=held["citizen_id"])
    assert "Det skal ligge der senest 23. november 2026." in words(me.get("/min-side"))
    me.submit("/min-side/cv")

    assert len(intake.told(CvDeadlineMet)) == 1
    assert "er er der. Nye dage sættes" in words(adviser.get("/skranken/cv"))
    me.submit("/min-side/cv/fejl")
    assert "Dit CV på Jobnet" in words(me.get("/min-side"))


def test_other_unit_sees_no_word_of_it(intake: ServiceUnderTest, held: Any, talk: str) -> None:
    with intake.begin() as session:
        units.put(session, UUID(talk.split("/")[2]), "ungeenheden")
    stranger = intake.browser("adviser", organisation="jobbutikken")

    assert "Søger om" not in stranger.get(talk).text
    assert stranger.submit(f"{talk}/viden", {"tasks": "x"}).status_code == 403
    assert "Tæller med" not in stranger.get(talk.replace("samtalen", "timer")).text


def test_cv_is_noted_from_the_list_of_days_and_taken_back_there(adviser: Browser, talk: str) -> None:
    noted = adviser.submit(f"{talk}/cv", {"fra": "liste"})
    page = adviser.get(noted.location)
    assert (noted.location, "Alle CV'er er der." in words(page)) == ("/skranken/cv", True)

    assert adviser.submit(*offered(page.text)).location == "/skranken/cv"
    assert "venter" in words(adviser.get("/skranken/cv"))


def test_cv_list_leaves_out_whose_contact_has_ended_at_the_door(adviser: Browser, talk: str) -> None:
    assert "venter" in words(adviser.get("/skranken/cv"))

    adviser.submit(f"{talk}/udfald", {"outcome_code": "education"})
    assert "Alle CV'er er der." in words(adviser.get("/skranken/cv"))
    adviser.submit(f"{talk}/udfald/fejl")
    assert "venter" in words(adviser.get("/skranken/cv"))
