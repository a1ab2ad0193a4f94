"""What a company's portal takes and answers besides needs, matches and agreements themselves."""

from marshmallow import fields as marshmallow_fields

from services.matching.rules.portal import READY
from services.matching.schemas.companies import P_NUMBER, VERSION, Nested, Uuid
from shared.fields import Body, Code, Count, Day, Flag, Moment, Text


class RenewForm(Body):
    """From which day on the need holds again, as it was read in that version."""

    starts_on = Day(required=True)
    version = Count(*VERSION, required=True)


class RenewUndoForm(RenewForm):
    """The need as it was before it was renewed."""

    state = Code("open", "paused", required=True)
    answer_due = Day(load_default=None)


class PortalQuery(Body):
    """One workplace of the company's, and the last need of the page before."""

    sted = Text(10, pattern=P_NUMBER, load_default=None)
    after = Uuid(load_default=None)


class OldNeedQuery(Body):
    """The need that a new one is to be like, and the workplace that the reader had chosen."""

    fra = Uuid(load_default=None)
    sted = Text(10, pattern=P_NUMBER, load_default=None)


class CopyBody(Body):
    """A new need like an old one from that day on, sent at once unless it is a draft."""

    starts_on = Day(required=True)
    draft = Flag(load_default=False)


class PortalWaitingAnswer(Body):
    """One thing that waits for the company; `id` is the match's, the agreement's or the need's, as `kind` says."""

    kind = Code("proposal", "agreement", "draft", "past", required=True)
    id = Uuid(required=True)
    title = Text(200, required=True)
    due = Day(required=True, allow_none=True)


class ComingAnswer(Body):
    """One day to come; `at` where it has a time."""

    on = Day(required=True)
    at = Moment(required=True, allow_none=True)
    kind = Code("meeting", "first_day", "last_day", "need", required=True)
    id = Uuid(required=True)
    title = Text(200, required=True)


class ReadyAnswer(Body):
    """One thing to have at hand, and whether the municipality has it."""

    code = Code(*READY, required=True)
    known = Flag(required=True)


class OverviewAnswer(Body):
    """What the portal's front page says; `consultant` is whoever takes care of the company."""

    waiting = marshmallow_fields.List(Nested(PortalWaitingAnswer), required=True)
    coming = marshmallow_fields.List(Nested(ComingAnswer), required=True)
    ready = marshmallow_fields.List(Nested(ReadyAnswer), required=True)
    consultant = Text(200, required=True, allow_none=True)


class BusyAnswer(Body):
    """A need and its busy months."""

    need_id = Uuid(required=True)
    title = Text(200, required=True)
    months = marshmallow_fields.List(Text(2), required=True)


class OverviewQuery(Body):
    """One workplace, where one is asked for."""

    p_number = Text(10, pattern=P_NUMBER, load_default=None)


class CalendarAnswer(Body):
    """The year ahead: what happens on which day, and the needs that are busy in which months (01 to 12)."""

    coming = marshmallow_fields.List(Nested(ComingAnswer), required=True)
    busy = marshmallow_fields.List(Nested(BusyAnswer), required=True)
