"""Rooms and consultants' hours from a list: the slots follow, and go again with it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, cast

import pytest
from sqlalchemy import text

from services.intake.use_cases.lists import LISTS
from shared import clock
from shared.lists import Kind
from tests import lists
from tests.browser import Browser, words
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import MONDAY

ROOMS = "Lokale;Pladser\nBlå stue;2\nGrøn stue;mange\n"
CONSULTANTS = "Konsulent;Mandag;Tirsdag\nIda Test;9-12, 12.30-15;9-15\n"


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.moved_to(MONDAY):
        yield


def test_rooms_and_hours_of_a_list_open_slots_and_close_them_when_it_is_taken_back(intake: ServiceUnderTest) -> None:
    desk: Browser = intake.browser("front_desk", organisation="jobbutikken")
    before = intake.connection.execute(text("SELECT name, active FROM consultant ORDER BY name")).all()

    at = lists.checked(desk, LISTS.home, ROOMS, "rooms")
    lists.work_on(intake, LISTS)
    assert "2 Blå stue 2 Ny" in words(desk.get(at))
    assert "Antal pladser: " in words(desk.get(at))
    desk.submit(f"{at}/registrer", {"take": "good"})
    lists.work_on(intake, LISTS)
    hours = lists.taken(desk, intake, LISTS, CONSULTANTS, what="consultants")
    mine = text("SELECT count(*) FROM slot JOIN consultant ON code = slot.consultant WHERE name = 'Ida Test'")
    assert intake.connection.scalar(mine)
    assert intake.connection.scalar(text("SELECT places FROM room WHERE name = 'Blå stue'")) == 2

    assert "Se kortet" in words(desk.get(hours))
    tried = lists.checked(desk, LISTS.home, CONSULTANTS.replace("Ida", "Eva") + "Ida Test;9-12;\n", "consultants")
    lists.work_on(intake, LISTS)
    assert words(desk.get(tried)).count("Se kortet") == 1, "who is new in a dry run is not there to be seen"
    again = lists.taken(desk, intake, LISTS, CONSULTANTS.replace("9-15", "9-14"), what="consultants")
    assert "Kendt Ændres: tirsdag" in words(desk.get(again))
    for one in (again, hours):
        desk.submit(f"{one}/tilbage")
        lists.work_on(intake, LISTS)
    assert "Fejl" in words(desk.get(hours)), "what was changed since is not taken back"
    desk.submit(f"{hours}/slet")
    assert "Filen er slettet." in (said := words(desk.get(LISTS.home)))
    assert "Intet er registreret." not in said
    kept = text("SELECT hours FROM consultant WHERE name = 'Ida Test'")
    assert intake.connection.scalar(kept) == ["mon 09:00-12:00", "mon 12:30-15:00", "tue 09:00-15:00"]
    assert before == intake.connection.execute(
        text("SELECT name, active FROM consultant WHERE name <> 'Ida Test' ORDER BY name")
    ).all()  # fmt: skip


def test_dry_run_that_failed_leaves_no_report_of_other_columns(
    intake: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk: Browser = intake.browser("front_desk", organisation="jobbutikken")
    at = lists.checked(desk, LISTS.home, CONSULTANTS, "consultants")
    lists.work_on(intake, LISTS)

    def fails(*_given: Any) -> None:
        raise RuntimeError

    kinds = cast("dict[str, Kind]", LISTS.kinds)
    monkeypatch.setitem(kinds, "consultants", replace(kinds["consultants"], take=fails))
    desk.submit(f"{at}/kolonner", {"columns": ["name", "tue", "mon"]})
    lists.work_on(intake, LISTS)
    answer = desk.submit(f"{at}/registrer", {"take": "good"})
    assert (answer.status_code, "Der er ingen linjer at registrere." in words(answer)) == (409, True)
