"""Who was offered a profile and their own pages, and when they were there last."""

from datetime import date

from sqlalchemy import Uuid, cast, func, select
from sqlalchemy.orm import Session

from services.intake.models import JobWishes, SignIn
from services.intake.queries.promise import danish_day


def offered(session: Session) -> int:
    """Those whose job wishes were written down, and who so were asked whether they take part."""
    return session.scalars(select(func.count(JobWishes.id))).one()


def latest_sign_ins(session: Session) -> list[date]:
    """The Danish day of the latest sign-in of each of them who has signed in."""
    theirs = (
        select(func.max(SignIn.started_at).label("at"))
        .join(JobWishes, JobWishes.citizen_id == cast(SignIn.subject, Uuid))
        .where(SignIn.kind == "citizen")
        .group_by(SignIn.subject)
        .subquery()
    )
    return list(session.scalars(select(danish_day(theirs.c.at))))
