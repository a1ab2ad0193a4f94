"""What an imported list may hold, line by line, and what is told of it."""

from typing import Any

from marshmallow import ValidationError, post_load, validates_schema
from marshmallow import fields as marshmallow_fields

from services.intake.rules import CPR_WORDS, imports
from services.intake.schemas import BENEFITS, CONTACT_CHANNELS, POSTAL_CODE, NewFirstContact
from shared.fields import Body, Code, Count, Flag, Moment, Text, list_of

VERDICTS = ("new", "known", "near", "wrong")
STATES = ("read", "checked", "ordered", "done", "failed")
TAKES = ("all", "good", "sure")
Uuid = marshmallow_fields.UUID


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


class NewImport(Body):
    """A list of persons as CSV text; without `columns` they are guessed by their headings, "" is a column not used."""

    content = marshmallow_fields.String(required=True)
    columns = list_of(Code("", *imports.COLUMNS), imports.MOST_COLUMNS)


class ImportCommit(Body):
    """`all` takes a list without mistakes, `good` leaves the lines with mistakes out, `sure` near doubles too."""

    take = Code(*TAKES, required=True)


class ImportLine(Body):
    """A line of the report: what would happen, what is wrong or changed, and who is known or looks alike."""

    line = Count(1, 10_000_000, required=True)
    verdict = Code(*VERDICTS, required=True)
    taken = Flag(required=True, allow_none=True)
    problems = marshmallow_fields.Dict(keys=marshmallow_fields.String(), values=marshmallow_fields.String())
    changes = list_of(Text(40), 20, required=True)
    citizen_id = Uuid(required=True, allow_none=True)


class ImportAnswer(Body):
    """An import: `read`, `checked` (a dry run), `ordered`, then `done`, or `failed` with nothing registered."""

    id = Uuid(required=True)
    state = Code(*STATES, required=True)
    columns = marshmallow_fields.List(marshmallow_fields.String(), required=True)
    done = Count(0, imports.MOST_ROWS, required=True)
    total = Count(0, imports.MOST_ROWS, required=True)
    expires_at = Moment(required=True)
    lines = marshmallow_fields.List(marshmallow_fields.Nested(ImportLine), required=True)
