"""Long lists of the promise: fifty at a time, each list with pages of its own."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from services.intake.queries import numbered
from services.intake.use_cases import slots
from shared import clock
from tests.browser import words
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import MONDAY, WALK_IN

MANY = numbered.MOST + 2
LATER = MONDAY + timedelta(days=5)


def many_came(intake: ServiceUnderTest) -> None:
    """More people than a page shows who were given no time, one of them twice."""
    with clock.moved_to(MONDAY):
        for number in (*range(1, MANY + 1), 1):
            told = {"cpr": f"0101{70 + number % 30}{1000 + number}", "name": f"Borger{number:02} Test"}
            assert intake.call("POST", "/first-contacts", WALK_IN | told).status_code == 201
        with intake.begin() as session:
            session.execute(text("DELETE FROM slot"))
            session.execute(text("DELETE FROM visitation"))


@pytest.fixture
def waiting(intake: ServiceUnderTest) -> Iterator[ServiceUnderTest]:
    """Days after many came."""
    many_came(intake)
    with clock.moved_to(LATER):
        yield intake


def sections(page: Any) -> list[str]:
    """The words of the alarms, and of the promises that were not kept."""
    return words(page).split("De kommende dage", 1)


def names(shown: str) -> list[str]:
    return re.findall(r"Borger\d\d Test", shown)


def test_alarms_are_shown_fifty_at_a_time_each_person_once(waiting: ServiceUnderTest) -> None:
    desk = waiting.browser("front_desk", organisation="jobbutikken")
    first, second = (desk.get(f"/skranken/loefte?alarmer={page}&brud=9") for page in (1, 2))

    shown = [names(sections(page)[0]) for page in (first, second)]

    assert [len(page) for page in shown] == [numbered.MOST, 2]
    assert len({*shown[0], *shown[1]}) == MANY
    assert "alarmer=2" in first.text
    assert 'rel="prev"' in second.text


def test_breaches_are_shown_by_fifty_contacts_and_keep_the_period(waiting: ServiceUnderTest) -> None:
    desk = waiting.browser("front_desk", organisation="jobbutikken")
    path = "/skranken/loefte?since=2026-11-01&until=2026-11-07&alarmer=9"
    first, second = (desk.get(f"{path}&brud={page}") for page in (1, 2))

    # Each name stands twice in a row: in its cell and in the label of its field.
    assert [len(names(sections(page)[1])) for page in (first, second)] == [2 * numbered.MOST, 2 * 3]
    assert "since=2026-11-01&amp;until=2026-11-07&amp;alarmer=9&amp;brud=2" in first.text


@pytest.mark.parametrize("cause", ["no_slot", "bad_luck"])
def test_a_cause_is_chosen_on_the_page_and_in_the_period_that_one_looked_at(
    waiting: ServiceUnderTest, cause: str
) -> None:
    desk = waiting.browser("front_desk", organisation="jobbutikken")
    shown = desk.get("/skranken/loefte?since=2026-11-01&until=2026-11-06&alarmer=9&brud=2").text
    action = re.findall(r'action="(/skranken/loefte/[^"]*/aarsag)"', shown)[0]
    form = shown.split(f'action="{action}"', 1)[1].split("</form>", 1)[0]
    fields = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form))
    answer = desk.submit(action, fields | {"cause": cause})
    after = answer if answer.status_code == 422 else desk.get(answer.location)

    assert (answer.status_code == 422) == (cause == "bad_luck")
    assert 'value="01-11-2026"' in after.text
    assert 'value="06-11-2026"' in after.text
    assert len(names(sections(after)[1])) == 2 * 3


def pages_of(service: ServiceUnderTest, path: str) -> list[tuple[list[str], bool]]:
    """The ids of each page's rows, and whether it says that there are more."""
    pages = [service.call("GET", f"{path}page={page}").json for page in (1, 2)]
    return [([one.get("contact_id") or one["id"] for one in page["items"]], page["more"]) for page in pages]


@pytest.mark.parametrize("path", ["/promise/alarms?", "/promise/breaches?since=2026-11-01&until=2026-11-07&"])
def test_programs_get_every_alarm_and_breach_and_are_told_of_the_next_page(
    waiting: ServiceUnderTest, path: str
) -> None:
    (first, more), (second, yet_more) = pages_of(waiting, path)

    assert (len(set(first)), more, yet_more) == (numbered.MOST, True, False)
    assert not set(first) & set(second)
    assert second


def test_all_talks_to_move_are_told_and_the_board_says_how_many_it_shows(intake: ServiceUnderTest) -> None:
    with clock.moved_to(MONDAY):
        with intake.begin() as session:
            slots.stock_slots(session)
        for number in range(1, MANY + 1):
            told = {"cpr": f"0101{70 + number % 30}{1000 + number}", "name": f"Borger{number:02} Test"}
            assert intake.call("POST", "/first-contacts", WALK_IN | told).json["visitation"]
        intake.connection.execute(text("UPDATE slot SET off_calendar = true WHERE visitation_id IS NOT NULL"))
        (first, more), (second, yet_more) = pages_of(intake, "/visitations/to-move?")
        board = words(intake.browser("front_desk", organisation="jobbutikken").get("/skranken"))

    assert (len(set(first)), len(second), more, yet_more) == (numbered.MOST, MANY - numbered.MOST, True, False)
    assert not set(first) & set(second)
    assert f"De første {numbered.MOST} af {MANY}." in board
