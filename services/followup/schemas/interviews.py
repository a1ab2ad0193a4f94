"""The contact course, as it comes in and goes out."""

from marshmallow import fields as marshmallow_fields

from services.followup import rules
from shared.fields import Amount, Body, Code, Count, Day, Flag, Moment, Text, UndoForm

List, Nested, Uuid = marshmallow_fields.List, marshmallow_fields.Nested, marshmallow_fields.UUID
MOST = 10**6


class InterviewBody(Body):
    """A talk that took place."""

    held_on = Day(required=True)
    form = Code(*rules.FORMS, required=True)


class InterviewUndo(UndoForm):
    """The version in which it was noted."""


class InterviewCodeBody(Body):
    """Finds work alone, has left, or neither."""

    code = Code(*rules.INTERVIEW_CODES, load_default=None, allow_none=True)


class InterviewLine(Body):
    """One talk."""

    id = Uuid(required=True)
    held_on = Day(required=True)
    form = Code(*rules.FORMS, required=True)
    version = Count(1, 2**31 - 1, required=True)


class InterviewsAnswer(Body):
    """Somebody's contact course; `least` is empty where no row says how many talks."""

    citizen_id = Uuid(required=True)
    began = Day(required=True, allow_none=True)
    until = Day(required=True, allow_none=True)
    talks = Count(0, MOST, required=True)
    least = Count(0, MOST, required=True, allow_none=True)
    standing = Code(*rules.STANDINGS, required=True)
    code = Code(*rules.INTERVIEW_CODES, required=True, allow_none=True)
    ended_at_door = Flag(required=True)
    items = List(Nested(InterviewLine), required=True)


class InterviewCohortLine(Body):
    """A month and a group; limits are empty where no row sets them."""

    month = Day(required=True)
    category = Text(60, required=True)
    persons = Count(0, MOST, required=True)
    alone = Count(0, MOST, required=True)
    enough = Count(0, MOST, required=True)
    outside = Count(0, MOST, required=True)
    share = Amount(0, 100, required=True, allow_none=True)
    share_least = Count(0, 100, required=True, allow_none=True)
    alone_share = Amount(0, 100, required=True, allow_none=True)
    alone_most = Count(0, 100, required=True, allow_none=True)


class TooFewLine(Body):
    """Somebody with too few talks; when the next one is, or until when they book it."""

    citizen_id = Uuid(required=True)
    began = Day(required=True)
    standing = Code(*rules.STANDINGS, required=True)
    talks = Count(0, MOST, required=True)
    least = Count(0, MOST, required=True, allow_none=True)
    starts_at = Moment(required=True, allow_none=True)
    book_by = Day(required=True, allow_none=True)


class InterviewReport(Body):
    """Months and groups, and who is outside."""

    cohorts = List(Nested(InterviewCohortLine), required=True)
    late = Count(0, MOST, required=True)
    outside = List(Nested(TooFewLine), required=True)
