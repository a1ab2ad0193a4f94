"""Who somebody is, and how to reach them."""

from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, column, delete, exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.intake import rules
from services.intake.models import Citizen, CitizenMerge
from services.intake.use_cases import POLICY, wishes
from shared import clock, danish, limits, units
from shared.auth import Principal
from shared.crypto import Vault
from shared.database import new_id
from shared.errors import Invalid, NotFound, PreconditionFailed
from shared.events import CitizenChannelsChanged, CitizenRegistered, CitizenUnitChanged
from shared.limits import Limit
from shared.outbox import record

CHANNELS = (
    "name", "postal_code", "municipality_code", "email", "phone", "language", "interpreter", "digital_post_exempt",
    "protected",
)  # fmt: skip
NEEDED = ("name", "postal_code", "municipality_code")
UNLESS_TOLD = {
    "language": "da", "interpreter": False, "digital_post_exempt": False, "protected": False,
}  # fmt: skip

_CITIZENS: Any = Citizen.__table__
_MERGES: Any = CitizenMerge.__table__


@cache
def _register(names: tuple[str, ...]) -> Any:
    """Nobody is made who is known by this CPR number, or was before two records became one."""
    given = select(*(bindparam(name, type_=_CITIZENS.c[name].type).label(name) for name in names))
    had = exists().where(_MERGES.c.cpr_index == bindparam("cpr_index", type_=_CITIZENS.c.cpr_index.type))
    made = insert(_CITIZENS).from_select(names, given.where(~had), include_defaults=False)
    return made.on_conflict_do_nothing(index_elements=["cpr_index"]).returning(column("id"))


def count_look_up(session: Session, principal: Principal, digits: str = "") -> None:
    """One more CPR number asked for by this person, hit or miss; raises TooMany, so that nobody tries them all.

    With `digits` a number counts once: it is asked for while it is typed and again when it is saved.
    """
    row = POLICY.row("limit.cpr_lookup_per_actor", clock.today(), principal.kind)
    if row.value == "unlimited":
        return
    limit, database = Limit.of(row), session.info["database"]
    once, same = Limit(f"{limit.name} once", 1, limit.seconds), f"{principal.subject} {digits}"
    if digits and not limits.has_room(database, once, same):
        return
    limits.hit(database, limit, principal.subject)
    if digits:
        limits.hit(database, once, same)


def somebody(
    session: Session, cpr: str | None, same_as: UUID | None, about: dict[str, Any], unit_code: str | None
) -> tuple[Citizen, bool]:
    """Whoever came, and whether they were known before: who it was said to be, else by their CPR number.

    Raises Invalid for what a new person lacks.
    """
    if same_as is not None:
        known = session.get(Citizen, same_as, with_for_update=True)
        if known is None:
            raise Invalid({"same_as": "Personen findes ikke længere. / The person is no longer there."})
        _bring_up_to_date(session, known, about)
        return known, True
    read = rules.read_cpr(cpr or "", clock.today())
    if lacking := {name: "Mangler. / Missing." for name in NEEDED if about.get(name) is None}:
        known = by_index(session, _vault(session).blind_index(read.digits), lock=True)
        if known is None:
            raise Invalid(lacking)
        _bring_up_to_date(session, known, about)
        return known, True
    return find_or_register(session, read, about, unit_code, clock.now())


def _sex(cpr: rules.Cpr) -> str | None:
    """Only where a row says that it may be counted."""
    return cpr.sex if POLICY.find("fairness.count_sex", clock.today()) else None


def find_or_register(
    session: Session, cpr: rules.Cpr, about: dict[str, Any], unit_code: str | None, now: datetime
) -> tuple[Citizen, bool]:
    vault = _vault(session)
    citizen_id, index = new_id(), vault.blind_index(cpr.digits)
    row = {
        "id": citizen_id,
        "version": 1,
        "cpr_secret": vault.encrypt(cpr.digits, bound_to=f"citizen.cpr:{citizen_id}"),
        "cpr_index": index,
        "birth_date": cpr.birth_date,
        "sex": _sex(cpr),
        "registered_at": now,
        "changed_at": now,
        "name_sort": danish.sort_key(about["name"]),
        **UNLESS_TOLD,
        **about,
    }
    if session.execute(_register(tuple(row)), row).one_or_none() is not None:
        if session.scalar(_WENT_MEANWHILE, {"index": index}):
            # The insert waited for a merge that took the number away, and had looked for its trace before.
            session.execute(delete(Citizen).where(Citizen.id == citizen_id))
            return find_or_register(session, cpr, about, unit_code, now)
        citizen = Citizen(**row)
        if unit_code is not None:
            units.put(session, citizen_id, unit_code)
        record(session, CitizenRegistered(unit_code=unit_code, **reach(session, citizen)))
        return citizen, False
    known = by_index(session, index, lock=True)
    if known is None:
        # Erased, or merged away under another number, since we looked.
        return find_or_register(session, cpr, about, unit_code, now)
    _bring_up_to_date(session, known, about)
    return known, True


