"""What is sent and answered about how a company is looked after."""

from marshmallow import fields as marshmallow_fields

from services.matching.rules import contact_budget, promises
from services.matching.schemas.companies import VERSION, Nested, Uuid
from services.matching.schemas.forms import AfterQuery
from shared.fields import Body, Code, Count, Day, Moment, Text
from shared.paging import PageQuery

ADVICE = promises.ADVICE
MANY = (0, 10**9)


def _each(item: type[Body]) -> marshmallow_fields.List[object]:
    return marshmallow_fields.List(Nested(item), required=True)


class AdviceBody(Body):
    """Which advice somebody rings back about, and by when."""

    kind = Code(*ADVICE, required=True)
    due_on = Day(required=True)


class CaretakersQuery(AfterQuery):
    """Where one's own companies go on, and those that wait for a colleague."""

    venter = Uuid(load_default=None)


class PromisesQuery(AfterQuery):
    """One's own promises, or everybody's; where the open ones go on, and those that were kept."""

    whose = Code("own", "all", load_default="own")
    holdt = Uuid(load_default=None)


class PromisesPageQuery(PageQuery):
    """One's own promises, or everybody's; open ones, or those that were kept."""

    whose = Code("own", "all", load_default="own")
    state = Code("open", "done", load_default="open")


class PromiseAnswer(Body):
    """What a company was promised; no day where none is configured."""

    id = Uuid(required=True)
    company_id = Uuid(required=True)
    need_id = Uuid(required=True, allow_none=True)
    kind = Code(*promises.KINDS, required=True)
    due_on = Day(required=True, allow_none=True)
    owner = Text(200, required=True, allow_none=True)
    owner_name = Text(200, required=True, allow_none=True)
    made_at = Moment(required=True)
    done_at = Moment(required=True, allow_none=True)
    broken_at = Moment(required=True, allow_none=True)
    version = Count(*VERSION, required=True)


class PromiseFigure(Body):
    """What became of a kind of promise."""

    kind = Code(*promises.KINDS, required=True)
    in_time = Count(*MANY, required=True)
    late = Count(*MANY, required=True)
    waiting = Count(*MANY, required=True)
    overdue = Count(*MANY, required=True)
    undated = Count(*MANY, required=True)


class PromiseFigures(Body):
    """All kinds, of promises made from a day to a day."""

    since = Day(required=True)
    until = Day(required=True)
    items = _each(PromiseFigure)


class CaretakerBody(Body):
    """Take a company, hand it on, or keep it after all; as it was read in that version, none where nobody has it."""

    act = Code("take", "offer", "keep", required=True)
    version = Count(*VERSION, load_default=None, allow_none=True)


class CaretakerAnswer(Body):
    """A company's consultant; `offered_at` while a colleague is to take it over."""

    company_id = Uuid(required=True)
    subject = Text(200, required=True)
    name = Text(200, required=True)
    since = Moment(required=True)
    offered_at = Moment(required=True, allow_none=True)
    version = Count(*VERSION, required=True)


class GiveUpBody(Body):
    """As it was left."""

    version = Count(*VERSION, required=True)


class CoverBody(Body):
    """For whom, and from and until which day."""

    absent = Text(200, required=True)
    from_on = Day(required=True)
    until_on = Day(required=True)


class CoverAnswer(CoverBody):
    """Who looks after whose companies meanwhile."""

    id = Uuid(required=True)
    absent_name = Text(200, required=True)
    cover = Text(200, required=True)
    cover_name = Text(200, required=True)


class CoversAnswer(Body):
    """Those of today and to come."""

    items = _each(CoverAnswer)


class CompanyContactBody(Body):
    """Somebody was in touch; a reason where the budget says no, or in a pause."""

    way = Code(*contact_budget.WAYS, required=True)
    direction = Code(*contact_budget.DIRECTIONS, required=True)
    outcome = Code(*contact_budget.OUTCOMES, required=True)
    over_budget_reason = Code(*contact_budget.OVER_REASONS, load_default=None, allow_none=True)


class CompanyContactAnswer(CompanyContactBody):
    """As it was written down."""

    id = Uuid(required=True)
    at = Moment(required=True)
    by_name = Text(200, required=True)
    team = Text(200, required=True, allow_none=True)


class CompanyContactsAnswer(Body):
    """The latest first; whether the caller's team may approach them today, and else when."""

    items = _each(CompanyContactAnswer)
    allowed = marshmallow_fields.Boolean(required=True)
    paused = marshmallow_fields.Boolean(required=True)
    silent = marshmallow_fields.Boolean(required=True)
    teams = Count(*MANY, required=True)
    free_on = Day(required=True, allow_none=True)


class PauseBody(Body):
    """The last day of the pause, none for no pause, and why."""

    until_on = Day(load_default=None, allow_none=True)
    reason_code = Code(*contact_budget.PAUSE_REASONS, load_default="other")
