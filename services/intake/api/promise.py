"""Doors of the promise: slots held and moved, alarms, breaches and what is coming."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.intake.api.desk import doors
from services.intake.queries import citizen as citizen_of
from services.intake.queries import contact as contact_of
from services.intake.queries import leader, receipts
from services.intake.queries import promise as queries
from services.intake.schemas import VisitationAnswer, WhichPage
from services.intake.schemas import promise as schemas
from services.intake.use_cases import holds, moves, promises
from services.intake.use_cases.slots import NoSlot
from shared import clock
from shared.auth import STAFF, Principal
from shared.database import new_id
from shared.lookups import NOBODY, About, about_each

DAYS_SHOWN = 30
LEADERS = About("case", how="list", purpose="supervision")
CASE, CASES, CASE_CHANGE = about_each("case", purpose="visitation")
MADE: dict[str, Any] = {"roles": STAFF, "about": CASE_CHANGE, "answer": VisitationAnswer}


@doors.post("/slot-holds", roles=STAFF, about=NOBODY, body=schemas.NewHold, answer=schemas.HoldAnswer)
def hold_slot(session: Session, _principal: Principal, body: dict[str, Any]) -> Any:
    """Hold a slot while the person stands there; the soonest unless one is named. Holding another lets the first go."""
    hold_id = body["hold_id"] or new_id()
    slot = holds.hold(session, hold_id, body["slot_id"])
    if slot is None:
        raise NoSlot
    return {"hold_id": hold_id, "held_until": slot.held_until, "slot": slot}


@doors.post("/slot-holds/<uuid:hold_id>/release", roles=STAFF, about=NOBODY, answer=schemas.HoldGivenUp)
def release_slot(session: Session, _principal: Principal, hold_id: UUID) -> Any:
    """Let go of what is held."""
    holds.release(session, hold_id)
    return {"hold_id": hold_id}


@doors.post("/visitations/<uuid:visitation_id>/move", body=schemas.NewTime, **MADE)
def move_visitation(session: Session, _principal: Principal, visitation_id: UUID, body: dict[str, Any]) -> Any:
    """Move a talk to another slot; a cancelled one is on again."""
    return moves.move(session, visitation_id, body["slot_id"], by="staff")


@doors.post("/visitations/<uuid:visitation_id>/rebooking", **MADE)
def rebook_visitation(session: Session, _principal: Principal, visitation_id: UUID) -> Any:
    """Move a talk to the soonest free slot."""
    return moves.move_to_soonest(session, visitation_id)


@doors.post("/visitations/<uuid:visitation_id>/cancellation", **MADE)
def cancel_visitation(session: Session, _principal: Principal, visitation_id: UUID) -> Any:
    """Call a talk off; its contact waits for a time again."""
    return moves.cancel(session, visitation_id, by="staff")


@doors.get("/visitations/to-move", roles=STAFF, about=CASES, query=WhichPage, answer=schemas.MustMove)
def list_visitations_to_move(session: Session, _principal: Principal, query: dict[str, Any]) -> Any:
    """Talks to come whose consultant, room or day is no longer there, fifty at a time."""
    found, more = queries.to_move(session, query["page"])
    return {"items": [talk for talk, _citizen, _with in found], "more": more}


@doors.get("/promise/alarms", roles=STAFF, about=CASES, query=WhichPage, answer=schemas.Alarms)
def list_alarms(session: Session, _principal: Principal, query: dict[str, Any]) -> Any:
    """People whose statutory limit is in danger, fifty at a time."""
    found, more = queries.alarms(session, query["page"])
    return {"items": [_alarm(one) | {"citizen_id": one["citizen"].id} for one in found], "more": more}


def _alarm(one: dict[str, Any]) -> dict[str, Any]:
    contact = one["contact"]
    return {
        "contact_id": contact.id, "statutory_due": contact.statutory_due, "statutory_policy": contact.statutory_policy,
        "came_at": contact.at, "talk_at": one["talk"] and one["talk"].starts_at,
    }  # fmt: skip


@doors.get("/promise/breaches", roles=STAFF, about=CASES, query=schemas.BreachPage, answer=schemas.Breaches)
def list_breaches(session: Session, _principal: Principal, query: dict[str, Any]) -> Any:
    """Promises that were not kept, with their causes, by fifty contacts at a time."""
    until = query["until"] or clock.today()
    since = query["since"] or until - timedelta(days=DAYS_SHOWN)
    found, more = queries.breaches(session, since, until, query["page"])
    return {"items": [_breach(one) for one in found], "more": more}


def _breach(one: dict[str, Any]) -> dict[str, Any]:
    rule = "local_goal_policy" if one["promise"] == "local" else "statutory_policy"
    return {
        "contact_id": one["contact"].id, "promise": one["promise"], "due": one["due"], "came_at": one["contact"].at,
        "policy": getattr(one["contact"], rule), "cause": one["cause"] and one["cause"].cause,
    }  # fmt: skip


@doors.get("/promise/leader", roles=("leader", *STAFF), about=LEADERS, query=schemas.OfUnit,
           answer=schemas.LeadersPromise)  # fmt: skip
def read_leaders_promise(session: Session, principal: Principal, query: dict[str, Any]) -> Any:
    """Alarms, contacts in danger and broken promises of a unit, without people; a person's own unit always."""
    found = leader.promise_of(session, principal.organisation or query["unit"] or "", query)
    return found | {
        "alarms": [_alarm(one) for one in found["alarms"]], "breaches": [_breach(one) for one in found["breaches"]],
    }  # fmt: skip


@doors.post("/first-contacts/<uuid:contact_id>/breach-cause", roles=STAFF, about=CASE_CHANGE, body=schemas.ChosenCause,
            answer=schemas.CauseAnswer)  # fmt: skip
def choose_breach_cause(session: Session, principal: Principal, contact_id: UUID, body: dict[str, Any]) -> Any:
    """Say why a promise was not kept."""
    promises.choose_cause(session, contact_id, **body, by=principal.subject)
    return {"contact_id": contact_id, **body}


@doors.get("/first-contacts/<uuid:contact_id>/receipt", roles=STAFF, about=CASE, query=schemas.ReceiptQuery,
           answer=schemas.ReceiptAnswer)  # fmt: skip
def read_receipt(session: Session, _principal: Principal, contact_id: UUID, query: dict[str, Any]) -> Any:
    """What the person takes home: when, where, whom to ask for, what begins, and which guidance was given."""
    contact = contact_of(session, contact_id)
    return receipts.receipt(session, contact, citizen_of(session, contact.citizen_id), query["tekst"])


@doors.get("/promise/forecast", roles=STAFF, about=NOBODY, answer=schemas.ForecastAnswer)
def read_forecast(session: Session, _principal: Principal) -> Any:
    """Free slots of the coming days beside how many usually come on such a weekday."""
    return {"items": queries.coming_days(session)}
