"""What is noted in a talk. The person's own words come in on the page and by these doors, and go out by none."""

from marshmallow import fields as marshmallow_fields
from marshmallow import validate

from services.intake.rules.talk import (
    ASSISTED_ITEMS,
    FOUND_KINDS,
    KNOWLEDGE,
    OUTCOMES,
    WORK_KINDS,
    WORK_SOURCES,
)
from shared.fields import Amount, Body, Code, Count, Day, Flag, Moment, Text, between

Nested, Uuid = marshmallow_fields.Nested, marshmallow_fields.UUID
Texts = marshmallow_fields.List


class CvDeadlineAnswer(Body):
    """The day of a CV, and whether it is there."""

    id = Uuid(required=True)
    citizen_id = Uuid(required=True)
    group_code = Text(40, required=True)
    due_on = Day(required=True)
    policy = Text(120, required=True)
    state = Code("set", "met", "missed", required=True)
    reminded_at = Moment(required=True, allow_none=True)
    met_at = Moment(required=True, allow_none=True)
    version = Count(1, 2**31 - 1, required=True)


class AssistedItems(Body):
    """Things that somebody was helped with today."""

    items = marshmallow_fields.List(
        Code(*ASSISTED_ITEMS),
        validate=validate.Length(1, len(ASSISTED_ITEMS), error="Sæt mindst ét flueben. / Tick at least one."),
        required=True,
    )


class AssistedItemName(Body):
    """The one that was ticked by mistake."""

    item_code = Code(*ASSISTED_ITEMS, required=True)


class AssistedAnswer(Body):
    """A ticked thing and when."""

    item_code = Code(*ASSISTED_ITEMS, required=True)
    given_at = Moment(required=True)


class AssistedList(Body):
    """Today's checklist."""

    items = marshmallow_fields.List(Nested(AssistedAnswer), required=True)


class NewWorkDuty(Body):
    """The weekly hours that an adviser decided from a day; 0 is an exemption."""

    from_on = Day(required=True)
    weekly_hours = Amount(0, 60, required=True)


class WorkDutyAnswer(NewWorkDuty):
    """The hours with the row that allows them."""

    policy = Text(120, required=True)


class NewWorkHours(Body):
    """Hours of one kind in the week of a day, and who says so."""

    day = Day(required=True)
    kind_code = Code(*WORK_KINDS, required=True)
    hours = Amount(0.25, 60, required=True)
    source_code = Code(*WORK_SOURCES, required=True)


class OwnHours(Body):
    """Hours that a citizen notes."""

    day = Day(required=True)
    kind_code = Code(*WORK_KINDS, required=True)
    hours = Amount(0.25, 60, required=True)


class WorkHoursAnswer(Body):
    """Hours that were noted; what a citizen noted counts once it is confirmed."""

    id = Uuid(required=True)
    monday = Day(required=True)
    kind_code = Code(*WORK_KINDS, required=True)
    hours = Amount(0, 60, required=True)
    source_code = Code(*WORK_SOURCES, required=True)
    confirmed_at = Moment(required=True, allow_none=True)


class DayQuery(Body):
    """The week of a day; this week where none is given."""

    day = Day(load_default=None)


class WeekAnswer(Body):
    """A week: what counts, what is asked for, what is missing; all empty where no row says what counts."""

    configured = Flag(required=True)
    monday = Day(required=True)
    counted = Amount(0, 1000, required=True, allow_none=True)
    required_hours = Amount(0, 60, required=True, allow_none=True)
    missing = Amount(0, 60, required=True, allow_none=True)
    policies = Texts(Text(120), required=True)
    entries = marshmallow_fields.List(Nested(WorkHoursAnswer), required=True)


class NewOutcome(Body):
    """How a first contact ended."""

    outcome_code = Code(*OUTCOMES, required=True)


class OutcomeAnswer(NewOutcome):
    """How it ended, and when that was noted."""

    contact_id = Uuid(required=True)
    noted_at = Moment(required=True)


class Reopened(Body):
    """The contact has no outcome now."""

    contact_id = Uuid(required=True)


Knowledge = Body.from_dict(
    {name: Text(1000, load_default=None, allow_none=True) for name in KNOWLEDGE}, name="Knowledge"
)
"""What somebody knows of themselves, in their own words."""


class KnowledgeSaved(Body):
    """When it was noted; the words stay on the page."""

    citizen_id = Uuid(required=True)
    noted_at = Moment(required=True)


class NewFound(Body):
    """A job or an education that the person found."""

    kind = Code(*FOUND_KINDS, required=True)
    title = Text(120, required=True)
    place = Text(120, required=True)


class FoundAnswer(NewFound):
    """One of them."""

    id = Uuid(required=True)
    noted_at = Moment(required=True)


class FoundList(Body):
    """What the person found, the newest first."""

    items = marshmallow_fields.List(Nested(FoundAnswer), required=True)


class CalculatorQuery(Body):
    """An hour's pay, hours a week, and the benefit to lay beside it."""

    hourly_pay = marshmallow_fields.Float(validate=between(1, 10_000), required=True)
    weekly_hours = marshmallow_fields.Float(validate=between(0.5, 48), required=True)
    benefit = Text(40, pattern="[a-z_]+", required=True)


class CalculatorAnswer(Body):
    """Pay and benefit before tax; the benefit is empty where its rate is not configured."""

    pay_month = Amount(0, 10**7, required=True)
    pay_hour = Amount(0, 10**5, required=True)
    benefit_month = Amount(0, 10**7, required=True, allow_none=True)
    benefit_hour = Amount(0, 10**7, required=True, allow_none=True)
    difference = Amount(-(10**7), 10**7, required=True, allow_none=True)
    policy = Text(120, required=True, allow_none=True)
