"""People in the waiting room, for tests."""

from typing import Any

from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import WALK_IN

AT = "2026-11-02T"


def walk_in(number: int = 0, **changed: Any) -> dict[str, Any]:
    """Somebody of their own CPR number who comes to the desk."""
    return WALK_IN | {"cpr": f"750512-{number:04d}", "email": None, "phone": None, **changed}


def booked(intake: ServiceUnderTest, number: int = 0, **changed: Any) -> Any:
    """A first contact with a talk."""
    answer = intake.call("POST", "/first-contacts", walk_in(number, **changed))
    assert answer.status_code == 201, answer.text
    return answer.json


def arrived(intake: ServiceUnderTest, citizen_id: str, **body: Any) -> Any:
    """Somebody who is here."""
    answer = intake.call("POST", f"/citizens/{citizen_id}/arrivals", body or {"unit_code": "jobbutikken"})
    assert answer.status_code == 201, answer.text
    return answer.json


def step(intake: ServiceUnderTest, arrival: Any, verb: str, body: Any = None) -> Any:
    """The next step, or what refused it."""
    return intake.call("POST", f"/arrivals/{arrival['id']}/{verb}", body).json
