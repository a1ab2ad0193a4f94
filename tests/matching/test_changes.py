"""Longer, shorter, annulled (A18): what will change is shown first, and what takes approvals waits for them."""

from datetime import date
from typing import Any

import pytest

from services.matching.rules.changes import check_length
from services.matching.use_cases import POLICY
from shared import clock
from shared.calendar import danish_time
from shared.errors import Refused
from shared.events import PlacementAgreed, PlacementChanged
from tests.browser import words
from tests.house import ServiceUnderTest
from tests.matching.factories import (
    accepted,
    add_candidate,
    add_company,
    add_need,
    add_workplace,
    approved,
    new_placement,
    placement_body,
    posted,
    stated,
)

START, THIRTEEN, TWENTY_SIX = date(2026, 11, 9), date(2027, 2, 7), date(2027, 5, 9)
ASKED = ("citizen", "employer", "employee_representative", "municipality")


@pytest.mark.parametrize(
    ("ends_on", "new_end", "number", "reason", "row"),
    [
        (THIRTEEN, TWENTY_SIX, 1, "concrete_assessment", "praktik.extension_first_weeks@2020-01-01"),
        (THIRTEEN, date(2027, 5, 10), 1, "concrete_assessment", "too_long"),
        (THIRTEEN, TWENTY_SIX, 1, "special_need", "extension_ground"),
        (TWENTY_SIX, date(2027, 8, 8), 2, "special_need", "praktik.extension_more_weeks@2020-01-01"),
        (TWENTY_SIX, date(2027, 8, 8), 2, "concrete_assessment", "extension_ground"),
        (TWENTY_SIX, date(2027, 8, 9), 2, "special_need", "too_long"),
        (date(2027, 8, 8), date(2027, 11, 7), 3, "special_need", "praktik.extension_more_weeks@2020-01-01"),
    ],
)
def test_a18_extensions_by_number_ground_and_length(
    ends_on: date, new_end: date, number: int, reason: str, row: str
) -> None:
    try:
        found = check_length(
            "virksomhedspraktik", "aktivitetsparat", reason, public=False, starts_on=START, ends_on=ends_on,
            new_end=new_end, extension_no=number, exception_ground=None, policy=POLICY,
        ).name  # fmt: skip
    except Refused as refused:
        found = refused.code

    assert found == row


def agreed(matching: ServiceUnderTest) -> Any:
    match = accepted(matching, add_need(matching), add_candidate(matching, "aktivitetsparat"))
    made = posted(matching, "/placements", placement_body(match, ends_on="2027-02-07"))
    stated(matching, made)
    return matching.call("GET", f"/placements/{made['id']}", client="consultant").json


def wanted(**changed: Any) -> dict[str, Any]:
    return {"kind": "extended", "reason_code": "concrete_assessment", "ends_on": "2027-05-09"} | changed


def change(matching: ServiceUnderTest, made: Any, **changed: Any) -> Any:
    body = wanted(number=made["number"]) | changed
    return matching.call("POST", f"/placements/{made['id']}/changes", body, client="consultant")


def test_a18_dry_run_shows_dates_ratio_and_turns_and_keeps_nothing(matching: ServiceUnderTest) -> None:
    made = agreed(matching)
    answer: Any = matching.call("POST", f"/placements/{made['id']}/changes/dry-run", wanted(), client="consultant").json

    assert (answer["ends_before"], answer["ends_after"], answer["extension_no"]) == ("2027-02-07", "2027-05-09", 1)
    assert (answer["ratio"], answer["asks"], answer["at_once"]) == ("allowed", list(ASKED), False)
    assert matching.connection.exec_driver_sql("SELECT count(*) FROM agreement_version").scalar() == 1


def test_a18_an_extension_holds_once_everybody_asked_has_said_yes_and_is_numbered(matching: ServiceUnderTest) -> None:
    made = agreed(matching)
    waiting = change(matching, made).json
    half = approved(matching, made, *ASKED[:3])
    done = approved(matching, made, ASKED[3])
    told = matching.told(PlacementChanged)

    assert (waiting["state"], waiting["ends_on"], waiting["awaiting"]) == ("agreed", "2027-02-07", list(ASKED))
    assert half["ends_on"] == "2027-02-07"
    assert (done["ends_on"], done["number"], done["awaiting"]) == ("2027-05-09", 2, [])
    assert [(one.change_kind, one.extension_no, one.ends_on) for one in told] == [("extended", 1, TWENTY_SIX)]
    assert len(matching.told(PlacementAgreed)) == 1


def test_a18_a_second_extension_takes_a_special_need_and_is_number_two(matching: ServiceUnderTest) -> None:
    made = agreed(matching)
    change(matching, made)
    first = approved(matching, made, *ASKED)
    plain = change(matching, first, ends_on="2027-08-08")
    special = change(matching, first, ends_on="2027-08-08", reason_code="special_need")
    done = approved(matching, made, *ASKED)

    assert (plain.status_code, plain.json["code"]) == (409, "extension_ground")
    assert special.json["awaiting"] == list(ASKED)
    assert (done["ends_on"], done["number"], done["awaiting"]) == ("2027-08-08", 3, [])
    assert [one.extension_no for one in matching.told(PlacementChanged)] == [1, 2]


