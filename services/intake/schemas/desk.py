"""What may come into intake and go out of it. No answer carries a CPR number."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, validates_schema
from marshmallow import fields as marshmallow_fields

from services.intake.rules import (
    APPLICATIONS,
    CATEGORIES,
    CHOICE_REASONS,
    CPR_WORDS,
    OFFERS,
    OTHER_PERSON_REASONS,
    OVERRIDE_REASONS,
    PROVIDER_REASONS,
    STOP_REASONS,
    URGENCIES,
)
from services.intake.schemas.wishes import NewJobWishes
from shared.events.codes import EASY_DANISH
from shared.fields import Body, Code, Count, Day, EmailAddress, Flag, Moment, Phone, Text, between, list_of
from shared.units import UnitCode

Nested, Uuid = marshmallow_fields.Nested, marshmallow_fields.UUID
BENEFITS = ("kontanthjaelp", "dagpenge", "sygedagpenge", "ledighedsydelse", "integration", "other")
CONTACT_CHANNELS = ("desk", "phone", "digital", "borgerservice")
LANGUAGE = f"[a-z]{{2}}|{EASY_DANISH}"
POSTAL_CODE = "[0-9]{4}"
MISSING = "Mangler. / Missing."
NEEDED_OF_NEW = ("cpr", "name", "postal_code", "municipality_code")


class Guidance(Body):
    """The guidance on rights and duties that was given."""

    version = Text(10, pattern="[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?", required=True)
    written = Flag(required=True)


class NewFirstContact(Body):
    """Somebody comes about help. The CPR number comes in here and never goes out again.

    What is left out of name, channels, language, interpreter, exemption and protection stays as it was for a person
    who is known, and so does their unit. `same_as` is somebody known, in place of a CPR number; `other_person_reason`
    says why somebody who looks like a known person is another one.
    Without `slot_id` the slot is the one held under `hold_id`, or else the soonest.
    """

    cpr = Text(11, least=10, wrong=CPR_WORDS, load_default=None, allow_none=True)
    same_as = Uuid(load_default=None, allow_none=True)
    other_person_reason = Code(*OTHER_PERSON_REASONS, load_default=None, allow_none=True)
    name = Text(200)
    email = EmailAddress(load_default=None, allow_none=True)
    phone = Phone(load_default=None, allow_none=True)
    language = Text(8, pattern=LANGUAGE)
    interpreter = Flag()
    digital_post_exempt = Flag()
    protected = Flag()
    postal_code = Text(4, pattern=POSTAL_CODE)
    municipality_code = Text(4, pattern="[0-9]{4}")
    applied_for = Code(*BENEFITS, required=True)
    urgency = Code(*URGENCIES, load_default="ordinary")
    application = Code(*APPLICATIONS, load_default=None, allow_none=True)
    channel = Code(*CONTACT_CHANNELS, required=True)
    qualifying_education = Flag(required=True)
    guidance = Nested(Guidance, required=True)
    unit_code = UnitCode()
    slot_id = Uuid(load_default=None, allow_none=True)
    hold_id = Uuid(load_default=None, allow_none=True)

    @validates_schema(skip_on_field_errors=False, pass_original=True)
    def somebody(self, _data: dict[str, Any], sent: Any, **_: Any) -> None:
        """A CPR number or somebody known; where it is neither, all that a new person needs is missing."""
        if isinstance(sent, Mapping) and not sent.get("cpr") and not sent.get("same_as"):
            raise ValidationError({name: [MISSING] for name in NEEDED_OF_NEW if not sent.get(name)})


class DeadlineAnswer(Body):
    """A day and the policy row that set it; both empty where the law's limit is not configured."""

    due = Day(allow_none=True)
    policy = Text(120, allow_none=True)


class VisitationAnswer(Body):
    """A visitation, and after it was held what was decided."""

    id = Uuid(required=True)
    citizen_id = Uuid(required=True)
    state = Code("booked", "held", "cancelled", "missed", required=True)
    starts_at = Moment(required=True)
    ends_at = Moment(required=True)
    place_code = Text(40, required=True)
    within_local_goal = Flag(required=True)
    held_at = Moment(required=True, allow_none=True)
    default_category = Code(*CATEGORIES, required=True, allow_none=True)
    category = Code(*CATEGORIES, required=True, allow_none=True)
    category_policy = Text(120, required=True, allow_none=True)
    override_reason_code = Code(*OVERRIDE_REASONS, required=True, allow_none=True)
    version = Count(1, 2**31 - 1, required=True)


class ReferralAnswer(Body):
    """Activation at once, and the policy row that allowed it; empty where no rule applies."""

    offer_type = Code(*OFFERS, required=True)
    host_code = Text(40, required=True)
    starts_at = Moment(required=True)
    weeks = Count(1, 104, required=True)
    policy = Text(120, required=True, allow_none=True)
    first_choice_code = Text(40, required=True, allow_none=True)
    choice_reason_code = Code(*CHOICE_REASONS, required=True, allow_none=True)
    provider_reason_code = Code(*PROVIDER_REASONS, required=True, allow_none=True)


