"""Doors of the walk-in: who it may be, and where the digital application stands."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.intake import rules
from services.intake.api.desk import doors
from services.intake.schemas import ApplicationAnswer, NewApplication, NewWho, WhoAnswer
from services.intake.use_cases import citizens, walk_ins
from shared import clock
from shared.auth import STAFF, Principal
from shared.lookups import About, looked

CHANGE = About("case", how="change", purpose="visitation")


@doors.post(
    "/likely-same-people",
    roles=STAFF,
    about=About("identity", how="search", purpose="visitation"),
    body=NewWho,
    answer=WhoAnswer,
)
def find_likely_same(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """Who a CPR number and a name may be, before anybody is registered."""
    if body["cpr"] is not None:
        citizens.count_look_up(session, principal, rules.read_cpr(body["cpr"], clock.today()).digits)
    who = walk_ins.look(session, body["cpr"], body["name"])
    looked(session, *(one.id for one in ([who.known] if who.known else who.likely)))
    return {
        "known": who.known and who.known.id,
        "likely": [
            {
                "citizen_id": None if one.protected else one.id,
                "name": None if one.protected else one.name,
                "birth_date": None if one.protected else one.birth_date,
                "protected": one.protected,
            }
            for one in who.likely
        ],
    }


@doors.post(
    "/first-contacts/<uuid:contact_id>/application",
    roles=STAFF,
    about=CHANGE,
    body=NewApplication,
    answer=ApplicationAnswer,
)
def note_application(session: Session, principal: Principal, contact_id: UUID, body: dict[str, Any]) -> Any:
    """Say where the digital application stands now."""
    return walk_ins.note_application(session, contact_id, body["state"], by=principal.subject)
