"""The JSON door: who may come in, what may come in, what goes out, and the one transaction between.

A door authenticates before it reads the body, opens the transaction, calls the service's verb, and stores the
answer beside its idempotency key before it commits. That is why doors do not open transactions by hand: the same
key must find the same answer exactly when the effect is there.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import wraps
from typing import Any, Literal, cast

import orjson
from flask import Response, current_app, g, request
from flask_smorest import Blueprint
from marshmallow import RAISE, Schema
from marshmallow import fields as marshmallow_fields
from sqlalchemy.orm import Session
from webargs.flaskparser import FlaskParser

from shared import fields, idempotency, lookups
from shared.auth import Principal
from shared.config import ROLES
from shared.database import Database
from shared.errors import (
    BadRequest,
    NotJson,
    PreconditionFailed,
    PreconditionRequired,
    Refused,
    TooMany,
)
from shared.guard import guarded
from shared.lookups import About

Verb = Callable[..., Any]
Method = Literal["GET", "POST", "PATCH", "PUT", "DELETE"]
KEY_HEADER = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": True,
    "description": "The same key gives the same answer, and one effect, for seven days.",
    "schema": {"type": "string", "minLength": 8, "maxLength": 200, "pattern": "^[A-Za-z0-9_.:-]+$"},
}
IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "required": True,
    "description": "The ETag that was read.",
    "schema": {"type": "string", "pattern": '^"v[0-9]{1,9}"$'},
}
PROBLEM = {"$ref": "#/components/schemas/Problem"}
WHY = {
    400: "The request's form is wrong",
    401: "No valid token",
    403: "This role may not",
    404: "Not there, or not yours",
    405: "No such number: the router tells it so where another method has the same address",
    409: "A rule or the state of things says no",
    412: "Changed meanwhile",
    415: "Not JSON",
    422: "Values are missing or wrong",
    428: "If-Match is missing",
    429: "Too many requests; Retry-After says when",
    503: "Try again shortly",
}


class Problem(fields.Body):
    """RFC 9457: a Danish title, the same in English as detail, a stable `code`, and messages per field."""

    type = fields.Text(200)
    title = fields.Text(300)
    status = fields.Count(400, 599)
    code = fields.Text(60)
    detail = fields.Text(300)
    errors = marshmallow_fields.Dict(keys=marshmallow_fields.String(), values=marshmallow_fields.String())
    policy = fields.Text(120)


def problem_documentation(description: str) -> dict[str, Any]:
    """How a problem answer stands in the OpenAPI document."""
    return {"description": description, "content": {"application/problem+json": {"schema": PROBLEM}}}


def problem(refused: Refused) -> Response:
    """What a refusal looks like to the caller."""
    content: dict[str, Any] = {
        "type": f"urn:jobbutik:problem:{refused.code}",
        "title": refused.danish,
        "status": refused.status,
        "code": refused.code,
        "detail": refused.english,
    }
    if refused.fields:
        content["errors"] = refused.fields
    if refused.policy:
        content["policy"] = refused.policy
    answer = Response(orjson.dumps(content), refused.status, content_type="application/problem+json")
    if refused.status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    if isinstance(refused, TooMany):
        answer.headers["Retry-After"] = str(refused.retry_after)
    if refused.status == 503 or refused.code == "in_progress":
        answer.headers["Retry-After"] = "2"
    return answer


class _Parser(FlaskParser):
    """webargs, with a JSON reader that endless nesting and endless numbers cannot trip."""

    def _raw_load_json(self, req: Any) -> Any:
        if not req.is_json:
            raise NotJson
        try:
            return orjson.loads(req.get_data(cache=True))
        except orjson.JSONDecodeError:
            raise BadRequest("bad_request", "JSON kan ikke læses.", "The JSON cannot be read.") from None


class Doors:
    """Registers a service's doors on its blueprint, and documents each in OpenAPI."""

    def __init__(self, blueprint: Blueprint) -> None:
        self._blueprint = blueprint
        blueprint.ARGUMENTS_PARSER = _Parser()

    def get(self, rule: str, **how: Any) -> Callable[[Verb], Verb]:
        """A read; `etag=True` answers 304 to a matching If-None-Match."""
        return self._door("GET", rule, status=200, **how)

    def post(self, rule: str, *, status: int = 201, **how: Any) -> Callable[[Verb], Verb]:
        """A verb with an Idempotency-Key."""
        return self._door("POST", rule, status=status, **how)

    def patch(self, rule: str, **how: Any) -> Callable[[Verb], Verb]:
        """An edit with If-Match; the verb gets `expected_version`."""
        return self._door("PATCH", rule, status=200, etag=True, **how)

    def _door(
        self,
        method: Method,
        rule: str,
        *,
        roles: tuple[str, ...],
        about: About | None,
        answer: type[Schema],
        status: int,
        body: type[Schema] | None = None,
        query: type[Schema] | None = None,
        etag: bool = False,
    ) -> Callable[[Verb], Verb]:
        if not roles or not set(roles) <= set(ROLES):
            raise ValueError(f"{method} {rule} must name its roles")
        schema = answer()

        def register(verb: Verb) -> Verb:
            @wraps(verb)
            def inside(**given: Any) -> Response:
                return _answer(verb, given, schema, status, about, etag=etag)

            view: Any = inside
            if query is not None:
                view = self._blueprint.arguments(query(), location="query", arg_name="query", unknown=RAISE)(view)
            if body is not None:
                view = self._blueprint.arguments(body(), arg_name="body")(view)
            view = self._blueprint.response(status, answer)(view)
            view = self._blueprint.doc(**_documentation(method, verb, body or query, etag=etag, rule=rule))(view)
            view = _on_record(guarded(view, roles), about)
            self._blueprint.route(rule, methods=[method])(view)
            return verb

        return register


