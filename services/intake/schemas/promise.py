"""What the promise's doors take and answer."""

from datetime import timedelta
from typing import Any

from marshmallow import ValidationError, validates_schema
from marshmallow import fields as marshmallow_fields

from services.intake.rules.promise import CAUSES, PROMISES, TEXTS
from services.intake.schemas import Nested, SlotAnswer, Uuid, VisitationAnswer, WhichPage
from shared.fields import Amount, Body, Code, Count, Day, EmailAddress, Flag, Moment, Text, list_of
from shared.units import UnitCode

LONGEST_PERIOD = timedelta(days=366)


class NewHold(Body):
    """Which slot to hold, the soonest where none is named, and under which id it is held already."""

    slot_id = Uuid(load_default=None, allow_none=True)
    hold_id = Uuid(load_default=None, allow_none=True)


class HoldAnswer(Body):
    """A slot that nobody else gets until then."""

    hold_id = Uuid(required=True)
    held_until = Moment(required=True)
    slot = Nested(SlotAnswer, required=True)


class HoldGivenUp(Body):
    """Nothing is held under this id."""

    hold_id = Uuid(required=True)


class NewTime(Body):
    """The slot that a talk moves to."""

    slot_id = Uuid(required=True)


class MustMove(Body):
    """Talks to come whose consultant, room or day is no longer there; `more` where another page follows."""

    items = marshmallow_fields.List(Nested(VisitationAnswer), required=True)
    more = Flag(required=True)


class InDanger(Body):
    """A contact whose statutory limit is in danger; the talk that there is, if any."""

    contact_id = Uuid(required=True)
    came_at = Moment(required=True)
    statutory_due = Day(required=True)
    statutory_policy = Text(120, required=True)
    talk_at = Moment(required=True, allow_none=True)


class Alarm(InDanger):
    """And whose it is."""

    citizen_id = Uuid(required=True)


class Alarms(Body):
    """The nearest limit first; `more` where another page follows."""

    items = marshmallow_fields.List(Nested(Alarm), required=True)
    more = Flag(required=True)


class Period(Body):
    """Who came from that day to the other, the last thirty days where none is given."""

    since = Day(load_default=None)
    until = Day(load_default=None)

    @validates_schema
    def in_order(self, data: dict[str, Any], **_: Any) -> None:
        """Not backwards, and a year at most."""
        since, until = data["since"], data["until"]
        if since and until and not timedelta(0) <= until - since <= LONGEST_PERIOD:
            raise ValidationError("Højst et år, og den første dag først. / A year at most, first day first.", "until")


class BreachPage(WhichPage, Period):
    """And which page, by fifty contacts."""


class OfUnit(Period):
    """And which unit, for programs, that belong to none."""

    unit = UnitCode(load_default=None)


class Breach(Body):
    """A promise that was not kept, and why as far as a person has said."""

    contact_id = Uuid(required=True)
    came_at = Moment(required=True)
    promise = Code(*PROMISES, required=True)
    due = Day(required=True)
    policy = Text(120, required=True)
    cause = Code(*CAUSES, required=True, allow_none=True)


class Breaches(Body):
    """The newest contact first; `more` where another page follows."""

    items = marshmallow_fields.List(Nested(Breach), required=True)
    more = Flag(required=True)


class RaisedAlarm(Body):
    """A day on which the legal limit of people of a unit is in danger; empty for no unit."""

    unit_code = Text(60, required=True)
    due = Day(required=True)
    raised_at = Moment(required=True)


class LeadersPromise(Body):
    """Alarms that are not over, what they are about, and broken promises of a period; `more` where a list is cut."""

    since = Day(required=True)
    until = Day(required=True)
    mailboxes = list_of(EmailAddress(), 20, required=True)
    days = marshmallow_fields.List(Nested(RaisedAlarm), required=True)
    alarms = marshmallow_fields.List(Nested(InDanger), required=True)
    breaches = marshmallow_fields.List(Nested(Breach), required=True)
    more = Flag(required=True)


class ChosenCause(Body):
    """Why a promise was not kept; null takes the word back."""

    promise = Code(*PROMISES, required=True)
    cause = Code(*CAUSES, load_default=None, allow_none=True)


class CauseAnswer(ChosenCause):
    """The cause as it stands."""

    contact_id = Uuid(required=True)


class DayAheadAnswer(Body):
    """A coming day; `expected` is empty without enough history."""

    day = Day(required=True)
    free = Count(0, 10_000, required=True)
    expected = Amount(0, 10_000, required=True, allow_none=True)
    short = Flag(required=True)


class ForecastAnswer(Body):
    """The coming days."""

    items = marshmallow_fields.List(Nested(DayAheadAnswer), required=True)


class ReceiptQuery(Body):
    """Which words; the citizen's own language where none are chosen."""

    tekst = Code(*TEXTS, load_default=None)


class ReceiptAnswer(Body):
    """The receipt in the words of `text`; `without_text` where there is none in the citizen's language."""

    text = Code(*TEXTS, required=True)
    without_text = Flag(required=True)
    when = Text(120, required=True, allow_none=True)
    where = Text(200, required=True, allow_none=True)
    room = Text(120, required=True, allow_none=True)
    consultant = Text(120, required=True, allow_none=True)
    begins = Text(120, required=True, allow_none=True)
    begins_at = Text(200, required=True, allow_none=True)
    guidance_version = Text(10, required=True)
    guidance_written = Flag(required=True)
