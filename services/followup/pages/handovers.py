"""Cases change hands: asked for, accepted line by line, refused, taken back; a holiday's come back by themselves."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.followup import queries, rules, schemas
from services.followup.api import FOLLOWERS, PLACEMENTS
from services.followup.api.handovers import HANDED
from services.followup.pages import pages
from services.followup.pages.board import HOME
from services.followup.use_cases import cases, handovers
from shared.auth import Principal
from shared.pages import Page, See, Undo

ALL = f"{HOME}/overdragelse"
ONE = f"{ALL}/<uuid:hand_over_id>"
CASE = f"{ONE}/sag/<uuid:placement_id>"


@pages.get(ALL, roles=FOLLOWERS, about=PLACEMENTS)
def see_hand_overs(session: Session, principal: Principal, typed: Any = None) -> Page:
    """What waits for an answer, what was asked, and the form that asks."""
    names = cases.known(session, principal)
    return Page("followup/hand_overs.html", {
        "items": queries.hand_overs(session, principal),
        "own": queries.own_cases(session, principal),
        "names": names,
        "kinds": rules.HAND_OVERS,
        "typed": typed,
        "crumbs": [(_("Opfølgning"), HOME), (_("Overdragelse"), None)],
    })  # fmt: skip


@pages.post(ALL, roles=FOLLOWERS, about=HANDED, body=schemas.HandOverBody, again=see_hand_overs, shows="list")
def ask_hand_over(session: Session, principal: Principal, body: dict[str, Any]) -> See:
    """A colleague is asked."""
    made = handovers.ask(session, principal, **body)
    told = _("Din kollega er spurgt. Sagerne er dine, til der er kvitteret for dem.")
    return See(f"{ALL}/{made.id}", told, Undo(f"{ALL}/{made.id}/fortryd"))


@pages.get(ONE, roles=FOLLOWERS, about=PLACEMENTS)
def see_hand_over(session: Session, principal: Principal, hand_over_id: UUID, typed: Any = None) -> Page:
    """Its cases, line by line."""
    found = queries.hand_over(session, hand_over_id)
    return Page("followup/hand_over.html", {
        "made": found,
        "names": queries.colleagues(session),
        "asks": principal.subject in (found["from_owner"], found["made_by"]),
        "receives": found["to_owner"] == principal.subject,
        "typed": typed,
        "crumbs": [(_("Opfølgning"), HOME), (_("Overdragelse"), ALL), (_("En overdragelse"), None)],
    })  # fmt: skip


def _again(session: Session, principal: Principal, hand_over_id: UUID, typed: Any, **_ids: UUID) -> Page:
    page: Page = see_hand_over(session, principal, hand_over_id, typed)
    return page


@pages.post(f"{CASE}/linje/<uuid:line_id>", roles=FOLLOWERS, about=HANDED, again=_again, shows="list")
def accept_line(session: Session, principal: Principal, hand_over_id: UUID, placement_id: UUID, line_id: UUID) -> See:
    """That promise is seen."""
    return _accepted(
        hand_over_id, placement_id, handovers.accept(session, principal, hand_over_id, placement_id, line_id)
    )


@pages.post(f"{CASE}/kvitter", roles=FOLLOWERS, about=HANDED, again=_again, shows="list")
def accept_case(session: Session, principal: Principal, hand_over_id: UUID, placement_id: UUID) -> See:
    """Every promise of the case is seen."""
    return _accepted(hand_over_id, placement_id, handovers.accept(session, principal, hand_over_id, placement_id, None))


def _accepted(hand_over_id: UUID, placement_id: UUID, passed: bool) -> See:
    told = (
        _("Du har kvitteret for det hele. Sagen er nu din.") if passed else _("Du har kvitteret. Se resten af sagen.")
    )
    return See(f"{ALL}/{hand_over_id}", told, Undo(f"{ALL}/{hand_over_id}/sag/{placement_id}/fortryd"))


@pages.post(f"{CASE}/afvis", roles=FOLLOWERS, about=HANDED, again=_again, shows="list")
def refuse_case(session: Session, principal: Principal, hand_over_id: UUID, placement_id: UUID) -> See:
    """The case stays where it is."""
    handovers.refuse(session, principal, hand_over_id, placement_id)
    undo = Undo(f"{ALL}/{hand_over_id}/sag/{placement_id}/fortryd")
    return See(f"{ALL}/{hand_over_id}", _("Du har sagt nej til sagen. Den bliver, hvor den er."), undo)


@pages.post(f"{CASE}/fortryd", roles=FOLLOWERS, about=HANDED, again=_again, shows="list")
def undo_answer(session: Session, principal: Principal, hand_over_id: UUID, placement_id: UUID) -> See:
    """The answer counts no more."""
    handovers.undo(session, principal, hand_over_id, placement_id)
    return See(f"{ALL}/{hand_over_id}", _("Dit svar på sagen er slettet."))


@pages.post(f"{ONE}/fortryd", roles=FOLLOWERS, about=HANDED, again=_again, shows="list")
def withdraw_hand_over(session: Session, principal: Principal, hand_over_id: UUID) -> See:
    """Nothing more is asked."""
    handovers.withdraw(session, principal, hand_over_id)
    return See(ALL, _("Overdragelsen er taget tilbage. Sager, der er givet, bliver, og en vikar slutter nu."))
