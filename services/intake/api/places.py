"""Doors to places at workplaces."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.intake import queries, schemas
from services.intake.api.desk import doors
from services.intake.use_cases import places
from shared.auth import STAFF, Principal
from shared.lookups import NOBODY, About

HOLD = About("case", how="change", purpose="activation")


@doors.post("/hosts/<uuid:host_id>/places", roles=("adviser", "ops"), about=NOBODY, body=schemas.HostPlaces,
            answer=schemas.HostAnswer, status=200)  # fmt: skip
def set_places(session: Session, _principal: Principal, host_id: UUID, body: dict[str, Any]) -> Any:
    """How many people a workplace can take by weekday, and when it is closed."""
    return places.edit(session, host_id, **body)


@doors.get("/hosts/offers", roles=STAFF, about=NOBODY, query=schemas.StayQuery, answer=schemas.OfferList)
def list_offers(session: Session, _principal: Principal, query: dict[str, Any]) -> Any:
    """Workplaces for a stay: the free ones, and for the others the next day with a place."""
    return {"items": places.offers(session, **query)}


@doors.post("/visitations/<uuid:visitation_id>/place", roles=("adviser",), about=HOLD, body=schemas.NewPlaceHold,
            answer=schemas.PlaceHoldAnswer)  # fmt: skip
def hold_place(session: Session, _principal: Principal, visitation_id: UUID, body: dict[str, Any]) -> Any:
    """Hold a place for a talk until the time-out; an earlier hold of the same talk is let go."""
    return places.hold(session, visitation_id, **body)


@doors.post("/visitations/<uuid:visitation_id>/place/release", roles=("adviser",), about=HOLD,
            answer=schemas.Released, status=200)  # fmt: skip
def release_place(session: Session, _principal: Principal, visitation_id: UUID) -> Any:
    """Let a held place go."""
    queries.visitation(session, visitation_id)
    places.release(session, visitation_id)
    return {"visitation_id": visitation_id}
