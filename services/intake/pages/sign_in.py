"""Signing in and out, and one's own open sessions.

The provider is asked before a transaction begins: it is another house's service, and may take its time.
"""

from collections.abc import Callable
from uuid import UUID

from flask import current_app, g, redirect, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from services.intake.models import Citizen
from services.intake.pages import blueprint, pages
from services.intake.rules import SessionLength
from services.intake.use_cases import POLICY, sessions
from shared import clock, frame, limits
from shared.auth import Principal
from shared.database import Database
from shared.errors import Refused
from shared.events.codes import EASY_DANISH
from shared.identity import Identity, NoAccess, ProviderAway, SignInFailed
from shared.limits import Limit
from shared.lookups import NOBODY
from shared.openid import BEGUN_SECONDS, CALLBACK, SIGNED_OUT, OpenIdConnect
from shared.pages import EVERYBODY, PUBLIC, Page, See
from shared.sessions import Sessions
from shared.site import own_path, speak

BEGUN_COOKIE, BEGUN = "__Host-jobbutik-login", "sign-in"
ENDED_COOKIE, ENDED, ENDED_SECONDS = "__Host-jobbutik-logud", "sign-out", 60
Door = Callable[[], AnyResponse]
# What the desk wrote down, and the pages' own name of it; Danish is spoken without being asked.
TONGUES = {EASY_DANISH: frame.EASY, "en": "en"}


def _open_to_all(rule: str) -> Callable[[Door], Door]:
    """A page without a transaction of its own."""

    def register(door: Door) -> Door:
        door.allowed_roles, door.about = PUBLIC, NOBODY  # type: ignore[attr-defined]
        blueprint.add_url_rule(rule, door.__name__, door)
        return door

    return register


def _provider() -> OpenIdConnect:
    if "identity" not in current_app.extensions:
        current_app.extensions["identity"] = OpenIdConnect(current_app.extensions["settings"])
    found: OpenIdConnect = current_app.extensions["identity"]
    return found


def _limit() -> tuple[Database, Limit, str]:
    row = POLICY.row("limit.sign_in_per_address", clock.today())
    return current_app.extensions["database"], Limit.of(row), request.remote_addr or ""


@_open_to_all("/log-ind")
def start_sign_in() -> AnyResponse:
    """Off to the provider; by our public name, as the cookie that waits for the answer belongs to a name."""
    public: str = current_app.extensions["settings"].public_url
    if request.host != public.split("://", 1)[1]:
        return redirect(f"{public}{request.full_path.rstrip('?')}")
    to, hint = own_path(request.args.get("til")), request.args.get("login_hint")
    try:
        address, begun = _provider().start(to, anew="igen" in request.args, hint=hint)
    except ProviderAway as away:
        return _not_signed_in(away)
    answer = redirect(address)
    known: Sessions = current_app.extensions["sessions"]
    answer.set_cookie(
        BEGUN_COOKIE, known.conceal(begun, BEGUN), max_age=BEGUN_SECONDS, secure=True, httponly=True, samesite="Lax"
    )
    return answer


@_open_to_all(CALLBACK)
def finish_sign_in() -> AnyResponse:
    """Back from the provider: a session of its own, or a page that says why not.

    Only what answers a sign-in of this browser counts against its address: any page can make any browser ask for ours.
    """
    known: Sessions = current_app.extensions["sessions"]
    begun = known.reveal(request.cookies.get(BEGUN_COOKIE), BEGUN)
    counts = OpenIdConnect.is_answer(request.args, begun)
    if counts:
        limits.require_room(*_limit())
    if BEGUN_COOKIE not in request.cookies and frame.signed_in():
        return redirect("/")  # an answer that was taken already, by way of the browser's own buttons
    try:
        answer = _signed_in(known, begun)
    except ProviderAway as away:
        answer = _not_signed_in(away)
    except (SignInFailed, NoAccess) as refused:
        if counts:
            limits.hit(*_limit())
        answer = _not_signed_in(refused)
    answer.delete_cookie(BEGUN_COOKIE, secure=True, httponly=True, samesite="Lax")
    return answer


