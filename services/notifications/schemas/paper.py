"""Letters for the post, and letters looked at beforehand."""

from typing import Any

from marshmallow import fields as marshmallow_fields

from services.notifications.queries.templates import FORMS
from services.notifications.rules.drafts import RECIPIENTS
from services.notifications.rules.paper import MOST_LINES
from services.notifications.rules.samples import LANGUAGES
from services.notifications.rules.table import RULES
from shared.fields import Body, Code, Count, Moment, Text, list_of

NAMES = tuple(rule.name for rule in RULES)


class AddressForm(Body):
    """What stands in the window of the envelope, a line each; kept nowhere."""

    to = Text(400, load_default=None)

    @staticmethod
    def lines(body: dict[str, Any]) -> list[str]:
        """At most as many as the window shows."""
        return [line.strip() for line in (body["to"] or "").splitlines() if line.strip()][:MOST_LINES]


class PdfAnswer(Body):
    """A file, in base64."""

    filename = Text(100, required=True)
    content = Text(4_000_000, required=True)


class PreviewQuery(Body):
    """Which letter, in which language."""

    name = Code(*NAMES, load_default=NAMES[0])
    language = Code(*LANGUAGES, load_default=LANGUAGES[0])


class FileQuery(PreviewQuery):
    """And as what."""

    form = Code(*FORMS, load_default=FORMS[0])


class TemplateAnswer(Body):
    """A letter: which version of its words is in use, since when, and how many were before."""

    name = Code(*NAMES, required=True)
    template = Text(60, required=True)
    recipient_kind = Code(*RECIPIENTS, required=True)
    version = Text(20, required=True)
    since = Moment(required=True, allow_none=True)
    earlier = Count(0, 10_000, required=True)


class TemplatesAnswer(Body):
    """All letters."""

    items = list_of(marshmallow_fields.Nested(TemplateAnswer), 200, required=True)


class PreviewAnswer(TemplateAnswer):
    """Its words with invented contents; `sms_letters` in the units of the alphabet that it needs."""

    language = Code(*LANGUAGES, required=True)
    subject = Text(300, required=True)
    text = Text(20_000, required=True)
    sms = Text(2000, required=True)
    nemsms = Text(160, required=True)
    sms_letters = Count(0, 2000, required=True)
    sms_parts = Count(0, 20, required=True)
    has_calendar = marshmallow_fields.Boolean(required=True)
