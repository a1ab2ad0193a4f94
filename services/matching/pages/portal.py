"""The company's own pages: what it needs, whom it is shown, and what it agreed; never who a candidate is."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from services.matching import queries
from services.matching.api import FUNCTION, FUNCTION_CHANGE, FUNCTIONS, PLACEMENT, PLACEMENT_CHANGE
from services.matching.models import Placement
from services.matching.pages import need_forms, pages, said
from services.matching.pages.matches import way_back
from services.matching.pages.placements import stated_message
from services.matching.queries import care, own_company
from services.matching.queries import portal as reads
from services.matching.queries import portal_people as people
from services.matching.schemas.forms import (
    AnswerForm,
    NeedEditForm,
    NeedForm,
    NeedUndoForm,
    StateForm,
    StatementForm,
)
from services.matching.schemas.placements import CompanyPlacementAnswer
from services.matching.schemas.portal import OldNeedQuery, PortalQuery
from services.matching.schemas.responsibility import ObservationBody, ObservationGoneForm
from services.matching.use_cases import matches, needs, placements, responsibility, undoing
from shared import clock
from shared.auth import Principal
from shared.fields import UndoForm
from shared.lookups import NOBODY, About
from shared.pages import Page, See, Undo

COMPANY = ("company_employee",)
NEED, MATCH, AGREED = "/virksomhed/behov/<uuid:need_id>", "/virksomhed/forslag/<uuid:match_id>", "/virksomhed/aftaler"
MOST = 50
SEEN = About("case", how="change", purpose="agreement")
AGREEMENT = tuple(CompanyPlacementAnswer().fields)


def _way(*more: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return [(_("Jeres Jobbutik"), "/virksomhed"), *more]


def _as_company_sees(made: Iterable[Placement]) -> list[dict[str, Any]]:
    """Agreements with the fields of the company's own schema and no others."""
    return [{name: getattr(one, name) for name in AGREEMENT} for one in made]


@pages.get("/virksomhed", roles=COMPANY, about=FUNCTIONS, query=PortalQuery)
def portal(session: Session, who: Principal, query: dict[str, Any]) -> Page:
    """What waits for the company first, then what it has with the municipality."""
    border = reads.narrowed(queries.own(who), query["sted"])
    company = queries.company_of(session, who.organisation or "")
    if company is None:
        return Page("matching/portal_unknown.html", {"cvr": who.organisation})
    today, front = clock.today(), reads.front(session, border)
    shown = {
        "company": company,
        "waiting": front.waiting(today),
        "coming": reads.coming(session, border, today, today + reads.AHEAD),
        "ready": reads.ready(session, company, border, today),
        "caretaker": care.consultant_of(session, company.id, today),
        "unread": people.unread(session, company.id, by_company=False),
        "matches": front.matches,
        "needs": queries.needs(session, border, state=None, cursor=query["after"], limit=MOST),
        "placements": _as_company_sees(front.placements),
        "workplaces": (workplaces := queries.workplaces(session, queries.own(who), company.id)),
        "places": [(one["p_number"], one["name"]) for one in workplaces],
        "place": query["sted"],
        "after": query["after"],
    }
    return Page("matching/portal.html", shown)


@pages.get("/virksomhed/behov/ny", roles=COMPANY, about=NOBODY, query=OldNeedQuery)
def own_need_form(session: Session, who: Principal, query: dict[str, Any] | None = None, typed: Any = None) -> Page:
    """The form for a need of one's own, empty or as an old one was but for its start."""
    old = query and query["fra"]
    if old:
        typed = MultiDict(need_forms.as_typed(session, queries.need(session, queries.own(who), old)))
    shown = need_forms.new_form(session, queries.own(who), own_company(session, who).id, typed)
    shown |= {"crumbs": _way((_("Nyt behov"), None)), "like": bool(old), "place": query and query["sted"]}
    return Page("matching/need_form.html", shown)


@pages.post("/virksomhed/behov/ny", roles=COMPANY, about=NOBODY, body=NeedForm, again=own_need_form)
def add_own_need(session: Session, who: Principal, body: dict[str, Any]) -> See:
    """Receive the need from the company itself."""
    company = own_company(session, who)
    made = needs.receive_need(session, queries.own(who), company_id=company.id, **body)
    told = _("Tak. Vi har fået jeres behov og vender tilbage.")
    told = _("Kladden er gemt. Ingen handler på den, før I sender den.") if made.state == "draft" else told
    return need_forms.received(made, f"/virksomhed/behov/{made.id}", told)


@pages.get(NEED, roles=COMPANY, about=FUNCTIONS)
def own_need(session: Session, who: Principal, need_id: UUID, typed: Any = None) -> Page:
    """A need of one's own with the people who are put forward for it."""
    border = queries.own(who)
    need = queries.need(session, border, need_id)
    found = queries.latest_company_matches(session, border, MOST, need_id=need_id)
    shown = {"need": need, "matches": found, "crumbs": _way((need.title, None)), "typed": typed}
    return Page("matching/own_need.html", shown)


@pages.get(f"{NEED}/ret", roles=COMPANY, about=NOBODY)
def own_need_edit_form(session: Session, who: Principal, need_id: UUID, typed: Any = None) -> Page:
    """When there is work, to be changed."""
    shown = need_forms.edit_form(session, queries.own(who), need_id, typed)
    home = f"/virksomhed/behov/{need_id}"
    crumbs = _way((shown["need"].title, home), (_("Ret"), None))
    return Page("matching/need_edit.html", shown | {"crumbs": crumbs, "home": home})


