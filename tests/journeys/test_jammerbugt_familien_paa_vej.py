"""Jammerbugt's Familien på vej (C6, seed 002 l.100-118): one plan, structure first, help granted while others wait."""

from datetime import date

import pytest

from demo.story import MAGNUS
from shared.clock import danish_time
from tests.journeys.arriving import comes
from tests.journeys.playing import Play

pytestmark = pytest.mark.journeys
BEGINS = date(2027, 1, 11)
HELP = {"kind": "home_support", "department": "children_family", "applied_on": "2027-01-11"}


def test_structure_comes_before_a_placement_and_the_family_lets_others_see(play: Play) -> None:
    play.it_is(danish_time(date(2027, 1, 11), 9))
    magnus = comes(play, MAGNUS, "Magnus Test Lauridsen")
    plan = play.call("consultant", "POST", f"followup/citizens/{magnus}/family", {
        "dream": "Et hus med have", "next_dream": "Op om morgenen alle dage", "children": 2, "lead_name": "Rune Rådvad",
    })  # fmt: skip
    own = f"followup/families/{plan['id']}"
    for action in (
        {"what": "Støtte om morgenen", "department": "children_family", "responsible": "Ulla Familieby"},
        {"what": "En lille praktik", "department": "labour_market", "responsible": "Rune Rådvad",
         "after_code": "daily_structure"},
    ):  # fmt: skip
        plan = play.call("consultant", "POST", f"{own}/actions", action)
    waiting = next(one for one in plan["actions"] if one["waits"])
    early = play.call("consultant", "POST", f"{own}/actions/done", {"action_id": waiting["id"]}, expect=409)
    assert early["code"] == "milestone_first"

    table = [{"side": "family", "name": "Magnus"}, {"side": "children_family", "name": "Ulla Familieby"}]
    forum = {"held_on": "2027-01-11", "there": table, "decisions": "Støtte først."}
    play.call("consultant", "POST", f"{own}/forums", forum)
    play.call("consultant", "POST", f"{own}/grants", HELP | {"granted_on": "2027-01-11"}, expect=200)
    play.it_is(danish_time(date(2027, 2, 8), 9))
    begun = HELP | {"granted_on": "2027-01-11", "begun_on": "2027-01-25"}
    assert play.call("consultant", "POST", f"{own}/grants", begun, expect=200)["grants"][0]["waited"] == 14
    there = {"code": "daily_structure", "reached_on": "2027-02-05"}
    play.call("consultant", "POST", f"{own}/milestones", there, expect=200)
    play.call("consultant", "POST", f"{own}/actions/done", {"action_id": waiting["id"]}, expect=200)

    seen = play.person("magnus").get("/opfoelgning/min-familie")[1]
    assert "Op om morgenen alle dage" in seen
    said = {"department": "children_family", "given": "true"}
    after = play.person("magnus").submit("/opfoelgning/min-familie", "/opfoelgning/min-familie/samtykke", said)
    assert "De må se planen." in after
    assert play.call("consultant", "GET", own)["members"][0]["departments"] == ["children_family"]
