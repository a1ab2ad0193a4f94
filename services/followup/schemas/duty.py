"""Absence and attendance as they come in and go out."""

from marshmallow import fields as marshmallow_fields

from services.followup import rules
from shared.fields import Body, Code, Count, Day, Flag, Moment, Text, UndoForm

List, Nested, Uuid = marshmallow_fields.List, marshmallow_fields.Nested, marshmallow_fields.UUID
GROUNDS = ("sick", "child_sick", "appointment", "transport", "misunderstanding", "no_letter", "other", "not_said")
CLOSED = ("reasonable_ground", "no_basis", "resolved")
MISSING = ("written_guidance", "reasonable_ground", "personal_contact", "not_configured")
STATES = ("open", "hearing", "expired", "answered", "handed_over", *CLOSED)


class AbsenceBody(Body):
    """Somebody did not come on that day."""

    kind = Code(*rules.KINDS, required=True)
    on = Day(required=True)


class AttemptBody(Body):
    """Somebody tried to reach the citizen, now where no time is given."""

    way = Code(*rules.WAYS, required=True)
    reached = Flag(load_default=False)
    at = Moment(load_default=None, allow_none=True)


class RestoredBody(Body):
    """Contact is there again since that day; empty where that was a mistake."""

    on = Day(load_default=None, allow_none=True)


class GroundBody(Body):
    """Why they did not come, and whether a person finds that reasonable."""

    ground_code = Code(*GROUNDS, required=True)
    reasonable = Flag(load_default=False)


class HearingAnswerBody(Body):
    """What the citizen answered."""

    said = Text(4000, required=True)


class CloseBody(Body):
    """Why nothing more follows."""

    closed_code = Code(*CLOSED, required=True)


class AbsenceUndo(UndoForm):
    """The version in which the case was closed."""


class AttemptAnswer(Body):
    """One attempt of contact."""

    at = Moment(required=True)
    way = Code(*rules.WAYS, required=True)
    reached = Flag(required=True)


class AbsenceLine(Body):
    """An absence in a list."""

    id = Uuid(required=True)
    citizen_id = Uuid(required=True)
    kind = Code(*rules.KINDS, required=True)
    on_day = Day(data_key="on", required=True)
    state = Code(*STATES, required=True)
    restored_on = Day(required=True, allow_none=True)
    hearing_due = Day(required=True, allow_none=True)
    version = Count(1, 2**31 - 1, required=True)


class AbsenceAnswer(AbsenceLine):
    """An absence with what the rules propose: `days` are proposed, never decided; no words of the citizen's."""

    ground_code = Code(*GROUNDS, required=True, allow_none=True)
    reasonable = Flag(required=True, allow_none=True)
    days = List(Day(), required=True)
    policies = List(Text(120), required=True)
    missing = List(Code(*MISSING), required=True)
    decide_by = Day(required=True, allow_none=True)
    attempts = List(Nested(AttemptAnswer), required=True)


class AbsencesAnswer(Body):
    """Somebody's absences, newest first; and the days of talks that the desk noted as missed and nobody registered."""

    noted_by_desk = List(Day(), required=True)
    items = List(Nested(AbsenceLine), required=True)
