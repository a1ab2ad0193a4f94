"""What pages send where it has another shape than the JSON doors' bodies: a week by day, months in rows."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, post_load, validates_schema
from marshmallow import fields as marshmallow_fields

from services.matching.rules.agreements import BEHALF_REASONS, RATIO_EXEMPTIONS
from services.matching.rules.forms import OFFERS
from services.matching.rules.week import DAYS
from services.matching.schemas.companies import MONTH, VERSION, Nested, NewCompany, NewWorkplace, StaffMonthBody, Uuid
from services.matching.schemas.matches import CITIZEN_REASONS, OVERRIDE_REASONS, AnswerBody, ConsentBody
from services.matching.schemas.needs import MISSING, MOST_A_MONTH, NEED_STATES, NeedEdit, NewNeed
from services.matching.schemas.placements import NewPlacement, StatementBody
from services.matching.schemas.titled import Titled
from shared.fields import Amount, Body, ClockTime, Code, Count, Day, Text, list_of

WINDOWS_A_DAY = 3
MONTHS = 6
SLOTS = [f"{day}_{number}" for day in DAYS for number in range(1, WINDOWS_A_DAY + 1)]


class AfterQuery(Body):
    """The last row of the page before."""

    after = Uuid(load_default=None)


class WordsQuery(AfterQuery):
    """A search, and the last row of the page before."""

    q = Text(120, load_default="")


class NeedsQuery(AfterQuery):
    """Needs of one state, and the last row of the page before."""

    state = Code(*NEED_STATES, load_default="open")


class TitleQuery(Body):
    """What somebody has typed of a job title so far; the rest of the form comes along unread."""

    occupation_title = Text(120, load_default="")


class WishTitleQuery(Body):
    """What somebody has typed of a job that a citizen wants, in the desk's form, and the occupations ticked there."""

    words = Text(120, load_default="", data_key="job_wishes.occupation_titles")
    ticked = list_of(Uuid(), 20, load_default=list, data_key="job_wishes.occupations")


class CompanyForm(NewCompany):
    """A known company, whose CVR number stays, as it was read in that version."""

    version = Count(*VERSION, required=True)

    class Meta:
        exclude = ("cvr",)


class MonthForm(StaffMonthBody):
    """A month's row, left out where nothing is told."""

    fte = Amount(0, 100_000, load_default=None)


_MONTHS = {f"month_{number}": Nested(MonthForm, load_default=None) for number in range(1, MONTHS + 1)}


class WorkplaceForm(NewWorkplace.from_dict(_MONTHS)):  # type: ignore[misc]  # marshmallow makes the class
    """A workplace with its months in rows of their own."""

    class Meta:
        exclude = ("staff",)

    @post_load
    def _staff(self, told: dict[str, Any], **_: Any) -> dict[str, Any]:
        rows = [told.pop(name) for name in _MONTHS]
        return told | {"staff": [row for row in rows if row and row["fte"] is not None]}


class WorkplaceEditForm(WorkplaceForm):
    """A known workplace, whose P-number stays, as it was read in that version."""

    version = Count(*VERSION, required=True)

    class Meta:
        exclude = ("staff", "p_number")


class WorkplaceUndoForm(WorkplaceEditForm):
    """A workplace as it was, and the months of which nothing was known."""

    forgotten = list_of(Text(7, pattern=MONTH), MONTHS)

    class Meta:
        exclude = ("staff", "p_number")


class SlotForm(Body):
    """One window of a day; midnight ends it as 24:00."""

    begins = ClockTime()
    ends = ClockTime()

    @validates_schema
    def _in_order(self, told: Mapping[str, Any], **_: Any) -> None:
        for name in ("begins", "ends"):
            if name not in told:
                raise ValidationError(MISSING, name)
        if told["begins"] >= ended(told["ends"]):
            raise ValidationError("Slutter før det begynder. / It ends before it begins.", "ends")


def ended(clock: str) -> str:
    """The end of a window as it is kept."""
    return "24:00" if clock == "00:00" else clock


class _WeekForm(Body.from_dict({name: Nested(SlotForm, load_default=None) for name in SLOTS})):  # type: ignore[misc]
    @post_load
    def _windows(self, told: dict[str, Any], **_: Any) -> dict[str, Any]:
        given = {name: told.pop(name) for name in SLOTS}
        windows = [f"{name[:3]} {slot['begins']}-{ended(slot['ends'])}" for name, slot in given.items() if slot]
        if not windows:
            raise ValidationError({"windows": ["Angiv mindst én dag. / State at least one day."]})
        return told | {"windows": windows}


class NeedForm(_WeekForm, NewNeed):
    """A new need; `occupation_title` is what was typed, and is linked where none was chosen."""

    class Meta:
        exclude = ("windows", "company_id")


class NeedEditForm(_WeekForm, Titled, NeedEdit):
    """What a need is now, as it was read in that version; what is left out stays as it is."""

    version = Count(*VERSION, required=True)

    class Meta:
        exclude = ("windows", "state")


class NeedUndoForm(NeedEditForm):
    """A need as it was; hours that nobody had told are empty, and follow the windows again."""

    weekly_hours_min = Amount(0.5, 48, required=True, allow_none=True)
    weekly_hours_max = Amount(0.5, 48, required=True, allow_none=True)
    monthly_hours_min = Amount(1, MOST_A_MONTH, required=True, allow_none=True)
    monthly_hours_max = Amount(1, MOST_A_MONTH, required=True, allow_none=True)
    days_required = Count(1, 7, required=True, allow_none=True)

    class Meta:
        exclude = ("windows", "state")


class StateForm(Body):
    """Pause, reopen or close a need, as it was read in that version."""

    state = Code("open", "paused", "closed", required=True)
    version = Count(*VERSION, required=True)


class ProposeForm(Body):
    """Somebody on a need's list."""

    citizen_id = Uuid(required=True)
    override_reason_code = Code(*OVERRIDE_REASONS, load_default=None, allow_none=True)


def said() -> Any:
    """A yes or a no of two to choose from: unlike a box, one that nobody chose is no answer."""
    return marshmallow_fields.Boolean(truthy={"true"}, falsy={"false"}, required=True)


class ConsentForm(ConsentBody):
    """What the candidate said."""

    given = said()


class AnswerForm(AnswerBody):
    """What the company said."""

    accepted = said()


class StatementForm(StatementBody):
    """A party's word; whoever notes another's chooses why."""

    positive = said()
    reason_code = Code(*BEHALF_REASONS, load_default=None)


class OwnConsentForm(Body):
    """A citizen's own word."""

    given = said()
    reason_code = Code(*CITIZEN_REASONS, load_default=None, allow_none=True)


class PlacementForm(NewPlacement):
    """An agreement on the match that the page is about."""

    class Meta:
        exclude = ("match_id",)


class RatioQuery(Body):
    """What the agreement would be, as far as it is typed."""

    offer_type = Code(*OFFERS, load_default=None)
    starts_on = Day(load_default=None)
    ends_on = Day(load_default=None)
    weekly_hours = Amount(0.5, 48, load_default=None)
    ratio_exemption = Code(*RATIO_EXEMPTIONS, load_default=None)
