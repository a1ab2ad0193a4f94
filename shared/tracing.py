"""One trace from the click to the letter, for whoever has a collector: the extra `tracing`.

Every event carries its `traceparent`, collected or not. Where OTEL_EXPORTER_OTLP_ENDPOINT says where to, spans are sent
there: which service did what, when, and because of what. A span names routes, kinds of events, templates and ids of
events; never an address that was asked for, a person, or the text of an error, which may quote one.
"""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from shared.config import BadSettings, Settings

_otel: Any = None
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
    global _otel, _tracer  # noqa: PLW0603  a process has one, as it has one log
    _otel = importlib.import_module("shared.otel")
    _tracer = _otel.Tracer(processor, service)


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
            _otel.end(self._span, error)


def begin(name: str, kind: str, parent: str | None, **said: str | int) -> Span:
    """A span to end oneself. `kind` is OpenTelemetry's, in capitals; where nobody collects it only hands on `parent`.

    `said` are attributes, with two underscores for a dot.
    """
    if _tracer is None:
        return Span(parent)
    span = _tracer.begin(name, kind, parent, {key.replace("__", "."): value for key, value in said.items()})
    return Span(_otel.traceparent(span), span)


@contextmanager
def span(name: str, kind: str, parent: str | None, **said: str | int) -> Iterator[Span]:
    """Times the block, and says the kind of the error where it raises."""
    begun = begin(name, kind, parent, **said)
    try:
        yield begun
    except Exception as error:
        begun.end(type(error).__name__)
        raise
    begun.end()
