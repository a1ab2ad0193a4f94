"""Intake's JSON doors."""

from typing import Any
from uuid import UUID

from flask import Response, current_app, jsonify, request
from flask_smorest import Blueprint
from marshmallow import fields as marshmallow_fields
from marshmallow import validate
from sqlalchemy.orm import Session

from services.intake import queries, schemas
from services.intake.use_cases import citizens, contacts, visitations, wishes
from shared import auth
from shared.auth import STAFF, Principal
from shared.doors import Doors, problem_documentation
from shared.fields import Body

blueprint = Blueprint("intake", __name__, description="The front desk")
doors = Doors(blueprint)


@doors.post("/first-contacts", roles=STAFF, body=schemas.NewFirstContact, answer=schemas.FirstContactAnswer)
def register_first_contact(session: Session, _principal: Principal, body: dict[str, Any]) -> Any:
    """Register a first contact and hold the soonest visitation slot.

    A person who is known already is found again. Both deadlines come with the policy row that set them.
    """
    return contacts.register_first_contact(session, **body)


@doors.get("/citizens/<uuid:citizen_id>", roles=STAFF, answer=schemas.CitizenAnswer, etag=True)
def read_citizen(session: Session, _principal: Principal, citizen_id: UUID) -> Any:
    """One person, as the desk sees them."""
    return queries.citizen(session, citizen_id)


@doors.patch("/citizens/<uuid:citizen_id>", roles=STAFF, body=schemas.ChannelsEdit, answer=schemas.CitizenAnswer)
def change_channels(
    session: Session, _principal: Principal, citizen_id: UUID, expected_version: int, body: dict[str, Any]
) -> Any:
    """Change how to reach a person."""
    return citizens.change_channels(session, citizen_id, expected_version, body)


@doors.get("/citizens/<uuid:citizen_id>/job-wishes", roles=STAFF, answer=schemas.JobWishesAnswer, etag=True)
def read_job_wishes(session: Session, _principal: Principal, citizen_id: UUID) -> Any:
    """What a citizen can and wants."""
    return queries.job_wishes(session, citizen_id)


@doors.post(
    "/citizens/<uuid:citizen_id>/job-wishes",
    roles=STAFF,
    body=schemas.NewJobWishes,
    answer=schemas.JobWishesAnswer,
)
def record_job_wishes(session: Session, _principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> Any:
    """Write down anew what a citizen can and wants, or that the consent is withdrawn."""
    return wishes.record_wishes(session, citizen_id, body)


@doors.get("/first-contacts/waiting", roles=STAFF, answer=schemas.WaitingList)
def list_waiting_contacts(session: Session, _principal: Principal) -> Any:
    """People who came about help and have no visitation."""
    return {"items": queries.waiting(session)}


@doors.post("/first-contacts/<uuid:contact_id>/visitation", roles=STAFF, answer=schemas.VisitationAnswer)
def book_visitation(session: Session, _principal: Principal, contact_id: UUID) -> Any:
    """Hold the soonest slot for a contact that has none."""
    return contacts.book(session, contact_id)


@doors.get("/slots", roles=STAFF, query=schemas.VisitationQuery, answer=schemas.FreeSlots)
def list_free_slots(session: Session, _principal: Principal, query: dict[str, Any]) -> Any:
    """Free slots of a day."""
    return {"items": queries.free_slots_on(session, query["day"])}


@doors.get("/visitations", roles=STAFF, query=schemas.VisitationQuery, answer=schemas.DayList)
def list_visitations(session: Session, _principal: Principal, query: dict[str, Any]) -> Any:
    """The visitations of a day."""
    return {"items": queries.visitations_on(session, query["day"])}


@doors.get("/visitations/<uuid:visitation_id>", roles=STAFF, answer=schemas.VisitationRead, etag=True)
def read_visitation(session: Session, _principal: Principal, visitation_id: UUID) -> Any:
    """One visitation."""
    return queries.visitation(session, visitation_id)


@doors.post(
    "/visitations/<uuid:visitation_id>/outcome",
    roles=("adviser",),
    body=schemas.VisitationOutcome,
    answer=schemas.VisitationRead,
)
def hold_visitation(session: Session, principal: Principal, visitation_id: UUID, body: dict[str, Any]) -> Any:
    """Hold the visitation: the category a person decided, activation at once, and the job wishes."""
    return visitations.hold_visitation(session, visitation_id, decided_by=principal.subject, **body)


@doors.post("/hosts", roles=("adviser", "ops"), body=schemas.NewHost, answer=schemas.HostAnswer)
def add_host(session: Session, _principal: Principal, body: dict[str, Any]) -> Any:
    """Add a workplace that activation at once can be referred to."""
    return visitations.add_host(session, **body)


class HostList(Body):
    """All workplaces."""

    items = marshmallow_fields.List(marshmallow_fields.Nested(schemas.HostAnswer), required=True)


@doors.get("/hosts", roles=STAFF, answer=HostList)
def list_hosts(session: Session, _principal: Principal) -> Any:
    """The workplaces that activation at once can be referred to."""
    return {"items": queries.hosts(session)}


class TokenRequest(Body):
    """RFC 6749 client credentials, as a form."""

    class Meta:
        unknown = "exclude"

    grant_type = marshmallow_fields.String(required=True, validate=validate.Equal("client_credentials"))
    client_id = marshmallow_fields.String(load_default="")
    client_secret = marshmallow_fields.String(load_default="")


class TokenAnswer(Body):
    """A bearer token and its life in seconds."""

    access_token = marshmallow_fields.String(required=True)
    token_type = marshmallow_fields.String(required=True)
    expires_in = marshmallow_fields.Integer(required=True)


@blueprint.route("/token", methods=["POST"])
@blueprint.arguments(TokenRequest, location="form", arg_name="body")
@blueprint.response(200, TokenAnswer)
@blueprint.doc(
    operationId="issue_token",
    summary="A short-lived token for a machine",
    description="OAuth 2 client credentials (RFC 6749 § 4.4), as a form or with HTTP Basic.",
    security=[],
    responses={
        "401": problem_documentation("Unknown client or wrong secret"),
        "422": problem_documentation("Not a client credentials request"),
    },
)
def issue_token(body: dict[str, str]) -> Response:
    basic = request.authorization
    client_id, secret = body["client_id"], body["client_secret"]
    if basic is not None and basic.type == "basic":
        client_id, secret = basic.username or "", basic.password or ""
    token = auth.issue(current_app.extensions["settings"], client_id, secret)
    return jsonify({"access_token": token, "token_type": "Bearer", "expires_in": auth.TOKEN_SECONDS})


issue_token.allowed_roles = "public"
