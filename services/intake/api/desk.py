"""Intake's JSON doors."""

from typing import Any
from uuid import UUID

from flask import Response, current_app, jsonify, request
from flask_smorest import Blueprint
from marshmallow import fields as marshmallow_fields
from marshmallow import validate
from sqlalchemy.orm import Session

from services.intake import queries, schemas
from services.intake.use_cases import POLICY, citizens, clients, contacts, erasure, visitations, walk_ins, wishes
from shared import clock, limits
from shared.auth import STAFF, TOKEN_SECONDS, Principal
from shared.database import Database
from shared.doors import WHY, Doors, problem_documentation
from shared.errors import Unauthenticated
from shared.fields import Body
from shared.limits import Limit
from shared.lookups import NOBODY, About
from shared.paging import PageQuery, page_of

blueprint = Blueprint("intake", __name__, description="The front desk")
doors = Doors(blueprint)


@doors.post(
    "/first-contacts",
    roles=STAFF,
    about=About("identity", how="change", purpose="visitation"),
    body=schemas.NewFirstContact,
    answer=schemas.FirstContactAnswer,
)
def register_first_contact(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """Register a first contact and hold the soonest visitation slot.

    A person who is known already is found again. Both deadlines come with the policy row that set them.
    """
    citizens.count_look_up(session, principal)
    return walk_ins.register(session, **body, ask=False, by=principal.subject)


@doors.get(
    "/citizens/<uuid:citizen_id>",
    roles=STAFF,
    about=About("identity", "citizen_id", purpose="visitation"),
    answer=schemas.CitizenAnswer,
    etag=True,
)
def read_citizen(session: Session, _principal: Principal, citizen_id: UUID) -> Any:
    """One person, as the desk sees them."""
    return queries.citizen(session, citizen_id)


@doors.patch(
    "/citizens/<uuid:citizen_id>",
    roles=STAFF,
    about=About("contact", "citizen_id", "change", purpose="visitation"),
    body=schemas.ChannelsEdit,
    answer=schemas.CitizenAnswer,
)
def change_channels(
    session: Session, _principal: Principal, citizen_id: UUID, expected_version: int, body: dict[str, Any]
) -> Any:
    """Change how to reach a person."""
    return citizens.change_channels(session, citizen_id, expected_version, body)


@doors.get(
    "/citizens/<uuid:citizen_id>/job-wishes",
    roles=STAFF,
    about=About("health_function", "citizen_id", purpose="matching"),
    answer=schemas.JobWishesAnswer,
    etag=True,
)
def read_job_wishes(session: Session, _principal: Principal, citizen_id: UUID) -> Any:
    """What a citizen can and wants."""
    return queries.job_wishes(session, citizen_id)


@doors.post(
    "/citizens/<uuid:citizen_id>/job-wishes",
    roles=STAFF,
    about=About("health_function", "citizen_id", "change", purpose="matching"),
    body=schemas.NewJobWishes,
    answer=schemas.JobWishesAnswer,
)
def record_job_wishes(session: Session, _principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> Any:
    """Write down anew what a citizen can and wants, or that the consent is withdrawn."""
    return wishes.record_wishes(session, citizen_id, body)


@doors.get(
    "/first-contacts/waiting",
    roles=STAFF,
    about=About("case", how="list", purpose="visitation"),
    query=schemas.WhichPage,
    answer=schemas.WaitingList,
)
def list_waiting_contacts(session: Session, _principal: Principal, query: dict[str, Any]) -> Any:
    """People who came about help and have no visitation, fifty at a time."""
    found, more = queries.waiting(session, query["page"])
    return {"items": [contact for (contact,) in found], "more": more}


@doors.post(
    "/first-contacts/<uuid:contact_id>/visitation",
    roles=STAFF,
    about=About("case", how="change", purpose="visitation"),
    answer=schemas.VisitationAnswer,
)
def book_visitation(session: Session, _principal: Principal, contact_id: UUID) -> Any:
    """Hold the soonest slot for a contact that has none."""
    return contacts.book(session, contact_id)


@doors.get("/slots", roles=STAFF, about=NOBODY, query=schemas.VisitationQuery, answer=schemas.FreeSlots)
def list_free_slots(session: Session, _principal: Principal, query: dict[str, Any]) -> Any:
    """Free slots of a day."""
    return {"items": queries.free_slots_on(session, query["day"])}


@doors.get(
    "/visitations",
    roles=STAFF,
    about=About("case", how="list", purpose="visitation"),
    query=schemas.VisitationQuery,
    answer=schemas.DayList,
)
def list_visitations(session: Session, _principal: Principal, query: dict[str, Any]) -> Any:
    """The visitations of a day."""
    return {"items": queries.visitations_on(session, query["day"])}


@doors.get(
    "/visitations/<uuid:visitation_id>",
    roles=STAFF,
    about=About("case", purpose="visitation"),
    answer=schemas.VisitationRead,
    etag=True,
)
def read_visitation(session: Session, _principal: Principal, visitation_id: UUID) -> Any:
    """One visitation."""
    return queries.visitation(session, visitation_id)


@doors.post(
    "/visitations/<uuid:visitation_id>/outcome",
    roles=("adviser",),
    about=About("case", how="change", purpose="visitation"),
    body=schemas.VisitationOutcome,
    answer=schemas.VisitationRead,
)
def hold_visitation(session: Session, principal: Principal, visitation_id: UUID, body: dict[str, Any]) -> Any:
    """Hold the visitation: the category a person decided, activation at once, and the job wishes."""
    return visitations.hold_visitation(session, visitation_id, decided_by=principal.subject, **body)


@doors.post("/hosts", roles=("adviser", "ops"), about=NOBODY, body=schemas.NewHost, answer=schemas.HostAnswer)
def add_host(session: Session, _principal: Principal, body: dict[str, Any]) -> Any:
    """Add a workplace that activation at once can be referred to."""
    return visitations.add_host(session, **body)


class HostList(Body):
    """All workplaces."""

    items = marshmallow_fields.List(marshmallow_fields.Nested(schemas.HostAnswer), required=True)


@doors.get("/hosts", roles=STAFF, about=NOBODY, answer=HostList)
def list_hosts(session: Session, _principal: Principal) -> Any:
    """The workplaces that activation at once can be referred to."""
    return {"items": queries.hosts(session)}


@doors.get("/machine-clients", roles=("ops",), about=NOBODY, query=PageQuery, answer=page_of(schemas.ClientAnswer))
def list_machine_clients(session: Session, _principal: Principal, query: dict[str, Any]) -> Any:
    """The programs of companies and partners that may ask for tokens."""
    return queries.machine_clients(session, **query)


@doors.post("/machine-clients", roles=("ops",), about=NOBODY, body=schemas.NewClient, answer=schemas.ShownOnce)
def make_machine_client(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """Let a company's or partner's program ask for tokens; its secret is shown here and never again."""
    return clients.make_client(session, by=principal.subject, **body)


@doors.post("/machine-clients/<uuid:client_id>/secrets", roles=("ops",), about=NOBODY, answer=schemas.ShownOnce)
def add_client_secret(session: Session, _principal: Principal, client_id: UUID) -> Any:
    """A second secret beside the first, so that a program changes over without a pause."""
    return clients.add_secret(session, client_id)


@doors.post(
    "/machine-clients/<uuid:client_id>/secrets/<uuid:secret_id>/retirement",
    roles=("ops",),
    about=NOBODY,
    answer=schemas.ClientAnswer,
)
def retire_client_secret(session: Session, _principal: Principal, client_id: UUID, secret_id: UUID) -> Any:
    """Take one of two secrets out of use."""
    return clients.retire_secret(session, client_id, secret_id)


@doors.post("/machine-clients/<uuid:client_id>/ending", roles=("ops",), about=NOBODY, answer=schemas.ClientAnswer)
def end_machine_client(session: Session, principal: Principal, client_id: UUID) -> Any:
    """End a program's access; tokens that it holds are refused within a second."""
    return clients.end_client(session, client_id, by=principal.subject)


OFFICER = ("data_protection_officer",)
ERASURE_CHANGE = About("identity", how="change", purpose="supervision")


@doors.post("/erasures/<uuid:erasure_id>/stop", roles=OFFICER, about=ERASURE_CHANGE, body=schemas.ErasureStop,
            answer=schemas.ErasureAnswer)  # fmt: skip
def stop_erasure(session: Session, principal: Principal, erasure_id: UUID, body: dict[str, Any]) -> Any:
    """Keep what is announced to be erased, for a reason."""
    return erasure.stop(session, erasure_id, **body, by=principal.subject)


@doors.post("/erasures/<uuid:erasure_id>/resumption", roles=OFFICER, about=ERASURE_CHANGE, answer=schemas.ErasureAnswer)
def resume_erasure(session: Session, _principal: Principal, erasure_id: UUID) -> Any:
    """What was stopped goes on: erased on its day, or the coming night where that has passed."""
    return erasure.resume(session, erasure_id)


@doors.post("/citizens/<uuid:citizen_id>/erasure", roles=OFFICER, answer=schemas.ErasureAnswer,
            about=About("identity", "citizen_id", "change", purpose="supervision"))  # fmt: skip
def erase_citizen(session: Session, principal: Principal, citizen_id: UUID) -> Any:
    """Erase a person now, on request (GDPR article 17); what must be kept stays without the person."""
    return erasure.erase_on_request(session, citizen_id, by=principal.subject)


class TokenRequest(Body):
    """RFC 6749 client credentials, as a form; `scope` asks for less than the client may have."""

    class Meta:
        unknown = "exclude"

    grant_type = marshmallow_fields.String(required=True, validate=validate.Equal("client_credentials"))
    client_id = marshmallow_fields.String(load_default="")
    client_secret = marshmallow_fields.String(load_default="")
    scope = marshmallow_fields.String(load_default="")


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
        "422": problem_documentation("Not a client credentials request, or a scope that the client does not have"),
        "429": problem_documentation(WHY[429]),
    },
)
def issue_token(body: dict[str, str]) -> Response:
    database: Database = current_app.extensions["database"]
    basic = request.authorization
    client_id, secret = body["client_id"], body["client_secret"]
    if basic is not None and basic.type == "basic":
        client_id, secret = basic.username or "", basic.password or ""
    address, today = request.remote_addr or "", clock.today()
    per_address = Limit.of(POLICY.row("limit.token_per_address", today))
    limits.require_room(database, per_address, address)
    limits.hit(database, Limit.of(POLICY.row("limit.token_per_client", today)), client_id)
    try:
        token = database.run(lambda session: clients.token(session, client_id, secret, body["scope"]), actor="token")
    except Unauthenticated:
        limits.hit(database, per_address, address)
        raise
    return jsonify({"access_token": token, "token_type": "Bearer", "expires_in": TOKEN_SECONDS})


issue_token.allowed_roles = "public"
issue_token.about = NOBODY
