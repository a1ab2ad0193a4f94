"""Calls: a consultant's draft, and those that are over."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.matching.models import Call, Company, Need
from shared.errors import NotFound


class Held(NamedTuple):
    """A call that is over, with the need that came of it."""

    call: Call
    company: Company
    need: Need


def draft(session: Session, owner: str) -> Call | None:
    """The call that a consultant is in, or was when the browser was closed."""
    return session.scalar(select(Call).where(Call.owner == owner, Call.state == "draft"))


def call(session: Session, owner: str, call_id: UUID) -> Call:
    """A consultant's own call; raises NotFound."""
    found = session.get(Call, call_id)
    if found is None or found.owner != owner:
        raise NotFound
    return found


def held(session: Session, *, owner: str | None = None, company_id: UUID | None = None, most: int) -> Sequence[Held]:
    """Calls that a need came of, newest first: a consultant's own, or a company's."""
    rows = (
        select(Call, Company, Need)
        .join(Company, Company.id == Call.company_id)
        .join(Need, Need.id == Call.need_id)
        .where(Call.state == "done")
    )
    if owner is not None:
        rows = rows.where(Call.owner == owner)
    if company_id is not None:
        rows = rows.where(Call.company_id == company_id)
    return [Held(*row) for row in session.execute(rows.order_by(Call.saved_at.desc(), Call.id).limit(most))]
