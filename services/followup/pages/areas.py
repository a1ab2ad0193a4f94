"""Area work: for partners counts, for the municipality's own people with dates; both say what for before they see."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.followup import queries, rules, schemas
from services.followup.api import FOLLOWERS
from services.followup.api.areas import AREA, COUNTERS, PROMISE_CHANGE, RESIDENT_CHANGE
from services.followup.pages import pages
from services.followup.pages.board import HOME
from services.followup.use_cases import POLICY, areas, mentoring
from shared import clock, frame
from shared.auth import Principal
from shared.events.codes import Words
from shared.lookups import PURPOSES, About
from shared.pages import Page, See, Undo

ALL, OF = f"{HOME}/omraader", f"{HOME}/borger/<uuid:citizen_id>/omraade"
OF_CITIZEN = About("case", "citizen_id", purpose="follow_up")


def area_names() -> dict[str, str]:
    """The municipality's areas by code, in the reader's language."""
    today = clock.today()
    return {
        code: frame.chosen(Words(*POLICY.row("area.words", today, code).value))
        for code in POLICY.groups("area.words", today)
    }


@pages.get(ALL, roles=COUNTERS, about=AREA, query=schemas.AreaPageQuery)
def see_area(session: Session, principal: Principal, query: dict[str, str | None]) -> Page:
    """One area, once it is said which and what for."""
    return _area(session, principal, query["area"], query["purpose"], None)


def _area(session: Session, principal: Principal, area: str | None, purpose: str | None, typed: Any) -> Page:
    own = bool(set(principal.roles) & set(FOLLOWERS))
    names, found = area_names(), None
    if area in names and area is not None and purpose is not None:
        found = (areas.people if own else areas.overview)(session, principal, area, purpose)
    return Page("followup/areas.html", {
        "names": names,
        "purposes": [(code, frame.chosen(PURPOSES[code])) for code in rules.AREA_PURPOSES],
        "area": area,
        "purpose": purpose,
        "it": found,
        "own": own,
        "kinds": rules.PROMISES,
        "typed": typed,
        "crumbs": [(_("Opfølgning"), HOME) if own else (_("Forside"), "/"), (_("Områder"), None)],
    })  # fmt: skip


def _area_again(session: Session, principal: Principal, typed: Any) -> Page:
    return _area(session, principal, typed.get("area_code"), rules.AREA_PURPOSES[0], typed)


def _back(area: str) -> str:
    return f"{ALL}?omraade={area}&formaal={rules.AREA_PURPOSES[0]}"


@pages.post(
    f"{ALL}/loefte", roles=FOLLOWERS, about=PROMISE_CHANGE, body=schemas.PromiseForm, again=_area_again, shows="list"
)
def promise(session: Session, principal: Principal, body: dict[str, Any]) -> See:
    """A subcontractor's promise."""
    company = mentoring.company_called(session, body.pop("company"))
    made = areas.promise(session, principal, company_id=company, **body)
    undo = Undo(f"{ALL}/loefte/{made.id}/fortryd", {"taken_back": "true"})
    return See(_back(made.area_code), _("Løftet er noteret."), undo)


@pages.post(f"{ALL}/loefte/<uuid:promise_id>", roles=FOLLOWERS, about=PROMISE_CHANGE, body=schemas.KeptBody)
def keep_promise(session: Session, _principal: Principal, promise_id: UUID, body: dict[str, int]) -> See:
    """How many are kept by now."""
    kept = areas.keep_promise(session, promise_id, **body)
    return See(_back(kept.area_code), _("Det er noteret. Ret tallet, hvis det er forkert."))


@pages.post(
    f"{ALL}/loefte/<uuid:promise_id>/fortryd", roles=FOLLOWERS, about=PROMISE_CHANGE, body=schemas.TakenBackBody
)
def take_promise_back(session: Session, _principal: Principal, promise_id: UUID, body: dict[str, bool]) -> See:
    """It was never promised."""
    row = areas.take_promise_back(session, promise_id, **body)
    if not body["taken_back"]:
        return See(_back(row.area_code), _("Løftet er der igen."))
    undo = Undo(f"{ALL}/loefte/{promise_id}/fortryd", {"taken_back": "false"})
    return See(_back(row.area_code), _("Løftet er fjernet."), undo)


@pages.get(OF, roles=FOLLOWERS, about=OF_CITIZEN)
def see_resident(session: Session, _principal: Principal, citizen_id: UUID, typed: Any = None) -> Page:
    """Where somebody lives, as far as area work needs it."""
    return Page("followup/area_resident.html", {
        "citizen_id": citizen_id,
        "it": queries.resident(session, citizen_id),
        "names": area_names(),
        "benefits": rules.BENEFITS,
        "qualifications": rules.QUALIFICATIONS,
        "typed": typed,
        "crumbs": [(_("Opfølgning"), HOME), (_("Områder"), ALL), (_("En borger"), None)],
    })  # fmt: skip


@pages.post(OF, roles=FOLLOWERS, about=RESIDENT_CHANGE, body=schemas.ResidentBody, again=see_resident)
def settle(session: Session, principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> See:
    """Somebody lives there."""
    areas.settle(session, principal, citizen_id, **body)
    here = f"{HOME}/borger/{citizen_id}/omraade"
    return See(here, _("Det er noteret."), Undo(f"{here}/fortryd"))


@pages.post(f"{OF}/fortryd", roles=FOLLOWERS, about=RESIDENT_CHANGE, again=see_resident)
def leave(session: Session, _principal: Principal, citizen_id: UUID) -> See:
    """They are no part of the area work."""
    areas.leave(session, citizen_id)
    return See(f"{HOME}/borger/{citizen_id}/omraade", _("Borgeren er ikke med i områdearbejdet."))
