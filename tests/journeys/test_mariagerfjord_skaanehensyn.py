"""Mariagerfjord and special needs (C9, seed 002): a doubting employer, bumps met together, a job at full time."""

from datetime import date
from typing import Any

import pytest

from shared.clock import danish_time
from tests.journeys.placing import comes, placed
from tests.journeys.playing import Play

pytestmark = pytest.mark.journeys
BEGINS = date(2027, 8, 30)
CPR, NAME = "6703692222", "Holger Test Opdigtet"
FIRST, LAST = date(2027, 9, 6), date(2027, 12, 5)


def the_company_sees_needs_and_no_diagnosis(play: Play, citizen: str) -> None:
    """What the work must allow, and what somebody can beyond their title."""
    known = play.call("consultant", "GET", f"matching/candidates/{citizen}/knowledge")
    assert known["to_find_out"] == []
    assert known["skills"]


def a_bump(play: Play, path: str) -> None:
    """Problem, meeting, action: the employer doubts halfway, the three agree on what is different from now on."""
    play.it_is(danish_time(date(2027, 10, 20), 13))
    for party, verdict in (("company", "adjust"), ("citizen", "yes"), ("mentor", "yes")):
        said = {"kind": "midpoint", "party": party, "verdict": verdict}
        play.call("consultant", "POST", f"{path}/evaluations", said)
    midpoint = next(one for one in play.call("consultant", "GET", path)["contacts"] if one["kind"] == "midpoint")
    play.call("consultant", "POST", f"followup/contacts/{midpoint['id']}/held", {
        "outcome_code": "at_risk", "note": "Én besked ad gangen, på skrift.", "next_step_code": "other_tasks",
        "next_step_on": "2027-10-25",
    })  # fmt: skip
    placement = play.call("consultant", "GET", path)
    assert "talk_at_risk" in {one["why_code"] for one in placement["contacts"]}
    assert "besked" not in str(placement)
    play.it_is(danish_time(date(2027, 10, 25), 9))
    [step] = [one for one in _steps(play) if one["placement_id"] == placement["id"]]
    assert (step["code"], step["days_late"]) == ("other_tasks", 0)
    play.call("consultant", "POST", f"followup/next-steps/{step['id']}/done", expect=200)


def _steps(play: Play) -> Any:
    return play.call("consultant", "GET", "followup/next-steps")["items"]


def somebody_covers_a_week(play: Play, placement: str, path: str) -> None:
    """The one fixed contact is away for a week: a colleague acknowledges every promise, and gives the case back."""
    play.call("consultant", "POST", f"{path}/taken", expect=200)
    rune = play.person("rune")
    rune.get("/opfoelgning")
    page = rune.get(f"/opfoelgning/forloeb/{placement}")[1]
    receiver = page.split("Rune Rådvad</option>")[0].rsplit('value="', 1)[1].split('"')[0]
    asked = play.call("consultant", "POST", "followup/hand-overs", {
        "kind": "cover", "to_owner": receiver, "from_on": "2027-10-25", "until_on": "2027-10-29",
        "placements": [placement],
    })  # fmt: skip
    here = f"/opfoelgning/overdragelse/{asked['id']}"
    assert "Sagen er nu din" in rune.submit(here, f"{here}/sag/{placement}/kvitter", {})
    assert "Holger" in rune.get("/opfoelgning?hvis=mine")[1]
    play.it_is(danish_time(date(2027, 11, 1), 9))
    assert "Holger" not in play.person("rune").get("/opfoelgning?hvis=mine")[1]


def hired_at_full_time(play: Play, path: str) -> None:
    """Step by step up to all hours, and both say yes."""
    for since, hours in (("2027-11-01", 25), ("2027-11-15", 37)):
        play.call("consultant", "POST", f"{path}/hours", {
            "from": since, "placement_hours": hours, "paid_hours": 0, "reason_code": "next_step",
            "asked_by": "company",
        })  # fmt: skip
    play.it_is(danish_time(date(2027, 12, 3), 13))
    for party in ("citizen", "company"):
        play.call("consultant", "POST", f"{path}/evaluations", {"kind": "end", "party": party, "verdict": "yes"})
    ended = play.call("consultant", "POST", f"{path}/conclusion", {"outcome_code": "hire"})
    assert ended["conclusion"] == ended["conclusion"] | {"outcome_code": "hire", "since": "2027-12-06"}
    last = play.call("consultant", "GET", path)["hours"][-1]
    assert (last["from"], last["placement_hours"], last["paid_hours"]) == ("2027-12-06", 0, 37)


def test_mariagerfjord_skaanehensyn(play: Play) -> None:
    play.it_is(danish_time(date(2027, 8, 30), 9))
    holger = comes(play, date(2027, 8, 30), CPR, NAME, category="aktivitetsparat", least=15, most=37)
    the_company_sees_needs_and_no_diagnosis(play, holger)
    placement = placed(play, holger, FIRST, LAST, hours=15, cadence="handholding", hire_preagreed=True)
    path = f"followup/placements/{placement}"
    a_bump(play, path)
    somebody_covers_a_week(play, placement, path)
    hired_at_full_time(play, path)
