"""Somebody stands at the desk: who it is, who it may be, and where their digital application stands afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any
from uuid import UUID

from sqlalchemy import String, bindparam, func, select
from sqlalchemy.orm import Session

from services.intake import rules
from services.intake.models import ApplicationStep, Citizen, CitizenName, FirstContact, ToldApart
from services.intake.use_cases import applications, citizens, contacts
from shared import clock
from shared.danish import SPELT, search_key
from shared.database import new_id
from shared.errors import Invalid, NotFound, Refused
from shared.lookups import looked

MOST, MOST_WORDS = 5, 5
CHOOSE = "Vælg, om det er en, vi kender. / Choose whether it is somebody we know."
NOT_BOTH = "CPR-nummeret er en andens. / The CPR number is somebody else's."
MISSING = "Mangler. / Missing."


@dataclass(frozen=True, repr=False)
class Somebody:
    """Who a CPR number or a name leads to: the one known by the number, or people who are likely the same."""

    born: date | None = None
    known: Citizen | None = None
    likely: Sequence[Citizen] = ()

    @property
    def named(self) -> list[Citizen]:
        """Those who may be shown by name; of a protected person only that there is a record."""
        return [one for one in self.likely if not one.protected]

    @property
    def hidden(self) -> bool:
        """True where one of them is protected."""
        return len(self.named) < len(self.likely)


_NAME_SORT: Any = Citizen.name_sort
_SPELT: Any = reduce(lambda key, letter: func.replace(key, *letter), SPELT.items(), _NAME_SORT)
_BORN_NEAR = (
    select(Citizen, func.name_sound(_SPELT), func.name_sound(bindparam("name", type_=String)))
    .where(Citizen.birth_date.in_(bindparam("days", expanding=True)))
    .order_by(Citizen.name_sort, Citizen.id)
)


def look(session: Session, cpr: str | None, name: str | None) -> Somebody:
    """Whom this is or may be; raises Invalid for what is no CPR number. The caller says who of them was shown."""
    if cpr is None:
        return Somebody(likely=_sounding_like(session, name or ""))
    read = rules.read_cpr(cpr, clock.today())
    known = citizens.known_by(session, read)
    if known is not None or name is None:
        return Somebody(read.birth_date, known)
    asked = {"days": rules.near_days(read.birth_date, clock.today()), "name": search_key(name)}
    near = session.execute(_BORN_NEAR, asked)
    likely = [one for one, sound, typed in near if rules.likely(read.birth_date, typed, one.birth_date, sound)]
    return Somebody(read.birth_date, likely=likely[:MOST])


def _sounding_like(session: Session, name: str) -> Sequence[Citizen]:
    """People in whose names each of the words sounds; nobody for a single word."""
    words = search_key(name).split()[:MOST_WORDS]
    if len(words) < rules.LEAST_WORDS:
        return ()
    rows = select(Citizen)
    for word in words:
        sounding = select(CitizenName.citizen_id).where(CitizenName.sound == func.name_sound(word))
        rows = rows.where(Citizen.id.in_(sounding))
    return session.scalars(rows.order_by(Citizen.name_sort, Citizen.id).limit(MOST)).all()


def register(
    session: Session,
    *,
    cpr: str | None,
    same_as: UUID | None,
    other_person_reason: str | None,
    name: str | None = None,
    ask: bool,
    by: str,
    **contact: Any,
) -> dict[str, Any]:
    """A first contact. With `ask` nobody is made who looks like somebody known, until it is said that they are not.

    Raises Invalid for `same_as` where that is still to be said, or says otherwise than the CPR number or the name.
    """
    who = look(session, cpr, name) if ask or same_as or other_person_reason else Somebody()
    if who.known is not None:
        if same_as not in (None, who.known.id):
            raise Invalid({"same_as": NOT_BOTH})
        same_as = None
    elif same_as is not None:
        if (ask or cpr or name) and same_as not in {one.id for one in who.named}:
            raise Invalid({"same_as": CHOOSE})
        # Who was found is not called by what was typed to find them.
        cpr, name = None, None
    elif ask and who.likely and (other_person_reason is None or cpr is None):
        raise Invalid({"same_as": CHOOSE} if cpr else {"cpr": MISSING, "same_as": CHOOSE})
    called: dict[str, Any] = {"name": name} if name is not None else {}
    made = contacts.register_first_contact(session, cpr=cpr, same_as=same_as, **called, **contact)
    if other_person_reason is not None and not made["known_before"]:
        _tell_apart(session, made["citizen_id"], who.likely, other_person_reason, by)
    return made


def _tell_apart(session: Session, citizen_id: UUID, others: Sequence[Citizen], reason: str, by: str) -> None:
    session.add_all(
        ToldApart(
            id=new_id(), citizen_id=citizen_id, other_id=other.id, reason_code=reason, chosen_at=clock.now(),
            chosen_by=by,
        )
        for other in others
    )  # fmt: skip


def note_application(session: Session, contact_id: UUID, state: str, *, by: str) -> ApplicationStep:
    """Where the digital application stands now; nothing follows from it but a word in the lists."""
    contact = session.get(FirstContact, contact_id, with_for_update=True)
    if contact is None:
        raise NotFound
    looked(session, contact.citizen_id)
    step = ApplicationStep(
        id=new_id(), contact_id=contact_id, citizen_id=contact.citizen_id, state=state, before=contact.application,
        noted_at=clock.now(), noted_by=by,
    )  # fmt: skip
    session.add(step)
    contact.application = state
    applications.tell(session, contact, before=step.before)
    return step


def take_back(session: Session, contact_id: UUID, step_id: UUID) -> FirstContact:
    """As it stood before that word; raises Refused where somebody has said another since."""
    contact = session.get(FirstContact, contact_id, with_for_update=True)
    if contact is None:
        raise NotFound
    looked(session, contact.citizen_id)
    step = session.scalar(_steps(ApplicationStep.contact_id == contact_id).limit(1))
    if step is None or step.id != step_id:
        raise Refused(
            "application_moved_on",
            "En kollega har noteret noget nyere. Se, hvad der står nu.",
            "A colleague has noted something newer. See what it says now.",
        )
    contact.application = step.before
    session.delete(step)
    applications.tell(session, contact, before=step.state)
    return contact


def steps_of(session: Session, citizen_id: UUID) -> dict[UUID, ApplicationStep]:
    """The last word on the digital application of each of somebody's contacts, where there is one after the first."""
    found = session.scalars(_steps(ApplicationStep.citizen_id == citizen_id))
    last: dict[UUID, ApplicationStep] = {}
    for step in found:
        last.setdefault(step.contact_id, step)
    return last


def _steps(which: Any) -> Any:
    return select(ApplicationStep).where(which).order_by(ApplicationStep.noted_at.desc(), ApplicationStep.id.desc())


def told_apart(session: Session, one: UUID, other: UUID) -> ToldApart | None:
    """That somebody has chosen that these are two, the newest time."""
    pairs = (ToldApart.citizen_id == one) & (ToldApart.other_id == other)
    turned = (ToldApart.citizen_id == other) & (ToldApart.other_id == one)
    return session.scalar(select(ToldApart).where(pairs | turned).order_by(ToldApart.chosen_at.desc()).limit(1))
