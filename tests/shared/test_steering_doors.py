"""What ops does by a program: the same as on the page, with the same record of it, and nobody's data."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from shared import clock, steering
from tests.browser import words
from tests.house import ServiceUnderTest
from tests.shared.test_steering import DEAD, HOME, decisions, tell

AT = "/operations"


@pytest.fixture
def dead(intake: ServiceUnderTest) -> uuid.UUID:
    event_id = uuid.uuid4()
    intake.connection.execute(DEAD, {"id": event_id})
    return event_id


def asked(service: ServiceUnderTest, path: str, **how: Any) -> Any:
    answer = service.call("GET", AT + path, client="ops", **how)
    assert answer.status_code == 200, answer.text
    return answer.json


def said(service: ServiceUnderTest, path: str, body: Any = None) -> tuple[int, Any]:
    answer = service.call("POST", AT + path, {} if body is None else body, client="ops")
    return answer.status_code, answer.json


@pytest.mark.parametrize("service", ["intake", "matching", "followup", "notifications"])
def test_each_service_says_how_it_is_by_what_rules_and_to_what_version(
    service: str, request: pytest.FixtureRequest
) -> None:
    one: ServiceUnderTest = request.getfixturevalue(service)
    one.connection.execute(text("INSERT INTO job_run VALUES ('forget_old', 10, clock_timestamp(), NULL, NULL)"))
    state = asked(one, "")
    keys = {row["key"] for row in asked(one, "/rules")["items"]}

    assert (state["checks"]["database"], state["versions"] == state["expected_versions"]) == (True, True)
    assert [(job["job"], job["late"]) for job in state["jobs"]] == [("forget_old", False)]
    assert "retention.events" in keys


def test_a_dead_letter_is_settled_taken_back_and_sent_again_and_all_of_it_is_on_record(
    intake: ServiceUnderTest, dead: uuid.UUID
) -> None:
    shown = intake.call("GET", f"{AT}/dead-letters", client="ops")
    handled = said(intake, f"/dead-letters/{dead}/decision", {"decision": "handled", "reason_code": "done_by_hand"})
    settled = asked(intake, "/dead-letters?settled=yes")["items"]
    opened = said(intake, f"/dead-letters/{dead}/reopening")
    again = said(intake, f"/dead-letters/{dead}/decision", {"decision": "again", "reason_code": "cause_mended"})

    assert [row["error"] for row in shown.json["items"]] == ["no such place"]
    assert "Nancy" not in shown.text
    assert "Berggren" not in shown.text
    assert (handled[0], handled[1]["items"]) == (200, [])
    assert [(row["event_id"], row["decision"]) for row in settled] == [(str(dead), "handled")]
    assert (opened[0], len(opened[1]["items"])) == (200, 1)
    assert (again[0], again[1]["items"]) == (200, [])
    assert [one for one, _why in decisions(intake)] == ["handled", "reopened", "again"]
    unknown = said(intake, f"/dead-letters/{uuid.uuid4()}/decision", {"decision": "again", "reason_code": "not_ours"})
    assert unknown[0] == 404
    assert said(intake, f"/dead-letters/{dead}/decision", {"decision": "burn"})[0] == 422


def test_a_replay_is_ordered_and_stopped(intake: ServiceUnderTest) -> None:
    status, ordered = said(intake, "/replays", {"listener": "matching", "since": "2026-11-01T10:00:00+01:00"})
    order = ordered["items"][0]
    stopped = said(intake, f"/replays/{order['id']}/stop")

    assert (status, order["listener"], order["ended_at"]) == (201, "matching", None)
    assert (stopped[0], stopped[1]["items"][0]["ended_at"] is not None) == (200, True)
    assert said(intake, f"/replays/{order['id']}/stop")[0] == 409
    assert said(intake, "/replays", {"listener": "matching", "since": "2099-01-01T10:00:00Z"})[0] == 422
    assert asked(intake, "/replays")["items"][0]["id"] == order["id"]


def test_ops_counts_the_affected_and_the_officer_alone_sees_whom(intake: ServiceUnderTest) -> None:
    tell(intake, 3)
    since, until = clock.now() - timedelta(hours=1), clock.now() + timedelta(minutes=1)
    period = f"since={since:%Y-%m-%dT%H:%M:%SZ}&until={until:%Y-%m-%dT%H:%M:%SZ}"
    citizen = intake.envelopes()[0]["data"]["citizen_id"]
    officer = intake.token_for("data_protection_officer")

    counted = intake.call("GET", f"{AT}/affected?{period}", client="ops")
    named = intake.call("GET", f"{AT}/affected/subjects?{period}", client=None, token=officer)

    assert [(row["events"], row["subjects"], row["people"]) for row in counted.json["items"]] == [(3, 3, True)]
    assert citizen not in counted.text
    assert citizen in {row["subject"] for row in named.json["items"]}
    assert intake.call("GET", f"{AT}/affected/subjects?{period}", client="ops").status_code == 403
    assert intake.connection.scalar(text("SELECT max(cardinality(subjects)) FROM lookup WHERE how = 'export'")) == 3
    long = "since=2026-01-01T10:00:00Z&until=2026-11-01T10:00:00Z"
    assert intake.call("GET", f"{AT}/affected?{long}", client="ops").status_code == 422


def test_every_dead_letter_is_told_page_by_page_and_can_be_reached_on_the_page(intake: ServiceUnderTest) -> None:
    many = steering.MOST_SHOWN + 1
    for _ in range(many):
        intake.connection.execute(DEAD, {"id": uuid.uuid4()})
    pages = [asked(intake, f"/dead-letters?page={page}") for page in (1, 2)]
    ops = intake.browser("ops")
    first, second = ops.get(HOME).text, ops.get(f"{HOME}?doede=2").text

    assert [(len(one["items"]), one["more"]) for one in pages] == [(steering.MOST_SHOWN, True), (1, False)]
    assert len({row["event_id"] for one in pages for row in one["items"]}) == many
    assert 'href="/skranken/drift?doede=2&amp;afgjorte=1" rel="next"' in first
    assert [shown.count("<code>followup.hire.made.v1</code>") for shown in (first, second)] == [steering.MOST_SHOWN, 1]
    wrong = ops.submit(f"{HOME}/doede/{pages[1]['items'][0]['event_id']}", {"decision": "handled", "reason_code": ""})
    assert "Hvorfor?: Mangler." in words(wrong)


def test_a_long_story_is_told_page_by_page(intake: ServiceUnderTest) -> None:
    story = str(uuid.uuid4())
    tell(intake, 3)
    rename = "UPDATE outbox SET body = jsonb_set(body::jsonb, '{correlationid}', to_jsonb(cast(:story AS text)))::text"
    intake.connection.execute(text(rename), {"story": story})
    first = intake.call("GET", f"/trail/{story}?limit=2", client="ops").json
    second = intake.call("GET", f"/trail/{story}?limit=2&cursor={first['next']}", client="ops").json

    assert (len(first["items"]), len(second["items"]), second["next"]) == (2, 1, None)
    assert len({one["event_id"] for one in first["items"] + second["items"]}) == 3
