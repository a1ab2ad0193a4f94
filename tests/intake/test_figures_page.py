"""The leader's page, its file and its door: the same numbers, hidden where they are small, and the file streams."""

import csv
import tracemalloc
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from deploy import indicators as documented
from services.intake.rules import indicators
from shared import clock
from shared.clock import danish_time
from tests.browser import Browser, queries_of, words
from tests.house import ServiceUnderTest
from tests.intake.test_figures import MONDAY, NEXT_MONTH, THURSDAY, at, comes, talks

NOVEMBER = "/skranken/tal?period=month&since=2026-11-02"


@pytest.fixture
def leader(intake: ServiceUnderTest) -> Iterator[Browser]:
    with clock.moved_to(NEXT_MONTH):
        yield intake.browser("leader", organisation="jobbutikken")


def november(intake: ServiceUnderTest, kept: int, broken: int, **changed: Any) -> None:
    """So many came on a Monday and had their talk that week, in time or not."""
    for number in range(kept):
        talks(intake, comes(intake, number, MONDAY, 8, **changed), at(MONDAY, 18))
    for number in range(kept, kept + broken):
        comes(intake, number, MONDAY, 12, full_until=THURSDAY, **changed)


def test_page_tells_each_number_its_share_and_what_it_means(intake: ServiceUnderTest, leader: Browser) -> None:
    november(intake, 15, 5)
    shown = words(leader.get(NOVEMBER))

    assert "November 2026 · Alle enheder" in shown
    assert "Første henvendelser 20 0" in shown
    assert "Samtale samme eller næste åbningsdag 75 % 15 20 –" in shown
    assert "Brud på kommunens mål 25 % 5 20 –" in shown
    assert "Trukket tilbage før afgørelse 0 % 0 20 –" in shown
    assert "Udeblivelser 0 % 0 15 –" in shown
    assert all(one.numerator.danish in shown.replace("&#39;", "'") for one in indicators.ALL if "»" not in one.code)


def test_few_breaches_are_hidden_and_the_share_is_told_as_a_bound(intake: ServiceUnderTest, leader: Browser) -> None:
    november(intake, 18, 2)
    shown = words(leader.get(NOVEMBER))

    assert "Samtale samme eller næste åbningsdag mindst 80 % vises ikke 20 –" in shown
    assert "Brud på kommunens mål højst 20 % under 5 20 –" in shown


def test_bound_is_rounded_away_from_the_share(intake: ServiceUnderTest, leader: Browser) -> None:
    november(intake, 20, 3)
    shown = words(leader.get(NOVEMBER))

    # 19 of 23 are 82.6 per cent, 4 of 23 are 17.4.
    assert "åbningsdag mindst 82 %" in shown
    assert "mål højst 18 %" in shown


def test_empty_period_has_noughts_and_no_chart(leader: Browser) -> None:
    shown = words(leader.get("/skranken/tal?period=week&since=2020-01-01"))

    assert "Uge 1, 2020" in shown
    assert "Første henvendelser 0 0" in shown
    assert "Dage til første tilbud –" in shown or "Dage til første tilbud 0" in shown


def test_unit_is_chosen_and_hidden_where_the_others_are_few(intake: ServiceUnderTest, leader: Browser) -> None:
    november(intake, 10, 0, unit_code="jobbutikken")
    comes(intake, 40, MONDAY, unit_code="ungeenheden")

    assert "Første henvendelser vises ikke" in words(leader.get(f"{NOVEMBER}&unit=jobbutikken"))
    assert "Første henvendelser under 5" in words(leader.get(f"{NOVEMBER}&unit=ungeenheden"))
    assert "Første henvendelser 11 0" in words(leader.get(NOVEMBER))


def test_own_days_are_widened_to_whole_weeks(leader: Browser) -> None:
    shown = words(leader.get("/skranken/tal?period=own&since=2026-11-04&until=2026-11-10"))

    assert "2. november 2026 – 15. november 2026" in shown


@pytest.mark.parametrize(
    "asked",
    ["period=own&since=2026-11-04", "period=own&since=2026-11-10&until=2026-11-04", "period=day", "unit=ukendt"],
)
def test_what_cannot_be_asked_is_refused(leader: Browser, asked: str) -> None:
    assert leader.get(f"/skranken/tal?{asked}").status_code == 422


