"""A day without power: the list on paper, and what was written by hand typed in afterwards with its real times."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from werkzeug.test import TestResponse

from services.intake.use_cases import slots
from shared import clock, units
from shared.clock import danish_time
from tests.browser import Browser, offered, words
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import MONDAY
from tests.intake.waiting import arrived, booked, step

PAPER, LIST = "/skranken/venterum/papir", "/skranken/dagsliste?day=2026-11-02"
AFTERNOON = danish_time(MONDAY.date(), 14)


@pytest.fixture(autouse=True)
def monday(intake: ServiceUnderTest) -> Iterator[None]:
    with clock.moved_to(MONDAY):
        with intake.begin() as session:
            slots.stock_slots(session)
        yield


@pytest.fixture
def people(intake: ServiceUnderTest) -> list[Any]:
    return [booked(intake, number, name=f"{name} Test Holm") for number, name in enumerate(("Nancy", "Otto", "Petra"))]


@pytest.fixture
def desk(intake: ServiceUnderTest, people: list[Any]) -> Iterator[Browser]:
    """In the afternoon, when the power is back."""
    with clock.moved_to(AFTERNOON):
        yield intake.browser("front_desk", organisation="jobbutikken")


def line(place: int, made: Any = None, **typed: str) -> dict[str, str]:
    about = {"visitation_id": made["visitation"]["id"]} if made else {}
    return {f"r{place}.{name}": value for name, value in (about | typed).items()}


def sent(desk: Browser, *lines: dict[str, str], dag: str = "2026-11-02") -> TestResponse:
    fields = {"dag": dag}
    for one in lines:
        fields |= one
    return desk.submit(PAPER, fields)


def noted(intake: ServiceUnderTest) -> list[tuple[Any, ...]]:
    """Number, state and the Danish times of each step, in the order of arrival."""
    rows = intake.connection.execute(text(
        "SELECT number, state, to_char(arrived_at AT TIME ZONE 'Europe/Copenhagen', 'HH24:MI'),"
        " to_char(called_at AT TIME ZONE 'Europe/Copenhagen', 'HH24:MI'),"
        " to_char(done_at AT TIME ZONE 'Europe/Copenhagen', 'HH24:MI') FROM arrival ORDER BY arrived_at NULLS LAST"
    ))  # fmt: skip
    return [tuple(row) for row in rows]


def test_list_on_paper_has_empty_boxes_and_says_which_number_comes_next(
    intake: ServiceUnderTest, people: list[Any]
) -> None:
    desk = intake.browser("front_desk", organisation="jobbutikken")
    here = arrived(intake, people[0]["citizen_id"])
    step(intake, here, "call", {"place": "desk-1"})
    page = desk.get(LIST)

    assert "Næste nummer: 2." in words(page)
    assert "Tid Nr. Navn Fødselsdato Telefon Sted Bemærk Ankom Kaldt Samtale Færdig" in words(page)
    assert page.text.count('<td class="nowrap handwritten"></td>') == 2 + 2 * 4 + 8 * 4
    assert "Kommet uden tid" in words(page)


def test_walk_ins_stand_on_the_paper_too(intake: ServiceUnderTest, people: list[Any]) -> None:
    intake.call("POST", f"/visitations/{people[0]['visitation']['id']}/cancellation")
    arrived(intake, people[0]["citizen_id"])

    shown = words(intake.browser("front_desk", organisation="jobbutikken").get(LIST))
    assert "1 Nancy Test Holm 150512-xxxx 10.05" in shown


def test_lines_are_typed_in_with_the_real_times_of_the_day(
    intake: ServiceUnderTest, desk: Browser, people: list[Any]
) -> None:
    answer = sent(
        desk,
        line(0, people[0], number="4", arrived="10.20", called="10.31", talk="10.33", done="11"),
        line(1, people[1], arrived="10.40", called="kl. 10:52"),
        line(2, people[2]),
    )

    assert answer.status_code == 303, words(answer)
    assert noted(intake) == [(4, "done", "10:20", "10:31", "11:00"), (5, "called", "10:40", "10:52", None)]
    assert "2 linjer er tastet ind." in words(desk.get(answer.location))


def test_what_was_typed_in_is_marked_with_when_and_by_whom(
    intake: ServiceUnderTest, desk: Browser, people: list[Any]
) -> None:
    sent(desk, line(0, people[0], arrived="10.20", done="11", talk="10.30"))

    row = intake.connection.execute(text("SELECT typed_at, typed_by FROM arrival")).one()
    assert (row.typed_at.astimezone(AFTERNOON.tzinfo).hour, row.typed_by) == (14, desk.who and desk.who.subject)
    assert "fra papir" in words(desk.get("/skranken/venterum"))


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"arrived": "10.20", "called": "10.15"}, "Kaldt", "Tidligere end klokkeslættet før."),
        ({"arrived": "8.55"}, "Ankom", "Før vi åbnede."),
        ({"arrived": "14.30"}, "Ankom", "Klokkeslættet er ikke kommet endnu."),
        ({"called": "10.15"}, "Ankom", "Skriv, hvornår borgeren kom."),
        ({"arrived": "halv elleve"}, "Ankom", "Skriv klokkeslættet, fx 7.30."),
        ({"arrived": "10.20", "no_show": "on"}, "Udeblevet", "Enten udeblevet eller klokkeslæt, og kun ved en tid."),
    ],
)
def test_line_that_is_wrong_says_so_at_its_field(
    desk: Browser, people: list[Any], typed: dict[str, str], field: str, message: str
) -> None:
    answer = sent(desk, line(0, people[0], arrived="10.20"), line(1, people[1], **typed))

    assert answer.status_code == 422
    assert f"Linje 2, {field}: {message}" in words(answer)


def test_one_wrong_line_keeps_all_of_them_from_being_saved_and_loses_none(
    intake: ServiceUnderTest, desk: Browser, people: list[Any]
) -> None:
    answer = sent(
        desk, line(0, people[2], arrived="10.20"), line(1, people[0], arrived="7.00", done="11.00"),
        line(2, who="Ukendt Person 010190", arrived="12.05", number="9"),
    )  # fmt: skip

    assert noted(intake) == []
    for name, value in (("r0.arrived", "10.20"), ("r1.arrived", "7.00"), ("r1.done", "11.00"), ("r2.number", "9")):
        assert f'name="{name}" value="{value}"' in answer.text
    assert 'value="Ukendt Person 010190"' in answer.text
    said = words(answer)
    assert said.index("Petra") < said.index("Nancy")
    assert "Linje 3, Hvem: Borgeren kendes ikke. Registrér henvendelsen først." in said


@pytest.mark.parametrize("who", ["750512-0001", "Otto Holm 150512"])
def test_somebody_without_a_booking_is_found_by_cpr_or_by_name_and_birth_date(
    intake: ServiceUnderTest, desk: Browser, people: list[Any], who: str
) -> None:
    intake.call("POST", f"/visitations/{people[1]['visitation']['id']}/cancellation")
    answer = sent(desk, line(0, who=who, arrived="9.10", number="1"))

    assert answer.status_code == 303, words(answer)
    row = intake.connection.execute(text("SELECT citizen_id, visitation_id FROM arrival")).one()
    assert (str(row.citizen_id), row.visitation_id) == (people[1]["citizen_id"], None)


def test_name_that_fits_several_is_asked_about(intake: ServiceUnderTest, desk: Browser) -> None:
    booked(intake, 8, name="Otto Test Holm")
    answer = sent(desk, line(0, who="Otto Holm 150512", arrived="9.10"))

    assert "Linje 1, Hvem: Flere passer. Skriv CPR-nummeret." in words(answer)


def test_number_on_the_paper_is_nobody_elses(intake: ServiceUnderTest, desk: Browser, people: list[Any]) -> None:
    answer = sent(
        desk, line(0, people[0], number="3", arrived="10.20"), line(1, people[1], number="3", arrived="10.30")
    )

    assert "Linje 2, Nr.: Nummeret er givet til en anden." in words(answer)
    sent(desk, line(0, people[0], number="3", arrived="10.20"))
    assert arrived(intake, people[2]["citizen_id"])["number"] == 4


def test_stay_that_began_before_the_power_went_is_ended_from_paper(
    intake: ServiceUnderTest, people: list[Any], desk: Browser
) -> None:
    with clock.moved_to(MONDAY):
        here = arrived(intake, people[0]["citizen_id"])
    assert f'name="r0.arrival_id" value="{here["id"]}"' in desk.get(PAPER).text
    answer = sent(desk, {"r0.arrival_id": here["id"], "r0.called": "10.15", "r0.talk": "10.15", "r0.done": "10.45"})

    assert noted(intake) == [(1, "done", "10:05", "10:15", "10:45")]
    desk.submit(*offered(desk.get(answer.location).text))
    assert noted(intake) == [(1, "arrived", "10:05", None, None)]


def test_nobody_came_is_typed_in_too_and_taken_back(intake: ServiceUnderTest, desk: Browser, people: list[Any]) -> None:
    answer = sent(desk, line(0, people[0], no_show="on"), line(1, people[1], arrived="10.40"))

    assert [row[:2] for row in noted(intake)] == [(1, "arrived"), (None, "no_show")]
    states = "SELECT state FROM visitation ORDER BY state"
    assert list(intake.connection.scalars(text(states))) == ["booked", "booked", "missed"]
    desk.submit(*offered(desk.get(answer.location).text))
    assert noted(intake) == []
    assert list(intake.connection.scalars(text(states))) == ["booked"] * 3


def test_what_somebody_built_upon_is_not_taken_back(intake: ServiceUnderTest, desk: Browser, people: list[Any]) -> None:
    answer = sent(desk, line(0, people[0], arrived="10.20"), line(1, people[1], arrived="10.40"))
    undo = offered(desk.get(answer.location).text)
    first = intake.call("GET", "/waiting-room?unit_code=jobbutikken").json["items"][0]
    step(intake, first, "call", {"place": "desk-1"})
    refused = desk.submit(*undo)

    assert (refused.status_code, len(noted(intake))) == (409, 2)


def test_talk_that_a_colleague_noted_meanwhile_is_not_noted_twice(
    intake: ServiceUnderTest, desk: Browser, people: list[Any]
) -> None:
    arrived(intake, people[0]["citizen_id"])
    answer = sent(desk, line(0, people[0], arrived="10.20"))

    assert "Linje 1, Ankom: Er allerede noteret som nr. 1." in words(answer)
    assert 'name="r0.arrived" value="10.20"' in answer.text


@pytest.mark.parametrize(
    ("dag", "message"),
    [("2026-11-03", "Dagen er ikke kommet endnu."), ("2026-11-01", "Vi havde lukket den dag.")],
)
def test_day_that_is_to_come_or_was_closed_is_refused(desk: Browser, people: list[Any], dag: str, message: str) -> None:
    answer = sent(desk, line(0, people[0], arrived="10.20"), dag=dag)

    assert (answer.status_code, message in words(answer)) == (422, True)
    assert 'name="r0.arrived" value="10.20"' in answer.text


def test_paper_of_an_earlier_day_is_typed_in_today(intake: ServiceUnderTest, people: list[Any]) -> None:
    with clock.moved_to(MONDAY + timedelta(days=1)):
        desk = intake.browser("front_desk", organisation="jobbutikken")
        assert "10.30 Nancy" in words(desk.get(f"{PAPER}?dag=2-11-2026"))
        sent(desk, line(0, people[0], arrived="10.20", done="11.00", talk="10.30"))

    assert noted(intake) == [(1, "done", "10:20", "10:30", "11:00")]


def test_empty_form_asks_for_a_line(desk: Browser, people: list[Any]) -> None:
    assert "Skriv mindst én linje." in words(sent(desk, line(0, people[0])))


def test_citizen_of_another_unit_is_a_message_at_the_line(
    intake: ServiceUnderTest, desk: Browser, people: list[Any]
) -> None:
    with intake.begin() as session:
        units.put(session, people[1]["citizen_id"], "ungeenheden")
    answer = sent(desk, line(0, people[0], arrived="10.20"), line(1, people[1], arrived="10.30"))

    assert answer.status_code == 422
    assert "Linje 2, Ankom: Borgeren hører til en anden enhed." in words(answer)
    assert 'name="r0.arrived" value="10.20"' in answer.text


def test_programs_type_in_and_take_back(intake: ServiceUnderTest, people: list[Any]) -> None:
    row = {"visitation_id": people[0]["visitation"]["id"], "arrived": "10:20", "called": "10:10"}
    body = {"day": "2026-11-02", "unit_code": "jobbutikken", "rows": [row]}
    with clock.moved_to(AFTERNOON):
        wrong = intake.call("POST", "/waiting-room/paper", body)
        assert "rows.0.called" in wrong.json["errors"]
        row["called"] = "10:25"
        (made,) = intake.call("POST", "/waiting-room/paper", body).json["items"]
        mark = {"id": made["arrival"]["id"], "version": made["arrival"]["version"], "before": made["before"]}
        undone = intake.call("POST", "/waiting-room/paper/undo", {"items": [mark]})

    assert (undone.status_code, undone.json) == (200, {"count": 1})
    assert noted(intake) == []
