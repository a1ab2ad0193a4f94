"""A filled municipality's board: as many questions and lines as for a few cases, and it says that there are more."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event, text

from services.followup import rules
from services.followup.models import CourseChange, JobGuarantee, NextStep
from services.followup.pages.board import AT_ONCE
from shared import clock
from shared.calendar import danish_time
from tests.browser import Browser, queries_of, words
from tests.followup.telling import citizen, company, placement
from tests.house import ServiceUnderTest

BOARD, TODAY, MANY = "/opfoelgning", date(2027, 1, 6), AT_ONCE + 5
NOW, JOHANNE = danish_time(TODAY, 11), "johanne"


def fill(service: ServiceUnderTest, numbers: range) -> None:
    """So many placements under way, each with a step to do, a risk and a guarantee to conclude."""
    dates = {"starts_on": date(2027, 1, 4), "ends_on": date(2027, 4, 4), "first_day_at": danish_time(TODAY, 8)}
    service.hear(*(placement(placement_id=UUID(int=9000 + number), **dates) for number in numbers))
    with service.begin() as session:
        for number in numbers:
            of = {"placement_id": UUID(int=9000 + number)}
            session.add(NextStep(code="extend", due_on=TODAY, owner=JOHANNE, made_by="x", made_at=NOW, **of))
            session.add(CourseChange(
                kind=rules.TIGHTENED, on_day=TODAY, code="absence", asked_by="consultant", made_by="x", made_at=NOW,
                **of,
            ))  # fmt: skip
            session.add(JobGuarantee(
                starts_on=TODAY, target_hours=20, earliest_end=TODAY, latest_end=TODAY, policies="x", agreed_by="x",
                agreed_at=NOW, **of,
            ))  # fmt: skip


def board(browser: Browser, service: ServiceUnderTest) -> tuple[int, list[int], bool]:
    """How many questions it asks, how many steps, guarantees and risks it shows, and whether it says there are more."""
    with queries_of(service.connection) as sent:
        page = browser.get(BOARD)
    risks = page.text.split("<caption>I fare", 1)[-1].split("</table>", 1)[0]
    shown = [page.text.count(f'action="{BOARD}/skridt/'), page.text.count('/jobgaranti"'), risks.count('scope="row"')]
    return len(sent), shown, "Vælg ovenfor, hvis sager" in words(page)


def test_board_of_many_cases_asks_and_shows_no_more_than_that_of_a_few(followup: ServiceUnderTest) -> None:
    followup.hear(citizen(), company())
    with clock.moved_to(NOW):
        johanne: Browser = followup.browser("job_consultant", subject=JOHANNE)
        johanne.get(BOARD)
        fill(followup, range(2))
        asked, shown, cut = board(johanne, followup)
        fill(followup, range(2, MANY))
        many = board(johanne, followup)

    assert (shown, cut) == ([2, 2, 2], False)
    assert many == (asked, [AT_ONCE] * 3, True)


@pytest.mark.parametrize(("door", "key"), [("next-steps", "id"), ("at-risk", "placement_id")])
def test_list_of_more_than_a_page_goes_on_where_the_page_before_ended(
    followup: ServiceUnderTest, door: str, key: str
) -> None:
    followup.hear(citizen(), company())
    with clock.moved_to(NOW):
        fill(followup, range(5))
        followup.connection.execute(text("UPDATE course_change SET on_day = '2027-01-05' WHERE id IN"
            " (SELECT id FROM course_change ORDER BY placement_id LIMIT 2)"))  # fmt: skip
        whole = followup.call("GET", f"/{door}", client="consultant").json
        pages = [followup.call("GET", f"/{door}?limit=2", client="consultant").json]
        while (cursor := pages[-1]["next"]) and len(pages) < 9:
            pages.append(followup.call("GET", f"/{door}?limit=2&cursor={cursor}", client="consultant").json)
        nowhere = followup.call("GET", f"/{door}?cursor={UUID(int=1)}", client="consultant")

    assert (len(whole["items"]), whole["next"]) == (5, None)
    assert [len(one["items"]) for one in pages] == [2, 2, 1]
    assert [line[key] for one in pages for line in one["items"]] == [line[key] for line in whole["items"]]
    assert nowhere.status_code == 404


def loops(plan: dict[str, Any]) -> Iterator[int]:
    """How often covers were looked up in a statement's plan."""
    if str(plan.get("Relation Name")).startswith("hand_over"):
        yield plan["Actual Loops"]
    for below in plan.get("Plans", ()):
        yield from loops(below)


@pytest.mark.parametrize("whose", [rules.MINE, rules.TEAM])
def test_covers_are_looked_up_once_and_not_for_every_case_and_step(followup: ServiceUnderTest, whose: str) -> None:
    followup.hear(citizen(), company())
    asked = list[tuple[str, Any]]()

    def note(_connection: Any, _cursor: Any, statement: str, given: Any, *_: Any) -> None:
        asked.append((statement, given))

    with clock.moved_to(NOW):
        johanne: Browser = followup.browser("job_consultant", subject=JOHANNE, organisation="jobbutikken")
        johanne.get(BOARD)
        fill(followup, range(MANY))
        followup.connection.execute(text("UPDATE placement SET owner = :owner"), {"owner": JOHANNE})
        event.listen(followup.connection, "before_cursor_execute", note)
        page = johanne.get(f"{BOARD}?hvis={whose}")
        event.remove(followup.connection, "before_cursor_execute", note)
    assert page.text.count(f'action="{BOARD}/skridt/') == AT_ONCE
    explain = "EXPLAIN (ANALYZE, FORMAT JSON) "
    plans = [
        followup.connection.exec_driver_sql(explain + statement, given).scalar_one()[0]["Plan"]
        for statement, given in asked if "hand_over" in statement
    ]  # fmt: skip
    assert len(plans) > 3
    assert max(max(loops(plan)) for plan in plans) <= 1