def _not_signed_in(refused: Refused) -> AnyResponse:
    g.open_session = frame.signed_in()
    context = {"words": frame.words_of(refused), "code": refused.code, "crumbs": []}
    answer = frame.rendered("intake/not_signed_in.html", context, refused.status)
    if isinstance(refused, ProviderAway):
        answer.headers["Retry-After"] = "10"
    return answer


def _signed_in(known: Sessions, begun: bytes | None) -> AnyResponse:
    identity, to = _provider().finish(request.args, begun)
    before = frame.signed_in()
    replaces = before.principal.access_id if before else None
    database: Database = current_app.extensions["database"]
    (principal, length), own_language = database.run(
        lambda session: _let_in(session, identity, replaces), actor=identity.own_id
    )
    answer = redirect(own_path(to))
    cookie = known.issue(principal, idle_seconds=length.idle_seconds, absolute_seconds=length.absolute_seconds)
    frame.keep(answer, cookie)
    if own_language and frame.LANGUAGE_COOKIE not in request.cookies:
        speak(answer, own_language)
    return answer


def _let_in(
    session: Session, identity: Identity, replaces: str | None
) -> tuple[tuple[Principal, SessionLength], str | None]:
    """Who it is, for how long, and which of the pages' languages the desk knows that a citizen reads best."""
    found = sessions.sign_in(session, identity, replaces)
    who = found[0]
    citizen = session.get(Citizen, who.citizen_id) if who.kind == "citizen" else None
    return found, TONGUES.get(citizen.language) if citizen else None


@pages.post("/log-ud", roles=PUBLIC, about=NOBODY)
def sign_out(session: Session, principal: Principal) -> AnyResponse:
    """The session ends here and everywhere, then at the provider."""
    if principal.access_id:
        sessions.sign_out(session, principal)
    answer = redirect(SIGNED_OUT, 303)
    frame.forget(answer)
    known: Sessions = current_app.extensions["sessions"]
    answer.set_cookie(
        ENDED_COOKIE, known.conceal(b"", ENDED), max_age=ENDED_SECONDS, secure=True, httponly=True, samesite="Lax"
    )
    return answer


@_open_to_all(SIGNED_OUT)
def signed_out() -> AnyResponse:
    """What somebody sees who has signed out, or whose time was up.

    A form's way may not lead to another house (CSP), so the provider is told by this page, which it sends back here.
    Once for each sign-out, by its cookie: a link to this page ends nobody's session with the provider.
    """
    answer = frame.rendered("intake/signed_out.html", {"crumbs": []})
    known: Sessions = current_app.extensions["sessions"]
    if known.reveal(request.cookies.get(ENDED_COOKIE), ENDED) is None:
        return answer
    answer.delete_cookie(ENDED_COOKIE, secure=True, httponly=True, samesite="Lax")
    if address := _provider().end_address():
        answer.headers["Refresh"] = f"0; url={address}"
    return answer


@pages.get("/session/mine", roles=EVERYBODY, about=NOBODY)
def own_sessions(session: Session, principal: Principal) -> Page:
    """Where one is signed in."""
    return Page(
        "intake/own_sessions.html",
        {"sign_ins": sessions.own_sessions(session, principal.subject), "crumbs": [(_("Her er du logget ind"), None)]},
    )


@pages.post("/session/mine/alle/slut", roles=EVERYBODY, about=NOBODY)
def end_other_sessions(session: Session, principal: Principal) -> See:
    """All of them end, but the one that asks."""
    sessions.end_all(session, principal.subject, but=principal.access_id)
    return See("/session/mine", _("Du er logget ud alle andre steder."))


@pages.post("/session/mine/<uuid:sign_in_id>/slut", roles=EVERYBODY, about=NOBODY)
def end_own_session(session: Session, principal: Principal, sign_in_id: UUID) -> See:
    """One of them ends."""
    sessions.end_own(session, principal, sign_in_id)
    return See("/session/mine", _("Du er logget ud det andet sted."))
