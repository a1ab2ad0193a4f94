"""What a company may see: functional needs and agreed work, after the consent, and never a person (A24, S04)."""

from typing import Any

import pytest
from flask import Flask

from services.matching import create_app
from tests.house import ServiceUnderTest
from tests.matching.factories import accepted, add_candidate, add_need, consented, placement_body, posted, wishes

NEVER_TOLD = {
    "address", "age", "benefit", "birth_date", "category", "citizen", "citizen_id", "consent_how", "cpr", "diagnosis",
    "disclosed_needs", "email", "exception_ground", "factors", "failed_rules", "gender", "group", "language",
    "deviation_reason_code", "document_reference", "missed", "municipality_code", "name", "nationality", "needs",
    "origin", "override_reason_code", "phone", "policies", "postal_code", "protected", "purpose_code",
    "ratio_exemption", "readiness", "reason_code", "salt", "score", "sex", "visitation_id",
}  # fmt: skip
THE_COMPANYS_OWN = {"CompanyAnswer": {"name"}, "WorkplaceAnswer": {"name", "postal_code"}}
NEEDS = ("quiet_place", "extra_breaks")


@pytest.fixture
def app(matching: ServiceUnderTest) -> Flask:
    return create_app(settings=matching.settings, database=matching.database)


def schema_names(part: Any) -> set[str]:
    """The names of the schemas that a part of the OpenAPI document points at."""
    if isinstance(part, dict):
        before, _, name = part.get("$ref", "").rpartition("/")
        own = {name} if before == "#/components/schemas" else set()
        return own.union(*map(schema_names, part.values()))
    return set().union(*map(schema_names, part)) if isinstance(part, list) else set()


def company_answers(app: Flask, spec: Any) -> dict[str, set[str]]:
    """For every schema that a company_employee may be answered with, its fields."""
    pending: set[str] = set()
    for rule in app.url_map.iter_rules():
        if "company_employee" not in getattr(app.view_functions[rule.endpoint], "allowed_roles", ()):
            continue
        path = str(rule).replace("<uuid:", "{").replace("<", "{").replace(">", "}")
        for method in rule.methods or ():
            operation = spec["paths"].get(path, {}).get(method.lower())
            pending |= schema_names(operation["responses"]) if operation else set()
    found: dict[str, set[str]] = {}
    while pending:
        name = pending.pop()
        found[name] = set(spec["components"]["schemas"][name].get("properties", {}))
        pending |= schema_names(spec["components"]["schemas"][name]) - found.keys()
    return found


def test_a24_no_schema_a_company_is_answered_with_has_a_person(app: Flask) -> None:
    spec = app.test_client().get("/api/matching/v1/openapi.json").json
    answers = company_answers(app, spec)

    assert {"CompanyMatchAnswer", "CompanyPlacementAnswer", "NeedAnswer"} <= answers.keys()
    told = {name: fields & NEVER_TOLD - THE_COMPANYS_OWN.get(name, set()) for name, fields in answers.items()}
    assert {name: fields for name, fields in told.items() if fields} == {}


def test_a24_company_sees_functional_needs_and_hours_after_the_consent(matching: ServiceUnderTest) -> None:
    need, citizen_id = add_need(matching), add_candidate(matching, needs=NEEDS, weekly_hours_max=15.0)
    match = posted(matching, "/matches", {"need_id": need["id"], "citizen_id": str(citizen_id)})
    path = f"/company-matches/{match['id']}"
    before = matching.call("GET", path, client="company-a")
    posted(matching, f"/matches/{match['id']}/consent", {"given": True, "how": "in_person"})

    assert before.status_code == 404
    assert matching.call("GET", path, client="company-b").status_code == 404
    assert matching.call("GET", path, client="company-a").json == {
        "id": match["id"],
        "need_id": need["id"],
        "state": "consented",
        "title": "Rengøringsassistent",
        "occupation": need["occupation"],
        "functional_needs": ["extra_breaks", "quiet_place"],
        "weekly_hours_min": 10,
        "weekly_hours_max": 15,
        "answer_due": "2026-11-16",
        "meeting_at": None,
        "fits": ["occupation", "hours", "adjustments"],
        "version": 2,
    }


def test_company_never_learns_of_a_match_the_candidate_said_no_to(matching: ServiceUnderTest) -> None:
    need, citizen_id = add_need(matching), add_candidate(matching)
    match = posted(matching, "/matches", {"need_id": need["id"], "citizen_id": str(citizen_id)})
    no = {"given": False, "how": "phone", "reason_code": "too_far"}
    posted(matching, f"/matches/{match['id']}/consent", no)

    assert matching.call("GET", f"/company-matches/{match['id']}", client="company-a").status_code == 404
    assert matching.call("GET", "/company-matches", client="company-a").json["items"] == []


def test_needs_recorded_after_the_consent_are_not_shown(matching: ServiceUnderTest) -> None:
    citizen_id = add_candidate(matching, needs=("quiet_place",))
    match = consented(matching, add_need(matching), citizen_id)
    matching.hear(wishes(citizen_id, needs=("quiet_place", "no_heavy_lifting")), version=2)

    seen = matching.call("GET", f"/company-matches/{match['id']}", client="company-a").json
    assert seen["functional_needs"] == ["quiet_place"]


def test_needs_are_hidden_again_after_a_no(matching: ServiceUnderTest) -> None:
    match = consented(matching, add_need(matching), add_candidate(matching))
    no = {"accepted": False, "reason_code": "position_taken"}
    answer = posted(matching, f"/matches/{match['id']}/answer", no, "company-a")

    assert (answer["state"], answer["functional_needs"]) == ("declined", [])


def test_citizen_stands_in_no_answer_to_a_company(matching: ServiceUnderTest) -> None:
    citizen_id = add_candidate(matching)
    match = accepted(matching, add_need(matching), citizen_id)
    placement = posted(matching, "/placements", placement_body(match))
    said = {"party": "employer", "positive": True}
    stated = posted(matching, f"/placements/{placement['id']}/statements", said, "company-a")

    paths = ("/company-matches", "/company-placements", f"/company-placements/{placement['id']}", "/needs")
    answers = [matching.call("GET", path, client="company-a").text for path in paths]
    assert str(citizen_id) in matching.call("GET", "/placements", client="consultant").text
    assert str(citizen_id) not in "".join([*answers, str(stated), str(match)])
    assert [matching.call("GET", path, client="company-b").status_code for path in paths] == [200, 200, 404, 200]
    assert matching.call("GET", "/company-matches", client="company-b").json["items"] == []


@pytest.mark.parametrize("path", ["/matches", "/placements", "/needs/{need}/candidates", "/matches/{match}"])
def test_staffs_doors_are_closed_to_companies(matching: ServiceUnderTest, path: str) -> None:
    need = add_need(matching)
    match = consented(matching, need, add_candidate(matching))

    there = path.format(need=need["id"], match=match["id"])
    assert matching.call("GET", there, client="company-a").status_code == 403
