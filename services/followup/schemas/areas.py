"""Areas as they come in and go out: counts for partners, people for the municipality's own."""

from marshmallow import fields as marshmallow_fields

from services.followup import rules
from shared.fields import Body, Code, Count, Day, Flag, Text, list_of

List, Nested, Uuid = marshmallow_fields.List, marshmallow_fields.Nested, marshmallow_fields.UUID
MOST_PROMISED = 1000


class AreaQuery(Body):
    """What the overview is for; every look says it."""

    purpose = Code(*rules.AREA_PURPOSES, required=True)


class AreaPageQuery(Body):
    """The same from a page, where both are asked for first."""

    area = Text(40, data_key="omraade", load_default=None)
    purpose = Code(*rules.AREA_PURPOSES, data_key="formaal", load_default=None)


class ResidentBody(Body):
    """Where somebody lives, what they live by, until when, and what they can."""

    area_code = Text(40, required=True)
    benefit = Code(*rules.BENEFITS, required=True)
    dagpenge_until = Day(load_default=None, allow_none=True)
    qualifications = list_of(Code(*rules.QUALIFICATIONS), len(rules.QUALIFICATIONS), load_default=list)


class PromiseTerms(Body):
    """What was promised, and until when."""

    project = Text(120, required=True)
    kind = Code(*rules.PROMISES, required=True)
    promised = Count(1, MOST_PROMISED, required=True)
    due_on = Day(required=True)


class PromiseBody(PromiseTerms):
    """A subcontractor's promise."""

    company_id = Uuid(required=True)


class PromiseForm(PromiseTerms):
    """The same from a page, where the company is told by its name."""

    area_code = Text(40, required=True)
    company = Text(200, required=True)


class KeptBody(Body):
    """How many are kept by now."""

    kept = Count(0, MOST_PROMISED, required=True)


class TakenBackBody(Body):
    """It was never promised; false takes that back."""

    taken_back = Flag(load_default=True)


class ResidentAnswer(ResidentBody):
    """Where somebody lives, as far as area work knows."""

    citizen_id = Uuid(required=True)


class AreaCount(Body):
    """A count by its name, such as `benefit.dagpenge`; empty and `small` where it is too small to be told."""

    name = Text(60, required=True)
    count = Count(0, 10**6, required=True, allow_none=True)
    small = Flag(required=True)


class PromiseLine(PromiseTerms):
    """A promise and how much of it is kept."""

    id = Uuid(required=True)
    company_name = Text(200, required=True, allow_none=True)
    kept = Count(0, MOST_PROMISED, required=True)
    late = Flag(required=True)


class AreaOverview(Body):
    """An area in counts; `weeks` is what "about to lose" means."""

    area_code = Text(40, required=True)
    weeks = Count(0, 520, required=True)
    counts = List(Nested(AreaCount), required=True)
    promises = List(Nested(PromiseLine), required=True)


class AreaPerson(Body):
    """Somebody of the area."""

    citizen_id = Uuid(required=True)
    citizen_name = Text(200, required=True)
    benefit = Code(*rules.BENEFITS, required=True)
    dagpenge_until = Day(required=True, allow_none=True)
    qualifications = List(Code(*rules.QUALIFICATIONS), required=True)
    category = Text(60, required=True, allow_none=True)
    losing = Flag(required=True)


class AreaPeople(AreaOverview):
    """An area with its people, those who lose dagpenge first."""

    people = List(Nested(AreaPerson), required=True)
