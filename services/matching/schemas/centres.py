"""Standing places of a virksomhedscenter, and who waits for them."""

from marshmallow import fields as marshmallow_fields

from services.matching.rules.centres import END_REASONS, FROM, ORDER_REASONS, ROLES, STATES
from services.matching.schemas.companies import P_NUMBER, VERSION, Nested, Uuid
from services.matching.schemas.mentors import MentorForm
from services.matching.schemas.needs import windows
from shared.fields import Body, Code, Count, Day, Flag, Moment, Text


class CentreBody(Body):
    """What a workplace is best as; `version` as it was read, none where it is no centre yet."""

    role = Code(*ROLES, required=True)
    prefers_elsewhere = Flag(load_default=False)
    version = Count(*VERSION, load_default=None, allow_none=True)


class PlaceBody(Body):
    """A standing place in those windows of every week."""

    name = Text(60, required=True)
    windows = windows(required=True)


class PlaceForm(MentorForm):
    """The same as a page sends it: days to tick, with the same hours."""

    name = Text(60, required=True)

    class Meta:
        exclude = ("at_once",)


class PlaceGoneForm(Body):
    """Which of them."""

    place_id = Uuid(required=True)


class StayBody(Body):
    """Somebody who waits for a place at those times."""

    citizen_id = Uuid(required=True)
    windows = windows(required=True)


class AskForm(MentorForm):
    """The same from a citizen's page: at which centre, and when."""

    p_number = Text(10, pattern=P_NUMBER, required=True)

    class Meta:
        exclude = ("name", "at_once")


class OfferBody(Body):
    """A place until a day; a reason where somebody else is first in line for it."""

    place_id = Uuid(required=True)
    answer_by = Day(required=True)
    order_reason_code = Code(*ORDER_REASONS, load_default=None, allow_none=True)
    version = Count(*VERSION, required=True)


class StayAnswerBody(Body):
    """A yes, with the day on which it was talked through why one goes on from here; or a no."""

    accepted = Flag(required=True)
    talked_on = Day(load_default=None, allow_none=True)
    version = Count(*VERSION, required=True)


class EndBody(Body):
    """Why somebody has the place, or waits for one, no more."""

    reason_code = Code(*END_REASONS, required=True)
    version = Count(*VERSION, required=True)


class StayForm(Body):
    """One step of a stay as a page sends it."""

    act = Code("offer", "yes", "no", "end", "undo", "seen", required=True)
    version = Count(*VERSION, required=True)
    place_id = Uuid(load_default=None)
    answer_by = Day(load_default=None)
    order_reason_code = Code(*ORDER_REASONS, load_default=None)
    talked_on = Day(load_default=None)
    reason_code = Code(*END_REASONS, load_default=None)


class PlaceAnswer(PlaceBody):
    """The same as it was written down."""

    id = Uuid(required=True)


class StayAnswer(Body):
    """Somebody who waits, was offered a place, has one, or had."""

    id = Uuid(required=True)
    citizen_id = Uuid(required=True)
    place_id = Uuid(required=True, allow_none=True)
    windows = marshmallow_fields.List(Text(15), required=True)
    state = Code(*STATES, required=True)
    asked_at = Moment(required=True)
    answer_by = Day(required=True, allow_none=True)
    order_reason_code = Code(*ORDER_REASONS, required=True, allow_none=True)
    talked_on = Day(required=True, allow_none=True)
    reason_code = Code(*END_REASONS, required=True, allow_none=True)
    version = Count(*VERSION, required=True)


class WaitingAnswer(Body):
    """Somebody in line; `area` says whether they are from the workplace's own postal code, `room` which places have
    room for their times now."""

    stay = Nested(StayAnswer, required=True)
    area = Code(*FROM, required=True)
    room = marshmallow_fields.List(Uuid(), required=True)


class CentreOnlyAnswer(Body):
    """What the workplace is best as."""

    id = Uuid(required=True)
    role = Code(*ROLES, required=True)
    prefers_elsewhere = Flag(required=True)
    version = Count(*VERSION, required=True)


class CentreAnswer(Body):
    """A centre whole: its places, who is there or was offered one, and the line in its order."""

    centre = Nested(CentreOnlyAnswer, required=True)
    places = marshmallow_fields.List(Nested(PlaceAnswer), required=True)
    there = marshmallow_fields.List(Nested(StayAnswer), required=True)
    line = marshmallow_fields.List(Nested(WaitingAnswer), required=True)
