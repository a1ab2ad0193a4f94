"""Beside an agreement: the national application mirrored, and support proposed and decided by people."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.models import Company, NationalApplication, Placement, Support
from services.matching.rules import catalogue, support
from services.matching.rules.terms import term
from services.matching.use_cases import POLICY
from shared import clock
from shared.errors import CannotUndo, NotFound, Refused


def national_fields(session: Session, made: Placement) -> list[dict[str, str]]:
    """The fields of VITAS' form that we know; who the citizen is, people type there themselves."""
    company = session.get_one(Company, made.company_id)
    title = catalogue.find_occupation(made.occupation)
    return [
        {"name": name, "label": label, "value": value}
        for name, label, value in (
            ("cvr", "CVR-nummer", company.cvr),
            ("p_number", "P-nummer", made.p_number),
            ("company", "Virksomhed", company.name),
            ("contact", "Kontaktperson", company.contact_name),
            ("offer_type", "Tilbud", term("form", made.offer_type).danish),
            ("occupation", "Stilling", title.title if title else ""),
            ("starts_on", "Startdato", f"{made.starts_on:%d-%m-%Y}"),
            ("ends_on", "Slutdato", f"{made.ends_on:%d-%m-%Y}"),
            ("weekly_hours", "Timer om ugen (forventet ved slut)", f"{made.weekly_hours:g}".replace(".", ",")),
            ("mentor", "Mentor", made.mentor_name),
        )
    ]


def national(session: Session, placement_id: UUID) -> dict[str, Any]:
    """The fields as they are now, and what is noted of the application."""
    made = queries.placement(session, None, placement_id)
    noted = session.scalar(_noted(placement_id))
    known = noted if noted is not None and noted.reference else None
    return {
        "fields_": national_fields(session, made),
        **{name: getattr(known, name, None) for name in ("reference", "state", "noted_at", "version")},
    }


def _noted(placement_id: UUID) -> Select[NationalApplication]:
    return select(NationalApplication).where(NationalApplication.placement_id == placement_id)


def note_national(session: Session, placement_id: UUID, *, reference: str, state: str, by: str) -> dict[str, Any]:
    """What somebody saw in VITAS."""
    queries.placement(session, None, placement_id)
    noted = session.scalar(_noted(placement_id).with_for_update())
    if noted is None:
        noted = NationalApplication(placement_id=placement_id)
        session.add(noted)
    noted.reference, noted.state, noted.noted_by, noted.noted_at = reference, state, by, clock.now()
    session.flush()
    return national(session, placement_id)


def forget_national(session: Session, placement_id: UUID, *, version: int, by: str) -> dict[str, Any]:
    """It was noted by mistake. Raises NotFound where nothing is noted, CannotUndo where it was noted anew since.

    The row stays, empty: with it the history of what stood there goes when the person is erased.
    """
    queries.placement(session, None, placement_id)
    noted = session.scalar(_noted(placement_id).with_for_update())
    if noted is None or not noted.reference:
        raise NotFound
    noted.require_untouched(version)
    noted.reference, noted.state, noted.noted_by, noted.noted_at = "", "", by, clock.now()
    session.flush()
    return national(session, placement_id)


def supports_of(session: Session, placement_id: UUID) -> Sequence[Support]:
    """What is proposed for an agreement, oldest first."""
    queries.placement(session, None, placement_id)
    return session.scalars(select(Support).where(Support.placement_id == placement_id).order_by(Support.id)).all()


def propose_support(
    session: Session, placement_id: UUID, *, kind: str, reason_code: str, weekly_hours: float | None,
    starts_on: date, ends_on: date, by: str,
) -> Support:  # fmt: skip
    """A proposal within the limits that are known; a limit that nobody has set up is refused as such."""
    made = queries.placement(session, None, placement_id)
    if made.state == "refused":
        raise Refused("agreement_over", "Aftalen er ikke gældende mere.", "The agreement is over.")
    row = support.check(
        kind, reason_code, weekly_hours, starts_on, ends_on, agreed_hours=made.weekly_hours, policy=POLICY
    )  # fmt: skip
    proposed = Support(
        placement_id=placement_id, kind=kind, reason_code=reason_code, weekly_hours=weekly_hours, starts_on=starts_on,
        ends_on=ends_on, state=support.PROPOSED, proposed_by=by, proposed_at=clock.now(),
        policy=row.name if row else None,
    )  # fmt: skip
    session.add(proposed)
    session.flush()
    return proposed


def _support(session: Session, placement_id: UUID, support_id: UUID) -> Support:
    queries.placement(session, None, placement_id)
    found = session.get(Support, support_id, with_for_update=True)
    if found is None or found.placement_id != placement_id:
        raise NotFound
    return found


def withdraw_support(session: Session, placement_id: UUID, *, support_id: UUID, version: int, by: str) -> None:
    """The proposal was a slip of whoever made it; raises CannotUndo once it is decided."""
    found = _support(session, placement_id, support_id)
    found.require_untouched(version)
    if found.state != support.PROPOSED or found.proposed_by != by:
        raise CannotUndo
    session.delete(found)


def decide_support(
    session: Session, placement_id: UUID, *, support_id: UUID, state: str, version: int, by: str
) -> Support:
    """Somebody grants or declines it."""
    found = _support(session, placement_id, support_id)
    found.require_untouched(version)
    if found.state != support.PROPOSED:
        raise Refused("already_decided", "Det er allerede afgjort.", "It is decided already.")
    found.state, found.decided_by, found.decided_at = state, by, clock.now()
    session.flush()
    return found


def undo_decision(session: Session, placement_id: UUID, *, support_id: UUID, version: int, by: str) -> Support:
    """The decision was a slip of whoever made it: the proposal waits again."""
    found = _support(session, placement_id, support_id)
    found.require_untouched(version)
    if found.decided_by != by:
        raise CannotUndo
    found.state, found.decided_by, found.decided_at = support.PROPOSED, None, None
    session.flush()
    return found
