"""A citizen's own profile: written, shown and withdrawn by themselves, at any hour, and at once."""

from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.models import Company, KeptProfile, Profile, WishesCopy
from services.matching.queries import profiles as reads
from services.matching.rules import profiles as rules
from shared import clock
from shared.database import new_id
from shared.errors import Invalid, NotFound, PreconditionFailed, Refused


def write(
    session: Session,
    citizen_id: UUID,
    version: int | None,
    *,
    own_words: str,
    tells_needs: bool,
    shown: bool,
    assisted_by: str | None = None,
) -> Profile:
    """The profile anew; `version` is the one that was read, none where there was none.

    Raises Refused for who takes no part in matching, Invalid for words that give away who it is.
    """
    require_taking_part(session, citizen_id)
    name = queries.names(session, [citizen_id]).get(citizen_id)
    if told := rules.reveals(own_words, (name.name or "").split() if name else ()):
        words = [rules.FOUND[code] for code in told]
        raise Invalid({"own_words": f"{' '.join(w.danish for w in words)} / {' '.join(w.english for w in words)}"})
    row = reads.profile_of(session, citizen_id)
    if (row.version if row else None) != version:
        raise PreconditionFailed
    if row is None:
        row = Profile(id=new_id(), citizen_id=citizen_id)
        session.add(row)
    row.own_words, row.tells_needs, row.shown, row.said_at = own_words, tells_needs, shown, clock.now()
    row.assisted_by = assisted_by
    session.flush()
    return row


def show(session: Session, citizen_id: UUID, version: int, *, shown: bool, assisted_by: str | None = None) -> Profile:
    """Gone from every company at once, or back; raises NotFound where there is no profile.

    Whoever does so themselves has the profile alone from then on.
    """
    row = reads.profile_of(session, citizen_id)
    if row is None:
        raise NotFound
    if row.version != version:
        raise PreconditionFailed
    if shown:
        require_taking_part(session, citizen_id)
    row.shown, row.assisted_by = shown, assisted_by
    session.flush()
    return row


def require_taking_part(session: Session, citizen_id: UUID) -> WishesCopy:
    """Raises Refused for who has no wishes recorded, or takes no part."""
    wishes = queries.wishes(session, citizen_id)
    if wishes is None or not wishes.consent_to_matching:
        raise Refused(
            "no_consent",
            "Du deltager ikke i matchningen. Tal med os om dine jobønsker først.",
            "You take no part in matching. Talk to us about your job wishes first.",
        )
    return wishes


def keep(session: Session, company: Company, profile_id: UUID, *, kept: bool) -> None:
    """A company keeps a profile in mind, or no more; twice is once. Raises NotFound for one that is not shown."""
    if not kept:
        mine = (KeptProfile.company_id == company.id) & (KeptProfile.profile_id == profile_id)
        session.execute(delete(KeptProfile).where(mine))
        return
    reads.behind(session, profile_id)
    row = {"id": new_id(), "company_id": company.id, "profile_id": profile_id, "kept_at": clock.now()}
    session.execute(insert(KeptProfile).values(row).on_conflict_do_nothing())


def forget_withdrawn(session: Session, citizen_ids: list[UUID]) -> None:
    """Nothing stays here of those who take part no more."""
    session.execute(delete(Profile).where(queries.of_withdrawn(Profile, citizen_ids)))
