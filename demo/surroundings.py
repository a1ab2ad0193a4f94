"""The people around the story's citizen: a mentor in the register, who asks to be rung up."""

from demo import screen
from demo.suite import Suite, expect
from demo.visitor import Visitor


def mentor(suite: Suite, placement_id: str, mette: Visitor) -> None:
    """In the register, trained, at a meeting of mentors, and on the direct line."""
    company = suite.call("consultant", "GET", f"followup/placements/{placement_id}")["company_id"]
    day = screen.today().isoformat()
    known = suite.call("consultant", "POST", "followup/mentors", {
        "name": "Mette Eksempel", "kind": "company", "company_id": company, "email": "mette@nordlager.example.dk",
        "trained_on": day, "line_name": "Johanne Jobstrup", "line_phone": "20 44 55 66",
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
