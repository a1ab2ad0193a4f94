"""Machine clients: what may be asked of them, and what is told."""

from marshmallow import fields as marshmallow_fields

from shared.auth import SCOPES
from shared.fields import Body, Code, Moment, Text, list_of

Nested, Uuid = marshmallow_fields.Nested, marshmallow_fields.UUID
CLIENT_ROLES = ("company_employee", "partner")


class NewClient(Body):
    """A program of a company or a partner, bound to its CVR; the municipality's own are settings, not made here."""

    label = Text(120, required=True)
    organisation = Text(20, required=True)
    roles = list_of(Code(*CLIENT_ROLES), len(CLIENT_ROLES), least=1, required=True)
    scopes = list_of(Code(*SCOPES), len(SCOPES), least=1, required=True)


class ClientSecretAnswer(Body):
    """A secret without itself: since when it holds, when it stopped, and about when it was last used."""

    id = Uuid(required=True)
    made_at = Moment(required=True)
    ends_at = Moment(required=True, allow_none=True)
    last_used_at = Moment(required=True, allow_none=True)


class ClientAnswer(NewClient):
    """A machine client, ended or not, and its secrets, oldest first."""

    id = Uuid(required=True)
    made_at = Moment(required=True)
    ended_at = Moment(required=True, allow_none=True)
    secrets = marshmallow_fields.List(Nested(ClientSecretAnswer), required=True)


class ShownOnce(Body):
    """A client's new secret in clear, which nobody can see again."""

    client = Nested(ClientAnswer, required=True)
    secret_id = Uuid(required=True)
    secret = Text(60, required=True)
