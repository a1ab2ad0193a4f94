"""The inbox: what goes in and out of its doors and forms."""

from marshmallow import fields as marshmallow_fields

from services.notifications.queries.notices import OPEN, SHOWN
from services.notifications.rules.notices import CLEARED_BY, KINDS
from shared.fields import Body, Code, Flag, Moment, Text, list_of
from shared.paging import PageQuery, page_of

Uuid = marshmallow_fields.UUID


class NoticeQuery(PageQuery):
    """Which of the caller's notices."""

    shown = Code(*SHOWN, load_default=OPEN)
    kind = Code(*KINDS, load_default=None)


class NoticeAnswer(Body):
    """Something that waits for the caller, at `path` in the product; `own` where it is for them alone."""

    id = Uuid(required=True)
    kind = Code(*KINDS, required=True)
    cause_id = Uuid(required=True)
    citizen_id = Uuid(required=True, allow_none=True)
    path = Text(200, required=True)
    told_at = Moment(required=True)
    cleared_at = Moment(required=True, allow_none=True)
    cleared_code = Code(*CLEARED_BY, required=True, allow_none=True)
    read = marshmallow_fields.Boolean(required=True)
    own = marshmallow_fields.Boolean(required=True)


NoticePage = page_of(NoticeAnswer)


class MarkForm(Body):
    """These are read, or are not."""

    ids = list_of(Uuid(), 50, least=1, required=True)
    read = Flag(required=True)


class NoticeForm(Body):
    """One of them."""

    id = Uuid(required=True)


class UnreadAnswer(Body):
    """How many wait unread, a hundred for more."""

    unread = marshmallow_fields.Integer(required=True)


class InboxQuery(Body):
    """What the page shows, and where the list goes on."""

    vis = Code(*SHOWN, attribute="shown", load_default=OPEN)
    slags = Code(*KINDS, attribute="kind", load_default=None)
    efter = Uuid(attribute="cursor", load_default=None)
