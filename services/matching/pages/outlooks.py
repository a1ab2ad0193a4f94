"""The calculator: how many more on supported terms a workplace has room for, while one types."""

from typing import Any
from uuid import UUID

from flask import request
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.pages import pages
from services.matching.pages.colleagues import COMPANY
from services.matching.pages.companies import crumbs_of
from services.matching.pages.workplaces import PLACE, at_place
from services.matching.queries import own_company
from services.matching.rules.agreements import months_later
from services.matching.schemas.outlooks import OutlookForm, OutlookTyped, OwnOutlookTyped
from services.matching.use_cases import outlooks
from shared import clock, forms
from shared.auth import CONSULTANTS, Principal
from shared.errors import Invalid, Refused
from shared.frame import errors_of, words_of
from shared.lookups import NOBODY
from shared.pages import Page

NEEDED = ("starts_on", "ends_on", "weekly_hours")


def calculated(session: Session, border: queries.Own | None, p_number: str) -> dict[str, Any]:
    """The sum for what is typed so far: an answer, what is wrong, or neither while something is missing."""
    shown: dict[str, Any] = {"answer": None, "errors": {}, "refused": "", "typed": request.args}
    if not all(request.args.get(name) for name in NEEDED):
        return shown
    schema = OutlookForm()
    sent = forms.read(schema, request.args)
    try:
        if wrong := schema.validate(sent):
            raise Invalid(forms.flat(wrong))
        return shown | {"answer": outlooks.calculate(session, border, p_number, **schema.load(sent))}
    except Refused as refused:
        return shown | {"errors": errors_of(refused), "refused": words_of(refused)}


@pages.get("/virksomhed/forholdstal", roles=COMPANY, about=NOBODY, query=OwnOutlookTyped)
def own_calculator(session: Session, who: Principal, query: dict[str, Any]) -> Page:
    """The same for a company, at the workplace that it chooses."""
    return Page("matching/calculator.html", _own(session, who, query["p_number"]))


@pages.get("/virksomhed/forholdstal/svar", roles=COMPANY, about=NOBODY, query=OwnOutlookTyped, fragment=True)
def own_calculated_part(session: Session, who: Principal, query: dict[str, Any]) -> Page:
    """The sum alone."""
    return Page("matching/calculated.html", _own(session, who, query["p_number"]))


def _own(session: Session, who: Principal, p_number: str | None) -> dict[str, Any]:
    company, border = own_company(session, who), queries.own(who)
    places = queries.workplaces(session, border, company.id)
    place = next((one for one in places if one["p_number"] == p_number), places[0] if places else None)
    shown = {
        "company": company,
        "place": place,
        "places": [(one["p_number"], f"{one['name']} ({one['p_number']})") for one in places],
        "home": "/virksomhed/forholdstal",
        "crumbs": [(_("Jeres Jobbutik"), "/virksomhed"), (_("Forholdstal"), None)],
        "usual": _usual(),
    }
    return shown | (calculated(session, border, place["p_number"]) if place else {})


def _usual() -> dict[str, Any]:
    today = clock.today()
    return {"starts_on": today, "ends_on": months_later(today, 1), "weekly_hours": 37}


def _shown(session: Session, company_id: UUID, p_number: int) -> dict[str, Any]:
    company, place, home = at_place(session, company_id, p_number)
    way = crumbs_of(company, (place.name, home), (_("Beregner"), None))
    shown = {"company": company, "place": place, "home": f"{home}/beregner", "crumbs": way, "usual": _usual()}
    return shown | calculated(session, None, place.p_number)


@pages.get(f"{PLACE}/beregner", roles=CONSULTANTS, about=NOBODY, query=OutlookTyped)
def calculator(session: Session, _who: Principal, company_id: UUID, p_number: int, query: dict[str, Any]) -> Page:
    """The form with its sum; `query` is read as it was typed, so that nothing is lost."""
    del query
    return Page("matching/calculator.html", _shown(session, company_id, p_number))


@pages.get(f"{PLACE}/beregner/svar", roles=CONSULTANTS, about=NOBODY, query=OutlookTyped, fragment=True)
def calculated_part(session: Session, _who: Principal, company_id: UUID, p_number: int, query: dict[str, Any]) -> Page:
    """The sum alone."""
    del query
    return Page("matching/calculated.html", _shown(session, company_id, p_number))
