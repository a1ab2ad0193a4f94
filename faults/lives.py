"""What the traffic writes: invented people and companies, from the first contact to an agreed placement.

CPR numbers are replacement numbers (day + 60), which the CPR office gives nobody; companies lie in the unused 9-series.
"""

import itertools
import random
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from stdnum.dk import cvr

from faults.speaker import Speaker
from shared import calendar

WEEK = ("mon", "tue", "wed", "thu", "fri")
HEARD_SECONDS = 60.0
PARTIES = ("employer", "citizen", "employee_representative", "mentor", "municipality")
# kind, its id, and what it is the only one of
Save = Callable[[str, str, str], None]


class Numbers:
    """Each number once in a run, and by a random start hardly ever twice on one suite."""

    def __init__(self) -> None:
        self._cpr = itertools.count(random.randrange(3_000_000))  # noqa: S311  not a secret
        self._cvr = (str(n) for n in itertools.count(91_000_000 + random.randrange(7_000_000)))  # noqa: S311
        self._p = itertools.count(1_100_000_000 + random.randrange(800_000_000))  # noqa: S311
        self._lock = threading.Lock()

    def cpr(self) -> str:
        n = next(self._cpr)
        day, month, year, serial = n % 28, n // 28 % 12, n // 336 % 40, n // 13_440 % 4_000
        return f"{61 + day:02}{1 + month:02}{60 + year:02}{serial:04}"

    def cvr(self) -> str:
        with self._lock:
            return next(number for number in self._cvr if cvr.is_valid(number))

    def p_number(self) -> str:
        return str(next(self._p))


def first_contact(speaker: Speaker, numbers: Numbers, save: Save, *, language: str = "da") -> dict[str, Any]:
    """A walk-in at the desk."""
    cpr = numbers.cpr()
    contact: dict[str, Any] = speaker.post("front-desk", "intake/first-contacts", {
        "cpr": cpr, "name": f"Prøve Prøvesen {cpr[-4:]}", "email": f"nr{cpr[4:]}@borger.example.dk", "phone": None,
        "postal_code": "8700", "municipality_code": "0615", "applied_for": "kontanthjaelp", "channel": "desk",
        "qualifying_education": True, "guidance": {"version": "2026-02", "written": True}, "language": language,
        "unit_code": "jobbutikken",
    })  # fmt: skip
    save("first_contact", contact["contact_id"], contact["citizen_id"])
    if contact["visitation"] is not None:
        save("visitation", contact["visitation"]["id"], contact["citizen_id"])
    return contact


def company(speaker: Speaker, numbers: Numbers, save: Save) -> tuple[str, str]:
    """Somebody phones; the company's id and its workplace's number."""
    number, p_number = numbers.cvr(), numbers.p_number()
    made = speaker.post("consultant", "matching/companies", {
        "cvr": number, "name": f"Prøvefirma {number[-5:]} ApS",
        "contact": {"name": "Tove Eksempel", "email": f"nr{number}@firma.example.dk", "phone": None},
    })  # fmt: skip
    save("company", made["id"], number)
    month = datetime.now(tz=calendar.DENMARK).date().replace(day=1)
    months = {(month - timedelta(days=28 * back + 5)).strftime("%Y-%m") for back in range(6)}
    place = speaker.post("consultant", f"matching/companies/{made['id']}/workplaces", {
        "p_number": p_number, "name": "Prøvepladsen", "postal_code": "8700",
        "staff": [{"month": one, "fte": 23.0} for one in sorted(months)],
    })  # fmt: skip
    save("workplace", place["id"], p_number)
    return made["id"], p_number


def need(speaker: Speaker, save: Save, company_id: str, p_number: str, occupation: str) -> str:
    """What the company wants."""
    made = speaker.post("consultant", "matching/needs", {
        "company_id": company_id, "p_number": p_number, "occupation": occupation,
        "employment_form": "virksomhedspraktik", "weekly_hours_min": 12, "weekly_hours_max": 15,
        "windows": [f"{day} 07:00-12:00" for day in WEEK], "days_required": 3, "adjustments": ["quiet_place"],
        "mentor_offered": True, "starts_on": _monday().date().isoformat(),
    })  # fmt: skip
    save("need", made["id"], company_id)
    return str(made["id"])


def desk(speaker: Speaker, numbers: Numbers, save: Save, occupation: str) -> Iterator[None]:
    """Writes that wait for no neighbour: what shows how long nobody could save anything."""
    first_contact(speaker, numbers, save)
    yield
    firm = company(speaker, numbers, save)
    yield
    need(speaker, save, *firm, occupation)
    yield


def life(speaker: Speaker, numbers: Numbers, save: Save, occupation: str) -> Iterator[None]:
    """One citizen's whole way, over three services."""
    contact = first_contact(speaker, numbers, save)
    yield
    need_id = need(speaker, save, *company(speaker, numbers, save), occupation)
    yield
    if contact["visitation"] is None:
        return
    citizen_id = contact["citizen_id"]
    visitation = contact["visitation"]["id"]
    speaker.post("adviser", f"intake/visitations/{visitation}/outcome", {"job_wishes": _wishes(occupation)})
    save("outcome", visitation, citizen_id)
    yield
    known = {"skills": [9, 37], "transport": "bicycle", "transport_from": "05:30", "danish_level": "everyday"}
    door = f"matching/candidates/{citizen_id}/knowledge"
    while (held := speaker.get("consultant", door)) is None:
        yield  # until matching has heard of them
    speaker.post("consultant", door, known | {"version": held["version"]})
    match = speaker.post("consultant", "matching/matches", {"need_id": need_id, "citizen_id": citizen_id},
                         patient=HEARD_SECONDS)["id"]  # fmt: skip
    save("match", match, need_id)
    yield
    speaker.post("consultant", f"matching/matches/{match}/consent", {"given": True, "how": "in_person"})
    save("consent", match, citizen_id)
    yield
    speaker.post("consultant", f"matching/matches/{match}/answer", {"accepted": True})
    yield
    yield from _agreed(speaker, save, match, citizen_id)


def _agreed(speaker: Speaker, save: Save, match: str, citizen_id: str) -> Iterator[None]:
    monday = _monday()
    made = speaker.post("consultant", "matching/placements", {
        "match_id": match, "offer_type": "virksomhedspraktik", "starts_on": monday.date().isoformat(),
        "ends_on": (monday + timedelta(days=27)).date().isoformat(), "weekly_hours": 15, "cadence": "handholding",
        "first_day_at": calendar.danish_time(monday.date(), 7).isoformat(), "purpose_code": "train_professional_skills",
        "mentor": {"name": "Mette Eksempel", "email": "mette@firma.example.dk"}, "hire_preagreed": True,
        "confirmed": ["not_recently_employed"],
    })  # fmt: skip
    save("placement", made["id"], match)
    yield
    for party in PARTIES:
        body = {"party": party, "positive": True}
        speaker.post("consultant", f"matching/placements/{made['id']}/statements", body)
        save("statement", made["id"], party)
        yield
    save("agreed", made["id"], citizen_id)


def _monday() -> datetime:
    today = datetime.now(tz=calendar.DENMARK)
    return today + timedelta(days=14 - today.weekday())


def _wishes(occupation: str) -> dict[str, Any]:
    return {
        "occupations": [occupation], "forms": ["virksomhedspraktik", "small_job"], "weekly_hours_min": 8,
        "weekly_hours_max": 20, "availability": [f"{day} 06:30-16:00" for day in WEEK], "travel_km_max": 30,
        "needs": ["quiet_place"], "mentor_wanted": True, "consent_to_matching": True,
    }  # fmt: skip
