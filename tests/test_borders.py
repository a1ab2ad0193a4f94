"""The second border: every door that names an object, knocked at by somebody of the right role whose it is not.

The doors come from the running apps, so a new one is knocked at by itself; one whose object or form is not known here
fails the test until somebody says what they are.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from deploy import access
from deploy.access import Door
from shared import clock
from shared.calendar import danish_time
from shared.database import new_id
from tests.browser import Browser
from tests.followup import surroundings, telling
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import register
from tests.matching.factories import CVR_A, CVR_B, MONDAY, P_NUMBER, add_company, add_workplace, new_placement

Objects = dict[str, str]
Knock = Callable[[Door], int]
ELSEWHERE = "1099990099"
WEEK = {"mon_1.begins": "07:00", "mon_1.ends": "11:00"}
PLAN = f"/placements/{telling.PLACEMENT}/plan"
OWN_PLAN = f"/opfoelgning/mit-forloeb/{telling.PLACEMENT}/plan"
FORMS: dict[str, dict[str, Any]] = {
    "POST /virksomhed/behov/<uuid:need_id>/ret": WEEK | {"version": "1", "positions": "2"},
    "POST /virksomhed/behov/<uuid:need_id>/ret/fortryd": WEEK | {
        "version": "1", "positions": "2", "weekly_hours_min": "", "weekly_hours_max": "", "days_required": "",
    },
    "POST /virksomhed/behov/<uuid:need_id>/tilstand": {"state": "paused", "version": "1"},
    "POST /virksomhed/behov/<uuid:need_id>/forny": {"starts_on": "2027-01-04", "version": "1"},
    "POST /virksomhed/behov/<uuid:need_id>/forny/fortryd": {"starts_on": "2027-01-04", "state": "open", "version": "1"},
    "POST /api/matching/v1/needs/<uuid:need_id>/copies": {"starts_on": "2027-01-04"},
    "POST /api/matching/v1/needs/<uuid:need_id>/renewals": {"starts_on": "2027-01-04", "version": 1},
    "POST /virksomhed/forslag/<uuid:match_id>/svar": {"accepted": "true"},
    "POST /virksomhed/forslag/<uuid:match_id>/svar/fortryd": {"version": "1"},
    "POST /virksomhed/aftaler/<uuid:placement_id>/udtalelse": {"party": "employer", "positive": "true"},
    "POST /virksomhed/aftaler/<uuid:placement_id>/iagttagelse": {"said": "x"},
    "POST /virksomhed/aftaler/<uuid:placement_id>/iagttagelse/fortryd": {
        "observation_id": "00000000-0000-4000-8000-000000000000",
    },
    "POST /api/matching/v1/placements/<uuid:placement_id>/observations/taken-back": {
        "observation_id": "00000000-0000-4000-8000-000000000000",
    },
    "PATCH /api/matching/v1/needs/<uuid:need_id>": {"positions": 2},
    "POST /api/matching/v1/matches/<uuid:match_id>/answer": {"accepted": True},
    "POST /api/matching/v1/matches/<uuid:match_id>/answer/undo": {"version": 1},
    "POST /api/matching/v1/matches/<uuid:match_id>/consent/undo": {"version": 1},
    "POST /api/matching/v1/matches/<uuid:match_id>/consent": {"given": True, "how": "in_person"},
    "POST /api/matching/v1/placements/<uuid:placement_id>/statements": {"party": "employer", "positive": True},
    "POST /api/matching/v1/placements/<uuid:placement_id>/observations": {"said": "x"},
    "POST /match/min-aftale/<uuid:placement_id>": {"positive": "true", "number": "1"},
    "POST /api/matching/v1/own-placements/<uuid:placement_id>/answer": {"positive": True, "number": 1},
    "POST /match/samtykke/<uuid:match_id>": {"given": "true"},
    "POST /match/samtykke/<uuid:match_id>/fortryd": {"version": "1"},
    "POST /session/mine/<uuid:sign_in_id>/slut": {},
    "POST /min-side/aftale/<uuid:visitation_id>/aflys": {},
    "POST /min-side/aftale/<uuid:visitation_id>/flyt": {"slot_id": "00000000-0000-4000-8000-000000000000"},
    "POST /min-side/aftale/<uuid:visitation_id>/tilbage": {"starts_at": "2026-11-03T09:00"},
    "POST /opfoelgning/forloeb/<uuid:placement_id>/handleplan/<uuid:action_id>/gjort": {"done": "true"},
    "POST /api/followup/v1/placements/<uuid:placement_id>/plan/<uuid:action_id>/done": {"done": True},
    "POST /min-side/job/<uuid:job_referral_id>/svar": {"result_code": "applied"},
    "POST /min-side/job/<uuid:job_referral_id>/grund": {"ground_code": "other", "said": "x"},
    "POST /min-side/timer/<uuid:hours_id>/fjern": {},
    "POST /opfoelgning/forloeb/<uuid:placement_id>/tjekliste/<code>": {},
    "POST /opfoelgning/forloeb/<uuid:placement_id>/tjekliste/<code>/fortryd": {},
    "POST /opfoelgning/forloeb/<uuid:placement_id>/uge": {"monday": "2027-01-04"},
    "POST /opfoelgning/hold/<uuid:cohort_id>/dag": {},
    "POST /api/followup/v1/cohorts/<uuid:cohort_id>/days": {"on_day": "2027-01-04", "entries": []},
    "POST /opfoelgning/forloeb/<uuid:placement_id>/linje": {"urgency": "today"},
    "POST /opfoelgning/forloeb/<uuid:placement_id>/linje/fortryd": {},
    "POST /api/followup/v1/placements/<uuid:placement_id>/mentor/call": {"urgency": "today"},
    "POST /opfoelgning/mit-forloeb/<uuid:placement_id>/meld-fra": {},
    "POST /opfoelgning/forloeb/<uuid:placement_id>/min-vurdering": {"kind": "end", "verdict": "yes"},
    "POST /opfoelgning/mit-forloeb/<uuid:placement_id>/evaluering": {"kind": "end", "verdict": "yes"},
    "POST /opfoelgning/mit-forloeb/<uuid:placement_id>/timer": {"monday": "2027-01-04", "worked": "1"},
    "POST /opfoelgning/mit-forloeb/<uuid:placement_id>/meld-fra/fortryd": {},
    "POST /api/followup/v1/placements/<uuid:placement_id>/attendance": {"days": [{"on": "2027-01-04"}]},
    "POST /api/followup/v1/placements/<uuid:placement_id>/checklist/<code>": {},
    "POST /api/followup/v1/placements/<uuid:placement_id>/checklist/<code>/undo": {},
}  # fmt: skip
# Theirs alone who said it, also inside the company.
SPEAKERS = {
    ("POST", "/virksomhed/forslag/<uuid:match_id>/svar/fortryd"),
    ("POST", "/virksomhed/aftaler/<uuid:placement_id>/iagttagelse/fortryd"),
    ("POST", "/api/matching/v1/placements/<uuid:placement_id>/observations/taken-back"),
}
# Names in addresses that are nobody's: words of ours, files that everybody may fetch.
NOBODYS = {"correlation_id", "name"}


def doors_of(service: ServiceUnderTest, role: str) -> Iterator[tuple[Door, set[str]]]:
    """What the role may open, with the names of the objects in each address."""
    for door in access.doors(service.settings.service, service.app):
        if door.roles is not None and role in door.roles:
            yield door, set(re.findall(r"<(?:[^:>]+:)?(\w+)>", door.rule))


def address_of(door: Door, objects: Objects) -> str:
    return re.sub(r"<(?:[^:>]+:)?(\w+)>", lambda named: objects[named[1]], door.rule)


def knocking(service: ServiceUnderTest, objects: Objects, browser: Browser, token: str) -> Knock:
    """One person with their pages, or their program with its token."""

    def knock(door: Door) -> int:
        where = address_of(door, objects)
        form = FORMS[f"{door.method} {door.rule}"] if door.method != "GET" else {}
        if not where.startswith("/api/"):
            return (browser.get(where) if door.method == "GET" else browser.submit(where, form)).status_code
        match = {"If_Match": '"v1"'} if door.method == "PATCH" else {}
        body = form if door.method != "GET" else None
        path = where.split("/v1", 1)[1]
        return service.call(door.method, path, body, client=None, token=token, **match).status_code

    return knock


def found_by(knock: Knock, service: ServiceUnderTest, role: str, pages: str = "") -> list[tuple[str, str, int]]:
    """The doors with an object behind that did not answer "there is no such thing"."""
    knocked = [
        (door.method, door.rule, knock(door))
        for door, named in doors_of(service, role)
        if named - NOBODYS and (not pages or not door.rule.startswith("/api/"))
    ]
    assert knocked
    return [one for one in knocked if one[2] != 404]


def told_of(browser: Browser, service: ServiceUnderTest, role: str, objects: Objects) -> list[str]:
    """The pages without an object in their address that name one of these objects."""
    plain = [door.rule for door, named in doors_of(service, role) if door.method == "GET" and not named]
    pages = [rule for rule in plain if not rule.startswith("/api/")]
    assert pages
    return [page for page in pages if any(one in browser.get(page).text for one in objects.values() if len(one) == 36)]


@pytest.fixture
def theirs(matching: ServiceUnderTest) -> Objects:
    """Company A's need, match and agreement, and the citizen in them."""
    with clock.moved_to(MONDAY):
        made = new_placement(matching)
    match: Any = matching.call("GET", f"/matches/{made['match_id']}", client="consultant").json
    need: Any = matching.call("GET", f"/needs/{match['need_id']}", client="consultant").json
    return {
        "company_id": need["company_id"], "p_number": P_NUMBER, "need_id": match["need_id"], "match_id": match["id"],
        "placement_id": made["id"], "citizen_id": match["citizen_id"],
    }  # fmt: skip


