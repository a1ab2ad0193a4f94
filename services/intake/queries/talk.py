"""Reads of what was noted in a talk."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, select
from sqlalchemy.orm import Session

from services.intake.models import (
    Citizen,
    CvDeadline,
    DoorOutcome,
    FirstContact,
    FoundOpening,
    OwnKnowledge,
    Visitation,
)
from services.intake.queries.numbered import page_of_rows
from shared.lookups import looked

MOST = 200


def knowledge_of(session: Session, citizen_id: UUID) -> OwnKnowledge | None:
    """What somebody knows of themselves, where it is noted."""
    return session.scalar(select(OwnKnowledge).where(OwnKnowledge.citizen_id == citizen_id))


def found_by(session: Session, citizen_id: UUID) -> Sequence[FoundOpening]:
    """What somebody found, the newest first."""
    rows = select(FoundOpening).where(FoundOpening.citizen_id == citizen_id)
    return session.scalars(rows.order_by(FoundOpening.noted_at.desc(), FoundOpening.id).limit(MOST)).all()


def last_contact(session: Session, citizen_id: UUID, chosen: UUID | None = None) -> Row[*tuple[Any, ...]] | None:
    """Somebody's latest or chosen first contact with its visitation and its outcome, as far as there are any."""
    rows = select(FirstContact, Visitation, DoorOutcome)
    rows = rows.outerjoin(Visitation, Visitation.contact_id == FirstContact.id)
    rows = rows.outerjoin(DoorOutcome, DoorOutcome.contact_id == FirstContact.id)
    rows = rows.where(FirstContact.citizen_id == citizen_id).order_by(FirstContact.at.desc(), FirstContact.id)
    if chosen is not None:
        rows = rows.where(FirstContact.id == chosen)
    return session.execute(rows.limit(1)).one_or_none()


def cv_is_awaited() -> ColumnElement[bool]:
    """Of a CV deadline: its contact has not ended at the door."""
    return ~select(DoorOutcome.id).where(DoorOutcome.contact_id == CvDeadline.contact_id).exists()


def cv_deadlines(session: Session, page: int = 1) -> tuple[Sequence[Row[*tuple[Any, ...]]], bool]:
    """CVs that are not there, the soonest day first, with whose it is; a page of them, True for more.

    Not of a contact that has ended at the door: nobody waits for that one, and in time they would fill the list.
    """
    rows = select(CvDeadline, Citizen).join(Citizen, Citizen.id == CvDeadline.citizen_id).where(cv_is_awaited())
    rows = rows.where(CvDeadline.state.in_(("set", "missed"))).order_by(CvDeadline.due_on, CvDeadline.id)
    found, more = page_of_rows(session, rows, page)
    looked(session, *(citizen.id for _deadline, citizen in found))
    return found, more
