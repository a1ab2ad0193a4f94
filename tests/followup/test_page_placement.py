"""A placement's page: its story, the first day's checklist, and hours that grow; and the list of all."""

from collections.abc import Iterator
from datetime import date

import pytest

from shared import clock
from shared.calendar import danish_time
from shared.events import HoursChanged
from tests.browser import Browser, words
from tests.followup.telling import CITIZEN, MENTOR, PLACEMENT, citizen, company, placement
from tests.house import ServiceUnderTest

NOW = danish_time(date(2027, 1, 6), 11)
HOURS = {"from": "2027-01-18", "placement_hours": "12,5", "paid_hours": "0", "reason_code": "next_step"}


@pytest.fixture
def begun(followup: ServiceUnderTest) -> Iterator[ServiceUnderTest]:
    """A placement on its third day, with a checklist; nothing was held yet."""
    first = danish_time(date(2027, 1, 4), 8)
    followup.hear(citizen(language="so", interpreter=True), company(), placement(
        cadence="handholding", starts_on=date(2027, 1, 4), ends_on=date(2027, 4, 4), first_day_at=first,
    ))  # fmt: skip
    with clock.moved_to(NOW):
        yield followup


@pytest.fixture
def consultant(begun: ServiceUnderTest) -> Browser:
    return begun.browser("job_consultant")


def test_placement_shows_its_story_and_the_way_to_the_citizen(consultant: Browser) -> None:
    answer = consultant.get(f"/opfoelgning/forloeb/{PLACEMENT}")

    shown = words(answer)
    assert f'href="/borger/{CITIZEN}"' in answer.text
    assert "Mentor Max Test Berggren" in shown
    assert "Formål Afdække kompetencer Rytme Tæt støtte med tjekliste Tolk Somali" in shown
    assert "Mangler Arbejdstøjet er på plads" in shown
    assert shown.count("Daglig opfølgning, på arbejdspladsen") == 5


def test_checklist_is_ticked_and_the_tick_taken_away(consultant: Browser) -> None:
    own = f"/opfoelgning/forloeb/{PLACEMENT}"
    consultant.submit(f"{own}/tjekliste/lunch")
    ticked = consultant.get(own)
    assert "På plads Frokosten er aftalt" in words(ticked)
    assert f'action="{own}/tjekliste/lunch/fortryd"' in ticked.text

    consultant.submit(f"{own}/tjekliste/lunch/fortryd")
    assert "Mangler Frokosten er aftalt" in words(consultant.get(own))
    assert consultant.submit(f"{own}/tjekliste/parachute").status_code == 404


def test_hours_are_agreed_as_danes_write_them(consultant: Browser, begun: ServiceUnderTest) -> None:
    own = f"/opfoelgning/forloeb/{PLACEMENT}"
    answer = consultant.submit(f"{own}/timer", HOURS | {"asked_by": "citizen"})

    assert (answer.status_code, answer.location) == (303, own)
    assert begun.told(HoursChanged)[0].placement_hours == 12.5
    assert "18. januar 2027 12,5 0 Næste skridt Borgeren" in words(consultant.get(own))


def test_hours_before_the_placement_come_back_with_what_was_typed(consultant: Browser) -> None:
    answer = consultant.submit(
        f"/opfoelgning/forloeb/{PLACEMENT}/timer", HOURS | {"from": "2027-01-01", "asked_by": "mentor"}
    )

    assert answer.status_code == 422
    assert "Fra: Forløbet var ikke begyndt." in words(answer)
    assert 'value="12,5"' in answer.text
    assert '<option value="mentor" selected>' in answer.text


def test_hours_without_who_asked_name_the_field(consultant: Browser) -> None:
    answer = consultant.submit(f"/opfoelgning/forloeb/{PLACEMENT}/timer", HOURS)

    assert answer.status_code == 422
    assert "Hvem bad om det: Mangler." in words(answer)


def test_placements_are_listed_or_said_to_come(followup: ServiceUnderTest) -> None:
    consultant = followup.browser("job_consultant")
    assert "Der er ingen forløb endnu." in words(consultant.get("/opfoelgning/forloeb"))

    followup.hear(citizen(), company(), placement())
    assert "Nancy Ann Test Berggren Vestkystens Smede Virksomhedspraktik" in words(
        consultant.get("/opfoelgning/forloeb")
    )
    assert "Der er ikke flere forløb." in words(consultant.get(f"/opfoelgning/forloeb?efter={PLACEMENT}"))


def test_nobody_is_named_by_a_code(consultant: Browser) -> None:
    shown = words(consultant.get(f"/opfoelgning/forloeb/{PLACEMENT}"))

    for code in ("in_person", "handholding", "uncover_skills", "daily", "lunch", "agreed_at_start", str(MENTOR)):
        assert code not in shown
