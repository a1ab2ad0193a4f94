"""One mail a day at most to a consultant's mailbox: how many needs came that their saved searches seek."""

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from services.matching.models import AlertMailbox, Notice
from shared import clock
from shared.database import new_id
from shared.events import SearchAlerted
from shared.outbox import record

SEARCHED = "search"


def mailbox_of(session: Session, owner: str) -> str | None:
    """Where the mail goes; None where none is wanted."""
    row = session.get(AlertMailbox, owner)
    return row.mailbox if row else None


def write_to(session: Session, owner: str, mailbox: str | None) -> str | None:
    """From now there, or nowhere; returns where it went before."""
    row = session.get(AlertMailbox, owner, with_for_update=True)
    before = row.mailbox if row else None
    if mailbox is None:
        if row is not None:
            session.delete(row)
    elif row is None:
        session.add(AlertMailbox(owner=owner, mailbox=mailbox, told_until=clock.now(), mailed_on=None))
    else:
        row.mailbox = mailbox
    session.flush()
    return before


def send(session: Session) -> None:
    """Everybody who has unread alerts since their last mail and had none today."""
    today, now = clock.today(), clock.now()
    waiting = select(AlertMailbox).where(or_(AlertMailbox.mailed_on.is_(None), AlertMailbox.mailed_on < today))
    for box in session.scalars(waiting.order_by(AlertMailbox.owner).with_for_update(skip_locked=True)).all():
        unread = select(func.count(Notice.id)).where(
            Notice.to_subject == box.owner, Notice.kind == SEARCHED, Notice.seen_at.is_(None),
            Notice.at > box.told_until,
        )  # fmt: skip
        if number := session.scalars(unread).one():
            box.told_until, box.mailed_on = now, today
            record(session, SearchAlerted(alert_id=new_id(), on_day=today, needs=number, mailbox=box.mailbox))
