"""Logs as one JSON object a line on standard output, with anything that looks like a CPR number masked."""

import logging
import logging.config
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog

# Day 01-31 (61-91 for replacement numbers), month 01-12, year and four digits, with what people type between.
_GAP = r"(?:[-\s._+/]|%20|%2D)?"
_CPR = re.compile(
    rf"(?<!\d)(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01]){_GAP}(?:0[1-9]|1[0-2]){_GAP}\d{{2}}{_GAP}\d{{4}}(?!\d)"
)


def mask(text: str) -> str:
    """The text with the last four digits of everything that could be a CPR number, and its date, gone."""
    return _CPR.sub("xxxxxx-xxxx", text)


@contextmanager
def story(correlation_id: str) -> Iterator[None]:
    """What is logged inside belongs to the story that began with one click."""
    with structlog.contextvars.bound_contextvars(correlation_id=correlation_id):
        yield


def kind_and_place(error: BaseException) -> str:
    """What may be said of an error anywhere: never its text, which may quote a row or a person."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" at {trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__}{place}"


class _Masking(structlog.stdlib.ProcessorFormatter):
    def format(self, record: logging.LogRecord) -> str:
        return mask(super().format(record))


def logging_config(level: str, service: str = "") -> dict[str, Any]:
    """A dictConfig for everything that logs in a process: ours, gunicorn's, pika's, SQLAlchemy's."""

    def add_service(_logger: Any, _method: str, entry: dict[str, Any]) -> dict[str, Any]:
        entry["service"] = service
        return entry

    shared_steps = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso"),
        add_service,
    ]
    formatter = {
        "()": _Masking,
        "foreign_pre_chain": shared_steps,
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    }
    quiet = {"level": "WARNING", "handlers": ["out"], "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": formatter},
        "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "json", "stream": "ext://sys.stdout"}},
        "root": {"level": level, "handlers": ["out"]},
        "loggers": {
            "alembic": quiet,
            "pika": quiet,
            "gunicorn.error": {"level": level, "handlers": ["out"], "propagate": False},
            "gunicorn.access": {"level": level, "handlers": ["out"], "propagate": False},
        },
    }


def configure(level: str, service: str = "") -> None:
    """Set up logging for this process."""
    logging.config.dictConfig(logging_config(level, service))
