"""What a citizen can and wants, as it comes in and goes out."""

from typing import Any
from uuid import UUID

from marshmallow import ValidationError, post_load, validates_schema
from marshmallow import fields as marshmallow_fields

from shared.events.codes import EMPLOYMENT_FORMS, LICENCES, NEEDS
from shared.fields import Amount, Body, Code, Count, Flag, Text, Window, list_of
from shared.occupations import called, like, unknown

Uuid = marshmallow_fields.UUID
MOST = 20


class NewJobWishes(Body):
    """What the citizen can and wants; `availability` e.g. "mon 08:00-15:00".

    `occupations` are ESCO-STAR ids, `occupation_titles` the same by their titles; one of them at least, in either.
    """

    occupations = list_of(Uuid(), MOST, load_default=list)
    occupation_titles = list_of(Text(120), MOST, load_default=list)
    forms = list_of(Code(*EMPLOYMENT_FORMS), len(EMPLOYMENT_FORMS), least=1, required=True)
    weekly_hours_min = Amount(0, 37, required=True)
    weekly_hours_max = Amount(0.5, 48, required=True)
    availability = list_of(Window(), 21, least=1, required=True)
    travel_km_max = Count(1, 500, required=True)
    licences = list_of(Code(*LICENCES), len(LICENCES), load_default=list)
    needs = list_of(Code(*NEEDS), len(NEEDS), load_default=list)
    mentor_wanted = Flag(load_default=False)
    consent_to_matching = Flag(required=True)

    @validates_schema(skip_on_field_errors=False)
    def _titles_known(self, told: dict[str, Any], **_: Any) -> None:
        titles = told.get("occupation_titles", [])
        for words in titles:
            if called(words) is None:
                raise ValidationError(unknown(words, like(words)), "occupations")
        if not titles and not told.get("occupations", [True]):
            raise ValidationError("Mangler. / Missing.", "occupations")

    @post_load
    def _by_ids(self, told: dict[str, Any], **_: Any) -> dict[str, Any]:
        found = [UUID(known.id) for known in map(called, told.pop("occupation_titles", ())) if known]
        return told | {"occupations": list(dict.fromkeys([*told["occupations"], *found]))[:MOST]}

    @validates_schema
    def hours_in_order(self, data: dict[str, Any], **_: Any) -> None:
        """The least may not be more than the most."""
        if data["weekly_hours_min"] > data["weekly_hours_max"]:
            raise ValidationError("Højere end maksimum. / More than the most.", "weekly_hours_min")


class JobWishesAnswer(NewJobWishes):
    """What the citizen can and wants now."""

    class Meta:
        exclude = ("occupation_titles",)

    citizen_id = Uuid(required=True)
    version = Count(1, 2**31 - 1, required=True)
