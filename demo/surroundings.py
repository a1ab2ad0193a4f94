"""The people around the story's citizen: a mentor in the register, and a group of young people."""

from datetime import timedelta
from typing import Any

from demo import screen, workplaces
from demo.suite import Suite, expect
from demo.visitor import Visitor


def mentor(suite: Suite, placement_id: str, mette: Visitor) -> None:
    """In the register, trained, at a meeting of mentors, and on the direct line."""
    placement = suite.call("consultant", "GET", f"followup/placements/{placement_id}")
    day = screen.today().isoformat()
    known = suite.call("consultant", "POST", "followup/mentors", {
        "name": "Mette Eksempel", "kind": "company", "company_id": placement["company_id"],
        "email": "mette@nordlager.example.dk", "trained_on": day, "line_name": "Johanne Jobstrup",
        "line_phone": "20 44 55 66",
    })  # fmt: skip
    of = f"followup/placements/{placement_id}/mentor"
    suite.call("consultant", "POST", f"{of}/recognised", {"mentor_id": known["id"]})
    met = {"held_on": day, "mentor_ids": [known["id"]], "minutes": "Om at give plads til pauser."}
    suite.call("consultant", "POST", "followup/network-meetings", met)
    line = f"/opfoelgning/forloeb/{placement_id}/linje"
    mette.submit(line, line, {"urgency": "this_week"})
    register = suite.call("consultant", "GET", "followup/mentors")
    expect(len(register["calls"]) == 1, "the mentor waits to be rung up")
    figures = register["figures"]
    screen.say(f"{figures['trained']} mentor trained at {figures['companies']} company; Mette asks to be rung up")
    suite.call(
        "consultant", "POST", f"followup/placements/{placement_id}/long-course/role", {"role": "first"}, expect=200
    )
    shown = {"what": "Prøve vejen derhen en morgen", "party": "citizen", "due_on": placement["starts_on"]}
    suite.call("consultant", "POST", f"followup/placements/{placement_id}/plan", shown)
    _cohort(suite, placement["citizen_id"], known["id"])
    _family(suite, placement["citizen_id"])
    _area(suite, placement)
    workplaces.known(suite, placement_id)


def _cohort(suite: Suite, citizen_id: str, mentor_id: str) -> None:
    """13U, of which the youngest of the story has a place."""
    made = suite.call("consultant", "POST", "followup/cohorts", {
        "name": "13U i efteråret", "starts_on": (screen.today() - timedelta(days=7)).isoformat(), "capacity": 16,
        "tracks": ["food", "building", "auto_metal"], "mentor_id": mentor_id,
    })  # fmt: skip
    seat = {"citizen_id": citizen_id, "municipality": "Horsens", "age_at_start": 29}
    member = suite.call("consultant", "POST", f"followup/cohorts/{made['id']}/members", seat)
    suite.call("consultant", "POST", f"followup/cohort-members/{member['id']}/track", {"track": "food"}, expect=200)
    screen.say("a place in the group 13U, on the track of food; its mentor writes day by day")


def _family(suite: Suite, citizen_id: str) -> None:
    """One plan across departments: structure first, then a company."""
    dream = {"lead_name": "Rune Rådvad", "next_dream": "En fast hverdag", "children": 1}
    made = suite.call("consultant", "POST", f"followup/citizens/{citizen_id}/family", dream)
    actions = f"followup/families/{made['id']}/actions"
    for what, department, who, first in (
        ("Søge støtte i hjemmet", "children_family", "Ulla Familieby", None),
        ("Tale om flere timer", "labour_market", "Johanne Jobstrup", "daily_structure"),
    ):
        action = {"what": what, "department": department, "responsible": who, "after_code": first}
        plan = suite.call("consultant", "POST", actions, action)
    met = {"held_on": screen.today().isoformat(), "decisions": "Først støtte i hjemmet, så flere timer.", "there": [
        {"side": "labour_market", "name": "Rune Rådvad"}, {"side": "family", "name": "Kirsten"},
    ]}  # fmt: skip
    suite.call("consultant", "POST", f"followup/families/{made['id']}/forums", met)
    expect(plan["actions"][-1]["waits"], "more hours wait for structure in daily life")
    screen.say("one plan for the family: two departments, and more hours not before there is structure")


def _area(suite: Suite, placement: dict[str, Any]) -> None:
    """A housing area: one person who lives there, and what a subcontractor promised."""
    lives = {"area_code": "proevebakken", "benefit": "kontanthjaelp", "qualifications": ["warehouse", "driving"]}
    suite.call("consultant", "POST", f"followup/citizens/{placement['citizen_id']}/area", lives, expect=200)
    promise = {
        "company_id": placement["company_id"], "project": "Renovering", "kind": "apprenticeship", "promised": 4,
        "due_on": (screen.today() + timedelta(days=180)).isoformat(),
    }  # fmt: skip
    suite.call("consultant", "POST", "followup/areas/proevebakken/promises", promise)
    screen.say("the area is overlooked in two tiers: partners see counts, and none of fewer than five")
