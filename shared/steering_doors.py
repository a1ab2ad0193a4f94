"""The JSON doors beside each service's own page for ops: the same verbs for a program. Nobody's data."""

from typing import Any
from uuid import UUID

from flask import current_app
from flask_smorest import Blueprint
from marshmallow import fields as marshmallow_fields
from sqlalchemy.orm import Session

from shared import health, lookups, steering
from shared.auth import Principal
from shared.doors import Doors
from shared.events import SERVICES
from shared.fields import Body, Code, Count, Day, Flag, Moment, Text, between
from shared.house import HOUSE
from shared.lookups import NOBODY, About
from shared.retention import Keeps
from shared.steering_pages import OFFICER, OPS, DecisionForm, PeriodQuery, ReplayForm, period

MANY = 2**53
SUBJECTS = About("log", how="export", purpose="supervision")


def _list_of(schema: type[Body], name: str) -> type[Body]:
    items = marshmallow_fields.List(marshmallow_fields.Nested(schema), required=True)
    return type(name, (Body,), {"items": items, "__doc__": f"Many of these: {schema.__doc__}"})


class WorkerAnswer(Body):
    """A worker of the last day, when it beat and how much waits for it."""

    worker_index = Count(0, MANY, required=True)
    at = Moment(required=True)
    beats = Flag(required=True)
    broker_connected = Flag(required=True)
    waiting = Count(0, MANY, required=True, allow_none=True)
    oldest_seconds = marshmallow_fields.Float(required=True, allow_none=True)


class JobAnswer(Body):
    """A job, when it last ended well, and whether it is late or fails."""

    job = Text(120, required=True)
    every_seconds = Count(0, MANY, required=True)
    ran_at = Moment(required=True)
    error = Text(300, required=True, allow_none=True)
    late = Flag(required=True)
    failing = Flag(required=True)


class StateAnswer(Body):
    """How the service is: each check, the figures behind them, its tables' version and the one it wants."""

    ready = Flag(required=True)
    checks = marshmallow_fields.Dict(keys=marshmallow_fields.String(), values=Flag(), required=True)
    versions = marshmallow_fields.List(Text(120), required=True)
    expected_versions = marshmallow_fields.List(Text(120), required=True)
    outbox_backlog = Count(0, MANY, required=True)
    outbox_oldest_seconds = marshmallow_fields.Float(required=True, allow_none=True)
    inbox_waiting = Count(0, MANY, required=True, allow_none=True)
    inbox_oldest_seconds = marshmallow_fields.Float(required=True, allow_none=True)
    dead_letters = Count(0, MANY, required=True)
    workers = marshmallow_fields.List(marshmallow_fields.Nested(WorkerAnswer), required=True)
    jobs = marshmallow_fields.List(marshmallow_fields.Nested(JobAnswer), required=True)


class DeadQuery(Body):
    """`settled`: those that somebody settled, instead of those that wait for it; and which page."""

    settled = Code("yes", "no", load_default="no")
    page = marshmallow_fields.Integer(load_default=1, validate=between(1, 10_000))


class DeadAnswer(Body):
    """An event that no handler could take; what somebody decided last, if anything."""

    event_id = marshmallow_fields.UUID(required=True)
    type = Text(120, required=True, allow_none=True)
    error = Text(300, required=True)
    tries = Count(0, MANY, required=True)
    first_failed_at = Moment(required=True)
    last_failed_at = Moment(required=True)
    decision = Text(20, required=True, allow_none=True)
    reason_code = Text(40, required=True, allow_none=True)
    decided_at = Moment(required=True, allow_none=True)


class DeadLetters(Body):
    """The latest first; `more` where another page follows."""

    items = marshmallow_fields.List(marshmallow_fields.Nested(DeadAnswer), required=True)
    more = Flag(required=True)


class OrderAnswer(Body):
    """A replay: who is told again, since when, how much was told so far, and whether it has ended."""

    id = marshmallow_fields.UUID(required=True)
    listener = Code(*SERVICES, required=True)
    since = Moment(required=True)
    told = Count(0, MANY, required=True)
    ordered_at = Moment(required=True)
    ended_at = Moment(required=True, allow_none=True)


class DatedRuleAnswer(Body):
    """A dated row that the service goes by today or will."""

    key = Text(120, required=True)
    group = Text(120, required=True, allow_none=True)
    value = marshmallow_fields.Raw(required=True, metadata={"description": "As it stands in the file"})
    unit = Text(200, required=True)
    since = Day(required=True)
    until = Day(required=True, allow_none=True)
    source = Text(2000, required=True)
    confidence = Text(40, required=True)


class AffectedAnswer(Body):
    """A kind of event: how many were told, about how many, and whether they are people."""

    type = Text(120, required=True)
    events = Count(0, MANY, required=True)
    subjects = Count(0, MANY, required=True)
    people = Flag(required=True)


