"""An agreement made longer, shorter or annulled, and a draft given other terms: shown first, then done."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.api import PLACEMENT, PLACEMENT_CHANGE
from services.matching.pages import pages, said
from services.matching.pages.matches import about_match
from services.matching.rules import changes as rules
from services.matching.schemas.changes import ChangeBody, DropChange, NewChange
from services.matching.use_cases import changes
from shared.auth import CONSULTANTS, Principal
from shared.pages import Page, See, Undo

HOME = "/match/aftale/<uuid:placement_id>"
MAKES = {
    "awaiting_statements": (rules.TERMS, rules.ANNULLED),
    "agreed": (rules.EXTENDED, rules.SHORTENED, rules.ANNULLED),
    "refused": (),
}


def _shown(session: Session, placement_id: UUID, typed: Any = None) -> dict[str, Any]:
    placement = queries.placement(session, None, placement_id)
    shown = about_match(session, queries.match(session, placement.match_id))
    shown["crumbs"] += [(_("Aftale"), f"/match/aftale/{placement_id}"), (_("Ændr"), None)]
    kinds = said.choices("change", MAKES[placement.state])
    return shown | {"placement": placement, "kinds": kinds, "typed": typed, "planned": None}


@pages.get(f"{HOME}/aendr", roles=CONSULTANTS, about=PLACEMENT)
def change_form(session: Session, _who: Principal, placement_id: UUID, typed: Any = None) -> Page:
    """What shall change, and why."""
    return Page("matching/change.html", _shown(session, placement_id, typed))


@pages.post(f"{HOME}/aendr/proev", roles=CONSULTANTS, about=PLACEMENT, body=ChangeBody, again=change_form)
def try_change(session: Session, _who: Principal, placement_id: UUID, body: dict[str, Any]) -> Page:
    """What the change will do: dates, hours, ratio, whose approval it takes; nothing is done yet."""
    planned = changes.plan(session, placement_id, **body)
    shown = _shown(session, placement_id) | {"planned": planned, "body": body}
    if planned.verdict is not None:
        shown["verdict"] = said.verdict(planned.verdict)
    return Page("matching/change.html", shown)


@pages.post(
    f"{HOME}/aendr", roles=CONSULTANTS, about=PLACEMENT_CHANGE, body=NewChange, again=change_form, decides=True
)  # fmt: skip
def make_change(session: Session, who: Principal, placement_id: UUID, body: dict[str, Any]) -> See:
    """The change is made; what takes approvals holds once they are in."""
    made = changes.change(session, placement_id, by=who.subject, **body)
    home = f"/match/aftale/{placement_id}"
    if made.state == "agreed" and made.awaiting:
        undo = Undo(f"{home}/aendr/fortryd", {"number": str(made.number)})
        return See(home, _("Ændringen venter på godkendelse. Indtil da gælder aftalen, som den var."), undo)
    if made.state == "refused":
        return See(home, _("Aftalen er annulleret."))
    return See(home, _("Aftalen er ændret."))


@pages.post(
    f"{HOME}/aendr/fortryd", roles=CONSULTANTS, about=PLACEMENT_CHANGE, body=DropChange, again=change_form,
    decides=True)  # fmt: skip
def drop_change(session: Session, who: Principal, placement_id: UUID, body: dict[str, Any]) -> See:
    """A change that waits was not wanted after all."""
    changes.take_back(session, placement_id, by=who.subject, **body)
    return See(f"/match/aftale/{placement_id}", _("Ændringen er trukket tilbage. Aftalen er, som den var."))
