"""After a restore: letters that were on their way when the back-up was taken, and that may have been sent since."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from services.notifications.models import Message
from services.notifications.use_cases import messages
from shared import clock


def hold(session: Session) -> int:
    """Gives up each letter that would go out by itself, so that somebody looks before it is sent; how many.

    A reminder whose time has come meanwhile is dropped: its reader was reminded, or it is too late.
    """
    past = delete(Message).where(Message.state == messages.PLANNED, Message.next_try_at <= clock.now())
    session.execute(past.execution_options(synchronize_session=False))
    held = 0
    going = select(Message).where(Message.state.in_((messages.WAITING, messages.QUEUED))).order_by(Message.id)
    while found := session.scalars(going.limit(messages.AT_ONCE).with_for_update()).all():
        for message in found:
            messages.trace_back(session, message)
            messages.tell_failed(session, message, "restored")
        session.flush()
        held += len(found)
    return held
