"""Step 3 of the story, the other telephone: a bakery with an open need, and a call that is still going on."""

from datetime import date

from demo import screen
from demo.suite import Suite, expect
from demo.visitor import Visitor

BAKERY = "Brødhuset Eksempel A/S"
SAID = "to til rengøring fra 1. marts, 8 timer om ugen, tirsdag og torsdag, skal være der kl. 7, gerne et roligt sted"


def another_rings(suite: Suite, occupation_id: str, monday: date) -> str:
    """A company with a need of its own that the first must never see, and a call that is not over; the need."""
    company = suite.call("consultant", "POST", "matching/companies", {
        "cvr": "90000012", "name": BAKERY,
        "contact": {"name": "Bo Eksempel", "email": "bo@broedhuset.example.dk", "phone": None},
    })  # fmt: skip
    suite.call("consultant", "POST", f"matching/companies/{company['id']}/workplaces", {
        "p_number": "1000000002", "name": "Brødhuset Horsens", "postal_code": "8700",
        "staff": [{"month": f"{monday:%Y-%m}", "fte": 11.0}],
    })  # fmt: skip
    theirs = suite.call("consultant", "POST", "matching/needs", {
        "company_id": company["id"], "p_number": "1000000002", "occupation": occupation_id,
        "employment_form": "small_job", "weekly_hours_min": 10, "weekly_hours_max": 12,
        "windows": [f"{day} 08:00-12:00" for day in ("tue", "thu", "fri")], "adjustments": ["quiet_place"],
        "mentor_offered": False, "starts_on": monday.isoformat(),
    })  # fmt: skip
    suite.call("company-a", "GET", f"matching/needs/{theirs['id']}", expect=404)
    _ringing(suite)
    need: str = theirs["id"]
    return need


def _ringing(suite: Suite) -> None:
    viggo, page = Visitor(suite.address, "viggo"), "/virksomheder/opkald"
    viggo.submit(page, f"{page}/hvem", {"q": BAKERY})
    shown = viggo.submit(page, f"{page}/laes", {"said": SAID})
    expect("07.00" in shown or "7.00" in shown, "the need takes shape from what is said")
    screen.say("while Viggo listens, the need takes shape from what is said")