def employee(matching: ServiceUnderTest, cvr: str, *p_numbers: str) -> Browser:
    return matching.browser("company_employee", organisation=cvr, p_numbers=p_numbers)


def test_company_b_finds_nothing_of_company_a_by_page_or_api(matching: ServiceUnderTest, theirs: Objects) -> None:
    add_company(matching, cvr=CVR_B, name="Rivalen")
    rival = employee(matching, CVR_B)
    knock = knocking(matching, theirs, rival, matching.token("company-b"))

    assert found_by(knock, matching, "company_employee") == []
    assert told_of(rival, matching, "company_employee", theirs) == []


def test_company_a_itself_finds_all_of_it(matching: ServiceUnderTest, theirs: Objects) -> None:
    knock = knocking(matching, theirs, employee(matching, CVR_A), matching.token("company-a"))
    at_all = {(door.method, door.rule) for door, named in doors_of(matching, "company_employee") if named - NOBODYS}

    found = {(method, rule) for method, rule, _ in found_by(knock, matching, "company_employee")}
    assert found == at_all - SPEAKERS


def test_an_employee_of_another_place_of_company_a_finds_nothing(matching: ServiceUnderTest, theirs: Objects) -> None:
    add_workplace(matching, {"id": theirs["company_id"]}, p_number=ELSEWHERE, name="Kantinen i Valby")
    narrow = employee(matching, CVR_A, ELSEWHERE)
    knock = knocking(matching, theirs, narrow, "")

    assert found_by(knock, matching, "company_employee", pages="only") == []
    assert told_of(narrow, matching, "company_employee", {k: theirs[k] for k in ("need_id", "match_id")}) == []


