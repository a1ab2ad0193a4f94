"""How long each service keeps what, what its nightly job did, and what it does next, as the officer sees it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from services.intake.consumer import JOBS
from shared import clock, house, jobs, keeping, retention
from shared.calendar import danish_time
from shared.erasure import did, nightly
from shared.policy import Policy, Row
from shared.retention import Keeps
from tests.browser import words
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import MONDAY, register

OFFICER = "data_protection_officer"
CARDS = {
    "intake": "/skranken/kort/sletning",
    "matching": "/match/kort/sletning",
    "followup": "/opfoelgning/kort/sletning",
    "notifications": "/beskeder/kort/sletning",
}
FIVE_YEARS_ON = danish_time(date(2031, 11, 3), 3)


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.moved_to(MONDAY):
        yield


@pytest.fixture(params=CARDS)
def service(request: pytest.FixtureRequest) -> ServiceUnderTest:
    found: ServiceUnderTest = request.getfixturevalue(request.param)
    return found


def lines(service: ServiceUnderTest) -> dict[str, str]:
    """Each class of data with what its line says."""
    page = service.browser(OFFICER).get(CARDS[service.settings.service])
    assert page.status_code == 200
    rows = page.text.split("<tr>")[2:]
    return {words(Part(row.split("</th>")[0])): words(Part(row)) for row in rows}


class Part:
    """A part of a page, to be read as one."""

    def __init__(self, markup: str) -> None:
        self.text = markup


def test_every_service_says_of_every_class_it_holds_how_long(service: ServiceUnderTest) -> None:
    held = {name for one in retention.declared(service_base(service)).values() for name in one.classes()}
    told = lines(service)

    assert len(told) == len(held)
    assert (
        "Slettes 2 år efter, at det blev skrevet. Reglen gælder fra 1. juni 2019."
        in told["Hvem der har set oplysninger"]
    )
    assert "Minimumskrav 2024: sikkerhedslog i mindst 12 måneder" in told["Hvem der har set oplysninger"]
    assert "Hændelser: Slettes efter 90 dage." in told["Tekniske oplysninger"]
    assert "Local" not in str(told)


def service_base(service: ServiceUnderTest) -> Any:
    return service._package.KEEPS.base


def test_class_without_a_row_is_not_set_up_stays_and_says_where_a_term_is_set(intake: ServiceUnderTest) -> None:
    told = lines(intake)
    page = words(intake.browser(OFFICER).get(CARDS["intake"]))

    assert "ikke sat op Oplysningerne bliver stående. – – –" in told["Sagen"]
    assert "Slettes 5 år efter den seneste aktivitet i sagen." in told["Navn og CPR-nummer"]
    assert "docs/operations.md" in page
    assert "retention." not in page


def test_where_intake_decides_the_others_say_so(matching: ServiceUnderTest) -> None:
    assert "Skranken sætter fristen" in lines(matching)["Jobønsker"]


def test_row_that_no_job_follows_is_not_taken_for_a_term(matching: ServiceUnderTest) -> None:
    row = Row("retention.company", 5, "years", date(2020, 1, 1), None, None, "Byrådet", "local")
    with matching.begin() as session:
        found = keeping.kept(session, Keeps(service_base(matching), Policy([row])))
    company = next(one for one in found if one.data == "company")

    assert (company.rows, company.due) == ((row,), None)


def test_before_the_first_night_it_has_not_run(notifications: ServiceUnderTest) -> None:
    notifications.connection.execute(text("DELETE FROM nightly"))

    assert "Har ikke kørt endnu 2. november 2026: 0 rækker" in lines(notifications)["Breve og beskeder"]


def test_what_the_night_did_and_will_do_is_counted(intake: ServiceUnderTest) -> None:
    intake.connection.execute(text("DELETE FROM nightly"))
    for cpr in ("251248-9996", "310397-9995"):
        register(intake, cpr=cpr)
    run(intake, FIVE_YEARS_ON)
    with clock.moved_to(FIVE_YEARS_ON):
        announced = lines(intake)["Navn og CPR-nummer"]
    run(intake, FIVE_YEARS_ON + timedelta(days=29))
    with clock.moved_to(FIVE_YEARS_ON + timedelta(days=29)):
        on_the_eve = lines(intake)["Navn og CPR-nummer"]
    run(intake, FIVE_YEARS_ON + timedelta(days=30))
    with clock.moved_to(FIVE_YEARS_ON + timedelta(days=30)):
        erased = lines(intake)["Navn og CPR-nummer"]

    assert announced.endswith("3. november 2031: 0 borgere 4. november 2031: 0 borgere")
    assert on_the_eve.endswith("2. december 2031: 0 borgere 3. december 2031: 2 borgere")
    assert erased.endswith("3. december 2031: 2 borgere 4. december 2031: 0 borgere")


def run(intake: ServiceUnderTest, moment: Any) -> None:
    with clock.moved_to(moment):
        more = True
        while more:
            with intake.begin() as session:
                more = bool(JOBS["erase"].run(session))


def test_rows_that_are_old_enough_tomorrow_are_counted(intake: ServiceUnderTest) -> None:
    intake.connection.execute(_SIGN_IN, {"ends_at": danish_time(date(2026, 11, 2), 12)})
    before = "SELECT count(*) FROM sign_in WHERE ends_at < '2026-11-03 00:00+01'"
    with clock.moved_to(danish_time(date(2028, 11, 2), 12)), intake.begin() as session:
        JOBS["keep_times"].run(session)
        left = session.scalar(text(before))
        due = next(one for one in keeping.kept(session, intake._package.KEEPS) if one.data == "log")

    assert (left, due.due, due.due_on) == (1, 1, date(2028, 11, 3))


_SIGN_IN = text("""
    INSERT INTO sign_in (id, subject, kind, roles, assurance, started_at, ends_at)
    VALUES (gen_random_uuid(), 'somebody', 'staff', '{adviser}', 'substantial', :ends_at, :ends_at)
