"""The job bank: a workplace asks again, season by season, and former people say whether it may ask for them."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.models import Alumnus, Need, NeedProfile, Season
from services.matching.queries import jobbank as reads
from services.matching.queries.wording import kept_words
from services.matching.use_cases import needs, pipeline
from shared import clock, merges
from shared.database import new_id
from shared.errors import NotFound, PreconditionFailed, Refused
from shared.lookups import looked

SAME = ("occupation", "title", "employment_form", "licences", "adjustments", "mentor_offered", "unadvertised")
OF_PROFILE = [column.key for column in NeedProfile.__table__.columns if column.key not in ("need_id", "version")]


def add_season(
    session: Session, p_number: str, *, name: str, months: list[str], positions: int, need_id: UUID
) -> Season:
    """A season of a workplace, on the terms of one of its needs."""
    place = queries.find_workplace(session, p_number)
    pattern = queries.need(session, None, need_id)
    if place is None or pattern.p_number != p_number:
        raise NotFound
    row = Season(
        id=new_id(), workplace_id=place.id, name=name, months=sorted(months), positions=positions,
        pattern_need_id=need_id, last_need_id=None,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def remove_season(session: Session, p_number: str, season_id: UUID) -> dict[str, Any]:
    """The season is there no more; returns what would make it again."""
    row = _season(session, p_number, season_id)
    told = {
        "name": row.name,
        "months": row.months,
        "positions": str(row.positions),
        "need_id": str(row.pattern_need_id),
    }
    session.delete(row)
    return told


def _season(session: Session, p_number: str, season_id: UUID) -> Season:
    place, row = queries.find_workplace(session, p_number), session.get(Season, season_id, with_for_update=True)
    if place is None or row is None or row.workplace_id != place.id:
        raise NotFound
    return row


def ask_for_season(
    session: Session, p_number: str, season_id: UUID, version: int, *, starts_on: date, by: str, name: str
) -> Need:
    """A need like the season's, with what it asks beyond its hours; whoever answered the call has it."""
    season = _season(session, p_number, season_id)
    if season.version != version:
        raise PreconditionFailed
    like = session.get_one(Need, season.pattern_need_id)
    told = {field: getattr(like, field) for field in SAME} | needs.told_hours(like)
    need = needs.receive_need(
        session, None, company_id=like.company_id, p_number=p_number, positions=season.positions, starts_on=starts_on,
        wording_reason_code=next((one.reason_code for one in kept_words(session, like.id)), None), **told,
    )  # fmt: skip
    session.flush()
    profile = session.get(NeedProfile, like.id)
    if profile is not None:
        session.add(NeedProfile(need_id=need.id, **{field: getattr(profile, field) for field in OF_PROFILE}))
    pipeline.take(session, need.id, None, by=by, name=name)
    season.last_need_id = need.id
    session.flush()
    return need


def may_be_asked(session: Session, citizen_id: UUID, company_id: UUID, *, how: str, heard_by: str | None) -> None:
    """Somebody who was at a company says that it may ask for them again; twice is once."""
    looked(session, citizen_id := merges.survivor(session, citizen_id))
    if not reads.has_been(session, citizen_id, company_id, clock.today()):
        raise Refused(
            "never_there", "Det kan kun siges om et sted, hvor et forløb er slut.",
            "This can be said only of a place where a placement is over.",
        )  # fmt: skip
    row = {"id": new_id(), "citizen_id": citizen_id, "company_id": company_id, "said_at": clock.now(), "how": how}
    session.execute(insert(Alumnus).values(row | {"heard_by": heard_by}).on_conflict_do_nothing())


def withdraw(session: Session, citizen_id: UUID, company_id: UUID) -> None:
    """Out of the company's catalogue at once; twice is once."""
    looked(session, citizen_id := merges.survivor(session, citizen_id))
    mine = (Alumnus.citizen_id == citizen_id) & (Alumnus.company_id == company_id)
    session.execute(delete(Alumnus).where(mine))


def forget_withdrawn(session: Session, citizen_ids: list[UUID]) -> None:
    """Nothing stays here of those who take part no more."""
    session.execute(delete(Alumnus).where(queries.of_withdrawn(Alumnus, citizen_ids)))
