"""Who looked at whom is on record, refused looks too; without the record nobody is shown."""

import importlib
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from sqlalchemy import text

from shared import clock, lookups
from shared.auth import Principal, issue
from shared.calendar import danish_time
from shared.events import SERVICES
from shared.lookups import About
from tests.conftest import World
from tests.followup import telling
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import MONDAY, WALK_IN, register
from tests.intake.test_visitation import WISHES, hold
from tests.matching.factories import accepted, add_candidate, add_need, new_placement, posted, ranking

Look = tuple[str, str, str, bool, list[str]]
FIRST_DAY = danish_time(date(2026, 12, 1), 12)
LONG_AGO = danish_time(date(2019, 6, 1), 12)
NOBODY_KNOWN = "00000000-0000-4000-8000-000000000000"


def looks(service: ServiceUnderTest) -> list[Look]:
    """What was recorded in this test, oldest first: how, data, route, refused, whom."""
    rows = service.connection.execute(text("SELECT * FROM lookup ORDER BY seq")).all()
    return [
        (row.how, row.data, row.route.split("/v1", 1)[-1], row.refused, list(map(str, row.subjects))) for row in rows
    ]


def test_everything_the_desk_does_with_a_person_is_on_record(intake: ServiceUnderTest) -> None:
    contact = register(intake)
    citizen, visit = contact["citizen_id"], f"/visitations/{contact['visitation']['id']}"
    person = f"/citizens/{citizen}"
    etag = intake.call("GET", person).headers["ETag"]
    intake.call("PATCH", person, {"language": "en"}, If_Match=etag)
    intake.call("POST", f"{person}/job-wishes", WISHES)
    intake.call("GET", f"{person}/job-wishes")
    intake.call("GET", visit)
    intake.call("GET", "/visitations?day=2026-11-02")
    hold(intake, visit, category=None)

    assert looks(intake) == [
        ("change", "identity", "/first-contacts", False, [citizen]),
        ("read", "identity", "/citizens/<uuid:citizen_id>", False, [citizen]),
        ("change", "contact", "/citizens/<uuid:citizen_id>", False, [citizen]),
        ("change", "health_function", "/citizens/<uuid:citizen_id>/job-wishes", False, [citizen]),
        ("read", "health_function", "/citizens/<uuid:citizen_id>/job-wishes", False, [citizen]),
        ("read", "case", "/visitations/<uuid:visitation_id>", False, [citizen]),
        ("list", "case", "/visitations", False, [citizen]),
        ("change", "case", "/visitations/<uuid:visitation_id>/outcome", False, [citizen]),
    ]


def test_row_says_who_in_what_role_for_what_in_which_story(intake: ServiceUnderTest) -> None:
    citizen = register(intake)["citizen_id"]
    answer = intake.call("GET", f"/citizens/{citizen}", client="adviser", X_Request_Id="0123456789abcdef")
    row = intake.connection.execute(text("SELECT * FROM lookup ORDER BY seq DESC LIMIT 1")).one()

    assert answer.status_code == 200
    assert (row.actor, row.role, row.kind, row.purpose) == ("adviser", "adviser", "machine", "visitation")
    assert row.correlation_id == "0123456789abcdef"


def test_list_names_everybody_shown_in_one_row_and_a_search_without_a_hit_has_one_too(intake: ServiceUnderTest) -> None:
    first = register(intake)["citizen_id"]
    second = register(intake, cpr="310397-9995")["citizen_id"]
    intake.call("GET", "/visitations?day=2026-11-02")
    intake.call("GET", "/visitations?day=2031-01-01")

    assert looks(intake)[2:] == [
        ("list", "case", "/visitations", False, sorted([first, second])),
        ("list", "case", "/visitations", False, []),
    ]


def test_refused_looks_are_on_record(intake: ServiceUnderTest) -> None:
    contact = register(intake)
    citizen, visit = contact["citizen_id"], f"/visitations/{contact['visitation']['id']}"
    hold(intake, visit, category=None)
    answers = [
        intake.call("GET", f"/citizens/{citizen}", client="ops"),
        intake.call("GET", f"/citizens/{NOBODY_KNOWN}"),
        hold(intake, visit, category=None),
    ]

    assert [answer.status_code for answer in answers] == [403, 404, 409]
    assert looks(intake)[-3:] == [
        ("read", "identity", "/citizens/<uuid:citizen_id>", True, [citizen]),
        ("read", "identity", "/citizens/<uuid:citizen_id>", True, [NOBODY_KNOWN]),
        ("change", "case", "/visitations/<uuid:visitation_id>/outcome", True, [citizen]),
    ]


