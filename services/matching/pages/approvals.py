"""An agreement read, and said yes or no to, by the citizen signed in and by whoever is asked with a link."""

from typing import Any
from uuid import UUID

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.matching.models import Company, Placement, Statement
from services.matching.pages import pages
from services.matching.pages.placements import stated_message
from services.matching.pages.portal import AGREEMENT
from services.matching.schemas.approvals import LinkForm, LinkQuery, OwnAnswerForm
from services.matching.use_cases import answers, approvals
from services.matching.use_cases.linked import LinkOver
from shared import clock, links
from shared.auth import Principal
from shared.errors import NotFound
from shared.lookups import About, looked
from shared.pages import PUBLIC, Page, See

OWN = About("placement", purpose="own_access")
OWN_CHANGE = About("placement", how="change", purpose="own_access")
ADDRESS = "/match/min-aftale/<uuid:placement_id>"


def _shown(session: Session, made: Placement) -> dict[str, Any]:
    """An agreement without the person it is about."""
    company = session.get_one(Company, made.company_id)
    told = {name: getattr(made, name) for name in AGREEMENT}
    return {"made": told, "purpose_code": made.purpose_code, "company": company.name, "now": clock.now()}


@pages.get(ADDRESS, roles=("citizen",), about=OWN)
def read_own_agreement(session: Session, who: Principal, placement_id: UUID, typed: Any = None) -> Page:
    """What the citizen is asked to agree to, and whose turn it is."""
    made = answers.own(session, who, placement_id)
    crumbs = [(_("Min side"), "/min-side"), (_("Aftale"), None)]
    shown = {"party": "citizen", "action": f"/match/min-aftale/{placement_id}", "crumbs": crumbs, "typed": typed}
    return Page("matching/asked.html", _shown(session, made) | shown | {"open": "citizen" in made.awaiting})


@pages.post(ADDRESS, roles=("citizen",), about=OWN_CHANGE, body=OwnAnswerForm, again=read_own_agreement, decides=True)
def answer_own_agreement(session: Session, who: Principal, placement_id: UUID, body: dict[str, Any]) -> See:
    """The citizen's yes or no."""
    made = answers.answer_own(session, who, placement_id, **body)
    return See(f"/match/min-aftale/{placement_id}", stated_message(made.state))


def _linked(session: Session, code: str) -> tuple[Placement, Statement]:
    asked_id = links.read(current_app.extensions["settings"], links.AGREEMENT, code, clock.now())
    if asked_id is None:
        raise _over()
    try:
        placement, asked = approvals.by_link(session, asked_id)
    except NotFound:
        raise _over() from None
    looked(session, placement.citizen_id)
    return placement, asked


def _over() -> LinkOver:
    return LinkOver(
        "Aftalen er måske ændret: så har du fået et nyt. Ring til Jobbutikken.",
        "The agreement may have changed: then you have got a new one. Call the Jobbutik.",
    )


def _by_link(session: Session, _who: Principal, typed: Any) -> Page:
    return _asked_page(session, typed.get("kode", ""), typed)


def _asked_page(session: Session, code: str, typed: Any = None) -> Page:
    made, asked = _linked(session, code)
    shown = {"party": asked.party, "action": links.AGREEMENT_PATH, "kode": code, "crumbs": [], "typed": typed}
    return Page("matching/asked.html", _shown(session, made) | shown | {"open": asked.party in made.awaiting})


@pages.get(links.AGREEMENT_PATH, roles=PUBLIC, about=OWN, query=LinkQuery)
def read_linked_agreement(session: Session, _who: Principal, query: dict[str, str]) -> Page:
    """The agreement, to whoever has the link."""
    return _asked_page(session, query["kode"])


@pages.post(links.AGREEMENT_PATH, roles=PUBLIC, about=OWN_CHANGE, body=LinkForm, again=_by_link)
def answer_linked_agreement(session: Session, _who: Principal, body: dict[str, Any]) -> See:
    """A yes or no without signing in."""
    code = body.pop("kode")
    _made, asked = _linked(session, code)
    made = answers.answer_by_link(session, asked.id, **body)
    back = f"{links.AGREEMENT_PATH}?kode={code}" if made.state != "refused" else "/"
    return See(back, stated_message(made.state))