class VisitationRead(VisitationAnswer):
    """One visitation with what was referred in it."""

    referral = Nested(ReferralAnswer, required=True, allow_none=True)


class FirstContactAnswer(Body):
    """What the desk shows: was the person known, the two deadlines, the visitation that is held."""

    contact_id = Uuid(required=True)
    citizen_id = Uuid(required=True)
    known_before = Flag(required=True)
    local_goal = Nested(DeadlineAnswer, required=True)
    statutory = Nested(DeadlineAnswer, required=True)
    proposed_category = Code(*CATEGORIES, required=True)
    visitation = Nested(VisitationAnswer, required=True, allow_none=True)


class CitizenAnswer(Body):
    """A person as the desk sees them, CPR number left out."""

    id = Uuid(required=True)
    name = Text(200, required=True)
    email = marshmallow_fields.String(required=True, allow_none=True)
    phone = Text(30, required=True, allow_none=True)
    language = Text(8, required=True)
    interpreter = Flag(required=True)
    digital_post_exempt = Flag(required=True)
    protected = Flag(required=True)
    postal_code = Text(4, required=True)
    municipality_code = Text(4, required=True)
    version = Count(1, 2**31 - 1, required=True)


class ChannelsEdit(Body):
    """Who and where a person is and how to reach them; what is left out stays as it is."""

    name = Text(200)
    postal_code = Text(4, pattern=POSTAL_CODE)
    municipality_code = Text(4, pattern="[0-9]{4}")
    email = EmailAddress(allow_none=True)
    phone = Phone(allow_none=True)
    language = Text(8, pattern=LANGUAGE)
    interpreter = Flag()
    digital_post_exempt = Flag()
    protected = Flag()


class NewReferral(Body):
    """Activation at once."""

    offer_type = Code(*OFFERS, required=True)
    host_code = Text(40, pattern="[a-z0-9-]+", required=True)
    starts_at = Moment(required=True)
    weeks = Count(1, 104, required=True)
    first_choice_code = Text(40, pattern="[a-z0-9-]+", load_default=None, allow_none=True)
    choice_reason_code = Code(*CHOICE_REASONS, load_default=None, allow_none=True)
    provider_reason_code = Code(*PROVIDER_REASONS, load_default=None, allow_none=True)


class VisitationOutcome(Body):
    """What came out of the talk. Without `category` the proposed one stands."""

    category = Code(*CATEGORIES, load_default=None, allow_none=True)
    override_reason_code = Code(*OVERRIDE_REASONS, load_default=None, allow_none=True)
    referral = Nested(NewReferral, load_default=None, allow_none=True)
    job_wishes = Nested(NewJobWishes, load_default=None, allow_none=True)
    education_guidance = Flag(load_default=False)


class WaitingContact(Body):
    """Somebody who came about help and has no visitation."""

    id = Uuid(required=True)
    citizen_id = Uuid(required=True)
    at = Moment(required=True)
    local_goal_due = Day(required=True)
    statutory_due = Day(required=True, allow_none=True)


class WhichPage(Body):
    """Which page of a list that is told fifty at a time."""

    page = marshmallow_fields.Integer(load_default=1, validate=between(1, 10_000))


class WaitingList(Body):
    """Those who wait, the longest first; `more` where another page follows."""

    items = marshmallow_fields.List(Nested(WaitingContact), required=True)
    more = Flag(required=True)


class NewHost(Body):
    """A workplace for activation at once."""

    code = Text(40, pattern="[a-z0-9-]+", required=True)
    name = Text(120, required=True)
    public = Flag(required=True)
    place_code = Text(40, pattern="[a-z0-9-]+", required=True)


class HostAnswer(NewHost):
    """A workplace; `places` by weekday from Monday, empty where nobody has set them up."""

    id = Uuid(required=True)
    places = list_of(Count(0, 999), 7, allow_none=True)
    closed_days = list_of(Day(), 200)


class SlotAnswer(Body):
    """A free slot."""

    id = Uuid(required=True)
    place_code = Text(40, required=True)
    starts_at = Moment(required=True)
    ends_at = Moment(required=True)


class VisitationQuery(Body):
    """Visitations of one day, today where none is given."""

    day = Day(load_default=None)


class FreeSlots(Body):
    """The free slots of a day, in order."""

    items = marshmallow_fields.List(Nested(SlotAnswer), required=True)


class DayList(Body):
    """The visitations of a day, in order."""

    items = marshmallow_fields.List(Nested(VisitationAnswer), required=True)


class ErasureStop(Body):
    """Why the data stays."""

    reason_code = Code(*STOP_REASONS, required=True)


class ErasureAnswer(Body):
    """Classes of data about somebody: when they go, or went, or why they stay."""

    id = Uuid(required=True)
    classes = list_of(Text(20), 10, required=True)
    announced_at = Moment(required=True)
    due_on = Day(required=True)
    stopped_at = Moment(required=True, allow_none=True)
    stop_reason_code = Code(*STOP_REASONS, required=True, allow_none=True)
    erased_at = Moment(required=True, allow_none=True)
