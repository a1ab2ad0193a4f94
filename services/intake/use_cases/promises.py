"""A person says why a promise was not kept."""

from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from services.intake.models import BreachCause, FirstContact
from shared import clock
from shared.errors import NotFound
from shared.lookups import looked


def choose_cause(session: Session, contact_id: UUID, *, promise: str, cause: str | None, by: str) -> str | None:
    """The cause of a breach is this one, or (None) nobody has said; returns what stood there before."""
    contact = session.get(FirstContact, contact_id, with_for_update=True)
    if contact is None:
        raise NotFound
    looked(session, contact.citizen_id)
    asked = select(BreachCause).where(BreachCause.contact_id == contact_id, BreachCause.promise == promise)
    known = session.scalar(asked)
    before = known.cause if known else None
    if cause is None:
        session.execute(delete(BreachCause).where(BreachCause.id == (known and known.id)))
    elif known is None:
        session.add(BreachCause(
            contact_id=contact_id, promise=promise, cause=cause, chosen_by=by, chosen_at=clock.now()
        ))  # fmt: skip
    else:
        known.cause, known.chosen_by, known.chosen_at = cause, by, clock.now()
    session.flush()
    return before
