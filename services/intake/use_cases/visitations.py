"""The visitation: a person decides, and activation at once is referred in the same breath."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.intake import rules
from services.intake.models import Citizen, EducationGuidance, FirstContact, Host, Referral, Visitation
from services.intake.use_cases import POLICY, cv, places, slots, waiting, wishes
from shared import calendar, clock
from shared.database import new_id
from shared.errors import NotFound, Refused
from shared.events import (
    EducationGuidanceReferred,
    PrivateProviderChosen,
    ReadinessAssessed,
    StraksaktiveringReferred,
    VisitationHeld,
)
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
    education_guidance: bool = False,
) -> Visitation:
    """The talk took place: a person decides the category, and activation at once is referred in the same breath."""
    visitation, citizen = _locked(session, visitation_id)
    _require_open(visitation)
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
    waiting.finish_with(session, visitation.id)
    _refer(session, visitation, contact, referral)
    cv.set_deadline(session, contact, chosen)
    _guide(session, visitation, citizen, wanted=education_guidance)
    if job_wishes is not None:
        wishes.record_wishes(session, citizen.id, job_wishes)
    return visitation


def _require_open(visitation: Visitation) -> None:
    if visitation.state == "held":
        raise Refused("already_held", "Visitationen er allerede holdt.", "This visitation was already held.")
    if visitation.state == "cancelled":
        raise Refused("cancelled", "Visitationen er aflyst. Book en ny tid.", "This visitation is off. Book another.")
    if visitation.state == "missed":
        raise Refused(
            "missed", "Borgeren er noteret som udeblevet. Notér ankomsten først.",
            "The citizen is noted as a no-show. Note the arrival first.",
        )  # fmt: skip


def _locked(session: Session, visitation_id: UUID) -> tuple[Visitation, Citizen]:
    """Both rows; raises NotFound also for a visitation whose citizen was erased."""
    visitation = session.get(Visitation, visitation_id, with_for_update=True)
    if visitation is None:
        raise NotFound
    citizen = session.get(Citizen, visitation.citizen_id, with_for_update=True)
    if citizen is None:
        raise NotFound
    looked(session, citizen.id)
    return visitation, citizen


def _refer(session: Session, visitation: Visitation, contact: FirstContact, given: dict[str, Any] | None) -> None:
    places.release(session, visitation.id)
    if given is None:
        return
    rules.check_group(contact.applied_for, clock.today(), POLICY)
    host = places.known(session, given["host_code"], "referral.host_code")
    rules.check_start(given["starts_at"], clock.now(), POLICY)
    starts_on = calendar.danish_day(given["starts_at"])
    policy = rules.check_referral(given["offer_type"], host.public, starts_on, given["weeks"], POLICY)
    rules.check_choice(host.code, given["first_choice_code"], given["choice_reason_code"])
    rules.check_provider(given["offer_type"], given["provider_reason_code"], starts_on, POLICY)
    places.give(session, visitation.id, host, given["starts_at"], given["weeks"])
    referral = Referral(id=new_id(), visitation_id=visitation.id, policy=policy, **given)
    session.add(referral)
    record(session, StraksaktiveringReferred(
        referral_id=referral.id, citizen_id=visitation.citizen_id, visitation_id=visitation.id,
        offer_type=referral.offer_type, host_code=host.code, starts_at=referral.starts_at,
        place_code=host.place_code, guidance_version=contact.guidance_version,
    ))  # fmt: skip
    if referral.offer_type == "private_provider" and referral.provider_reason_code:
        record(session, PrivateProviderChosen(
            referral_id=referral.id, citizen_id=visitation.citizen_id, provider_ref=host.id,
            reason_code=referral.provider_reason_code,
        ))  # fmt: skip


def _guide(session: Session, visitation: Visitation, citizen: Citizen, *, wanted: bool) -> None:
    if not wanted:
        return
    limit, row = POLICY.row("youth.age_limit", clock.today()), POLICY.row("education_guidance.days", clock.today())
    if rules.age_on(citizen.birth_date, clock.today()) >= limit.value:
        raise Refused(
            "not_young",
            f"Uddannelsesvejledning ved visitationen er for unge under {limit.value} år.",
            f"Education guidance in the visitation is for people under {limit.value}.",
            policy=limit.name,
            fields={"education_guidance": "Ikke for denne aldersgruppe. / Not for this age."},
        )
    guidance = EducationGuidance(
        id=new_id(), visitation_id=visitation.id, policy=row.name, due_on=clock.today() + timedelta(days=row.value),
        guide_code=POLICY.row("education_guidance.guide", clock.today()).value,
    )  # fmt: skip
    session.add(guidance)
    record(session, EducationGuidanceReferred(
        guidance_id=guidance.id, citizen_id=visitation.citizen_id, guide_ref=guidance.guide_code, due=guidance.due_on,
    ))  # fmt: skip


def add_host(session: Session, **given: Any) -> Host:
    """A workplace for activation at once; its code is its name in events."""
    host = Host(id=new_id(), **given)
    session.add(host)
    session.flush()
    return host
