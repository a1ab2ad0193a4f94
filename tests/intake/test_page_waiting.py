"""The waiting room's pages: the board by keys and clicks, the wall, and what is never on them."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from services.intake.use_cases import slots
from shared import clock
from shared.clock import danish_time
from tests.browser import Browser, offered, queries_of, words
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import MONDAY
from tests.intake.waiting import arrived, booked, step

BOARD, WALL = "/skranken/venterum", "/skranken/skaerm"


@pytest.fixture(autouse=True)
def monday(intake: ServiceUnderTest) -> Iterator[None]:
    with clock.moved_to(MONDAY):
        with intake.begin() as session:
            slots.stock_slots(session)
        yield


@pytest.fixture
def desk(intake: ServiceUnderTest) -> Browser:
    return intake.browser("front_desk", organisation="jobbutikken")


def at(minutes: float) -> Any:
    return clock.moved_to(MONDAY + timedelta(minutes=minutes))


def test_empty_board_says_what_to_do(desk: Browser) -> None:
    shown = words(desk.get(BOARD))

    assert "Ingen venter. Når en borger kommer, noterer du det ved tiden nedenfor eller på borgerens kort." in shown
    assert "Der ventes ikke flere med en tid i dag." in shown
    assert "Har ventet længst –" in shown


def test_one_press_at_the_expected_talk_and_the_number_is_said(desk: Browser, intake: ServiceUnderTest) -> None:
    made = booked(intake)
    shown = desk.get(BOARD)
    assert 'data-key="1" data-key-label="10.30 Nancy er ankommet"' in shown.text
    answer = desk.submit(
        f"/borger/{made['citizen_id']}/ankomst", {"visitation_id": made["visitation"]["id"], "fra": "venterum"}
    )

    assert answer.location == BOARD
    after = words(desk.get(BOARD))
    assert "Nr. 1 er ankommet. Sig nummeret." in after
    assert "Nr. 1 Nancy 10.05 0 minutter 10.30" in after


def test_board_shows_a_first_name_and_no_more_of_anybody(desk: Browser, intake: ServiceUnderTest) -> None:
    here = arrived(intake, booked(intake)["citizen_id"])
    shown = words(desk.get(BOARD))

    assert "Nr. 1 Nancy" in shown
    assert not any(hidden in shown for hidden in ("Berggren", "Test", "7505", "kontanthjælp"))
    step(intake, here, "call", {"place": "desk-1"})
    assert "Berggren" not in words(desk.get(BOARD))


def test_protected_person_has_a_number_only(desk: Browser, intake: ServiceUnderTest) -> None:
    arrived(intake, booked(intake, protected=True)["citizen_id"])

    shown = words(desk.get(BOARD))
    assert "Nr. 1 Beskyttet navn" in shown
    assert "Nancy" not in shown


def test_minutes_and_the_longest_wait_are_on_top(desk: Browser, intake: ServiceUnderTest) -> None:
    arrived(intake, booked(intake, 0)["citizen_id"])
    with at(8):
        arrived(intake, booked(intake, 1, name="Otto Test Holm")["citizen_id"])
    with at(21.5):
        shown = words(desk.get(BOARD))

    assert "Venter nu 2" in shown
    assert "Har ventet længst 21 minutter" in shown
    assert "Nr. 1 Nancy 10.05 21 minutter længe" in shown
    assert "Nr. 2 Otto 10.13 13 minutter" in shown


def test_desk_says_once_where_it_sits_and_calls_by_a_key(desk: Browser, intake: ServiceUnderTest) -> None:
    here = arrived(intake, booked(intake)["citizen_id"])
    assert "Vælg øverst, hvor du sidder." in words(desk.get(BOARD))
    assert 'data-key="k"' in desk.get(f"{BOARD}?plads=desk-2").text
    answer = desk.submit(f"{BOARD}/{here['id']}/kald", {"place": "desk-2"})

    assert answer.location == f"{BOARD}?plads=desk-2"
    assert "Nr. 1 er kaldt til skranke 2." in words(desk.get(answer.location))
    arrived(intake, booked(intake, 1)["citizen_id"])
    assert "Kald til skranke 2" in words(desk.get(BOARD))


def test_second_desk_is_told_calmly_and_sees_the_board(desk: Browser, intake: ServiceUnderTest) -> None:
    here = arrived(intake, booked(intake)["citizen_id"])
    other = intake.browser("adviser", organisation="jobbutikken")
    desk.submit(f"{BOARD}/{here['id']}/kald", {"place": "desk-1"})
    late = other.submit(f"{BOARD}/{here['id']}/kald", {"place": "desk-2"})

    assert late.status_code == 409
    assert "Nr. 1 er allerede kaldt ind. Tavlen viser, hvordan det står nu." in words(late)
    assert "Kaldt ind og i samtale" in words(late)


def test_every_act_of_the_board_offers_its_undo(desk: Browser, intake: ServiceUnderTest) -> None:
    here = arrived(intake, booked(intake)["citizen_id"])
    for verb, fields in (("kald", {"place": "desk-1"}), ("samtale", {}), ("faerdig", {})):
        before = room(intake)[0]["state"]
        answer = desk.submit(f"{BOARD}/{here['id']}/{verb}", fields)
        assert answer.status_code == 303
        desk.submit(*offered(desk.get(answer.location).text))
        assert room(intake)[0]["state"] == before
        desk.submit(f"{BOARD}/{here['id']}/{verb}", fields)

    assert room(intake)[0]["state"] == "done"


def room(intake: ServiceUnderTest) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = intake.call("GET", "/waiting-room?unit_code=jobbutikken").json["items"]
    return found


def test_no_show_can_be_pressed_once_the_time_has_begun(desk: Browser, intake: ServiceUnderTest) -> None:
    made = booked(intake)
    path = f"/skranken/tid/{made['visitation']['id']}/udeblevet"
    assert path not in desk.get(BOARD).text
    with clock.moved_to(danish_time(MONDAY.date(), 10, 31)):
        assert path in desk.get(BOARD).text
        answer = desk.submit(path)
        shown = words(desk.get(answer.location))
        assert "Det er noteret, at ingen kom." in shown
        assert "udeblevet 10.31" in shown
        late = desk.submit(f"/borger/{made['citizen_id']}/ankomst", {"visitation_id": made["visitation"]["id"]})
        assert "Nr. 1 er ankommet." in words(desk.get(late.location))


def test_arrival_is_ticked_on_the_slot_board_and_on_the_card(desk: Browser, intake: ServiceUnderTest) -> None:
    made = booked(intake)
    path = f"/borger/{made['citizen_id']}/ankomst"
    for page in ("/skranken", f"/borger/{made['citizen_id']}"):
        assert f'action="{path}"' in desk.get(page).text
    answer = desk.submit(path, {"visitation_id": made["visitation"]["id"], "fra": "skranken"})

    assert answer.location == "/skranken"
    assert "booket nr. 1 venter" in words(desk.get("/skranken"))
    assert f'action="{path}"' not in desk.get("/skranken").text


def test_boards_are_woken_by_an_arrival_that_no_event_tells_of(intake: ServiceUnderTest) -> None:
    watching = "SELECT tgname FROM pg_trigger WHERE tgrelid IN ('arrival'::regclass, 'hand_over'::regclass)"

    assert list(intake.connection.scalars(text(f"{watching} AND tgname = 'wake'"))) == ["wake", "wake"]


def test_board_asks_as_few_questions_for_many_as_for_one(desk: Browser, intake: ServiceUnderTest) -> None:
    counted = []
    for number in range(3):
        here = arrived(intake, booked(intake, number)["citizen_id"])
        given = {"to_code": "consultant-1", "reason_code": "break"}
        intake.call("POST", f"/arrivals/{here['id']}/hand-overs", given)
        with queries_of(intake.connection) as asked:
            desk.get(f"{BOARD}?plads=desk-1")
        counted.append(len(asked))

    assert counted == [counted[0]] * 3


def test_wall_is_for_everybody_and_tells_of_nobody(intake: ServiceUnderTest) -> None:
    visitor = intake.browser()
    assert "Tag plads. Dit nummer vises her." in words(visitor.get(f"{WALL}?enhed=jobbutikken"))
    here = arrived(intake, booked(intake)["citizen_id"])
    step(intake, here, "call", {"place": "desk-2"})
    before = intake.connection.scalar(text("SELECT count(*) FROM lookup"))

    for path in (WALL, f"{WALL}/numre", f"{WALL}?enhed=jobbutikken"):
        shown = visitor.get(path)
        assert "1 → går til Skranke 2" in words(shown)
        assert not any(hidden in shown.text for hidden in ("Nancy", here["citizen_id"], here["id"]))
    assert intake.connection.scalar(text("SELECT count(*) FROM lookup")) == before


def test_wall_shows_its_own_units_numbers_until_the_talk_begins(intake: ServiceUnderTest) -> None:
    visitor = intake.browser()
    here = arrived(intake, booked(intake)["citizen_id"])
    step(intake, here, "call", {"place": "room-1"})

    assert "Samtalerum 1" in words(visitor.get(f"{WALL}?enhed=jobbutikken"))
    assert "Samtalerum 1" not in words(visitor.get(f"{WALL}?enhed=ungeenheden"))
    step(intake, here, "talk")
    assert "Samtalerum 1" not in words(visitor.get(f"{WALL}?enhed=jobbutikken"))
