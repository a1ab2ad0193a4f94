"""The closed forum: what is posted and taken down, seats at events, and the dialogue through the municipality."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.models import Company, ForumLine, ForumPost, ForumSeat, Profile
from services.matching.queries import profiles as profile_reads
from services.matching.queries import sealing
from services.matching.rules import profiles as rules
from services.matching.use_cases import wording
from services.matching.use_cases.profiles import require_taking_part
from shared import clock
from shared.auth import Principal
from shared.database import new_id
from shared.errors import Invalid, NotFound, PreconditionFailed, Refused
from shared.events import (
    CompanySeatCalledOff,
    CompanySeatMovedUp,
    CompanySeatRestored,
    ForumLineDecided,
    ForumLineReceived,
    ForumSeatCalledOff,
    ForumSeatMovedUp,
    ForumSeatRestored,
)
from shared.lookups import looked
from shared.outbox import record

OF_EVENTS = ("starts_at", "place", "capacity")


def post(session: Session, who: Principal, company: Company | None, **told: Any) -> ForumPost:
    """Something new in the forum; only an event has a time, a place and seats.

    Raises Invalid for a job post that seeks by sex, age and such.
    """
    if told["kind"] != "event":
        # What is over is shown no more, which an article never is.
        told |= dict.fromkeys(OF_EVENTS)
    for field in ("title", "text"):
        if told["kind"] == "job":
            wording.require_neutral(told[field], None, field=field, by_staff=False)
        _require_no_number(told[field], field)
    if told["kind"] == "event" and not (told["starts_at"] and told["starts_at"] > clock.now()):
        raise Invalid({"starts_at": "Skal ligge i fremtiden. / Must be in the future."})
    row = ForumPost(
        id=new_id(), company_id=company.id if company else None, posted_by=who.subject, posted_at=clock.now(), **told
    )
    session.add(row)
    session.flush()
    return row


def hide(session: Session, company: Company | None, post_id: UUID, *, hidden: bool) -> ForumPost:
    """Taken down, or up again; by the municipality, or by the company whose post it is.

    Those who signed up for an event that is still to come hear of it.
    """
    row = _locked(session, post_id)
    if company is not None and row.company_id != company.id:
        raise NotFound
    if hidden != bool(row.hidden_at):
        row.hidden_at = clock.now() if hidden else None
        session.flush()
        _tell_signed_up(session, row)
    return row


def _tell_signed_up(session: Session, event: ForumPost) -> None:
    if event.starts_at is None or event.starts_at <= clock.now():
        return
    rows = select(ForumSeat).where(ForumSeat.post_id == event.id).order_by(ForumSeat.taken_at, ForumSeat.id)
    for seat in session.scalars(rows):
        told: dict[str, Any] = {"seat_id": seat.id, "post_id": event.id, "starts_at": event.starts_at}
        told |= {"called_off_at": event.hidden_at} if event.hidden_at else {"restored_at": clock.now()}
        if seat.citizen_id is not None:
            of_citizen = ForumSeatCalledOff if event.hidden_at else ForumSeatRestored
            record(session, of_citizen(citizen_id=seat.citizen_id, **told), event)
        elif seat.company_id is not None:
            of_company = CompanySeatCalledOff if event.hidden_at else CompanySeatRestored
            record(session, of_company(company_id=seat.company_id, **told), event)


def _locked(session: Session, post_id: UUID) -> ForumPost:
    row = session.scalar(select(ForumPost).where(ForumPost.id == post_id).with_for_update())
    if row is None:
        raise NotFound
    return row


def sign_up(session: Session, post_id: UUID, *, citizen_id: UUID | None = None, company: Company | None = None) -> bool:
    """A seat at an event, or a place on its waiting list; twice is once. True where it is a seat."""
    event = _locked(session, post_id)
    if citizen_id is not None:
        require_taking_part(session, citizen_id)
    if event.kind != "event" or event.hidden_at:
        raise NotFound
    if event.starts_at is not None and event.starts_at <= clock.now():
        raise Refused("event_is_over", "Arrangementet er begyndt.", "The event has begun.")
    mine = _mine(post_id, citizen_id, company)
    if session.scalar(select(ForumSeat.id).where(*mine)) is None:
        of = {"citizen_id": citizen_id, "company_id": company.id if company else None}
        session.add(ForumSeat(id=new_id(), post_id=post_id, taken_at=clock.now(), **of))
        session.flush()
    return session.scalar(select(ForumSeat.id).where(*mine)) in {one.id for one in _seated(session, event)}


def cancel(session: Session, post_id: UUID, *, citizen_id: UUID | None = None, company: Company | None = None) -> None:
    """The seat is free for the first who waits, and who hears it."""
    _give_up(session, _locked(session, post_id), *_mine(post_id, citizen_id, company))


def _seated(session: Session, event: ForumPost) -> list[ForumSeat]:
    rows = select(ForumSeat).where(ForumSeat.post_id == event.id).order_by(ForumSeat.taken_at, ForumSeat.id)
    return list(session.scalars(rows.limit(event.capacity)))


def _give_up(session: Session, event: ForumPost, *mine: Any) -> None:
    before = {one.id for one in _seated(session, event)}
    session.execute(delete(ForumSeat).where(*mine))
    if event.hidden_at or event.starts_at is None or event.starts_at <= clock.now():
        return
    for seat in _seated(session, event):
        if seat.id not in before:
            told: dict[str, Any] = {"seat_id": seat.id, "post_id": event.id, "starts_at": event.starts_at}
            if seat.citizen_id is not None:
                record(session, ForumSeatMovedUp(citizen_id=seat.citizen_id, **told), event)
            elif seat.company_id is not None:
                record(session, CompanySeatMovedUp(company_id=seat.company_id, **told), event)


def _mine(post_id: UUID, citizen_id: UUID | None, company: Company | None) -> tuple[Any, Any]:
    theirs = ForumSeat.citizen_id == citizen_id if company is None else ForumSeat.company_id == company.id
    return ForumSeat.post_id == post_id, theirs


def write_to_profile(session: Session, company: Company, profile_id: UUID, text: str) -> ForumLine:
    """A company's line to whoever is behind a profile; raises NotFound for one that is not shown."""
    citizen_id = profile_reads.behind(session, profile_id)
    return _line(session, citizen_id, profile_id, company.id, text, by_company=True)


