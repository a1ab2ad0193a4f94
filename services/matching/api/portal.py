"""JSON doors of the company's portal: its front page, its calendar, the ratio, and a need once more."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.api import FUNCTIONS, doors
from services.matching.queries import care
from services.matching.queries import portal as reads
from services.matching.schemas import needs as need_schemas
from services.matching.schemas import portal as schemas
from services.matching.use_cases import own_ratio, renewals
from shared import clock
from shared.auth import Principal
from shared.errors import NotFound
from shared.lookups import NOBODY

COMPANY = ("company_employee",)


@doors.get(
    "/company-overview", roles=COMPANY, about=FUNCTIONS, query=schemas.OverviewQuery, answer=schemas.OverviewAnswer
)
def company_overview(session: Session, principal: Principal, query: dict[str, Any]) -> Any:
    """What waits for the company, what comes, what to have at hand, and who to ask."""
    border = reads.narrowed(queries.own(principal), query["p_number"])
    company = queries.company_of(session, principal.organisation or "")
    if company is None:
        raise NotFound
    today, front = clock.today(), reads.front(session, border)
    caretaker = care.consultant_of(session, company.id, today)
    return {
        "waiting": front.waiting(today),
        "coming": front.coming(today, today + reads.AHEAD),
        "ready": [{"code": code, "known": known} for code, known in reads.ready(session, company, border, today)],
        "consultant": caretaker and caretaker.name,
    }


@doors.post(
    "/company-ratio",
    status=200,
    roles=COMPANY,
    about=NOBODY,
    body=schemas.OwnRatioBody,
    answer=schemas.OwnRatioAnswer,
)
def weigh_own_ratio(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """Whether one more has room at the workplace; nothing is kept, and no place is held."""
    return own_ratio.weigh_own_ratio(session, queries.own(principal), **body)


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
