"""What a line of an imported list of persons may hold."""

from typing import Any

from marshmallow import ValidationError, post_load, validates_schema

from services.intake.rules import CPR_WORDS
from services.intake.schemas import BENEFITS, CONTACT_CHANNELS, POSTAL_CODE, NewFirstContact
from shared.fields import Code, Flag, Text


class ImportedPerson(NewFirstContact):
    """A line: as at the desk, but a first contact only where it says that the person came."""

    class Meta:
        exclude = ("guidance", "same_as", "other_person_reason", "urgency", "application")

    cpr = Text(11, least=10, wrong=CPR_WORDS, required=True)
    name = Text(200, required=True)
    postal_code = Text(4, pattern=POSTAL_CODE, required=True)
    came = Flag(load_default=False)
    municipality_code = Text(4, pattern="[0-9]{4}")
    applied_for = Code(*BENEFITS)
    channel = Code(*CONTACT_CHANNELS, load_default="desk")
    qualifying_education = Flag(load_default=False)
    guidance_written = Flag(load_default=False)

    @validates_schema
    def says_what_for(self, data: dict[str, Any], **_: Any) -> None:
        """Whoever came, came for something."""
        if data.get("came") and "applied_for" not in data:
            raise ValidationError("Mangler. / Missing.", "applied_for")

    @post_load
    def only_what_was_said(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """An empty cell changes nothing."""
        return {name: value for name, value in data.items() if value is not None}
