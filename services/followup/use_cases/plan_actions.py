"""What is to be done in a placement is agreed with the citizen, who says yes or something of their own."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.followup import queries, rules
from services.followup.models import PlanAction, PlanSharing
from services.followup.use_cases import cases, courses
from shared import clock
from shared.auth import Principal
from shared.database import new_id
from shared.errors import NotFound

ANSWERED = "plan_answer"


def add(
    session: Session, principal: Principal, placement_id: UUID, *, what: str, party: str, due_on: date | None
) -> PlanAction:
    """Somebody does something by a day; the citizen sees it at once."""
    courses.locked(session, placement_id)
    action = PlanAction(
        id=new_id(), placement_id=placement_id, what=what, party=party, due_on=due_on, made_by=principal.subject,
        made_at=clock.now(),
    )  # fmt: skip
    session.add(action)
    session.flush()
    return action


def _found(session: Session, principal: Principal, placement_id: UUID, action_id: UUID) -> PlanAction:
    """One of the placement's, held until the transaction ends; raises NotFound, also where it is another's."""
    if principal.kind == "citizen":
        queries.own_placement(session, principal, placement_id)
    else:
        placement = queries.placement(session, principal, placement_id)
        if not (principal.is_staff or queries.plan_shared(session, placement)):
            raise NotFound
    courses.locked(session, placement_id)
    action = session.get(PlanAction, action_id, with_for_update=True)
    if action is None or action.placement_id != placement_id:
        raise NotFound
    return action


def change(
    session: Session, principal: Principal, placement_id: UUID, action_id: UUID, *, version: int, **told: Any
) -> PlanAction:
    """It reads otherwise now, and what the citizen said to it before counts no more."""
    action = _found(session, principal, placement_id, action_id)
    action.require_untouched(version)
    for name, value in told.items():
        setattr(action, name, value)
    action.answer = action.answer_words = action.answered_at = None
    session.flush()
    return action


def drop(session: Session, principal: Principal, placement_id: UUID, action_id: UUID, *, dropped: bool) -> None:
    """Nobody does it; false takes that back."""
    action = _found(session, principal, placement_id, action_id)
    action.withdrawn_at = clock.now() if dropped else None
    session.flush()


def finish(session: Session, principal: Principal, placement_id: UUID, action_id: UUID, *, done: bool) -> PlanAction:
    """It is done, or is not after all; citizens and mentors say so of what is theirs to do."""
    action = _found(session, principal, placement_id, action_id)
    theirs = principal.is_staff or action.party == (rules.CITIZEN if principal.kind == "citizen" else rules.MENTOR)
    if action.withdrawn_at is not None or not theirs:
        raise NotFound
    action.done_at, action.done_by = (clock.now(), principal.subject) if done else (None, None)
    session.flush()
    return action


def answer(
    session: Session, principal: Principal, placement_id: UUID, action_id: UUID, *, answer: str, words: str | None
) -> PlanAction:
    """The citizen agrees, or says it in their own words, and then whoever has the case looks at it."""
    rules.check_answer(answer, words)
    action = _found(session, principal, placement_id, action_id)
    if action.withdrawn_at is not None:
        raise NotFound
    take_back(session, principal, placement_id, action_id)
    action.answer, action.answer_words, action.answered_at = answer, words, clock.now()
    session.flush()
    if answer == rules.OTHERWISE:
        placement = courses.locked(session, placement_id)
        cases.plan_step(session, placement, code=ANSWERED, on=None, owner=None, made_by=action.made_by)
    return action


def take_back(session: Session, principal: Principal, placement_id: UUID, action_id: UUID) -> None:
    """The citizen has not said anything to it after all; nobody has to look at it."""
    action = _found(session, principal, placement_id, action_id)
    if action.answer == rules.OTHERWISE and action.answered_at is not None:
        cases.drop_moving_on(session, placement_id, (ANSWERED,), action.answered_at)
    action.answer = action.answer_words = action.answered_at = None
    session.flush()


def share(session: Session, principal: Principal, placement_id: UUID, *, shared: bool) -> None:
    """The citizen lets the mentor there is now see the plan, or no longer."""
    queries.own_placement(session, principal, placement_id)
    placement = courses.locked(session, placement_id)
    whose = PlanSharing.placement_id == placement_id, PlanSharing.mentor_id == placement.mentor_id
    given = session.scalar(select(PlanSharing).where(*whose).with_for_update())
    if given is None:
        given = PlanSharing(
            id=new_id(), placement_id=placement_id, mentor_id=placement.mentor_id, given_at=clock.now(),
            withdrawn_at=None,
        )  # fmt: skip
        session.add(given)
    if shared and given.withdrawn_at is not None:
        given.given_at = clock.now()
    given.withdrawn_at = None if shared else clock.now()
    session.flush()
