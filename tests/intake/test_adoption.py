"""Who uses their own pages: buckets by latest sign-in that sum to the users, and the share of those offered (A26)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from services.intake.rules.adoption import counted
from services.intake.use_cases import POLICY
from shared import clock
from shared.database import new_id
from tests.browser import words
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import MONDAY, register
from tests.intake.test_visitation import WISHES
from tests.municipality import copy_rows

TODAY = date(2026, 11, 2)
PAGE = "/skranken/tal/selvbetjening"
SIGNED_IN = text(
    "INSERT INTO sign_in (id, subject, kind, roles, assurance, started_at, ends_at) "
    "VALUES (:id, :subject, 'citizen', '{citizen}', 'substantial', :at, :at)"
)
LATEST = [TODAY] * 10 + [TODAY - timedelta(1)] * 9 + [TODAY - timedelta(7)] * 45 + [TODAY - timedelta(14)] * 31


def test_a26_a_hundred_users_of_115_offered_make_19_45_31_and_87_percent() -> None:
    found = counted(115, [*LATEST, *[TODAY - timedelta(40)] * 5], TODAY, [1, 7, 14], 5)

    assert [(one.days, found.share(one)) for one in found.buckets] == [(1, 19), (7, 45), (14, 31), (None, 5)]
    assert (found.percent, found.users, found.hidden) == (87, 100, False)


def test_nobody_is_divided_by_and_a_small_count_hides_all() -> None:
    nothing = counted(0, [], TODAY, [1], 5)

    assert (nothing.percent, nothing.share(nothing.buckets[0])) == (None, None)
    assert counted(115, [*LATEST, TODAY - timedelta(40)], TODAY, [1, 7, 14], 5).hidden
    assert counted(103, [*LATEST, *[TODAY - timedelta(40)] * 5], TODAY, [1, 7, 14], 5).hidden


def test_a26_the_page_counts_sign_ins_and_hides_what_is_small(
    intake: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    with clock.moved_to(MONDAY):
        empty = words(intake.browser("leader").get(PAGE))
        citizen = register(intake)["citizen_id"]
        intake.call("POST", f"/citizens/{citizen}/job-wishes", WISHES)
        for days in (3, 20):
            at = MONDAY - timedelta(days=days)
            intake.connection.execute(SIGNED_IN, {"id": new_id(), "subject": citizen, "at": at})
        small = words(intake.browser("leader").get(PAGE))
        row = POLICY.row("counts.hidden_below", TODAY)
        monkeypatch.setitem(POLICY._rows, ("counts.hidden_below", None), [replace(row, value=1)])
        shown = words(intake.browser("front_desk").get(PAGE))

    assert "Ingen har fået tilbudt en profil endnu." in empty
    assert "Tallene er for små til at blive vist." in small
    assert "Bruger Min side 100 % 1 af 1, der har fået tilbuddet" in shown
    assert "inden for 7 dage 1 100 %" in shown
    assert intake.browser("partner").get(PAGE).status_code == 403


def test_a26_leaders_read_19_45_31_and_87_percent_of_a_hundred_users_and_115_offered(intake: ServiceUnderTest) -> None:
    with clock.moved_to(MONDAY):
        intake.call("POST", f"/citizens/{register(intake)['citizen_id']}/job-wishes", WISHES)
        for table in ("citizen", "job_wishes"):
            copy_rows(intake.connection, table, range(1, 114))
        offered = intake.connection.scalars(text("SELECT citizen_id FROM job_wishes")).all()
        latest = [*LATEST, *[TODAY - timedelta(40)] * 5]
        for citizen, day in zip(offered[:100], latest, strict=True):
            at = MONDAY - (TODAY - day)
            intake.connection.execute(SIGNED_IN, {"id": new_id(), "subject": str(citizen), "at": at})
        shown = words(intake.browser("leader").get(PAGE))

    assert len(offered) == 115
    assert "Bruger Min side 87 % 100 af 115, der har fået tilbuddet" in shown
    assert "inden for 1 dag 19 19 % inden for 7 dage 45 45 % inden for 14 dage 31 31 % før det 5 5 %" in shown
