"""The data-protection officer's page: who looked at whom, what is to be erased, and erasure on request."""

from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.intake import queries, schemas
from services.intake.pages import pages, words
from services.intake.pages.listed import SIDE, SideQuery, listed
from services.intake.pages.operations import SERVICE_WORDS
from services.intake.rules import read_cpr
from services.intake.use_cases import citizens, erasure
from shared import clock
from shared.auth import Principal
from shared.errors import Invalid
from shared.fields import Body, Text
from shared.frame import chosen
from shared.insight import OFFICER, TrailQuery
from shared.lookups import DATA, NOBODY, PURPOSES, About, looked
from shared.navigation import HOME_OF_SERVICE
from shared.pages import Page, See, Undo

FILTERS = ("actor", "name", "subject", "since", "until", "purpose", "refused")
HOME = "/indsigt"
CHANGE = About("identity", how="change", purpose="supervision")


class CitizenQuery(Body):
    """A CPR number, sent by POST so that it stands in no address."""

    cpr = Text(20, required=True)


def _insight(query: dict[str, Any]) -> Page:
    asked = {name: str(query[name]) for name in FILTERS if query.get(name)}
    suffix = f"?{urlencode(asked)}" if asked else ""
    cards = [
        (SERVICE_WORDS[service], f"{home}/kort/opslag{suffix}", f"{home}/opslag.csv{suffix}")
        for service, home in HOME_OF_SERVICE.items()
    ]
    purposes = [("", _("Alle")), *((code, chosen(said)) for code, said in PURPOSES.items())]
    context = {
        "query": asked, "cards": cards, "purposes": purposes, "homes": HOME_OF_SERVICE,
        "crumbs": [(_("Opslag"), None)],
    }  # fmt: skip
    return Page("intake/insight.html", context)


@pages.get(HOME, roles=OFFICER, about=NOBODY, query=TrailQuery)
def insight(_session: Session, _principal: Principal, query: dict[str, Any]) -> Page:
    """The filters, and a card by each service."""
    return _insight(query)


def _again(_session: Session, _principal: Principal, typed: Any) -> Page:  # noqa: ARG001  a CPR number is not shown again
    return _insight({})


@pages.post(HOME, roles=OFFICER, about=About("identity", how="search", purpose="supervision"), body=CitizenQuery,
            again=_again)  # fmt: skip
def find_citizen(session: Session, principal: Principal, body: dict[str, str]) -> See:
    """From a CPR number to the citizen's id in our logs."""
    number = read_cpr(body["cpr"], clock.today())
    found = citizens.find_by_cpr(session, principal, number.digits)
    if found is None:
        raise Invalid({"cpr": "Ingen borger med det nummer er kendt her. / No citizen with this number is known here."})
    looked(session, found.id)
    return See(f"{HOME}?subject={found.id}")


@pages.get(f"{HOME}/sletning", roles=OFFICER, about=About("identity", how="list", purpose="supervision"),
           query=SideQuery)  # fmt: skip
def erasures(session: Session, _principal: Principal, query: dict[str, Any]) -> Page:
    """What is announced to be erased, what keeps something, and a card by each service on how long."""
    return _erasures(session, query)


def _erasures(session: Session, query: dict[str, Any]) -> Page:
    due, sides = listed(partial(queries.due_erasures, session), f"{HOME}/sletning", query)
    context = {
        "due": due, "sides": sides,
        "cards": [(SERVICE_WORDS[service], f"{home}/kort/sletning") for service, home in HOME_OF_SERVICE.items()],
        "data_words": {code: chosen(said) for code, said in DATA.items()},
        "reasons": words.choices("stop_reason"),
        "crumbs": [(_("Opslag"), HOME), (_("Sletning"), None)],
    }  # fmt: skip
    return Page("intake/erasures.html", context)


def _erasures_again(session: Session, _principal: Principal, typed: Any, **_path: Any) -> Page:  # noqa: ARG001
    return _erasures(session, {SIDE: 1})


@pages.post(f"{HOME}/sletning/<uuid:erasure_id>/stop", roles=OFFICER, body=schemas.ErasureStop,
            about=CHANGE, again=_erasures_again, decides=True)  # fmt: skip
def stop_erasure_page(session: Session, principal: Principal, erasure_id: UUID, body: dict[str, Any]) -> See:
    """The data stays, for a reason."""
    erasure.stop(session, erasure_id, **body, by=principal.subject)
    return See(f"{HOME}/sletning", _("Sletningen er stoppet."), Undo(f"{HOME}/sletning/{erasure_id}/fortsaet"))


@pages.post(f"{HOME}/sletning/<uuid:erasure_id>/fortsaet", roles=OFFICER, about=CHANGE, again=_erasures_again,
            decides=True)  # fmt: skip
def resume_erasure_page(session: Session, _principal: Principal, erasure_id: UUID) -> See:
    """The data does not stay after all."""
    erasure.resume(session, erasure_id)
    return See(f"{HOME}/sletning", _("Sletningen er ikke stoppet mere."))


@pages.post(f"{HOME}/borger/<uuid:citizen_id>/slet", roles=OFFICER, again=_erasures_again, decides=True,
            about=About("identity", "citizen_id", "change", purpose="supervision"))  # fmt: skip
def erase_page(session: Session, principal: Principal, citizen_id: UUID) -> See:
    """Erase a person on request (GDPR article 17)."""
    erasure.erase_on_request(session, citizen_id, by=principal.subject)
    return See(f"{HOME}/sletning", _("Oplysningerne er slettet. De andre tjenester får besked nu."))
