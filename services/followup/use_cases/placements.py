"""A placement is taken on, and its first day prepared."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.followup import queries, rules
from services.followup.models import ChecklistItem, Contact, HourAgreement, Placement
from services.followup.use_cases import POLICY, courses, mentoring, real_hours
from shared import calendar, clock
from shared.auth import Principal
from shared.database import new_id
from shared.errors import NotFound
from shared.events import PlacementAgreed

KITS = ("first_day", "starter_kit")
COPIED = (
    "citizen_id", "company_id", "mentor_id", "mentor_name", "p_number", "offer_type", "occupation", "purpose_code",
    "cadence", "hire_preagreed", "starts_on", "ends_on", "first_day_at",
)  # fmt: skip


def follow(session: Session, agreed: PlacementAgreed) -> None:
    """Take a placement on: plan its contacts, lay out the first day's checklist, begin its hours.

    Told again, also as another event, it changes nothing: a placement is planned once.
    """
    copied = {name: getattr(agreed, name) for name in COPIED}
    row = rules.cadence_row(agreed.cadence, calendar.danish_day(agreed.first_day_at), POLICY)
    claimed = insert(Placement).values(
        id=agreed.placement_id, version=1, cadence_policy=row.name, agreed_ends_on=agreed.ends_on,
        place_rule=rules.ANYWHERE, hours_hidden=False, **copied,
    )  # fmt: skip
    placement = session.scalar(claimed.on_conflict_do_nothing(index_elements=["id"]).returning(Placement))
    if placement is None:
        return
    mentoring.recognise_by_name(session, placement)
    since = agreed.taken_over_on
    if since is None or since <= placement.starts_on:
        _lay_out_checklist(session, placement)
    real_hours.lay_gates(session, placement)
    session.add(HourAgreement(
        id=new_id(), placement_id=placement.id, starts_on=placement.starts_on, placement_hours=agreed.weekly_hours,
        paid_hours=0, reason_code="agreed_at_start", asked_by="consultant", agreed_at=clock.now(),
    ))  # fmt: skip
    planned = rules.plan(placement.cadence, placement.first_day_at, placement.ends_on, POLICY)
    if since is not None:
        held = _held_before(placement, planned, agreed.last_contact_on, since)
        session.add_all(held)
        taken = {talk.planned_at for talk in held}
        planned = [one for one in planned if one.day >= since and one.planned_at not in taken]
    contacts = [courses.contact_for(placement, one) for one in planned]
    session.add_all(contacts)
    courses.told(session, placement, contacts)


def _held_before(
    placement: Placement, planned: Sequence[rules.PlannedContact], last: date | None, since: date
) -> list[Contact]:
    """The last talk before the product, as the one that was due then; of earlier ones nothing is known here.

    One on the very day of taking over is that day's; a day to come is no talk that was held.
    """
    if last is None or last > since:
        return []
    due = [one for one in planned if one.day <= last]
    held = [courses.contact_for(placement, one) for one in due[-1:]]
    for talk in held:
        talk.held_at, talk.recorded_at = min(calendar.danish_time(last, 12), clock.now()), clock.now()
    return held


def _lay_out_checklist(session: Session, placement: Placement) -> None:
    first = calendar.danish_day(placement.first_day_at)
    for kit in KITS:
        row = POLICY.find(f"checklist.{kit}", first, placement.cadence)
        for position, (number, code) in enumerate(rules.kit_of(row.value) if row else ()):
            session.add(ChecklistItem(
                id=new_id(), placement_id=placement.id, kit=kit, code=code, position=position, day_number=number,
                policy=row.name if row else "",
            ))  # fmt: skip


def tick(session: Session, principal: Principal, placement_id: UUID, code: str, *, done: bool) -> ChecklistItem:
    """Tick a thing on the first day's checklist, or take the tick away; the first who ticked it is kept."""
    queries.placement(session, principal, placement_id)
    wanted = select(ChecklistItem).where(ChecklistItem.placement_id == placement_id, ChecklistItem.code == code)
    item = session.scalar(wanted.with_for_update())
    if item is None:
        raise NotFound
    if not done:
        item.done_at = item.done_by = None
    elif item.done_at is None:
        item.done_at, item.done_by = clock.now(), principal.subject
    session.flush()
    return item
