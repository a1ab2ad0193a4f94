"""A company's list of who may come in, and its thread with the municipality."""

from marshmallow import fields as marshmallow_fields

from services.matching.rules.colleagues import ROLES
from services.matching.schemas.companies import Nested, Uuid
from shared.fields import Body, Code, Flag, Moment, Text

MOST_LETTERS = 4000


class InviteBody(Body):
    """What the colleague is to be let do."""

    role = Code(*ROLES, required=True)


class InvitationBody(Body):
    """One of the company's invitations."""

    invitation_id = Uuid(required=True)


class MemberBody(Body):
    """One on the company's list: another role, out, or in again."""

    member_id = Uuid(required=True)
    role = Code(*ROLES, load_default=None, allow_none=True)
    removed = Flag(load_default=False)


class CodeQuery(Body):
    """What stands in an invitation's address."""

    kode = Text(120, load_default="")


class CodeBody(Body):
    """The same, taken."""

    kode = Text(120, required=True)


class MemberAnswer(Body):
    """One on the company's list."""

    id = Uuid(required=True)
    colleague = Text(200, required=True, attribute="name")
    role = Code(*ROLES, required=True)
    since = Moment(required=True)
    removed_at = Moment(required=True, allow_none=True)


class InvitationAnswer(Body):
    """An invitation that can still be taken."""

    id = Uuid(required=True)
    role = Code(*ROLES, required=True)
    ends_at = Moment(required=True)


class NewInvitationAnswer(InvitationAnswer):
    """The invitation with its link, which is told this once."""

    link = Text(500, required=True)


class CompanyPeopleAnswer(Body):
    """Who is let in; an empty list lets in everybody whom the identity provider says is the company's employee."""

    items = marshmallow_fields.List(Nested(MemberAnswer), required=True)
    invitations = marshmallow_fields.List(Nested(InvitationAnswer), required=True)


class MessageBody(Body):
    """What is written, about a need or in general; never about a person's health, and no CPR number."""

    text = Text(MOST_LETTERS, required=True)
    need_id = Uuid(load_default=None, allow_none=True)


class MessageUndoBody(Body):
    """A message that was not meant so."""

    message_id = Uuid(required=True)


class CompanyMessageAnswer(Body):
    """A message of the thread; `read_at` is when the other side saw it."""

    id = Uuid(required=True)
    need_id = Uuid(required=True, allow_none=True)
    by_company = Flag(required=True)
    writer = Text(200, required=True)
    text = Text(MOST_LETTERS, required=True)
    at = Moment(required=True)
    read_at = Moment(required=True, allow_none=True)


class MessagesAnswer(Body):
    """The newest of the thread, or those before a cursor, the newest last; `next` is null where it begins."""

    items = marshmallow_fields.List(Nested(CompanyMessageAnswer), required=True)
    next = Uuid(required=True, allow_none=True)
