"""The calculator: how many more on supported terms a workplace has room for, while one types."""

from typing import Any
from uuid import UUID

from flask import request
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.pages import pages
from services.matching.pages.companies import crumbs_of
from services.matching.pages.workplaces import PLACE
from services.matching.rules.agreements import months_later
from services.matching.schemas.outlooks import OutlookForm, OutlookTyped
from services.matching.use_cases import outlooks
from shared import clock, forms
from shared.auth import Principal
from shared.errors import Invalid, Refused
from shared.frame import errors_of, flat, words_of
from shared.lookups import NOBODY
from shared.navigation import CONSULTANTS
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
            raise Invalid(flat(wrong))
        return shown | {"answer": outlooks.calculate(session, border, p_number, **schema.load(sent))}
    except Refused as refused:
        return shown | {"errors": errors_of(refused), "refused": words_of(refused)}


def _shown(session: Session, company_id: UUID, p_number: int) -> dict[str, Any]:
    company = queries.company(session, None, company_id)
    place = queries.workplace(session, company_id, f"{p_number:010d}")
    home = f"/virksomheder/{company_id}/steder/{place.p_number}"
    way = crumbs_of(company, (place.name, home), (_("Beregner"), None))
    today = clock.today()
    usual = {"starts_on": today, "ends_on": months_later(today, 1), "weekly_hours": 37}
    shown = {"company": company, "place": place, "home": home, "crumbs": way, "usual": usual}
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
