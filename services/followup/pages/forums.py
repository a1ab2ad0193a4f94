"""A family's meeting, to be noted otherwise, with how it was noted before."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.followup import queries, rules, schemas
from services.followup.api import FOLLOWERS
from services.followup.api.families import FAMILY, FAMILY_CHANGE
from services.followup.pages import pages
from services.followup.pages.board import HOME
from services.followup.pages.families import named_there
from services.followup.use_cases import forums
from shared.auth import Principal
from shared.pages import Page, See, Undo

ONE = f"{HOME}/familie/<uuid:family_id>/moede/<uuid:forum_id>"


@pages.get(ONE, roles=FOLLOWERS, about=FAMILY)
def see_forum(session: Session, principal: Principal, family_id: UUID, forum_id: UUID, typed: Any = None) -> Page:
    """The meeting as it stands, and before."""
    found = queries.forum(session, principal, family_id, forum_id)
    return Page("followup/forum.html", {
        "it": found,
        "names": {side: ", ".join(name for at, name in found["there"] if at == side) for side in rules.SIDES},
        "typed": typed,
        "crumbs": [(_("Opfølgning"), HOME), (_("Familieplan"), f"{HOME}/familie/{family_id}"), (_("Mødet"), None)],
    })  # fmt: skip


@pages.post(ONE, roles=FOLLOWERS, about=FAMILY_CHANGE, body=schemas.ForumEditForm, again=see_forum)
def edit_forum(session: Session, principal: Principal, family_id: UUID, forum_id: UUID, body: dict[str, Any]) -> See:
    """It was noted wrongly."""
    told = {"version": body["version"], "held_on": body["held_on"], "decisions": body["decisions"]}
    row = forums.edit(session, principal, family_id, forum_id, there=named_there(body), **told)
    here = f"{HOME}/familie/{family_id}/moede/{forum_id}"
    return See(here, _("Mødet er rettet."), Undo(f"{here}/fortryd", {"version": str(row.version)}))


@pages.post(f"{ONE}/fortryd", roles=FOLLOWERS, about=FAMILY_CHANGE, body=schemas.ForumUndo, again=see_forum)
def take_edit_back(
    session: Session, principal: Principal, family_id: UUID, forum_id: UUID, body: dict[str, int]
) -> See:
    """It was right before."""
    forums.take_back(session, principal, family_id, forum_id, **body)
    return See(f"{HOME}/familie/{family_id}/moede/{forum_id}", _("Mødet er, som det var før."))
