"""The desk's pages: the board, a first contact in one screen, its receipt, the day on paper, counts for partners."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from services.intake.use_cases import slots
from shared import clock
from shared.events import CitizenRegistered, FirstContactRegistered
from tests.browser import Browser, queries_of, words
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import MONDAY, WALK_IN, register

TYPED = {
    "cpr": "251248-9996",
    "name": "Nancy Ann Test Berggren",
    "phone": "20 12 34 56",
    "email": "nancy@example.dk",
    "postal_code": "3400",
    "municipality_code": "0219",
    "applied_for": "kontanthjaelp",
    "channel": "desk",
    "guidance.version": "2026-02",
    "guidance.written": "on",
    "qualifying_education": "on",
    "language": "",
}


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.moved_to(MONDAY):
        yield


@pytest.fixture
def desk(intake: ServiceUnderTest) -> Browser:
    """Somebody at the desk on a Monday with free slots."""
    with intake.begin() as session:
        slots.stock_slots(session)
    return intake.browser("front_desk", organisation="jobbutikken")


def looks(intake: ServiceUnderTest) -> list[tuple[Any, ...]]:
    found = intake.connection.execute(text("SELECT data, how, purpose, refused FROM lookup ORDER BY seq"))
    return [tuple(row) for row in found]


def without_a_slot(intake: ServiceUnderTest, **changed: Any) -> Any:
    with intake.begin() as session:
        session.execute(text("UPDATE slot SET visitation_id = gen_random_uuid() WHERE visitation_id IS NULL"))
    answer = intake.call("POST", "/first-contacts", WALK_IN | changed)
    assert answer.json["visitation"] is None
    return answer.json


def test_empty_board_says_what_that_means_and_what_to_do(desk: Browser) -> None:
    shown = words(desk.get("/skranken"))

    assert "Kommet i dag 0" in shown
    assert "Ingen venter. Alle, der er kommet, har en tid." in shown
    assert "Der er ingen visitationer den dag." in shown


def test_board_tells_who_waits_how_long_and_by_when_in_words(intake: ServiceUnderTest) -> None:
    without_a_slot(intake)
    with clock.moved_to(MONDAY + timedelta(days=2)):
        desk = intake.browser("front_desk")
        later = intake.call("POST", "/first-contacts", WALK_IN | {"cpr": "150277-9995", "name": "Ruddi"})
        shown = words(desk.get("/skranken/tavle"))

    assert later.json["visitation"] is None
    assert "Venter på en tid 2" in shown
    assert "Målet er ikke nået 1" in shown
    assert shown.index("Nancy Ann Test Berggren") < shown.index("Ruddi")
    assert "Overskredet 3. november 2026 Senest 9. november 2026" in shown


def test_somebody_who_came_twice_waits_once(intake: ServiceUnderTest, desk: Browser) -> None:
    without_a_slot(intake)
    without_a_slot(intake)

    assert "Venter på en tid 1" in words(desk.get("/skranken"))


def test_who_waits_is_given_the_first_slot_by_one_act(intake: ServiceUnderTest, desk: Browser) -> None:
    contact = without_a_slot(intake)["contact_id"]
    with intake.begin() as session:
        session.execute(text("UPDATE slot SET visitation_id = NULL"))

    answer = desk.submit(f"/skranken/henvendelser/{contact}/tid")

    assert (answer.status_code, answer.location) == (303, "/skranken")
    shown = words(desk.get("/skranken"))
    assert "Nancy Ann Test Berggren har fået tid 2. november 2026 kl. 10.30." in shown
    assert "Ingen venter." in shown
    assert "10.30–11.00 Nancy Ann Test Berggren" in shown


def test_board_stays_when_no_slot_is_left(intake: ServiceUnderTest, desk: Browser) -> None:
    contact = without_a_slot(intake)["contact_id"]

    answer = desk.submit(f"/skranken/henvendelser/{contact}/tid")

    assert answer.status_code == 409
    assert "Der er ingen ledig tid endnu." in words(answer)
    assert "Venter på en tid 1" in words(answer)


@pytest.mark.parametrize(("waiting", "path"), [(0, "/skranken"), (3, "/skranken"), (3, "/skranken/dagsliste")])
def test_board_asks_as_few_questions_for_many_as_for_none(
    intake: ServiceUnderTest, desk: Browser, waiting: int, path: str
) -> None:
    for cpr in ("251248-9996", "150277-9995", "050688-9996")[:waiting]:
        intake.call("POST", "/first-contacts", WALK_IN | {"cpr": cpr})

    with queries_of(intake.connection) as asked:
        assert desk.get(path).status_code == 200

    assert len(asked) <= 5


def test_day_list_has_what_a_desk_without_power_needs_and_no_more(intake: ServiceUnderTest, desk: Browser) -> None:
    register(intake)
    register(intake, cpr="150277-9995", name="Ruddi Test", phone="20 99 88 77", protected=True)

    shown = words(desk.get("/skranken/dagsliste?day=2026-11-02"))

    assert "10.30–11.00 Nancy Ann Test Berggren 251248-xxxx 20 12 34 56 Jobbutikken" in shown
    assert "Ruddi Test 150277-xxxx Jobbutikken Beskyttet" in shown
    assert "9996" not in shown


def test_day_that_is_none_is_refused(desk: Browser) -> None:
    assert "Visitationer 3. november 2026" in words(desk.get("/skranken?day=3/11+2026"))
    wrong = desk.get("/skranken?day=imorgen")
    assert wrong.status_code == 422
    assert "Skriv datoen som dd-mm-åååå, fx 01-12-2026." in words(wrong)


def test_first_contact_is_registered_in_one_screen_and_leads_to_its_receipt(
    intake: ServiceUnderTest, desk: Browser
) -> None:
    answer = desk.submit("/skranken/ny", TYPED)

    assert answer.status_code == 303
    shown = words(desk.get(answer.location))
    assert "Henvendelsen er registreret. Borgeren er oprettet." in shown
    assert "2. november 2026 kl. 10.30" in shown
    assert "Senest 3. november 2026 Kommunens eget mål: senest 1. åbningsdag efter henvendelsen." in shown
    assert "Senest 9. november 2026 Loven (LAB § 31): første samtale senest 7 dage efter henvendelsen." in shown
    assert "Reglen gælder fra 1. januar 2020." in shown
    assert len(intake.told(CitizenRegistered)) == 1
    assert intake.connection.scalar(text("SELECT unit_code FROM citizen_unit")) == "jobbutikken"


def test_receipt_says_where_the_law_sets_no_limit(desk: Browser) -> None:
    answer = desk.submit("/skranken/ny", TYPED | {"applied_for": "other"})

    assert "Lovens frist Ingen frist sat op Der er ingen regel sat op for det." in words(desk.get(answer.location))


def test_a_cpr_number_of_the_wrong_length_is_told_how_it_is_written(desk: Browser) -> None:
    answer = desk.submit("/skranken/ny", TYPED | {"cpr": "2512"})

    assert "CPR-nummer: Skriv CPR-nummeret med 10 cifre, fx 310290-0000." in words(answer)
    assert 'value="2512"' in answer.text


def test_errors_stand_at_their_fields_and_nothing_typed_is_lost(intake: ServiceUnderTest, desk: Browser) -> None:
    answer = desk.submit("/skranken/ny", TYPED | {"cpr": "3202999999", "phone": "20 12 34 56"})

    assert answer.status_code == 422
    assert "CPR-nummer: CPR-nummeret er ikke gyldigt." in words(answer)
    assert re.search(r'id="f-cpr"[^>]*aria-invalid="true"', answer.text)
    assert 'value="Nancy Ann Test Berggren"' in answer.text
    assert 'value="20 12 34 56"' in answer.text
    assert not intake.told(FirstContactRegistered)


def test_empty_form_names_each_field_that_is_missing(desk: Browser) -> None:
    shown = words(desk.submit("/skranken/ny", {}))

    for field in ("CPR-nummer: Mangler.", "Navn: Mangler.", "Postnummer: Mangler.", "Søger om: Mangler."):
        assert field in shown


def test_boxes_without_a_tick_take_no_protection_from_somebody_known(intake: ServiceUnderTest, desk: Browser) -> None:
    register(intake, protected=True, interpreter=True, language="so")

    answer = desk.submit("/skranken/ny", TYPED)

    assert "Borgeren var kendt i forvejen." in words(desk.get(answer.location))
    known = intake.connection.execute(text("SELECT protected, interpreter, language FROM citizen")).one()
    assert tuple(known) == (True, True, "so")


def test_double_click_registers_once(intake: ServiceUnderTest, desk: Browser) -> None:
    answers = [desk.submit("/skranken/ny", TYPED | {"form_key": "k" * 22}) for _ in range(2)]

    assert answers[0].location == answers[1].location
    assert len(intake.told(FirstContactRegistered)) == 1


def test_nobody_tries_all_cpr_numbers_at_the_desk(desk: Browser) -> None:
    numbers = [f"{day:02}0170-{1000 + 37 * day}" for day in range(1, 17)]
    answers = [desk.submit("/skranken/ny", TYPED | {"cpr": cpr, "name": f"{cpr} Test"}).status_code for cpr in numbers]
    asked_again = [desk.submit("/skranken/ny/hvem", {"cpr": cpr}).status_code for cpr in numbers[::15]]

    assert answers == [303] * 15 + [429]
    assert asked_again == [200, 429]


def test_looks_at_the_desk_are_on_record(desk: Browser, intake: ServiceUnderTest) -> None:
    answer = desk.submit("/skranken/ny", TYPED)
    desk.get(answer.location)
    desk.get("/skranken")

    assert looks(intake) == [
        ("identity", "change", "visitation", False),
        ("case", "read", "visitation", False),
        ("case", "list", "visitation", False),
    ]


@pytest.mark.parametrize(
    "role", ["leader", "mentor", "company_employee", "citizen", "partner", "ops", "data_protection_officer"]
)
def test_desk_is_for_staff_only(intake: ServiceUnderTest, role: str) -> None:
    visitor = intake.browser(role)

    assert [visitor.get(path).status_code for path in ("/skranken", "/skranken/ny", "/skranken/dagsliste")] == [403] * 3
