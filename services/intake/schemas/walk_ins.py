"""What is asked about whoever stands at the desk, and said of their digital application."""

from marshmallow import fields as marshmallow_fields

from services.intake.rules import APPLICATIONS, CPR_WORDS
from shared.fields import Body, Code, Day, Flag, Moment, Text, list_of

Nested, Uuid = marshmallow_fields.Nested, marshmallow_fields.UUID


class WhoForm(Body):
    """As much as is typed so far."""

    cpr = Text(20, load_default=None)
    name = Text(200, load_default=None)
    qualifying_education = Flag(load_default=False)


class NewWho(Body):
    """A CPR number with a name, or a name of two words at least."""

    cpr = Text(11, least=10, wrong=CPR_WORDS, load_default=None, allow_none=True)
    name = Text(200, load_default=None, allow_none=True)


class Likely(Body):
    """Somebody who may be the same person; of a protected person only that there is a record."""

    citizen_id = Uuid(required=True, allow_none=True)
    name = Text(200, required=True, allow_none=True)
    birth_date = Day(required=True, allow_none=True)
    protected = Flag(required=True)


class WhoAnswer(Body):
    """Who is known by the CPR number, or else who is likely the same."""

    known = Uuid(required=True, allow_none=True)
    likely = list_of(Nested(Likely), 5, required=True)


class NewApplication(Body):
    """Where the digital application stands."""

    state = Code(*APPLICATIONS, required=True)


class ApplicationUndo(Body):
    """The word that is taken back; nobody may have said another since."""

    step_id = Uuid(required=True)


class ApplicationAnswer(NewApplication):
    """Where it stands, and what was said before it."""

    id = Uuid(required=True)
    contact_id = Uuid(required=True)
    before = Code(*APPLICATIONS, required=True, allow_none=True)
    noted_at = Moment(required=True)
