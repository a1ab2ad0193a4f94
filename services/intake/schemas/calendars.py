"""What the calendars' doors take and answer."""

from typing import Any

from marshmallow import ValidationError, validates_schema
from marshmallow import fields as marshmallow_fields

from services.intake.schemas import Nested, Uuid
from shared.fields import Body, Count, Flag, Moment, Text, Window, list_of

MOST_HOURS = 21
LAST_VERSION = 2**31 - 1


class NewConsultant(Body):
    """Somebody who holds talks; `hours` such as "mon 09:00-15:00"."""

    name = Text(120, required=True)
    hours = list_of(Window(), MOST_HOURS, required=True)


class ConsultantEdit(Body):
    """What is left out stays as it is."""

    name = Text(120)
    hours = list_of(Window(), MOST_HOURS)
    active = Flag()


class NewAbsence(Body):
    """From a moment to another; no reason is asked for."""

    starts_at = Moment(required=True)
    ends_at = Moment(required=True)

    @validates_schema
    def in_order(self, data: dict[str, Any], **_: Any) -> None:
        """Not backwards."""
        if data["starts_at"] >= data["ends_at"]:
            raise ValidationError("Slutter, før det begynder. / It ends before it starts.", "ends_at")


class AbsenceAnswer(NewAbsence):
    """An absence."""

    id = Uuid(required=True)
    consultant_id = Uuid(required=True)


class ConsultantAnswer(NewConsultant):
    """A consultant."""

    id = Uuid(required=True)
    active = Flag(required=True)
    version = Count(1, LAST_VERSION, required=True)


class Listed(Body):
    """A consultant with absences that are not over."""

    consultant = Nested(ConsultantAnswer, required=True)
    absences = marshmallow_fields.List(Nested(AbsenceAnswer), required=True)


class Consultants(Body):
    """Those who hold talks, and last those who did."""

    items = marshmallow_fields.List(Nested(Listed), required=True)


class NewRoom(Body):
    """A room with places for so many talks at a time."""

    name = Text(120, required=True)
    place_code = Text(40, pattern="[a-z0-9-]+", load_default="jobbutik")
    places = Count(1, 50, required=True)


class RoomEdit(Body):
    """What is left out stays as it is."""

    name = Text(120)
    places = Count(1, 50)
    active = Flag()


class RoomAnswer(NewRoom):
    """A room."""

    id = Uuid(required=True)
    active = Flag(required=True)
    version = Count(1, LAST_VERSION, required=True)


class Rooms(Body):
    """All rooms."""

    items = marshmallow_fields.List(Nested(RoomAnswer), required=True)
