"""Cases that change hands, as they come in and go out."""

from marshmallow import fields as marshmallow_fields

from services.followup import rules
from services.followup.schemas.placements import PeopleAnswer
from shared.fields import Body, Code, Count, Day, Flag, Moment, Text, list_of

List, Nested, Uuid = marshmallow_fields.List, marshmallow_fields.Nested, marshmallow_fields.UUID


class HandOverBody(Body):
    """Cases of the caller's (or of `from_owner`'s), all of them where none is named; a cover has its last day."""

    kind = Code(*rules.HAND_OVERS, required=True)
    to_owner = Text(200, required=True)
    from_owner = Text(200, load_default=None, allow_none=True)
    from_on = Day(load_default=None, allow_none=True)
    until_on = Day(load_default=None, allow_none=True)
    placements = list_of(Uuid(), 200, load_default=list)


class HandOverRow(Body):
    """A hand-over in a list."""

    id = Uuid(required=True)
    kind = Code(*rules.HAND_OVERS, required=True)
    from_owner = Text(200, required=True)
    to_owner = Text(200, required=True)
    from_on = Day(required=True)
    until_on = Day(required=True, allow_none=True)
    made_at = Moment(required=True)
    withdrawn_at = Moment(required=True, allow_none=True)
    version = Count(1, 2**31 - 1, required=True)


class HandOverWaiting(HandOverRow):
    """With how many lines wait for an answer."""

    waiting = Count(0, 100_000, required=True)


class HandOversAnswer(Body):
    """To and from the caller, newest first."""

    items = List(Nested(HandOverWaiting), required=True)


class LineAnswer(Body):
    """One promise, by when, and whether the receiver has seen it."""

    id = Uuid(required=True)
    kind = Code(*rules.CARRIED, required=True)
    due_on = Day(required=True, allow_none=True)
    state = Code(*rules.ANSWERED, required=True, allow_none=True)


class HandOverCase(PeopleAnswer):
    """One case with its lines."""

    placement_id = Uuid(required=True)
    passed = Flag(required=True)
    refused = Flag(required=True)
    lines = List(Nested(LineAnswer), required=True)


class HandOverAnswer(HandOverRow):
    """With every case and line."""

    cases = List(Nested(HandOverCase), required=True)
