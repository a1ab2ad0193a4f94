"""The people around the placement of telling.py: whoever has a page about them needs one of each."""

from typing import Any

from shared import clock
from tests.followup.telling import CITIZEN, COMPANY, MENTOR, PLACEMENT
from tests.house import ServiceUnderTest

MAX = {"name": "Max Test Berggren", "kind": "company", "company_id": str(COMPANY), "phone": "20 11 22 33"}
OF = f"/placements/{PLACEMENT}/mentor"


def mentor(service: ServiceUnderTest, **changed: Any) -> Any:
    """One in the register."""
    return service.call("POST", "/mentors", MAX | changed, client="consultant").json


def cohort(service: ServiceUnderTest, **changed: Any) -> Any:
    """13U from today, with two tracks."""
    body = {"name": "13U", "starts_on": clock.today().isoformat(), "capacity": 12, "tracks": ["food", "building"]}
    return service.call("POST", "/cohorts", body | changed, client="consultant").json


def seat(service: ServiceUnderTest, cohort_id: str, **changed: Any) -> Any:
    """For the citizen of telling.py, who is 24."""
    body = {"citizen_id": str(CITIZEN), "municipality": "Aalborg", "age_at_start": 24}
    return service.call("POST", f"/cohorts/{cohort_id}/members", body | changed, client="consultant")


def family(service: ServiceUnderTest, **changed: Any) -> Any:
    """A plan of the citizen of telling.py."""
    body = {"lead_name": "Rune Rådvad"} | changed
    return service.call("POST", f"/citizens/{CITIZEN}/family", body, client="consultant").json


def group(service: ServiceUnderTest, mentor_id: str) -> dict[str, str]:
    """A cohort of that mentor's with somebody in it."""
    made = cohort(service, mentor_id=mentor_id)["id"]
    return {"cohort": made, "cohort_member": seat(service, made).json["id"], "today": clock.today().isoformat()}


def made(service: ServiceUnderTest) -> dict[str, str]:
    """The placement's mentor in the register, a meeting, and a call they wait for; by the names that addresses use."""
    known = mentor(service)["id"]
    service.call("POST", f"{OF}/recognised", {"mentor_id": known}, client="consultant")
    meeting = {"held_on": clock.today().isoformat(), "mentor_ids": [known]}
    met = service.call("POST", "/network-meetings", meeting, client="consultant").json["items"][0]
    own = service.browser("mentor", subject=str(MENTOR))
    own.submit(f"/opfoelgning/forloeb/{PLACEMENT}/linje", {"urgency": "today"})
    [call] = service.call("GET", "/mentors", client="consultant").json["calls"]
    live = {"area_code": "proevebakken", "benefit": "kontanthjaelp", "qualifications": ["kitchen"]}
    service.call("POST", f"/citizens/{CITIZEN}/area", live, client="consultant")
    plan = family(service)["id"]
    held = {"held_on": clock.today().isoformat(), "there": [{"side": "family", "name": "Nancy"}]}
    [forum] = service.call("POST", f"/families/{plan}/forums", held, client="consultant").json["forums"]
    return (
        group(service, known)
        | {"family": plan, "family_forum": forum["id"]}
        | {"mentor": known, "network_meeting": met["id"], "mentor_call": call["id"]}
    )
