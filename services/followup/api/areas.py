"""The doors of area work: counts for partners, people for the municipality's own, promises for both."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.followup import queries, schemas
from services.followup.api.base import FOLLOWERS, doors
from services.followup.use_cases import areas
from shared.auth import Principal
from shared.lookups import About

AREA = About("case", how="list", purpose="follow_up")
PROMISE_CHANGE = About("company", how="change", purpose="company_contact")
RESIDENT_CHANGE = About("case", "citizen_id", how="change", purpose="follow_up")
COUNTERS = ("partner", "leader", *FOLLOWERS)
ONE = "/areas/<area_code>"


@doors.get(f"{ONE}/overview", roles=COUNTERS, about=AREA, query=schemas.AreaQuery, answer=schemas.AreaOverview)
def read_area(session: Session, principal: Principal, area_code: str, query: dict[str, str]) -> Any:
    """Counts in which nobody can be recognised."""
    return areas.overview(session, principal, area_code, **query)


@doors.get(f"{ONE}/people", roles=FOLLOWERS, about=AREA, query=schemas.AreaQuery, answer=schemas.AreaPeople)
def read_area_people(session: Session, principal: Principal, area_code: str, query: dict[str, str]) -> Any:
    """The people of the area, those who lose dagpenge first."""
    return areas.people(session, principal, area_code, **query)


@doors.post("/citizens/<uuid:citizen_id>/area", status=200, roles=FOLLOWERS, about=RESIDENT_CHANGE,
            body=schemas.ResidentBody, answer=schemas.ResidentAnswer)  # fmt: skip
def settle(session: Session, principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> Any:
    """Where somebody lives; noted again, the later word counts."""
    return areas.settle(session, principal, citizen_id, **body)


@doors.post(f"{ONE}/promises", roles=FOLLOWERS, about=PROMISE_CHANGE, body=schemas.PromiseBody,
            answer=schemas.PromiseLine)  # fmt: skip
def promise(session: Session, principal: Principal, area_code: str, body: dict[str, Any]) -> Any:
    """A subcontractor's promise."""
    made = areas.promise(session, principal, area_code=area_code, **body)
    return next(one for one in queries.promises(session, area_code) if one["id"] == made.id)


@doors.post("/area-promises/<uuid:promise_id>/kept", status=200, roles=FOLLOWERS, about=PROMISE_CHANGE,
            body=schemas.KeptBody, answer=schemas.PromiseLine)  # fmt: skip
def keep_promise(session: Session, _principal: Principal, promise_id: UUID, body: dict[str, int]) -> Any:
    """How many are kept by now."""
    kept = areas.keep_promise(session, promise_id, **body)
    return next(one for one in queries.promises(session, kept.area_code) if one["id"] == kept.id)