def _documentation(method: str, verb: Verb, takes: Any, *, etag: bool, rule: str) -> dict[str, Any]:
    codes = {401, 403, 404, 409, 429, 503} | ({405} if "<int" in rule else set())
    headers: list[dict[str, Any]] = []
    if takes is not None:
        codes |= {400, 415, 422}
    if method == "POST":
        codes |= {400, 422}
        headers.append(KEY_HEADER)
    if method == "PATCH":
        codes |= {412, 428}
        headers.append(IF_MATCH)
    responses: dict[str, Any] = {str(code): problem_documentation(WHY[code]) for code in sorted(codes)}
    if etag and method == "GET":
        responses["304"] = {"description": "Not changed"}
    if "citizen_id" in rule:
        responses["308"] = {"description": "This record went into another of the same person; Location leads there"}
    words = (verb.__doc__ or verb.__name__).strip()
    documented: dict[str, Any] = {
        "operationId": verb.__name__,
        "summary": words.split("\n", 1)[0].rstrip("."),
        "description": words,
        "security": [{"machine": []}],
        "responses": responses,
    }
    if headers:
        documented["parameters"] = headers
    return documented


def _on_record(view: Any, about: About | None) -> Any:
    """Of a look that is refused there is a row too, in a transaction of its own: the door's is gone."""

    @wraps(view)
    def seen(**path: Any) -> Response:
        try:
            return cast("Response", view(**path))
        except Refused as refused:
            if about is not None and refused.status in lookups.REFUSALS:
                with _opened(g.principal, None) as session:
                    lookups.looked(session, *about.subjects_in(path), *g.get("looked", ()))
                    lookups.write(session, g.principal, about, str(request.url_rule), refused=True)
            raise

    seen.about = about  # type: ignore[attr-defined]
    return seen


def _answer(
    verb: Verb, given: dict[str, Any], schema: Schema, status: int, about: About | None, *, etag: bool
) -> Response:
    principal: Principal = g.principal
    if request.method == "PATCH":
        given["expected_version"] = _expected_version()
    key = idempotency.scoped_key(principal) if request.method == "POST" else None
    with (
        _opened(principal, key) as session,
        lookups.looking(session, principal, about, request.view_args) as g.looked,
    ):
        if session.info["claimed"]:
            result = verb(session, principal, **given)
            session.flush()
            content = orjson.dumps(schema.dump(result))
            headers = {"ETag": f'"v{_version(result)}"'} if etag else {}
            if key is not None:
                idempotency.remember(session, key, status, content)
        else:
            status, content = idempotency.answer_again(session, cast("str", key))
            headers = {"Idempotency-Replayed": "true"}
        lookups.write(session, principal, about, str(request.url_rule))
    if etag and request.method == "GET" and request.if_none_match.contains(headers["ETag"].strip('"')):
        return Response(status=304, headers=headers)
    return Response(content, status, headers=headers, content_type="application/json")


def _opened(principal: Principal, key: str | None) -> AbstractContextManager[Session]:
    database: Database = current_app.extensions["database"]
    return database.begin(actor=principal.subject, trace=g.trace, key=key, access=principal.access_id)


def _version(result: Any) -> int:
    return int(result["version"] if isinstance(result, dict) else result.version)


def _expected_version() -> int:
    offered = request.headers.get("If-Match")
    if offered is None:
        raise PreconditionRequired
    number = offered.strip().removeprefix('"v').removesuffix('"')
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise PreconditionFailed
    return int(number)
