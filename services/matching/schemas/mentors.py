"""Who can be a mentor at a workplace, when, and for how many."""

from typing import Any

from marshmallow import ValidationError, post_load
from marshmallow import fields as marshmallow_fields

from services.matching.rules.week import DAYS, WINDOW
from services.matching.schemas.companies import Nested, Uuid
from services.matching.schemas.needs import windows
from shared.fields import Body, ClockTime, Code, Count, Text, list_of

MOST_AT_ONCE = 20


class MentorBody(Body):
    """Somebody of the company's people, the hours in which they can be a mentor, and for how many at once."""

    name = Text(200, required=True)
    windows = windows(required=True)
    at_once = Count(1, MOST_AT_ONCE, required=True)


class MentorAnswer(MentorBody):
    """The same as it was written down."""

    id = Uuid(required=True)


class MentorList(Body):
    """All mentors of a workplace; none means that nobody told of any, not that there are none."""

    items = marshmallow_fields.List(Nested(MentorAnswer), required=True)


class MentorForm(Body):
    """The same as a page sends it: days to tick, with the same hours; `windows` where an undo sends them back."""

    name = Text(200, required=True)
    days = list_of(Code(*DAYS), len(DAYS), load_default=list)
    begins = ClockTime(load_default=None)
    ends = ClockTime(load_default=None)
    windows = list_of(Text(15, pattern=WINDOW), 21, load_default=list)
    at_once = Count(1, MOST_AT_ONCE, required=True)

    @post_load
    def _windows(self, told: dict[str, Any], **_: Any) -> dict[str, Any]:
        days, begins, ends = told.pop("days"), told.pop("begins"), told.pop("ends")
        if told["windows"]:
            return told
        if not days:
            raise ValidationError("Vælg mindst én dag. / Choose one day at least.", "days")
        if begins is None or ends is None:
            raise ValidationError("Mangler. / Missing.", "begins" if begins is None else "ends")
        until = "24:00" if ends == "00:00" else ends
        if begins >= until:
            raise ValidationError("Slutter før det begynder. / It ends before it begins.", "ends")
        return told | {"windows": [f"{day} {begins}-{until}" for day in days]}


class MentorGoneForm(Body):
    """Which of them."""

    mentor_id = Uuid(required=True)
