"""A mentor's link: made by whoever follows the placement, taken by the mentor after signing in."""

from uuid import UUID

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.followup import queries, schemas, use_cases
from services.followup.api import FOLLOWERS, PLACEMENT_CHANGE
from services.followup.pages import pages
from services.followup.pages.board import HOME
from services.followup.pages.placements import LIST
from shared.auth import Principal
from shared.lookups import NOBODY
from shared.pages import Page, See

TAKE = f"{HOME}/mentor"


@pages.post(f"{LIST}/<uuid:placement_id>/mentor", roles=FOLLOWERS, about=PLACEMENT_CHANGE)
def invite(session: Session, principal: Principal, placement_id: UUID) -> Page:
    """The link, shown on this answer alone."""
    made = use_cases.invite_mentor(session, principal, placement_id)
    found = queries.placement(session, principal, placement_id)
    link = f"{current_app.extensions['settings'].public_url}{TAKE}?code={made['code']}"
    crumbs = [(_("Opfølgning"), HOME), (_("Et forløb"), f"{LIST}/{placement_id}"), (_("Link til mentor"), None)]
    return Page("followup/mentor_link.html", {
        "link": link, "ends_at": made["ends_at"], "placement": found, "crumbs": crumbs,
    }, done_at=f"{LIST}/{placement_id}")  # fmt: skip


@pages.get(TAKE, roles=("mentor",), about=NOBODY, query=schemas.InvitationCode)
def see_invitation(_session: Session, _principal: Principal, query: dict[str, str]) -> Page:
    """What taking the link means, before it is taken."""
    return Page("followup/mentor_take.html", {"code": query["code"], "crumbs": [(_("Bliv mentor"), None)]})


def _again(_session: Session, _principal: Principal, typed: dict[str, str]) -> Page:
    return Page("followup/mentor_take.html", {"code": typed.get("code", ""), "crumbs": [(_("Bliv mentor"), None)]})


@pages.post(TAKE, roles=("mentor",), about=NOBODY, body=schemas.InvitationCode, again=_again)
def take(session: Session, principal: Principal, body: dict[str, str]) -> See:
    """From now on the placement stands on the mentor's own page."""
    use_cases.take_invitation(session, principal, **body)
    return See(HOME, _("Du er nu mentor. Her er forløbet og de næste samtaler."))
