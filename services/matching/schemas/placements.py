"""Agreements on placements: all of it for staff; for companies without the person."""

from marshmallow import fields as marshmallow_fields

from services.matching.rules.agreements import (
    BEHALF_REASONS,
    CADENCES,
    CLOSED,
    DEVIATION_REASONS,
    EXCEPTION_GROUNDS,
    PARTIES,
    PURPOSES,
    RATIO_EXEMPTIONS,
)
from services.matching.rules.forms import CONDITIONS, OFFERS
from services.matching.schemas.companies import VERSION, Contact, Nested, RatioAnswer, Uuid
from shared.fields import Amount, Body, Code, Count, Day, Flag, Moment, Text, list_of

# The archive's prefix and a number too short for a CPR number, so that the reference itself says nothing.
REFERENCE = "[A-Z]{2,8}-[0-9]{1,9}"
PLACEMENT_STATES = ("awaiting_statements", "agreed", "refused")


class NewPlacement(Body):
    """An agreement for an accepted match. The purpose must be named (LAB § 58).

    `retain_job` goes with `ratio_exemption` and a `document_reference` such as "DOK-123456" (A22). Another offer or
    other hours than were said yes to need a `deviation_reason_code`.
    """

    match_id = Uuid(required=True)
    offer_type = Code(*OFFERS, required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)
    first_day_at = Moment(required=True)
    weekly_hours = Amount(0.5, 37, required=True)
    purpose_code = Code(*PURPOSES, required=True)
    exception_ground = Code(*EXCEPTION_GROUNDS, load_default=None, allow_none=True)
    ratio_exemption = Code(*RATIO_EXEMPTIONS, load_default=None, allow_none=True)
    document_reference = Text(20, pattern=REFERENCE, load_default=None, allow_none=True)
    deviation_reason_code = Code(*DEVIATION_REASONS, load_default=None, allow_none=True)
    cadence = Code(*CADENCES, load_default="default")
    hire_preagreed = Flag(load_default=False)
    confirmed = list_of(Code(*CONDITIONS), 10, load_default=list)
    mentor = Nested(Contact, required=True)


class StatementBody(Body):
    """A party's word. `first_day_at` moves a start that has passed while a word was missing.

    Staff who note another party's word say why it is not given by themselves; a signed paper, unless told otherwise.
    """

    party = Code(*PARTIES, required=True)
    positive = Flag(required=True)
    first_day_at = Moment(load_default=None, allow_none=True)
    reason_code = Code(*BEHALF_REASONS, load_default="signed_on_paper", allow_none=True)


class StatementAnswer(Body):
    """A party's word; `on_behalf` where the municipality wrote it down for them."""

    party = Code(*PARTIES, required=True)
    positive = Flag(required=True)
    on_behalf = Flag(required=True)
    how = Code("own", "on_behalf", "link", required=True)
    number = Count(*VERSION, required=True)
    at = Moment(required=True)


class NotedAnswer(StatementAnswer):
    """The same for staff: why a party did not answer itself."""

    reason_code = Code(*BEHALF_REASONS, required=True, allow_none=True)


class CompanyPlacementAnswer(Body):
    """An agreement as the company sees it; `match_id` is the only name the candidate has here."""

    id = Uuid(required=True)
    match_id = Uuid(required=True)
    p_number = Text(10, required=True)
    state = Code(*PLACEMENT_STATES, required=True)
    awaiting = marshmallow_fields.List(Code(*PARTIES), required=True)
    offer_type = Code(*OFFERS, required=True)
    occupation = Uuid(required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)
    first_day_at = Moment(required=True)
    weekly_hours = Amount(0, 48, required=True)
    hire_preagreed = Flag(required=True)
    mentor_name = Text(200, required=True)
    statements = marshmallow_fields.List(Nested(StatementAnswer), required=True)
    agreed_at = Moment(required=True, allow_none=True)
    number = Count(*VERSION, required=True)
    expires_on = Day(required=True, allow_none=True)
    closed_code = Code(*CLOSED, required=True, allow_none=True)
    version = Count(*VERSION, required=True)


class PlacementAnswer(CompanyPlacementAnswer):
    """An agreement as staff see it, with the rows it was judged by."""

    citizen_id = Uuid(required=True)
    company_id = Uuid(required=True)
    purpose_code = Code(*PURPOSES, required=True)
    cadence = Code(*CADENCES, required=True)
    exception_ground = Code(*EXCEPTION_GROUNDS, required=True, allow_none=True)
    ratio_exemption = Code(*RATIO_EXEMPTIONS, required=True, allow_none=True)
    document_reference = Text(20, required=True, allow_none=True)
    deviation_reason_code = Code(*DEVIATION_REASONS, required=True, allow_none=True)
    length_policy = Text(120, required=True)
    confirmed = marshmallow_fields.List(Code(*CONDITIONS), required=True)
    statements = marshmallow_fields.List(Nested(NotedAnswer), required=True)
    ratio = Nested(RatioAnswer, required=True)
