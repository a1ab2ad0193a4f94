"""Whom lists showed lately, and that one shows somebody now."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, bindparam, case, false, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.matching.engine.points import Scales
from services.matching.models.attention import Attention

_FROM: BindParameter[date] = bindparam("seen_from")
_BEFORE: BindParameter[date] = bindparam("seen_before")
_LAST = case((Attention.shown_on < _BEFORE, Attention.shown_on), else_=Attention.shown_before)
# True for whoever a list showed on one of the days that `days` names; no row and no earlier day make it false.
SEEN = func.coalesce(_LAST >= _FROM, false())
_ANEW = insert(Attention)
_ANEW = _ANEW.on_conflict_do_update(
    index_elements=[Attention.citizen_id],
    set_={"shown_on": _ANEW.excluded.shown_on, "shown_before": Attention.shown_on},
    where=Attention.shown_on < _ANEW.excluded.shown_on,
)


def days(scales: Scales) -> dict[str, Any]:
    """What `SEEN` asks to be told."""
    first, before = scales.lately
    return {"seen_from": first, "seen_before": before}


def seen(session: Session, scales: Scales) -> list[UUID]:
    """Everybody whom a list showed lately."""
    return list(session.scalars(select(Attention.citizen_id).where(SEEN), days(scales)))


def note_shown(session: Session, citizen_ids: Collection[UUID], day: date) -> None:
    """A list shows these; in one order, so that two lists at once wait for each other and no more."""
    if citizen_ids:
        rows = [{"citizen_id": one, "shown_on": day, "shown_before": None} for one in sorted(citizen_ids)]
        session.execute(_ANEW, rows)
