"""The receipt that the person takes home: when, where, whom to ask for, what to bring, which guidance."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import text

from services.intake.use_cases import slots
from shared import clock
from shared.events import StraksaktiveringReferred, VisitationBooked
from shared.events.codes import EASY_DANISH
from tests.browser import Browser, words
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import MONDAY, WALK_IN
from tests.intake.test_visitation import HOSTS, REFERRAL


@pytest.fixture(autouse=True)
def monday(intake: ServiceUnderTest) -> Iterator[None]:
    with clock.moved_to(MONDAY):
        with intake.begin() as session:
            slots.stock_slots(session)
            session.execute(text("DELETE FROM slot WHERE consultant <> 'consultant-1'"))
        yield


@pytest.fixture
def desk(intake: ServiceUnderTest) -> Browser:
    return intake.browser("front_desk", organisation="jobbutikken")


def receipt(intake: ServiceUnderTest, desk: Browser, wanted: str = "", **changed: Any) -> str:
    made = intake.call("POST", "/first-contacts", WALK_IN | changed).json
    return words(desk.get(f"/skranken/kvittering/{made['contact_id']}{wanted}"))


def test_receipt_says_when_where_whom_what_and_which_guidance(intake: ServiceUnderTest, desk: Browser) -> None:
    shown = receipt(intake, desk)

    assert "Mandag den 2. november 2026 kl. 10.30 Jobbutikken i rådhuset, stuen, Samtalerum 1" in shown
    assert "Spørg efter Konsulent 1. Tag din telefon, billedlegitimation og dit CV med" in shown
    assert "Vejledningen er udgave 2026-02. Du har også fået den skriftligt." in shown
    assert "Du kan altid søge." in shown


def test_guidance_that_was_only_told_is_offered_in_writing(intake: ServiceUnderTest, desk: Browser) -> None:
    shown = receipt(intake, desk, guidance={"version": "2026-02", "written": False})

    assert "Du har fået den mundtligt. Sig til, hvis du vil have den skriftligt." in shown


def test_receipt_is_easy_to_read_on_request(intake: ServiceUnderTest, desk: Browser) -> None:
    shown = receipt(intake, desk, "?tekst=let")

    assert "Mandag den 2. november. Klokken er 10.30." in shown
    assert "Tag din telefon med." in shown


def test_receipt_follows_the_citizens_language_not_the_screens(intake: ServiceUnderTest, desk: Browser) -> None:
    shown = receipt(intake, desk, language="en")

    assert "Monday 2 November 2026 at 10:30 the Jobbutik in the town hall, ground floor" in shown
    assert "Skranken" in shown


def test_language_without_a_text_falls_back_with_a_word_that_says_so(intake: ServiceUnderTest, desk: Browser) -> None:
    shown = receipt(intake, desk, language="so")

    assert "Der er ingen tekst på borgerens sprog (somali) endnu." in shown
    assert "Mandag den 2. november 2026 kl. 10.30" in shown


def test_a01_without_a_slot_the_receipt_says_what_happens_next(intake: ServiceUnderTest, desk: Browser) -> None:
    intake.connection.execute(text("DELETE FROM slot"))
    shown = receipt(intake, desk)

    assert "Du har ikke fået en tid endnu. Vi kontakter dig, så snart der er en." in shown
    assert "Prøv at booke igen" in shown


def test_a05_after_the_talk_the_receipt_says_where_to_begin(intake: ServiceUnderTest, desk: Browser) -> None:
    for host in HOSTS:
        intake.call("POST", "/hosts", host, client="adviser")
    made = intake.call("POST", "/first-contacts", WALK_IN).json
    outcome = f"/visitations/{made['visitation']['id']}/outcome"
    assert intake.call("POST", outcome, {"referral": REFERRAL}, client="adviser").status_code == 201
    shown = words(desk.get(f"/skranken/kvittering/{made['contact_id']}"))

    assert "Her begynder du" in shown
    assert "Sig, at du kommer fra Jobbutikken." in shown
    assert "Din samtale" not in shown
    assert "Prøv at booke igen" not in shown
    assert [event.guidance_version for event in intake.told(StraksaktiveringReferred)] == ["2026-02"]


def test_letters_are_told_which_guidance_was_given(intake: ServiceUnderTest) -> None:
    intake.call("POST", "/first-contacts", WALK_IN)

    assert [event.guidance_version for event in intake.told(VisitationBooked)] == ["2026-02"]


def test_programs_read_the_receipt_too(intake: ServiceUnderTest) -> None:
    made = intake.call("POST", "/first-contacts", WALK_IN | {"language": "so"}).json
    told = intake.call("GET", f"/first-contacts/{made['contact_id']}/receipt").json

    assert (told["when"], told["consultant"]) == ("mandag den 2. november 2026 kl. 10.30", "Konsulent 1")
    assert (told["text"], told["without_text"], told["guidance_version"]) == ("da", True, "2026-02")


def test_text_that_is_none_is_refused(intake: ServiceUnderTest, desk: Browser) -> None:
    made = intake.call("POST", "/first-contacts", WALK_IN).json

    assert desk.get(f"/skranken/kvittering/{made['contact_id']}?tekst=xx").status_code == 422


def test_receipt_is_easy_to_read_for_whoever_reads_so_best(intake: ServiceUnderTest, desk: Browser) -> None:
    shown = receipt(intake, desk, language=EASY_DANISH)

    assert "Mandag den 2. november. Klokken er 10.30." in shown
    assert "Der er ingen tekst på borgerens sprog" not in shown
