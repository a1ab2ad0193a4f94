"""One trace from the click to the letter, for whoever has a collector: the extra `tracing`.

Every event carries its `traceparent`, collected or not. Where OTEL_EXPORTER_OTLP_ENDPOINT says where to, spans are sent
there: which service did what, when, and because of what. A span names routes, kinds of events, templates and ids of
events; never an address that was asked for, a person, or the text of an error, which may quote one.
"""

import importlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any

from shared.config import BadSettings, Settings

NOTHING: Mapping[str, str] = MappingProxyType({})
_tracer: Any = None


def start(settings: Settings) -> None:
    """Send spans from this process on, where there is a collector; raises BadSettings without the extra."""
    if not settings.otel_exporter_otlp_endpoint:
        return
    try:
        otel = importlib.import_module("shared.otel")
    except ImportError as missing:
        raise BadSettings("OTEL_EXPORTER_OTLP_ENDPOINT is set, and the extra `tracing` is not installed") from missing
    send_to(otel.to_the_collector(), settings.service)


def send_to(processor: Any, service: str) -> None:
    """Let this span processor of the SDK have the spans."""
    global _tracer  # noqa: PLW0603  a process has one, as it has one log
    _tracer = importlib.import_module("shared.otel").Tracer(processor, service)


def collects() -> bool:
    """Whether spans go anywhere."""
    return _tracer is not None


class Span:
    """Something that is being timed; `traceparent` belongs into what it causes."""

    def __init__(self, traceparent: str | None, span: Any = None) -> None:
        self.traceparent, self._span = traceparent, span

    def say(self, name: str, value: str | int) -> None:
        """An attribute, by OpenTelemetry's name for it."""
        if self._span is not None:
            self._span.set_attribute(name, value)

    def end(self, error: str | None = None) -> None:
        """It is over; `error` is the kind of what went wrong."""
        if self._span is not None:
            _tracer.end(self._span, error)


def begin(name: str, kind: str, parent: str | None, said: Mapping[str, str] = NOTHING) -> Span:
    """A span to end oneself; where nobody collects it only hands on `parent`.

    `kind` is OpenTelemetry's, in capitals; `said` are attributes by OpenTelemetry's names.
    """
    if _tracer is None:
        return Span(parent)
    span = _tracer.begin(name, kind, parent, said)
    return Span(_tracer.traceparent(span), span)


@contextmanager
def span(name: str, kind: str, parent: str | None, said: Mapping[str, str] = NOTHING) -> Iterator[Span]:
    """Times the block, and says the kind of the error where it raises."""
    begun = begin(name, kind, parent, said)
    try:
        yield begun
    except Exception as error:
        begun.end(type(error).__name__)
        raise
    begun.end()
