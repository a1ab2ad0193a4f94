"""How far the letters about intake's own things got, as notifications tells it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, union_all
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.intake.models import JobReferral, LetterFact, ReasonRequest
from shared.database import new_id
from shared.envelope import Received
from shared.events import NotificationDelivered, NotificationFailed, NotificationRead, NotificationSent

Fact = NotificationSent | NotificationFailed | NotificationDelivered | NotificationRead
STEPS: dict[type[Fact], str] = {
    NotificationSent: "sent", NotificationFailed: "failed", NotificationDelivered: "delivered",
    NotificationRead: "read",
}  # fmt: skip


def keep_facts(session: Session, batch: Sequence[Received[Any]]) -> None:
    """The steps of letters about job referrals, each once; other letters are no business of the desk's."""
    about = _referrals(session, {received.event.cause_id for received in batch if received.event.cause_id})
    rows = [
        _row(received.event, about[received.event.cause_id], received.time)
        for received in batch
        if received.event.cause_id in about
    ]
    if rows:
        session.execute(insert(LetterFact).on_conflict_do_nothing(), rows)


def _referrals(session: Session, causes: set[UUID]) -> dict[UUID, UUID]:
    if not causes:
        return {}
    own = select(JobReferral.id, JobReferral.id.label("about")).where(JobReferral.id.in_(causes))
    asked = select(ReasonRequest.id, ReasonRequest.job_referral_id).where(ReasonRequest.id.in_(causes))
    return {row[0]: row[1] for row in session.execute(union_all(own, asked))}


def _row(event: Fact, referral_id: UUID, told_at: datetime) -> dict[str, Any]:
    detail = getattr(event, "reason_code", None) or getattr(event, "how_code", None)
    return {
        "id": new_id(), "job_referral_id": referral_id, "message_id": event.message_id, "template": event.template,
        "channel": event.channel, "step": STEPS[type(event)], "detail_code": detail,
        "at": getattr(event, "at", told_at),
    }  # fmt: skip
