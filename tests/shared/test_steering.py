"""Ops sees how a service is and settles what is dead, has listeners told again, and never sees a person."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from services.intake.consumer import HANDLERS
from shared import broker, clock, steering
from shared.events import CitizenRegistered
from shared.handling import Handling
from shared.jobs import Jobs
from shared.outbox import record
from tests.browser import words
from tests.house import ServiceUnderTest

HOME = "/skranken/drift"
DEAD = text("""
    INSERT INTO failed_delivery (event_id, listener, type, subject, body, error, tries, first_failed_at, last_failed_at)
    VALUES (:id, 'intake', 'followup.hire.made.v1', 'Nancy', 'Berggren', 'no such place', 1, now(), now())
""")
MENDED = {"reason_code": "cause_mended"}


@pytest.fixture
def dead(intake: ServiceUnderTest) -> uuid.UUID:
    event_id = uuid.uuid4()
    intake.connection.execute(DEAD, {"id": event_id})
    return event_id


def decisions(intake: ServiceUnderTest) -> list[tuple[str, str]]:
    rows = intake.connection.execute(text("SELECT decision, reason_code FROM dead_decision ORDER BY at, id"))
    return [tuple(row) for row in rows]


def test_a_dead_letter_is_shown_with_its_reason_and_nobodys_data(intake: ServiceUnderTest, dead: uuid.UUID) -> None:
    shown = words(intake.browser("ops").get(HOME))

    assert "followup.hire.made.v1" in shown
    assert "no such place" in shown
    assert "Nancy" not in shown
    assert "Berggren" not in shown


def test_sent_again_it_is_tried_here_and_nowhere_else(intake: ServiceUnderTest, dead: uuid.UUID) -> None:
    answer = intake.browser("ops").submit(f"{HOME}/doede/{dead}", MENDED | {"decision": "again"})
    tried = Handling(intake.database, HANDLERS).retry_due()

    assert (answer.status_code, tried) == (303, True)
    assert decisions(intake) == [("again", "cause_mended")]
    assert intake.told() == []


@pytest.mark.parametrize("decision", ["handled", "discarded"])
def test_what_was_settled_leaves_the_list_is_on_record_and_can_be_taken_back(
    intake: ServiceUnderTest, dead: uuid.UUID, decision: str
) -> None:
    ops = intake.browser("ops")
    ops.submit(f"{HOME}/doede/{dead}", {"decision": decision, "reason_code": "done_by_hand"})
    settled = words(ops.get(HOME))
    undone = ops.submit(f"{HOME}/doede/{dead}/fortryd")

    assert "Ingen hændelser er opgivet." in settled
    assert "Gjort i hånden" in settled
    assert undone.status_code == 303
    assert "Ingen hændelser er opgivet." not in words(ops.get(HOME))
    assert decisions(intake) == [(decision, "done_by_hand"), ("reopened", "undone")]
    trail = intake.connection.scalar(text("SELECT count(*) FROM audit WHERE table_name = 'dead_decision'"))
    assert trail == 2


def test_a_decision_without_a_reason_loses_nothing(intake: ServiceUnderTest, dead: uuid.UUID) -> None:
    answer = intake.browser("ops").submit(f"{HOME}/doede/{dead}", {"decision": "handled", "reason_code": ""})

    assert answer.status_code == 422
    assert "Hvorfor?" in answer.text
    assert decisions(intake) == []


def test_what_is_not_dead_cannot_be_settled_or_reopened(intake: ServiceUnderTest, dead: uuid.UUID) -> None:
    ops = intake.browser("ops")
    unknown = ops.submit(f"{HOME}/doede/{uuid.uuid4()}", MENDED | {"decision": "handled"})
    never_settled = ops.submit(f"{HOME}/doede/{dead}/fortryd")

    assert (unknown.status_code, never_settled.status_code) == (404, 409)


def tell(intake: ServiceUnderTest, times: int, citizen_id: uuid.UUID | None = None) -> None:
    with intake.begin() as session:
        for _ in range(times):
            record(session, CitizenRegistered(
                citizen_id=citizen_id or uuid.uuid4(), municipality_code="0163", language="da", interpreter=False,
                digital_post_exempt=False, protected=False, name="Nancy Berggren",
            ))  # fmt: skip
        session.flush()
    intake.connection.execute(text("UPDATE outbox SET published_at = clock_timestamp()"))


def waiting_for_matching(intake: ServiceUnderTest) -> list[bytes]:
    with broker.blocking_channel(intake.settings.amqp_url) as channel:
        bodies = []
        while (got := channel.basic_get("jobbutik.matching", auto_ack=True))[2]:
            bodies.append(got[2])
    return bodies


def send(intake: ServiceUnderTest) -> None:
    more: Any = True
    while more:
        with intake.begin() as session:
            more = steering.send_replays(session)


@pytest.mark.usefixtures("broker_to_ourselves")
def test_a_replay_is_ordered_on_the_page_and_told_by_the_worker_marked_as_replayed(intake: ServiceUnderTest) -> None:
    broker.declare(intake.settings.amqp_url, 1)
    waiting_for_matching(intake)
    tell(intake, 2)
    ops = intake.browser("ops")
    since = f"{clock.now() - timedelta(days=1):%d-%m-%Y %H.%M}"

    answer = ops.submit(f"{HOME}/gentag", {"listener": "matching", "since": since})
    tell(intake, 1)
    send(intake)
    told = waiting_for_matching(intake)

    assert answer.status_code == 303
    assert [b'"replayed":true' in body for body in told] == [True, True]
    assert "Færdig" in words(ops.get(HOME))


@pytest.mark.usefixtures("broker_to_ourselves")
def test_a_replay_that_was_stopped_tells_nothing_more(intake: ServiceUnderTest) -> None:
    broker.declare(intake.settings.amqp_url, 1)
    waiting_for_matching(intake)
    tell(intake, 2)
    ops = intake.browser("ops")
    ops.submit(f"{HOME}/gentag", {"listener": "matching", "since": "01-11-2026 10.00"})
    order = intake.connection.scalar(text("SELECT id FROM replay_order"))

    stopped = ops.submit(f"{HOME}/gentag/{order}/stop")
    send(intake)

    assert stopped.status_code == 303
    assert waiting_for_matching(intake) == []
    assert ops.submit(f"{HOME}/gentag/{order}/stop").status_code == 409


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ({"listener": "matching", "since": "01-01-2099 10.00"}, "Tidspunktet er ikke kommet endnu."),
        ({"listener": "", "since": "01-11-2026 10.00"}, "Hvem skal høre det?"),
    ],
)
def test_a_replay_that_cannot_be_is_not_ordered(intake: ServiceUnderTest, form: dict[str, str], shown: str) -> None:
    answer = intake.browser("ops").submit(f"{HOME}/gentag", form)

    assert answer.status_code == 422
    assert shown in answer.text
    assert intake.connection.scalar(text("SELECT count(*) FROM replay_order")) == 0


def test_s57_a_job_that_stopped_or_fails_is_seen(intake: ServiceUnderTest) -> None:
    intake.connection.execute(
        text("""
        INSERT INTO job_run VALUES ('fine', 10, clock_timestamp(), NULL, NULL),
            ('stopped', 10, clock_timestamp() - interval '80 seconds', NULL, NULL),
            ('broken', 3600, clock_timestamp() - interval '80 seconds', clock_timestamp(), 'KeyError at run:7')
    """)
    )
    with intake.begin() as session:
        found = {row.job: (row.late, row.failing) for row in steering.jobs(session)}

    assert found == {"fine": (False, False), "stopped": (True, False), "broken": (False, True)}
    assert "Udebliver" in words(intake.browser("ops").get(HOME))


def test_a_worker_notes_its_jobs_and_forgets_those_that_are_no_more(intake: ServiceUnderTest) -> None:
    intake.connection.execute(text("INSERT INTO job_run VALUES ('of_old', 10, clock_timestamp(), NULL, NULL)"))
    jobs = Jobs(intake.database, {})
    jobs.run_due()
    with intake.begin() as session:
        jobs.note(session)
        found = [row.job for row in steering.jobs(session)]

    assert found == ["forget_old", "seal_trail", "send_replays", "tell_heads"]


def affected(service: ServiceUnderTest, role: str, what: str = "beroerte") -> Any:
    since, until = clock.now() - timedelta(hours=1), clock.now() + timedelta(minutes=1)
    query = f"since={since:%Y-%m-%dT%H:%M:%SZ}&until={until:%Y-%m-%dT%H:%M:%SZ}"
    return service.browser(role).get(f"{HOME}/{what}?{query}")


def test_ops_sees_how_many_were_affected_and_the_officer_whom(intake: ServiceUnderTest) -> None:
    tell(intake, 3)
    citizen = intake.envelopes()[0]["data"]["citizen_id"]
    tell(intake, 1, uuid.UUID(citizen))

    seen = words(affected(intake, "ops"))
    file = affected(intake, "data_protection_officer", "beroerte.csv")

    assert "dk.jobbutik.intake.citizen.registered.v1 4 3 borgere" in seen
    assert citizen not in affected(intake, "ops").text
    assert affected(intake, "ops", "beroerte.csv").status_code == 403
    assert citizen in file.text
    assert intake.connection.scalar(text("SELECT max(cardinality(subjects)) FROM lookup WHERE how = 'export'")) == 3


def test_a_list_of_the_affected_is_whole_or_there_is_none(
    intake: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(intake, 3)
    monkeypatch.setattr(steering, "MOST_EXPORTED", 3)
    assert affected(intake, "data_protection_officer", "beroerte.csv").status_code == 200
    tell(intake, 1)
    answer = affected(intake, "data_protection_officer", "beroerte.csv")

    assert answer.status_code == 422
    assert "Vælg en kortere tid." in words(answer)


def test_a_period_is_shown_as_it_is_typed_in_danish_time(intake: ServiceUnderTest) -> None:
    asked = "since=01-11-2026+09.15&until=22-11-2026+11.30"
    page = intake.browser("ops").get(f"{HOME}/beroerte?{asked}").text

    assert 'value="01-11-2026 9.15"' in page
    assert 'value="22-11-2026 11.30"' in page


def test_a_period_that_is_too_long_is_said_on_the_page(intake: ServiceUnderTest) -> None:
    page = intake.browser("ops").get(f"{HOME}/beroerte?since=01-01-2026+10.00&until=01-11-2026+10.00")

    assert page.status_code == 200
    assert "Højst 31 dage ad gangen." in page.text


def test_rules_are_shown_with_their_source_and_those_to_come(intake: ServiceUnderTest) -> None:
    shown = words(intake.browser("ops").get(f"{HOME}/regler"))

    assert "retention.events" in shown
    assert "til 30. juni" in shown or "Læst i kilden" in shown


def test_only_ops_steers(intake: ServiceUnderTest, dead: uuid.UUID) -> None:
    for role in ("front_desk", "leader", "data_protection_officer", "citizen"):
        assert intake.browser(role).get(HOME).status_code == 403
        assert intake.browser(role).submit(f"{HOME}/doede/{dead}", MENDED | {"decision": "handled"}).status_code == 403