def answer_company(session: Session, citizen_id: UUID, company_id: UUID, text: str) -> ForumLine:
    """The citizen's line to a company that has written to them; raises Invalid for words that tell who it is."""
    profile = session.scalar(select(Profile).where(Profile.citizen_id == citizen_id))
    asked = (ForumLine.citizen_id == citizen_id, ForumLine.company_id == company_id, ForumLine.state == "passed")
    if profile is None or session.scalar(select(ForumLine.id).where(*asked).limit(1)) is None:
        raise NotFound
    name = queries.names(session, [citizen_id]).get(citizen_id)
    if told := rules.reveals(text, (name.name or "").split() if name else ()):
        words = [rules.FOUND[code] for code in told]
        raise Invalid({"text": f"{' '.join(w.danish for w in words)} / {' '.join(w.english for w in words)}"})
    return _line(session, citizen_id, profile.id, company_id, text, by_company=False)


def _require_no_number(text: str, field: str) -> None:
    if "cpr" in rules.reveals(text, ()):
        raise Invalid({field: "Tag CPR-nummeret ud. / Take the CPR number out."})


def _line(
    session: Session, citizen_id: UUID, profile_id: UUID, company_id: UUID, text: str, *, by_company: bool
) -> ForumLine:
    _require_no_number(text, "text")
    line_id = new_id()
    row = ForumLine(
        id=line_id, citizen_id=citizen_id, profile_id=profile_id, company_id=company_id, by_company=by_company,
        sealed=sealing.sealed(session, text, ForumLine.__tablename__, line_id), at=clock.now(), state="waiting",
    )  # fmt: skip
    session.add(row)
    _tell(session, row)
    return row


def _tell(session: Session, row: ForumLine) -> None:
    session.flush()
    told = {name: getattr(row, name) for name in ("citizen_id", "company_id", "by_company")} | {"line_id": row.id}
    if row.decided_at is None:
        record(session, ForumLineReceived(**told), row)
    else:
        record(session, ForumLineDecided(**told, state=row.state, decided_at=row.decided_at), row)


def forget_withdrawn(session: Session, citizen_ids: list[UUID]) -> None:
    """Nothing stays here of those who take part no more."""
    theirs = queries.of_withdrawn(ForumSeat, citizen_ids)
    for post_id in sorted({*session.scalars(select(ForumSeat.post_id).where(theirs))}):
        _give_up(session, _locked(session, post_id), ForumSeat.post_id == post_id, theirs)
    session.execute(delete(ForumLine).where(queries.of_withdrawn(ForumLine, citizen_ids)))


def decide(session: Session, who: Principal, line_id: UUID, version: int, state: str) -> ForumLine:
    """A consultant passes a line on, stops it, or takes that back."""
    row = session.scalar(select(ForumLine).where(ForumLine.id == line_id).with_for_update())
    if row is None:
        raise NotFound
    looked(session, row.citizen_id)
    if row.version != version:
        raise PreconditionFailed
    at: datetime | None = None if state == "waiting" else clock.now()
    row.state, row.decided_by, row.decided_at = state, None if at is None else who.subject, at
    _tell(session, row)
    return row
