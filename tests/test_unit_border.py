"""S07, the unit's border: every page, part and form about a citizen, tried by staff of another unit, in every service.

The routes come from the services themselves. One that names no citizen of a single case has to be listed here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from deploy import access
from deploy.access import Door
from shared import clock, lookups, units
from shared.auth import STAFF
from shared.events import INTAKE, SERVICES, CitizenUnitChanged
from shared.lookups import About
from shared.navigation import HOME_OF_SERVICE
from shared.sessions import OPENED_COOKIE
from shared.units import OtherUnit
from tests.browser import Browser, person, words
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import MONDAY
from tests.matching.factories import CLEANER
from tests.municipality import BEGINNINGS, Ids
from tests.screens.screens import PARAMETERS, paths

OWN, OTHER = "jobbutikken", "ungeenheden"
CITIZENS = {
    "intake": "SELECT id FROM citizen",
    "matching": "SELECT citizen_id FROM citizen_copy",
    "followup": "SELECT id FROM citizen",
    "notifications": "SELECT id FROM address WHERE kind = 'citizen'",
}
NAME_NOBODY = {
    "GET /skranken/ny",
    "POST /skranken/ny",
    "POST /skranken/import/<uuid:import_id>/registrer",
    "POST /skranken/import/<uuid:import_id>/tilbage",
    "POST /virksomheder/import/<uuid:import_id>/registrer",
    "POST /virksomheder/import/<uuid:import_id>/tilbage",
    "POST /skranken/venterum/papir",
    "POST /virksomheder/ny",
    "POST /match/soegninger/slet",
    "GET /virksomheder/<uuid:company_id>/ret",
    "POST /virksomheder/<uuid:company_id>/ret",
    "POST /opfoelgning/mentorer",
    "POST /opfoelgning/omraader/loefte",
    "POST /opfoelgning/omraader/loefte/<uuid:promise_id>",
    "POST /opfoelgning/omraader/loefte/<uuid:promise_id>/fortryd",
    "POST /opfoelgning/hold",
    "POST /opfoelgning/hold/<uuid:cohort_id>/kvote",
    "POST /opfoelgning/mentorer/<uuid:mentor_id>",
    "POST /opfoelgning/mentorer/<uuid:mentor_id>/uddannet",
    "POST /opfoelgning/mentorer/<uuid:mentor_id>/plads",
    "POST /opfoelgning/mentorer/<uuid:mentor_id>/plads/fortryd",
    "POST /opfoelgning/mentorer/netvaerk",
    "POST /opfoelgning/mentorer/netvaerk/<uuid:meeting_id>",
}
# What a form must hold to get as far as naming somebody; in place of an id's name goes the id.
TYPED = {
    "/match/behov/<uuid:need_id>/foreslaa": {"citizen_id": "citizen_id"},
    "/match/behov/<uuid:need_id>/liste": {"citizen_id": "citizen_id", "kept": "on"},
    "/match/puljer": {"citizen_id": "citizen_id", "occupation": CLEANER, "kept": "on"},
    "/match/soegninger": {"citizen_id": "citizen_id"},
    "/match/centre/ophold/<uuid:stay_id>": {"act": "end", "version": "1"},
    "/match/borger/<uuid:citizen_id>/centre": {
        "p_number": "p_number",
        "days": "mon",
        "begins": "10:00",
        "ends": "11:00",
    },
    "/virksomheder/<uuid:company_id>/steder/<int(fixed_digits=10):p_number>/jobbank/tidligere": {
        "citizen_id": "citizen_id",
        "given": "on",
    },
    "/match/aftale/<uuid:placement_id>/iagttagelser": {"said": "Rolig"},
    "/match/aftale/<uuid:placement_id>/iagttagelser/fjern": {"observation_id": "00000000-0000-4000-8000-000000000000"},
    "/match/dialog": {"line_id": "forum_line", "state": "passed", "version": "1"},
    "/match/plan/godkend": {"line_id": "plan_line"},
    "/match/plan/fortryd": {"line_id": "plan_line", "version": "1"},
    "/opfoelgning/hold/<uuid:cohort_id>/dag": {"on_day": "today", "member_id": "cohort_member", "state": "present"},
    "/opfoelgning/borger/<uuid:citizen_id>/hold": {"cohort_id": "cohort", "municipality": "Aalborg"},
    "/skranken/loefte/<uuid:contact_id>/aarsag": {"promise": "local"},
    "/skranken/venterum/papir/fortryd": {"mark": "arrival_mark"},
    "/skranken/venterum/<uuid:arrival_id>/kald": {"place": "desk-1"},
    "/skranken/venterum/<uuid:arrival_id>/fortryd": {"version": "1"},
    "/skranken/venterum/<uuid:arrival_id>/giv": {"to_code": "desk-1", "reason_code": "language"},
    "/skranken/venterum/overdragelse/<uuid:hand_over_id>/fortryd": {"version": "1"},
    "/opfoelgning/skridt/<uuid:step_id>/fortryd": {"version": "1"},
}


@dataclass(frozen=True)
class Place:
    """A service with something about people of another unit in it."""

    service: ServiceUnderTest
    ids: Ids
    citizens: list[UUID]

    def reader(self, door: Door, organisation: str = OWN) -> Browser:
        """Somebody who may open that door."""
        role = next(role for role in reversed(STAFF) if role in (door.roles or ()))
        return self.service.browser(role, organisation=organisation)

    def ask(self, reader: Browser, door: Door, path: str) -> Any:
        """The page, or the form with as little in it as makes it name somebody."""
        typed = {name: self.ids.get(value, value) for name, value in TYPED.get(door.rule, {}).items()}
        return reader.get(path) if door.method == "GET" else reader.submit(path, typed)

    def open(self, reader: Browser) -> None:
        """Says what all of them are opened for."""
        for citizen in self.citizens:
            path = f"{HOME_OF_SERVICE[self.service.settings.service]}/formaal/{citizen}"
            assert reader.submit(path, {"purpose": "follow_up"}).status_code == 303

    def looks(self) -> list[tuple[bool, str, bool]]:
        """Whether each look so far was refused, its purpose, and whether it names one of the citizens."""
        found = self.service.connection.execute(text("SELECT refused, purpose, subjects FROM lookup ORDER BY seq"))
        return [(row.refused, row.purpose, bool(set(row.subjects) & set(self.citizens))) for row in found]


@pytest.fixture(params=SERVICES)
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    """Each service in turn."""
    service: ServiceUnderTest = request.getfixturevalue(request.param)
    with clock.moved_to(MONDAY):
        ids = BEGINNINGS[request.param](service)
        citizens = list(service.connection.scalars(text(CITIZENS[request.param])))
        for citizen in citizens:
            if request.param == INTAKE:
                with service.begin() as session:
                    units.put(session, citizen, OTHER)
            else:
                service.hear(CitizenUnitChanged(citizen_id=citizen, unit_code=OTHER), version=2)
        yield Place(service, ids | {"citizen_id": ids["citizen"]}, citizens)


def doors(place: Place) -> Iterator[tuple[Door, str]]:
    """Every page, part and form about a single case, with its addresses."""
    for door in access.doors(place.service.settings.service, place.service.app):
        about = door.about
        bordered = about is not None and about.how in units.BORDERED and not about.any_unit
        one_case = bordered and f"{door.method} {door.rule}" not in NAME_NOBODY
        if one_case and not door.rule.startswith("/api/") and set(door.roles or ()) & set(STAFF):
            yield from ((door, path) for path in addresses(door, place.ids))


def addresses(door: Door, ids: Ids) -> list[str]:
    if door.method == "GET":
        return list(paths(door, ids))
    unknown = dict.fromkeys(
        (
            "invitation_id",
            "found_id",
            "hours_id",
            "other_id",
            "review_id",
            "task_id",
            "pulse_id",
            "action_id",
            "interview_id",
            "call_id",
        ),
        str(UUID(int=9)),
    )
    known = (
        {"code": "lunch"}
        | unknown
        | {name: ids[key] for (at, name), key in PARAMETERS.items() if at == door.service and key in ids}
    )
    return [re.sub(r"<(?:[^:>]+:)?([a-z_]+)>", lambda found: known[found[1]], door.rule)]


def test_s07_another_unit_without_a_purpose_is_refused_and_recorded(place: Place) -> None:
    wrong = []
    assert {door.method for door, _ in doors(place)} == {"GET", "POST"}
    for door, path in doors(place):
        before = len(place.looks())
        answer = place.ask(place.reader(door), door, path)
        seen = place.looks()[before:]
        if answer.status_code != 403 or [(refused, named) for refused, _, named in seen] != [(True, True)]:
            wrong.append((door.method, door.rule, answer.status_code, seen))
        elif "anden enhed" not in words(answer) and "Borgeren hører til Ungeenheden" not in words(answer):
            wrong.append((door.method, door.rule, words(answer)[:200], seen))

    assert wrong == []


def test_s07_with_a_purpose_it_opens_and_the_purpose_is_on_record(place: Place) -> None:
    wrong = []
    for door, path in doors(place):
        if door.method != "GET":
            continue
        reader = place.reader(door)
        place.open(reader)
        before = len(place.looks())
        status = reader.get(path).status_code
        seen = place.looks()[before:]
        if status not in (200, 204) or seen != [(False, "follow_up", True)]:
            wrong.append((door.rule, status, seen))

    assert wrong == []


def test_s07_what_one_session_opened_is_closed_to_another(place: Place) -> None:
    wrong = []
    for door, path in doors(place):
        first = place.reader(door)
        place.open(first)
        second = place.reader(door)
        second.leave(OPENED_COOKIE, first.cookie(OPENED_COOKIE).value)
        status = place.ask(second, door, path).status_code
        if status != 403:
            wrong.append((door.method, door.rule, status))

    assert wrong == []


def test_the_citizens_own_unit_and_programs_are_let_in(place: Place) -> None:
    closed = []
    for door, path in doors(place):
        if door.method == "GET" and place.reader(door, OTHER).get(path).status_code not in (200, 204):
            closed.append(door.rule)

    assert closed == []
    assert {refused for refused, *_ in place.looks()} == {False}


def test_lists_that_name_nobody_of_a_case_are_the_only_ones_left_out(place: Place) -> None:
    for door in access.doors(place.service.settings.service, place.service.app):
        if f"{door.method} {door.rule}" in NAME_NOBODY and door.method == "GET":
            path = re.sub(r"<uuid:company_id>", place.ids.get("company", ""), door.rule)
            before = len(place.looks())
            assert place.reader(door).get(path).status_code in (200, 204), door.rule
            assert not any(named for *_, named in place.looks()[before:]), door.rule


@pytest.mark.parametrize(("how", "refused"), [("read", True), ("change", True), ("list", False), ("search", False)])
def test_the_border_stands_where_the_look_is_written(intake: ServiceUnderTest, how: str, refused: bool) -> None:
    stranger, citizen = person("adviser", organisation=OWN), uuid4()
    with intake.begin() as session:
        units.put(session, citizen, OTHER)
        lookups.looked(session, citizen)
        try:
            lookups.write(session, stranger, About("case", how=how, purpose="matching"), "/x")
        except OtherUnit:
            assert refused
        else:
            assert not refused


@pytest.mark.parametrize("role", ["data_protection_officer", "ops"])
def test_who_works_on_no_case_is_not_bound_by_units(intake: ServiceUnderTest, role: str) -> None:
    with intake.begin() as session:
        units.put(session, citizen := uuid4(), OTHER)

        assert units.purposes(session, person(role, organisation=OWN), "change", [citizen]) == {}
