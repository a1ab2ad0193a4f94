"""Somebody who comes for the first time, and is known wherever a journey needs them."""

from typing import Any

from tests.journeys.playing import Play


def comes(play: Play, cpr: str, name: str) -> str:
    """Registered at the counter, and known to follow-up; the citizen's id."""
    told: dict[str, Any] = play.call("front-desk", "POST", "intake/first-contacts", {
        "cpr": cpr, "name": name, "email": f"{cpr}@borger.example.dk", "phone": "20 11 22 33", "postal_code": "8700",
        "municipality_code": "0730", "applied_for": "kontanthjaelp", "channel": "desk", "qualifying_education": True,
        "guidance": {"version": "2026-02", "written": True},
    })  # fmt: skip
    citizen = str(told["citizen_id"])
    play.wait(lambda: play.look("consultant", f"followup/citizens/{citizen}/absences"), "follow-up to know them")
    return citizen
