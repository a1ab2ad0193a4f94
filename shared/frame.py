"""What hangs round every page: language, navigation, messages, errors, security headers, the session's renewal."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import orjson
from babel import dates, numbers
from flask import Flask, Response, current_app, g, make_response, redirect, render_template, request
from flask_babel import Babel, get_locale
from jinja2 import FileSystemLoader
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from shared import VERSION, calendar, clock, forms
from shared.config import Settings
from shared.crypto import keyed_hash
from shared.errors import Forbidden, Refused, TooMany, Unauthenticated
from shared.events.codes import Words
from shared.navigation import HOME_OF_SERVICE, entries
from shared.sessions import COOKIE, OPENED_COOKIE, OpenSession, Sessions

HERE = Path(__file__).resolve().parent
BUILT = HERE / "static/built"
FLASH_COOKIE, LANGUAGE_COOKIE = "__Host-jobbutik-besked", "__Host-jobbutik-sprog"
LANGUAGES = ("da", "en")
# By the names of their catalogues; the easy one says what citizens read and leaves the rest as it is.
EASY = "da@let"
TONGUES = {"da": "Dansk", EASY: "Let dansk", "en": "English"}
MOST_FLASH_BYTES = 1500
DESK = {"staff", "partner"}
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class ForeignForm(Forbidden):
    """A form that was not ours, or from a session that is over."""

    def __init__(self) -> None:
        super().__init__()
        self.code = "foreign_form"
        self.danish = "Formularen hører ikke til din session. Gå tilbage, hent siden igen, og send den på ny."
        self.english = "The form does not belong to your session. Go back, load the page again, and resend it."


def register(app: Flask, service: str) -> None:
    """Languages, templates and what they can call."""
    app.config.update(BABEL_DEFAULT_LOCALE="da", BABEL_TRANSLATION_DIRECTORIES=str(HERE / "translations"))
    Babel(app, locale_selector=tongue)
    app.jinja_loader = FileSystemLoader([HERE.parent / f"services/{service}/templates", HERE / "templates"])
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.jinja_env.filters.update(day=day, moment=moment, short_day=short_day, clock=time_of_day, number=number)
    app.jinja_env.filters.update(kroner=kroner, written=forms.written, telephone=forms.telephone)
    app.context_processor(_context)


def tongues() -> dict[str, str]:
    """The languages to choose from, with their names; the easy one is for citizens and for who has not signed in."""
    session: OpenSession | None = g.get("open_session")
    easy = session is None or session.principal.kind == "citizen"
    return {code: name for code, name in TONGUES.items() if easy or code != EASY}


def tongue() -> str:
    """The one that the reader chose, Danish unless they chose."""
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    return chosen if chosen in tongues() else "da"


def language() -> str:
    """ "da" or "en", as the reader chose; easy Danish is Danish."""
    return tongue()[:2]


def signed_in() -> OpenSession | None:
    """The session of this request's cookie."""
    sessions: Sessions = current_app.extensions["sessions"]
    return sessions.read(request.cookies.get(COOKIE))


@cache
def _manifest() -> dict[str, str]:
    file = BUILT / "manifest.json"
    found: dict[str, str] = orjson.loads(file.read_bytes()) if file.exists() else {}
    return found


def asset(name: str) -> str:
    """The address of a built file; its content hash is in the name, so it may be kept for ever."""
    return f"/static/{_manifest().get(name, name)}"


def _context() -> dict[str, Any]:
    settings: Settings = current_app.extensions["settings"]
    session: OpenSession | None = g.get("open_session")
    sessions: Sessions = current_app.extensions["sessions"]
    who = session.principal if session else None
    return {
        "principal": who,
        "language": language(),
        "other_tongues": {code: name for code, name in tongues().items() if code != tongue()},
        "nav": entries(who, request.path),
        "search": bool(who and (who.is_staff or "company_employee" in who.roles)),
        "layout": ("desk" if who.kind in DESK else "phone" if who.kind in {"mentor", "citizen"} else "plain")
        if who
        else "plain",
        "csrf": sessions.csrf_token(who) if who else "",
        "form_key": secrets.token_urlsafe(16),
        "flash": g.get("flash"),
        "session_ends": session.over_at * 1000 if session else None,
        "subject_hash": keyed_hash(settings.session_keys, who.subject.encode()) if who else "",
        "session_url": f"{HOME_OF_SERVICE[settings.service]}/session",
        "asset": asset,
        "today": clock.today(),
        "service": settings.service,
        "authority": settings.authority,
        "version": VERSION,
        "demo": settings.mode == "demo",
    }


def rendered(template: str, context: Mapping[str, Any], status: int = 200) -> AnyResponse:
    """A page or fragment; a page takes the message that waits for it."""
    whole = not g.get("fragment")
    if whole:
        g.flash = _flash()
    answer = make_response(render_template(template, **context), status)
    if whole and g.flash:
        answer.delete_cookie(FLASH_COOKIE, secure=True, httponly=True, samesite="Lax")
    return answer


def tell(answer: AnyResponse, message: str, undo: tuple[str, Mapping[str, str | list[str]]] | None) -> None:
    """Leave a message for the next page; in a cookie that only we can read, as it may name a person."""
    sessions: Sessions = current_app.extensions["sessions"]
    content = orjson.dumps({"message": message[:MOST_FLASH_BYTES], "undo": undo})
    answer.set_cookie(
        FLASH_COOKIE, sessions.conceal(content, _for_whom()), max_age=60, secure=True, httponly=True, samesite="Lax"
    )


