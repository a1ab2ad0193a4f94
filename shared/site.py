"""Pages that every service can give, so that they are there whichever of them is away: front page, duties, files."""

from typing import Any
from urllib.parse import urlsplit

import orjson
from flask import Blueprint, Flask, Response, current_app, g, make_response, redirect, request, send_from_directory
from werkzeug.wrappers import Response as AnyResponse

from shared import frame, navigation
from shared.config import Settings
from shared.crypto import keyed_hash
from shared.database import Database
from shared.errors import Unauthenticated
from shared.lookups import NOBODY
from shared.pages import PUBLIC
from shared.sessions import OpenSession, Sessions

YEAR_SECONDS = 31_536_000
MOST_PATH_BYTES = 1000


def own_path(wanted: str | None) -> str:
    """A path of ours to go on to; the front page for anything that would lead elsewhere, or not go into a cookie."""
    wanted = wanted or "/"
    if len(wanted.encode(errors="replace")) > MOST_PATH_BYTES:
        return "/"
    plain = wanted.startswith("/") and not wanted.startswith("//") and wanted.isprintable() and "\\" not in wanted
    return wanted if plain and not urlsplit(wanted).netloc else "/"


def _start() -> AnyResponse:
    g.open_session = frame.signed_in()
    if g.open_session:
        return redirect(navigation.home(g.open_session.principal))
    return frame.rendered("start.html", {"crumbs": []})


def _duty(template: str) -> Any:
    def view() -> AnyResponse:
        g.open_session = frame.signed_in()
        return frame.finished(frame.rendered(template, {"crumbs": []}))

    return view


def _language() -> AnyResponse:
    chosen = request.args.get("sprog", "")
    answer = redirect(own_path(request.args.get("til")), 303)
    if chosen in frame.TONGUES:
        speak(answer, chosen, YEAR_SECONDS)
    return answer


def speak(answer: AnyResponse, tongue: str, seconds: int | None = None) -> None:
    """Pages are in that language from now on; for as long as the browser is open where no time is said."""
    answer.set_cookie(frame.LANGUAGE_COOKIE, tongue, max_age=seconds, secure=True, samesite="Lax")


def _static(name: str) -> Response:
    answer = send_from_directory(frame.BUILT, name, max_age=YEAR_SECONDS)
    answer.headers["Cache-Control"] = f"public, max-age={YEAR_SECONDS}, immutable"
    return answer


def _session_state(settings: Settings, sessions: Sessions) -> Any:
    def view() -> AnyResponse:
        """When the session ends, in epoch milliseconds; asking is a sign that the person is there."""
        session: OpenSession | None = frame.signed_in()
        g.open_session = session
        if session is None:
            raise Unauthenticated
        database: Database = current_app.extensions["database"]
        with database.begin(actor=session.principal.subject, access=session.principal.access_id):
            pass
        seen = sessions.read(sessions.renewed(session)) or session
        content = {
            "ends": seen.over_at * 1000,
            "csrf": sessions.csrf_token(session.principal),
            "subject_hash": keyed_hash(settings.session_keys, session.principal.subject.encode()),
        }
        answer = make_response(orjson.dumps(content), {"Content-Type": "application/json"})
        return frame.finished(answer)

    return view


def register(app: Flask, settings: Settings, sessions: Sessions) -> None:
    """All of them, and the session's state under the service's own address."""
    site = Blueprint("site", __name__)
    rules = {
        "/": ("start", _start),
        "/was": ("accessibility", _duty("was.html")),
        "/privatliv": ("privacy", _duty("privacy.html")),
        "/kontakt": ("contact", _duty("contact.html")),
        "/sprog": ("language", _language),
        "/static/<path:name>": ("static", _static),
        f"{navigation.HOME_OF_SERVICE[settings.service]}/session": ("session", _session_state(settings, sessions)),
    }
    for rule, (name, view) in rules.items():
        site.add_url_rule(rule, name, _open_to_all(view))
    app.register_blueprint(site)


def _open_to_all(view: Any) -> Any:
    def opened(**path: Any) -> AnyResponse:
        answer: AnyResponse = view(**path)
        return answer

    opened.allowed_roles, opened.about = PUBLIC, NOBODY  # type: ignore[attr-defined]
    return opened
