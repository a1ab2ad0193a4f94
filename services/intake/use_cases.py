"""Intake's verbs. Each writes its rows and tells of them on the next line, in the caller's transaction."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import phonenumbers
from sqlalchemy import bindparam, column, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.intake import rules
from services.intake.models import Citizen, FirstContact, Host, JobWishes, Referral, Slot, Visitation
from shared import calendar, clock
from shared.crypto import Vault
from shared.database import new_id
from shared.errors import Invalid, NotFound, PreconditionFailed, Refused
from shared.events import (
    ActivationDutyAnnounced,
    CitizenChannelsChanged,
    CitizenRegistered,
    FirstContactRegistered,
    JobWishesRecorded,
    ReadinessAssessed,
    StraksaktiveringReferred,
    VisitationBooked,
    VisitationHeld,
)
from shared.outbox import record
from shared.policy import Policy

POLICY = Policy.load(Path(__file__).parent / "policy.toml")
CHANNELS = ("email", "phone", "language", "interpreter", "digital_post_exempt", "protected")
NOTICE = timedelta(minutes=10)


def register_first_contact(session: Session, *, cpr: str, **about: Any) -> dict[str, Any]:
    """Know the person again or for the first time, start both clocks, and hold the soonest slot (A01, A02)."""
    now = clock.now()
    number = rules.read_cpr(cpr, calendar.danish_day(now))
    guidance = about.pop("guidance")
    contact_words = {name: about.pop(name) for name in ("applied_for", "channel", "qualifying_education")}
    about["phone"] = _normal_phone(about["phone"])
    citizen, known_before = _find_or_register(session, number, about, now)
    goal = rules.local_goal(now, POLICY)
    limit = rules.statutory_limit(now, contact_words["applied_for"], POLICY)
    contact = FirstContact(
        id=new_id(),
        citizen_id=citizen.id,
        at=now,
        guidance_version=guidance["version"],
        guidance_written=guidance["written"],
        local_goal_due=goal.due,
        local_goal_policy=goal.policy,
        statutory_due=limit and limit.due,
        statutory_policy=limit and limit.policy,
        **contact_words,
    )
    session.add(contact)
    record(session, _registered(contact))
    record(session, ActivationDutyAnnounced(
        contact_id=contact.id, citizen_id=citizen.id,
        guidance_version=contact.guidance_version, written=contact.guidance_written,
    ))  # fmt: skip
    visitation = _book_soonest(session, contact, now + NOTICE)
    default = rules.default_category(citizen.birth_date, contact.qualifying_education, calendar.danish_day(now), POLICY)
    return {
        "contact_id": contact.id,
        "citizen_id": citizen.id,
        "known_before": known_before,
        "local_goal": {"due": goal.due, "policy": goal.policy},
        "statutory": {"due": limit and limit.due, "policy": limit and limit.policy},
        "proposed_category": default.value,
        "visitation": visitation,
    }


def _registered(contact: FirstContact) -> FirstContactRegistered:
    return FirstContactRegistered(
        contact_id=contact.id,
        citizen_id=contact.citizen_id,
        at=contact.at,
        channel=contact.channel,
        local_goal_due=contact.local_goal_due,
        local_goal_policy=contact.local_goal_policy,
        statutory_due=contact.statutory_due,
        statutory_policy=contact.statutory_policy,
    )


def _normal_phone(typed: str | None) -> str | None:
    if typed is None:
        return None
    try:
        number = phonenumbers.parse(typed, "DK")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise Invalid({"phone": "Telefonnummeret findes ikke. / This is not a telephone number."})
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


_CITIZENS: Any = Citizen.__table__
_REGISTER: Any = insert(_CITIZENS).on_conflict_do_nothing(index_elements=["cpr_index"]).returning(column("id"))


def _find_or_register(session: Session, cpr: rules.Cpr, about: dict[str, Any], now: datetime) -> tuple[Citizen, bool]:
    settings = session.info["settings"]
    vault = Vault(settings.cpr_keys, settings.cpr_index_key)
    citizen_id, index = new_id(), vault.blind_index(cpr.digits)
    row = {
        "id": citizen_id,
        "version": 1,
        "cpr_secret": vault.encrypt(cpr.digits, bound_to=f"citizen.cpr:{citizen_id}"),
        "cpr_index": index,
        "birth_date": cpr.birth_date,
        "registered_at": now,
        **about,
    }
    if session.execute(_REGISTER, row).one_or_none() is not None:
        citizen = Citizen(**row)
        record(session, CitizenRegistered(municipality_code=citizen.municipality_code, **_reach(citizen)))
        return citizen, False
    known = session.scalars(_BY_CPR, {"index": index}).one()
    _change_channels(session, known, {name: about[name] for name in CHANNELS if about.get(name) is not None})
    return known, True


_BY_CPR = select(Citizen).where(Citizen.cpr_index == bindparam("index")).with_for_update()


def _reach(citizen: Citizen) -> dict[str, Any]:
    return {
        "citizen_id": citizen.id,
        "language": citizen.language,
        "interpreter": citizen.interpreter,
        "digital_post_exempt": citizen.digital_post_exempt,
        "protected": citizen.protected,
        "postal_code": None if citizen.protected else citizen.postal_code,
        "name": citizen.name,
        "email": citizen.email,
        "phone": citizen.phone,
    }


def _change_channels(session: Session, citizen: Citizen, given: dict[str, Any]) -> None:
    changed = {name: value for name, value in given.items() if getattr(citizen, name) != value}
    if not changed:
        return
    for name, value in changed.items():
        setattr(citizen, name, value)
    record(session, CitizenChannelsChanged(**_reach(citizen)), citizen)


def change_channels(session: Session, citizen_id: UUID, expected_version: int, given: dict[str, Any]) -> Citizen:
    """The desk corrects how to reach somebody; raises PreconditionFailed when someone else did meanwhile."""
    citizen = session.get(Citizen, citizen_id, with_for_update=True)
    if citizen is None:
        raise NotFound
    if citizen.version != expected_version:
        raise PreconditionFailed
    if "phone" in given:
        given["phone"] = _normal_phone(given["phone"])
    _change_channels(session, citizen, given)
    return citizen


_SOONEST = select(Slot.id).where(Slot.visitation_id.is_(None), Slot.starts_at >= bindparam("earliest"))
_TAKE_SLOT = (
    update(Slot)
    .where(
        Slot.id
        == _SOONEST.order_by(Slot.starts_at, Slot.id).limit(1).with_for_update(skip_locked=True).scalar_subquery()
    )
    .values(visitation_id=bindparam("visitation"))
    .returning(Slot.starts_at, Slot.ends_at, Slot.place_code)
    .execution_options(synchronize_session=False)
)


def _book_soonest(session: Session, contact: FirstContact, earliest: datetime) -> Visitation | None:
    """The soonest free slot becomes the citizen's; two desks never get the same one. None when all are taken."""
    visitation_id = new_id()
    slot = session.execute(_TAKE_SLOT, {"earliest": earliest, "visitation": visitation_id}).one_or_none()
    if slot is None:
        return None
    visitation = Visitation(
        id=visitation_id,
        contact_id=contact.id,
        citizen_id=contact.citizen_id,
        state="booked",
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        place_code=slot.place_code,
        within_local_goal=calendar.danish_day(slot.starts_at) <= contact.local_goal_due,
    )
    session.add(visitation)
    record(session, VisitationBooked(
        visitation_id=visitation.id, citizen_id=contact.citizen_id,
        starts_at=visitation.starts_at, ends_at=visitation.ends_at, place_code=visitation.place_code,
        local_goal_due=contact.local_goal_due, statutory_due=contact.statutory_due,
    ))  # fmt: skip
    return visitation


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
    visitation = session.get(Visitation, visitation_id, with_for_update=True)
    if visitation is None:
        raise NotFound
    if visitation.state == "held":
        raise Refused("already_held", "Visitationen er allerede holdt.", "This visitation was already held.")
    contact = session.get_one(FirstContact, visitation.contact_id)
    citizen = session.get_one(Citizen, visitation.citizen_id)
    default = rules.default_category(
        citizen.birth_date, contact.qualifying_education, calendar.danish_day(contact.at), POLICY
    )
    chosen = category or default.value
    rules.require_reason(default.value, chosen, override_reason_code)
    visitation.state, visitation.held_at = "held", clock.now()
    visitation.default_category, visitation.category = default.value, chosen
    visitation.category_policy, visitation.override_reason_code = default.name, override_reason_code
    visitation.decided_by = decided_by
    record(session, VisitationHeld(
        visitation_id=visitation.id, citizen_id=citizen.id, held_at=visitation.held_at
    ), visitation)  # fmt: skip
    record(session, ReadinessAssessed(
        citizen_id=citizen.id, visitation_id=visitation.id, category=chosen, default_used=chosen == default.value,
        policy=default.name, override_reason_code=override_reason_code, decided_by=decided_by,
    ), visitation.version)  # fmt: skip
    if referral is not None:
        _refer(session, visitation, referral)
    if job_wishes is not None:
        _record_wishes(session, citizen, job_wishes)
    return visitation


