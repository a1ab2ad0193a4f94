"""Attendance as it comes in and goes out."""

from marshmallow import fields as marshmallow_fields

from services.followup import rules
from shared.fields import Amount, Body, Code, Day, Flag, list_of

List, Nested, Uuid = marshmallow_fields.List, marshmallow_fields.Nested, marshmallow_fields.UUID
WEEK = 7


class AttendanceDay(Body):
    """One day; without a state nothing is known of it any more. `hours` are those that were worked."""

    on = Day(required=True)
    state = Code(*rules.STATES, load_default=None, allow_none=True)
    hours = Amount(0, 24, load_default=None, allow_none=True)


class AttendanceBody(Body):
    """Up to a week of days."""

    days = list_of(Nested(AttendanceDay), WEEK, least=1, required=True)


class WeekQuery(Body):
    """A day of the week that is shown; this week's, where none is given."""

    day = Day(data_key="dag", load_default=None)


WeekForm = Body.from_dict(
    {"monday": Day(required=True)}
    | {f"state_{n}": Code(*rules.STATES, load_default=None, allow_none=True) for n in range(WEEK)}
    | {f"hours_{n}": Amount(0, 24, load_default=None, allow_none=True) for n in range(WEEK)},
    name="WeekForm",
)
"""A week as a browser sends it: `state_0` and `hours_0` are Monday's."""


class AttendanceLine(AttendanceDay):
    """One day; `open` where it is a day of the course that has come."""

    open = Flag(required=True)


class AttendanceAnswer(Body):
    """A week of attendance."""

    placement_id = Uuid(required=True)
    monday = Day(required=True)
    days = List(Nested(AttendanceLine), required=True)
