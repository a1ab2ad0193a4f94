"""What a company can offer in general is told anew, or taken back."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.matching.models import Company, CompanyOffer
from shared import clock
from shared.errors import NotFound, PreconditionFailed

FIELDS = ("adjustments", "mentor_offered", "shifts", "season", "languages", "soft_wishes")


def tell(session: Session, company_id: UUID, version: int | None, told: dict[str, Any], by: str) -> CompanyOffer:
    """What holds from now; `version` is the one that was read, none where nothing was told."""
    if session.get(Company, company_id, with_for_update=True) is None:
        raise NotFound
    row = session.get(CompanyOffer, company_id)
    if (row.version if row else None) != version:
        raise PreconditionFailed
    if row is None:
        row = CompanyOffer(company_id=company_id)
        session.add(row)
    for name in FIELDS:
        setattr(row, name, told[name])
    row.told_at, row.told_by = clock.now(), by
    session.flush()
    return row


def take_back(session: Session, company_id: UUID, version: int, before: dict[str, Any] | None, by: str) -> None:
    """What was told before the last change; nothing, where nothing was."""
    row = session.get(CompanyOffer, company_id)
    if row is None:
        raise NotFound
    row.require_untouched(version)
    if before is None:
        session.delete(row)
    else:
        tell(session, company_id, version, before, by)
