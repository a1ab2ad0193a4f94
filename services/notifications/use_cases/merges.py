"""What becomes of letters when two records were one person's."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from services.notifications.models import CitizenMerge, Message
from services.notifications.use_cases.messages import SUPPRESSED, TO_GO

GIVEN_UP = "talk_given_up"


def readdress(session: Session, gone: UUID, into: UUID) -> None:
    """Whoever stayed gets the letters; those that are on their way are looked up anew when they go."""
    session.execute(update(Message).where(Message.recipient_id == gone).values(recipient_id=into))


def give_up(session: Session, gone: UUID, visitation_id: UUID) -> None:
    """No letter about this talk goes out any more, heard of already or not."""
    session.execute(update(CitizenMerge).where(CitizenMerge.id == gone).values(freed_visitation_id=visitation_id))
    waiting = update(Message).where(Message.cause_id == visitation_id, Message.state.in_(TO_GO))
    session.execute(
        waiting.values(
            state=SUPPRESSED, error_code=GIVEN_UP, next_try_at=None, version=Message.version + 1
        ).execution_options(synchronize_session=False)
    )


def freed(session: Session, visitation_ids: Collection[UUID]) -> set[UUID]:
    """Those of the talks that were given up."""
    known = select(CitizenMerge.freed_visitation_id).where(CitizenMerge.freed_visitation_id.in_(visitation_ids))
    return {one for one in session.scalars(known) if one is not None}