def test_a_citizen_finds_nothing_of_another(matching: ServiceUnderTest, theirs: Objects) -> None:
    other = matching.browser("citizen", subject=str(new_id()))
    knock = knocking(matching, theirs, other, matching.token_for("citizen"))

    assert found_by(knock, matching, "citizen") == []
    assert told_of(other, matching, "citizen", theirs) == []


def test_the_citizen_finds_their_own(matching: ServiceUnderTest, theirs: Objects) -> None:
    own = matching.browser("citizen", subject=theirs["citizen_id"])
    knock = knocking(matching, theirs, own, "")

    assert found_by(knock, matching, "citizen", pages="only") != []
    assert told_of(own, matching, "citizen", theirs) != []


@pytest.fixture
def followed(followup: ServiceUnderTest) -> Objects:
    """A placement with its mentor, as follow-up heard of it."""
    with clock.moved_to(danish_time(telling.placement().starts_on, 9)):
        followup.hear(telling.citizen(), telling.company(), telling.placement(cadence="handholding"))
        known = surroundings.mentor(followup)["id"]
        followup.call("POST", f"{surroundings.OF}/recognised", {"mentor_id": known}, client="consultant")
        group = surroundings.group(followup, known)["cohort"]
        plan = followup.call("POST", PLAN, {"what": "Vise rundt", "party": "mentor"}, client="consultant").json
    followup.browser("citizen", subject=str(telling.CITIZEN)).submit(f"{OWN_PLAN}/del", {"shared": "true"})
    contact = followup.connection.scalar(text("SELECT id FROM contact ORDER BY id LIMIT 1"))
    return {
        "placement_id": str(telling.PLACEMENT), "contact_id": str(contact), "code": "lunch", "cohort_id": group,
        "action_id": plan["actions"][0]["id"],
    }  # fmt: skip


