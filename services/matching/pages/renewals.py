"""A company's need once more: renewed with another start, and the year ahead."""

from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.api import FUNCTIONS
from services.matching.pages import pages
from services.matching.pages.portal import COMPANY, NEED, own_need
from services.matching.queries import portal as reads
from services.matching.schemas.portal import PortalQuery, RenewForm, RenewUndoForm
from services.matching.use_cases import renewals
from shared import clock
from shared.auth import Principal
from shared.lookups import About
from shared.pages import Page, See, Undo

DATES = About("placement", how="list", purpose="agreement")


@pages.post(f"{NEED}/forny", roles=COMPANY, about=FUNCTIONS, body=RenewForm, again=own_need)
def renew_own_need(session: Session, who: Principal, need_id: UUID, body: dict[str, Any]) -> See:
    """The need holds again from that day on."""
    home, before = f"/virksomhed/behov/{need_id}", queries.need(session, queries.own(who), need_id)
    due = {"answer_due": before.answer_due.isoformat()} if before.answer_due else {}
    back = due | {"state": before.state, "starts_on": before.starts_on.isoformat()}
    need = renewals.renew(session, queries.own(who), need_id, **body)
    told = _("Behovet er fornyet. Vi leder igen.")
    return See(home, told, Undo(f"{home}/forny/fortryd", back | {"version": str(need.version)}))


@pages.post(f"{NEED}/forny/fortryd", roles=COMPANY, about=FUNCTIONS, body=RenewUndoForm, again=own_need)
def take_own_renewal_back(session: Session, who: Principal, need_id: UUID, body: dict[str, Any]) -> See:
    """It was not meant so."""
    renewals.take_renewal_back(session, queries.own(who), need_id, **body)
    return See(f"/virksomhed/behov/{need_id}", _("Behovet er, som det var før."))


@pages.get("/virksomhed/kalender", roles=COMPANY, about=DATES, query=PortalQuery)
def own_calendar(session: Session, who: Principal, query: dict[str, Any]) -> Page:
    """The year ahead, month by month: what happens, and which needs are busiest."""
    border, today = reads.narrowed(queries.own(who), query["sted"]), clock.today()
    company = queries.company_of(session, who.organisation or "")
    if company is None:
        return Page("matching/portal_unknown.html", {"cvr": who.organisation})
    at = f"?sted={query['sted']}" if query["sted"] else ""
    busy = reads.busy_months(session, border)
    dates = reads.coming(session, border, today, today + reads.YEAR)
    months = [_month(today, number) for number in range(12)]
    shown = {
        "months": [
            (
                month,
                [one for one in dates if (one.on.year, one.on.month) == (month.year, month.month)],
                [need for need, season in busy if f"{month.month:02d}" in season],
            )
            for month in months
        ],
        "crumbs": [(_("Jeres Jobbutik"), f"/virksomhed{at}"), (_("Kalender"), None)],
        "place": queries.workplace(session, company.id, query["sted"]) if query["sted"] else None,
    }
    return Page("matching/own_calendar.html", shown)


def _month(today: date, number: int) -> date:
    months = today.month - 1 + number
    return date(today.year + months // 12, months % 12 + 1, 1)
