"""The job guarantee: what was promised, month by month, how the demands are met, and its conclusion."""

from typing import Any
from uuid import UUID

from flask_babel import format_date
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.followup import queries, rules, schemas
from services.followup.api import FOLLOWERS, PLACEMENT, PLACEMENT_CHANGE
from services.followup.pages import pages
from services.followup.pages.board import HOME
from services.followup.pages.placements import LIST
from services.followup.use_cases import guarantees
from shared.auth import Principal
from shared.pages import Page, See, Undo

OF = f"{LIST}/<uuid:placement_id>/jobgaranti"


def _at(placement_id: UUID) -> str:
    return f"{LIST}/{placement_id}/jobgaranti"


@pages.get(OF, roles=FOLLOWERS, about=PLACEMENT)
def see_guarantee(session: Session, principal: Principal, placement_id: UUID, typed: Any = None) -> Page:
    """The promise and its progress, or the form that makes it."""
    found = queries.guarantee(session, principal, placement_id)
    months = [(format_date(line["month"], "MMM y"), line) for line in found["months"]]
    return Page("followup/guarantee.html", found | {
        "typed": typed,
        "charts": {kind: [(month, line[f"{kind}_hours"]) for month, line in months] for kind in ("placement", "paid")},
        "judged": {one["criterion"]: one for one in found["assessments"]},
        "criteria": rules.CRITERIA,
        "outcomes": rules.GUARANTEE_OUTCOMES,
        "reasons": schemas.NOT_KEPT,
        "crumbs": [(_("Opfølgning"), HOME), (_("Et forløb"), f"{LIST}/{placement_id}"), (_("Jobgaranti"), None)],
    })  # fmt: skip


@pages.post(OF, roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.GuaranteeBody, again=see_guarantee)
def agree_guarantee(session: Session, principal: Principal, placement_id: UUID, body: dict[str, Any]) -> See:
    """A job is promised."""
    made = guarantees.agree(session, placement_id, agreed_by=principal.subject, **body)
    undo = Undo(f"{_at(placement_id)}/slet", {"version": str(made.version)})
    return See(_at(placement_id), _("Jobgarantien er noteret."), undo)


@pages.post(f"{OF}/slet", roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.GuaranteeUndo, again=see_guarantee)
def withdraw_guarantee(session: Session, _principal: Principal, placement_id: UUID, body: dict[str, int]) -> See:
    """None was promised after all."""
    guarantees.withdraw(session, placement_id, **body)
    return See(_at(placement_id), _("Der er ingen jobgaranti."))


@pages.post(f"{OF}/vurder", roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.AssessmentBody, again=see_guarantee)
def assess_guarantee(session: Session, principal: Principal, placement_id: UUID, body: dict[str, bool]) -> See:
    """How the three demands are met today."""
    guarantees.assess(session, placement_id, met=body, made_by=principal.subject)
    return See(_at(placement_id), _("Vurderingen er noteret. Notér den igen, hvis den er forkert."))


@pages.post(f"{OF}/afslut", roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.GuaranteeEnd, again=see_guarantee)
def conclude_guarantee(session: Session, principal: Principal, placement_id: UUID, body: dict[str, Any]) -> See:
    """Kept, or not and why."""
    ended = guarantees.conclude(session, placement_id, made_by=principal.subject, **body)
    undo = Undo(f"{_at(placement_id)}/fortryd", {"version": str(ended.version)})
    return See(_at(placement_id), _("Jobgarantien er afsluttet."), undo)


@pages.post(f"{OF}/fortryd", roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.GuaranteeUndo, again=see_guarantee)
def reopen_guarantee(session: Session, _principal: Principal, placement_id: UUID, body: dict[str, int]) -> See:
    """It was not concluded after all."""
    guarantees.reopen(session, placement_id, **body)
    return See(_at(placement_id), _("Jobgarantien er åben igen."))
