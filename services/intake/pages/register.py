"""A first contact, registered in one screen, and the receipt that is printed before the person leaves."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from marshmallow import post_load
from sqlalchemy.orm import Session

from services.intake import queries, rules, schemas
from services.intake.pages import pages
from services.intake.pages.holds import holder_of
from services.intake.queries import receipts
from services.intake.rules.promise import TEXTS
from services.intake.schemas.promise import ReceiptQuery
from services.intake.use_cases import POLICY, citizens, walk_ins
from shared import clock, units
from shared.auth import STAFF, Principal
from shared.errors import Invalid
from shared.lookups import About, looked
from shared.pages import Page, See

STAYS = ("interpreter", "digital_post_exempt", "protected")


class FirstContactForm(schemas.NewFirstContact):
    """A box without a tick says nothing here: somebody known keeps the protection that nobody mentioned."""

    @post_load
    def only_what_was_said(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Unticked boxes are left out."""
        return {name: value for name, value in data.items() if value is not False or name not in STAYS}


def _who(session: Session, principal: Principal, typed: Mapping[str, Any], *, educated: bool) -> dict[str, Any]:
    """Who it is or may be by what is typed so far, with the proposed category; those who are shown are looked at."""
    cpr, name = (typed.get("cpr") or "").strip() or None, (typed.get("name") or "").strip() or None
    try:
        digits = rules.read_cpr(cpr, clock.today()).digits if cpr else ""
    except Invalid:
        return {"who": None}
    if digits:
        citizens.count_look_up(session, principal, digits)
    who = walk_ins.look(session, cpr, name)
    shown = [*([who.known] if who.known else []), *who.likely]
    looked(session, *(one.id for one in shown))
    category = rules.default_category(who.born, educated, clock.today(), POLICY) if who.born else None
    belong = units.of(session, *(one.id for one in shown))
    ours = who.known is not None and belong[who.known.id].unit_code in (None, principal.organisation)
    return {
        "who": who, "belong": belong, "ours": ours, "category": category, "by_cpr": bool(digits),
        "age": rules.age_on(who.born, clock.today()) if who.born else None,
        "person_reasons": rules.OTHER_PERSON_REASONS,
    }  # fmt: skip


@pages.post(
    "/skranken/ny/hvem",
    roles=STAFF,
    about=About("identity", how="search", purpose="visitation"),
    body=schemas.WhoForm,
    fragment=True,
)
def who_it_is(session: Session, principal: Principal, body: dict[str, Any]) -> Page:
    """Who it is or may be, while the form is filled in; a CPR number counts once."""
    return Page("intake/_who.html", _who(session, principal, body, educated=body["qualifying_education"]))


def _form(session: Session, principal: Principal, typed: Any = None) -> Page:
    today = clock.today()
    context = {
        "benefits": schemas.BENEFITS,
        "contact_channels": schemas.CONTACT_CHANNELS,
        "urgencies": rules.URGENCIES,
        "applications": rules.APPLICATIONS,
        "municipality": POLICY.row("desk.municipality", today).value,
        "own_unit": principal.organisation or "",
        "guidance": POLICY.row("desk.guidance", today).value,
        "crumbs": [(_("Skranken"), "/skranken"), (_("Ny henvendelse"), None)],
    }
    if typed is not None:
        context |= _who(session, principal, typed, educated="qualifying_education" in typed)
    return Page("intake/register.html", context)


@pages.get("/skranken/ny", roles=STAFF, about=About("identity", purpose="visitation"))
def first_contact_form(session: Session, principal: Principal) -> Page:
    """An empty form."""
    return _form(session, principal)


@pages.post(
    "/skranken/ny",
    roles=STAFF,
    about=About("identity", how="change", purpose="visitation"),
    body=FirstContactForm,
    again=_form,
    shows="list",
)
def register_contact(session: Session, principal: Principal, body: dict[str, Any]) -> See:
    """Both clocks start and a slot is held; somebody of another unit who comes here is opened for the visitation."""
    if body["cpr"]:
        citizens.count_look_up(session, principal, rules.read_cpr(body["cpr"], clock.today()).digits)
    body = {"unit_code": principal.organisation} | body | {"hold_id": holder_of(principal)}
    made = walk_ins.register(session, **body, ask=True, by=principal.subject)
    belongs = units.of(session, made["citizen_id"])[made["citizen_id"]].unit_code
    if belongs not in (None, principal.organisation):
        units.open_for(session, made["citizen_id"], "visitation")
    if made["known_before"]:
        said = _("Henvendelsen er registreret. Borgeren var kendt i forvejen.")
    else:
        said = _("Henvendelsen er registreret. Borgeren er oprettet.")
    return See(f"/skranken/kvittering/{made['contact_id']}", said)


@pages.get(
    "/skranken/kvittering/<uuid:contact_id>",
    roles=STAFF,
    about=About("case", purpose="visitation"),
    query=ReceiptQuery,
)
def contact_receipt(session: Session, _principal: Principal, contact_id: UUID, query: dict[str, Any]) -> Page:
    """What the person takes home, in the words they read best; beside it both deadlines with what set them."""
    contact = queries.contact(session, contact_id)
    citizen = queries.citizen(session, contact.citizen_id)
    context = {
        "contact": contact,
        "citizen": citizen,
        "texts": TEXTS,
        **receipts.receipt(session, contact, citizen, query["tekst"]),
        "crumbs": [(_("Skranken"), "/skranken"), (_("Kvittering"), None)],
    }
    return Page("intake/receipt.html", context)