class SubjectAnswer(Body):
    """One who was affected, by id."""

    type = Text(120, required=True)
    subject = Text(120, required=True)
    events = Count(0, MANY, required=True)
    people = Flag(required=True)


Orders = _list_of(OrderAnswer, "OrdersAnswer")
Rules, Affected = _list_of(DatedRuleAnswer, "DatedRulesAnswer"), _list_of(AffectedAnswer, "AffectedKindsAnswer")
Subjects = _list_of(SubjectAnswer, "AffectedSubjectsAnswer")


def blueprint_for(service: str, keeps: Keeps) -> Blueprint:
    """A fresh blueprint with all of them."""
    blueprint = Blueprint(f"{service}_operations", __name__, description="What ops sees and does")
    doors = Doors(blueprint)

    @doors.get("/operations", roles=OPS, about=NOBODY, answer=StateAnswer)
    def read_state(session: Session, _principal: Principal) -> Any:
        """How the service is, with its workers and jobs."""
        told = health.state(current_app.extensions["database"])
        own = {"workers": steering.workers(session), "jobs": steering.jobs(session)}
        return told | own | {"expected_versions": health.expected_versions(service)}

    @doors.get("/operations/rules", roles=OPS, about=NOBODY, answer=Rules)
    def list_dated_rules(_session: Session, _principal: Principal) -> Any:
        """The dated rows in force and to come."""
        return {"items": steering.rules(keeps.policy, HOUSE)}

    _dead_letters(doors)
    _replays(doors)
    _affected(doors)
    return blueprint


def _dead(session: Session, *, settled: bool = False, page: int = 1) -> dict[str, Any]:
    items, more = steering.dead(session, settled=settled, page=page)
    return {"items": items, "more": more}


def _dead_letters(doors: Doors) -> None:
    @doors.get("/operations/dead-letters", roles=OPS, about=NOBODY, query=DeadQuery, answer=DeadLetters)
    def list_dead_letters(session: Session, _principal: Principal, query: dict[str, Any]) -> Any:
        """The events that no handler could take, fifty at a time."""
        return _dead(session, settled=query["settled"] == "yes", page=query["page"])

    @doors.post("/operations/dead-letters/<uuid:event_id>/decision", status=200, roles=OPS, about=NOBODY,
                body=DecisionForm, answer=DeadLetters)  # fmt: skip
    def settle_dead_letter(session: Session, principal: Principal, event_id: UUID, body: dict[str, str]) -> Any:
        """This listener tries once more, or somebody says that there is nothing to do."""
        steering.settle(session, principal, event_id, **body)
        return _dead(session)

    @doors.post("/operations/dead-letters/<uuid:event_id>/reopening", status=200, roles=OPS, about=NOBODY,
                answer=DeadLetters)  # fmt: skip
    def reopen_dead_letter(session: Session, principal: Principal, event_id: UUID) -> Any:
        """Takes back that there was nothing to do."""
        steering.reopen(session, principal, event_id)
        return _dead(session)


def _replays(doors: Doors) -> None:
    @doors.get("/operations/replays", roles=OPS, about=NOBODY, answer=Orders)
    def list_replays(session: Session, _principal: Principal) -> Any:
        """The latest replays."""
        return {"items": steering.replays(session)}

    @doors.post("/operations/replays", roles=OPS, about=NOBODY, body=ReplayForm, answer=Orders)
    def order_replay(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
        """A listener is told again since a moment, and no letter goes out."""
        steering.order_replay(session, principal, **body)
        return {"items": steering.replays(session)}

    @doors.post("/operations/replays/<uuid:order_id>/stop", status=200, roles=OPS, about=NOBODY, answer=Orders)
    def stop_replay(session: Session, principal: Principal, order_id: UUID) -> Any:
        """The rest is not told."""
        steering.stop_replay(session, principal, order_id)
        return {"items": steering.replays(session)}


def _affected(doors: Doors) -> None:
    @doors.get("/operations/affected", roles=OPS + OFFICER, about=NOBODY, query=PeriodQuery, answer=Affected)
    def list_affected(session: Session, _principal: Principal, query: dict[str, Any]) -> Any:
        """What was told in a period, in numbers; the last day where nothing is said."""
        return {"items": steering.affected(session, *period(query))}

    @doors.get("/operations/affected/subjects", roles=OFFICER, about=SUBJECTS, query=PeriodQuery, answer=Subjects)
    def list_affected_subjects(session: Session, _principal: Principal, query: dict[str, Any]) -> Any:
        """Who was affected, by id; each one is on record as looked at."""
        found = steering.affected_subjects(session, *period(query))
        lookups.looked(session, *{UUID(row["subject"]) for row in found if row["people"]})
        return {"items": found}
