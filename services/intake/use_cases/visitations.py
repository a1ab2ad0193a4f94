"""The visitation: a person decides, and activation at once is referred in the same breath."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.intake import rules
from services.intake.models import Citizen, FirstContact, Host, Referral, Visitation
from services.intake.use_cases import POLICY, slots, wishes
from shared import calendar, clock
from shared.database import new_id
from shared.errors import Invalid, NotFound, Refused
from shared.events import ReadinessAssessed, StraksaktiveringReferred, VisitationHeld
from shared.lookups import looked
from shared.outbox import record


def hold_visitation(
    session: Session,
    visitation_id: UUID,
    *,
    decided_by: str,
    category: str | None,
    override_reason_code: str | None,
    referral: dict[str, Any] | None,
    job_wishes: dict[str, Any] | None,
) -> Visitation:
    """The talk took place: a person decides the category, and activation at once is referred in the same breath."""
    visitation, citizen = _locked(session, visitation_id)
    looked(session, citizen.id)
    if visitation.state == "held":
        raise Refused("already_held", "Visitationen er allerede holdt.", "This visitation was already held.")
    if visitation.state == "cancelled":
        raise Refused("cancelled", "Visitationen er aflyst. Book en ny tid.", "This visitation is off. Book another.")
    contact = session.get_one(FirstContact, visitation.contact_id)
    default = rules.default_category(
        citizen.birth_date, contact.qualifying_education, calendar.danish_day(contact.at), POLICY
    )
    chosen = category or default.value
    rules.require_reason(default.value, chosen, override_reason_code)
    visitation.state, visitation.held_at = "held", clock.now()
    visitation.default_category, visitation.category = default.value, chosen
    visitation.category_policy, visitation.override_reason_code = default.name, override_reason_code
    visitation.decided_by, citizen.category = decided_by, chosen
    record(session, VisitationHeld(
        visitation_id=visitation.id, citizen_id=citizen.id, held_at=visitation.held_at
    ), visitation)  # fmt: skip
    record(session, ReadinessAssessed(
        citizen_id=citizen.id, visitation_id=visitation.id, category=chosen, default_used=chosen == default.value,
        policy=default.name, override_reason_code=override_reason_code, decided_by=decided_by,
    ), citizen)  # fmt: skip
    slots.release(session, visitation.id, after=clock.now())
    if referral is not None:
        _refer(session, visitation, referral, contact.guidance_version)
    if job_wishes is not None:
        wishes.record_wishes(session, citizen.id, job_wishes)
    return visitation


def _locked(session: Session, visitation_id: UUID) -> tuple[Visitation, Citizen]:
    """Both rows; raises NotFound also for a visitation whose citizen was erased."""
    visitation = session.get(Visitation, visitation_id, with_for_update=True)
    if visitation is None:
        raise NotFound
    citizen = session.get(Citizen, visitation.citizen_id, with_for_update=True)
    if citizen is None:
        raise NotFound
    return visitation, citizen


def _refer(session: Session, visitation: Visitation, given: dict[str, Any], guidance_version: str) -> None:
    host = session.scalar(select(Host).where(Host.code == given["host_code"]))
    if host is None:
        raise Invalid({"referral.host_code": "Stedet kendes ikke. / This host is not known."})
    rules.check_start(given["starts_at"], clock.now(), POLICY)
    policy = rules.check_referral(
        given["offer_type"], host.public, calendar.danish_day(given["starts_at"]), given["weeks"], POLICY
    )
    referral = Referral(id=new_id(), visitation_id=visitation.id, policy=policy, **given)
    session.add(referral)
    record(session, StraksaktiveringReferred(
        referral_id=referral.id, citizen_id=visitation.citizen_id, visitation_id=visitation.id,
        offer_type=referral.offer_type, host_code=host.code, starts_at=referral.starts_at,
        place_code=host.place_code, guidance_version=guidance_version,
    ))  # fmt: skip


def add_host(session: Session, **given: Any) -> Host:
    """A workplace for activation at once; its code is its name in events."""
    host = Host(id=new_id(), **given)
    session.add(host)
    session.flush()
    return host
