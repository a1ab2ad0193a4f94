"""What we understood on the telephone is sent to the company, which says that it is right, or corrects it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.matching.models import Call, Need
from services.matching.use_cases import POLICY, needs
from services.matching.use_cases.lapsing import tell
from services.matching.use_cases.linked import LinkOver
from shared import calendar, clock
from shared.errors import CannotUndo
from shared.events import NeedReadBack
from shared.outbox import record

CONFIRMED, CORRECTED = "confirmed", "corrected"


def send(session: Session, call: Call, need: Need) -> bool:
    """The company gets it in writing; False where no time is configured for the link."""
    row = POLICY.find("read_back.days", clock.today())
    if row is None:
        return False
    call.read_back_until = calendar.danish_time(clock.today() + timedelta(days=row.value + 1), 0)
    record(session, NeedReadBack(
        call_id=call.id, need_id=need.id, company_id=need.company_id, occupation=need.occupation,
        positions=need.positions, weekly_hours_min=need.weekly_hours_min, weekly_hours_max=need.weekly_hours_max,
        starts_on=need.starts_on, ends_at=call.read_back_until,
    ), call)  # fmt: skip
    return True


def opened(session: Session, call_id: UUID | None) -> tuple[Call, Need]:
    """The call behind a link that still works, and its need; raises LinkOver."""
    call = session.get(Call, call_id) if call_id else None
    if call is None or call.need_id is None or call.read_back_until is None or clock.now() >= call.read_back_until:
        raise LinkOver("Ring til os, hvis noget skal rettes.", "Ring us if something is to be corrected.")
    return call, session.get_one(Need, call.need_id)


def confirm(call: Call) -> None:
    """It is right."""
    call.heard, call.heard_at = CONFIRMED, clock.now()


def unsay(call: Call) -> None:
    """They have not said so after all; what was corrected is put back by itself."""
    if call.heard != CONFIRMED:
        raise CannotUndo
    call.heard = call.heard_at = None


def correct(session: Session, call: Call, need: Need, version: int, given: dict[str, Any]) -> Need:
    """The need as the company says it is; whoever took the call is told."""
    changed = needs.change_need(session, None, need.id, version, given)
    call.heard, call.heard_at = CORRECTED, clock.now()
    tell(session, call.owner, "read_back_corrected", call.id, need.id)
    return changed
