"""One match as those see it who match: what the candidate said, and what the company said."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.api import CANDIDATE_SIDE, FUNCTION, FUNCTION_CHANGE
from services.matching.models import Match, Need
from services.matching.pages import pages, said
from services.matching.schemas.forms import AnswerForm, ConsentForm
from services.matching.use_cases import matches
from shared.auth import Principal
from shared.navigation import CONSULTANTS
from shared.pages import Page, See


def about_match(session: Session, match: Match) -> dict[str, Any]:
    """What every page about a match shows at the top."""
    need = session.get_one(Need, match.need_id)
    names = queries.names(session, [match.citizen_id])
    home, name = f"/match/forslag/{match.id}", said.called(match.citizen_id, names)
    crumbs = [(_("Behov og match"), "/match"), (need.title, f"/match/behov/{need.id}"), (name, home)]
    company = queries.company(session, None, match.company_id)
    return {"match": match, "need": need, "company": company, "name": name, "crumbs": crumbs}


@pages.get("/match/forslag/<uuid:match_id>", roles=CONSULTANTS, about=FUNCTION)
def match_page(session: Session, who: Principal, match_id: UUID, typed: Any = None) -> Page:
    """A match: why it was proposed, who said what, and what comes next."""
    match = queries.match(session, match_id)
    shown = about_match(session, match)
    shown["crumbs"][-1] = (shown["name"], None)
    shown["placement"] = queries.placement_of(session, match_id)
    shown["may_hear_citizen"] = bool(set(who.roles) & set(CANDIDATE_SIDE))
    shown["withdrawn"] = bool(queries.withdrawn(session, [match]))
    return Page("matching/match.html", shown | {"typed": typed})


@pages.post(
    "/match/forslag/<uuid:match_id>/samtykke", roles=CANDIDATE_SIDE, about=FUNCTION_CHANGE, body=ConsentForm,
    again=match_page, decides=True)  # fmt: skip
def hear_candidate(session: Session, who: Principal, match_id: UUID, body: dict[str, Any]) -> See:
    """Record what the candidate said; only after a yes does the company learn of the match."""
    matches.answer_consent(session, None, match_id, by=who.subject, **body)
    told = _("Borgerens ja er noteret. Virksomheden kan nu se forslaget.") if body["given"] else None
    return See(f"/match/forslag/{match_id}", told or _("Borgerens nej er noteret."))


@pages.post(
    "/match/forslag/<uuid:match_id>/svar", roles=CONSULTANTS, about=FUNCTION_CHANGE, body=AnswerForm,
    again=match_page, decides=True)  # fmt: skip
def hear_company(session: Session, who: Principal, match_id: UUID, body: dict[str, Any]) -> See:
    """Record what the company said on the phone."""
    matches.answer_match(session, None, match_id, by=who.subject, **body)
    told = _("Virksomhedens ja er noteret. Nu kan aftalen laves.") if body["accepted"] else None
    return See(f"/match/forslag/{match_id}", told or _("Virksomhedens nej er noteret."))
