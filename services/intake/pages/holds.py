"""The slot that is held while somebody registers, as a part of the form."""

from typing import Any
from uuid import UUID

from marshmallow import fields as marshmallow_fields
from sqlalchemy.orm import Session

from services.intake import rules
from services.intake.pages import pages
from services.intake.queries import promise as queries
from services.intake.use_cases import POLICY, holds
from shared import calendar, clock
from shared.auth import STAFF, Principal
from shared.fields import Body
from shared.lookups import NOBODY
from shared.pages import Page, Response

SHOWN = 4


class HoldForm(Body):
    """The slot that was picked; the soonest where none was."""

    slot_id = marshmallow_fields.UUID(load_default=None)


def holder_of(principal: Principal) -> UUID:
    """Who holds: one slot a session, so that a page that is loaded again does not hold another."""
    return UUID(principal.access_id)


@pages.post("/skranken/tider", roles=STAFF, about=NOBODY, body=HoldForm, fragment=True)
def hold_for_desk(session: Session, principal: Principal, body: dict[str, Any]) -> Page:
    """Hold the slot that was picked, or keep the one held, or take the soonest; and the others to choose among."""
    held = holds.hold(session, holder_of(principal), body["slot_id"])
    goal = rules.local_goal(clock.now(), POLICY)
    within = queries.soonest(session, SHOWN, holder=holder_of(principal), until=goal.due)
    times = within or queries.soonest(session, SHOWN, holder=holder_of(principal))
    if held is not None and held.id not in {slot.id for slot in times}:
        times = sorted([*times, held], key=lambda slot: slot.starts_at)
    inside = held is not None and calendar.danish_day(held.starts_at) <= goal.due
    minutes = POLICY.row("slots.hold", clock.today()).value
    context = {"held": held, "times": times, "goal": goal, "inside": inside, "minutes": minutes, "any": bool(within)}
    return Page("intake/_slots.html", context)


@pages.post("/skranken/tider/slip", roles=STAFF, about=NOBODY, fragment=True)
def let_go(session: Session, principal: Principal) -> Response:
    """The form was left."""
    holds.release(session, holder_of(principal))
    return Response(status=204)