def _for_whom() -> str:
    """A message is for the session it was written in; whoever uses the browser next does not read it."""
    session: OpenSession | None = g.get("open_session")
    return f"flash:{session.principal.access_id if session else ''}"


def _flash() -> dict[str, Any] | None:
    sessions: Sessions = current_app.extensions["sessions"]
    raw = sessions.reveal(request.cookies.get(FLASH_COOKIE), _for_whom())
    found: dict[str, Any] | None = orjson.loads(raw) if raw else None
    return found


def finished(answer: AnyResponse) -> AnyResponse:
    """The session's cookie, renewed where a person asked for the page."""
    session: OpenSession | None = g.get("open_session")
    sessions: Sessions = current_app.extensions["sessions"]
    if session and not g.get("fragment") and (value := sessions.renewed(session)) and "signed_out" not in g:
        keep(answer, value)
    return answer


def keep(answer: AnyResponse, cookie: str) -> None:
    """Give the browser a session cookie, for as long as the browser is open."""
    answer.set_cookie(COOKIE, cookie, secure=True, httponly=True, samesite="Lax")


def forget(answer: AnyResponse) -> None:
    """Take the session cookie back."""
    g.signed_out = True
    for name in (COOKIE, FLASH_COOKIE, OPENED_COOKIE):
        answer.delete_cookie(name, secure=True, httponly=True, samesite="Lax")


def words_of(refused: Refused) -> str:
    """What a refusal says, in the reader's language."""
    return refused.english if language() == "en" else refused.danish


def chosen(words: Words) -> str:
    """A code's words in the reader's language."""
    return words.english if language() == "en" else words.danish


def day_begins(value: date | None, days_later: int = 0) -> datetime | None:
    """Midnight in Denmark at the beginning of a day, or of one after it."""
    return calendar.danish_time(value + timedelta(days=days_later), 0) if value else None


def errors_of(refused: Refused) -> dict[str, str]:
    """Messages per field in the reader's language; they come as "Dansk. / English."."""
    index = LANGUAGES.index(language())
    return {name: (message.split(" / ", 1) * 2)[index] for name, message in refused.fields.items()}


def is_page() -> bool:
    """True where a browser asks for something to look at, not a machine for data."""
    return not request.path.startswith(("/api/", "/livez", "/readyz", "/metrics"))


def refusal(refused: Refused) -> AnyResponse:
    """A refusal as a page; a visitor who needs to sign in is shown the way there and back."""
    if isinstance(refused, Unauthenticated) and not g.get("fragment") and request.method == "GET":
        answer = redirect(f"/log-ind?{urlencode({'til': request.full_path.rstrip('?')})}")
        if COOKIE in request.cookies:
            forget(answer)
        return answer
    g.setdefault("open_session", signed_in())
    template = "error_fragment.html" if g.get("fragment") else "error.html"
    context = {
        "status": refused.status,
        "refused": words_of(refused),
        "code": refused.code,
        "crumbs": [],
        "errors": errors_of(refused),
        "again_at": _came_from(),
    }
    answer = make_response(render_template(template, trace_id=g.trace.correlation_id, **context), refused.status)
    wait(answer, refused)
    if isinstance(refused, Unauthenticated):
        forget(answer)
    return answer


def wait(answer: AnyResponse, refused: Refused) -> None:
    """Tell the browser when to try again, where that helps."""
    if isinstance(refused, TooMany):
        answer.headers["Retry-After"] = str(refused.retry_after)
    if refused.status == 503:
        answer.headers["Retry-After"] = "2"


def _came_from() -> str:
    """Where to go on after signing in anew: this page, or the one whose form was sent."""
    if request.method == "GET":
        return request.full_path.rstrip("?")
    return urlsplit(request.referrer or "/").path


def harden(answer: Response) -> None:
    """The headers of every answer."""
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    settings: Settings = current_app.extensions["settings"]
    if settings.public_url.startswith("https://"):
        answer.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"


def day(value: date | datetime | None) -> str:
    """ "12. november 2026" and "12 November 2026"; a moment's Danish day."""
    if isinstance(value, datetime):
        value = calendar.danish_day(value)
    return short_day(value, "d. MMMM y") if value else ""


def short_day(value: date, pattern: str = "d. MMM y") -> str:
    """ "12. nov. 2026" and "12 Nov 2026"; a Danish pattern, whose full stop after the day English leaves out."""
    return dates.format_date(value, pattern.replace("d.", "d") if language() == "en" else pattern, locale=_locale())


def time_of_day(value: datetime | None) -> str:
    """ "9.05" and "9:05", Danish time."""
    pattern = "H:mm" if language() == "en" else "H.mm"
    return dates.format_time(value.astimezone(calendar.DENMARK), pattern, locale=_locale()) if value else ""


def moment(value: datetime | None) -> Markup | str:
    """ "12. november 2026 kl. 9.05", with the exact time for machines."""
    if value is None:
        return ""
    at = "kl." if language() == "da" else "at"
    said = f"{day(value)} {at}\N{NO-BREAK SPACE}{time_of_day(value)}"
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), said)


def number(value: float | None, decimals: int = 0) -> str:
    """ "1.234,5"."""
    pattern = "#,##0" + ("." + "#" * decimals if decimals else "")
    return numbers.format_decimal(value, pattern, locale=_locale()) if value is not None else ""


def kroner(value: float | None) -> str:
    """ "1.234,50 kr."."""
    return f"{numbers.format_decimal(value, '#,##0.00', locale=_locale())} kr." if value is not None else ""


def _locale() -> str:
    return "en_GB" if str(get_locale()) == "en" else "da_DK"
