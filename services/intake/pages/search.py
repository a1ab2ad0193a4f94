"""One search for all that the reader may find; a CPR number is asked for by POST only and stays out of addresses."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.intake import queries, rules
from services.intake.models import Citizen
from services.intake.pages import pages
from services.intake.use_cases import citizens
from shared import clock, units
from shared.auth import STAFF, Principal
from shared.errors import Invalid
from shared.fields import Body, Text
from shared.lookups import About, looked
from shared.pages import Page, See

SEARCH = About("identity", how="search", purpose="visitation")
SEARCHERS = (*STAFF, "company_employee")
MOST = 20


class SearchQuery(Body):
    """What is looked for."""

    q = Text(100, load_default="")


def _page(**shown: Any) -> Page:
    return Page("intake/search.html", {"q": "", "most": MOST, "crumbs": [(_("Søg"), None)]} | shown)


@pages.get("/soeg", roles=SEARCHERS, about=SEARCH, query=SearchQuery)
def search_page(session: Session, principal: Principal, query: dict[str, Any]) -> Page:
    """What a name or a birth date finds."""
    q = query["q"]
    if rules.holds_cpr(q):
        return _page(in_address=True)
    if not q or not principal.is_staff:
        return _page(q=q)
    wanted = rules.read_search(q, clock.today())
    if not wanted.names and not wanted.born:
        return _page(q=q, too_short=True)
    found = queries.people_found(session, wanted.names, wanted.born, MOST + 1)
    return _page(q=q, more=len(found) > MOST, **_found(session, found[:MOST]))


def _found(session: Session, people: Sequence[Citizen]) -> dict[str, Any]:
    looked(session, *(one.id for one in people))
    return {"found": people, "belong": units.of(session, *(one.id for one in people))}


def digits(q: str) -> str:
    """The CPR number that was searched for; raises Invalid for the field."""
    today = clock.today()
    try:
        return rules.read_cpr(rules.read_search(q, today).cpr or "", today).digits
    except Invalid as wrong:
        raise Invalid({"q": wrong.fields["cpr"]}) from None


def _again(_session: Session, _principal: Principal, typed: Any) -> Page:  # noqa: ARG001  a CPR number is not shown again
    return _page()


@pages.post("/soeg", roles=SEARCHERS, about=SEARCH, body=SearchQuery, again=_again)
def search(session: Session, principal: Principal, body: dict[str, Any]) -> Page | See:
    """What the search field sends: names lead to an address that can be gone back to, a CPR number is answered here."""
    q = body["q"]
    if not rules.holds_cpr(q):
        return See(f"/soeg?{urlencode({'q': q})}")
    if not principal.is_staff:
        return _page(in_address=True)
    citizen = citizens.find_by_cpr(session, principal, digits(q))
    return _page(cpr=True, **_found(session, [citizen] if citizen else []))
