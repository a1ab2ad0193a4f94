"""How somebody comes into a placement, for journeys about what happens in it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, TypeVar

from demo.story import KNOWN, WEEK, occupation
from demo.suite import StoryError
from shared.clock import danish_time
from tests.journeys.playing import Play

T = TypeVar("T")
NIGHTLY_TURNS = 5


def by_night(play: Play, look: Callable[[], T | None], what: str) -> T:
    """What a nightly job does, which looks once a minute whether there is a new day."""
    for _turn in range(NIGHTLY_TURNS - 1):
        try:
            return play.wait(look, what)
        except StoryError:
            continue
    return play.wait(look, what)


def comes(play: Play, on: date, cpr: str, name: str, *, category: str, least: float, most: float) -> str:
    """Somebody is registered, talked with, and known well enough to be proposed."""
    play.wait(lambda: play.call("front-desk", "GET", f"intake/slots?day={on}")["items"] or None, "slots of the day")
    contact = play.call("front-desk", "POST", "intake/first-contacts", {
        "cpr": cpr, "name": name, "email": f"{cpr}@borger.example.dk", "phone": "20 11 22 33", "postal_code": "2730",
        "municipality_code": "0163", "applied_for": "kontanthjaelp", "channel": "desk", "qualifying_education": True,
        "guidance": {"version": "2026-02", "written": True},
    })  # fmt: skip
    citizen = str(contact["citizen_id"])
    talk = contact["visitation"]
    if talk is not None and talk["state"] == "booked":
        reason = None if category == "jobparat" else "obviously_pointless"
        play.call("adviser", "POST", f"intake/visitations/{talk['id']}/outcome", {
            "category": category, "override_reason_code": reason,
        })  # fmt: skip
    play.call("adviser", "POST", f"intake/citizens/{citizen}/job-wishes", {
        "occupations": [occupation(play, "lagermedarbejder")], "forms": ["virksomhedspraktik"],
        "weekly_hours_min": least, "weekly_hours_max": most, "availability": [f"{day} 07:00-16:00" for day in WEEK],
        "travel_km_max": 30, "needs": ["quiet_place"], "mentor_wanted": True, "consent_to_matching": True,
    })  # fmt: skip
    door = f"matching/candidates/{citizen}/knowledge"
    known = play.wait(lambda: play.look("consultant", door), "the wishes to arrive")
    play.call("consultant", "POST", door, KNOWN | {"version": known["version"]})
    return citizen


def company_of(play: Play, first: date) -> str:
    """Nordlager with its staff of the last months."""
    company = play.call("consultant", "POST", "matching/companies", {
        "cvr": "90000004", "name": "Nordlager Eksempel ApS",
        "contact": {"name": "Tove Eksempel", "email": "tove@nordlager.example.dk", "phone": None},
    })  # fmt: skip
    months = sorted({f"{first - timedelta(days=30 * back + 5):%Y-%m}" for back in range(6)})
    play.call("consultant", "POST", f"matching/companies/{company['id']}/workplaces", {
        "p_number": "1000000001", "name": "Nordlager Herlev", "postal_code": "2730",
        "staff": [{"month": month, "fte": 60.0} for month in months],
    })  # fmt: skip
    return str(company["id"])


def drafted(play: Play, citizen: str, first: date, last: date, *, hours: float, **agreed: Any) -> str:
    """Proposed, consented, accepted: an agreement that waits for everybody's approval."""
    need = play.call("consultant", "POST", "matching/needs", {
        "company_id": company_of(play, first), "p_number": "1000000001",
        "occupation": occupation(play, "lagermedarbejder"), "employment_form": "virksomhedspraktik",
        "weekly_hours_min": hours, "weekly_hours_max": hours, "windows": [f"{day} 08:00-15:00" for day in WEEK],
        "adjustments": ["quiet_place"], "mentor_offered": True, "starts_on": first.isoformat(),
    })  # fmt: skip
    match = play.call("consultant", "POST", "matching/matches", {"need_id": need["id"], "citizen_id": citizen})
    play.call("consultant", "POST", f"matching/matches/{match['id']}/consent", {"given": True, "how": "in_person"})
    play.call("company-a", "POST", f"matching/matches/{match['id']}/answer", {"accepted": True})
    placement = play.call("consultant", "POST", "matching/placements", {
        "match_id": match["id"], "offer_type": "virksomhedspraktik", "starts_on": first.isoformat(),
        "ends_on": last.isoformat(), "first_day_at": danish_time(first, 8).isoformat(), "weekly_hours": hours,
        "purpose_code": "clarify_job_goal", "confirmed": ["not_recently_employed"],
        "mentor": {"name": "Mette Eksempel", "email": "mette@nordlager.example.dk"},
        **agreed,
    })  # fmt: skip
    return str(placement["id"])


def placed(play: Play, citizen: str, first: date, last: date, *, hours: float, **agreed: Any) -> str:
    """The same with everybody's yes: the placement that follow-up has planned."""
    placement = drafted(play, citizen, first, last, hours=hours, **agreed)
    others = ("citizen", "employee_representative", "mentor", "municipality")
    for party, client in (("employer", "company-a"), *((other, "consultant") for other in others)):
        said = {"party": party, "positive": True}
        play.call(client, "POST", f"matching/placements/{placement}/statements", said)
    path = f"followup/placements/{placement}"
    play.wait(lambda: play.look("consultant", path), "the placement to be followed")
    return placement
