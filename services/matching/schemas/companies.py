"""Companies, their workplaces, the staff they tell of, and occupations to choose from."""

from marshmallow import fields as marshmallow_fields
from marshmallow import validate

from services.matching.rules.agreements import RATIO_EXEMPTIONS
from services.matching.rules.ratio import SUPPORTED_OFFERS
from shared.fields import Amount, Body, Code, Count, Day, EmailAddress, Flag, Phone, Text, list_of

Nested, Uuid = marshmallow_fields.Nested, marshmallow_fields.UUID
P_NUMBER = "[0-9]{10}"
VERSION = (1, 2**31 - 1)
MONTH = "(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])"


class Contact(Body):
    """The person to reach at a company."""

    name = Text(200, required=True)
    email = EmailAddress(load_default=None, allow_none=True)
    phone = Phone(load_default=None, allow_none=True)


class NewCompany(Body):
    """A company that phoned; the same CVR number finds it again.

    `industry` is a code of DB25 or its title; left out it stays as it is.
    """

    cvr = Text(20, required=True)
    name = Text(200, required=True)
    public = Flag(load_default=False)
    industry = Text(200, allow_none=True)
    contact = Nested(Contact, required=True)


class CompanyAnswer(Body):
    """A company as its own people and the staff see it."""

    id = Uuid(required=True)
    cvr = Text(8, required=True)
    name = Text(200, required=True)
    public = Flag(required=True)
    industry = Text(6, required=True, allow_none=True)
    contact_name = Text(200, required=True)
    contact_email = Text(200, required=True, allow_none=True)
    contact_phone = Text(30, required=True, allow_none=True)
    version = Count(*VERSION, required=True)


class StaffMonthBody(Body):
    """A month's staff in full-time equivalents; `subsidised_fte` of them are subsidised, or under 18."""

    month = Text(7, pattern=MONTH, required=True)
    fte = Amount(0, 100_000, required=True)
    subsidised_fte = Amount(0, 100_000, load_default=0.0)


class NewWorkplace(Body):
    """A P-number. `supported_elsewhere_fte` are those in supported offers that other municipalities placed there."""

    p_number = Text(10, pattern=P_NUMBER, required=True)
    name = Text(200, required=True)
    postal_code = Text(4, pattern="[0-9]{4}", required=True)
    single_person = Flag(load_default=False)
    supported_elsewhere_fte = Amount(0, 10_000, load_default=0.0)
    staff = list_of(Nested(StaffMonthBody), 24, load_default=list)


class WorkplaceAnswer(Body):
    """A workplace with the staff that was told of it."""

    id = Uuid(required=True)
    company_id = Uuid(required=True)
    p_number = Text(10, required=True)
    name = Text(200, required=True)
    postal_code = Text(4, required=True)
    single_person = Flag(required=True)
    supported_elsewhere_fte = Amount(0, 10_000, required=True)
    staff = marshmallow_fields.List(Nested(StaffMonthBody), required=True)
    version = Count(*VERSION, required=True)


class WorkplaceList(Body):
    """All workplaces of a company."""

    items = marshmallow_fields.List(Nested(WorkplaceAnswer), required=True)


class OccupationQuery(Body):
    """What a caller says the job is called."""

    q = Text(120, required=True)
    limit = marshmallow_fields.Integer(load_default=10, validate=validate.Range(1, 50))


class OccupationAnswer(Body):
    """A job title of ESCO-STAR; `id` is what a need and a wish name."""

    id = Uuid(required=True)
    title = Text(200, required=True)
    isco08 = Text(4, required=True)


class OccupationList(Body):
    """The best first, and the words that ESCO's licence asks for."""

    items = marshmallow_fields.List(Nested(OccupationAnswer), required=True)
    notice = Text(200, required=True)


class IndustryQuery(Body):
    """What somebody calls an industry, or the first digits of its code."""

    industry = Text(120)


class IndustryAnswer(Body):
    """An industry of DB25, of six digits; the titles are Danish."""

    code = Text(6, required=True)
    title = Text(200, required=True)


class IndustryList(Body):
    """Those that are called so, and whose list it is."""

    items = marshmallow_fields.List(Nested(IndustryAnswer), required=True)
    source = Text(200, required=True)


class NewRatioCheck(Body):
    """A supported offer that is thought of at a workplace."""

    offer_type = Code(*SUPPORTED_OFFERS, required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)
    weekly_hours = Amount(0.5, 48, required=True)
    ratio_exemption = Code(*RATIO_EXEMPTIONS, load_default=None, allow_none=True)


class RatioAnswer(Body):
    """How a workplace stands against BEK 2636/2021 § 65, the months the mean was taken of, and the row.

    No figures where the offer is exempt or not counted.
    """

    id = Uuid(required=True)
    p_number = Text(10, required=True)
    offer_type = Text(40, required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)
    months = marshmallow_fields.List(Text(7), required=True)
    ordinary_fte = Amount(0, 100_000, required=True, allow_none=True)
    supported_fte = Amount(0, 100_000, required=True, allow_none=True)
    adding_fte = Amount(0, 1, required=True)
    limit = Count(0, 100_000, required=True, allow_none=True)
    result = Code("allowed", "refused", "exempt", "not_counted", required=True)
    policy = Text(120, required=True)
