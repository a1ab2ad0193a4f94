"""What a line of an imported list may hold."""

from typing import Any

from marshmallow import ValidationError, validates_schema

from services.matching.rules.agreements import CADENCES, PURPOSES
from services.matching.rules.forms import OFFERS
from services.matching.schemas.companies import P_NUMBER, StaffMonthBody, Uuid
from shared.fields import Amount, Body, ClockTime, Code, Day, EmailAddress, Flag, Phone, Text


class CompanyLine(Body):
    """A company, and one of its workplaces where the line names a P-number; what it does not say stays as it is."""

    cvr = Text(20, required=True)
    name = Text(200, required=True)
    public = Flag()
    industry = Text(200)
    contact_name = Text(200, required=True)
    contact_email = EmailAddress()
    contact_phone = Phone()
    p_number = Text(10, pattern=P_NUMBER)
    workplace_name = Text(200)
    postal_code = Text(4, pattern="[0-9]{4}")
    single_person = Flag()
    supported_elsewhere_fte = Amount(0, 10_000)

    @validates_schema
    def place_is_whole(self, data: dict[str, Any], **_: Any) -> None:
        """A workplace lies somewhere."""
        if "p_number" in data and "postal_code" not in data:
            raise ValidationError("Mangler. / Missing.", "postal_code")


class StaffLine(StaffMonthBody):
    """A month's staff of a P-number; how many of them are subsidised stays as it is where the line does not say it."""

    p_number = Text(10, pattern=P_NUMBER, required=True)
    subsidised_fte = Amount(0, 100_000)


class PlacementLine(Body):
    """A placement that was agreed before the product. `last_contact` is the day of the last follow-up talk."""

    citizen_id = Uuid(required=True, error_messages={
        "invalid": "Ikke et borgernummer fra rapporten om personer. / Not a number from the report on persons."
    })  # fmt: skip
    p_number = Text(10, pattern=P_NUMBER, required=True)
    occupation = Text(200, required=True)
    offer_type = Code(*OFFERS, required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)
    first_time = ClockTime(load_default="08:00")
    weekly_hours = Amount(0.5, 37, required=True)
    purpose_code = Code(*PURPOSES, required=True)
    cadence = Code(*CADENCES, load_default="default")
    mentor_name = Text(200, required=True)
    mentor_email = EmailAddress(load_default=None, allow_none=True)
    mentor_phone = Phone(load_default=None, allow_none=True)
    last_contact = Day(load_default=None, allow_none=True)
