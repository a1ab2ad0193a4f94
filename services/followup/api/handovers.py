"""The doors of cases that change hands."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.followup import queries, schemas
from services.followup.api.base import FOLLOWERS, PLACEMENT_CHANGE, PLACEMENTS, doors
from services.followup.use_cases import cases, handovers
from shared.auth import Principal

# Between two colleagues, whichever units they and the citizens are of; both have been named.
HANDED = replace(PLACEMENT_CHANGE, any_unit=True)
ALL, ONE = "/hand-overs", "/hand-overs/<uuid:hand_over_id>"
CASE = f"{ONE}/cases/<uuid:placement_id>"


@doors.get(ALL, roles=FOLLOWERS, about=PLACEMENTS, answer=schemas.HandOversAnswer)
def list_hand_overs(session: Session, principal: Principal) -> Any:
    """To and from the caller."""
    cases.known(session, principal)
    return {"items": queries.hand_overs(session, principal)}


@doors.post(ALL, roles=FOLLOWERS, about=HANDED, body=schemas.HandOverBody, answer=schemas.HandOverAnswer)
def ask_hand_over(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """A colleague is asked to take cases."""
    return queries.hand_over(session, handovers.ask(session, principal, **body).id)


@doors.get(ONE, roles=FOLLOWERS, about=PLACEMENTS, answer=schemas.HandOverAnswer)
def read_hand_over(session: Session, _principal: Principal, hand_over_id: UUID) -> Any:
    """Its cases, and every promise in them."""
    return queries.hand_over(session, hand_over_id)


@doors.post(f"{CASE}/lines/<uuid:line_id>/accepted", status=200, roles=FOLLOWERS, about=HANDED,
            answer=schemas.HandOverAnswer)  # fmt: skip
def accept_line(session: Session, principal: Principal, hand_over_id: UUID, placement_id: UUID, line_id: UUID) -> Any:
    """The receiver has seen that promise."""
    handovers.accept(session, principal, hand_over_id, placement_id, line_id)
    return queries.hand_over(session, hand_over_id)


@doors.post(f"{CASE}/accepted", status=200, roles=FOLLOWERS, about=HANDED, answer=schemas.HandOverAnswer)
def accept_case(session: Session, principal: Principal, hand_over_id: UUID, placement_id: UUID) -> Any:
    """The receiver has seen every promise of the case."""
    handovers.accept(session, principal, hand_over_id, placement_id, None)
    return queries.hand_over(session, hand_over_id)


@doors.post(f"{CASE}/refused", status=200, roles=FOLLOWERS, about=HANDED, answer=schemas.HandOverAnswer)
def refuse_case(session: Session, principal: Principal, hand_over_id: UUID, placement_id: UUID) -> Any:
    """The case stays where it is."""
    handovers.refuse(session, principal, hand_over_id, placement_id)
    return queries.hand_over(session, hand_over_id)


@doors.post(f"{CASE}/undo", status=200, roles=FOLLOWERS, about=HANDED, answer=schemas.HandOverAnswer)
def undo_answer(session: Session, principal: Principal, hand_over_id: UUID, placement_id: UUID) -> Any:
    """The answer about a case counts no more."""
    handovers.undo(session, principal, hand_over_id, placement_id)
    return queries.hand_over(session, hand_over_id)


@doors.post(f"{ONE}/withdrawn", status=200, roles=FOLLOWERS, about=HANDED, answer=schemas.HandOverAnswer)
def withdraw_hand_over(session: Session, principal: Principal, hand_over_id: UUID) -> Any:
    """Nothing more is asked."""
    handovers.withdraw(session, principal, hand_over_id)
    return queries.hand_over(session, hand_over_id)