""")


def test_counts_of_a_night_in_several_turns_are_added_and_the_next_night_begins_anew(intake: ServiceUnderTest) -> None:
    left = [2, 1, 0, 0]

    def work(session: Any) -> bool:
        did(session, "message", 3)
        return left.pop(0) > 0

    told = []
    for moment in (MONDAY, MONDAY, MONDAY, MONDAY, MONDAY + timedelta(days=1)):
        with clock.moved_to(moment), intake.begin() as session:
            nightly("counted", work).run(session)
            row = session.execute(text("SELECT done_on, did_on, did FROM nightly WHERE job = 'counted'")).one()
            told.append((row.done_on and row.done_on.day, row.did_on.day, row.did["message"]))

    assert told == [(None, 2, 3), (None, 2, 6), (2, 2, 9), (2, 2, 9), (3, 3, 3)]


def test_events_and_receipts_stay_where_nobody_has_set_a_term(
    intake: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(intake)
    found = []
    for policy in (Policy([]), house.HOUSE):
        monkeypatch.setattr(jobs, "HOUSE", policy)
        with clock.moved_to(MONDAY + timedelta(days=4000)), intake.begin() as session:
            jobs.forget_old(session)
            found.append(session.scalar(text("SELECT count(*) FROM idempotency")))

    assert found == [1, 0]


def test_a_municipalitys_own_source_stands_as_it_wrote_it(intake: ServiceUnderTest) -> None:
    policy = intake._package.KEEPS.policy
    own = replace(policy.row("retention.identity", date(2026, 11, 2)), source="Byrådet, 3. november 2026", until=None)
    with intake.app.test_request_context():
        assert keeping.Kept(data="identity", rows=(own,)).sources == ["Byrådet, 3. november 2026"]