def test_doors_that_tell_of_nobody_leave_no_row(intake: ServiceUnderTest, matching: ServiceUnderTest) -> None:
    intake.call("GET", "/hosts")
    intake.call("GET", "/slots")
    matching.call("GET", "/needs", client="company-a")
    matching.call("GET", "/occupations?q=smed", client="company-a")

    assert looks(intake) == looks(matching) == []


def test_reading_the_same_again_is_a_look_too(intake: ServiceUnderTest) -> None:
    registered: Any = intake.call("POST", "/first-contacts", WALK_IN, Idempotency_Key="the-same-key").json
    repeated = intake.call("POST", "/first-contacts", WALK_IN, Idempotency_Key="the-same-key")
    path = f"/citizens/{registered['citizen_id']}"
    intake.call("GET", path, If_None_Match=intake.call("GET", path).headers["ETag"])

    assert repeated.headers["Idempotency-Replayed"] == "true"
    assert [whom for *_, whom in looks(intake)] == [[registered["citizen_id"]]] * 4


def test_matching_names_everybody_on_the_list_and_whom_a_company_answers_about(matching: ServiceUnderTest) -> None:
    need, somebody, another = add_need(matching), add_candidate(matching), add_candidate(matching)
    ranking(matching, need)
    match = accepted(matching, need, somebody)
    matching.call("GET", f"/company-matches/{match['id']}", client="company-a")
    matching.call("GET", f"/company-matches/{match['id']}", client="company-b")
    matching.call("GET", "/company-matches", client="company-a")
    about = [look for look in looks(matching) if look[1] not in ("company", "wishes")]

    assert about == [
        ("list", "health_function", "/needs/<uuid:need_id>/candidates", False, sorted([str(somebody), str(another)])),
        ("change", "case", "/matches", False, [str(somebody)]),
        ("change", "case", "/matches/<uuid:match_id>/consent", False, [str(somebody)]),
        ("change", "health_function", "/matches/<uuid:match_id>/answer", False, [str(somebody)]),
        ("read", "health_function", "/company-matches/<uuid:match_id>", False, [str(somebody)]),
        ("read", "health_function", "/company-matches/<uuid:match_id>", True, [str(somebody)]),
        ("list", "health_function", "/company-matches", False, [str(somebody)]),
    ]


def test_agreements_name_their_citizen(matching: ServiceUnderTest) -> None:
    with clock.moved_to(MONDAY):
        placement = new_placement(matching)
    path = f"/placements/{placement['id']}"
    posted(matching, f"{path}/statements", {"party": "employer", "positive": True})
    for client, address in (("consultant", path), ("consultant", "/placements"), ("company-b", f"/company-{path[1:]}")):
        matching.call("GET", address, client=client)
    about = [(how, route, refused, whom) for how, data, route, refused, whom in looks(matching) if data == "placement"]

    assert about == [
        ("change", "/placements", False, [placement["citizen_id"]]),
        ("change", "/placements/<uuid:placement_id>/statements", False, [placement["citizen_id"]]),
        ("read", "/placements/<uuid:placement_id>", False, [placement["citizen_id"]]),
        ("list", "/placements", False, [placement["citizen_id"]]),
        ("read", "/company-placements/<uuid:placement_id>", True, [placement["citizen_id"]]),
    ]


def test_follow_up_names_whose_placement_it_is_also_to_a_mentor_of_another(followup: ServiceUnderTest) -> None:
    followup.hear(telling.citizen(), telling.company(), telling.placement())
    path = f"/placements/{telling.PLACEMENT}"
    placement: Any = followup.call("GET", path, client="consultant").json
    contact = placement["contacts"][0]["id"]
    hours = {
        "from": "2026-12-14",
        "placement_hours": 6,
        "paid_hours": 0,
        "reason_code": "season",
        "asked_by": "citizen",
    }
    for method, address, body in (
        ("GET", "/placements", None),
        ("GET", "/contacts/due?on=2027-03-01", None),
        ("POST", f"{path}/checklist/lunch", None),
        ("POST", f"{path}/hours", hours),
        ("POST", f"/contacts/{contact}/held", {"outcome_code": "going_well"}),
    ):
        with clock.moved_to(FIRST_DAY):
            followup.call(method, address, body, client="consultant")
    followup.call("GET", path, client=None, token=followup.token_for("mentor"))

    assert {tuple(whom) for *_, whom in looks(followup)} == {(str(telling.CITIZEN),)}
    assert len(looks(followup)) == 7
    assert looks(followup)[-1] == (
        "read", "placement", "/placements/<uuid:placement_id>", True, [str(telling.CITIZEN)],
    )  # fmt: skip


