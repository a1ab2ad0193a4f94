"""JSON doors of the company's portal: its front page, its calendar, and a need once more."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.api import FUNCTIONS, doors
from services.matching.queries import care, own_company
from services.matching.queries import portal as reads
from services.matching.schemas import needs as need_schemas
from services.matching.schemas import portal as schemas
from services.matching.use_cases import renewals
from shared import clock
from shared.auth import Principal
from shared.lookups import NOBODY, About

COMPANY = ("company_employee",)
DATES = About("placement", how="list", purpose="agreement")


@doors.get(
    "/company-overview", roles=COMPANY, about=FUNCTIONS, query=schemas.OverviewQuery, answer=schemas.OverviewAnswer
)
def company_overview(session: Session, principal: Principal, query: dict[str, Any]) -> Any:
    """What waits for the company, what comes, what to have at hand, and who to ask."""
    border = reads.narrowed(queries.own(principal), query["p_number"])
    company = own_company(session, principal)
    today, front = clock.today(), reads.front(session, border)
    caretaker = care.consultant_of(session, company.id, today)
    return {
        "waiting": front.waiting(today),
        "coming": reads.coming(session, border, today, today + reads.AHEAD),
        "ready": [{"code": code, "known": known} for code, known in reads.ready(session, company, border, today)],
        "consultant": caretaker and caretaker.name,
    }


@doors.get("/company-calendar", roles=COMPANY, about=DATES, query=schemas.OverviewQuery, answer=schemas.CalendarAnswer)
def company_calendar(session: Session, principal: Principal, query: dict[str, Any]) -> Any:
    """The year ahead: meetings, first and last days, starts of needs, and busy months."""
    border, today = reads.narrowed(queries.own(principal), query["p_number"]), clock.today()
    busy = reads.busy_months(session, border)
    return {
        "coming": reads.coming(session, border, today, today + reads.YEAR),
        "busy": [{"need_id": need.id, "title": need.title, "months": season} for need, season in busy],
    }


@doors.post(
    "/needs/<uuid:need_id>/copies",
    roles=(*COMPANY, "company_consultant", "job_consultant", "adviser"),
    about=NOBODY,
    body=schemas.CopyBody,
    answer=need_schemas.NeedAnswer,
)
def copy_need(session: Session, principal: Principal, need_id: UUID, body: dict[str, Any]) -> Any:
    """A new need from an old one, from another day on."""
    return renewals.copy_need(session, queries.own(principal), need_id, **body)


@doors.post(
    "/needs/<uuid:need_id>/renewals",
    roles=COMPANY,
    about=NOBODY,
    body=schemas.RenewForm,
    answer=need_schemas.NeedAnswer,
)
def renew_need(session: Session, principal: Principal, need_id: UUID, body: dict[str, Any]) -> Any:
    """The need holds again from that day on, and its answer has a new last day."""
    return renewals.renew(session, queries.own(principal), need_id, **body)
