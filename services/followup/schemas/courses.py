"""What becomes of a course, as it comes in and goes out."""

from marshmallow import fields as marshmallow_fields

from services.followup.rules import CADENCE, CHANGES, PAUSED, RESUMED
from services.followup.schemas.placements import ASKED_BY, RISKS
from shared.fields import Body, Code, Count, Day, Text, UndoForm

List, Nested, Uuid = marshmallow_fields.List, marshmallow_fields.Nested, marshmallow_fields.UUID
NEW_END = "new_end"
ASKED_FOR = (NEW_END, PAUSED, RESUMED, CADENCE)
CADENCES = ("default", "light", "handholding", "check_ins")
PLACE_RULES = ("anywhere", "workplace", "home", "home_or_workplace")


class CourseChangeBody(Body):
    """What is agreed: a new last day (`until`), a pause `on` .. `until`, going on from `on`, or another rhythm."""

    kind = Code(*ASKED_FOR, required=True)
    on = Day(load_default=None, allow_none=True)
    until = Day(load_default=None, allow_none=True)
    cadence = Code(*CADENCES, load_default=None, allow_none=True)
    asked_by = Code(*ASKED_BY, required=True)


class CourseChangeAnswer(Body):
    """One change of a course; `code` is the rhythm or the risk that made it tighter."""

    id = Uuid(required=True)
    kind = Code(*CHANGES, required=True)
    on_day = Day(data_key="on", required=True)
    until_on = Day(data_key="until", required=True, allow_none=True)
    code = Code(*CADENCES, *RISKS, required=True, allow_none=True)
    asked_by = Code(*ASKED_BY, "system", required=True)
    version = Count(1, 2**31 - 1, required=True)


class WeekAnswer(Body):
    """How many contacts a week of the course has."""

    week = Count(1, 5000, required=True)
    contacts = Count(0, 5000, required=True)


class CourseAnswer(Body):
    """The course as it stands, what became of it, and the curve of its contacts."""

    ends_on = Day(required=True)
    agreed_ends_on = Day(required=True)
    place_rule = Text(40, required=True)
    changes = List(Nested(CourseChangeAnswer), required=True)
    curve = List(Nested(WeekAnswer), required=True)


class PlaceRuleBody(Body):
    """Where people may meet."""

    place_rule = Code(*PLACE_RULES, required=True)


class CourseUndo(UndoForm):
    """The change that is taken back."""

    change_id = Uuid(required=True)