def _bring_up_to_date(session: Session, known: Citizen, about: dict[str, Any]) -> None:
    _change_channels(session, known, {name: about[name] for name in CHANNELS if about.get(name) is not None})


_WENT_MEANWHILE = select(exists().where(CitizenMerge.cpr_index == bindparam("index")))
_BY_CPR = select(Citizen).where(Citizen.cpr_index == bindparam("index"))
_BY_FORMER_CPR = (
    select(Citizen).join(CitizenMerge, CitizenMerge.into_id == Citizen.id)
    .where(CitizenMerge.cpr_index == bindparam("index"))
)  # fmt: skip


def by_index(session: Session, index: bytes, *, lock: bool = False) -> Citizen | None:
    """Whom a CPR number's blind index leads to, also by a number of a record that went into theirs."""
    for found in (_BY_CPR, _BY_FORMER_CPR):
        citizen = session.scalar(found.with_for_update(of=Citizen) if lock else found, {"index": index})
        if citizen is not None:
            return citizen
    return None


def known_by(session: Session, cpr: rules.Cpr) -> Citizen | None:
    """The person with this CPR number; the caller counts the look-up."""
    return by_index(session, _vault(session).blind_index(cpr.digits))


def find_by_cpr(session: Session, principal: Principal, digits: str) -> Citizen | None:
    """The person with this CPR number, counted as a look-up whether there is one or not."""
    count_look_up(session, principal)
    return by_index(session, _vault(session).blind_index(digits))


def reveal_cpr(session: Session, principal: Principal, citizen: Citizen) -> str:
    """The whole CPR number, "010190-1234", to be shown once."""
    count_look_up(session, principal)
    digits = _digits(session, citizen)
    return f"{digits[:6]}-{digits[6:]}"


def _digits(session: Session, citizen: Citizen) -> str:
    return _vault(session).decrypt(citizen.cpr_secret, bound_to=f"citizen.cpr:{citizen.id}")


def _vault(session: Session) -> Vault:
    settings = session.info["settings"]
    return Vault(settings.cpr_keys, settings.cpr_index_key)


def reach(session: Session, citizen: Citizen) -> dict[str, Any]:
    """How to reach somebody, as the other services hear it."""
    return {
        "citizen_id": citizen.id,
        "municipality_code": citizen.municipality_code,
        "language": citizen.language,
        "interpreter": citizen.interpreter,
        "digital_post_exempt": citizen.digital_post_exempt,
        "protected": citizen.protected,
        "postal_code": None if citizen.protected else citizen.postal_code,
        "name": citizen.name,
        "email": citizen.email,
        "phone": citizen.phone,
        "cpr": _digits(session, citizen),
    }


def _change_channels(session: Session, citizen: Citizen, given: dict[str, Any]) -> None:
    changed = {name: value for name, value in given.items() if getattr(citizen, name) != value}
    if not changed:
        return
    for name, value in changed.items():
        setattr(citizen, name, value)
    citizen.changed_at = clock.now()
    record(session, CitizenChannelsChanged(**reach(session, citizen)), citizen)
    if "name" in changed:
        citizen.name_sort = danish.sort_key(citizen.name)
    if "postal_code" in changed:
        wishes.tell_of_a_move(session, citizen)


def change_channels(session: Session, citizen_id: UUID, expected_version: int, given: dict[str, Any]) -> Citizen:
    """The desk corrects how to reach somebody; raises PreconditionFailed when someone else did meanwhile."""
    citizen = session.get(Citizen, citizen_id, with_for_update=True)
    if citizen is None:
        raise NotFound
    if citizen.version != expected_version:
        raise PreconditionFailed
    _change_channels(session, citizen, given)
    return citizen


def move(session: Session, citizen_id: UUID, unit_code: str | None, expected_version: int) -> int:
    """Another unit works with the citizen from now on; the version of that, unchanged where it was theirs before.

    Raises PreconditionFailed where somebody else moved them meanwhile.
    """
    if session.get(Citizen, citizen_id, with_for_update=True) is None:
        raise NotFound
    known = units.reread(session, citizen_id)
    if known.version != expected_version:
        raise PreconditionFailed
    if known.unit_code == unit_code:
        return known.version
    units.put(session, citizen_id, unit_code, known.version + 1)
    record(session, CitizenUnitChanged(citizen_id=citizen_id, unit_code=unit_code), known.version + 1)
    return known.version + 1
