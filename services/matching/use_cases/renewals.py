"""A need once more: kept as a draft and sent, renewed with another start, or made anew from an old one."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.models import Need
from services.matching.queries import Own
from services.matching.rules import requests
from services.matching.use_cases import POLICY, needs
from shared import clock
from shared.errors import Invalid, Refused

COPIED = (
    "p_number", "title", "occupation", "employment_form", "licences", "adjustments", "mentor_offered", "positions",
    "unadvertised",
)  # fmt: skip


def copy_need(session: Session, border: Own | None, need_id: UUID, *, starts_on: date, draft: bool) -> Need:
    """A new need that says what an old one said, from another day on; the old one stays as it is."""
    old = queries.need(session, border, need_id)
    told: dict[str, Any] = {name: getattr(old, name) for name in COPIED}
    told |= needs.told_hours(old) | {"season": queries.season_of(session, need_id)}
    _require_ahead(starts_on)
    return needs.receive_need(session, border, company_id=old.company_id, starts_on=starts_on, draft=draft, **told)


def renew(session: Session, border: Own | None, need_id: UUID, version: int, starts_on: date) -> Need:
    """The need is open again from that day on, and its answer has a new last day; not where no position is left."""
    need = queries.need(session, border, need_id)
    _require_ahead(starts_on)
    if need.state == "draft":
        raise Refused("need_is_draft", "Behovet er en kladde. Send den først.", "The need is a draft. Send it first.")
    changed = needs.change_need(session, border, need_id, version, {"state": "open", "starts_on": starts_on})
    changed.answer_due = requests.answer_due(clock.today(), POLICY)
    session.flush()
    return changed


def take_renewal_back(session: Session, border: Own | None, need_id: UUID, version: int, **before: Any) -> Need:
    """State, start and last day as they were, unless somebody was there since."""
    return needs.change_need(session, border, need_id, version, before)


def _require_ahead(starts_on: date) -> None:
    if starts_on < clock.today():
        raise Invalid({"starts_on": "Skal være i dag eller senere. / Must be today or later."})
