"""The citizen's own word on being put forward."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.models import Company, Need
from services.matching.pages import pages
from services.matching.pages.matches import way_back
from services.matching.schemas.forms import OwnConsentForm
from services.matching.use_cases import matches, undoing
from services.matching.use_cases.own_proposals import proposals
from shared.auth import Principal
from shared.errors import NotFound
from shared.fields import UndoForm
from shared.lookups import About
from shared.pages import Page, See

OWN = About("health_function", purpose="own_access")
OWN_CHANGE = About("health_function", how="change", purpose="own_access")
ADDRESS = "/match/samtykke/<uuid:match_id>"


@pages.get(ADDRESS, roles=("citizen",), about=OWN)
def own_match(session: Session, who: Principal, match_id: UUID, typed: Any = None) -> Page:
    """What a citizen is asked."""
    match = queries.match(session, match_id)
    if match.citizen_id != who.citizen_id:
        raise NotFound
    need, company = session.get_one(Need, match.need_id), session.get_one(Company, match.company_id)
    crumbs = [(_("Min side"), "/min-side"), (need.title, None)]
    shown = {"one": proposals(session, [(match, need, company)])[0], "crumbs": crumbs, "typed": typed}
    return Page("matching/own_match.html", shown)


@pages.post(ADDRESS, roles=("citizen",), about=OWN_CHANGE, body=OwnConsentForm, again=own_match, decides=True)
def answer_own_match(session: Session, who: Principal, match_id: UUID, body: dict[str, Any]) -> See:
    """The citizen's yes or no."""
    matches.answer_consent(session, who.subject, match_id, how="digital", by=who.subject, **body)
    told = _("Tak. Virksomheden kan nu se det, du har sagt ja til.") if body["given"] else None
    undo = way_back(queries.match(session, match_id), f"/match/samtykke/{match_id}")
    return See("/min-side", told or _("Tak. Dit nej er noteret, og virksomheden får ikke noget at vide."), undo)


@pages.post(f"{ADDRESS}/fortryd", roles=("citizen",), about=OWN_CHANGE, body=UndoForm, again=own_match, decides=True)
def take_own_answer_back(session: Session, who: Principal, match_id: UUID, body: dict[str, Any]) -> See:
    """The citizen's answer was not meant so, and they are asked again."""
    undoing.take_answer_back(session, match_id, side="citizen", by=who.subject, **body)
    return See(f"/match/samtykke/{match_id}", _("Dit svar er taget tilbage. Du kan svare igen."))
