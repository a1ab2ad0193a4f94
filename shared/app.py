"""The Flask app that all four services are: errors as problem+json, one transaction per door, health, OpenAPI."""

import logging
import re
import secrets
from collections.abc import Callable
from typing import Any, cast

import structlog
from apispec import APISpec
from flask import Blueprint as PageBlueprint
from flask import Flask, Response, current_app, g, redirect, request
from flask_smorest import Api, Blueprint
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

from shared import (
    clock,
    config,
    forms,
    frame,
    insight,
    merges,
    metrics,
    site,
    steering_doors,
    steering_pages,
    tracing,
    trail,
    unit_pages,
)
from shared.auth import TokenReader
from shared.config import Settings
from shared.database import Database, new_id, refusal_of
from shared.doors import Problem, problem
from shared.envelope import Trace
from shared.errors import NotFound, Refused, TryAgain
from shared.logs import kind_and_place
from shared.retention import Keeps
from shared.sessions import Sessions

log = logging.getLogger(__name__)
MOST_BODY_BYTES = 1_000_000
_TRACEPARENT = re.compile(r"00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")
_REQUEST_ID = re.compile(r"[0-9a-f-]{16,64}")


class ServiceApp(Flask):
    """Flask, saying of an unhandled error only its kind and place: its text may quote a person."""

    def log_exception(self, exc_info: Any) -> None:
        log.error("unhandled: %s on %s %s", kind_and_place(exc_info[1]), request.method, request.url_rule)


class BehindGateway:
    """Believes what the gateway says of a caller; whoever else connects is who they are."""

    def __init__(self, app: Any, gateways: tuple[str, ...]) -> None:
        self._plain, self._gateways = app, gateways
        self._told = ProxyFix(app, x_for=1, x_proto=1, x_host=0)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        app = self._told if environ.get("REMOTE_ADDR") in self._gateways else self._plain
        return app(environ, start_response)


class ProblemApi(Api):  # type: ignore[misc]
    """flask-smorest, answering every error as problem+json, and describing no headers that we do not send."""

    def _register_pagination_header(self) -> None:
        pass

    def _register_etag_headers(self) -> None:
        pass

    def handle_http_exception(self, error: HTTPException) -> Response:
        status = error.code or 500
        messages = getattr(error, "data", {}).get("messages", {})
        words = {
            404: ("not_found", "Det findes ikke her.", "There is no such thing here."),
            405: ("method_not_allowed", "Det kan man ikke gøre her.", "That cannot be done here."),
            413: ("too_large", "Det er for stort.", "That is too large."),
            415: ("not_json", "Send JSON.", "Send JSON."),
            422: ("validation_failed", "Ret de markerede felter.", "Correct the marked fields."),
            500: (
                "internal_error",
                "Noget gik galt hos os. Prøv igen.",
                "Something went wrong here. Try again.",
            ),
        }
        code, danish, english = words.get(
            status, ("bad_request", "Forespørgslen kan ikke læses.", "The request cannot be read.")
        )
        refused = Refused(code, danish, english, fields=forms.flat(next(iter(messages.values()), {})))
        refused.status = status
        answer = _told(refused)
        if isinstance(allowed := getattr(error, "valid_methods", None), (list, tuple, set)):
            answer.headers["Allow"] = ", ".join(sorted(allowed))
        return answer


def _told(refused: Refused) -> Response:
    """The refusal as a page for a browser, as problem+json for a machine."""
    return cast("Response", frame.refusal(refused)) if frame.is_page() else problem(refused)


def _moved() -> Response | None:
    """The way on, by the same method, where the address names a record that went into another."""
    named = {value for name, value in (request.view_args or {}).items() if name == "citizen_id"}
    if not named:
        return None
    database: Database = current_app.extensions["database"]
    known = database.run(lambda session: merges.survivors(session, named), actor="redirect")
    path = request.full_path.rstrip("?")
    for gone, into in known.items():
        path = path.replace(str(gone), str(into))
    return cast("Response", redirect(path, 308)) if known else None


