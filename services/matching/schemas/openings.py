"""What consultants note on visits, and the need that is carved of it."""

from typing import Any

from marshmallow import ValidationError, post_load
from marshmallow import fields as marshmallow_fields

from services.matching.rules.openings import DROP_REASONS, STATES
from services.matching.rules.week import DAYS
from services.matching.schemas.companies import VERSION, Nested, Uuid
from services.matching.schemas.forms import said
from services.matching.schemas.needs import NewNeed
from shared.fields import Amount, Body, ClockTime, Code, Count, Day, Flag, Text, list_of
from shared.paging import PageQuery

MORE = (0, 10**9)


class TaskBody(Body):
    """A task as it could be done: days, from when, hours a day; who does it today is a function, never a name."""

    task = Text(120, required=True)
    days = list_of(Code(*DAYS), len(DAYS), least=1, required=True)
    begins = ClockTime(required=True)
    hours_a_day = Amount(0.25, 12, required=True)
    done_by = Text(60, load_default=None, allow_none=True)
    skilled_hours = Amount(0.25, 168, load_default=None, allow_none=True)
    known_before = Flag(required=True)
    unadvertised = Flag(load_default=True)


class VisitBody(Body):
    """A visit to a workplace and the tasks that were seen there."""

    visited_on = Day(required=True)
    tasks = list_of(Nested(TaskBody), 20, least=1, required=True)


class VisitForm(TaskBody):
    """The same as a telephone sends it: one task at a time, and whether the company knew of it as one of two."""

    visited_on = Day(required=True)
    known_before = said()
    unadvertised = Flag(load_default=False)

    @post_load
    def _as_visit(self, told: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {"visited_on": told.pop("visited_on"), "tasks": [told]}


class OpeningAnswer(Body):
    """A task that was spotted: `spotted`, made into the `need` with that id, or `dropped` for a reason."""

    id = Uuid(required=True)
    visit_id = Uuid(required=True)
    p_number = Text(10, required=True)
    task = Text(120, required=True)
    windows = marshmallow_fields.List(Text(15), required=True)
    done_by = Text(60, required=True, allow_none=True)
    skilled_hours = Amount(0, 168, required=True, allow_none=True)
    known_before = Flag(required=True)
    unadvertised = Flag(required=True)
    state = Code(*STATES, required=True)
    reason_code = Code(*DROP_REASONS, required=True, allow_none=True)
    need_id = Uuid(required=True, allow_none=True)
    version = Count(*VERSION, required=True)


class VisitAnswer(Body):
    """The visit, and what was written down now."""

    id = Uuid(required=True)
    company_id = Uuid(required=True)
    p_number = Text(10, required=True)
    visited_on = Day(required=True)
    openings = marshmallow_fields.List(Nested(OpeningAnswer), required=True)


class OpeningsQuery(PageQuery):
    """A page of them, of one state where one is given."""

    state = Code(*STATES, load_default=None)


class FiguresAnswer(Body):
    """Numbers of a period. `hidden`: the company did not know that it had the need; `hours`: what skilled people got
    back in a week."""

    since = Day(required=True)
    until = Day(required=True)
    visits = Count(*MORE, required=True)
    spotted = Count(*MORE, required=True)
    hidden = Count(*MORE, required=True)
    needs = Count(*MORE, required=True)
    hidden_needs = Count(*MORE, required=True)
    taken = Count(*MORE, required=True)
    hours = Amount(0, 10**9, required=True)


class DropBody(Body):
    """Nothing comes of it, as it was read in that version."""

    reason_code = Code(*DROP_REASONS, required=True)
    version = Count(*VERSION, required=True)


class MoveForm(Body):
    """One of a page's tasks, dropped for a reason, or taken up again without one."""

    opening_id = Uuid(required=True)
    reason_code = Code(*DROP_REASONS, load_default=None, allow_none=True)
    version = Count(*VERSION, required=True)


class BundleBody(NewNeed):
    """One need of these tasks; hours and days are theirs."""

    opening_ids = list_of(Uuid(), 20, load_default=list)

    class Meta:
        exclude = (
            "company_id", "p_number", "windows", "weekly_hours_min", "weekly_hours_max", "days_required",
            "monthly_hours_min", "monthly_hours_max", "hours_per_day", "positions", "unadvertised", "licences",
        )  # fmt: skip

    @post_load
    def _some(self, told: dict[str, Any], **_: Any) -> dict[str, Any]:
        if not told["opening_ids"]:
            raise ValidationError("Vælg mindst én opgave. / Choose one task at least.", "opening_ids")
        return told


class UnbundleForm(Body):
    """The need that was made of tasks, in the version that was read."""

    need_id = Uuid(required=True)
    version = Count(*VERSION, required=True)