@pages.post(f"{NEED}/ret", roles=COMPANY, about=NOBODY, body=NeedEditForm, again=own_need_edit_form)
def edit_own_need(session: Session, who: Principal, need_id: UUID, body: dict[str, Any]) -> See:
    """Change it, unless somebody else did meanwhile."""
    return need_forms.edited(session, queries.own(who), need_id, body, f"/virksomhed/behov/{need_id}")


@pages.post(f"{NEED}/ret/fortryd", roles=COMPANY, about=FUNCTIONS, body=NeedUndoForm, again=own_need)
def put_own_need_back(session: Session, who: Principal, need_id: UUID, body: dict[str, Any]) -> See:
    """What was changed is as it was."""
    return need_forms.put_back(session, queries.own(who), need_id, body, f"/virksomhed/behov/{need_id}")


@pages.post(f"{NEED}/tilstand", roles=COMPANY, about=FUNCTIONS, body=StateForm, again=own_need)
def move_own_need(session: Session, who: Principal, need_id: UUID, body: dict[str, Any]) -> See:
    """Pause, reopen or close it."""
    return need_forms.moved(session, queries.own(who), need_id, body, f"/virksomhed/behov/{need_id}")


@pages.get(MATCH, roles=COMPANY, about=FUNCTION)
def own_proposal(session: Session, who: Principal, match_id: UUID, typed: Any = None) -> Page:
    """Somebody put forward: what the work must allow, and the hours; nothing of who it is."""
    border = queries.own(who)
    match = queries.company_match(session, border, match_id)
    need = queries.need(session, border, match["need_id"])
    number = _("Forslag %(number)s", number=said.number_of(match_id))
    crumbs = _way((need.title, f"/virksomhed/behov/{need.id}"), (number, None))
    made = queries.placement_of(session, match_id)
    shown = {"match": match, "need": need, "crumbs": crumbs, "typed": typed}
    return Page("matching/own_proposal.html", shown | {"made": _as_company_sees([made])[0] if made else None})


@pages.post(f"{MATCH}/svar", roles=COMPANY, about=FUNCTION_CHANGE, body=AnswerForm, again=own_proposal, decides=True)
def answer_proposal(session: Session, who: Principal, match_id: UUID, body: dict[str, Any]) -> See:
    """The company's yes or no."""
    matches.answer_match(session, queries.own(who), match_id, by=who.subject, **body)
    told = _("Tak for jeres ja. Jobbutikken ringer om aftalen.") if body["accepted"] else None
    home = f"/virksomhed/forslag/{match_id}"
    undo = way_back(queries.match(session, match_id), f"{home}/svar")
    return See(home, told or _("Tak for svaret. Jeres nej er noteret."), undo)


@pages.post(
    f"{MATCH}/svar/fortryd",
    roles=COMPANY,
    about=FUNCTION_CHANGE,
    body=UndoForm,
    again=own_proposal,
    decides=True,
)
def take_company_answer_back(session: Session, who: Principal, match_id: UUID, body: dict[str, Any]) -> See:
    """The company's answer was not meant so."""
    queries.company_match(session, queries.own(who), match_id)
    undoing.take_answer_back(session, match_id, side="company", by=who.subject, **body)
    return See(f"/virksomhed/forslag/{match_id}", _("Svaret er taget tilbage. I kan svare igen."))


@pages.get(f"{AGREED}/<uuid:placement_id>", roles=COMPANY, about=PLACEMENT)
def own_agreement(session: Session, who: Principal, placement_id: UUID, typed: Any = None) -> Page:
    """An agreement of one's own, and whose turn it is."""
    made = _as_company_sees([queries.placement(session, queries.own(who), placement_id)])[0]
    crumbs = _way((_("Aftale"), None))
    shown = {"made": made, "now": clock.now(), "today": clock.today(), "crumbs": crumbs, "typed": typed}
    return Page("matching/own_agreement.html", shown)


@pages.post(
    f"{AGREED}/<uuid:placement_id>/iagttagelse", roles=COMPANY, about=SEEN, body=ObservationBody,
    again=own_agreement)  # fmt: skip
def tell_observation(session: Session, who: Principal, placement_id: UUID, body: dict[str, Any]) -> See:
    """What the workplace saw; it is sealed, and the company does not read it again."""
    row = responsibility.observe(session, queries.own(who), placement_id, said=body["said"], by=who.subject)
    home = f"{AGREED}/{placement_id}"
    undo = Undo(f"{home}/iagttagelse/fortryd", {"observation_id": str(row.id)})
    return See(home, _("Tak. Det er gemt, og kun kommunen kan læse det."), undo)


@pages.post(
    f"{AGREED}/<uuid:placement_id>/iagttagelse/fortryd", roles=COMPANY, about=SEEN, body=ObservationGoneForm,
    again=own_agreement)  # fmt: skip
def take_own_observation_back(session: Session, who: Principal, placement_id: UUID, body: dict[str, Any]) -> See:
    """It was not meant so."""
    responsibility.take_observation_back(session, queries.own(who), placement_id, by=who.subject, **body)
    return See(f"{AGREED}/{placement_id}", _("Det er slettet igen."))


@pages.post(
    f"{AGREED}/<uuid:placement_id>/udtalelse", roles=COMPANY, about=PLACEMENT_CHANGE, body=StatementForm,
    again=own_agreement, decides=True)  # fmt: skip
def state_as_employer(session: Session, who: Principal, placement_id: UUID, body: dict[str, Any]) -> See:
    """The employer's written word; the representative's is not the employer's to give."""
    stated = placements.state_in_writing(session, queries.own(who), placement_id, by=who.subject, **body)
    return See(f"/virksomhed/aftaler/{placement_id}", stated_message(stated.state))
