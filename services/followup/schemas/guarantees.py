"""The job guarantee, as it comes in and goes out."""

from marshmallow import fields as marshmallow_fields

from services.followup import rules
from shared.fields import Amount, Body, Code, Count, Day, Flag, Text, UndoForm

List, Nested, Uuid = marshmallow_fields.List, marshmallow_fields.Nested, marshmallow_fields.UUID
NOT_KEPT = ("stability", "efficiency", "quality", "company_gave_up", "citizen_gave_up", "health", "other_job", "other")


class GuaranteeBody(Body):
    """Paid hours a week at the end; from the placement's first day where no other is given."""

    target_hours = Amount(1, 37, required=True)
    starts_on = Day(load_default=None, allow_none=True)


class AssessmentBody(Body):
    """How the three demands are met today."""

    stability = Flag(load_default=False)
    efficiency = Flag(load_default=False)
    quality = Flag(load_default=False)


class GuaranteeEnd(Body):
    """Kept, or not and why."""

    outcome_code = Code(*rules.GUARANTEE_OUTCOMES, required=True)
    reason_code = Code(*NOT_KEPT, load_default=None, allow_none=True)


class GuaranteeUndo(UndoForm):
    """The version in which it was agreed or concluded."""


class GuaranteeLine(Body):
    """What was promised, and the rows that say by when to conclude."""

    id = Uuid(required=True)
    placement_id = Uuid(required=True)
    starts_on = Day(required=True)
    target_hours = Amount(0, 37, required=True)
    earliest_end = Day(required=True)
    latest_end = Day(required=True)
    concluded_on = Day(required=True, allow_none=True)
    outcome_code = Code(*rules.GUARANTEE_OUTCOMES, required=True, allow_none=True)
    reason_code = Code(*NOT_KEPT, required=True, allow_none=True)
    policies = List(Text(120), required=True)
    version = Count(1, 2**31 - 1, required=True)


class MonthLine(Body):
    """The weekly hours with which a month ended."""

    month = Day(required=True)
    placement_hours = Amount(0, 200, required=True)
    paid_hours = Amount(0, 200, required=True)


class AssessmentLine(Body):
    """One demand on one day."""

    on_day = Day(data_key="on", required=True)
    criterion = Code(*rules.CRITERIA, required=True)
    met = Flag(required=True)


class GuaranteeAnswer(Body):
    """The guarantee, if there is one, with its months and what was judged."""

    guarantee = Nested(GuaranteeLine, required=True, allow_none=True)
    months = List(Nested(MonthLine), required=True)
    assessments = List(Nested(AssessmentLine), required=True)
