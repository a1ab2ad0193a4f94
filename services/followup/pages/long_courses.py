"""A longer course: the citizen's placements one after the other, and what a person found at the end."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.followup import queries, rules, schemas
from services.followup.api import FOLLOWERS, PLACEMENT, PLACEMENT_CHANGE
from services.followup.pages import pages
from services.followup.pages.board import HOME
from services.followup.pages.placements import LIST
from services.followup.use_cases import long_courses
from shared.auth import Principal
from shared.pages import Page, See, Undo

OF = f"{LIST}/<uuid:placement_id>/langt-forloeb"


def _at(placement_id: UUID) -> str:
    return f"{LIST}/{placement_id}/langt-forloeb"


@pages.get(OF, roles=FOLLOWERS, about=PLACEMENT)
def see_long_course(session: Session, principal: Principal, placement_id: UUID, typed: Any = None) -> Page:
    """All the places, this one's part, and what was found."""
    found = queries.long_course(session, principal, placement_id)
    return Page("followup/long_course.html", found | {
        "said_version": found.pop("version"),
        "typed": typed,
        "roles": rules.ROLES,
        "outcomes": rules.CLARIFIED,
        "crumbs": [(_("Opfølgning"), HOME), (_("Et forløb"), f"{LIST}/{placement_id}"), (_("Langt forløb"), None)],
    })  # fmt: skip


@pages.post(OF, roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.RoleBody, again=see_long_course)
def give_role(session: Session, principal: Principal, placement_id: UUID, body: dict[str, str | None]) -> See:
    """First or last of several, or neither."""
    before = queries.long_course_row(session, placement_id)
    former = before.role if before else None
    long_courses.give_role(session, principal, placement_id, **body)
    return See(
        _at(placement_id), _("Stedets plads i forløbet er gemt."), Undo(_at(placement_id), {"role": former or ""})
    )


@pages.post(f"{OF}/afklaring", roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.ClarifiedBody,
            again=see_long_course)  # fmt: skip
def clarify_course(session: Session, principal: Principal, placement_id: UUID, body: dict[str, Any]) -> See:
    """What a person found at the end."""
    said = long_courses.clarify(session, principal, placement_id, **body)
    undo = Undo(f"{_at(placement_id)}/fortryd", {"version": str(said.version)})
    return See(_at(placement_id), _("Afklaringen er noteret."), undo)


@pages.post(f"{OF}/fortryd", roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.ClarifiedUndo,
            again=see_long_course)  # fmt: skip
def take_clarification_back(session: Session, _principal: Principal, placement_id: UUID, body: dict[str, int]) -> See:
    """It was not found after all."""
    long_courses.take_back(session, placement_id, **body)
    return See(_at(placement_id), _("Afklaringen er taget tilbage."))
