"""What goes out of notifications. Lists carry neither addresses nor words."""

from typing import Any

from marshmallow import ValidationError, validates_schema
from marshmallow import fields as marshmallow_fields

from services.notifications.queries import HELD_BACK
from services.notifications.rules import table
from services.notifications.rules.channels import CHANNELS, SHORT, WRITTEN
from services.notifications.rules.drafts import RECIPIENTS
from services.notifications.use_cases.messages import STATES
from services.notifications.use_cases.pauses import STOPPABLE
from services.notifications.use_cases.receipts import HOW
from shared.fields import Body, Code, Count, Moment, Text, list_of
from shared.paging import PageQuery, page_of

Uuid = marshmallow_fields.UUID


class MessageQuery(PageQuery):
    """Which messages."""

    state = Code(*STATES, load_default=None)
    recipient_kind = Code(*RECIPIENTS, load_default=None)


class MessageAnswer(Body):
    """A message on its way; `held_back` says plainly why a queued one does not go out."""

    id = Uuid(required=True)
    template = Text(60, required=True)
    recipient_kind = Code(*RECIPIENTS, required=True)
    channel = Code(*CHANNELS, required=True, allow_none=True)
    language = Text(2, required=True, allow_none=True)
    state = Code(*STATES, required=True)
    held_back = Code(*HELD_BACK, required=True, allow_none=True)
    attempts = Count(0, 1000, required=True)
    error_code = Text(60, required=True, allow_none=True)
    made_at = Moment(required=True)
    next_try_at = Moment(required=True, allow_none=True)
    sent_at = Moment(required=True, allow_none=True)
    version = Count(1, 2**31 - 1, required=True)


class RuleAnswer(Body):
    """A row of the table of messages; `urgency` 0 goes first. No event: somebody among staff asks for it.

    `before_minutes` before what it is about, negative for after the letter, none for at once.
    """

    events = list_of(Text(60), 20, required=True)
    before_minutes = marshmallow_fields.Integer(required=True, allow_none=True)
    template = Text(60, required=True)
    recipient_kind = Code(*RECIPIENTS, required=True)
    channels = list_of(Code(*CHANNELS), len(CHANNELS), required=True)
    urgency = Count(0, 2, required=True)
    merges = marshmallow_fields.Boolean(required=True)
    quiet = marshmallow_fields.Boolean(required=True)
    optional = marshmallow_fields.Boolean(required=True)
    topic = Code(*table.TOPICS, required=True)


class RulesAnswer(Body):
    """The whole table."""

    items = list_of(marshmallow_fields.Nested(RuleAnswer), 200, required=True)


class ChannelForm(Body):
    """A channel that can be stopped."""

    channel = Code(*STOPPABLE, required=True)


class ChannelAnswer(Body):
    """How a channel does: due now and since when, waiting for its time, and the last day's sent and given up.

    `resting`: servers and suppliers that do not answer just now.
    """

    channel = Code(*CHANNELS, required=True)
    due = Count(0, 10**9, required=True)
    later = Count(0, 10**9, required=True)
    oldest = Moment(required=True, allow_none=True)
    sent = Count(0, 10**9, required=True)
    failed = Count(0, 10**9, required=True)
    failed_percent = Count(0, 100, required=True)
    paused_at = Moment(required=True, allow_none=True)
    stoppable = marshmallow_fields.Boolean(required=True)
    configured = marshmallow_fields.Boolean(required=True)
    resting = list_of(Text(40), 10, required=True)


class ChannelsAnswer(Body):
    """All channels."""

    items = list_of(marshmallow_fields.Nested(ChannelAnswer), 10, required=True)


class OutageQuery(Body):
    """From when until when, Danish time; both or neither."""

    fra = marshmallow_fields.NaiveDateTime(format="%Y-%m-%dT%H:%M", load_default=None)
    til = marshmallow_fields.NaiveDateTime(format="%Y-%m-%dT%H:%M", load_default=None)


class LetterAnswer(MessageAnswer):
    """A message with its words; empty while somebody it names is not in the address book, or it cannot be written."""

    recipient_name = Text(200, required=True, allow_none=True)
    subject = Text(200, required=True, allow_none=True)
    text = Text(20_000, required=True, allow_none=True)
    sms = Text(1000, required=True, allow_none=True)
    sms_parts = Count(1, 20, required=True, allow_none=True)


class NewReceipt(Body):
    """How it is known that a message arrived."""

    how_code = Code(*HOW, required=True)


MessagePage = page_of(MessageAnswer)
LetterPage = page_of(LetterAnswer)


class OverviewQuery(Body):
    """Which messages the page shows, and where the list goes on."""

    tilstand = Code(*STATES, attribute="state", load_default=None)
    til = Code(*RECIPIENTS, attribute="recipient_kind", load_default=None)
    efter = Uuid(attribute="cursor", load_default=None)


class PrintedForm(Body):
    """The letters that were printed."""

    ids = list_of(Uuid(), 200, least=1, required=True)


class NotPrintedForm(PrintedForm):
    """The letters that were not, each as it stood when it was said that it was."""

    versions = list_of(Count(1, 2**31 - 1), 200, least=1, required=True)

    @validates_schema
    def _one_each(self, told: dict[str, Any], **_: Any) -> None:
        if len(told.get("ids", ())) != len(told.get("versions", ())):
            raise ValidationError("Ikke gyldig. / Not valid.", "versions")


class ChoicesForm(Body):
    """By which channel somebody wants to hear of each topic; empty leaves it to us, "no" is to hear nothing."""

    letters = Code("", *WRITTEN, load_default="")
    talks = Code("", *WRITTEN, load_default="")
    jobs = Code("", *SHORT, "no", load_default="")
    appointments = Code("", *SHORT, "no", load_default="")
    deadlines = Code("", *SHORT, "no", load_default="")
    surveys = Code("", *SHORT, "no", load_default="")


class LinkForm(Body):
    """The code of a link, and what it was sent with; without that it is from before there were topics."""

    kode = Text(100, required=True)
    emne = Code("", *table.OPTIONAL, load_default="")