def _refer(session: Session, visitation: Visitation, given: dict[str, Any]) -> None:
    host = session.scalar(select(Host).where(Host.code == given["host_code"]))
    if host is None:
        raise Invalid({"referral.host_code": "Stedet kendes ikke. / This host is not known."})
    policy = rules.check_referral(
        given["offer_type"], host.public, calendar.danish_day(given["starts_at"]), given["weeks"], POLICY
    )
    referral = Referral(id=new_id(), visitation_id=visitation.id, policy=policy, **given)
    session.add(referral)
    record(session, StraksaktiveringReferred(
        referral_id=referral.id, citizen_id=visitation.citizen_id, visitation_id=visitation.id,
        offer_type=referral.offer_type, host_code=host.code, starts_at=referral.starts_at,
        place_code=host.place_code,
    ))  # fmt: skip


def _record_wishes(session: Session, citizen: Citizen, given: dict[str, Any]) -> None:
    if given["weekly_hours_min"] > given["weekly_hours_max"]:
        raise Invalid({"job_wishes.weekly_hours_min": "Mere end det højeste. / More than the most."})
    given = given | {"occupations": [str(occupation) for occupation in given["occupations"]]}
    wishes = session.get(JobWishes, citizen.id)
    if wishes is None:
        wishes = JobWishes(citizen_id=citizen.id, **given)
        session.add(wishes)
    else:
        for name, value in given.items():
            setattr(wishes, name, value)
    lists: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in given.items()}
    record(session, JobWishesRecorded(
        citizen_id=citizen.id, postal_code=citizen.postal_code, **lists
    ), wishes)  # fmt: skip


def add_host(session: Session, **given: Any) -> Host:
    """A workplace for activation at once; its code is its name in events."""
    host = Host(id=new_id(), **given)
    session.add(host)
    session.flush()
    return host


def stock_slots(session: Session) -> None:
    """Open the slots of the coming days for every consultant; those that are there stay as they are."""
    today = clock.today()
    days = [today + timedelta(days=offset) for offset in range(POLICY.row("slots.horizon", today).value + 1)]
    rows = [
        {
            "id": new_id(),
            "consultant": f"consultant-{number}",
            "place_code": "jobbutik",
            "starts_at": starts_at,
            "ends_at": ends_at,
        }
        for day in days
        for starts_at, ends_at in rules.day_slots(day, POLICY)
        for number in range(1, POLICY.row("slots.consultants", day).value + 1)
    ]
    if rows:
        session.execute(insert(Slot).on_conflict_do_nothing(index_elements=["consultant", "starts_at"]), rows)