def build(
    blueprint: Blueprint,
    pages: PageBlueprint,
    *,
    title: str,
    keeps: Keeps,
    gauges: metrics.Gauges | None = None,
    settings: Settings | None = None,
    database: Database | None = None,
) -> Flask:
    """One service's app; settings come from the environment unless given."""
    settings = settings or config.read(blueprint.name)
    clock.follow(settings.clock_file)
    app = ServiceApp(f"services.{settings.service}", static_folder=None)
    app.wsgi_app = BehindGateway(app.wsgi_app, settings.forwarded_allow_ips)  # type: ignore[method-assign]
    app.config.update(
        API_TITLE=title,
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX=f"/api/{settings.service}/v1",
        OPENAPI_JSON_PATH="openapi.json",
        MAX_CONTENT_LENGTH=MOST_BODY_BYTES,
        PROPAGATE_EXCEPTIONS=False,
    )
    app.extensions["settings"] = settings
    app.extensions["database"] = database or Database(settings)
    app.extensions["tokens"] = tokens = TokenReader(settings)
    app.extensions["sessions"] = sessions = Sessions(settings, tokens)
    api = ProblemApi(app, spec_kwargs=_spec(settings.service))
    _describe(api.spec)
    for doors in (blueprint, *_doors(settings.service, keeps)):
        api.register_blueprint(doors, url_prefix=f"/api/{settings.service}/v1")
    frame.register(app, settings.service)
    site.register(app, settings, sessions)
    for own in (pages, unit_pages.blueprint_for(settings.service), *_house(settings.service, keeps)):
        app.register_blueprint(own)
    metrics.register(app, settings.service, gauges)
    _register_errors(app)
    _trace(app, settings)
    return app


def _doors(service: str, keeps: Keeps) -> tuple[Blueprint, ...]:
    """The JSON doors that every service has of its own."""
    return trail.blueprint_for(service), steering_doors.blueprint_for(service, keeps)


def _house(service: str, keeps: Keeps) -> tuple[PageBlueprint, ...]:
    """The pages that every service has of its own."""
    return insight.blueprint_for(service, keeps), steering_pages.blueprint_for(service, keeps)


def _spec(service: str) -> dict[str, Any]:
    return {
        "info": {
            "description": f"Jobbutik, {service}. Errors are application/problem+json with a stable `code`.",
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
            "contact": {"name": "Jobbutik", "url": "https://jobbutik.example", "email": "api@jobbutik.example"},
        },
        "servers": [{"url": "/", "description": "This installation"}],
        "tags": [
            {"name": service, "description": f"The {service} service"},
            {"name": f"{service}_trail", "description": "The events of a story"},
            {"name": f"{service}_operations", "description": "What ops sees and does"},
        ],
    }


def _describe(spec: APISpec) -> None:
    spec.components.schema("Problem", schema=Problem)
    spec.components.security_scheme("machine", {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"})


def _trace(app: Flask, settings: Settings) -> None:
    tracing.start(settings)
    app.before_request(_begin_trace)
    app.before_request(_meant_for(settings.service))
    app.after_request(_finish)
    app.teardown_request(_end_trace)


def _begin_trace() -> None:
    offered = request.headers.get("X-Request-Id", "")
    correlation = offered if _REQUEST_ID.fullmatch(offered) else str(new_id())
    traceparent = request.headers.get("traceparent", "")
    if not _TRACEPARENT.fullmatch(traceparent):
        traceparent = f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-01"
    # Until this thread's next request, so that the server's own line about this one has it too.
    structlog.contextvars.bind_contextvars(correlation_id=correlation)
    g.span = tracing.begin(f"{request.method} {request.url_rule or 'nowhere'}", "SERVER", traceparent)
    g.trace = Trace(correlation_id=correlation, traceparent=g.span.traceparent)


def _meant_for(service: str) -> Callable[[], None]:
    """Another service's request is to be tried again: the gateway knew an address that has changed hands since."""

    def asked() -> None:
        if request.headers.get("X-Service", service) != service:
            raise TryAgain

    return asked


def _finish(answer: Response) -> Response:
    answer.headers.setdefault("Cache-Control", "no-store")
    frame.harden(answer)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    if "trace" in g:
        answer.headers["X-Request-Id"] = g.trace.correlation_id
        g.span.say("http.response.status_code", answer.status_code)
    return answer


def _end_trace(error: BaseException | None) -> None:
    if "span" in g:
        g.span.end(error and type(error).__name__)


def _register_errors(app: Flask) -> None:
    @app.errorhandler(Refused)
    def refused(error: Refused) -> Response:
        return (_moved() if isinstance(error, NotFound) else None) or _told(error)

    @app.errorhandler(DBAPIError)
    def database_says_no(error: DBAPIError) -> Response:
        trouble = refusal_of(error)
        if trouble is None:
            raise error
        if trouble.status == 503:
            log.error("database out of reach: %s", type(error.orig).__name__)
        return _told(trouble)
