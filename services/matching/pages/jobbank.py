"""The job bank: what a workplace asks for season by season, its former people, and each side's own pages of it."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.api import PLACEMENT_CHANGE, PLACEMENTS
from services.matching.api.jobbank import OWN, OWN_CHANGE
from services.matching.models import Need
from services.matching.pages import pages
from services.matching.pages.companies import crumbs_of
from services.matching.pages.knowledge import month_choices
from services.matching.pages.workplaces import PLACE, at_place
from services.matching.queries import jobbank as reads
from services.matching.schemas import jobbank as schemas
from services.matching.use_cases import jobbank
from shared import clock
from shared.auth import CONSULTANTS, Principal
from shared.lookups import looked
from shared.pages import Page, See, Undo

AT = f"{PLACE}/jobbank"
MINE = "/match/mine-steder"
MOST = 50


@pages.get(AT, roles=CONSULTANTS, about=PLACEMENTS)
def jobbank_page(session: Session, _who: Principal, company_id: UUID, p_number: int, typed: Any = None) -> Page:
    """A workplace's seasons, how many came through the municipality, and who may be asked again."""
    company, place, home = at_place(session, company_id, p_number)
    former = reads.former(session, company_id, clock.today())
    needs = queries.latest_needs(session, None, company_id, MOST, Need.p_number == place.p_number)
    shown = {
        "company": company,
        "place": place,
        "home": f"{home}/jobbank",
        "staff": reads.latest_staff(session, place.id),
        "seasons": reads.seasons(session, place.id),
        "former": former,
        "names": queries.names(session, [one.placement.citizen_id for one in former]),
        "needs": [(str(one.id), one.title) for one in needs],
        "months": month_choices(),
        "crumbs": crumbs_of(company, (place.name, home), (_("Jobbank"), None)),
        "typed": typed,
    }
    return Page("matching/jobbank.html", shown)


def _at(session: Session, company_id: UUID, p_number: int) -> tuple[str, str]:
    _company, place, home = at_place(session, company_id, p_number)
    return place.p_number, f"{home}/jobbank"


@pages.post(f"{AT}/saeson", roles=CONSULTANTS, about=PLACEMENTS, body=schemas.SeasonBody, again=jobbank_page,
            shows="list")  # fmt: skip
def add_season_here(session: Session, _who: Principal, company_id: UUID, p_number: int, body: dict[str, Any]) -> See:
    """A season on the terms of one of the workplace's needs."""
    number, home = _at(session, company_id, p_number)
    row = jobbank.add_season(session, number, **body)
    return See(home, _("%(name)s er skrevet op.", name=row.name), Undo(f"{home}/fjern", {"season_id": str(row.id)}))


@pages.post(f"{AT}/fjern", roles=CONSULTANTS, about=PLACEMENTS, body=schemas.SeasonGoneForm, again=jobbank_page,
            shows="list")  # fmt: skip
def remove_season_here(session: Session, _who: Principal, company_id: UUID, p_number: int, body: dict[str, Any]) -> See:
    """The season is there no more."""
    number, home = _at(session, company_id, p_number)
    told = jobbank.remove_season(session, number, body["season_id"])
    return See(home, _("%(name)s er fjernet.", name=told["name"]), Undo(f"{home}/saeson", told))


@pages.post(f"{AT}/bestil", roles=CONSULTANTS, about=PLACEMENTS, body=schemas.SeasonAskForm, again=jobbank_page,
            shows="list")  # fmt: skip
def ask_for_season_here(session: Session, who: Principal, company_id: UUID, p_number: int, body: dict[str, Any]) -> See:
    """A need like the season's; the consultant has it, and its shortlist is next."""
    number, _home = _at(session, company_id, p_number)
    asked = {"starts_on": body["starts_on"], "by": who.subject, "name": who.name}
    need = jobbank.ask_for_season(session, number, body["season_id"], body["version"], **asked)
    back = Undo(f"/match/behov/{need.id}/tilstand", {"state": "closed", "version": str(need.version)})
    return See(f"/match/behov/{need.id}", _("Behovet er oprettet, og du har det."), back)


@pages.post(f"{AT}/tidligere", roles=CONSULTANTS, about=PLACEMENT_CHANGE, body=schemas.AlumnusForm,
            again=jobbank_page, shows="list")  # fmt: skip
def hear_former_here(session: Session, who: Principal, company_id: UUID, p_number: int, body: dict[str, Any]) -> See:
    """What somebody said: the company may ask again, or may no more."""
    _number, home = _at(session, company_id, p_number)
    citizen = {"citizen_id": str(body["citizen_id"])}
    if body["given"]:
        jobbank.may_be_asked(session, body["citizen_id"], company_id, how=body["how"], heard_by=who.subject)
        return See(home, _("Borgeren må spørges igen."), Undo(f"{home}/tidligere", citizen))
    jobbank.withdraw(session, body["citizen_id"], company_id)
    return See(home, _("Borgeren er ude af kataloget."), Undo(f"{home}/tidligere", citizen | {"given": "on"}))


@pages.get("/virksomhed/katalog", roles=("company_employee",), about=PLACEMENTS)
def own_catalogue(session: Session, who: Principal) -> Page:
    """A company's former people who may be asked again, without who they are."""
    company = queries.company_of(session, who.organisation or "")
    if company is None:
        return Page("matching/portal_unknown.html", {"cvr": who.organisation})
    found = reads.catalogue(session, queries.own(who), company.id, clock.today())
    crumbs = [(_("Jeres Jobbutik"), "/virksomhed"), (_("Katalog"), None)]
    return Page("matching/own_catalogue.html", {"found": found, "crumbs": crumbs})


@pages.get(MINE, roles=("citizen",), about=OWN)
def own_places(session: Session, who: Principal, typed: Any = None) -> Page:
    """Where a citizen has been, and whether each may ask for them again."""
    looked(session, who.citizen_id)
    found = reads.own_places(session, who.citizen_id, clock.today())
    crumbs = [(_("Min side"), "/min-side"), (_("Steder, jeg har været"), None)]
    return Page("matching/own_places.html", {"found": found, "crumbs": crumbs, "typed": typed})


@pages.post(MINE, roles=("citizen",), about=OWN_CHANGE, body=schemas.OwnPlaceBody, again=own_places)
def say_of_place(session: Session, who: Principal, body: dict[str, Any]) -> See:
    """A yes, or out at once."""
    company = {"company_id": str(body["company_id"])}
    if body["given"]:
        jobbank.may_be_asked(session, who.citizen_id, body["company_id"], how="digital", heard_by=None)
        return See(MINE, _("Stedet må spørge efter dig."), Undo(MINE, company))
    jobbank.withdraw(session, who.citizen_id, body["company_id"])
    return See(MINE, _("Stedet kan ikke se dig mere."), Undo(MINE, company | {"given": "on"}))
