"""The demo's people: invented names, one for each thing that somebody can be, shown by the demo's sign-in page.

The citizens are MedCom's national test persons from data/persons.csv; the organisations' CVR numbers are never handed
out, and the P-number is the story's.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

SUBSTANTIAL = "https://data.gov.dk/concept/core/nsis/loa/Substantial"
LOW = "https://data.gov.dk/concept/core/nsis/loa/Low"
UNIT, YOUTH, BUSINESS = {"unit": "jobbutikken"}, {"unit": "ungeenheden"}, {"unit": "virksomhedsservice"}
COMPANY_A = {"cvr": "90000004", "p_numbers": ["1000000001"]}
COMPANY_B = {"cvr": "90000012"}
NORDLAGER, BROEDHUSET = "Nordlager Eksempel ApS", "Brødhuset Eksempel A/S"
DPO = ("data_protection_officer",)


@dataclass(frozen=True)
class Person:
    """Somebody who can be chosen: what the page shows, and what the provider says of them."""

    sub: str
    name: str
    danish: str
    english: str
    roles: tuple[str, ...]
    claims: dict[str, Any] = field(default_factory=dict)
    assurance: str = SUBSTANTIAL


GROUPS: dict[tuple[str, str], tuple[Person, ...]] = {
    ("Kommunens medarbejdere", "The municipality's staff"): (
        Person("frida", "Frida Skrankeby", "Skranken", "Front desk", ("front_desk",), UNIT),
        Person(
            "viggo", "Viggo Besøgsen", "Virksomhedskonsulent", "Company consultant", ("company_consultant",), BUSINESS
        ),
        Person("johanne", "Johanne Jobstrup", "Jobkonsulent", "Job consultant", ("job_consultant",), UNIT),
        Person("rune", "Rune Rådvad", "Rådgiver", "Adviser", ("adviser",), UNIT),
        Person("lotte", "Lotte Lederby", "Leder", "Leader", ("leader",), UNIT),
        Person("rosa", "Rosa Lavmose", "Rådgiver, svagt login", "Adviser, weak sign-in", ("adviser",), YOUTH, LOW),
    ),
    ("Virksomheder", "Companies"): (
        Person("tove", "Tove Eksempel", NORDLAGER, NORDLAGER, ("company_employee",), COMPANY_A),
        Person("bo", "Bo Eksempel", BROEDHUSET, BROEDHUSET, ("company_employee",), COMPANY_B),
        Person("mette", "Mette Eksempel", "Mentor hos Nordlager", "Mentor at Nordlager", ("mentor",)),
    ),
    ("Borgere", "Citizens"): (
        Person("kirsten", "Kirsten Test Berggren", "Borger", "Citizen", ("citizen",), {"cpr": "2911829996"}),
        Person("magnus", "Magnus Test Lauridsen", "Borger", "Citizen", ("citizen",), {"cpr": "0504909995"}),
    ),
    ("Andre", "Others"): (
        Person("pia", "Pia Partnerup", "Samarbejdspartner, kun tal", "Partner, counts only", ("partner",)),
        Person("otto", "Otto Driftholm", "Drift", "Operations", ("ops",), UNIT),
        Person("dorthe", "Dorthe Værnskov", "Databeskyttelsesrådgiver", "Data protection officer", DPO, UNIT),
    ),
}


def everybody() -> Iterator[Person]:
    """All of them, in the order they are shown."""
    for group in GROUPS.values():
        yield from group


def find(sub: str | None) -> Person | None:
    """The person of that name at the provider."""
    return next((person for person in everybody() if person.sub == sub), None)
