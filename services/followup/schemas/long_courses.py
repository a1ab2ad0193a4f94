"""A placement's part in a longer course, as it comes in and goes out."""

from marshmallow import fields as marshmallow_fields

from services.followup import rules
from services.followup.schemas.placements import MOST_WORDS
from shared.fields import Body, Code, Count, Day, Text, UndoForm

List, Nested, Uuid = marshmallow_fields.List, marshmallow_fields.Nested, marshmallow_fields.UUID


class RoleBody(Body):
    """First or last of several; empty where it is neither."""

    role = Code(*rules.ROLES, load_default=None, allow_none=True)


class ClarifiedBody(Body):
    """What was found, and why in one's own words, which stay here."""

    outcome_code = Code(*rules.CLARIFIED, required=True)
    reasons = Text(MOST_WORDS, load_default=None, allow_none=True)


class ClarifiedUndo(UndoForm):
    """The version in which it was found."""


class CourseLine(Body):
    """One placement of the course."""

    id = Uuid(required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)
    role = Code(*rules.ROLES, required=True, allow_none=True)
    ending = Code(*rules.OUTCOMES, required=True, allow_none=True)
    outcome_code = Code(*rules.CLARIFIED, required=True, allow_none=True)


class LongCourseAnswer(Body):
    """A placement's part in the citizen's whole course; reasons are on the page only."""

    placement_id = Uuid(required=True)
    role = Code(*rules.ROLES, required=True, allow_none=True)
    outcome_code = Code(*rules.CLARIFIED, required=True, allow_none=True)
    version = Count(1, 2**31 - 1, required=True, allow_none=True)
    whole = List(Nested(CourseLine), required=True)