def test_a_no_to_an_extension_leaves_the_agreement_as_it_was(matching: ServiceUnderTest) -> None:
    made = agreed(matching)
    change(matching, made)
    no = {"party": "employer", "positive": False}
    after = posted(matching, f"/placements/{made['id']}/statements", no)

    assert (after["state"], after["ends_on"], after["awaiting"]) == ("agreed", "2027-02-07", [])
    assert matching.told(PlacementChanged) == []


def test_the_same_change_sent_again_is_one_and_an_old_version_is_refused(matching: ServiceUnderTest) -> None:
    made = agreed(matching)
    first, again = change(matching, made), change(matching, made)
    other = change(matching, made, ends_on="2027-04-01")

    assert (first.json["number"], again.json["number"], other.json["code"]) == (2, 2, "terms_changed")


def test_a_change_that_waits_is_taken_back_by_whoever_made_it(matching: ServiceUnderTest) -> None:
    made = agreed(matching)
    change(matching, made)
    path, body = f"/placements/{made['id']}/changes/undo", {"number": 2}
    stranger = matching.call("POST", path, body, client="adviser")
    back = posted(matching, path, body)

    assert (stranger.status_code, back["awaiting"], back["ends_on"]) == (409, [], "2027-02-07")
    assert change(matching, back, number=2).json["number"] == 3


def test_shorter_holds_at_once_with_a_reason(matching: ServiceUnderTest) -> None:
    made = agreed(matching)
    with clock.moved_to(danish_time(date(2026, 12, 1), 9)):
        wrong = change(matching, made, kind="shortened", reason_code="special_need", ends_on="2026-12-04")
        short = change(matching, made, kind="shortened", reason_code="found_work", ends_on="2026-12-04").json

    assert (wrong.status_code, list(wrong.json["errors"])) == (422, ["reason_code"])
    assert (short["ends_on"], short["awaiting"]) == ("2026-12-04", [])
    assert [one.change_kind for one in matching.told(PlacementChanged)] == ["shortened"]


def test_annulled_frees_the_position_and_the_ratio(matching: ServiceUnderTest) -> None:
    made = agreed(matching)
    gone = change(matching, made, kind="annulled", reason_code="did_not_come", ends_on=None).json
    again = posted(matching, "/placements", placement_body({"id": made["match_id"]}))

    assert (gone["state"], gone["closed_code"]) == ("refused", "annulled")
    assert again["ratio"]["supported_fte"] == 0
    assert [one.change_kind for one in matching.told(PlacementChanged)] == ["annulled"]


def test_other_terms_of_a_draft_withdraw_the_approvals_they_touch_and_no_others(matching: ServiceUnderTest) -> None:
    made = new_placement(matching)
    approved(matching, made, "citizen", "mentor", "employer")
    changed = change(
        matching, made, kind="terms", reason_code="agreed_with_both_sides", ends_on=None, weekly_hours=12
    ).json  # fmt: skip

    assert (changed["weekly_hours"], changed["number"]) == (12, 2)
    assert changed["awaiting"] == list(ASKED)
    assert [one["party"] for one in changed["statements"]] == ["mentor"]


def test_a_pending_extension_holds_its_place(matching: ServiceUnderTest) -> None:
    made = agreed(matching)
    staff = [{"month": month, "fte": 40} for month in ("2026-10", "2026-11", "2026-12", "2027-01")]
    add_workplace(matching, add_company(matching), staff=staff)
    asked = f"/workplaces/{made['p_number']}/places-left?starts_on=2027-03-01&ends_on=2027-03-31&weekly_hours=37"
    before: Any = matching.call("GET", asked, client="consultant").json
    change(matching, made)
    after: Any = matching.call("GET", asked, client="consultant").json

    assert (before["taken_fte"], before["left"]) == (0, 8)
    assert (round(after["pending_fte"], 2), after["left"]) == (0.41, 7)


def test_page_shows_what_will_happen_then_does_it_and_offers_the_way_back(matching: ServiceUnderTest) -> None:
    made = agreed(matching)
    home, desk = f"/match/aftale/{made['id']}", matching.browser("company_consultant")
    form = {"kind": "extended", "reason_code": "concrete_assessment", "ends_on": "2027-05-09"}
    empty = words(desk.get(f"{home}/aendr"))
    tried = words(desk.submit(f"{home}/aendr/proev", form))
    wrong = desk.submit(f"{home}/aendr/proev", form | {"ends_on": "2027-06-01"})
    desk.submit(f"{home}/aendr", form | {"number": "1"})
    page = words(desk.get(home))
    back = desk.submit(f"{home}/aendr/fortryd", {"number": "2"})

    assert "Se, hvad der sker" in empty
    assert "→" in tried
    assert "Gælder når de har sagt ja: borgeren, arbejdsgiveren, medarbejdernes repræsentant og kommunen" in tried
    assert (wrong.status_code, "Højst 26 uger: senest den 9. maj 2027." in words(wrong)) == (409, True)
    assert "En ændring venter på borgeren, arbejdsgiveren" in page
    assert back.status_code == 303
