"""JSON doors to what was spotted on visits."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.matching.api import CONSULTANTS, doors
from services.matching.queries import spotted as reads
from services.matching.schemas import openings as schemas
from services.matching.schemas.doors import DoneAnswer, PeriodQuery, VersionBody
from services.matching.schemas.needs import NeedAnswer
from services.matching.use_cases import openings
from shared import clock
from shared.auth import Principal
from shared.lookups import NOBODY
from shared.paging import page_of
from shared.retention import years_from

PLACE = "/workplaces/<int(fixed_digits=10):p_number>"


@doors.post(f"{PLACE}/visits", roles=CONSULTANTS, about=NOBODY, body=schemas.VisitBody, answer=schemas.VisitAnswer)
def note_visit(session: Session, principal: Principal, p_number: int, body: dict[str, Any]) -> Any:
    """Note a visit and the tasks that were seen: who does them today, and whether the company knew of the need."""
    number = f"{p_number:010d}"
    visit, made = openings.note_visit(session, number, **body, by=principal.subject, name=principal.name)
    told = {name: getattr(visit, name) for name in ("id", "company_id", "p_number", "visited_on")}
    return told | {"openings": made}


@doors.get(
    "/spotted-openings", roles=CONSULTANTS, about=NOBODY, query=schemas.OpeningsQuery,
    answer=page_of(schemas.OpeningAnswer))  # fmt: skip
def list_spotted(session: Session, _principal: Principal, query: dict[str, Any]) -> Any:
    """What was spotted, oldest first."""
    return reads.spotted_page(session, **query)


@doors.get(
    "/spotted-openings/figures", roles=CONSULTANTS, about=NOBODY, query=PeriodQuery, answer=schemas.FiguresAnswer
)
def opening_figures(session: Session, _principal: Principal, query: dict[str, Any]) -> Any:
    """How many needs companies did not know of, and what became of them; the last twelve months unless told."""
    until = query["until"] or clock.today()
    since = query["since"] or years_from(until, -1)
    return {"since": since, "until": until} | reads.opening_figures(session, since, until)._asdict()


@doors.post(
    "/spotted-openings/<uuid:opening_id>/drop", status=200, roles=CONSULTANTS, about=NOBODY, body=schemas.DropBody,
    answer=schemas.OpeningAnswer)  # fmt: skip
def drop_opening(session: Session, _principal: Principal, opening_id: UUID, body: dict[str, Any]) -> Any:
    """Nothing comes of it."""
    return openings.drop(session, opening_id, **body)


@doors.post(
    "/spotted-openings/<uuid:opening_id>/take-up", status=200, roles=CONSULTANTS, about=NOBODY, body=VersionBody,
    answer=schemas.OpeningAnswer)  # fmt: skip
def take_up_opening(session: Session, _principal: Principal, opening_id: UUID, body: dict[str, Any]) -> Any:
    """Something may come of it after all."""
    return openings.take_up(session, opening_id, **body)


@doors.post(f"{PLACE}/bundles", roles=CONSULTANTS, about=NOBODY, body=schemas.BundleBody, answer=NeedAnswer)
def bundle_openings(session: Session, _principal: Principal, p_number: int, body: dict[str, Any]) -> Any:
    """Make one need of tasks at the workplace (A30)."""
    return openings.bundle(session, f"{p_number:010d}", **body)


@doors.post(
    "/needs/<uuid:need_id>/unbundle", status=200, roles=CONSULTANTS, about=NOBODY, body=VersionBody, answer=DoneAnswer
)
def unbundle_need(session: Session, _principal: Principal, need_id: UUID, body: dict[str, Any]) -> Any:
    """Close the need, so that its tasks stand for themselves again."""
    openings.unbundle(session, need_id, **body)
    return {"done": True}
