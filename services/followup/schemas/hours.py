"""Real hours, the brake, the gate and tasks as they come in and go out."""

from marshmallow import fields as marshmallow_fields

from services.followup.schemas.placements import ASKED_BY
from shared.fields import Amount, Body, Code, Count, Day, Flag, Moment, Text

List, Nested, Uuid = marshmallow_fields.List, marshmallow_fields.Nested, marshmallow_fields.UUID
GATES = ("medical_statement",)


class WeekHoursBody(Body):
    """How many hours the week of a day had, and who told."""

    monday = Day(required=True)
    worked = Amount(0, 60, required=True)
    told_by = Code(*ASKED_BY, required=True)


class OwnWeekBody(Body):
    """How many hours the week had, as the citizen tells."""

    monday = Day(required=True)
    worked = Amount(0, 60, required=True)


class SeenBody(Body):
    """The week was looked at; false takes that back."""

    seen = Flag(required=True)


class SustainableBody(Body):
    """The weekly hours that last, from a day on; empty where that was a mistake."""

    weekly_hours = Amount(0, 37, load_default=None, allow_none=True)
    since = Day(load_default=None, allow_none=True)


class HiddenBody(Body):
    """Whether the citizen's own pages show hours."""

    hidden = Flag(load_default=False)


class GateBody(Body):
    """The document's reference, such as a journal number; empty where that was a mistake. Never what it says."""

    gate_code = Code(*GATES, required=True)
    document_ref = Text(40, load_default=None, allow_none=True, pattern="[A-Za-z0-9./-]{3,40}")


class TaskBody(Body):
    """A task and its weekly hours."""

    name = Text(80, required=True)
    weekly_hours = Amount(0.25, 37, required=True)


class MasteredBody(Body):
    """From when the task's hours are paid."""

    since = Day(required=True)


class WeekLine(Body):
    """One week; `worked` is empty where nobody has told."""

    monday = Day(required=True)
    agreed = Amount(0, 200, required=True)
    worked = Amount(0, 200, required=True, allow_none=True)
    missed = Amount(0, 200, required=True, allow_none=True)


class ReviewLine(Body):
    """A week above the agreed step, and who has looked at it."""

    id = Uuid(required=True)
    monday = Day(required=True)
    agreed = Amount(0, 200, required=True)
    worked = Amount(0, 200, required=True)
    adviser_at = Moment(required=True, allow_none=True)
    coordinator_at = Moment(required=True, allow_none=True)
    version = Count(1, 2**31 - 1, required=True)


class GateLine(Body):
    """What has to be on file, and where it lies."""

    gate_code = Code(*GATES, required=True)
    document_ref = Text(40, required=True, allow_none=True)
    passed_at = Moment(required=True, allow_none=True)


class TaskLine(TaskBody):
    """A task and since when its hours are paid."""

    id = Uuid(required=True)
    mastered_on = Day(required=True, allow_none=True)


class HoursCourseAnswer(Body):
    """A placement's hours: agreed, worked, braked, and the level that lasts."""

    hours_hidden = Flag(required=True)
    sustainable_hours = Amount(0, 37, required=True, allow_none=True)
    sustainable_from = Day(required=True, allow_none=True)
    weeks = List(Nested(WeekLine), required=True)
    unmoved_weeks = Count(0, 5000, required=True)
    unmoved_too_long = Flag(required=True)
    reviews = List(Nested(ReviewLine), required=True)
    gates = List(Nested(GateLine), required=True)
    tasks = List(Nested(TaskLine), required=True)
