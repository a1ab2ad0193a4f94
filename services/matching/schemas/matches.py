"""Matches: all of it for staff; for companies functional needs and agreed hours, after the consent."""

from marshmallow import fields as marshmallow_fields

from services.matching.engine.facts import RULES
from services.matching.rules.knowing import REPEATS
from services.matching.rules.portal import TELLABLE
from services.matching.schemas.companies import VERSION, Uuid
from shared.events.codes import NEEDS
from shared.fields import Amount, Body, Code, Count, Day, Flag, Moment, Text
from shared.paging import PageQuery

STATES = ("proposed", "consented", "accepted", "declined")
CONSENT_WAYS = ("in_person", "phone", "digital")
OVERRIDE_REASONS = (
    "agreed_with_both_sides", "adjustment_promised", "transport_arranged", "licence_on_the_way", "hours_will_grow",
)  # fmt: skip
CITIZEN_REASONS = ("other_job", "too_far", "hours_do_not_fit", "wrong_kind_of_work", "workplace_unsuitable", "other")
COMPANY_REASONS = ("position_taken", "skills_do_not_fit", "hours_do_not_fit", "adjustment_not_possible", "other")


class NewMatch(Body):
    """Put a candidate forward. Against a hard rule only with a reason, which is kept with who gave it."""

    need_id = Uuid(required=True)
    citizen_id = Uuid(required=True)
    override_reason_code = Code(*OVERRIDE_REASONS, load_default=None, allow_none=True)


class ConsentBody(Body):
    """What the candidate said to being put forward, and how it was said."""

    given = Flag(required=True)
    how = Code(*CONSENT_WAYS, required=True)
    reason_code = Code(*CITIZEN_REASONS, load_default=None, allow_none=True)


class AnswerBody(Body):
    """What the company said; a reason goes with a no."""

    accepted = Flag(required=True)
    reason_code = Code(*COMPANY_REASONS, load_default=None, allow_none=True)


class MatchAnswer(Body):
    """A match as staff see it, with the score and the rows and salt of the day it was proposed."""

    id = Uuid(required=True)
    need_id = Uuid(required=True)
    company_id = Uuid(required=True)
    citizen_id = Uuid(required=True)
    state = Code(*STATES, required=True)
    score = Count(0, 2000, required=True)
    factors = marshmallow_fields.List(Text(40), required=True)
    failed_rules = marshmallow_fields.List(Code(*RULES, *REPEATS), required=True)
    salt = Text(100, required=True)
    policies = marshmallow_fields.List(Text(120), required=True)
    override_reason_code = Code(*OVERRIDE_REASONS, required=True, allow_none=True)
    proposed_by = Text(200, required=True)
    proposed_at = Moment(required=True)
    consented_at = Moment(required=True, allow_none=True)
    consent_how = Code(*CONSENT_WAYS, required=True, allow_none=True)
    answered_at = Moment(required=True, allow_none=True)
    answer_due = Day(required=True, allow_none=True)
    meeting_at = Moment(required=True, allow_none=True)
    decliner = Code("citizen", "company", "proposer", "desk", "clock", "hired", required=True, allow_none=True)
    reason_code = Text(40, required=True, allow_none=True)
    version = Count(*VERSION, required=True)


class MeetingBody(Body):
    """When citizen and company meet, or null for no more, as the match was read in that version."""

    starts_at = Moment(load_default=None, allow_none=True)
    version = Count(*VERSION, required=True)


class MatchQuery(PageQuery):
    """A page of matches, of one need where one is given."""

    need_id = Uuid(load_default=None)


class CitizenMatchAnswer(Body):
    """A match as the citizen sees it."""

    id = Uuid(required=True)
    state = Code(*STATES, required=True)
    title = Text(200, required=True)
    occupation = Uuid(required=True)
    version = Count(*VERSION, required=True)


class CompanyMatchAnswer(Body):
    """A match as the company sees it: no person, only what the work asks for.

    `id` is the only name the candidate has here. `functional_needs` and hours are what the candidate consented to;
    `answer_due` is the last day on which the company's answer is awaited; `fits` says why this proposal was made.
    """

    id = Uuid(required=True)
    need_id = Uuid(required=True)
    state = Code("consented", "accepted", "declined", "no_longer_available", required=True)
    title = Text(200, required=True)
    occupation = Uuid(required=True)
    functional_needs = marshmallow_fields.List(Code(*NEEDS), required=True)
    weekly_hours_min = Amount(0, 168, required=True, allow_none=True)
    weekly_hours_max = Amount(0, 168, required=True, allow_none=True)
    answer_due = Day(required=True, allow_none=True)
    meeting_at = Moment(required=True, allow_none=True)
    fits = marshmallow_fields.List(Code(*TELLABLE, "adjustments"), required=True)
    version = Count(*VERSION, required=True)
