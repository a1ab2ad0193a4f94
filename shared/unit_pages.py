"""The unit's border as people meet it: a page that asks what for, a line in a card, and the act that opens."""

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from flask import Blueprint, g, redirect, request
from flask_babel import gettext as _
from marshmallow import fields
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from shared import frame, units
from shared.auth import STAFF, Principal
from shared.doors import problem
from shared.fields import Body
from shared.lookups import PURPOSES, About, looked
from shared.navigation import HOME_OF_SERVICE
from shared.pages import Pages
from shared.site import own_path
from shared.units import NoPurpose, OtherUnit


class PurposeForm(Body):
    """What somebody of another unit opens a citizen for, and the page that they came for."""

    purpose = fields.String(load_default="")
    til = fields.String(load_default="")


def blueprint_for(service: str) -> Blueprint:
    """A fresh blueprint with the act under the service's own address, so that it works when the others are away."""
    blueprint = Blueprint(f"{service}_units", __name__)
    home = HOME_OF_SERVICE[service]
    opening = About("identity", "citizen_id", purpose="visitation", any_unit=True)

    @Pages(blueprint).post(f"{home}/formaal/<uuid:citizen_id>", roles=STAFF, about=opening, body=PurposeForm)
    def open_citizen(session: Session, _principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> AnyResponse:
        """From now until the session ends the reader's looks at the citizen bear this purpose, in every service."""
        back = own_path(body["til"] or f"/borger/{citizen_id}")
        if body["purpose"] not in units.PURPOSES:
            raise NoPurpose(citizen_id, units.of(session, citizen_id)[citizen_id].unit_code, back)
        looked(session, citizen_id, purpose=body["purpose"])
        units.open_for(session, citizen_id, body["purpose"])
        return redirect(back, 303)

    @blueprint.app_errorhandler(OtherUnit)
    def other_unit(closed: OtherUnit) -> AnyResponse:
        """The refusal is on record by now."""
        if not frame.is_page():
            return problem(closed)
        template = "other_unit_fragment.html" if g.get("fragment") else "other_unit.html"
        return frame.rendered(template, _asked(closed, home), closed.status)

    return blueprint


def _asked(closed: OtherUnit, home: str) -> dict[str, Any]:
    return {
        "citizen_id": closed.citizen_id,
        "unit_name": frame.chosen(units.called(closed.unit_code)),
        "action": f"{home}/formaal/{closed.citizen_id}",
        "til": closed.back if isinstance(closed, NoPurpose) else _came_for(closed.citizen_id),
        "purposes": [(code, frame.chosen(PURPOSES[code])) for code in units.PURPOSES],
        "errors": frame.errors_of(closed),
        "crumbs": [(_("Anden enhed"), None)],
    }


def _came_for(citizen_id: UUID) -> str:
    """The page that was asked for, or the one that a form was sent from."""
    if request.method == "GET":
        return request.full_path.rstrip("?")
    return urlsplit(request.referrer or f"/borger/{citizen_id}").path
