"""Citizens' own profiles as companies see them: every row is confirmed against consent and choice as it is read."""

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, String, cast, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from services.matching.models import CitizenCopy, KeptProfile, Knowledge, Profile, WishesCopy
from services.matching.queries.paging import page_by
from services.matching.rules import catalogue
from shared.errors import NotFound
from shared.lookups import looked

MOST, TITLES = 50, 8


class Shown(NamedTuple):
    """A profile without the person."""

    id: UUID
    own_words: str
    occupations: list[str]
    employment_forms: list[str]
    weekly_hours_min: float
    weekly_hours_max: float
    availability: list[str]
    licences: list[str]
    functional_needs: list[str]


def profile_of(session: Session, citizen_id: UUID) -> Profile | None:
    """What somebody says to companies, shown or not."""
    return session.scalar(select(Profile).where(Profile.citizen_id == citizen_id))


def _visible() -> Select[Profile, WishesCopy]:
    """Who has chosen it, takes part, is not paused, and is known to have no protected identity."""
    return (
        select(Profile, WishesCopy)
        .join(WishesCopy, WishesCopy.citizen_id == Profile.citizen_id)
        .join(CitizenCopy, CitizenCopy.citizen_id == Profile.citizen_id)
        .outerjoin(Knowledge, Knowledge.citizen_id == Profile.citizen_id)
        .where(Profile.shown, WishesCopy.consent_to_matching, ~CitizenCopy.protected)
        .where(~func.coalesce(Knowledge.paused, False))
    )


def shown_profiles(
    session: Session,
    *,
    words: str | None = None,
    weekly_hours: float | None = None,
    cursor: UUID | None = None,
    limit: int,
) -> tuple[list[tuple[UUID, Shown]], UUID | None]:
    """Those that companies may read, newest first, each with whose it is, and the cursor of the next page: for an
    occupation or word, or hours a week that somebody can work."""
    rows = _visible()
    if words:
        called = [one.id for one in catalogue.search(words, TITLES)]
        wished = WishesCopy.occupations.overlap(cast(called, ARRAY(String)))
        rows = rows.where(or_(wished, Profile.own_words.icontains(words, autoescape=True)))
    if weekly_hours is not None:
        rows = rows.where(WishesCopy.weekly_hours_min <= weekly_hours, WishesCopy.weekly_hours_max >= weekly_hours)
    by = (Profile.said_at, Profile.id)
    found, onward = page_by(session, rows, by, cursor=cursor, limit=limit, newest=True)
    looked(session, *(profile.citizen_id for profile, _wishes in found))
    return [(profile.citizen_id, as_shown(profile, wishes)) for profile, wishes in found], onward


def behind(session: Session, profile_id: UUID) -> UUID:
    """Whose a profile is that companies may read; raises NotFound for one that is not shown."""
    citizen_id = session.scalar(_visible().with_only_columns(Profile.citizen_id).where(Profile.id == profile_id))
    if citizen_id is None:
        raise NotFound
    looked(session, citizen_id)
    return citizen_id


def visible_ids(session: Session, profile_ids: Iterable[UUID]) -> set[UUID]:
    """Those of the profiles that companies may read now."""
    rows = session.execute(_visible().where(Profile.id.in_(list(profile_ids))))
    return {profile.id for profile, _wishes in rows}


def is_visible(session: Session, citizen_id: UUID) -> bool:
    """True while companies may read somebody's profile."""
    return session.execute(_visible().where(Profile.citizen_id == citizen_id)).first() is not None


def as_shown(profile: Profile, wishes: WishesCopy) -> Shown:
    """The profile as a company reads it; the citizen sees the same before it is shown."""
    return Shown(
        profile.id, profile.own_words, wishes.occupations, wishes.forms, wishes.weekly_hours_min,
        wishes.weekly_hours_max, wishes.availability, wishes.licences, wishes.needs if profile.tells_needs else [],
    )  # fmt: skip


def kept(
    session: Session, company_id: UUID, *, cursor: UUID | None = None, limit: int = MOST
) -> tuple[list[tuple[UUID, Shown | None]], UUID | None]:
    """A page of what a company keeps in mind, newest first; nothing of a profile that is shown no more."""
    rows = select(KeptProfile.profile_id).where(KeptProfile.company_id == company_id)
    by = (KeptProfile.kept_at, KeptProfile.id)
    found, onward = page_by(session, rows, by, cursor=cursor, limit=limit, newest=True)
    ids = [one for (one,) in found]
    there = session.execute(_visible().where(Profile.id.in_(ids))).all() if ids else []
    looked(session, *(profile.citizen_id for profile, _wishes in there))
    shown = {profile.id: as_shown(profile, wishes) for profile, wishes in there}
    return [(one, shown.get(one)) for one in ids], onward


def kept_among(session: Session, company_id: UUID, profile_ids: Iterable[UUID]) -> set[UUID]:
    """Those of the profiles that a company keeps in mind."""
    rows = select(KeptProfile.profile_id).where(KeptProfile.company_id == company_id)
    return set(session.scalars(rows.where(KeptProfile.profile_id.in_(list(profile_ids)))))
