"""Two records of one person become one: everything moves in one transaction, and the other services hear of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from services.intake.models import Arrival, Base, Citizen, CitizenMerge, FirstContact, JobWishes, Visitation
from services.intake.use_cases import citizens, places, sessions, slots, wishes
from services.intake.use_cases.wishes import TOLD
from shared import clock, danish, merges, units
from shared.crypto import Vault
from shared.errors import Invalid, NotFound, PreconditionFailed
from shared.events import CitizenChannelsChanged, CitizenMerged, CitizenUnitChanged, ReadinessAssessed
from shared.lookups import looked
from shared.outbox import record

ATTRIBUTES = (*citizens.CHANNELS, "category")
FIELDS = ("cpr", *ATTRIBUTES, "unit_code")
"""What a person has one of; `cpr` brings the birth date with it."""


@dataclass(frozen=True)
class Side:
    """One of the two, with what it has."""

    citizen: Citizen
    contacts: int
    talks: int
    booking: Visitation | None
    wishes: JobWishes | None
    unit_code: str | None

    def told(self, name: str) -> Any:
        """What it says in a field."""
        return self.unit_code if name == "unit_code" else getattr(self.citizen, name)


def side(session: Session, citizen_id: UUID) -> Side:
    """A record with what would move; raises NotFound."""
    citizen = session.get(Citizen, citizen_id)
    if citizen is None:
        raise NotFound
    looked(session, citizen.id)
    counted = [
        len(session.scalars(select(model.id).where(model.citizen_id == citizen_id)).all())
        for model in (FirstContact, Visitation)
    ]
    return Side(
        citizen, counted[0], counted[1], slots.booked_already(session, citizen_id, clock.now()),
        wishes.held(session, citizen_id), units.of(session, citizen_id)[citizen_id].unit_code,
    )  # fmt: skip


def differing(one: Side, other: Side) -> list[str]:
    """The fields that somebody has to choose between; two records never have the same CPR number."""
    return ["cpr", *(name for name in FIELDS[1:] if one.told(name) != other.told(name))]


def merge(
    session: Session,
    keep: UUID,
    gone: UUID,
    *,
    versions: Mapping[UUID, int],
    chosen: Mapping[str, UUID],
    other_cpr_is_theirs: bool,
    by: str,
) -> Citizen:
    """`gone` goes into `keep`. `chosen` says for each differing field, for `wishes` and for `booking` whose it is.

    Raises Invalid for what is not chosen, PreconditionFailed where either was changed meanwhile.
    """
    found = {one.id: one for one in session.scalars(_BOTH.where(Citizen.id.in_([keep, gone])))}
    if keep == gone or len(found) < 2:
        raise NotFound
    looked(session, keep, gone)
    if any(found[one].version != versions.get(one) for one in found):
        raise PreconditionFailed
    stays, goes = found[keep], found[gone]
    freed = _settle_booking(session, stays, goes, chosen)
    fields = {name: _chosen(chosen, name, stays, goes) for name in differing(side(session, keep), side(session, gone))}
    values = {name: getattr(found[whose], name) for name, whose in fields.items() if name in ATTRIBUTES}
    unit = units.reread(session, fields.get("unit_code", keep)).unit_code
    trace = _trace(session, goes, stays, freed, by)
    _settle_cpr(session, found, trace, fields["cpr"], values, theirs=other_cpr_is_theirs)
    _settle_wishes(session, stays, goes, chosen)
    sessions.end_all(session, str(gone), reason="merged")
    session.add(trace)
    session.flush()
    session.execute(merges.LEAD_ON, {"gone": gone, "into": keep})
    merges.move(session, Base, gone, keep)
    _settle_unit(session, keep, unit)
    _renew(session, stays, values)
    _tell(session, stays, trace)
    return stays


_BOTH = select(Citizen).order_by(Citizen.id).with_for_update().execution_options(populate_existing=True)


def _chosen(chosen: Mapping[str, UUID], name: str, stays: Citizen, goes: Citizen) -> UUID:
    whose = chosen.get(name)
    if whose not in (stays.id, goes.id):
        raise Invalid({name: "Vælg en af de to. / Choose one of the two."})
    return whose


def _settle_booking(session: Session, stays: Citizen, goes: Citizen, chosen: Mapping[str, UUID]) -> UUID | None:
    """One person has one talk to come: the other is cancelled, and its slot is free for somebody else."""
    now = clock.now()
    coming = {one.id: slots.booked_already(session, one.id, now) for one in (stays, goes)}
    if None in coming.values():
        return None
    kept = _chosen(chosen, "booking", stays, goes)
    (other,) = (talk for citizen_id, talk in coming.items() if talk and citizen_id != kept)
    slots.release(session, other.id)
    places.release(session, other.id)
    session.execute(
        update(Arrival).where(Arrival.visitation_id == other.id).values(visitation_id=None)
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    other.state, other.cancelled_at, other.cancelled_by = "cancelled", now, "staff"
    return other.id


def _trace(session: Session, goes: Citizen, stays: Citizen, freed: UUID | None, by: str) -> CitizenMerge:
    vault = _vault(session)
    record_of = {name: getattr(goes, name) for name in ATTRIBUTES} | {
        "birth_date": goes.birth_date, "registered_at": goes.registered_at,
        "cpr": vault.decrypt(goes.cpr_secret, bound_to=f"citizen.cpr:{goes.id}"),
    }  # fmt: skip
    secret = vault.encrypt(orjson.dumps(record_of).decode(), bound_to=f"citizen_merge.record:{goes.id}")
    return CitizenMerge(
        id=goes.id, into_id=stays.id, at=clock.now(), merged_by=by, record=secret, freed_visitation_id=freed
    )


def _settle_cpr(
    session: Session, found: Mapping[UUID, Citizen], trace: CitizenMerge, whose: UUID, values: dict[str, Any],
    *, theirs: bool,
) -> None:  # fmt: skip
    """The number that holds is written anew for whoever stays; the other one leads to them too if it is theirs."""
    stays, goes = found[trace.into_id], found[trace.id]
    right, other = (stays, goes) if whose == stays.id else (goes, stays)
    if theirs:
        trace.cpr_index = other.cpr_index
    if right is goes:
        vault = _vault(session)
        digits = vault.decrypt(goes.cpr_secret, bound_to=f"citizen.cpr:{goes.id}")
        values |= {
            "cpr_secret": vault.encrypt(digits, bound_to=f"citizen.cpr:{stays.id}"),
            "cpr_index": goes.cpr_index,
            "birth_date": goes.birth_date,
            "sex": goes.sex,
        }


def _settle_wishes(session: Session, stays: Citizen, goes: Citizen, chosen: Mapping[str, UUID]) -> None:
    """Where both have said what they want, one of the two holds; where one has, it moves with the rest."""
    own, others = wishes.held(session, stays.id), wishes.held(session, goes.id)
    if own is None or others is None:
        return
    if _chosen(chosen, "wishes", stays, goes) == goes.id:
        for name in TOLD:
            setattr(own, name, getattr(others, name))
        own.recorded_at = others.recorded_at
    session.flush()


def _settle_unit(session: Session, citizen_id: UUID, unit_code: str | None) -> None:
    known = units.reread(session, citizen_id)
    if known.unit_code != unit_code:
        units.put(session, citizen_id, unit_code, known.version + 1)
        record(session, CitizenUnitChanged(citizen_id=citizen_id, unit_code=unit_code), known.version + 1)


def _renew(session: Session, stays: Citizen, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(stays, name, value)
    stays.name_sort, stays.changed_at = danish.sort_key(stays.name), clock.now()
    session.flush()


def _tell(session: Session, stays: Citizen, trace: CitizenMerge) -> None:
    """The other services hear of the merge, then anew all that they keep of the person, in this order."""
    record(session, CitizenMerged(
        from_id=trace.id, into_id=stays.id, freed_visitation_id=trace.freed_visitation_id
    ), stays)  # fmt: skip
    record(session, CitizenChannelsChanged(**citizens.reach(session, stays)), stays)
    talk = session.scalar(_DECIDED.where(Visitation.citizen_id == stays.id, Visitation.category == stays.category))
    if talk is not None:
        record(session, ReadinessAssessed(
            citizen_id=stays.id, visitation_id=talk.id, category=talk.category or "",
            default_used=talk.category == talk.default_category, policy=talk.category_policy or "",
            override_reason_code=talk.override_reason_code, decided_by=talk.decided_by or "",
        ), stays)  # fmt: skip
    wishes.tell_of_a_move(session, stays)


_DECIDED = select(Visitation).where(Visitation.state == "held").order_by(Visitation.held_at.desc()).limit(1)


def of(session: Session, citizen_id: UUID) -> Sequence[CitizenMerge]:
    """The records that went into somebody's, the newest first."""
    found = select(CitizenMerge).where(CitizenMerge.into_id == citizen_id)
    return session.scalars(found.order_by(CitizenMerge.at.desc())).all()


def _vault(session: Session) -> Vault:
    settings = session.info["settings"]
    return Vault(settings.cpr_keys, settings.cpr_index_key)
