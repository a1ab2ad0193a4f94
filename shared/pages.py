"""The HTML door: who may come in, what the form says, the one transaction, and what the look-up log is told.

A form carries a token of its session and a key of its own: the same key has one effect, however often it is sent.
What was typed comes back with its errors; a page that was left half-way is never half done.
"""

import hashlib
import re
import secrets
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any, Literal, cast

import orjson
from flask import Blueprint, Response, current_app, g, redirect, request
from flask_babel import gettext as _
from marshmallow import RAISE, Schema, ValidationError
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from shared import forms, frame, idempotency, lookups, opened
from shared.answers import Page, See, Undo
from shared.assurance import require_sure
from shared.auth import Principal
from shared.config import ROLES, Settings
from shared.database import Database, refusal_of
from shared.errors import Forbidden, Invalid, NotFound, Refused, Unauthenticated
from shared.lookups import About
from shared.sessions import OpenSession, Sessions

Verb = Callable[..., Any]
PUBLIC: Literal["public"] = "public"
EVERYBODY = ROLES
# What a form shown again could not mend.
LEADS_AWAY = (Unauthenticated, Forbidden, NotFound)


class Pages:
    """Registers a service's pages on its blueprint."""

    def __init__(self, blueprint: Blueprint) -> None:
        self._blueprint = blueprint

    def get(self, rule: str, **how: Any) -> Callable[[Verb], Verb]:
        """A page; as a `fragment` it is a part of one, fetched by the page itself, and no sign of the person."""
        return self._page("GET", rule, **how)

    def post(self, rule: str, **how: Any) -> Callable[[Verb], Verb]:
        """A form's act; `again` shows the form anew with what was typed and what is wrong with it, as a read of one
        person unless `shows` says "list". One that `decides` about a person takes a sure sign-in of today.
        """
        return self._page("POST", rule, **how)

    def _page(
        self,
        method: Literal["GET", "POST"],
        rule: str,
        *,
        roles: tuple[str, ...] | Literal["public"],
        about: About | None,
        body: type[Schema] | None = None,
        query: type[Schema] | None = None,
        again: Verb | None = None,
        shows: Literal["read", "list"] = "read",
        decides: bool = False,
        fragment: bool = False,
    ) -> Callable[[Verb], Verb]:
        if roles != PUBLIC and (not roles or not set(roles) <= set(ROLES)):
            raise ValueError(f"{method} {rule} must name its roles")
        if about is None and getattr(again, "about", None) is not None:
            raise ValueError(f"{rule} tells of nobody, and shown again of somebody")
        post = method == "POST"
        schema = takes() if (takes := body if post else query) else None
        inside = _post(schema, again, shows, decides=decides) if post else _get(schema)

        def register(verb: Verb) -> Verb:
            @wraps(verb)
            def view(**path: Any) -> AnyResponse:
                g.fragment, g.about, g.path = fragment, about, path
                _let_in(roles)
                return frame.finished(inside(verb, path))

            view.allowed_roles, view.about, verb.about = roles, about, about  # type: ignore[attr-defined]
            self._blueprint.add_url_rule(rule, verb.__name__, view, methods=[method])
            return verb

        return register


def _let_in(roles: tuple[str, ...] | Literal["public"]) -> None:
    sessions: Sessions = current_app.extensions["sessions"]
    g.open_session = frame.signed_in()
    if request.method == "POST":
        request.get_data(cache=True)
        _same_site()
        if g.open_session is not None:
            _own_form(sessions, g.open_session)
    if roles == PUBLIC:
        return
    if g.open_session is None:
        raise Unauthenticated
    g.open_session = replace(g.open_session, principal=g.open_session.principal.acting(roles))
    if not set(g.open_session.principal.roles) & set(roles):
        refused_look(g.open_session.principal)
        raise Forbidden


def _same_site() -> None:
    """The browser's own word on where a form comes from; another port of our host counts as elsewhere."""
    site = request.headers.get("Sec-Fetch-Site")
    settings: Settings = current_app.extensions["settings"]
    ours = site in ("same-origin", "none") if site else request.headers.get("Origin") == settings.public_url
    if not ours:
        raise frame.ForeignForm


def _own_form(sessions: Sessions, session: OpenSession) -> None:
    offered = request.form.get("csrf", "").encode()
    if not secrets.compare_digest(offered, sessions.csrf_token(session.principal).encode()):
        raise frame.ForeignForm


def principal() -> Principal:
    """Who is signed in on this request; a visitor has neither name nor role."""
    session: OpenSession | None = g.open_session
    return session.principal if session else Principal(subject="visitor", roles=(), kind="visitor")


def refused_look(who: Principal) -> None:
    """A look at a person that was refused is written down as well, in a transaction of its own."""
    about: About | None = g.about
    if about is None:
        return
    database: Database = current_app.extensions["database"]
    with database.begin(actor=who.subject, trace=g.trace) as session:
        lookups.looked(session, *about.subjects_in(g.path), *g.get("looked", ()))
        lookups.write(session, who, about, str(request.url_rule), refused=True, by_itself=_by_itself())


