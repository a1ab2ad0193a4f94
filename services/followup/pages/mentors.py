"""A mentor's link: made by whoever follows the placement, taken by the mentor after signing in.

The link's code is a key: it is moved out of the address at once, so that it stays in no history.
"""

from uuid import UUID

from flask import current_app, redirect, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from services.followup import queries, schemas
from services.followup.api import FOLLOWERS, PLACEMENT_CHANGE
from services.followup.pages import pages
from services.followup.pages.board import HOME
from services.followup.pages.placements import LIST
from services.followup.use_cases import mentors
from shared.auth import Principal
from shared.lookups import NOBODY
from shared.pages import Page, See
from shared.sessions import Sessions

TAKE = f"{HOME}/mentor"
LINK_COOKIE, LINK_SECONDS = "__Host-jobbutik-mentor", 900


@pages.post(f"{LIST}/<uuid:placement_id>/mentor", roles=FOLLOWERS, about=PLACEMENT_CHANGE)
def invite(session: Session, principal: Principal, placement_id: UUID) -> Page:
    """The link, shown on this answer alone."""
    made = mentors.invite_mentor(session, principal, placement_id)
    found = queries.placement(session, principal, placement_id)
    link = f"{current_app.extensions['settings'].public_url}{TAKE}?code={made['code']}"
    crumbs = [(_("Opfølgning"), HOME), (_("Et forløb"), f"{LIST}/{placement_id}"), (_("Link til mentor"), None)]
    return Page("followup/mentor_link.html", {
        "link": link, "made": made, "placement": found, "crumbs": crumbs,
    }, done_at=f"{LIST}/{placement_id}")  # fmt: skip


@pages.post(f"{LIST}/<uuid:placement_id>/mentor/<uuid:invitation_id>/fortryd", roles=FOLLOWERS, about=PLACEMENT_CHANGE)
def withdraw(session: Session, principal: Principal, placement_id: UUID, invitation_id: UUID) -> See:
    """Nobody can take the link any more."""
    mentors.withdraw_invitation(session, principal, placement_id, invitation_id)
    return See(f"{LIST}/{placement_id}", _("Linket er trukket tilbage og kan ikke bruges."))


@pages.get(TAKE, roles=("mentor",), about=NOBODY, query=schemas.InvitationLink)
def see_invitation(_session: Session, principal: Principal, query: dict[str, str | None]) -> Page | AnyResponse:
    """What taking the link means, before it is taken."""
    sessions: Sessions = current_app.extensions["sessions"]
    use = f"mentor-link:{principal.access_id}"
    if query["code"]:
        answer = redirect(TAKE, 303)
        kept = sessions.conceal(query["code"].encode(), use)
        answer.set_cookie(LINK_COOKIE, kept, max_age=LINK_SECONDS, secure=True, httponly=True, samesite="Lax")
        return answer
    code = sessions.reveal(request.cookies.get(LINK_COOKIE), use)
    return _question(code.decode() if code else "")


def _question(code: str) -> Page:
    return Page("followup/mentor_take.html", {"code": code, "crumbs": [(_("Bliv mentor"), None)]})


def _again(_session: Session, _principal: Principal, typed: dict[str, str]) -> Page:
    return _question(typed.get("code", ""))


@pages.post(TAKE, roles=("mentor",), about=NOBODY, body=schemas.InvitationCode, again=_again)
def take(session: Session, principal: Principal, body: dict[str, str]) -> See:
    """From now on the placement stands on the mentor's own page."""
    mentors.take_invitation(session, principal, **body)
    return See(HOME, _("Du er nu mentor. Her er forløbet og de næste samtaler."))
