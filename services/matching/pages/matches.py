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
from services.matching.use_cases import matches, undoing
from shared.auth import CONSULTANTS, Principal
from shared.fields import UndoForm
from shared.pages import Page, See, Undo


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


def way_back(match: Match, act: str) -> Undo | None:
    """The undo of an answer, where it can be taken back."""
    return Undo(f"{act}/fortryd", {"version": str(match.version)}) if match.state_before else None


@pages.post(
    "/match/forslag/<uuid:match_id>/fortryd", roles=CONSULTANTS, about=FUNCTION_CHANGE, body=UndoForm,
    again=match_page, decides=True)  # fmt: skip
def withdraw_proposal(session: Session, who: Principal, match_id: UUID, body: dict[str, Any]) -> See:
    """Nobody was put forward after all."""
    match = undoing.withdraw_proposal(session, match_id, by=who.subject, **body)
    return See(f"/match/behov/{match.need_id}", _("Forslaget er trukket tilbage."))


@pages.post(
    "/match/forslag/<uuid:match_id>/samtykke", roles=CANDIDATE_SIDE, about=FUNCTION_CHANGE, body=ConsentForm,
    again=match_page, decides=True)  # fmt: skip
def hear_candidate(session: Session, who: Principal, match_id: UUID, body: dict[str, Any]) -> See:
    """Record what the candidate said; only after a yes does the company learn of the match."""
    matches.answer_consent(session, None, match_id, by=who.subject, **body)
    told = _("Borgerens ja er noteret. Virksomheden kan nu se forslaget.") if body["given"] else None
    return _heard(session, match_id, told or _("Borgerens nej er noteret."), "samtykke")


@pages.post(
    "/match/forslag/<uuid:match_id>/svar", roles=CONSULTANTS, about=FUNCTION_CHANGE, body=AnswerForm,
    again=match_page, decides=True)  # fmt: skip
def hear_company(session: Session, who: Principal, match_id: UUID, body: dict[str, Any]) -> See:
    """Record what the company said on the phone."""
    matches.answer_match(session, None, match_id, by=who.subject, **body)
    told = _("Virksomhedens ja er noteret. Nu kan aftalen laves.") if body["accepted"] else None
    return _heard(session, match_id, told or _("Virksomhedens nej er noteret."), "svar")


def _heard(session: Session, match_id: UUID, message: str, act: str) -> See:
    home = f"/match/forslag/{match_id}"
    return See(home, message, way_back(queries.match(session, match_id), f"{home}/{act}"))


@pages.post(
    "/match/forslag/<uuid:match_id>/samtykke/fortryd", roles=CANDIDATE_SIDE, about=FUNCTION_CHANGE, body=UndoForm,
    again=match_page, decides=True)  # fmt: skip
def unhear_candidate(session: Session, who: Principal, match_id: UUID, body: dict[str, Any]) -> See:
    """The candidate had not said so; the company sees nothing any more."""
    undoing.take_answer_back(session, match_id, side="citizen", by=who.subject, **body)
    return See(f"/match/forslag/{match_id}", _("Borgerens svar er taget tilbage."))


@pages.post(
    "/match/forslag/<uuid:match_id>/svar/fortryd", roles=CONSULTANTS, about=FUNCTION_CHANGE, body=UndoForm,
    again=match_page, decides=True)  # fmt: skip
def unhear_company(session: Session, who: Principal, match_id: UUID, body: dict[str, Any]) -> See:
    """The company had not said so."""
    undoing.take_answer_back(session, match_id, side="company", by=who.subject, **body)
    return See(f"/match/forslag/{match_id}", _("Virksomhedens svar er taget tilbage."))