def test_a_mentor_finds_nothing_of_another_mentors_placement(followup: ServiceUnderTest, followed: Objects) -> None:
    telling.link_mentor(followup, str(new_id()))
    stranger = followup.browser("mentor", subject=str(new_id()))
    knock = knocking(followup, followed, stranger, followup.token_for("mentor"))

    assert found_by(knock, followup, "mentor") == []
    assert told_of(stranger, followup, "mentor", followed) == []


def test_the_mentor_finds_their_own(followup: ServiceUnderTest, followed: Objects) -> None:
    subject = str(new_id())
    telling.link_mentor(followup, subject)
    own = followup.browser("mentor", subject=subject)
    at_all = {rule for door, named in doors_of(followup, "mentor") if named and "/api/" not in (rule := door.rule)}

    knock = knocking(followup, followed, own, "")
    assert {rule for _, rule, _ in found_by(knock, followup, "mentor", pages="only")} == at_all
    assert told_of(own, followup, "mentor", followed) != []


def test_a_citizen_is_told_nothing_of_anothers_placement(followup: ServiceUnderTest, followed: Objects) -> None:
    other, own = (followup.browser("citizen", subject=str(one)) for one in (new_id(), telling.CITIZEN))
    name = {"mentor": "Max Test Berggren", "company": "Vestkystens Smede"}

    assert not any(said in other.get("/opfoelgning/kort/mig").text for said in name.values())
    assert any(said in own.get("/opfoelgning/kort/mig").text for said in name.values())


@pytest.fixture
def expected(intake: ServiceUnderTest) -> Objects:
    """Somebody who has a talk to come, and a session."""
    with clock.moved_to(MONDAY):
        made = register(intake)
        job = {"title": "Kok", "employer": "Café Prøve"}
        referral: Any = intake.call("POST", f"/citizens/{made['citizen_id']}/job-referrals", job).json
        own = intake.browser("citizen", subject=made["citizen_id"])
        own.submit("/min-side/timer", {"day": "2026-11-02", "hours": "2", "kind_code": "interviews"})
    signed_in(intake, UUID(made["citizen_id"]))
    return {
        "citizen_id": made["citizen_id"], "visitation_id": made["visitation"]["id"], "sign_in_id": made["citizen_id"],
        "contact_id": made["contact_id"], "job_referral_id": referral["id"],
        "hours_id": str(intake.connection.scalar(text("SELECT id FROM work_hours"))),
    }  # fmt: skip


def test_a_citizen_finds_no_talk_and_no_session_of_another(intake: ServiceUnderTest, expected: Objects) -> None:
    with clock.moved_to(MONDAY):
        stranger = intake.browser("citizen", subject=str(new_id()))
        found = found_by(knocking(intake, expected, stranger, ""), intake, "citizen", pages="only")

        told = told_of(stranger, intake, "citizen", expected)

    assert (found, told) == ([], [])
    assert intake.connection.scalar(text("SELECT count(*) FROM sign_in WHERE ended_at IS NOT NULL")) == 0


def test_the_citizen_finds_their_own_talk_and_session(intake: ServiceUnderTest, expected: Objects) -> None:
    at_all = {(door.method, door.rule) for door, named in doors_of(intake, "citizen") if named - NOBODYS}
    with clock.moved_to(MONDAY):
        own = intake.browser("citizen", subject=expected["citizen_id"])
        found = found_by(knocking(intake, expected, own, ""), intake, "citizen", pages="only")

    assert {(method, rule) for method, rule, _ in found} == {one for one in at_all if "/api/" not in one[1]}


def signed_in(intake: ServiceUnderTest, subject: UUID) -> None:
    """A session of that citizen, by the same id."""
    statement = text(
        "INSERT INTO sign_in (id, subject, kind, roles, assurance, started_at, ends_at)"
        " VALUES (:id, :id, 'citizen', '{citizen}', 'substantial', :now, :now)"
    )
    intake.connection.execute(statement, {"id": subject, "now": clock.now()})
