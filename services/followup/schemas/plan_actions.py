"""A placement's plan, as it comes in and goes out."""

from marshmallow import fields as marshmallow_fields

from services.followup import rules
from services.followup.schemas.placements import MOST_WORDS
from shared.fields import Body, Code, Count, Day, Flag, Moment, Text

List, Nested, Uuid = marshmallow_fields.List, marshmallow_fields.Nested, marshmallow_fields.UUID


class PlanActionBody(Body):
    """Who does what by when."""

    what = Text(MOST_WORDS, required=True)
    party = Code(*rules.DOERS, required=True)
    due_on = Day(load_default=None, allow_none=True)


class PlanActionEdit(PlanActionBody):
    """The same in other words, made from a version."""

    version = Count(1, 2**31 - 1, required=True)


class PlanDone(Body):
    """Done, or not after all."""

    done = Flag(load_default=True)


class PlanDropped(Body):
    """Nobody does it, or somebody does after all."""

    dropped = Flag(load_default=True)


class PlanAnswerBody(Body):
    """The citizen's yes, or their own words."""

    answer = Code(*rules.PLAN_ANSWERS, required=True)
    words = Text(MOST_WORDS, load_default=None, allow_none=True)


class PlanShared(Body):
    """The mentor sees the plan, or no longer."""

    shared = Flag(required=True)


class PlanActionLine(Body):
    """One thing of the plan; words are on the pages only."""

    id = Uuid(required=True)
    party = Code(*rules.DOERS, required=True)
    due_on = Day(required=True, allow_none=True)
    late = Flag(required=True)
    done_at = Moment(required=True, allow_none=True)
    answer = Code(*rules.PLAN_ANSWERS, required=True, allow_none=True)
    version = Count(1, 2**31 - 1, required=True)


class PlanAnswer(Body):
    """The plan; empty for a mentor until the citizen shares it."""

    shared = Flag(required=True)
    actions = List(Nested(PlanActionLine), required=True)
