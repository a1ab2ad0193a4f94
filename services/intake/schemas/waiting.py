"""What the waiting room's doors take and answer. No answer carries a name."""

from marshmallow import fields as marshmallow_fields

from services.intake.rules.waiting import HAND_OVER_REASONS, HERE, WAITING_STATES
from shared import units
from shared.fields import Body, ClockTime, Code, Count, Day, Flag, Moment, Text, list_of

Uuid = marshmallow_fields.UUID


class NewArrival(Body):
    """The talk that somebody came for; today's where none is named. `unit_code` is for programs, which have none."""

    visitation_id = Uuid(load_default=None, allow_none=True)
    unit_code = units.UnitCode(load_default=None)


class UnitOfQueue(Body):
    """Whose numbers; the caller's own unit where none is named."""

    unit_code = units.UnitCode(load_default=None)


class RoomQuery(UnitOfQueue):
    """Which day of which unit; today where none is given."""

    day = Day(load_default=None)


class CalledTo(Body):
    """A desk ("desk-2") or a room's code."""

    place = Text(60, pattern="[a-z0-9-]+", required=True)


class ArrivalAnswer(Body):
    """An arrival with the times of its steps; `number` is empty for a no-show."""

    id = Uuid(required=True)
    citizen_id = Uuid(required=True)
    visitation_id = Uuid(required=True, allow_none=True)
    unit_code = marshmallow_fields.String(required=True)
    on_day = Day(required=True)
    number = Count(1, 100_000, required=True, allow_none=True)
    state = Code(*WAITING_STATES, required=True)
    arrived_at = Moment(required=True, allow_none=True)
    called_at = Moment(required=True, allow_none=True)
    called_to = Text(60, required=True, allow_none=True)
    talk_at = Moment(required=True, allow_none=True)
    done_at = Moment(required=True, allow_none=True)
    left_at = Moment(required=True, allow_none=True)
    no_show_at = Moment(required=True, allow_none=True)
    typed_at = Moment(required=True, allow_none=True)
    version = Count(1, 2**31 - 1, required=True)


class SteppedBack(Body):
    """The state it has again; empty where the arrival itself was taken back."""

    id = Uuid(required=True)
    state = Code(*WAITING_STATES, required=True, allow_none=True)
    version = Count(1, 2**31 - 1, required=True, allow_none=True)


class NewHandOver(Body):
    """To a desk ("desk-2") or a consultant's code, and why."""

    to_code = Text(60, pattern="[a-z0-9-]+", required=True)
    reason_code = Code(*HAND_OVER_REASONS, required=True)


class HandOverAnswer(NewHandOver):
    """A hand-over, and when somebody took over."""

    id = Uuid(required=True)
    arrival_id = Uuid(required=True)
    given_at = Moment(required=True)
    acknowledged_at = Moment(required=True, allow_none=True)
    version = Count(1, 2**31 - 1, required=True)


class TakenBack(Body):
    """True while the hand-over is there, without its acknowledgement."""

    id = Uuid(required=True)
    given = Flag(required=True)
    version = Count(1, 2**31 - 1, required=True, allow_none=True)


class WaitingRoom(Body):
    """A day's arrivals, in the order in which they came, and the newest hand-over of each that has one."""

    items = marshmallow_fields.List(marshmallow_fields.Nested(ArrivalAnswer), required=True)
    hand_overs = marshmallow_fields.List(marshmallow_fields.Nested(HandOverAnswer), required=True)


class CalledNumber(Body):
    """A number and where it is called to."""

    number = Count(1, 100_000, required=True)
    place = Text(60, required=True)
    place_name = Text(120, required=True, allow_none=True)


class Wall(Body):
    """The newest call first."""

    items = marshmallow_fields.List(marshmallow_fields.Nested(CalledNumber), required=True)


class PaperTimes(Body):
    """What stands on a line of paper: the number, and the time of each step; or that nobody came."""

    number = Count(1, 10_000, load_default=None, allow_none=True)
    arrived = ClockTime(load_default=None, allow_none=True)
    called = ClockTime(load_default=None, allow_none=True)
    talk = ClockTime(load_default=None, allow_none=True)
    done = ClockTime(load_default=None, allow_none=True)
    no_show = Flag(load_default=False)


class PaperRow(PaperTimes):
    """A line about a talk, about an arrival that was noted before, or about somebody who came without a booking."""

    visitation_id = Uuid(load_default=None, allow_none=True)
    arrival_id = Uuid(load_default=None, allow_none=True)
    citizen_id = Uuid(load_default=None, allow_none=True)


class Paper(UnitOfQueue):
    """A day's lines; all of them are kept, or none where one is wrong."""

    day = Day(required=True)
    rows = list_of(marshmallow_fields.Nested(PaperRow), 60, least=1, required=True)


class TypedIn(Body):
    """An arrival, and the state that it had before; empty where it was new."""

    arrival = marshmallow_fields.Nested(ArrivalAnswer, required=True)
    before = marshmallow_fields.String(required=True)


class TypedRows(Body):
    """What was typed in, in the order of the lines."""

    items = marshmallow_fields.List(marshmallow_fields.Nested(TypedIn), required=True)


class TypedMark(Body):
    """One typed-in arrival as it was left."""

    id = Uuid(required=True)
    version = Count(1, 2**31 - 1, required=True)
    before = Code("", *HERE, required=True)


class PaperUndo(Body):
    """Those that were typed in together."""

    items = list_of(marshmallow_fields.Nested(TypedMark), 60, least=1, required=True)


class PaperUndone(Body):
    """So many lines are taken back."""

    count = Count(1, 60, required=True)