def test_partner_sees_no_unit_and_only_what_is_over(intake: ServiceUnderTest) -> None:
    november(intake, 6, 0, unit_code="jobbutikken")
    with clock.moved_to(NEXT_MONTH):
        partner = intake.browser("partner")
        now, before = (words(partner.get(path)) for path in ("/skranken/tal", f"{NOVEMBER}&unit=ungeenheden"))
        lines = partner.get("/skranken/tal.csv").text

    assert "November 2026" in now
    assert "Første henvendelser 6 0" in before
    assert "enhed" not in (now + before).lower()
    assert {line[3] for line in lines_of(lines)[1:]} == {"Alle enheder"}


def test_page_asks_the_database_no_more_for_many(intake: ServiceUnderTest, leader: Browser) -> None:
    november(intake, 3, 2)

    with queries_of(intake.connection) as sent:
        leader.get(NOVEMBER)
    assert len(sent) == 6


def test_door_tells_the_same_with_the_definitions(intake: ServiceUnderTest) -> None:
    november(intake, 15, 5)
    with clock.moved_to(NEXT_MONTH):
        answer = intake.call("GET", "/figures?period=month&since=2026-11-02").json
    told = {line["indicator"]["code"]: line["now"] for line in answer["lines"]}

    assert told["goal_kept"] == {
        "count": {"number": 15, "small": False}, "of": {"number": 20, "small": False}, "percent": 75.0, "bound": "",
        "median": None, "ninth_decile": None,
    }  # fmt: skip
    assert (answer["period"], answer["least"]) == (
        {"kind": "month", "first": "2026-11-01", "last": "2026-11-30"}, 5
    )  # fmt: skip
    assert [line["indicator"]["name"]["danish"] for line in answer["lines"]] == [
        one.name.danish for one in indicators.ALL
    ]


def lines_of(content: str) -> list[list[str]]:
    return list(csv.reader(content.removeprefix("\ufeff").splitlines(), delimiter=";"))


def test_file_has_every_month_and_quarter_of_every_unit(intake: ServiceUnderTest, leader: Browser) -> None:
    november(intake, 15, 5, unit_code="jobbutikken")
    answer = leader.get("/skranken/tal.csv")
    found = lines_of(answer.text)

    assert answer.headers["Content-Disposition"] == 'attachment; filename="tal-fra-skranken.csv"'
    shares = {(line[0], line[3]): line[5:8] for line in found if line[-1] == "goal_kept"}
    assert shares == {
        (period, unit): numbers
        for unit in ("Alle enheder", "Jobbutikken")
        for period, numbers in {
            "oktober 2026": ["0", "0", ""], "november 2026": ["15", "20", "75"], "december 2026": ["0", "0", ""],
            "4. kvartal 2026": ["15", "20", "75"],
        }.items()
    }  # fmt: skip


def test_file_of_many_years_is_sent_line_by_line_in_little_memory(intake: ServiceUnderTest, leader: Browser) -> None:
    comes(intake, 1, MONDAY, unit_code="jobbutikken")
    # What is made once, such as the compiled statements, is no part of a line's memory.
    assert leader.get("/skranken/tal.csv").text
    # Tests roll back, so no statistics are kept of what they put there: a table may be taken for an empty one.
    intake.connection.execute(text("SET LOCAL enable_nestloop = off"))
    intake.connection.execute(text(
        "INSERT INTO first_contact SELECT (copied).* FROM (SELECT json_populate_record(one, json_build_object("
        "'id', gen_random_uuid(), 'citizen_id', gen_random_uuid(), 'at', one.at - n * interval '1 hour')) AS copied"
        " FROM first_contact AS one, generate_series(1, 60000) AS n) AS made"
    ))  # fmt: skip

    tracemalloc.start()
    sizes = [len(chunk) for chunk in leader.get("/skranken/tal.csv", buffered="").iter_encoded()]
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    quarters = 28
    assert len(sizes) > quarters * 4 * len(indicators.ALL)
    assert max(sizes) < 500
    assert most < 8_000_000


def test_file_starts_with_the_first_quarter_somebody_came(intake: ServiceUnderTest, leader: Browser) -> None:
    assert len(lines_of(leader.get("/skranken/tal.csv").text)) == 1
    with clock.moved_to(danish_time(date(2026, 8, 3), 10)):
        comes(intake, 1, date(2026, 8, 3))

    assert lines_of(leader.get("/skranken/tal.csv").text)[1][0] == "juli 2026"


def test_document_says_what_the_code_says() -> None:
    assert documented.FILE.read_text(encoding="utf-8") == documented.document()
