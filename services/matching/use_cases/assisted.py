"""A profile written down by a consultant with somebody who has said yes to it; the citizen's word goes before."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.matching.models import Profile
from services.matching.queries import profiles as reads
from services.matching.use_cases import profiles
from shared.auth import Principal
from shared.errors import Invalid, Refused


def write(
    session: Session, who: Principal, citizen_id: UUID, version: int | None, *, consented: bool, **told: Any
) -> Profile:
    """The profile anew, with who helped; raises Refused for one that the citizen writes alone."""
    if not consented:
        raise Invalid({"consented": "Borgeren skal sige ja til teksten. / The citizen must say yes to the text."})
    _require_assisted(reads.profile_of(session, citizen_id))
    return profiles.write(session, citizen_id, version, assisted_by=who.subject, **told)


def show(session: Session, citizen_id: UUID, version: int, *, shown: bool) -> Profile:
    """Away at once when the citizen says so to us; shown again only where it was written with help."""
    row = reads.profile_of(session, citizen_id)
    if shown:
        _require_assisted(row)
    return profiles.show(session, citizen_id, version, shown=shown, assisted_by=row.assisted_by if row else None)


def _require_assisted(row: Profile | None) -> None:
    if row is not None and row.assisted_by is None:
        raise Refused(
            "profile_is_theirs", "Borgeren skriver selv sin profil. Kun borgeren kan ændre den.",
            "The citizen writes their own profile. Only they can change it.",
        )  # fmt: skip
