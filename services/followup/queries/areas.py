"""An area in two tiers: counts for partners, people for whoever the municipality employs; both say what for (A31)."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.followup import rules
from services.followup.models import AreaPromise, AreaResident, Citizen, Company, Readiness
from services.followup.use_cases import POLICY
from shared import clock
from shared.lookups import looked


def resident(session: Session, citizen_id: UUID) -> AreaResident | None:
    """Where somebody lives, as far as area work knows."""
    return session.scalar(
        select(AreaResident).where(AreaResident.citizen_id == citizen_id, AreaResident.left_at.is_(None))
    )


def _residents(session: Session, area_code: str) -> list[tuple[AreaResident, Citizen, str | None]]:
    rows = select(AreaResident, Citizen, Readiness.category)
    rows = rows.join(Citizen, Citizen.id == AreaResident.citizen_id)
    rows = rows.join(Readiness, Readiness.id == AreaResident.citizen_id, isouter=True)
    rows = rows.where(
        AreaResident.area_code == area_code, AreaResident.left_at.is_(None), Citizen.name.is_not(None)
    ).order_by(AreaResident.dagpenge_until.nulls_last(), Citizen.name, Citizen.id)
    return [(row[0], row[1], row[2]) for row in session.execute(rows)]


def _counts(rows: list[tuple[AreaResident, Citizen, str | None]]) -> tuple[dict[str, int], int]:
    today = clock.today()
    weeks = POLICY.row("area.expiry_weeks", today).value
    known = [
        rules.Resident(one.benefit, one.dagpenge_until, tuple(one.qualifications), category)
        for one, _citizen, category in rows
    ]
    return rules.counts(known, today, weeks), weeks


def area_overview(session: Session, area_code: str, purpose: str) -> dict[str, Any]:
    """Counts as partners see them: a small one is hidden, the others are rounded."""
    looked(session, purpose=purpose)
    found, weeks = _counts(_residents(session, area_code))
    least = POLICY.row("area.rounded_to", clock.today()).value
    return {
        "area_code": area_code, "least": least, "weeks": weeks,
        "counts": [
            {"name": name, "count": rules.rounded(number, least), "small": rules.rounded(number, least) is None}
            for name, number in sorted(found.items())
        ],
        "promises": promises(session, area_code),
    }  # fmt: skip


def area_people(session: Session, area_code: str, purpose: str) -> dict[str, Any]:
    """Everybody of the area, those who lose dagpenge first, with the day."""
    rows = _residents(session, area_code)
    looked(session, *(one.citizen_id for one, _citizen, _category in rows), purpose=purpose)
    found, weeks = _counts(rows)
    today = clock.today()
    return {
        "area_code": area_code, "weeks": weeks,
        "counts": [{"name": name, "count": number, "small": False} for name, number in sorted(found.items())],
        "people": [
            {"citizen_id": one.citizen_id, "citizen_name": citizen.name, "benefit": one.benefit,
             "dagpenge_until": one.dagpenge_until, "qualifications": one.qualifications, "category": category,
             "losing": one.benefit == rules.DAGPENGE and rules.loses_soon(one.dagpenge_until, today, weeks)}
            for one, citizen, category in rows
        ],
        "promises": promises(session, area_code),
    }  # fmt: skip


def promises(session: Session, area_code: str) -> list[dict[str, Any]]:
    """What subcontractors promised there, the nearest day first."""
    rows = select(AreaPromise, Company.name).join(Company, Company.id == AreaPromise.company_id, isouter=True)
    rows = rows.where(AreaPromise.area_code == area_code, AreaPromise.taken_back_at.is_(None))
    names = ("id", "project", "kind", "promised", "kept", "due_on", "version")
    return [
        {name: getattr(one, name) for name in names}
        | {"company_name": company, "late": one.kept < one.promised and one.due_on < clock.today()}
        for one, company in session.execute(rows.order_by(AreaPromise.due_on, AreaPromise.id))
    ]
