"""Places at workplaces: how many there are, which are free, and one that is held."""

from marshmallow import fields as marshmallow_fields

from services.intake.schemas.desk import HostAnswer
from shared.fields import Body, Count, Day, Flag, Moment, Text, between, list_of

Nested, Uuid = marshmallow_fields.Nested, marshmallow_fields.UUID


class HostPlaces(Body):
    """So many places by weekday from Monday; empty takes the limit away. Closed days have none."""

    places = list_of(Count(0, 999), 7, least=7, load_default=None, allow_none=True)
    closed_days = list_of(Day(), 200, load_default=list)


class StayQuery(Body):
    """From a day, for so many weeks."""

    starts_on = Day(required=True)
    weeks = marshmallow_fields.Integer(validate=between(1, 104), required=True)


class OfferAnswer(Body):
    """A workplace: free then, or from a later day; empty where there is none in reach."""

    host = Nested(HostAnswer, required=True)
    free = Flag(required=True)
    next_day = Day(required=True, allow_none=True)


class OfferList(Body):
    """Every workplace, the free ones first, then the next best."""

    items = marshmallow_fields.List(Nested(OfferAnswer), required=True)


class NewPlaceHold(Body):
    """A place to hold while the person sits there."""

    host_code = Text(40, pattern="[a-z0-9-]+", required=True)
    starts_at = Moment(required=True)
    weeks = Count(1, 104, required=True)


class PlaceHoldAnswer(Body):
    """A held place and until when."""

    id = Uuid(required=True)
    visitation_id = Uuid(required=True)
    starts_at = Moment(required=True)
    ends_on = Day(required=True)
    held_until = Moment(required=True)


class Released(Body):
    """The talk holds no place now."""

    visitation_id = Uuid(required=True)