def _by_itself() -> bool:
    return bool(g.fragment) and request.method == "GET"


def _transaction(
    work: Callable[[Session, Principal], AnyResponse], key: str | None = None, *, again: str = ""
) -> AnyResponse:
    who, about = principal(), cast("About | None", g.about)
    if again and about is not None and about.how not in ("list", "search"):
        about = replace(about, how=again)
    database: Database = current_app.extensions["database"]
    try:
        with (
            database.begin(actor=who.subject, trace=g.trace, key=key, access=who.access_id or None) as session,
            lookups.looking(session, who, about, g.path, opened.read()) as g.looked,
        ):
            answer = work(session, who)
            if not again or lookups.whom(session):
                lookups.write(session, who, about, str(request.url_rule), by_itself=_by_itself())
            if "opened_anew" in session.info:
                opened.keep(answer, session.info["opened"])
            return answer
    except Refused as refused:
        if refused.status in (*lookups.REFUSALS, 429):
            refused_look(who)
        raise


def _shown(result: Any) -> AnyResponse:
    if isinstance(result, Page):
        return frame.rendered(result.template, result.context, result.status)
    if isinstance(result, See):
        return redirect(result.location, 303)
    return cast("AnyResponse", result)


def _get(query: Schema | None) -> Callable[[Verb, dict[str, Any]], AnyResponse]:
    def inside(verb: Verb, path: dict[str, Any]) -> AnyResponse:
        given = dict(path)
        if query is not None:
            given["query"] = _loaded(query, request.args)
        return _transaction(lambda session, who: _shown(verb(session, who, **given)))

    return inside


def _loaded(schema: Schema, sent: forms.Form) -> dict[str, Any]:
    try:
        loaded: dict[str, Any] = schema.load(forms.read(schema, sent), unknown=RAISE)
    except ValidationError as wrong:
        raise Invalid(forms.flat(wrong.messages)) from None
    return loaded


def _post(
    body: Schema | None, again: Verb | None, shows: str, *, decides: bool
) -> Callable[[Verb, dict[str, Any]], AnyResponse]:
    def inside(verb: Verb, path: dict[str, Any]) -> AnyResponse:
        key = _form_key()

        def act(session: Session, who: Principal) -> AnyResponse:
            if not session.info["claimed"]:
                return _sent_before(session, cast("str", key))
            if decides:
                require_sure(who)
            result = verb(session, who, **given)
            if key is not None:
                _remember(session, key, result)
            return _told(result)

        try:
            given = dict(path) | ({"body": _loaded(body, request.form)} if body else {})
            return _transaction(act, key)
        except (Refused, DBAPIError) as error:
            refused = refusal_of(error) if isinstance(error, DBAPIError) else error
            if again is None or refused is None or isinstance(refused, LEADS_AWAY) or refused.status == 503:
                raise
            return _again(again, path, refused, shows)

    return inside


def _form_key() -> str | None:
    sent = request.form.get("form_key", "")
    if not re.fullmatch(r"[A-Za-z0-9_-]{22}", sent):
        return None
    return hashlib.sha256(f"{principal().access_id}\n{request.path}\n{sent}".encode()).hexdigest()


def _remember(session: Session, key: str, result: Any) -> None:
    if isinstance(result, Page) and result.done_at:
        result = See(result.done_at, _("Det er allerede gjort. Det, der kun vises én gang, kan ikke vises igen."))
    if isinstance(result, See):
        told = orjson.dumps({"location": result.location, "message": result.message})
        idempotency.remember(session, key, 303, told)
    else:
        # An act that only shows something has no effect to keep from happening twice.
        session.execute(text("DELETE FROM idempotency WHERE key = :key"), {"key": key})


def _sent_before(session: Session, key: str) -> AnyResponse:
    try:
        _code, told = idempotency.answer_again(session, key)
    except Refused:
        raise Refused(
            "form_sent_before",
            "Formularen er allerede sendt. Se efter, om der stadig er noget, der skal rettes, og send igen.",
            "The form has been sent already. See whether there is still something to change, and send again.",
        ) from None
    return _told(See(**orjson.loads(told)))


def _told(result: Any) -> AnyResponse:
    answer = _shown(result)
    if isinstance(result, See) and result.message:
        undo = (result.undo.action, result.undo.fields) if result.undo else None
        frame.tell(answer, result.message, undo)
    return answer


def _again(again: Verb, path: dict[str, Any], refused: Refused, shows: str) -> AnyResponse:
    def show(session: Session, who: Principal) -> AnyResponse:
        page: Page = again(session, who, **path, typed=request.form)
        known = {"typed": request.form, "errors": frame.errors_of(refused), "refused": frame.words_of(refused)}
        answer = _shown(Page(page.template, page.context | known, refused.status))
        frame.wait(answer, refused)
        return answer

    return _transaction(show, again=shows)


__all__ = ["EVERYBODY", "PUBLIC", "Page", "Pages", "Response", "See", "Undo", "principal"]
