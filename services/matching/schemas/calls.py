"""A call while it lasts: who rings, what is said, and the need as far as it is known."""

from typing import Any

from marshmallow import ValidationError, post_load
from marshmallow import fields as marshmallow_fields

from services.matching.rules.week import DAYS
from services.matching.schemas.companies import P_NUMBER, VERSION, Nested, NewCompany, Uuid
from services.matching.schemas.forms import SLOTS, SlotForm, ended
from services.matching.schemas.needs import MISSING, CandidateAnswer, NeedAnswer, NewNeed
from services.matching.text.read import MOST_LETTERS
from shared.fields import Body, ClockTime, Code, Count, Flag, Moment, Text, list_of

STATES = ("draft", "done", "thrown")
HEARD = ("confirmed", "corrected")


class WhoForm(Body):
    """Who rings: one that was found, the words to find it by, or another than the one that was chosen."""

    q = Text(120, load_default="")
    company_id = Uuid(load_default=None)
    otherwise = Flag(load_default=False)


class FindQuery(Body):
    """What somebody has typed of a company; the rest of the form comes along unread."""

    q = Text(120, load_default="")


class NewCallerForm(NewCompany):
    """A company that nobody knows, and its workplace where that is known."""

    new_p_number = Text(10, pattern=P_NUMBER, load_default=None)
    place_name = Text(200, load_default=None)
    new_postal_code = Text(4, pattern="[0-9]{4}", load_default=None)

    @post_load
    def _place(self, told: dict[str, Any], **_: Any) -> dict[str, Any]:
        place = {name: told.pop(name) for name in ("new_p_number", "place_name", "new_postal_code")}
        given = [name for name, value in place.items() if value]
        if given and not (place["new_p_number"] and place["new_postal_code"]):
            raise ValidationError(MISSING, "new_postal_code" if place["new_p_number"] else "new_p_number")
        return told | {"place": place if given else None}


class NewPlaceForm(Body):
    """A workplace that the call brought up."""

    new_p_number = Text(10, pattern=P_NUMBER, required=True)
    place_name = Text(200, load_default=None)
    new_postal_code = Text(4, pattern="[0-9]{4}", required=True)


class SaidText(marshmallow_fields.String):
    """Several lines, not trimmed; may be empty while somebody still listens."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> str:
        text = super()._deserialize(value, attr, data, **options) or ""
        if len(text) > MOST_LETTERS:
            raise ValidationError(f"Højst {MOST_LETTERS} tegn. / {MOST_LETTERS} characters at most.")
        return text


class SaidForm(Body):
    """What the company has said so far."""

    said = SaidText(load_default="")


_SLOTS = {name: Nested(SlotForm, load_default=None) for name in SLOTS}


class CallNeedForm(NewNeed.from_dict(_SLOTS)):  # type: ignore[misc]  # marshmallow makes the class
    """The need at the end of the call: days with the same hours, or each day its own."""

    days = list_of(Code(*DAYS), len(DAYS), load_default=list)
    begins = ClockTime(load_default=None)
    ends = ClockTime(load_default=None)
    read_back = Flag(load_default=False)

    class Meta:
        exclude = ("windows", "company_id")

    @post_load
    def _shaped(self, told: dict[str, Any], **_: Any) -> dict[str, Any]:
        slots = {name: told.pop(name) for name in SLOTS}
        own = [f"{name[:3]} {slot['begins']}-{ended(slot['ends'])}" for name, slot in slots.items() if slot]
        days, begins, ends = (told.pop(name) for name in ("days", "begins", "ends"))
        return told | {"windows": own or _same_each_day(days, begins, ends)}


def _same_each_day(days: list[str], begins: str | None, ends: str | None) -> list[str]:
    if not days:
        raise ValidationError("Vælg mindst én dag. / Choose one day at least.", "days")
    if begins is None or ends is None:
        raise ValidationError(MISSING, "begins" if begins is None else "ends")
    if begins >= ended(ends):
        raise ValidationError("Slutter før det begynder. / It ends before it begins.", "ends")
    return [f"{day} {begins}-{ended(ends)}" for day in days]


class CallBody(Body):
    """What is known of the call so far; `typed` holds the page's inputs by their names. What is left out stays."""

    company_id = Uuid(load_default=None, allow_none=True)
    said = SaidText(load_default=None, allow_none=True)
    typed = marshmallow_fields.Dict(
        keys=Text(40), values=list_of(Text(MOST_LETTERS, least=0), 40), load_default=None, allow_none=True
    )


class CallAnswer(Body):
    """A call; `heard` is the company's own word on what we wrote down."""

    id = Uuid(required=True)
    company_id = Uuid(required=True, allow_none=True)
    state = Code(*STATES, required=True)
    said = SaidText(required=True)
    typed = marshmallow_fields.Dict(keys=Text(40), values=marshmallow_fields.List(Text(MOST_LETTERS)), required=True)
    need_id = Uuid(required=True, allow_none=True)
    read_back_until = Moment(required=True, allow_none=True)
    heard = Code(*HEARD, required=True, allow_none=True)
    heard_at = Moment(required=True, allow_none=True)
    version = Count(*VERSION, required=True)


class CallOrNone(Body):
    """The draft, where there is one."""

    call = Nested(CallAnswer, required=True, allow_none=True)


class CallNeedBody(NewNeed):
    """The need as the call has shaped it; `read_back` sends the company what we wrote down."""

    read_back = Flag(load_default=False)

    class Meta:
        exclude = ("company_id",)


class CallEnded(Body):
    """The call that is over, and the need that came of it."""

    call = Nested(CallAnswer, required=True)
    need = Nested(NeedAnswer, required=True)


class CallCandidates(Body):
    """Who might come in question while the company is still on the telephone; `near` more lack one thing or two."""

    fitting = Count(0, 10**9, required=True)
    near = Count(0, 10**9, required=True)
    items = marshmallow_fields.List(Nested(CandidateAnswer), required=True)
