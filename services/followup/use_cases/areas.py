"""Who lives in an area is noted, and what subcontractors promised there is followed."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.followup import queries, rules
from services.followup.models import AreaPromise, AreaResident, Citizen, Company
from services.followup.use_cases import POLICY
from shared import clock
from shared.auth import Principal
from shared.database import new_id
from shared.errors import Invalid, NotFound
from shared.events import AreaOverviewRequested
from shared.lookups import looked
from shared.outbox import record


def check_area(area_code: str) -> None:
    """One of the municipality's; raises Invalid."""
    if area_code not in POLICY.groups("area.words", clock.today()):
        raise Invalid({"area_code": "Området er ikke sat op. / The area is not configured."})


def overview(session: Session, principal: Principal, area_code: str, purpose: str) -> dict[str, Any]:
    """Counts in which nobody can be recognised; that they were asked for is told (A31)."""
    check_area(area_code)
    found = queries.area_overview(session, area_code, purpose)
    _asked(session, principal, found, "counts", purpose)
    return found


def people(session: Session, principal: Principal, area_code: str, purpose: str) -> dict[str, Any]:
    """The people of the area; that they were asked for is told, not who they are (A31)."""
    check_area(area_code)
    found = queries.area_people(session, area_code, purpose)
    _asked(session, principal, found, "people", purpose)
    return found


def _asked(session: Session, principal: Principal, found: dict[str, Any], tier: str, purpose: str) -> None:
    record(session, AreaOverviewRequested(
        request_id=new_id(), area_code=found["area_code"], tier=tier, role=next(iter(principal.roles), ""),
        purpose=purpose, cells_hidden=sum(one["small"] for one in found["counts"]),
    ))  # fmt: skip


def settle(
    session: Session,
    principal: Principal,
    citizen_id: UUID,
    *,
    area_code: str,
    benefit: str,
    dagpenge_until: date | None,
    qualifications: list[str],
) -> AreaResident:
    """Somebody lives there; noted again, the later word counts."""
    looked(session, citizen_id)
    citizen = session.get(Citizen, citizen_id, with_for_update=True)
    if citizen is None:
        raise NotFound
    check_area(area_code)
    rules.check_resident(benefit, dagpenge_until, protected=citizen.name is None)
    row = queries.resident(session, citizen_id)
    if row is None:
        row = AreaResident(id=new_id(), citizen_id=citizen_id)
        session.add(row)
    row.area_code, row.benefit, row.dagpenge_until = area_code, benefit, dagpenge_until
    row.qualifications = [one for one in rules.QUALIFICATIONS if one in qualifications]
    row.noted_by, row.noted_at = principal.subject, clock.now()
    session.flush()
    return row


def leave(session: Session, citizen_id: UUID) -> None:
    """They are no part of the area work; raises NotFound where they were none."""
    looked(session, citizen_id)
    row = queries.resident(session, citizen_id)
    if row is None:
        raise NotFound
    row.left_at = clock.now()
    session.flush()


def promise(session: Session, principal: Principal, *, area_code: str, company_id: UUID, **told: Any) -> AreaPromise:
    """A subcontractor promised so many by a day."""
    check_area(area_code)
    if session.get(Company, company_id) is None:
        raise Invalid({"company": "Virksomheden kendes ikke. / The company is not known."})
    row = AreaPromise(
        id=new_id(), area_code=area_code, company_id=company_id, kept=0, made_by=principal.subject,
        made_at=clock.now(), **told,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def _promise(session: Session, promise_id: UUID) -> AreaPromise:
    row = session.get(AreaPromise, promise_id, with_for_update=True)
    if row is None:
        raise NotFound
    return row


def keep_promise(session: Session, promise_id: UUID, *, kept: int) -> AreaPromise:
    """So many of them are kept by now."""
    row = _promise(session, promise_id)
    if row.taken_back_at is not None:
        raise NotFound
    row.kept = kept
    session.flush()
    return row


def take_promise_back(session: Session, promise_id: UUID, *, taken_back: bool) -> AreaPromise:
    """It was never promised; false takes that back."""
    row = _promise(session, promise_id)
    row.taken_back_at = clock.now() if taken_back else None
    session.flush()
    return row
