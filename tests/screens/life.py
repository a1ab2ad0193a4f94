"""What there is to see: the demo's story, and a little more, so that no page is without the thing it shows."""

import base64
import json
import os
import re
import subprocess
import sys
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from demo import screen
from demo.story import ANDERS, KIRSTEN, MAGNUS, WEEK, first_contact, know, occupation, wishes
from demo.suite import Suite
from tests.screens import surroundings
from tests.screens.running import Running
from tests.screens.screens import Ids

ROOT = Path(__file__).resolve().parents[2]
NANCY, RUDDI, SILLE, KAJA = "2512489996", "1502779995", "0506889996", "2103009996"


def lived(running: Running) -> Ids:
    """Plays it where it has not been played; the ids of what there is then."""
    file = running.run / "life.json"
    if not file.exists():
        played(running)
        file.write_text(json.dumps(_ids(Suite(running.address, running.catcher)), indent=1))
    found: Ids = json.loads(file.read_text())
    return found


def played(running: Running) -> None:
    """The story, and no more, where it has not been played."""
    if Suite(running.address, running.catcher).call("consultant", "GET", "matching/placements")["items"]:
        return
    command = [sys.executable, "-m", "demo.story", "--address", running.address, "--catcher", running.catcher]
    command += ["--tour", str(running.run / "tour.json")]
    done = subprocess.run(command, cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


def _ids(suite: Suite) -> Ids:
    newcomers = {cpr: _newcomer(suite, cpr, name) for cpr, name in ((NANCY, "Nancy Ann"), (RUDDI, "Åge Ørum"))}
    again = first_contact(suite, KIRSTEN, "8700", "20 12 34 56")
    magnus = first_contact(suite, MAGNUS, "8700", None)["citizen_id"]
    placement = suite.call("consultant", "GET", "matching/placements")["items"][0]
    agreed = suite.call("consultant", "GET", f"matching/matches/{placement['match_id']}")
    follow_up = suite.call("consultant", "GET", f"followup/placements/{placement['id']}")
    invitation = suite.call("consultant", "POST", f"followup/placements/{placement['id']}/mentor-invitations")
    missed = {"kind": "interview", "on": screen.today().isoformat()}
    absence = suite.call("consultant", "POST", f"followup/citizens/{agreed['citizen_id']}/absences", missed)
    message = suite.call("front-desk", "GET", "notifications/messages")["items"][0]
    job = {"title": "Lagermedarbejder", "employer": "Nordlager"}
    job_referral = suite.call("adviser", "POST", f"intake/citizens/{again['citizen_id']}/job-referrals", job)
    return _matches(suite, agreed["company_id"], magnus) | {
        "citizen": again["citizen_id"],
        "second_citizen": magnus,
        "of_another_unit": first_contact(suite, ANDERS, "8660", None)["citizen_id"],
        "other_citizen": newcomers[RUDDI]["citizen_id"],
        "receipt": newcomers[NANCY]["contact_id"],
        "visitation": newcomers[NANCY]["visitation"]["id"],
        "company": agreed["company_id"],
        "agreed_match": agreed["id"],
        "project": suite.call("consultant", "GET", "matching/projects")["items"][0]["id"],
        "filled_need": agreed["need_id"],
        "placement": placement["id"],
        "followup_hand_over": _asked_to_take(suite, follow_up["owner"]),
        "follow_up": follow_up["contacts"][0]["id"],
        **surroundings.lived(suite),
        "absence": absence["id"],
        "message": message["id"],
        "job_referral": job_referral["id"],
        "arrival": _in_the_waiting_room(suite, magnus),
        "p_number": "1000000001",
        "mentor_code": invitation["code"],
        "consultant": suite.call("front-desk", "GET", "intake/consultants")["items"][0]["consultant"]["id"],
        "own_visitation": again["visitation"]["id"],
        "appointment_code": suite.wait(lambda: _code(suite, again["visitation"]["id"]), "the letter with the link"),
        "reminders_code": suite.wait(lambda: _reminders_code(suite), "a planned reminder with its link"),
    }


def _reminders_code(suite: Suite) -> str | None:
    """Out of a reminder that waits for its time."""
    for message in suite.call("front-desk", "GET", "notifications/messages?state=planned&limit=50")["items"]:
        text = suite.call("front-desk", "GET", f"notifications/messages/{message['id']}")["text"] or ""
        if found := re.search(r"nej-tak\?kode=([\w-]+)", text):
            return found[1]
    return None


def _asked_to_take(suite: Suite, owner: str) -> str:
    """The cases of whoever has the story's, offered to a colleague whom the pages have met."""
    suite.call("adviser", "GET", "followup/hand-overs")
    given = {"kind": "give", "to_owner": "adviser", "from_owner": owner}
    return str(suite.call("consultant", "POST", "followup/hand-overs", given)["id"])


def _in_the_waiting_room(suite: Suite, citizen: str) -> str:
    """Here without a booking, and given to another desk."""
    here = suite.call("front-desk", "POST", f"intake/citizens/{citizen}/arrivals", {"unit_code": "jobbutikken"})
    given = {"to_code": "desk-2", "reason_code": "language"}
    suite.call("front-desk", "POST", f"intake/arrivals/{here['id']}/hand-overs", given)
    return str(here["id"])


def _code(suite: Suite, visitation: str) -> str | None:
    """Out of the letter about that talk."""
    for message in suite.call("front-desk", "GET", "notifications/messages?limit=200")["items"]:
        if message["template"] == "visitation_booked":
            text = suite.call("front-desk", "GET", f"notifications/messages/{message['id']}")["text"] or ""
            codes: list[str] = re.findall(r"kode=([\w-]+)", text)
            if codes and UUID(bytes=base64.urlsafe_b64decode(codes[0] + "==")[:16]) == UUID(visitation):
                return codes[0]
    return None


def _newcomer(suite: Suite, cpr: str, name: str) -> dict[str, Any]:
    found: dict[str, Any] = suite.call("front-desk", "POST", "intake/first-contacts", {
        "cpr": cpr, "name": f"{name} Test", "email": None, "phone": "20 11 22 33", "postal_code": "8700",
        "municipality_code": "0615", "applied_for": "kontanthjaelp", "channel": "desk", "qualifying_education": False,
        "guidance": {"version": "2026-02", "written": True}, "protected": cpr == RUDDI, "digital_post_exempt": True,
    })  # fmt: skip
    return found


def _matches(suite: Suite, company: str, citizen: str) -> Ids:
    """Needs of the story's company with a candidate at each stage: asked, shown to the company, wanted by it."""
    warehouse = occupation(suite, "lagermedarbejder")
    # Nobody is proposed to two needs of one company at a time.
    others = (_newcomer(suite, cpr, name)["citizen_id"] for cpr, name in ((SILLE, "Sille June"), (KAJA, "Kaja")))
    found: Ids = {}
    for stage, person in zip(("open_need", "waiting_match", "wanted_match"), (citizen, *others), strict=True):
        suite.call("adviser", "POST", f"intake/citizens/{person}/job-wishes", wishes(warehouse, "06:00", 8, 30))
        need = suite.call("consultant", "POST", "matching/needs", _need(company, warehouse))["id"]
        if stage == "open_need":
            found[stage] = need
        proposed = partial(_proposed, suite, need, person)
        match = suite.wait(proposed, "somebody to be a candidate")
        if stage == "open_need":
            found["asked_match"] = match
            continue
        found[stage] = match
        suite.call("consultant", "POST", f"matching/matches/{match}/consent", {"given": True, "how": "phone"})
        if stage == "wanted_match":
            suite.call("company-a", "POST", f"matching/matches/{match}/answer", {"accepted": True})
    return found


def _need(company: str, warehouse: str) -> dict[str, Any]:
    monday = screen.today() + timedelta(days=28 - screen.today().weekday())
    return {
        "company_id": company, "p_number": "1000000001", "occupation": warehouse,
        "employment_form": "virksomhedspraktik", "weekly_hours_min": 12, "weekly_hours_max": 15,
        "windows": [f"{day} 08:00-13:00" for day in WEEK], "days_required": 3, "adjustments": ["quiet_place"],
        "starts_on": monday.isoformat(),
    }  # fmt: skip


def _proposed(suite: Suite, need: str, citizen: str) -> str | None:
    listed = suite.call("consultant", "GET", f"matching/needs/{need}/candidates?limit=200")["items"]
    if not any(candidate["citizen_id"] == citizen for candidate in listed):
        return None
    know(suite, citizen)
    body = {"need_id": need, "citizen_id": citizen}
    return str(suite.call("consultant", "POST", "matching/matches", body)["id"])
