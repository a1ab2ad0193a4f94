"""A company's workplaces: staff figures, and how they stand against § 65."""

from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.models import Company, Workplace
from services.matching.pages import pages, said
from services.matching.pages.companies import crumbs_of, is_consultant
from services.matching.rules.agreements import months_later
from services.matching.rules.words import said_months
from services.matching.schemas.companies import NewRatioCheck
from services.matching.schemas.forms import MONTHS, WorkplaceEditForm, WorkplaceForm, WorkplaceUndoForm
from services.matching.use_cases import companies, ratios
from shared import clock, forms
from shared.auth import CONSULTANTS, STAFF, Principal
from shared.errors import CannotUndo, NotFound
from shared.lookups import NOBODY
from shared.pages import Page, See, Undo

PLACE = "/virksomheder/<uuid:company_id>/steder/<int(fixed_digits=10):p_number>"
CHECKS = 5


def _address(company_id: UUID, p_number: str) -> str:
    return f"/virksomheder/{company_id}/steder/{p_number}"


def at_place(session: Session, company_id: UUID, p_number: int) -> tuple[Company, Workplace, str]:
    """The company, its workplace, and the address of the workplace's page; raises NotFound."""
    company = queries.company(session, None, company_id)
    place = queries.workplace(session, company_id, f"{p_number:010d}")
    return company, place, _address(company_id, place.p_number)


def _months(known: dict[str, Any] | None) -> list[dict[str, Any]]:
    """The rows to tell staff in, newest first, with what is told already."""
    told = {row["month"]: row for row in (known or {}).get("staff", ())}
    firsts = [months_later(clock.today().replace(day=1), -back) for back in range(MONTHS)]
    rows = [{"month": f"{first:%Y-%m}", "fte": None, "subsidised_fte": None} for first in firsts]
    named = [row | told.get(row["month"], {}) for row in rows]
    return [row | {"label": _month(row["month"])} for row in named]


def _month(month: str) -> str:
    return said.read(said_months([date.fromisoformat(f"{month}-01")]))


@pages.get("/virksomheder/<uuid:company_id>/steder/ny", roles=STAFF, about=NOBODY)
def workplace_form(session: Session, _who: Principal, company_id: UUID, typed: Any = None) -> Page:
    """The form for a P-number that nobody knows yet."""
    company = queries.company(session, None, company_id)
    shown = {"company": company, "place": None, "months": _months(None), "typed": typed}
    return Page("matching/workplace_form.html", shown | {"crumbs": crumbs_of(company, (_("Nyt arbejdssted"), None))})


@pages.post(
    "/virksomheder/<uuid:company_id>/steder/ny", roles=STAFF, about=NOBODY, body=WorkplaceForm, again=workplace_form
)
def add_workplace(session: Session, _who: Principal, company_id: UUID, body: dict[str, Any]) -> See:
    """Register it; the company's own P-number is found again."""
    made = companies.register_workplace(session, company_id, **body)
    return See(_address(company_id, made["p_number"]), _("%(name)s er registreret.", name=made["name"]))


@pages.get(PLACE, roles=STAFF, about=NOBODY)
def workplace_page(session: Session, who: Principal, company_id: UUID, p_number: int, typed: Any = None) -> Page:
    """A workplace with its staff figures and the latest ratio checks."""
    company, place = queries.company(session, None, company_id), _place(session, company_id, p_number)
    checks = queries.ratio_checks(session, place["p_number"], CHECKS)
    place["staff"] = [row | {"label": _month(row["month"])} for row in reversed(place["staff"])]
    shown = {"company": company, "place": place, "checks": checks, "consultant": is_consultant(who), "typed": typed}
    return Page("matching/workplace.html", shown | {"crumbs": crumbs_of(company, (place["name"], None))})


def _place(session: Session, company_id: UUID, p_number: int) -> dict[str, Any]:
    wanted = f"{p_number:010d}"
    found = queries.find_workplace(session, wanted)
    if found is None or found.company_id != company_id:
        raise NotFound
    return queries.workplace_answers(session, [found])[0]


@pages.post(f"{PLACE}/forholdstal", roles=CONSULTANTS, about=NOBODY, body=NewRatioCheck, again=workplace_page)
def check_ratio_here(session: Session, _who: Principal, company_id: UUID, p_number: int, body: dict[str, Any]) -> See:
    """Check one more on supported terms; the check is kept with its sum."""
    place = _place(session, company_id, p_number)
    check = ratios.check_ratio(session, place["p_number"], **body)
    said_so = said.term("ratio_result", check.result)
    message = _("Forholdstallet er kontrolleret: %(result)s.", result=said_so)
    return See(_address(company_id, place["p_number"]) + "#forholdstal", message)


@pages.get(f"{PLACE}/ret", roles=STAFF, about=NOBODY)
def workplace_edit_form(session: Session, _who: Principal, company_id: UUID, p_number: int, typed: Any = None) -> Page:
    """What is known of a workplace, to be brought up to date."""
    company, place = queries.company(session, None, company_id), _place(session, company_id, p_number)
    way = crumbs_of(company, (place["name"], _address(company_id, place["p_number"])), (_("Ret"), None))
    changed = typed is not None and typed.get("version") != str(place["version"])
    shown = {"company": company, "place": place, "months": _months(place), "typed": typed, "changed": changed}
    return Page("matching/workplace_form.html", shown | {"crumbs": way})


@pages.post(f"{PLACE}/ret", roles=STAFF, about=NOBODY, body=WorkplaceEditForm, again=workplace_edit_form)
def edit_workplace(session: Session, _who: Principal, company_id: UUID, p_number: int, body: dict[str, Any]) -> See:
    """What was told now stands, unless somebody else changed it meanwhile; months told again replace the old ones."""
    before = _place(session, company_id, p_number)
    now = companies.register_workplace(session, company_id, body.pop("version"), p_number=before["p_number"], **body)
    home = _address(company_id, before["p_number"])
    told = [row["month"] for row in body["staff"]]
    return See(home, _("Oplysningerne er gemt."), Undo(f"{home}/ret/fortryd", _as_it_was(before, told, now["version"])))


def _as_it_was(place: dict[str, Any], told: list[str], version: int) -> dict[str, str | list[str]]:
    """The form that would put it back, as somebody Danish would type it."""
    known = {row["month"]: row for row in place["staff"]}
    fields: dict[str, str | list[str]] = {name: place[name] for name in ("name", "postal_code")}
    fields["supported_elsewhere_fte"] = forms.typed(place["supported_elsewhere_fte"])
    fields["version"] = str(version)
    if place["single_person"]:
        fields["single_person"] = "on"
    for number, month in enumerate((month for month in told if month in known), 1):
        fields[f"month_{number}.month"] = month
        for name in ("fte", "subsidised_fte"):
            fields[f"month_{number}.{name}"] = forms.typed(known[month][name])
    return fields | {"forgotten": [month for month in told if month not in known]}


@pages.post(f"{PLACE}/ret/fortryd", roles=STAFF, about=NOBODY, body=WorkplaceUndoForm, again=workplace_page)
def put_workplace_back(session: Session, _who: Principal, company_id: UUID, p_number: int, body: dict[str, Any]) -> See:
    """What stood before stands again, unless somebody changed it meanwhile."""
    place, version = _place(session, company_id, p_number), body.pop("version")
    if place["version"] != version:
        raise CannotUndo
    companies.register_workplace(session, company_id, version, p_number=place["p_number"], **body)
    return See(_address(company_id, place["p_number"]), _("Oplysningerne er, som de var før."))
