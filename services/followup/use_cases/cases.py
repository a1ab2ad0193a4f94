"""Whose case a placement is, and the next steps that were agreed."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.followup import rules
from services.followup.models import Colleague, Contact, NextStep, Placement
from services.followup.use_cases import POLICY, courses
from shared import clock
from shared.auth import Principal
from shared.database import new_id
from shared.errors import Invalid, NotFound, Refused
from shared.events import CaseTaken
from shared.lookups import looked
from shared.outbox import record


def known(session: Session, principal: Principal) -> dict[str, str]:
    """Whoever follows placements can be given some from now on, under the name they sign in with; everybody's name."""
    if not principal.is_staff:
        return {}
    found = session.execute(select(Colleague).order_by(Colleague.name, Colleague.subject)).scalars()
    everybody = {one.subject: (one.name, one.unit_code) for one in found}
    told = (principal.name or principal.subject, principal.organisation)
    if everybody.get(principal.subject) != told:
        _put(session, principal, told)
        everybody[principal.subject] = told
    return {subject: name for subject, (name, _unit) in everybody.items()}


def _put(session: Session, principal: Principal, told: tuple[str, str | None]) -> None:
    row = {"subject": principal.subject, "name": told[0], "unit_code": told[1], "seen_at": clock.now()}
    put = insert(Colleague).values(row)
    session.execute(put.on_conflict_do_update(index_elements=["subject"], set_=row))


def check_colleague(session: Session, subject: str, field: str) -> None:
    """There is such a colleague; raises Invalid."""
    if session.get(Colleague, subject) is None:
        raise Invalid({field: "Vælg en kollega. / Choose a colleague."})


def assign(
    session: Session, placement_id: UUID, *, owner: str | None, version: int | None = None
) -> tuple[Placement, str | None]:
    """The case is theirs, or nobody's; and whose it was. Raises CannotUndo where it is not in the version named."""
    placement = courses.locked(session, placement_id)
    if version is not None:
        placement.require_untouched(version)
    if owner is not None:
        check_colleague(session, owner, "owner")
    before, placement.owner = placement.owner, owner
    tell_owner(session, placement)
    return placement, before


def tell_owner(session: Session, placement: Placement) -> None:
    """Whose case it is now is told, as answers to letters go to them."""
    record(session, CaseTaken(
        placement_id=placement.id, citizen_id=placement.citizen_id, owner=placement.owner
    ), placement)  # fmt: skip


def take(session: Session, principal: Principal, placement_id: UUID) -> tuple[Placement, str | None]:
    """The case is the caller's, whosever it was."""
    known(session, principal)
    session.flush()
    return assign(session, placement_id, owner=principal.subject)


def plan_step(
    session: Session,
    placement: Placement,
    *,
    code: str,
    on: date | None,
    owner: str | None,
    made_by: str,
    contact_id: UUID | None = None,
) -> NextStep:
    """Something to do by a day, by whose case it is where nobody else is named."""
    if owner is not None:
        check_colleague(session, owner, "next_step_owner")
    step = NextStep(
        id=new_id(), placement_id=placement.id, contact_id=contact_id, code=code,
        due_on=rules.step_due(on, clock.today(), POLICY), owner=owner or placement.owner or made_by, made_by=made_by,
        made_at=clock.now(),
    )  # fmt: skip
    session.add(step)
    session.flush()
    return step


def drop_steps_of(session: Session, contact: Contact) -> None:
    """What was agreed in a talk that was not held after all; raises Refused where it is done already."""
    steps = session.scalars(select(NextStep).where(NextStep.contact_id == contact.id).with_for_update(of=NextStep))
    if any(step.done_at is not None for step in steps):
        raise Refused(
            "step_done",
            "Det næste skridt er allerede gjort. Fortryd det først.",
            "The next step has been done already. Undo that first.",
        )
    session.execute(delete(NextStep).where(NextStep.contact_id == contact.id))


def drop_moving_on(session: Session, placement_id: UUID, codes: tuple[str, ...], since: datetime) -> None:
    """What was to be done because somebody moves on, where that is not so after all."""
    session.execute(
        delete(NextStep).where(
            NextStep.placement_id == placement_id, NextStep.code.in_(codes), NextStep.made_at >= since,
            NextStep.contact_id.is_(None), NextStep.done_at.is_(None),
        )
    )  # fmt: skip


def finish_step(session: Session, step_id: UUID, *, done_by: str | None, version: int | None = None) -> NextStep:
    """It is done; without anybody who did it, it is not done after all."""
    step = session.get(NextStep, step_id, with_for_update={"of": NextStep})
    if step is None:
        raise NotFound
    looked(session, step.placement.citizen_id)
    if version is not None:
        step.require_untouched(version)
    if done_by is not None and step.done_at is not None:
        raise Refused("step_done", "Det er allerede gjort.", "This has been done already.")
    step.done_at, step.done_by = (clock.now(), done_by) if done_by else (None, None)
    session.flush()
    return step


def book_interpreter(session: Session, contact_id: UUID, *, booked_by: str | None) -> Contact:
    """An interpreter comes to the talk; without anybody who booked one, none does."""
    contact = session.get(Contact, contact_id, with_for_update={"of": Contact})
    if contact is None or contact.withdrawn_at is not None:
        raise NotFound
    looked(session, contact.placement.citizen_id)
    citizen = contact.placement.citizen
    if citizen is None or not citizen.interpreter:
        raise Refused("no_interpreter", "Borgeren har ikke brug for tolk.", "The citizen needs no interpreter.")
    contact.interpreter_booked_at = clock.now() if booked_by else None
    contact.interpreter_booked_by = booked_by
    session.flush()
    return contact
