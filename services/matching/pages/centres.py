"""Virksomhedscentre: standing places, who has them, and the line, moved on by people."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.api import PLACEMENT_CHANGE, PLACEMENTS
from services.matching.pages import pages, said
from services.matching.pages.companies import crumbs_of
from services.matching.pages.workplaces import PLACE, at_place
from services.matching.queries import centres as reads
from services.matching.schemas import centres as schemas
from services.matching.use_cases import centres
from shared import clock, merges
from shared.auth import CONSULTANTS, Principal
from shared.errors import Invalid, NotFound
from shared.lookups import About, looked
from shared.pages import Page, See, Undo

AT = f"{PLACE}/centre"
CITIZEN = "/match/borger/<uuid:citizen_id>/centre"
OF_CITIZEN = About("placement", "citizen_id", purpose="matching")
OF_CITIZEN_CHANGE = About("placement", "citizen_id", how="change", purpose="matching")


@pages.get("/match/centre", roles=CONSULTANTS, about=PLACEMENTS)
def centre_list(session: Session, who: Principal) -> Page:
    """All centres with their numbers, and one's own offers that ran out."""
    lapsed = reads.lapsed_offers(session, who.subject)
    shown = {
        "found": reads.centres_listed(session),
        "lapsed": lapsed,
        "names": queries.names(session, [stay.citizen_id for stay, _place in lapsed]),
        "crumbs": [(_("Behov og match"), "/match"), (_("Virksomhedscentre"), None)],
    }
    return Page("matching/centres.html", shown)


@pages.get(AT, roles=CONSULTANTS, about=PLACEMENTS)
def centre_page(session: Session, _who: Principal, company_id: UUID, p_number: int, typed: Any = None) -> Page:
    """One centre, or the form that makes the workplace one."""
    company, place, home = at_place(session, company_id, p_number)
    try:
        found = reads.centre_answer(session, place.p_number)
    except NotFound:
        found = {"centre": None, "places": [], "there": [], "line": []}
    people = [*(stay.citizen_id for stay in found["there"]), *(one.stay.citizen_id for one in found["line"])]
    shown = found | {
        "company": company,
        "place": place,
        "home": f"{home}/centre",
        "named": {one.id: one.name for one in found["places"]},
        "names": queries.names(session, people),
        "crumbs": crumbs_of(company, (place.name, home), (_("Virksomhedscenter"), None)),
        "typed": typed,
    }
    return Page("matching/centre.html", shown)


def _home(session: Session, company_id: UUID, p_number: int) -> tuple[str, str]:
    _company, place, home = at_place(session, company_id, p_number)
    return place.p_number, f"{home}/centre"


@pages.post(AT, roles=CONSULTANTS, about=PLACEMENTS, body=schemas.CentreBody, again=centre_page,
            shows="list")  # fmt: skip
def set_up_centre_here(session: Session, _who: Principal, company_id: UUID, p_number: int, body: dict[str, Any]) -> See:
    """A centre, or told of anew."""
    number, home = _home(session, company_id, p_number)
    centres.set_up(session, number, body.pop("version"), **body)
    return See(home, _("Oplysningerne er gemt."))


@pages.post(f"{AT}/plads", roles=CONSULTANTS, about=PLACEMENTS, body=schemas.PlaceForm, again=centre_page,
            shows="list")  # fmt: skip
def add_place_here(session: Session, _who: Principal, company_id: UUID, p_number: int, body: dict[str, Any]) -> See:
    """One more standing place."""
    number, home = _home(session, company_id, p_number)
    row = centres.add_place(session, number, **body)
    return See(
        home, _("%(name)s er skrevet op.", name=row.name), Undo(f"{home}/plads/fjern", {"place_id": str(row.id)})
    )


@pages.post(f"{AT}/plads/fjern", roles=CONSULTANTS, about=PLACEMENTS, body=schemas.PlaceGoneForm, again=centre_page,
            shows="list")  # fmt: skip