def test_where_the_look_cannot_be_recorded_nobody_is_shown(busy_world: World) -> None:
    settings = busy_world.settings["intake"]
    app = importlib.import_module("services.intake").create_app(settings=settings)
    headers = {"Authorization": f"Bearer {issue(settings, 'front-desk', busy_world.client_secrets['front-desk'])}"}
    caller = app.test_client()
    made = caller.post(
        "/api/intake/v1/first-contacts", json=WALK_IN, headers=headers | {"Idempotency-Key": str(uuid4())}
    )
    path = f"/api/intake/v1/citizens/{made.json['citizen_id']}"
    with psycopg.connect(busy_world.admin_url, autocommit=True) as admin:
        admin.execute("REVOKE INSERT ON intake.lookup FROM intake")
        try:
            hidden = caller.get(path, headers=headers)
        finally:
            admin.execute("GRANT INSERT ON intake.lookup TO intake")
    shown = caller.get(path, headers=headers)
    app.extensions["database"].close()

    assert hidden.status_code == 500
    assert b"Nancy" not in hidden.data
    assert shown.json["name"] == "Nancy Ann Test Berggren"


def test_citizen_sees_role_time_purpose_and_data_but_not_which_employee(intake: ServiceUnderTest) -> None:
    citizen, another = register(intake)["citizen_id"], register(intake, cpr="310397-9995")["citizen_id"]
    for client in ("adviser", "ops"):
        intake.call("GET", f"/citizens/{citizen}", client=client)
    intake.call("GET", f"/citizens/{another}")
    with intake.begin() as session:
        first = lookups.who_looked(session, UUID(citizen), limit=2)
        rest = lookups.who_looked(session, UUID(citizen), limit=2, cursor=first["next"])

    assert set(first["items"][0]) == {"id", "at", "role", "kind", "purpose", "data", "how", "refused", "times"}
    assert [(row["role"], row["how"], row["refused"]) for row in first["items"]] == [
        ("ops", "read", True),
        ("adviser", "read", False),
    ]
    assert [(row["role"], row["how"]) for row in rest["items"]] == [("front_desk", "change")]
    assert rest["next"] is None


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"actor": "adviser"}, 1),
        ({"refused": True}, 1),
        ({"refused": False}, 2),
        ({"purpose": "visitation"}, 3),
        ({"purpose": "letters"}, 0),
        ({"subject": UUID(NOBODY_KNOWN)}, 0),
        ({"until": LONG_AGO}, 0),
        ({"since": LONG_AGO}, 3),
        ({"limit": 2}, 2),
    ],
)
def test_data_protection_officer_searches_the_whole(
    intake: ServiceUnderTest, asked: dict[str, Any], found: int
) -> None:
    citizen = register(intake)["citizen_id"]
    for client in ("adviser", "ops"):
        intake.call("GET", f"/citizens/{citizen}", client=client)
    with intake.begin() as session:
        rows = lookups.search(session, **{"subject": UUID(citizen)} | asked)

    assert len(rows["items"]) == found


def test_a_named_purpose_stands_instead_of_the_doors_own(intake: ServiceUnderTest) -> None:
    somebody = Principal(subject="dpo", roles=("data_protection_officer",), kind="staff")
    with intake.begin() as session:
        lookups.looked(session, UUID(NOBODY_KNOWN), purpose="supervision")
        lookups.write(session, somebody, About("identity", how="reveal", purpose="visitation"), "/x")
        row = lookups.search(session)["items"][0]

    assert (row["purpose"], row["how"], row["subjects"]) == ("supervision", "reveal", [UUID(NOBODY_KNOWN)])


@pytest.mark.parametrize("wrong", [{"data": "diagnosis"}, {"how": "peek"}, {"purpose": "curiosity"}])
def test_look_outside_the_lists_is_a_mistake_in_the_code(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="no such look-up"):
        About(**{"data": "case", "purpose": "visitation"} | wrong)


@pytest.mark.parametrize("service", SERVICES)
def test_every_door_says_whom_it_tells_about(service: str, request: pytest.FixtureRequest) -> None:
    app = request.getfixturevalue(service).app
    silent = []
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        about: About | None = getattr(view, "about", None)
        named = about is None or about.subject is None or about.subject in rule.arguments
        if not (hasattr(view, "about") and named):
            silent.append(rule.rule)

    assert [rule for rule in silent if not rule.endswith("/openapi.json")] == []
