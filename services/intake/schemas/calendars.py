"""What the calendars' doors take and answer."""

import re
from typing import Any

from marshmallow import ValidationError, validates_schema
from marshmallow import fields as marshmallow_fields

from services.intake.schemas import Nested, Uuid
from shared.fields import Body, Count, Flag, Moment, Text, Window, list_of

MOST_HOURS = 21
LAST_VERSION = 2**31 - 1
WORKDAYS = ("mon", "tue", "wed", "thu", "fri")
_HOURS = re.compile(r"([01]?\d|2[0-3])(?:[.:]([0-5]\d))?\s*[-–]\s*([01]?\d|2[0-3])(?:[.:]([0-5]\d))?")


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


class DayHours(marshmallow_fields.String):
    """Hours of one day as they are written, "9-12, 12.30-15"; nothing is a day off. Kept as "09:00-12:00"."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Any:
        typed = super()._deserialize(value, attr, data, **options) or ""
        found = []
        for part in filter(None, (one.strip() for one in typed.split(","))):
            read = _HOURS.fullmatch(part)
            if read is None:
                raise ValidationError("Skriv for eksempel 9-15 eller 9-12, 12.30-15. / Write 9-15 or 9-12, 12.30-15.")
            begins, ends = (f"{int(read[at]):02d}:{read[at + 1] or '00'}" for at in (1, 3))
            if begins >= ends:
                raise ValidationError("Slutter, før det begynder. / It ends before it starts.")
            found.append(f"{begins}-{ends}")
        return found


class NewConsultantForm(Body):
    """Name and hours, a field for each day."""

    name = Text(120, required=True)
    mon, tue, wed, thu, fri = (DayHours(load_default=list, allow_none=True) for _day in WORKDAYS)


def hours_of(body: dict[str, Any]) -> list[str]:
    """The days' hours, taken out of the form, as the calendars keep them."""
    return [f"{day} {hours}" for day in WORKDAYS for hours in body.pop(day) or ()]
