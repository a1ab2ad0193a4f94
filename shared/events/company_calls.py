"""What matching tells of companies that ring: what was understood, and what was promised and not kept."""

from datetime import date, datetime
from uuid import UUID

from shared.events.base import Event, named


@named("matching.need.read_back.v1", subject="call_id", partition="company_id", level="P1")
class NeedReadBack(Event):
    """What we understood of a company's need on the telephone; until `ends_at` it can be corrected by a link."""

    call_id: UUID
    need_id: UUID
    company_id: UUID
    occupation: str
    positions: int
    weekly_hours_min: float
    weekly_hours_max: float
    starts_on: date
    ends_at: datetime


@named("matching.company_promise.broken.v1", subject="promise_id", partition="company_id", level="P1")
class CompanyPromiseBroken(Event):
    """A company did not hear from us, or had no visit, by the day that it was told."""

    promise_id: UUID
    company_id: UUID
    promise_kind: str
    due_on: date
