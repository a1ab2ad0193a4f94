"""Need to know: a citizen belongs to a unit, and somebody of another says what for before the card opens."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.intake.models import Citizen, UnitAccess
from shared import clock
from shared.auth import Principal
from shared.database import new_id
from shared.errors import Forbidden
from shared.lookups import looked

PURPOSES = ("visitation", "activation", "matching", "agreement", "follow_up", "supervision")


class OtherUnit(Forbidden):
    """The card stays closed until the reader says what it is opened for."""

    def __init__(self, citizen_id: UUID, unit_code: str) -> None:
        super().__init__()
        self.code, self.citizen_id, self.unit_code = "other_unit", citizen_id, unit_code
        self.danish = "Borgeren hører til en anden enhed. Skriv, hvorfor du åbner kortet."
        self.english = "The citizen belongs to another unit. Say why you open the card."


def is_own(principal: Principal, citizen: Citizen) -> bool:
    """True for a citizen of the reader's own unit, or of none."""
    return citizen.unit_code in (None, principal.organisation)


def require_own(session: Session, principal: Principal, citizen: Citizen) -> None:
    """The look is one of the reader's own unit, or bears the purpose they gave; raises OtherUnit."""
    looked(session, citizen.id)
    if is_own(principal, citizen):
        return
    purpose = session.scalar(
        select(UnitAccess.purpose).where(
            UnitAccess.access_id == principal.access_id, UnitAccess.citizen_id == citizen.id
        )
    )
    if purpose is None:
        raise OtherUnit(citizen.id, citizen.unit_code or "")
    looked(session, citizen.id, purpose=purpose)


def open_for(session: Session, principal: Principal, citizen_id: UUID, purpose: str) -> None:
    """From now until the session ends this person's looks at the citizen bear that purpose."""
    row = {"id": new_id(), "access_id": principal.access_id, "citizen_id": citizen_id, "purpose": purpose}
    kept = insert(UnitAccess).values(**row, at=clock.now())
    session.execute(
        kept.on_conflict_do_update(
            index_elements=["access_id", "citizen_id"], set_={"purpose": purpose, "at": clock.now()}
        )
    )
