"""Mentors, their room, meetings, calls and hours bought free, as they come in and go out."""

from marshmallow import fields as marshmallow_fields

from services.followup import rules
from shared.fields import Amount, Body, Code, Count, Day, EmailAddress, Flag, Moment, Phone, Text, UndoForm, list_of

List, Nested, Uuid = marshmallow_fields.List, marshmallow_fields.Nested, marshmallow_fields.UUID
MOST_PLACES, MOST_MINUTES, MOST_AT_MEETING = 50, 8000, 200


class MentorReach(Body):
    """How to reach a mentor, and whom they reach at the municipality."""

    name = Text(200, required=True)
    email = EmailAddress(load_default=None, allow_none=True)
    phone = Phone(load_default=None, allow_none=True)
    line_name = Text(200, load_default=None, allow_none=True)
    line_phone = Phone(load_default=None, allow_none=True)


class MentorBody(MentorReach):
    """Somebody new in the register."""

    kind = Code(*rules.MENTOR_KINDS, required=True)
    company_id = Uuid(load_default=None, allow_none=True)
    trained_on = Day(load_default=None, allow_none=True)


class MentorForm(MentorReach):
    """The same from a page, where a company is told by its name."""

    kind = Code(*rules.MENTOR_KINDS, required=True)
    company = Text(200, load_default=None, allow_none=True)
    trained_on = Day(load_default=None, allow_none=True)


class MentorEdit(MentorReach):
    """What is different now; `left_on` where they are no mentor any more."""

    left_on = Day(load_default=None, allow_none=True)
    version = Count(1, 2**31 - 1, required=True)


class TrainedBody(Body):
    """The day of the training; empty where that was a mistake."""

    trained_on = Day(load_default=None, allow_none=True)


class RoomBody(Body):
    """How many at a time, from a day on."""

    since = Day(required=True)
    places = Count(0, MOST_PLACES, required=True)


class RoomUndo(Body):
    """The day for which what was said counts no more."""

    since = Day(required=True)


class ChosenMentor(Body):
    """One of the register."""

    mentor_id = Uuid(required=True)


class SupportBody(Body):
    """Hours bought free; `exceeds`: the work is more than employers usually do."""

    weekly_hours = Amount(0.5, 37, required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)
    exceeds = Flag(load_default=False)


class SupportUndo(UndoForm):
    """Which grant was a mistake."""

    support_id = Uuid(required=True)


class CallBody(Body):
    """How soon the mentor has to be rung up."""

    urgency = Code(*rules.URGENCIES, required=True)


class AnsweredBody(Body):
    """The mentor was rung up; false where that was a mistake."""

    answered = Flag(load_default=True)


class MeetingBody(Body):
    """A meeting: who was there, and the minutes, which name no citizen."""

    held_on = Day(required=True)
    mentor_ids = list_of(Uuid(), MOST_AT_MEETING, load_default=list)
    minutes = Text(MOST_MINUTES, load_default=None, allow_none=True)
    version = Count(1, 2**31 - 1, load_default=None, allow_none=True)


class SinceQuery(Body):
    """From which day on numbers are counted."""

    siden = Day(attribute="since", load_default=None)


class RegisteredMentor(Body):
    """One of the register."""

    id = Uuid(required=True)
    kind = Code(*rules.MENTOR_KINDS, required=True)
    company_id = Uuid(required=True, allow_none=True)
    name = Text(200, required=True)
    trained_on = Day(required=True, allow_none=True)
    left_on = Day(required=True, allow_none=True)
    version = Count(1, 2**31 - 1, required=True)


class MentorLine(RegisteredMentor):
    """One of the register; `over_from` is the first week with more placements than places."""

    placed = Count(0, 10_000, required=True)
    places = Count(0, MOST_PLACES, required=True, allow_none=True)
    over_from = Day(required=True, allow_none=True)


class MentorFigures(Body):
    """Mentors trained, the companies they are at, and placements with mentors that began; all since a day."""

    since = Day(required=True, allow_none=True)
    trained = Count(0, 2**31 - 1, required=True)
    companies = Count(0, 2**31 - 1, required=True)
    placements = Count(0, 2**31 - 1, required=True)


class CallLine(Body):
    """A mentor waits to be rung up."""

    id = Uuid(required=True)
    placement_id = Uuid(required=True)
    urgency = Code(*rules.URGENCIES, required=True)
    asked_at = Moment(required=True)


class MentorsAnswer(Body):
    """The register with its figures, and who waits for a call."""

    items = List(Nested(MentorLine), required=True)
    figures = Nested(MentorFigures, required=True)
    calls = List(Nested(CallLine), required=True)


class LoadLine(Body):
    """A week of a mentor's calendar."""

    monday = Day(required=True)
    placed = Count(0, 10_000, required=True)
    places = Count(0, MOST_PLACES, required=True, allow_none=True)
    over = Flag(required=True)


class MentorAnswer(RegisteredMentor):
    """One mentor with their calendar."""

    room = List(Nested(RoomBody), required=True)
    weeks = List(Nested(LoadLine), required=True)


class SupportLine(Body):
    """Hours bought free for a time."""

    id = Uuid(required=True)
    weekly_hours = Amount(0, 37, required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)
    version = Count(1, 2**31 - 1, required=True)


class PlacementMentor(Body):
    """A placement's mentor; `mentor_id` is empty where they are not in the register."""

    placement_id = Uuid(required=True)
    mentor_id = Uuid(required=True, allow_none=True)
    mentor_name = Text(200, required=True, allow_none=True)
    support = List(Nested(SupportLine), required=True)


class AssignedAnswer(PlacementMentor):
    """A placement's new mentor; `over_from` is the first week with more than they have room for."""

    over_from = Day(required=True, allow_none=True)


class MeetingLine(Body):
    """A meeting; its minutes are on the page only."""

    id = Uuid(required=True)
    held_on = Day(required=True)
    attended = Count(0, 10_000, required=True)


class MeetingsAnswer(Body):
    """All meetings, newest first."""

    items = List(Nested(MeetingLine), required=True)
