"""OpenTelemetry's SDK, of the extra `tracing`: imported by shared/tracing.py alone, and only where it is asked for."""

from collections.abc import Mapping
from typing import Any

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Span, SpanKind, Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

_CARRIER = TraceContextTextMapPropagator()


def to_the_collector() -> SpanProcessor:
    """Batches over OTLP/HTTP, with everything else as OpenTelemetry's own variables say."""
    return BatchSpanProcessor(OTLPSpanExporter())


class Tracer:
    """One process's spans."""

    def __init__(self, processor: SpanProcessor, service: str) -> None:
        provider = TracerProvider(resource=Resource.create({SERVICE_NAME: f"jobbutik-{service}"}))
        provider.add_span_processor(processor)
        self._tracer = provider.get_tracer("jobbutik")

    def begin(self, name: str, kind: str, parent: str | None, said: Mapping[str, Any]) -> Span:
        given = _CARRIER.extract({"traceparent": parent} if parent else {})
        return self._tracer.start_span(name, given, SpanKind[kind], said)

    @staticmethod
    def traceparent(span: Span) -> str:
        """As the header and the envelope have it."""
        context = span.get_span_context()
        return f"00-{context.trace_id:032x}-{context.span_id:016x}-{int(context.trace_flags):02x}"

    @staticmethod
    def end(span: Span, error: str | None) -> None:
        """It is over; an error is told by its kind."""
        if error is not None:
            span.set_status(Status(StatusCode.ERROR, error))
        span.end()
