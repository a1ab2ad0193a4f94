"""What companies need, and the ranked list for it, which is for staff only."""

from typing import Any

from marshmallow import ValidationError, validate, validates_schema
from marshmallow import fields as marshmallow_fields

from services.matching.rules import knowing, wording
from services.matching.rules.titles import Linked
from services.matching.rules.week import WINDOW
from services.matching.schemas.companies import P_NUMBER, VERSION, Nested, Uuid
from services.matching.schemas.titled import Titled
from shared.events.codes import EMPLOYMENT_FORMS, LICENCES, NEEDS
from shared.fields import Amount, Body, Code, Count, Day, Flag, Moment, Text, list_of
from shared.paging import PageQuery

MOST_A_MONTH = 208
MISSING = "Mangler. / Missing."
NEED_STATES = ("draft", "open", "paused", "filled", "closed")


def windows(**options: Any) -> marshmallow_fields.List[str]:
    """Windows such as "mon 07:00-15:00"."""
    return list_of(Text(15, pattern=WINDOW), 21, least=1, **options)


class NewNeed(Titled):
    """A need that was phoned in, found on a visit, or typed by the company.

    `days_required` of the windows' days (all where it is left out); with `hours_per_day` so many hours in one go
    inside the window, else the whole window. Weekly hours that are left out follow from these, or from monthly ones
    where the hours are told per month: 52 weeks in 12 months. `adjustments` are the functional needs that
    the company can meet, `season` the months ("06") with most to do. A `draft` is sent later, by opening it.

    In place of the occupation's id `occupation_title` may say what the job is called: where that is
    sure it is linked, and is the need's title; else the refusal names five to choose from.
    `wording_reason_code` is why staff keep words that the check of texts found.
    """

    company_id = Uuid(required=True)
    p_number = Text(10, pattern=P_NUMBER, required=True)
    title = Text(120, load_default=None, allow_none=True)
    occupation = Uuid(load_default=None, allow_none=True)
    employment_form = Code(*EMPLOYMENT_FORMS, required=True)
    weekly_hours_min = Amount(0.5, 48, load_default=None, allow_none=True)
    weekly_hours_max = Amount(0.5, 48, load_default=None, allow_none=True)
    monthly_hours_min = Amount(1, MOST_A_MONTH, load_default=None, allow_none=True)
    monthly_hours_max = Amount(1, MOST_A_MONTH, load_default=None, allow_none=True)
    windows = windows(required=True)
    days_required = Count(1, 7, load_default=None, allow_none=True)
    hours_per_day = Amount(0.25, 24, load_default=None, allow_none=True)
    licences = list_of(Code(*LICENCES), len(LICENCES), load_default=list)
    adjustments = list_of(Code(*NEEDS), len(NEEDS), load_default=list)
    mentor_offered = Flag(load_default=False)
    season = list_of(Code(*knowing.MONTHS), 12, load_default=list)
    positions = Count(1, 500, load_default=1)
    unadvertised = Flag(load_default=True)
    starts_on = Day(required=True)
    draft = Flag(load_default=False)
    wording_reason_code = Code(*wording.REASONS, load_default=None, allow_none=True)

    @validates_schema(skip_on_field_errors=False)
    def _occupation_told(self, told: dict[str, Any], **_: Any) -> None:
        if told.get("occupation") is None and not (told.get("occupation_title") or "").strip():
            raise ValidationError(MISSING, "occupation")

    def said(self, told: dict[str, Any], link: Linked) -> dict[str, Any]:
        """The words are the need's title where it has no other."""
        return {"title": told["title"] or (link.said[:1].upper() + link.said[1:]) or None}


class NeedEdit(Body):
    """Pause, reopen or close a need, or change its work and when there is some; what is left out stays as it is.

    Hours per week take the place of those per month, and the other way round; `season` is as in a new need.
    """

    occupation = Uuid()
    state = Code("open", "paused", "closed")
    weekly_hours_min = Amount(0.5, 48)
    weekly_hours_max = Amount(0.5, 48)
    monthly_hours_min = Amount(1, MOST_A_MONTH)
    monthly_hours_max = Amount(1, MOST_A_MONTH)
    windows = windows()
    days_required = Count(1, 7)
    hours_per_day = Amount(0.25, 24, allow_none=True)
    adjustments = list_of(Code(*NEEDS), len(NEEDS))
    mentor_offered = Flag()
    season = list_of(Code(*knowing.MONTHS), 12)
    positions = Count(1, 500)
    starts_on = Day()


