"""What came back, and how the mailbox for it stands."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from services.notifications.models import Address, Bounce, Message, Notice, Reply, ReturnedMail
from services.notifications.queries import notices
from services.notifications.rules.notices import REPLY, REPLY_UNKNOWN
from services.notifications.rules.returns import PUT_ASIDE
from services.notifications.use_cases import returns
from shared import clock
from shared.auth import Principal
from shared.config import Settings
from shared.errors import NotFound
from shared.lookups import looked

JOB, SHOWN = "read_return_post", timedelta(days=30)


def mailbox(session: Session) -> dict[str, Any]:
    """Whether it is set up, when it was read last or why not, and what came in the last thirty days, by kind."""
    settings: Settings = session.info["settings"]
    ran = session.execute(text("SELECT ran_at, failed_at, error FROM job_run WHERE job = :job"), {"job": JOB})
    job = ran.one_or_none()
    lately = select(ReturnedMail.kind, func.count()).where(ReturnedMail.read_at > clock.now() - SHOWN)
    counted = {row[0]: row[1] for row in session.execute(lately.group_by(ReturnedMail.kind))}
    marked = select(func.count(Address.email.distinct())).where(Address.email == Address.email_failed)
    aside = select(func.count()).where(ReturnedMail.kind == PUT_ASIDE)
    numbers = session.execute(select(marked.scalar_subquery(), aside.scalar_subquery())).one()
    failing = job is not None and job.failed_at is not None and (job.ran_at is None or job.failed_at > job.ran_at)
    return {
        "configured": bool(settings.return_address and settings.return_mailbox),
        "address": settings.return_address or None,
        "read_at": job.ran_at if job else None,
        "failing": failing,
        "counts": [{"kind": kind, "number": number} for kind, number in sorted(counted.items())],
        "marked": numbers[0],
        "put_aside": numbers[1],
    }


def bounces_of(session: Session, message_id: UUID) -> dict[str, Any]:
    """What servers said of a message, and whether its recipient's address is marked now."""
    found = session.scalars(select(Bounce).where(Bounce.message_id == message_id).order_by(Bounce.at)).all()
    address = select(Address.email == Address.email_failed).join(Message, Message.recipient_id == Address.id)
    return {"bounces": found, "marked": bool(session.scalar(address.where(Message.id == message_id)))}


def reply(session: Session, who: Principal, reply_id: UUID) -> dict[str, Any]:
    """An answer with its words, on record as looked at; one that nobody knows the letter of is for the desk alone."""
    found = session.get(Reply, reply_id)
    if found is None or (found.message_id is None and "front_desk" not in who.roles):
        raise NotFound
    looked(session, *found.people)
    message = session.get(Message, found.message_id) if found.message_id else None
    notice = session.scalar(select(Notice).where(Notice.cause_id == reply_id, Notice.kind.in_((REPLY, REPLY_UNKNOWN))))
    seen = notice is not None and session.scalar(select(Notice.id).where(Notice.id == notice.id, notices.may_see(who)))
    received: datetime = found.received_at
    return {
        "id": found.id, "message_id": found.message_id, "received_at": received, "from_known": found.from_known,
        "files": found.files, "text": returns.words_of(session.info["settings"], found),
        "template": message.template if message else None,
        "recipient_kind": message.recipient_kind if message else None,
        "citizen_id": notice.citizen_id if notice else None,
        "notice_id": notice.id if notice and seen else None,
        "cleared_at": notice.cleared_at if notice else None,
    }  # fmt: skip
