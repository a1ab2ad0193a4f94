"""Talks of the contact course to come, as they come in and go out."""

from typing import Any

from marshmallow import ValidationError, validates_schema
from marshmallow import fields as marshmallow_fields

from services.followup import rules
from shared.fields import Body, ClockTime, Code, Count, Day, Moment, Text, UndoForm

List, Nested, Uuid = marshmallow_fields.List, marshmallow_fields.Nested, marshmallow_fields.UUID


class SlotsBody(Body):
    """Times of a day to open, from the first clock time to the last."""

    on_day = Day(required=True)
    begins = ClockTime(required=True)
    ends = ClockTime(required=True)

    @validates_schema
    def in_order(self, told: dict[str, Any], **_options: Any) -> None:
        """The end comes after the beginning."""
        if told["ends"] <= told["begins"]:
            raise ValidationError("Slutter, før det begynder. / It ends before it begins.", "ends")


class SlotsClosed(Body):
    """The day whose free times are closed, or those of them that begin from one clock time until before another."""

    on_day = Day(required=True)
    begins = ClockTime(load_default=None, allow_none=True)
    ends = ClockTime(load_default=None, allow_none=True)


class InviteBody(Body):
    """Until when to book; the shortest time where no day is said."""

    book_by = Day(load_default=None, allow_none=True)


class SummonBody(Body):
    """When and how to talk."""

    starts_at = Moment(required=True)
    form = Code(*rules.FORMS, required=True)


class BookBody(Body):
    """A free time, and how to talk."""

    slot_id = Uuid(required=True)
    form = Code(*rules.FORMS, required=True)


class CallUndo(UndoForm):
    """The version in which it was left."""


class SettleBody(Body):
    """Held, or nobody came."""

    outcome = Code(*rules.CALL_OUTCOMES, required=True)


class BookingRightBody(Body):
    """Exempt from booking, without the right to it, or neither."""

    code = Code(*rules.BOOKING_CODES, load_default=None, allow_none=True)


class CallAnswer(Body):
    """A talk to come, or what became of it."""

    id = Uuid(required=True)
    citizen_id = Uuid(required=True)
    state = Code(*rules.CALL_STATES, required=True)
    book_by = Day(required=True, allow_none=True)
    starts_at = Moment(required=True, allow_none=True)
    form = Code(*rules.FORMS, required=True, allow_none=True)
    outcome = Code(*rules.CALL_OUTCOMES, required=True, allow_none=True)
    policies = Text(400, required=True)
    version = Count(1, 2**31 - 1, required=True)


class CallsAnswer(Body):
    """What is to come for somebody, how often they did not book, and whether they may."""

    call = Nested(CallAnswer, required=True, allow_none=True)
    settled = Nested(CallAnswer, required=True, allow_none=True)
    booking_code = Code(*rules.BOOKING_CODES, required=True, allow_none=True)
    unbooked = Count(0, 10_000, required=True)


class SlotLine(Body):
    """A time to come, and whose it is."""

    id = Uuid(required=True)
    starts_at = Moment(required=True)
    citizen_id = Uuid(required=True, allow_none=True)
    form = Code(*rules.FORMS, required=True, allow_none=True)


class SlotsAnswer(Body):
    """The caller's times, and talks of everybody that somebody has to look at."""

    slots = List(Nested(SlotLine), required=True)
    waiting = List(Nested(CallAnswer), required=True)