def remove_place_here(session: Session, _who: Principal, company_id: UUID, p_number: int, body: dict[str, Any]) -> See:
    """The place is there no more."""
    number, home = _home(session, company_id, p_number)
    told = centres.take_place_away(session, number, body["place_id"])
    return See(home, _("%(name)s er fjernet.", name=told["name"]), Undo(f"{home}/plads", told))


@pages.get(CITIZEN, roles=CONSULTANTS, about=OF_CITIZEN)
def ask_form(session: Session, _who: Principal, citizen_id: UUID, typed: Any = None) -> Page:
    """The form that puts a citizen in line at a centre."""
    looked(session, citizen_id := merges.survivor(session, citizen_id))
    name = said.called(citizen_id, queries.names(session, [citizen_id]))
    found = reads.centres_listed(session)
    shown = {
        "citizen_id": citizen_id,
        "name": name,
        "centres": [(one.place.p_number, f"{one.company.name}, {one.place.name}") for one in found],
        "crumbs": [(name, f"/borger/{citizen_id}"), (_("Virksomhedscenter"), None)],
        "typed": typed,
    }
    return Page("matching/centre_ask.html", shown)


@pages.post(CITIZEN, roles=CONSULTANTS, about=OF_CITIZEN_CHANGE, body=schemas.AskForm, again=ask_form)
def ask_here(session: Session, who: Principal, citizen_id: UUID, body: dict[str, Any]) -> See:
    """In line."""
    stay = centres.ask(session, body["p_number"], citizen_id=citizen_id, windows=body["windows"], by=who.subject)
    place = queries.find_workplace(session, body["p_number"])
    home = f"/virksomheder/{place.company_id}/steder/{place.p_number}/centre" if place else "/match/centre"
    fields = {"act": "end", "reason_code": "mistake", "version": str(stay.version)}
    return See(home, _("Borgeren er på ventelisten."), Undo(f"/match/centre/ophold/{stay.id}", fields))


def _stay_again(session: Session, who: Principal, stay_id: UUID, typed: Any = None) -> Page:
    """The centre that the stay is at, as the step left it."""
    place = reads.place_of_stay(session, stay_id)
    page: Page = centre_page(session, who, place.company_id, int(place.p_number), typed)
    return page


@pages.post(
    "/match/centre/ophold/<uuid:stay_id>", roles=CONSULTANTS, about=PLACEMENT_CHANGE, body=schemas.StayForm,
    again=_stay_again, shows="list")  # fmt: skip
def move_stay(session: Session, who: Principal, stay_id: UUID, body: dict[str, Any]) -> See:
    """The next step, or the last one taken back."""
    act, version = body["act"], body["version"]
    if act == "seen":
        centres.mark_seen(session, stay_id, who.subject)
        return See("/match/centre", _("Beskeden er læst."))
    if act == "offer":
        for name in ("place_id", "answer_by"):
            if body[name] is None:
                raise Invalid({name: "Mangler. / Missing."})
        told = {name: body[name] for name in ("place_id", "answer_by", "order_reason_code")}
        stay = centres.offer(session, stay_id, version, **told, by=who.subject)
    elif act in ("yes", "no"):
        talked = (body["talked_on"] or clock.today()) if act == "yes" else None
        stay = centres.answer(session, stay_id, version, accepted=act == "yes", talked_on=talked)
    elif act == "end":
        stay = centres.end(session, stay_id, version, body["reason_code"] or "stopped")
    else:
        stay = centres.undo(session, stay_id, version)
    place = reads.place_of_stay(session, stay_id)
    home = f"/virksomheder/{place.company_id}/steder/{place.p_number}/centre"
    back = None if act == "undo" else Undo(f"/match/centre/ophold/{stay_id}", {
        "act": "undo", "version": str(stay.version),
    })  # fmt: skip
    return See(home, _("Borgeren %(state)s.", state=said.term("stay_state", stay.state)), back)
