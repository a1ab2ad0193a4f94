"""The suggestion for the whole office."""

from marshmallow import fields as marshmallow_fields
from marshmallow import validate

from services.matching.engine.plan import AIMS
from services.matching.schemas.companies import VERSION, Uuid
from shared.fields import Body, Code, Count, Moment, Text


class NewPlan(Body):
    """What the plan aims at: the greatest sum of points, or first of all a place for as many people as possible."""

    aim = Code(*AIMS, load_default=AIMS[0])


class PlanQuery(Body):
    """The last line of the page before."""

    after = marshmallow_fields.Integer(load_default=0, validate=validate.Range(0, 10**6))


class LineBody(Body):
    """One line of the newest plan."""

    line_id = Uuid(required=True)


class LineUndoForm(LineBody):
    """The proposal that was made of the line, as it was left."""

    version = Count(*VERSION, required=True)


class LineAnswer(Body):
    """A person at a need; `boost` is what fairness adds to the need's own score. `match_id` once it was approved."""

    id = Uuid(required=True)
    need_id = Uuid(required=True)
    citizen_id = Uuid(required=True)
    score = Count(0, 2000, required=True)
    boost = Count(0, 2000, required=True)
    match_id = Uuid(required=True, allow_none=True)


class PlanAnswer(Body):
    """What the plan came to, by its own aim and by the other. Sums of points have boosts among them."""

    id = Uuid(required=True)
    made_at = Moment(required=True)
    aim = Code(*AIMS, required=True)
    needs = Count(0, 10**6, required=True)
    seats = Count(0, 10**6, required=True)
    candidates = Count(0, 10**6, required=True)
    best_people = Count(0, 10**6, required=True)
    best_points = Count(0, 10**9, required=True)
    most_people = Count(0, 10**6, required=True)
    most_points = Count(0, 10**9, required=True)
    salt = Text(100, required=True)
    policies = marshmallow_fields.List(Text(120), required=True)
    lines = marshmallow_fields.List(marshmallow_fields.Nested(LineAnswer), required=True)
