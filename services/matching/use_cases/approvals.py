"""Whose turn it is: everybody is asked, warned while a draft grows old, and told when it came to nothing."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.matching.models import AgreementVersion, Match, Placement, Statement
from services.matching.rules import agreements
from services.matching.use_cases import POLICY, positions
from shared import clock
from shared.database import new_id
from shared.errors import NotFound
from shared.events import AgreementAsked, AgreementClosed, AgreementExpiring
from shared.lookups import looked
from shared.outbox import record

AT_ONCE = 200
TERMS = ("offer_type", "starts_on", "ends_on", "first_day_at", "weekly_hours", "purpose_code", "mentor_name")
WRITTEN_TO = {"citizen": "citizen_asked_id", "employer": "company_asked_id", "mentor": "mentor_asked_id"}


def locked(session: Session, placement_id: UUID) -> Placement:
    """The agreement, for the caller alone until the transaction ends; raises NotFound."""
    placement = session.get(Placement, placement_id, with_for_update=True)
    if placement is None:
        raise NotFound
    looked(session, placement.citizen_id)
    return placement


def first_version(session: Session, placement: Placement, content_hash: str, policies: Collection[str]) -> None:
    """The terms as they were made, with everybody asked."""
    terms = {name: getattr(placement, name) for name in TERMS}
    session.add(AgreementVersion(
        placement_id=placement.id, number=1, kind="made", made_by=placement.made_by, made_at=clock.now(),
        policies=list(policies), content_hash=content_hash, **terms,
    ))  # fmt: skip
    ask(session, placement, placement.statements_needed)


def ask(session: Session, placement: Placement, parties: Collection[str]) -> None:
    """It is these parties' turn; what they said before is withdrawn. Those we can write to get a letter with a link."""
    now = clock.now()
    for said in placement.approvals:
        if said.withdrawn_at is None and said.party in parties:
            said.withdrawn_at = now
    session.flush()
    placement.approvals += [
        Statement(id=new_id(), number=placement.number, party=party, asked_at=now) for party in parties
    ]
    placement.expires_on, placement.warned = agreements.expiry(clock.today(), POLICY), 0
    session.flush()
    if placement.expires_on is not None:
        record(session, AgreementAsked(
            **_told(placement), mentor_name=placement.mentor_name, mentor_email=placement.mentor_email,
            mentor_phone=placement.mentor_phone,
        ), placement)  # fmt: skip


def _told(placement: Placement) -> dict[str, Any]:
    open_now = {one.party: one.id for one in placement.approvals if one.withdrawn_at is None and one.positive is None}
    return {
        "placement_id": placement.id, "number": placement.number, "citizen_id": placement.citizen_id,
        "company_id": placement.company_id, "mentor_id": placement.mentor_id, "due_on": placement.expires_on,
        **{field: open_now.get(party) for party, field in WRITTEN_TO.items()},
    }  # fmt: skip


def by_link(session: Session, asked_id: UUID) -> tuple[Placement, Statement]:
    """What a link leads to; raises NotFound once it was withdrawn, or the draft came to nothing."""
    asked = session.get(Statement, asked_id)
    if asked is None or asked.withdrawn_at is not None:
        raise NotFound
    placement = session.get_one(Placement, asked.placement_id)
    if placement.state == "refused":
        raise NotFound
    return placement, asked


def enter_into_force(session: Session, placement: Placement) -> None:
    """The version that everybody approved holds from now, with the first day it has come to have."""
    version = current(session, placement)
    version.in_force_at = clock.now()
    for name in TERMS:
        setattr(version, name, getattr(placement, name))
    session.flush()


def current(session: Session, placement: Placement) -> AgreementVersion:
    """The newest version."""
    rows = select(AgreementVersion).where(AgreementVersion.placement_id == placement.id)
    return session.scalars(rows.where(AgreementVersion.number == placement.number)).one()


def close(session: Session, placement: Placement, closed_code: str) -> None:
    """A draft comes to nothing; its position is free."""
    placement.state, placement.closed_code = "refused", closed_code
    current(session, placement).closed_at = clock.now()
    record(session, AgreementClosed(
        placement_id=placement.id, citizen_id=placement.citizen_id, company_id=placement.company_id,
        closed_code=closed_code,
    ), placement)  # fmt: skip


def expire(session: Session) -> bool:
    """Warns of drafts that grow old, and closes those whose day has passed; True when there may be more."""
    today = clock.today()
    waiting = select(Placement).where(Placement.state == "awaiting_statements", Placement.expires_on.is_not(None))
    over = waiting.where(Placement.expires_on < today).order_by(Placement.id).limit(AT_ONCE)
    gone = session.scalars(over.with_for_update(skip_locked=True)).all()
    for placement in gone:
        close(session, placement, "expired")
        positions.free(session, session.get_one(Match, placement.match_id).need_id)
    return _warn(session, today) or len(gone) == AT_ONCE


def _warn(session: Session, today: Any) -> bool:
    row = POLICY.find("agreement.warn_days", today)
    if row is None:
        return False
    soon = select(Placement).where(
        Placement.state == "awaiting_statements", Placement.expires_on >= today, Placement.warned < len(row.value),
        Placement.expires_on - today <= row.value[0],
    )  # fmt: skip
    found = session.scalars(soon.order_by(Placement.id).with_for_update(skip_locked=True)).all()
    for placement in found:
        due = agreements.warnings_due(placement.expires_on or today, today, POLICY)
        if due > placement.warned:
            placement.warned = due
            record(session, AgreementExpiring(**_told(placement), warning=due), placement)
    return False
