"""One consultant for a company: taken, handed on, taken over; a holiday's cover changes nobody's companies."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.models import CompanyConsultant, ConsultantCover
from shared import clock
from shared.database import new_id
from shared.errors import Invalid, NotFound, PreconditionFailed, Refused


def act(session: Session, company_id: UUID, what: str, version: int | None, *, by: str, name: str) -> CompanyConsultant:
    """Take a company that nobody has or that is handed on, hand one's own on, or keep it after all."""
    queries.company(session, None, company_id)
    row = session.get(CompanyConsultant, company_id, with_for_update=True)
    if (row.version if row else None) != version:
        raise PreconditionFailed
    if what == "take":
        if row is not None and row.subject != by and row.offered_at is None:
            raise Refused(
                "has_consultant",
                f"{row.name} er virksomhedens kontaktperson. Bed om at få den givet videre.",
                f"{row.name} is the company's contact. Ask to have it handed on.",
            )
        if row is None:
            row = CompanyConsultant(company_id=company_id)
            session.add(row)
        row.subject, row.name, row.since, row.offered_at = by, name, clock.now(), None
    else:
        if row is None or row.subject != by:
            raise NotFound
        row.offered_at = clock.now() if what == "offer" else None
    session.flush()
    return row


def give_up(session: Session, company_id: UUID, version: int, *, by: str) -> None:
    """It was not to be taken: nobody has the company, as before."""
    row = session.get(CompanyConsultant, company_id, with_for_update=True)
    if row is None or row.subject != by:
        raise NotFound
    row.require_untouched(version)
    session.delete(row)
    session.flush()


def cover(session: Session, *, absent: str, from_on: date, until_on: date, by: str, name: str) -> ConsultantCover:
    """Somebody looks after a colleague's companies from a day to a day; then they come back by themselves."""
    known = session.scalar(select(CompanyConsultant.name).where(CompanyConsultant.subject == absent).limit(1))
    if known is None or absent == by:
        raise Invalid({"absent": "Vælg en kollega, der har virksomheder. / Choose a colleague who has companies."})
    if until_on < from_on or until_on < clock.today():
        raise Invalid({"until_on": "Slutter, før det begynder, eller er gået. / It ends too early."})
    row = ConsultantCover(
        id=new_id(), absent=absent, absent_name=known, cover=by, cover_name=name, from_on=from_on, until_on=until_on,
        made_at=clock.now(),
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def end_cover(session: Session, cover_id: UUID, *, by: str) -> dict[str, Any]:
    """They are back, or never went; by either of the two. Returns what would write it down again."""
    row = session.get(ConsultantCover, cover_id)
    if row is None or by not in (row.absent, row.cover):
        raise NotFound
    told = {"absent": row.absent, "from_on": row.from_on, "until_on": row.until_on, "cover": row.cover}
    session.delete(row)
    session.flush()
    return told
