"""What the other services tell follow-up in its tests."""

from datetime import date
from typing import Any
from uuid import UUID

from shared.calendar import danish_time
from shared.events import CitizenRegistered, CompanyRegistered, PlacementAgreed
from tests.house import ServiceUnderTest

CITIZEN, COMPANY, MENTOR, PLACEMENT = (UUID(int=number) for number in (1, 2, 3, 4))


def citizen(**changed: Any) -> CitizenRegistered:
    given = {
        "citizen_id": CITIZEN, "municipality_code": "0219", "language": "da", "interpreter": False,
        "digital_post_exempt": False, "protected": False, "postal_code": "3400", "name": "Nancy Ann Test Berggren",
    }  # fmt: skip
    return CitizenRegistered(**given | changed)


def company(**changed: Any) -> CompanyRegistered:
    given = {
        "company_id": COMPANY, "cvr": "90000009", "name": "Vestkystens Smede", "contact_name": "Brita Test Berggren",
    }  # fmt: skip
    return CompanyRegistered(**given | changed)


def placement(**changed: Any) -> PlacementAgreed:
    """A19's placement: three months at eight hours a week, hire agreed beforehand."""
    given = {
        "placement_id": PLACEMENT, "match_id": UUID(int=5), "citizen_id": CITIZEN, "company_id": COMPANY,
        "p_number": "1000000001", "offer_type": "virksomhedspraktik",
        "occupation": "d0e0b2c4-0000-4000-8000-000000000001", "starts_on": date(2026, 12, 1),
        "ends_on": date(2027, 2, 28), "first_day_at": danish_time(date(2026, 12, 1), 8), "weekly_hours": 8.0,
        "purpose_code": "uncover_skills", "cadence": "light", "hire_preagreed": True, "mentor_id": MENTOR,
        "mentor_name": "Max Test Berggren",
    }  # fmt: skip
    return PlacementAgreed(**given | changed)


def link_mentor(service: ServiceUnderTest, subject: str) -> None:
    """Somebody signs in with the link that the job consultant made for the placement's mentor."""
    made = service.call("POST", f"/placements/{PLACEMENT}/mentor-invitations", client="consultant")
    taken = service.browser("mentor", subject=subject).submit("/opfoelgning/mentor", {"code": made.json["code"]})
    assert (made.status_code, taken.status_code) == (201, 303)
