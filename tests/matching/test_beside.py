"""Beside an agreement: VITAS mirrored and never replaced, support proposed within limits and decided by people."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from services.matching.rules import support
from services.matching.use_cases import POLICY
from shared.errors import Invalid, NotConfigured, Refused
from tests.browser import offered, words
from tests.house import ServiceUnderTest
from tests.matching.factories import new_placement, posted

START, END = date(2026, 11, 9), date(2026, 12, 6)


@pytest.mark.parametrize(("agreed", "asked", "fits"), [(37, 20, True), (37, 20.5, False), (18.5, 10, True),
                                                       (18.5, 10.5, False)])  # fmt: skip
def test_personal_assistance_is_limited_in_proportion_to_the_hours(agreed: float, asked: float, fits: bool) -> None:
    refused = None
    try:
        support.check("personal_assistance", "sign_language", asked, START, END, agreed_hours=agreed, policy=POLICY)
    except Refused as raised:
        refused = raised.policy

    assert refused == (None if fits else "support.assistance_hours@2019-06-01")


def test_mentor_hours_after_the_known_rule_are_not_configured_and_an_aid_has_no_limit() -> None:
    how: dict[str, Any] = {"agreed_hours": 15.0, "policy": POLICY}
    with pytest.raises(NotConfigured):
        support.check("mentor_hours", "more_than_employers_do", 2, START, END, **how)
    with pytest.raises(Invalid):
        support.check("aid", "sign_language", None, START, END, **how)
    assert support.check("aid", "makes_the_work_possible", None, START, END, **how) is None


def test_support_is_taken_back_by_whoever_proposed_it_until_it_is_decided(matching: ServiceUnderTest) -> None:
    made = new_placement(matching)
    page = f"/match/aftale/{made['id']}/stoette"
    asked = {"kind": "aid", "reason_code": "makes_the_work_possible", "starts_on": "2026-11-09",
             "ends_on": "2026-12-06"}  # fmt: skip
    desk, adviser = matching.browser("company_consultant"), matching.browser("adviser")
    desk.submit(page, asked)
    path, slip = offered(desk.get(page).text)
    somebody_else = matching.browser("company_consultant").submit(path, slip)
    taken_back = desk.submit(path, slip)
    empty = words(desk.get(page))

    desk.submit(page, asked)
    path, slip = offered(desk.get(page).text)
    adviser.submit(f"{page}/afgoer", slip | {"state": "granted"})
    too_late = desk.submit(path, slip)
    assert [one.status_code for one in (somebody_else, taken_back, too_late)] == [409, 303, 409]
    assert "Der er ikke foreslået støtte endnu." in empty


def test_support_is_proposed_by_a_consultant_and_decided_by_an_adviser_who_may_take_it_back(
    matching: ServiceUnderTest,
) -> None:
    made = new_placement(matching)
    page = f"/match/aftale/{made['id']}/stoette"
    asked = {"kind": "interpreter", "reason_code": "instructions_in_own_language", "starts_on": "2026-11-09",
             "ends_on": "2026-12-06"}  # fmt: skip
    desk, adviser = matching.browser("company_consultant"), matching.browser("adviser")
    empty = words(desk.get(page))
    desk.submit(page, asked)
    wrong = desk.submit(page, asked | {"reason_code": "makes_the_work_possible"})
    found: Any = matching.call("GET", f"/placements/{made['id']}/supports", client="consultant").json
    one = found["items"][0]
    decision = {"support_id": one["id"], "state": "granted", "version": str(one["version"])}
    barred = desk.submit(f"{page}/afgoer", decision)
    adviser.submit(f"{page}/afgoer", decision)
    granted = words(adviser.get(page))
    adviser.submit(f"{page}/fortryd", {"support_id": one["id"], "version": str(one["version"] + 1)})

    assert "Der er ikke foreslået støtte endnu." in empty
    assert (wrong.status_code, barred.status_code) == (422, 403)
    assert "bevilget" in granted
    assert "Bevilg ikke" in words(adviser.get(page))


def test_vitas_fields_are_prepared_and_its_reference_and_state_are_kept_by_people(matching: ServiceUnderTest) -> None:
    made = new_placement(matching)
    path, page = f"/placements/{made['id']}/national-application", f"/match/aftale/{made['id']}/vitas"
    before: Any = matching.call("GET", path, client="consultant").json
    after = posted(matching, path, {"reference": "V-1234", "state": "sent"})
    bad = matching.call("POST", path, {"reference": "010190-1234567", "state": "sent"}, client="consultant")
    desk = matching.browser("company_consultant")
    file = desk.get(f"{page}.csv").text

    assert {one["name"]: one["value"] for one in before["fields"]}["ends_on"] == "06-12-2026"
    assert (before["state"], after["reference"], after["state"], bad.status_code) == (None, "V-1234", "sent", 422)
    assert "Ansøgningen sendes i VITAS, ikke herfra." in words(desk.get(page))
    assert "P-nummer;1099990001" in file
    assert made["citizen_id"] not in file


def test_what_was_noted_of_vitas_is_taken_away_and_noted_again_and_the_history_says_both(
    matching: ServiceUnderTest,
) -> None:
    made = new_placement(matching)
    path, page = f"/placements/{made['id']}/national-application", f"/match/aftale/{made['id']}/vitas"
    desk = matching.browser("company_consultant")
    desk.submit(page, {"reference": "V-1234", "state": "sent"})
    slip = offered(desk.get(page).text)
    desk.submit(*slip)
    gone = desk.get(page)
    desk.submit(*offered(gone.text))
    again: Any = matching.call("GET", path, client="consultant").json
    desk.submit(page, {"reference": "V-1234", "state": "approved"})
    too_late, shown = desk.submit(f"{page}/fjern", {"version": str(again["version"])}), desk.get(page)

    assert slip[0] == f"{page}/fjern"
    assert "Noteringen er fjernet." in words(gone)
    assert "Der er ikke noteret noget endnu." in words(gone)
    assert "Fjern noteringen" not in words(gone)
    assert (again["reference"], again["state"]) == ("V-1234", "sent")
    assert (too_late.status_code, "V-1234, godkendt" in words(shown)) == (409, True)
    assert "Fjern noteringen" in words(shown)
    now: Any = matching.call("GET", path, client="consultant").json
    removed = matching.call("POST", f"{path}/removal", {"version": now["version"]}, client="consultant")
    assert (removed.status_code, removed.json["reference"], removed.json["version"]) == (200, None, None)
    assert matching.call("POST", f"{path}/removal", {"version": 1}, client="consultant").status_code == 404
    told = text("SELECT changes -> 'reference' FROM audit WHERE table_name = 'national_application' ORDER BY seq")
    history = [change for change in matching.connection.scalars(told) if change]
    assert history == [[None, "V-1234"], ["V-1234", ""], ["", "V-1234"], ["V-1234", ""]]


def test_no_value_of_the_vitas_file_is_a_formula_where_it_is_opened(matching: ServiceUnderTest) -> None:
    made = new_placement(matching, mentor={"name": "=1+1", "email": "mona@firma.example", "phone": "20654321"})
    file = matching.browser("job_consultant").get(f"/match/aftale/{made['id']}/vitas.csv")

    assert "Mentor;'=1+1" in file.text
    assert 'filename="vitas.csv"' in file.headers["Content-Disposition"]
