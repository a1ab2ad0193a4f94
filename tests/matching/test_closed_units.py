"""A P-number that is closed in the register takes no need and no agreement; without a register nobody is kept out."""

from collections.abc import Iterator, Mapping
from datetime import date

import pytest

from services.matching.use_cases import unit_register
from tests.house import ServiceUnderTest
from tests.matching.factories import (
    P_NUMBER,
    accepted,
    add_candidate,
    add_company,
    add_need,
    add_workplace,
    need_body,
    placement_body,
    posted,
)

ELSEWHERE = "1099990077"


class Register:
    """A service for CVR data, as far as we ask it."""

    def __init__(self) -> None:
        self.closed: dict[str, date] = {}
        self.industries: dict[str, str] = {}
        self.months: dict[str, float] = {}

    def is_closed(self, p_number: str, on: date) -> bool | None:
        """Known units since their day; None for those it does not know."""
        return on >= self.closed[p_number] if p_number in self.closed else None

    def industry(self, cvr: str) -> str | None:
        """As it stands there, of today's list or not."""
        return self.industries.get(cvr)

    def staff(self, p_number: str) -> Mapping[str, float]:
        """The same at every unit that is open."""
        return {} if p_number in self.closed else self.months


@pytest.fixture
def register() -> Iterator[Register]:
    made = Register()
    unit_register.join(made)
    yield made
    unit_register.join(None)


def test_a_closed_unit_takes_no_need_and_is_not_registered(matching: ServiceUnderTest, register: Register) -> None:
    company = add_company(matching)
    add_workplace(matching, company)
    register.closed = {P_NUMBER: date(2026, 11, 2), ELSEWHERE: date(2026, 1, 1)}
    need = matching.call("POST", "/needs", need_body(company), client="consultant")
    place = {"p_number": ELSEWHERE, "name": "Lukket", "postal_code": "2730"}
    made = matching.call("POST", f"/companies/{company['id']}/workplaces", place, client="consultant")

    assert [(one.status_code, one.json["code"]) for one in (need, made)] == [(409, "unit_closed")] * 2


def test_it_is_asked_again_when_the_agreement_is_made_and_approved(
    matching: ServiceUnderTest, register: Register
) -> None:
    match = accepted(matching, add_need(matching), add_candidate(matching))
    register.closed = {P_NUMBER: date(2026, 11, 2)}
    refused = matching.call("POST", "/placements", placement_body(match), client="consultant")
    register.closed = {}
    made = posted(matching, "/placements", placement_body(match))
    register.closed = {P_NUMBER: date(2026, 11, 2)}
    stated = matching.call(
        "POST", f"/placements/{made['id']}/statements", {"party": "employer", "positive": True}, client="consultant"
    )

    assert [(one.status_code, one.json["code"]) for one in (refused, stated)] == [(409, "unit_closed")] * 2


def test_who_is_not_known_or_closes_later_is_let_through(matching: ServiceUnderTest, register: Register) -> None:
    register.closed = {P_NUMBER: date(2026, 11, 3)}

    assert add_need(matching)["state"] == "open"