class NeedAnswer(Body):
    """A need, as the company and the staff see it; `taken` of its positions are, and none left makes it filled.

    Monthly hours stand only where the hours were told per month.
    """

    id = Uuid(required=True)
    company_id = Uuid(required=True)
    p_number = Text(10, required=True)
    state = Code(*NEED_STATES, required=True, attribute="shown_state")
    title = Text(200, required=True)
    occupation = Uuid(required=True)
    employment_form = Code(*EMPLOYMENT_FORMS, required=True)
    weekly_hours_min = Amount(0, 168, required=True)
    weekly_hours_max = Amount(0, 168, required=True)
    monthly_hours_min = Amount(1, MOST_A_MONTH, required=True, allow_none=True)
    monthly_hours_max = Amount(1, MOST_A_MONTH, required=True, allow_none=True)
    windows = marshmallow_fields.List(Text(15), required=True)
    days_required = Count(1, 7, required=True)
    hours_per_day = Amount(0.25, 24, required=True, allow_none=True)
    licences = marshmallow_fields.List(Code(*LICENCES), required=True)
    adjustments = marshmallow_fields.List(Code(*NEEDS), required=True)
    mentor_offered = Flag(required=True)
    positions = Count(1, 500, required=True)
    taken = Count(0, 500, required=True)
    unadvertised = Flag(required=True)
    starts_on = Day(required=True)
    received_at = Moment(required=True)
    answer_due = Day(required=True, allow_none=True)
    version = Count(*VERSION, required=True)


class NeedQuery(PageQuery):
    """A page of needs, of one state where one is given."""

    state = Code(*NEED_STATES, load_default=None)


class CandidateQuery(Body):
    """How many of the list."""

    limit = marshmallow_fields.Integer(load_default=20, validate=validate.Range(1, 200))


class FactorAnswer(Body):
    """One part of a score, of at most `weight` points; none where nobody knows."""

    code = Text(40, required=True)
    points = Count(0, 1000, required=True, allow_none=True)
    weight = Count(0, 1000, required=True)
    words_da = Text(200, required=True)
    words_en = Text(200, required=True)


class MissAnswer(Body):
    """A hard rule that a candidate does not meet, in words."""

    rule = Text(40, required=True)
    words_da = Text(300, required=True, attribute="danish")
    words_en = Text(300, required=True, attribute="english")


class ChangeAnswer(Body):
    """A change that would be enough for its rule, by the `company` or the `citizen`; the words follow an if."""

    rule = Text(40, required=True)
    side = Code("company", "citizen", required=True)
    what = Text(40, required=True)
    words_da = Text(300, required=True, attribute="danish")
    words_en = Text(300, required=True, attribute="english")


class CandidateAnswer(Body):
    """A candidate on a list; the factors' points sum to the score."""

    citizen_id = Uuid(required=True)
    score = Count(0, 2000, required=True)
    factors = marshmallow_fields.List(Nested(FactorAnswer), required=True)


class NearMissAnswer(CandidateAnswer):
    """Somebody who fails one hard rule only, or two where those are few; one change for each rule would do."""

    missed = marshmallow_fields.List(Nested(MissAnswer), required=True)
    changes = marshmallow_fields.List(Nested(ChangeAnswer), required=True)


class RankingAnswer(Body):
    """The list of today; ties follow the salt.

    `excluded` counts candidates per hard rule, those who `declined` this need and those `placed` in its time. Those
    who live too far away count for `travel` alone.
    """

    need_id = Uuid(required=True)
    fitting = Count(0, 10**9, required=True)
    items = marshmallow_fields.List(Nested(CandidateAnswer), required=True)
    near_misses = marshmallow_fields.List(Nested(NearMissAnswer), required=True)
    excluded = marshmallow_fields.Dict(keys=Text(40), values=Count(0, 10**9), required=True)
    salt = Text(100, required=True)
    policies = marshmallow_fields.List(Text(120), required=True)
