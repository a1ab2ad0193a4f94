"""What the calculator is asked and answers."""

from typing import Any

from marshmallow import fields as marshmallow_fields

from services.matching.rules.agreements import RATIO_EXEMPTIONS
from services.matching.rules.ratio import SUPPORTED_OFFERS
from services.matching.schemas.companies import Nested
from shared.fields import Amount, Body, Code, Count, Day, Flag, Text, between


class OutlookQuery(Body):
    """One more stay on supported terms; what is left out is a full-time virksomhedspraktik of a month from today."""

    offer_type = Code(*SUPPORTED_OFFERS, load_default="virksomhedspraktik")
    starts_on = Day(load_default=None)
    ends_on = Day(load_default=None)
    weekly_hours = marshmallow_fields.Float(load_default=37.0, allow_nan=False, validate=between(0.5, 48))
    ratio_exemption = Code(*RATIO_EXEMPTIONS, load_default=None)


class OutlookForm(OutlookQuery):
    """The same as it is typed."""

    weekly_hours = Amount(0.5, 48, required=True)


def _typed() -> Any:
    return Text(40, least=0, load_default=None)


class OutlookTyped(Body):
    """What stands in the form, however wrong."""

    offer_type = _typed()
    starts_on = _typed()
    ends_on = _typed()
    weekly_hours = _typed()
    ratio_exemption = _typed()


class OwnOutlookTyped(OutlookTyped):
    """The same by a company, and at which of its workplaces."""

    p_number = _typed()


class NetExtraAnswer(Body):
    """The latest month's ordinary FTE against the mean, at the level of CVR or P-number."""

    level = Code("cvr", "p_number", required=True)
    month = Text(7, required=True)
    latest_fte = Amount(0, 1_000_000, required=True)
    mean_fte = Amount(0, 1_000_000, required=True)
    holds = Flag(required=True)
    policies = marshmallow_fields.List(Text(120), required=True)


class OutlookAnswer(Body):
    """How many more such stays have room, and when the next has; no figures where the offer is exempt or not counted.

    `net_extra` is for a wage subsidy; without it `net_extra_missing` is a code for why.
    """

    result = Code("allowed", "refused", "exempt", "not_counted", required=True)
    limit = Count(0, 100_000, required=True, allow_none=True)
    ordinary_fte = Amount(0, 1_000_000, required=True, allow_none=True)
    taken_fte = Amount(0, 1_000_000, required=True, allow_none=True)
    pending_fte = Amount(0, 1_000_000, required=True, allow_none=True)
    adding_fte = Amount(0, 1, required=True)
    left = Count(0, 10_000_000, required=True, allow_none=True)
    next_on = Day(required=True, allow_none=True)
    months = marshmallow_fields.List(Text(7), required=True)
    policies = marshmallow_fields.List(Text(120), required=True)
    net_extra = Nested(NetExtraAnswer, required=True, allow_none=True)
    net_extra_missing = Text(60, required=True, allow_none=True)
