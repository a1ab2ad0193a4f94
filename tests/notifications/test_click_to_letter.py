"""One id from the click through outbox, bus and inbox to the letter, in rows and in log lines; no number in any."""

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from sqlalchemy import text

from services.intake.use_cases import slots
from services.notifications.consumer import HANDLERS
from shared import clock, tracing
from shared.broker import Delivery
from shared.config import BadSettings
from shared.handling import Handling
from shared.logs import logging_config
from tests.house import ServiceUnderTest
from tests.intake.test_first_contact import MONDAY, WALK_IN
from tests.notifications.post import Catcher, NotificationsUnderTest

CLICK = "01999999-aaaa-7000-8000-00000000c11c"


@contextmanager
def logged() -> Iterator[list[dict[str, Any]]]:
    """What is logged meanwhile, as the processes write it."""
    lines: list[dict[str, Any]] = []
    sheet = StringIO()
    handler = logging.StreamHandler(sheet)
    made = logging.config.DictConfigurator(logging_config("INFO", "intake"))  # type: ignore[attr-defined]
    handler.setFormatter(made.configure_formatter(made.config["formatters"]["json"]))
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel("INFO")
    try:
        yield lines
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        lines += [json.loads(line) for line in sheet.getvalue().splitlines()]


@pytest.fixture
def collected(monkeypatch: pytest.MonkeyPatch) -> InMemorySpanExporter:
    """The spans of this process, as a collector would have them."""
    kept = InMemorySpanExporter()
    monkeypatch.setattr(tracing, "_tracer", None)
    tracing.send_to(SimpleSpanProcessor(kept), "intake")
    return kept


def hear_from(intake: ServiceUnderTest, post: NotificationsUnderTest) -> None:
    bodies = [json.dumps(envelope).encode() for envelope in intake.envelopes()]
    kinds = {f"dk.jobbutik.{event.kind}" for event in HANDLERS}
    heard = [body for body in bodies if json.loads(body)["type"] in kinds]
    Handling(post.database, HANDLERS).handle([Delivery(n, False, False, body, {}) for n, body in enumerate(heard)])


def test_a_click_is_found_again_in_outbox_look_up_letter_and_log(
    intake: ServiceUnderTest,
    post: NotificationsUnderTest,
    catcher: Catcher,
) -> None:
    with clock.moved_to(MONDAY), logged() as lines:
        with intake.begin() as session:
            slots.stock_slots(session)
        came = intake.call("POST", "/first-contacts", WALK_IN, X_Request_Id=CLICK)
        logging.getLogger("gunicorn.access").info("POST %s 201 %s", came.request.path, WALK_IN["cpr"])
        hear_from(intake, post)
        post.work()

    looked = intake.connection.execute(text("SELECT DISTINCT correlation_id FROM lookup")).scalars().all()
    told = {envelope["correlationid"] for envelope in intake.envelopes()}
    letters = post.connection.execute(text("SELECT DISTINCT correlation_id FROM message")).scalars().all()
    left = [line for line in lines if line["event"].startswith("letter ")]
    assert came.headers["X-Request-Id"] == CLICK
    assert (looked, told, letters) == ([CLICK], {CLICK}, [CLICK])
    assert catcher.mails
    assert {line["correlation_id"] for line in left} == {CLICK}
    assert [line["correlation_id"] for line in lines if line["logger"] == "gunicorn.access"] == [CLICK]
    assert WALK_IN["cpr"] not in str(lines)


def test_an_event_that_fails_is_logged_under_its_story(
    intake: ServiceUnderTest,
    post: NotificationsUnderTest,
) -> None:
    intake.call("POST", "/first-contacts", WALK_IN, X_Request_Id=CLICK)

    def fails(_session: object, _batch: object) -> None:
        raise KeyError(WALK_IN["cpr"])

    broken = dict.fromkeys(HANDLERS, fails)
    bodies = [json.dumps(envelope).encode() for envelope in intake.envelopes()][:1]
    with logged() as lines:
        Handling(post.database, broken).handle([Delivery(1, False, False, bodies[0], {})])

    failed = [line for line in lines if line["event"].startswith("handler failed")]
    assert [line["correlation_id"] for line in failed] == [CLICK]
    assert WALK_IN["cpr"] not in str(lines)


def test_the_spans_of_a_click_are_one_trace_down_to_the_letter_and_name_nobody(
    intake: ServiceUnderTest, post: NotificationsUnderTest, catcher: Catcher, collected: InMemorySpanExporter
) -> None:
    with clock.moved_to(MONDAY):
        with intake.begin() as session:
            slots.stock_slots(session)
        intake.call("POST", "/first-contacts", WALK_IN, traceparent=f"00-{'a' * 32}-{'b' * 16}-01")
        hear_from(intake, post)
        post.work()

    spans = [span for span in collected.get_finished_spans() if span.context.trace_id == int("a" * 32, 16)]
    name_of = {span.context.span_id: span.name for span in spans}
    because = {span.name: name_of.get(span.parent.span_id, "outside") if span.parent else None for span in spans}
    door = "POST /api/intake/v1/first-contacts"
    assert because == {
        door: "outside",
        "hear intake.citizen.registered.v1": door,
        "hear intake.visitation.booked.v1": door,
        "send visitation_booked": "hear intake.visitation.booked.v1",
    }
    assert [span.attributes for span in spans if span.name == door] == [{"http.response.status_code": 201}]
    written = " ".join(span.to_json() for span in spans)
    assert [
        word for word in (WALK_IN["cpr"], WALK_IN["name"], *catcher.mails[0]["To"].split()) if word in written
    ] == []


def test_a_process_that_is_to_send_spans_and_cannot_does_not_start(
    intake: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    tracing.start(intake.settings)
    assert not tracing.collects()
    monkeypatch.setitem(sys.modules, "shared.otel", None)
    with pytest.raises(BadSettings, match="tracing"):
        tracing.start(replace(intake.settings, otel_exporter_otlp_endpoint="http://127.0.0.1:4318"))


def test_a_span_of_what_failed_says_the_kind_of_error_alone(collected: InMemorySpanExporter) -> None:
    with pytest.raises(KeyError), tracing.span("hear it", "CONSUMER", None):
        raise KeyError(WALK_IN["cpr"])

    (span,) = collected.get_finished_spans()
    assert (span.status.description, span.events) == ("KeyError", ())
