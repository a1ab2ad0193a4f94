"""The national application's fields and state, and support that is proposed and decided."""

from marshmallow import fields as marshmallow_fields

from services.matching.rules import support
from services.matching.rules.agreed import TERMS
from services.matching.schemas.companies import VERSION, Uuid
from shared.fields import Amount, Body, Code, Count, Day, Moment, Text

VITAS_STATES = tuple(TERMS["vitas_state"])
# The application's number alone: no name, no CPR number.
REFERENCE = "[A-Za-z0-9][A-Za-z0-9-]{1,11}"


class NewNational(Body):
    """What stands in VITAS: its reference, and how far it is."""

    reference = Text(12, pattern=REFERENCE, required=True)
    state = Code(*VITAS_STATES, required=True)


class NationalField(Body):
    """One of the application's fields as it is to be typed."""

    name = Text(60, required=True)
    label = Text(120, required=True)
    value = Text(300, least=0, required=True)


class NationalAnswer(Body):
    """The fields that we know, and what people have noted of the application itself; None while nothing is noted."""

    fields_ = marshmallow_fields.List(marshmallow_fields.Nested(NationalField), required=True, data_key="fields")
    reference = Text(12, required=True, allow_none=True)
    state = Code(*VITAS_STATES, required=True, allow_none=True)
    noted_at = Moment(required=True, allow_none=True)
    version = Count(*VERSION, required=True, allow_none=True)


class NewSupport(Body):
    """A proposal for help, with its reason."""

    kind = Code(*support.KINDS, required=True)
    reason_code = Code(*support.ALL_REASONS, required=True)
    weekly_hours = Amount(0.5, 37, load_default=None, allow_none=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)


class Decision(Body):
    """Granted or declined, on the version that was read."""

    state = Code(support.GRANTED, support.DECLINED, required=True)
    support_id = Uuid(required=True)
    version = Count(*VERSION, required=True)


class SupportUndo(Body):
    """The proposal, in the version its decision left it in."""

    support_id = Uuid(required=True)
    version = Count(*VERSION, required=True)


class SupportAnswer(Body):
    """A proposal and what became of it, with the row that limits it where there is one."""

    id = Uuid(required=True)
    kind = Code(*support.KINDS, required=True)
    reason_code = Code(*support.ALL_REASONS, required=True)
    weekly_hours = Amount(0, 37, required=True, allow_none=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)
    state = Code(*support.STATES, required=True)
    policy = Text(120, required=True, allow_none=True)
    decided_at = Moment(required=True, allow_none=True)
    version = Count(*VERSION, required=True)


class SupportList(Body):
    """All of an agreement's, oldest first."""

    items = marshmallow_fields.List(marshmallow_fields.Nested(SupportAnswer), required=True)
