"""Needs and who comes in question for them, as those see it who match."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.api import FUNCTION_CHANGE, FUNCTIONS
from services.matching.models import Need
from services.matching.pages import need_forms, need_people, pages, said
from services.matching.queries import care
from services.matching.queries.wording import kept_words
from services.matching.schemas.forms import (
    NeedEditForm,
    NeedForm,
    NeedsQuery,
    NeedUndoForm,
    ProposeForm,
    StateForm,
    TitleQuery,
    WishTitleQuery,
    WordsQuery,
)
from services.matching.use_cases import matches, needs
from shared import clock
from shared.auth import CONSULTANTS, Principal
from shared.errors import Refused
from shared.frame import words_of
from shared.lookups import NOBODY
from shared.pages import Page, See, Undo

MOST, LISTED = 50, 20


@pages.get("/match", roles=CONSULTANTS, about=NOBODY, query=NeedsQuery)
def need_list(session: Session, _who: Principal, query: dict[str, Any]) -> Page:
    """Needs of one state, oldest first, so that those which wait for an answer stand first."""
    found = queries.needs(session, None, state=query["state"], cursor=query["after"], limit=MOST)
    names = queries.company_names(session, {need.company_id for need in found["items"]})
    return Page("matching/needs.html", {"found": found, "names": names, **query})


@pages.get("/match/stillinger", roles=(*CONSULTANTS, "company_employee"), about=NOBODY, query=TitleQuery, fragment=True)
def title_choices(_session: Session, _who: Principal, query: dict[str, Any]) -> Page:
    """Occupations to choose from while somebody types."""
    return Page("matching/titles.html", need_forms.heard(query))


@pages.get("/match/stillinger/borger", roles=CONSULTANTS, about=NOBODY, query=WishTitleQuery, fragment=True)
def wish_choices(_session: Session, _who: Principal, query: dict[str, Any]) -> Page:
    """Occupations to tick for a citizen while somebody types; those ticked before stay."""
    return Page("matching/wish_titles.html", need_forms.wished(query["words"], [str(one) for one in query["ticked"]]))


@pages.get("/match/behov/ny", roles=CONSULTANTS, about=NOBODY, query=WordsQuery)
def need_company(session: Session, _who: Principal, query: dict[str, Any]) -> Page:
    """Whose need is it? The company is chosen first."""
    found = queries.companies_by_name(session, words=query["q"], after=None, limit=LISTED)["items"]
    crumbs = [(_("Behov og match"), "/match"), (_("Nyt behov"), None)]
    return Page("matching/need_company.html", {"found": found, "q": query["q"], "crumbs": crumbs})


@pages.get("/match/behov/ny/<uuid:company_id>", roles=CONSULTANTS, about=NOBODY)
def need_form(session: Session, _who: Principal, company_id: UUID, typed: Any = None) -> Page:
    """The form for a need of that company."""
    crumbs = [(_("Behov og match"), "/match"), (_("Nyt behov"), None)]
    shown = need_forms.new_form(session, None, company_id, typed)
    return Page("matching/need_form.html", shown | {"crumbs": crumbs})


@pages.post("/match/behov/ny/<uuid:company_id>", roles=CONSULTANTS, about=NOBODY, body=NeedForm, again=need_form)
def add_need(session: Session, _who: Principal, company_id: UUID, body: dict[str, Any]) -> See:
    """Receive the need."""
    made = needs.receive_need(session, None, company_id=company_id, **body)
    return need_forms.received(made, f"/match/behov/{made.id}", _("Behovet er registreret."))


@pages.get("/match/behov/<uuid:need_id>", roles=CONSULTANTS, about=FUNCTIONS)
def need_page(session: Session, who: Principal, need_id: UUID, typed: Any = None) -> Page:
    """A need with its ranked candidates and its matches."""
    need = queries.need(session, None, need_id)
    found = queries.latest_matches(session, need_id, MOST)
    ranking, why_not = _ranking(session, need)
    listed = [*ranking["items"], *ranking["near_misses"]] if ranking else []
    around = need_people.around(session, who, need_id, [one.citizen_id for one in [*found, *listed]])
    shown = around | {
        "need": need,
        "company": queries.company(session, None, need.company_id),
        "matches": found,
        "proposed": {match.citizen_id for match in found if match.state != "declined"},
        "ranking": ranking,
        "why_not": why_not,
        "unknown": ranking["unknown"] if ranking else {},
        "profile": queries.profile(session, need_id),
        "caretaker": care.consultant_of(session, need.company_id, clock.today()),
        "kept_words": kept_words(session, need_id),
        "names": queries.names(session, {*(one.citizen_id for one in [*found, *listed]), *around["shortlist"]}),
        "crumbs": [(_("Behov og match"), "/match"), (need.title, None)],
        "typed": typed,
    }
    return Page("matching/need.html", shown)


def _ranking(session: Session, need: Need) -> tuple[dict[str, Any] | None, str]:
    """The list, or why there is none: a need that is not open, or has no position left."""
    try:
        return matches.ranked_candidates(session, need.id, LISTED), ""
    except Refused as refused:
        return None, words_of(refused)


@pages.post(
    "/match/behov/<uuid:need_id>/foreslaa",
    roles=CONSULTANTS,
    about=FUNCTION_CHANGE,
    body=ProposeForm,
    again=need_page,
    shows="list",
    decides=True,
)
def propose(session: Session, who: Principal, need_id: UUID, body: dict[str, Any]) -> See:
    """Put somebody forward; the candidate is asked next."""
    made = matches.propose_match(session, need_id=need_id, proposed_by=who.subject, **body)
    named = said.called(body["citizen_id"], queries.names(session, [body["citizen_id"]]))
    undo = Undo(f"/match/forslag/{made.id}/fortryd", {"version": str(made.version)})
    return See(f"/match/behov/{need_id}#forslag", _("%(name)s er foreslået og skal nu spørges.", name=named), undo)


@pages.get("/match/behov/<uuid:need_id>/ret", roles=CONSULTANTS, about=NOBODY)
def need_edit_form(session: Session, _who: Principal, need_id: UUID, typed: Any = None) -> Page:
    """When there is work, to be changed."""
    shown = need_forms.edit_form(session, None, need_id, typed)
    home = f"/match/behov/{need_id}"
    crumbs = [(_("Behov og match"), "/match"), (shown["need"].title, home), (_("Ret"), None)]
    return Page("matching/need_edit.html", shown | {"crumbs": crumbs, "home": home})


@pages.post("/match/behov/<uuid:need_id>/ret", roles=CONSULTANTS, about=NOBODY, body=NeedEditForm, again=need_edit_form)
def edit_need(session: Session, _who: Principal, need_id: UUID, body: dict[str, Any]) -> See:
    """Change it, unless somebody else did meanwhile."""
    return need_forms.edited(session, None, need_id, body, f"/match/behov/{need_id}")


@pages.post(
    "/match/behov/<uuid:need_id>/ret/fortryd",
    roles=CONSULTANTS,
    about=FUNCTIONS,
    body=NeedUndoForm,
    again=need_page,
    shows="list",
)
def put_need_back(session: Session, _who: Principal, need_id: UUID, body: dict[str, Any]) -> See:
    """What was changed is as it was."""
    return need_forms.put_back(session, None, need_id, body, f"/match/behov/{need_id}")


@pages.post("/match/behov/<uuid:need_id>/tilstand", roles=CONSULTANTS, about=FUNCTIONS, body=StateForm, again=need_page)
def move_need(session: Session, _who: Principal, need_id: UUID, body: dict[str, Any]) -> See:
    """Pause, reopen or close it."""
    home = f"/match/behov/{need_id}"
    moved = need_forms.moved(session, None, need_id, body, home)
    proposed = queries.matches(session, need_id=need_id, cursor=None, limit=1)["items"]
    if body["state"] != "closed" or proposed:
        return moved
    return See(f"{home}/ingen", _("Behovet er lukket, og ingen blev foreslået. Notér hvorfor."))
