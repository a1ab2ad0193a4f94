"""A change of an agreement, what it would do, and the versions it has had."""

from marshmallow import fields as marshmallow_fields

from services.matching.rules import changes
from services.matching.rules.agreements import PARTIES
from services.matching.schemas.companies import VERSION
from shared.fields import Amount, Body, Code, Count, Day, Flag, Moment, Text, between

RESULTS = ("allowed", "refused", "exempt", "not_counted")


class ChangeBody(Body):
    """A change of the version `number`: a new last day, or for a draft other hours too."""

    kind = Code(*changes.KINDS, required=True)
    reason_code = Code(*changes.ALL_REASONS, required=True)
    ends_on = Day(load_default=None, allow_none=True)
    weekly_hours = Amount(0.5, 48, load_default=None, allow_none=True)


class NewChange(ChangeBody):
    """The change, on the version that was read."""

    number = Count(*VERSION, required=True)


class DropChange(Body):
    """The version of the change that waits."""

    number = Count(*VERSION, required=True)


class PlannedAnswer(Body):
    """What a change will do: dates and hours then, the ratio, whose approval it takes, and the rows used."""

    kind = Code(*changes.KINDS, required=True)
    number = Count(*VERSION, required=True)
    extension_no = Count(0, 1000, required=True)
    ends_before = Day(required=True)
    ends_after = Day(required=True)
    hours_before = Amount(0, 48, required=True)
    hours_after = Amount(0, 48, required=True)
    ratio = Code(*RESULTS, required=True, allow_none=True)
    asks = marshmallow_fields.List(Code(*PARTIES), required=True)
    at_once = Flag(required=True)
    policies = marshmallow_fields.List(Text(120), required=True)


class CompanyVersionAnswer(Body):
    """A version of an agreement; in force from `in_force_at`, closed where nothing came of it or another took over."""

    number = Count(*VERSION, required=True)
    kind = Text(20, required=True)
    offer_type = Text(40, required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)
    first_day_at = Moment(required=True)
    weekly_hours = Amount(0, 48, required=True)
    made_at = Moment(required=True)
    in_force_at = Moment(required=True, allow_none=True)
    closed_at = Moment(required=True, allow_none=True)


class VersionAnswer(CompanyVersionAnswer):
    """The same with why it was made, which can tell of the citizen, and the rows it was judged by."""

    reason_code = Code(*changes.ALL_REASONS, required=True, allow_none=True)
    policies = marshmallow_fields.List(Text(120), required=True)


class PaperQuery(Body):
    """Which version; the newest where none is named."""

    udgave = marshmallow_fields.Integer(load_default=None, validate=between(1, 10_000))


class CompanyVersionList(Body):
    """All versions, oldest first, without why they were made."""

    items = marshmallow_fields.List(marshmallow_fields.Nested(CompanyVersionAnswer), required=True)


class VersionList(Body):
    """All versions, oldest first."""

    items = marshmallow_fields.List(marshmallow_fields.Nested(VersionAnswer), required=True)
