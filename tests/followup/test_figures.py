"""The numbers about placements: what is counted in a quarter, what is hidden, and that page, door and file agree."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from shared import clock
from shared.calendar import danish_time
from shared.events import CompanyRegistered, PlacementAgreed
from tests.browser import Browser, queries_of, words
from tests.followup.telling import company, placement
from tests.house import ServiceUnderTest

AFTER = danish_time(date(2027, 1, 15), 11)
QUARTER = "/figures?since=2026-12-31"
PAGE = "/opfoelgning/tal?since=2026-12-31"
SMITHS, BAKERS, TINY = (UUID(int=700 + number) for number in range(3))


def made(number: int, at: UUID, *, weeks: int = 13, **changed: Any) -> PlacementAgreed:
    """A placement of somebody of their own that ends on 20 December 2026."""
    ends = date(2026, 12, 20)
    starts = ends - timedelta(days=7 * weeks - 1)
    told = placement(
        placement_id=UUID(int=1000 + number), citizen_id=UUID(int=2000 + number), company_id=at,
        mentor_id=UUID(int=at.int + 100), mentor_name=f"Mentor {at.int}", starts_on=starts, ends_on=ends,
        first_day_at=danish_time(starts, 8), hire_preagreed=False,
    )  # fmt: skip
    return replace(told, **changed)


def known(at: UUID, name: str) -> CompanyRegistered:
    return replace(company(), company_id=at, name=name)


@pytest.fixture
def ended(followup: ServiceUnderTest) -> Iterator[ServiceUnderTest]:
    """Twelve at the smiths', of whom six ended in a job; eight at the bakers', seven of them; two at a small place."""
    with clock.moved_to(danish_time(date(2026, 9, 1), 9)):
        followup.hear(known(SMITHS, "Smedene"), known(BAKERS, "Bagerne"), known(TINY, "Et lille sted"))
        followup.hear(*(made(number, SMITHS) for number in range(12)))
        followup.hear(*(made(number, BAKERS, weeks=4, offer_type="loentilskud") for number in range(12, 20)))
        followup.hear(*(made(number, TINY) for number in range(20, 22)))
    hired = [*range(6), *range(12, 19)]
    for number in range(22):
        outcome = "hire" if number in hired else "next_place"
        followup.connection.execute(_CONCLUDED, {"placement": UUID(int=1000 + number), "outcome": outcome})
    with clock.moved_to(AFTER):
        yield followup


_CONCLUDED = text(
    "INSERT INTO conclusion (id, placement_id, outcome_code, since, made_by, made_at, version) "
    "VALUES (gen_random_uuid(), :placement, :outcome, NULL, 'x', '2026-12-21', 1)"
)


@pytest.fixture
def leader(ended: ServiceUnderTest) -> Browser:
    return ended.browser("leader", organisation="jobbutikken")


def read(service: ServiceUnderTest, path: str = QUARTER) -> Any:
    answer = service.call("GET", path, client="consultant")
    assert answer.status_code == 200, answer.text
    found = answer.json
    numbers = {one["definition"]["code"]: (one["count"], one["of"]) for one in found["numbers"]}
    groups = {
        one["grouping"]: [(each["name"] or each["key"], each["ended"], each["hired"]) for each in one["groups"]]
        for one in found["groupings"]
    }
    return numbers, groups, found


def test_outcomes_are_counted_in_the_quarter_of_the_last_day(ended: ServiceUnderTest) -> None:
    numbers, _groups, found = read(ended)

    assert (numbers["ended"], numbers["hired"], numbers["next"]) == ((22, None), (13, 22), (9, 22))
    assert (found["period"], found["least"]) == ({"first": "2026-10-01", "last": "2026-12-31"}, 5)
    assert read(ended, "/figures?since=2026-09-30")[0]["ended"] == (0, None)
    assert read(ended, "/figures?since=2027-01-01")[0]["ended"] == (0, None)


def test_a_placement_counts_when_its_last_day_has_passed(ended: ServiceUnderTest) -> None:
    with clock.moved_to(danish_time(date(2026, 12, 20), 23)):
        assert read(ended)[0]["ended"] == (0, None)
    with clock.moved_to(danish_time(date(2026, 12, 21), 0, 30)):
        assert read(ended)[0]["ended"] == (22, None)


def test_small_groups_stand_together_and_nothing_gives_them_away(ended: ServiceUnderTest) -> None:
    _numbers, groups, _found = read(ended)

    # The small place stands with the bakers; three of those ten did not end in a job, so neither count is told.
    assert groups["company"] == [("Smedene", 12, None), ("", 10, None)]
    assert all(ended_there >= 5 for lines in groups.values() for _name, ended_there, _hired in lines)
    assert "Et lille sted" not in ended.call("GET", QUARTER, client="consultant").text


def test_form_and_length_are_told_apart(ended: ServiceUnderTest) -> None:
    _numbers, groups, _found = read(ended)

    assert [(name, count) for name, count, _hired in groups["form"]] == [("virksomhedspraktik", 14), ("loentilskud", 8)]
    assert [(name, count) for name, count, _hired in groups["duration"]] == [("5", 14), ("0", 8)]


def test_a_conclusion_that_was_taken_back_is_none(ended: ServiceUnderTest) -> None:
    undone = text("UPDATE conclusion SET taken_back_at = '2026-12-22' WHERE outcome_code = 'next_place'")
    ended.connection.execute(undone)

    numbers, _groups, _found = read(ended)
    assert (numbers["next"], numbers["open"]) == ((0, 22), (9, 22))


def test_early_ends_have_a_job_or_who_asked_as_their_cause(ended: ServiceUnderTest) -> None:
    shorter = text("UPDATE placement SET ends_on = '2026-12-18' WHERE company_id = :at")
    ended.connection.execute(shorter, {"at": SMITHS})
    asked = text(
        "INSERT INTO course_change (id, placement_id, kind, on_day, until_on, asked_by, made_by, made_at, version) "
        "SELECT gen_random_uuid(), id, 'shortened', '2026-12-10', '2026-12-18', 'citizen', 'x', '2026-12-10', 1 "
        "FROM placement WHERE company_id = :at"
    )
    ended.connection.execute(asked, {"at": SMITHS})

    numbers, _groups, found = read(ended)
    assert numbers["early"] == (12, 22)
    causes = {one["cause"]: one["count"] for one in found["causes"]}
    assert (causes["job"], causes["citizen"], causes["company"]) == (6, 6, 0)


def test_contacts_are_in_time_by_the_day_they_were_set_to(ended: ServiceUnderTest) -> None:
    held = text(
        "UPDATE contact SET held_at = planned_at + (CASE WHEN kind = 'daily' THEN interval '1 hour' "
        "ELSE interval '2 days' END), held_by = 'x'"
    )
    ended.connection.execute(held)
    rows = ended.connection.execute(text(
        "SELECT count(*), count(*) FILTER (WHERE kind = 'daily') FROM contact WHERE withdrawn_at IS NULL "
        "AND planned_at >= '2026-10-01' AND planned_at < '2027-01-01'"
    )).one()  # fmt: skip

    counted = read(ended)[0]["contacts_in_time"]
    assert counted == (rows[1], rows[0])
    assert rows[0] > rows[1] > 0


def test_paid_hours_are_a_share_of_those_agreed_on_the_last_day(followup: ServiceUnderTest) -> None:
    with clock.moved_to(danish_time(date(2026, 11, 1), 9)):
        followup.hear(*(made(number, SMITHS, ends_on=date(2027, 3, 1)) for number in range(5)))
    followup.connection.execute(text("UPDATE hour_agreement SET paid_hours = 2 WHERE starts_on < '2026-12-01'"))

    with clock.moved_to(AFTER):
        found = followup.call("GET", QUARTER, client="consultant").json["numbers"]
    told = next(one for one in found if one["definition"]["code"] == "paid_share")
    assert (told["count"], told["percent"]) == (5, 20.0)


def test_page_tells_the_same_in_words_with_charts_and_what_is_not_known(leader: Browser) -> None:
    shown = words(leader.get(PAGE))

    assert "4. kvartal 2026" in shown
    assert "Afsluttede forløb 22" in shown
    assert "Endte i job 59,1 % 13 22" in shown
    assert "Andre, lagt sammen" in shown
    assert "Efter boligområde" in shown


def test_empty_quarter_says_so(leader: Browser) -> None:
    shown = words(leader.get("/opfoelgning/tal?since=2020-01-01"))

    assert "Der er for få til at vise." in shown
    assert "Der er for få til at tegne." in shown


def test_page_asks_as_few_questions_for_many(leader: Browser, ended: ServiceUnderTest) -> None:
    with queries_of(ended.connection) as asked:
        leader.get(PAGE)

    assert len(asked) <= 8


def test_file_has_every_quarter_since_the_first_and_hides_the_same(leader: Browser) -> None:
    answer = leader.get("/opfoelgning/tal.csv")
    lines = answer.text.splitlines()

    assert answer.headers["Content-Type"].startswith("text/csv")
    assert "4. kvartal 2026;2026-10-01;2026-12-31;;;Endte i job;13;22;59,1;hired" in lines
    assert any(";Efter virksomhed;Smedene;" in line for line in lines)
    assert "Et lille sted" not in answer.text
    assert lines[-1].startswith("1. kvartal 2027;")


def test_companies_and_mentors_see_no_numbers(ended: ServiceUnderTest) -> None:
    assert ended.call("GET", "/figures", client="company-a").status_code == 403
    assert ended.browser("mentor").get("/opfoelgning/tal").status_code == 403


def test_outcomes_stand_beside_each_other_by_area(ended: ServiceUnderTest) -> None:
    lives = text(
        "INSERT INTO area_resident (id, citizen_id, area_code, benefit, qualifications, noted_by, noted_at, version) "
        "SELECT gen_random_uuid(), citizen_id, 'proevebakken', 'none', '{}', 'x', now(), 1 FROM placement "
        "WHERE company_id = :at"
    )
    ended.connection.execute(lives, {"at": SMITHS})

    _numbers, groups, _found = read(ended)
    assert [(name, count) for name, count, _hired in groups["area"]] == [("proevebakken", 12), ("none", 10)]
    leader = ended.browser("leader", organisation="jobbutikken")
    assert "Prøvebakken 12" in words(leader.get(PAGE))
