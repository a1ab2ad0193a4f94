"""The call: who rings, what they need, who might do it, and what is read back; kept while somebody listens."""

from typing import Any
from uuid import UUID

from flask import request
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.api import COMPANIES, FUNCTIONS
from services.matching.models import Call
from services.matching.pages import call_forms, need_forms, pages
from services.matching.queries import calls as asked
from services.matching.queries import care
from services.matching.schemas import calls as schemas
from services.matching.text.read import MOST_LETTERS
from services.matching.use_cases import calls, companies
from shared import clock
from shared.auth import CONSULTANTS, Principal
from shared.lookups import NOBODY
from shared.pages import Page, See, Undo

HOME = "/virksomheder/opkald"
FOUND, RECENT = 6, 5


@pages.get(HOME, roles=CONSULTANTS, about=FUNCTIONS)
def call_page(session: Session, who: Principal, typed: Any = None) -> Page:
    """The call that one is in, as far as it has come; else the question who rings."""
    call = asked.draft(session, who.subject)
    crumbs = [(_("Virksomheder"), "/virksomheder"), (_("Opkald"), None)]
    shown: dict[str, Any] = {"call": call, "crumbs": crumbs, "typed": typed, "company": None}
    if call is None or call.company_id is None:
        words = typed.get("q", "") if typed is not None else ""
        recent = asked.held(session, owner=who.subject, most=RECENT)
        more = _found(session, words) | {"recent": recent, "said_back": call_forms.said_back}
        return Page("matching/call.html", shown | more)
    shown["company"] = queries.company(session, None, call.company_id)
    shown["caretaker"] = care.consultant_of(session, call.company_id, clock.today())
    shown |= {"consultant": True, "me": who.subject}
    shown |= call_forms.shown(session, call, typed) | call_forms.live(session, who, call)
    return Page("matching/call.html", shown)


def _again(session: Session, who: Principal, typed: Any, **_path: UUID) -> Page:
    """The form again; what was typed is kept whatever is wrong with it."""
    _keep_form(session, who)
    page: Page = call_page(session, who, typed=typed)
    return page


def _keep_form(session: Session, who: Principal) -> Call:
    form = request.form
    said = form["said"][:MOST_LETTERS] if "said" in form else None
    return calls.keep(session, who.subject, said=said, typed=call_forms.kept(form))


def _found(session: Session, words: str) -> dict[str, Any]:
    found = queries.companies_by_name(session, words=words, after=None, limit=FOUND)["items"] if words.strip() else []
    number = words.replace(" ", "")
    return {"q": words, "found_companies": found, "as_cvr": number if number.isdigit() else ""}


@pages.get(f"{HOME}/find", roles=CONSULTANTS, about=COMPANIES, query=schemas.FindQuery, fragment=True)
def find_caller(session: Session, _who: Principal, query: dict[str, Any]) -> Page:
    """Companies while somebody types, and the fields for one that nobody knows."""
    return Page("matching/call_companies.html", _found(session, query["q"]))


@pages.post(f"{HOME}/hvem", roles=CONSULTANTS, about=FUNCTIONS, body=schemas.WhoForm, again=call_page)
def choose_caller(session: Session, who: Principal, body: dict[str, Any]) -> See | Page:
    """This company rings; the only one that is called so is it."""
    company_id = body["company_id"]
    if company_id is None and not body["otherwise"]:
        found = _found(session, body["q"])["found_companies"]
        if len(found) != 1:
            page: Page = call_page(session, who, typed=request.form)
            return page
        company_id = found[0].id
    calls.keep(session, who.subject, company_id=company_id, otherwise=body["otherwise"])
    return See(HOME)


@pages.post(f"{HOME}/ny", roles=CONSULTANTS, about=FUNCTIONS, body=schemas.NewCallerForm, again=call_page)
def add_caller(session: Session, who: Principal, body: dict[str, Any]) -> See:
    """A company that nobody knew, with its workplace where that was told, in the same breath."""
    place = body.pop("place")
    company = companies.register_company(session, **body)
    session.flush()
    if place:
        _add_place(session, company.id, company.name, place)
    calls.keep(session, who.subject, company_id=company.id)
    return See(HOME, _("%(name)s er registreret.", name=company.name))


@pages.post(f"{HOME}/sted", roles=CONSULTANTS, about=FUNCTIONS, body=schemas.NewPlaceForm, again=_again)
def add_caller_place(session: Session, who: Principal, body: dict[str, Any]) -> See:
    """A workplace that nobody knew; it is the one that the need is at."""
    call = _keep_form(session, who)
    if call.company_id is None:
        raise calls.no_company()
    company = queries.company(session, None, call.company_id)
    _add_place(session, company.id, company.name, body)
    calls.keep(session, who.subject, typed=call.typed | {"p_number": [body["new_p_number"]]})
    return See(HOME, _("Arbejdsstedet er registreret."))


def _add_place(session: Session, company_id: UUID, name: str, place: dict[str, Any]) -> None:
    number = place["new_p_number"]
    known = queries.find_workplace(session, number)
    if known is not None and known.company_id == company_id:
        return
    told = {"p_number": number, "name": place["place_name"] or name, "postal_code": place["new_postal_code"]}
    companies.register_workplace(
        session, company_id, **told, single_person=False, supported_elsewhere_fte=0.0, staff=[]
    )


@pages.post(f"{HOME}/laes", roles=CONSULTANTS, about=FUNCTIONS, body=schemas.SaidForm, again=_again)
def read_call(session: Session, who: Principal, body: dict[str, Any]) -> See:
    """What was said fills the fields that nobody has filled."""
    call = calls.keep(session, who.subject, said=body["said"], typed=call_forms.kept(request.form))
    calls.keep(session, who.subject, typed=call_forms.read_in(call.typed, call.said))
    return See(f"{HOME}#behov")


@pages.post(f"{HOME}/gem", roles=CONSULTANTS, about=FUNCTIONS, again=call_page)
def save_call(session: Session, who: Principal) -> Page | See:
    """The draft as it stands; the page itself asks for what follows from it."""
    call = _keep_form(session, who)
    if request.headers.get("HX-Request"):
        return Page("matching/call_live.html", call_forms.live(session, who, call))
    return See(HOME, _("Kladden er gemt."))


@pages.post(f"{HOME}/<uuid:call_id>/slut", roles=CONSULTANTS, about=FUNCTIONS, body=schemas.CallNeedForm, again=_again)
def end_call(session: Session, who: Principal, call_id: UUID, body: dict[str, Any]) -> See:
    """The need is received."""
    call, need = calls.finish(session, who.subject, call_id, body, name=who.name)
    sent = _("Virksomheden får det at læse igennem.") if call.read_back_until else ""
    return need_forms.received(need, f"/match/behov/{need.id}", f"{_('Behovet er registreret.')} {sent}".strip())


@pages.post(f"{HOME}/<uuid:call_id>/kasser", roles=CONSULTANTS, about=NOBODY)
def throw_call_away(session: Session, who: Principal, call_id: UUID) -> See:
    """It came to nothing."""
    calls.throw_away(session, who.subject, call_id)
    return See(HOME, _("Kladden er kasseret."), Undo(f"{HOME}/{call_id}/fortryd"))


@pages.post(f"{HOME}/<uuid:call_id>/fortryd", roles=CONSULTANTS, about=NOBODY)
def take_call_back(session: Session, who: Principal, call_id: UUID) -> See:
    """It goes on after all."""
    calls.take_back(session, who.subject, call_id)
    return See(HOME, _("Kladden er her igen."))
