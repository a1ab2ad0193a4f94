"""The pages about mentors: for staff the register and a placement's mentor, for the mentor the direct line."""

from collections.abc import Iterator
from datetime import date

import pytest

from shared import clock
from shared.calendar import danish_time
from tests.browser import Browser, offered, words
from tests.followup.surroundings import OF, mentor
from tests.followup.telling import MENTOR, PLACEMENT, citizen, company, link_mentor, placement
from tests.house import ServiceUnderTest

ALL = "/opfoelgning/mentorer"
HERE = f"/opfoelgning/forloeb/{PLACEMENT}/mentoren"
LINE = f"/opfoelgning/forloeb/{PLACEMENT}/linje"


@pytest.fixture
def begun(followup: ServiceUnderTest) -> Iterator[ServiceUnderTest]:
    """A19's placement, in its second week."""
    with clock.moved_to(danish_time(date(2026, 11, 30), 11)):
        followup.hear(citizen(), company(), placement())
    with clock.moved_to(danish_time(date(2026, 12, 9), 11)):
        yield followup


@pytest.fixture
def consultant(begun: ServiceUnderTest) -> Browser:
    return begun.browser("job_consultant")


def test_empty_register_says_what_to_do(consultant: Browser) -> None:
    assert "Der er ingen mentorer i registeret endnu. Skriv den første ind herunder" in words(consultant.get(ALL))
    assert "Der er ikke noteret noget møde." in words(consultant.get(f"{ALL}/netvaerk"))


def test_mentor_is_written_in_by_the_companys_name(consultant: Browser) -> None:
    typed = {"name": "Max Test Berggren", "kind": "company", "company": "Vestkystens"}
    wrong = consultant.submit(ALL, typed)
    assert (wrong.status_code, "Max Test Berggren" in wrong.text) == (422, True)
    assert "Virksomhed: Skriv virksomhedens hele navn." in words(wrong)

    made = consultant.submit(ALL, typed | {"company": "vestkystens smede", "trained_on": "02-03-2026"})
    assert made.status_code == 303
    shown = words(consultant.get(ALL))
    assert "Uddannede mentorer 1 Virksomheder med uddannet mentor 1 Forløb med mentor fra registeret 0" in shown
    assert "Max Test Berggren Vestkystens Smede 2. marts 2026 0 af 2" in shown


def test_room_and_training_are_taken_back_by_the_message(consultant: Browser, begun: ServiceUnderTest) -> None:
    own = f"{ALL}/{mentor(begun)['id']}"
    consultant.submit(f"{own}/plads", {"since": "01-12-2026", "places": "0"})
    shown = consultant.get(own)
    assert "1. december 2026 0 Fjern" in words(shown)
    consultant.submit(*offered(shown.text))
    assert "Der er ikke aftalt noget." in words(consultant.get(own))

    consultant.submit(f"{own}/uddannet", {"trained_on": "02-03-2026"})
    consultant.submit(*offered(consultant.get(own).text))
    assert "Uddannet den Ikke endnu" in words(consultant.get(own))


def test_another_mentor_comes_with_advice_and_with_undo(consultant: Browser, begun: ServiceUnderTest) -> None:
    known = mentor(begun, name="Ulla Test Lund")["id"]
    consultant.submit(f"{ALL}/{known}/plads", {"since": "01-12-2026", "places": "0"})
    consultant.submit(HERE, {"mentor_id": known})
    shown = consultant.get(HERE)
    assert "I ugen fra 7. december 2026 er det flere end de 0 pladser, mentoren har." in words(shown)
    assert "Ny mentor fra 9. december 2026. Før var det Max Test Berggren." in words(shown)

    consultant.submit(*offered(shown.text))
    assert "Mentor Max Test Berggren Mentoren i aftalen står ikke i registeret endnu." in words(consultant.get(HERE))


def test_unknown_limits_are_said_and_what_was_typed_stays(consultant: Browser) -> None:
    assert "Grænserne for frikøb i dag er ikke sat op." in words(consultant.get(HERE))
    typed = {"weekly_hours": "3", "starts_on": "14-12-2026", "ends_on": "31-01-2027", "exceeds": "on"}
    answer = consultant.submit(f"{HERE}/frikoeb", typed)

    assert answer.status_code == 409
    assert 'value="14-12-2026"' in answer.text


def test_mentor_asks_to_be_rung_up_and_staff_see_it_first(consultant: Browser, begun: ServiceUnderTest) -> None:
    link_mentor(begun, str(MENTOR))
    known = mentor(begun, line_name="Johanne Jobstrup", line_phone="20 44 55 66")["id"]
    begun.call("POST", f"{OF}/recognised", {"mentor_id": known}, client="consultant")
    own = begun.browser("mentor", subject=str(MENTOR))
    assert "Din faste kontakt Johanne Jobstrup Telefon 20 44 55 66" in words(own.get(LINE))
    assert "Hvornår?: Mangler." in words(own.submit(LINE, {}))
    own.submit(LINE, {"urgency": "now"})
    own.submit(LINE, {"urgency": "today"})

    shown = consultant.get(ALL)
    assert "Max Test Berggren Nancy Ann Test Berggren I dag" in words(shown)
    [waiting] = begun.call("GET", "/mentors", client="consultant").json["calls"]
    consultant.submit(f"{ALL}/opkald/{waiting['id']}", {"answered": "true"})
    taken = consultant.get(ALL)
    assert "Venter på et opkald" not in words(taken)
    consultant.submit(*offered(taken.text))
    assert "Venter på et opkald" in words(consultant.get(ALL))
    own.submit(f"{LINE}/fortryd")
    assert "Venter på et opkald" not in words(consultant.get(ALL))


def test_protected_citizen_has_no_name_among_the_calls(begun: ServiceUnderTest, consultant: Browser) -> None:
    begun.hear(citizen(name=None, protected=True), version=2)
    link_mentor(begun, str(MENTOR))
    begun.browser("mentor", subject=str(MENTOR)).submit(LINE, {"urgency": "today"})

    assert "Max Test Berggren Beskyttet navn I dag" in words(consultant.get(ALL))


def test_minutes_are_corrected_and_a_meeting_needs_a_day(consultant: Browser, begun: ServiceUnderTest) -> None:
    known = mentor(begun)["id"]
    assert consultant.submit(f"{ALL}/netvaerk", {"minutes": "Pauserne"}).status_code == 422
    made = consultant.submit(f"{ALL}/netvaerk", {"held_on": "08-12-2026", "mentor_ids": known, "minutes": "Pauserne"})
    assert "Pauserne" in consultant.get(made.location).text
    consultant.submit(made.location, {"held_on": "08-12-2026", "minutes": "Frokosten", "version": "1"})

    shown = consultant.get(made.location)
    assert ("Frokosten" in shown.text, "Pauserne" in shown.text, f'value="{known}" checked' in shown.text) == (
        True,
        False,
        False,
    )


@pytest.mark.parametrize("path", [ALL, f"{ALL}/netvaerk", HERE])
def test_the_register_is_for_staff_only(begun: ServiceUnderTest, path: str) -> None:
    link_mentor(begun, str(MENTOR))

    assert begun.browser("mentor", subject=str(MENTOR)).get(path).status_code == 403
    assert begun.browser("citizen").get(path).status_code == 403
