"""Doors to the waiting room."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.intake.api.desk import doors
from services.intake.queries import arrivals as queries
from services.intake.schemas import waiting as schemas
from services.intake.use_cases import hand_overs, paper, waiting
from shared import clock
from shared.auth import STAFF, Principal
from shared.fields import UndoForm
from shared.lookups import NOBODY, About

LIST = About("case", how="list", purpose="visitation")
CHANGE = About("case", how="change", purpose="visitation")


def _queue(principal: Principal, asked: str | None) -> str:
    return asked or waiting.queue_of(principal)


@doors.get("/waiting-room", roles=STAFF, about=LIST, query=schemas.RoomQuery, answer=schemas.WaitingRoom)
def read_waiting_room(session: Session, principal: Principal, query: dict[str, Any]) -> Any:
    """A unit's arrivals of a day."""
    found = queries.room_on(session, _queue(principal, query["unit_code"]), query["day"] or clock.today())
    return {"items": [one.arrival for one in found], "hand_overs": [one.hand_over for one in found if one.hand_over]}


@doors.get("/waiting-room/screen", roles=STAFF, about=NOBODY, query=schemas.UnitOfQueue, answer=schemas.Wall)
def read_waiting_screen(session: Session, principal: Principal, query: dict[str, Any]) -> Any:
    """What the screen on the wall shows: numbers and places."""
    called = queries.on_the_wall(session, _queue(principal, query["unit_code"]), clock.today())
    return {"items": [{"number": one.number, "place": one.called_to, "place_name": one.name} for one in called]}


@doors.post("/citizens/<uuid:citizen_id>/arrivals", roles=STAFF, body=schemas.NewArrival, answer=schemas.ArrivalAnswer,
            about=About("case", "citizen_id", "change", purpose="visitation"))  # fmt: skip
def note_arrival(session: Session, principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> Any:
    """Somebody is here, with a booked talk or without."""
    queue = _queue(principal, body["unit_code"])
    return waiting.arrive(session, citizen_id, unit_code=queue, visitation_id=body["visitation_id"])


@doors.post("/visitations/<uuid:visitation_id>/no-show", roles=STAFF, about=CHANGE, body=schemas.UnitOfQueue,
            answer=schemas.ArrivalAnswer)  # fmt: skip
def note_no_show(session: Session, principal: Principal, visitation_id: UUID, body: dict[str, Any]) -> Any:
    """Nobody came to a talk that has begun. It decides nothing."""
    return waiting.no_show(session, visitation_id, unit_code=_queue(principal, body["unit_code"]))


@doors.post("/arrivals/<uuid:arrival_id>/call", roles=STAFF, about=CHANGE, body=schemas.CalledTo, status=200,
            answer=schemas.ArrivalAnswer)  # fmt: skip
def call_in(session: Session, principal: Principal, arrival_id: UUID, body: dict[str, Any]) -> Any:
    """Call somebody to a desk or a room; where two call at once, one does."""
    return waiting.call(session, arrival_id, **body, by=principal.subject)


@doors.post("/arrivals/<uuid:arrival_id>/talk", roles=STAFF, about=CHANGE, status=200, answer=schemas.ArrivalAnswer)
def begin_talk(session: Session, principal: Principal, arrival_id: UUID) -> Any:
    """The talk begins."""
    return waiting.begin_talk(session, arrival_id, by=principal.subject)


@doors.post("/arrivals/<uuid:arrival_id>/end", roles=STAFF, about=CHANGE, status=200, answer=schemas.ArrivalAnswer)
def end_talk(session: Session, _principal: Principal, arrival_id: UUID) -> Any:
    """The talk is over."""
    return waiting.finish(session, arrival_id)


@doors.post("/arrivals/<uuid:arrival_id>/departure", roles=STAFF, about=CHANGE, status=200,
            answer=schemas.ArrivalAnswer)  # fmt: skip
def note_departure(session: Session, _principal: Principal, arrival_id: UUID) -> Any:
    """They went again before the talk."""
    return waiting.leave(session, arrival_id)


@doors.post("/arrivals/<uuid:arrival_id>/undo", roles=STAFF, about=CHANGE, body=UndoForm, status=200,
            answer=schemas.SteppedBack)  # fmt: skip
def undo_arrival_step(session: Session, _principal: Principal, arrival_id: UUID, body: dict[str, Any]) -> Any:
    """Take the last step back, the arrival or the no-show itself as well."""
    arrival, state = waiting.step_back(session, arrival_id, **body)
    return {"id": arrival.id, "state": state, "version": arrival.version if state else None}


@doors.post("/arrivals/<uuid:arrival_id>/hand-overs", roles=STAFF, about=CHANGE, body=schemas.NewHandOver,
            answer=schemas.HandOverAnswer)  # fmt: skip
def hand_over(session: Session, principal: Principal, arrival_id: UUID, body: dict[str, Any]) -> Any:
    """Give a waiting person to another desk or consultant."""
    return hand_overs.give(session, arrival_id, **body, by=principal.subject)


@doors.post("/hand-overs/<uuid:hand_over_id>/acknowledgement", roles=STAFF, about=CHANGE, status=200,
            answer=schemas.HandOverAnswer)  # fmt: skip
def acknowledge_hand_over(session: Session, principal: Principal, hand_over_id: UUID) -> Any:
    """Somebody at the other end has seen it."""
    return hand_overs.acknowledge(session, hand_over_id, by=principal.subject)


@doors.post("/hand-overs/<uuid:hand_over_id>/undo", roles=STAFF, about=CHANGE, body=UndoForm, status=200,
            answer=schemas.TakenBack)  # fmt: skip
def undo_hand_over(session: Session, _principal: Principal, hand_over_id: UUID, body: dict[str, Any]) -> Any:
    """Take the acknowledgement back, or without one the hand-over."""
    given, _arrival, still = hand_overs.take_back(session, hand_over_id, **body)
    return {"id": given.id, "given": still, "version": given.version if still else None}


@doors.post("/waiting-room/paper", roles=STAFF, about=CHANGE, body=schemas.Paper, answer=schemas.TypedRows)
def type_in_paper(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """Type in what was written on paper, with the real times of the day: all lines or none."""
    rows = {f"rows.{number}": row for number, row in enumerate(body["rows"])}
    typed = paper.type_in(session, principal, body["day"], rows, unit_code=_queue(principal, body["unit_code"]))
    return {"items": [{"arrival": arrival, "before": before} for arrival, before in typed]}


@doors.post("/waiting-room/paper/undo", roles=STAFF, about=CHANGE, body=schemas.PaperUndo, status=200,
            answer=schemas.PaperUndone)  # fmt: skip
def undo_paper(session: Session, _principal: Principal, body: dict[str, Any]) -> Any:
    """Take back what was typed in together."""
    paper.take_back(session, [(one["id"], one["version"], one["before"]) for one in body["items"]])
    return {"count": len(body["items"])}
