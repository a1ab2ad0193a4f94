"""Agreements."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from services.matching.models import AgreementVersion, Company, Placement
from services.matching.queries.border import Own, require_place, within
from services.matching.queries.employers import company
from services.matching.queries.paging import latest
from shared.calendar import danish_time
from shared.errors import NotFound
from shared.lookups import looked
from shared.paging import page


def placement(session: Session, border: Own | None, placement_id: UUID) -> Placement:
    """One agreement; raises NotFound."""
    found = session.get(Placement, placement_id)
    if found is None:
        raise NotFound
    looked(session, found.citizen_id)
    require_own_placement(session, border, found)
    return found


def require_own_placement(session: Session, border: Own | None, made: Placement) -> None:
    """Raises NotFound for an agreement outside the border."""
    if border is not None:
        company(session, border, made.company_id)
        require_place(border, made.p_number)


def _placements(border: Own | None) -> Select[Any]:
    return within(select(Placement).join(Company, Company.id == Placement.company_id), border, Placement.p_number)


def placements(session: Session, border: Own | None, **how: Any) -> dict[str, Any]:
    """A page of agreements."""
    found = page(session, _placements(border), Placement.id, **how)
    looked(session, *(one.citizen_id for one in found["items"]))
    return found


def latest_placements(
    session: Session, border: Own | None, most: int, *, company_id: UUID | None = None
) -> list[Placement]:
    """All agreements that wait for somebody's word, of one company where it is named, then the newest others."""
    rows = _placements(border)
    rows = rows if company_id is None else rows.where(Placement.company_id == company_id)
    found = latest(session, rows, Placement.id, most, waiting=Placement.state == "awaiting_statements")
    looked(session, *(one.citizen_id for one in found))
    return found


def turning(session: Session, border: Own | None, since: date, until: date) -> list[Placement]:
    """What is agreed and has its first or last day in the period, both days in it."""
    first = and_(
        Placement.first_day_at >= danish_time(since, 0),
        Placement.first_day_at < danish_time(until + timedelta(days=1), 0),
    )
    rows = _placements(border).where(Placement.state == "agreed", or_(first, Placement.ends_on.between(since, until)))
    found = list(session.scalars(rows))
    looked(session, *(one.citizen_id for one in found))
    return found


def courses_beside(session: Session, citizen_id: UUID, since: date, until: date) -> list[str]:
    """The forms of a citizen's other agreements, waiting or made, that overlap a period as they are now."""
    rows = select(Placement.offer_type).where(
        Placement.citizen_id == citizen_id, Placement.state != "refused", Placement.starts_on <= until,
        Placement.ends_on >= since,
    )  # fmt: skip
    return list(session.scalars(rows))


def versions_of(session: Session, placement_id: UUID) -> list[AgreementVersion]:
    """The versions of an agreement, oldest first."""
    rows = select(AgreementVersion).where(AgreementVersion.placement_id == placement_id)
    return list(session.scalars(rows.order_by(AgreementVersion.number)))


def placements_of(session: Session, citizen_id: UUID) -> list[Placement]:
    """A citizen's agreements that did not come to nothing, oldest first."""
    rows = select(Placement).where(Placement.citizen_id == citizen_id, Placement.state != "refused")
    return list(session.scalars(rows.order_by(Placement.id)))
