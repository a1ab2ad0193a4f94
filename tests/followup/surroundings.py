"""The people around the placement of telling.py: whoever has a page about them needs one of each."""

from typing import Any

from shared import clock
from tests.followup.telling import COMPANY, MENTOR, PLACEMENT
from tests.house import ServiceUnderTest

MAX = {"name": "Max Test Berggren", "kind": "company", "company_id": str(COMPANY), "phone": "20 11 22 33"}
OF = f"/placements/{PLACEMENT}/mentor"


def mentor(service: ServiceUnderTest, **changed: Any) -> Any:
    """One in the register."""
    return service.call("POST", "/mentors", MAX | changed, client="consultant").json


def made(service: ServiceUnderTest) -> dict[str, str]:
    """The placement's mentor in the register, a meeting, and a call they wait for; by the names that addresses use."""
    known = mentor(service)["id"]
    service.call("POST", f"{OF}/recognised", {"mentor_id": known}, client="consultant")
    meeting = {"held_on": clock.today().isoformat(), "mentor_ids": [known]}
    met = service.call("POST", "/network-meetings", meeting, client="consultant").json["items"][0]
    own = service.browser("mentor", subject=str(MENTOR))
    own.submit(f"/opfoelgning/forloeb/{PLACEMENT}/linje", {"urgency": "today"})
    [call] = service.call("GET", "/mentors", client="consultant").json["calls"]
    return {"mentor": known, "network_meeting": met["id"], "mentor_call": call["id"]}
