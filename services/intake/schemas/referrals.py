"""Jobs to apply for, and the evidence about them. The citizen's own words come in and go out to nobody but staff."""

from marshmallow import fields as marshmallow_fields

from services.intake.rules.evidence import CONTACTS, ELEMENTS, FOLLOW_UPS, GROUNDS, RESULTS
from shared.fields import Body, Code, Day, Flag, Moment, Text, UndoForm

Nested, Uuid = marshmallow_fields.Nested, marshmallow_fields.UUID
STATES = ("open", "answered", "lapsed", "followed_up", "withdrawn")
STEPS = ("sent", "failed", "delivered", "read")
ELEMENT_STATES = ("present", "missing", "not_required", "not_configured")


class NewJobReferral(Body):
    """A job to apply for; `opening_ref` where it is one of matching's, `apply_at` an address or how."""

    title = Text(120, required=True)
    employer = Text(120, required=True)
    apply_at = Text(200, load_default=None, allow_none=True)
    opening_ref = Uuid(load_default=None, allow_none=True)
    due_on = Day(load_default=None, allow_none=True)


class ReferralResult(Body):
    """What became of it, in the person's own words where they have any."""

    result_code = Code(*RESULTS, required=True)
    said = Text(2000, load_default=None, allow_none=True)


class ReferralFollowUp(Body):
    """What a person found when they followed it up."""

    result_code = Code(*FOLLOW_UPS[:-1], required=True)


class ReferralContact(Body):
    """How the attempt to speak with the person went."""

    contact_code = Code(*CONTACTS, required=True)


class ReferralUndo(UndoForm):
    """Which act is taken back, and what had been answered before a follow-up."""

    act = Code("answer", "follow_up", "contact", required=True)
    result_code = Code(*RESULTS, load_default=None, allow_none=True)


class ReferralReason(Body):
    """Why, as the person says it."""

    ground_code = Code(*GROUNDS, required=True)
    said = Text(2000, load_default=None, allow_none=True)


class LetterStep(Body):
    """One step of a letter."""

    template = Text(40, required=True)
    channel = Text(20, required=True)
    step = Code(*STEPS, required=True)
    detail_code = Text(40, required=True, allow_none=True)
    at = Moment(required=True)


class ReasonAnswer(Body):
    """When a reason was asked for, until when, and its code; the words stay on the page."""

    asked_at = Moment(required=True)
    due_on = Day(required=True)
    ground_code = Code(*GROUNDS, required=True, allow_none=True)
    answered_at = Moment(required=True, allow_none=True)


class JobReferralAnswer(Body):
    """A job to apply for, and how far it got; the person's own words stay on the page."""

    id = Uuid(required=True)
    citizen_id = Uuid(required=True)
    opening_ref = Uuid(required=True, allow_none=True)
    title = Text(120, required=True)
    employer = Text(120, required=True)
    apply_at = Text(200, required=True, allow_none=True)
    made_at = Moment(required=True)
    due_on = Day(required=True)
    due_policy = Text(120, required=True, allow_none=True)
    state = Code(*STATES, required=True)
    result_code = Code(*FOLLOW_UPS, required=True, allow_none=True)
    answered_at = Moment(required=True, allow_none=True)
    followed_up_at = Moment(required=True, allow_none=True)
    contact_code = Code(*CONTACTS, required=True, allow_none=True)
    request = Nested(ReasonAnswer, required=True, allow_none=True)


class JobReferralRead(JobReferralAnswer):
    """One of them, with the steps of its letters."""

    letters = marshmallow_fields.List(Nested(LetterStep), required=True)


class JobReferralList(Body):
    """Somebody's."""

    items = marshmallow_fields.List(Nested(JobReferralAnswer), required=True)


class JobReferralsToFollowUp(JobReferralList):
    """Those to be followed up; `more` where another page follows."""

    more = Flag(required=True)


class ElementAnswer(Body):
    """One element of the evidence: there or not, since when, and the row that asks for it."""

    code = Code(*ELEMENTS, required=True)
    state = Code(*ELEMENT_STATES, required=True)
    at = marshmallow_fields.Function(lambda one: one.at and one.at.isoformat(), required=True, allow_none=True)
    policy = marshmallow_fields.Function(lambda one: one.row and one.row.name, required=True, allow_none=True)
    source = marshmallow_fields.Function(lambda one: one.row and one.row.source, required=True, allow_none=True)


class EvidenceAnswer(Body):
    """Whole or not, and what is missing. Nobody and nothing has decided anything."""

    whole = Flag(required=True)
    missing = marshmallow_fields.List(Code(*ELEMENTS), required=True)
    elements = marshmallow_fields.List(Nested(ElementAnswer), required=True)
