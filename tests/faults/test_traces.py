"""The spans that real workers send to a real collector's address."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from shared.envelope import Trace
from shared.events import FOLLOWUP, INTAKE
from shared.outbox import record
from tests.faults.conftest import Bus, citizen, eventually

pytestmark = pytest.mark.faults

TRACE, PARENT = "c" * 32, "d" * 16


class Collector(ThreadingHTTPServer):
    """Keeps (service, span, its parent) of everything it is sent."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Taking)
        self.spans: list[tuple[str, Any]] = []


class Taking(BaseHTTPRequestHandler):
    server: Collector

    def do_POST(self) -> None:
        asked = ExportTraceServiceRequest.FromString(self.rfile.read(int(self.headers["Content-Length"])))
        for resource in asked.resource_spans:
            name = next(one.value.string_value for one in resource.resource.attributes if one.key == "service.name")
            self.server.spans += [(name, span) for scope in resource.scope_spans for span in scope.spans]
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Silence."""


@pytest.fixture
def collector() -> Iterator[Collector]:
    with Collector() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_workers_send_what_they_told_and_heard_to_the_collector(bus: Bus, collector: Collector) -> None:
    given = {
        "OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{collector.server_port}",
        "OTEL_BSP_SCHEDULE_DELAY": "200",
    }
    for service in (INTAKE, FOLLOWUP):
        bus.start(service, "shared.worker", **given)
    trace = Trace(correlation_id=TRACE, traceparent=f"00-{TRACE}-{PARENT}-01")
    with bus.intake.begin(actor="test", trace=trace) as session:
        record(session, citizen())

    eventually(lambda: len(collector.spans) == 2, "one told and one heard")
    assert {(service, span.name) for service, span in collector.spans} == {
        ("jobbutik-intake", "tell intake.citizen.registered.v1"),
        ("jobbutik-followup", "hear intake.citizen.registered.v1"),
    }
    assert {(span.trace_id.hex(), span.parent_span_id.hex()) for _, span in collector.spans} == {(TRACE, PARENT)}
    assert "Berggren" not in str(collector.spans)
