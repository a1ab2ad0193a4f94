"""JSON doors to the job bank."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.api import CONSULTANTS, PLACEMENT_CHANGE, PLACEMENTS, doors
from services.matching.queries import jobbank as reads
from services.matching.queries import own
from services.matching.schemas import jobbank as schemas
from services.matching.schemas.doors import DoneAnswer
from services.matching.schemas.needs import NeedAnswer
from services.matching.use_cases import jobbank
from shared import clock
from shared.auth import Principal
from shared.errors import NotFound
from shared.lookups import NOBODY, About, looked

SEASONS = "/workplaces/<int(fixed_digits=10):p_number>/seasons"
FORMER = "/companies/<uuid:company_id>/former"
OWN = About("wishes", purpose="own_access")
OWN_CHANGE = About("wishes", how="change", purpose="own_access")


@doors.get(SEASONS, roles=CONSULTANTS, about=NOBODY, answer=schemas.SeasonsAnswer)
def list_seasons(session: Session, _principal: Principal, p_number: int) -> Any:
    """When a workplace needs more people, and what it asked for last."""
    place = queries.find_workplace(session, f"{p_number:010d}")
    if place is None:
        raise NotFound
    return {"items": [season for season, _pattern, _last in reads.seasons(session, place.id)]}


@doors.post(SEASONS, roles=CONSULTANTS, about=NOBODY, body=schemas.SeasonBody, answer=schemas.SeasonAnswer)
def add_season(session: Session, _principal: Principal, p_number: int, body: dict[str, Any]) -> Any:
    """A season on the terms of one of the workplace's needs."""
    return jobbank.add_season(session, f"{p_number:010d}", **body)


@doors.post(f"{SEASONS}/<uuid:season_id>/remove", roles=CONSULTANTS, about=NOBODY, answer=DoneAnswer)
def remove_season(session: Session, _principal: Principal, p_number: int, season_id: UUID) -> Any:
    """The season is there no more."""
    jobbank.remove_season(session, f"{p_number:010d}", season_id)
    return {"done": True}


@doors.post(
    f"{SEASONS}/<uuid:season_id>/needs", roles=CONSULTANTS, about=NOBODY, body=schemas.SeasonAskBody, answer=NeedAnswer
)
def ask_for_season(session: Session, principal: Principal, p_number: int, season_id: UUID, body: dict[str, Any]) -> Any:
    """The season's people are asked for; whoever answered the call has the need."""
    who = {"by": principal.subject, "name": principal.name}
    return jobbank.ask_for_season(session, f"{p_number:010d}", season_id, body["version"],
                                  starts_on=body["starts_on"], **who)  # fmt: skip


@doors.get(FORMER, roles=CONSULTANTS, about=PLACEMENTS, answer=schemas.FormersAnswer)
def list_former(session: Session, _principal: Principal, company_id: UUID) -> Any:
    """Who was at a company and takes part, and whether it may ask for them again."""
    queries.company(session, None, company_id)
    return {"items": [_former(one) for one in reads.former(session, company_id, clock.today())]}


def _former(one: reads.Former) -> dict[str, Any]:
    made = one.placement
    fields = ("citizen_id", "occupation", "weekly_hours", "ends_on")
    return {name: getattr(made, name) for name in fields} | {"may_be_asked": one.alumnus is not None}


@doors.post(FORMER, roles=CONSULTANTS, about=PLACEMENT_CHANGE, body=schemas.AlumnusBody, answer=DoneAnswer)
def hear_former(session: Session, principal: Principal, company_id: UUID, body: dict[str, Any]) -> Any:
    """What somebody said to staff: the company may ask for them again, or may no more."""
    if body["given"]:
        jobbank.may_be_asked(session, body["citizen_id"], company_id, how=body["how"], heard_by=principal.subject)
    else:
        jobbank.withdraw(session, body["citizen_id"], company_id)
    return {"done": True}


@doors.get("/company-catalogue", roles=("company_employee",), about=PLACEMENTS, answer=schemas.CatalogueAnswer)
def read_catalogue(session: Session, principal: Principal) -> Any:
    """A company's former people who may be asked again, without who they are."""
    company = queries.company_of(session, principal.organisation or "")
    if company is None:
        return {"items": []}
    return {"items": reads.catalogue(session, own(principal), company.id, clock.today())}


@doors.get("/own-former-places", roles=("citizen",), about=OWN, answer=schemas.OwnPlacesAnswer)
def list_own_places(session: Session, principal: Principal) -> Any:
    """Where a citizen has been, with their own yes."""
    looked(session, principal.citizen_id)
    found = reads.own_places(session, principal.citizen_id, clock.today())
    return {
        "items": [
            {"company_id": company.id, "company": company.name, "may_be_asked": alumnus is not None}
            for company, alumnus in found
        ]
    }


@doors.post("/own-former-places", roles=("citizen",), about=OWN_CHANGE, body=schemas.OwnPlaceBody, answer=DoneAnswer)
def say_of_own_place(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """A yes, or out at once."""
    if body["given"]:
        jobbank.may_be_asked(session, principal.citizen_id, body["company_id"], how="digital", heard_by=None)
    else:
        jobbank.withdraw(session, principal.citizen_id, body["company_id"])
    return {"done": True}
