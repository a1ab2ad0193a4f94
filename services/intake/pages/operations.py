"""Ops' pages: how the four services are, the programs that may ask for tokens, and the parts pages are made of."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from sqlalchemy.orm import Session

from services.intake import queries, schemas
from services.intake.pages import pages
from services.intake.use_cases import clients
from shared.auth import SCOPES, Principal
from shared.lookups import NOBODY
from shared.pages import Page, See
from shared.paging import PageQuery

OPS = ("ops",)
CLIENTS = "/drift/klienter"
SERVICE_WORDS = {
    "intake": lazy_gettext("Skranken"),
    "matching": lazy_gettext("Forslag og job"),
    "followup": lazy_gettext("Opfølgning"),
    "notifications": lazy_gettext("Breve og beskeder"),
}
ROLE_WORDS = {"company_employee": lazy_gettext("Virksomhed"), "partner": lazy_gettext("Samarbejdspartner, kun tal")}


@pages.get("/drift", roles=OPS, about=NOBODY)
def operations(_session: Session, _principal: Principal) -> Page:
    """A card by each service on how it is."""
    return Page("intake/operations.html", {"crumbs": [(_("Drift"), None)]})


@pages.get(CLIENTS, roles=OPS, about=NOBODY, query=PageQuery)
def client_list(session: Session, _principal: Principal, query: dict[str, Any]) -> Page:
    """The programs of companies and partners, ended ones among them."""
    found = queries.machine_clients(session, **query)
    crumbs = [(_("Drift"), "/drift"), (_("Programadgange"), None)]
    return Page("intake/clients.html", {"found": found, "role_words": ROLE_WORDS, "crumbs": crumbs})


def _scope_choices() -> list[tuple[str, str]]:
    verbs = {"read": _("læse"), "write": _("skrive")}
    parts = [(scope, *scope.split(":")) for scope in SCOPES]
    return [(scope, f"{SERVICE_WORDS[service]}: {verbs[verb]}") for scope, service, verb in parts]


def _client_form(_session: Session, _principal: Principal, typed: Any = None) -> Page:  # noqa: ARG001  the frame shows it
    crumbs = [(_("Drift"), "/drift"), (_("Programadgange"), CLIENTS), (_("Ny adgang"), None)]
    roles = list(ROLE_WORDS.items())
    return Page("intake/client_new.html", {"roles": roles, "scopes": _scope_choices(), "crumbs": crumbs})


@pages.get(f"{CLIENTS}/ny", roles=OPS, about=NOBODY)
def new_client(session: Session, principal: Principal) -> Page:
    """The form for a company's or partner's program."""
    return _client_form(session, principal)


def _shown_once(made: dict[str, Any]) -> Page:
    crumbs = [(_("Drift"), "/drift"), (_("Programadgange"), CLIENTS), (_("Hemmelighed"), None)]
    return Page("intake/client_secret.html", made | {"crumbs": crumbs}, done_at=CLIENTS)


@pages.post(f"{CLIENTS}/ny", roles=OPS, about=NOBODY, body=schemas.NewClient, again=_client_form)
def make_client_page(session: Session, principal: Principal, body: dict[str, Any]) -> Page:
    """The program's id and secret, shown on this answer alone."""
    return _shown_once(clients.make_client(session, by=principal.subject, **body))


@pages.post(f"{CLIENTS}/<uuid:client_id>/hemmelighed", roles=OPS, about=NOBODY)
def add_secret_page(session: Session, _principal: Principal, client_id: UUID) -> Page:
    """A second secret beside the first, shown on this answer alone."""
    return _shown_once(clients.add_secret(session, client_id))


@pages.post(f"{CLIENTS}/<uuid:client_id>/hemmelighed/<uuid:secret_id>/udloeb", roles=OPS, about=NOBODY)
def retire_secret_page(session: Session, _principal: Principal, client_id: UUID, secret_id: UUID) -> See:
    """One of two secrets is taken out of use."""
    clients.retire_secret(session, client_id, secret_id)
    return See(CLIENTS, _("Hemmeligheden er spærret."))


@pages.post(f"{CLIENTS}/<uuid:client_id>/luk", roles=OPS, about=NOBODY)
def end_client_page(session: Session, principal: Principal, client_id: UUID) -> See:
    """The program is shut out everywhere."""
    ended = clients.end_client(session, client_id, by=principal.subject)
    return See(CLIENTS, _("%(label)s har ikke længere adgang.", label=ended.label))


@pages.get("/drift/komponenter", roles=OPS, about=NOBODY)
def components(_session: Session, _principal: Principal) -> Page:
    """Every part that pages are made of, in all its states."""
    return Page("components.html", {"crumbs": [(_("Drift"), "/drift"), (_("Komponenter"), None)]})


@pages.post("/drift/komponenter", roles=OPS, about=NOBODY)
def try_component(_session: Session, _principal: Principal) -> See:
    """The samples' forms do nothing and say so."""
    return See("/drift/komponenter", _("Prøven gør ikke noget. Sådan ser en besked ud."))


@pages.get("/drift/komponenter/kort/svarer", roles=OPS, about=NOBODY, fragment=True)
def sample_card(_session: Session, _principal: Principal) -> Page:
    """What a card looks like that answers."""
    return Page("intake/sample_card.html")
