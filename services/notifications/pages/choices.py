"""What people choose about messages to them: on a page of their own, or by the link in a reminder without sign-in."""

from typing import Any
from uuid import UUID

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.notifications.models import Address
from services.notifications.pages import pages
from services.notifications.pages.overview import HOME
from services.notifications.rules.channels import EMAIL, PAPER, SMS
from services.notifications.rules.table import LETTERS_TOPIC, REMINDERS_TOPIC
from services.notifications.schemas import ChoicesForm, LinkForm
from services.notifications.use_cases import choices
from shared import clock, links
from shared.auth import Principal
from shared.errors import Refused
from shared.lookups import About
from shared.pages import PUBLIC, Page, See, Undo

OWN, BY_LINK = f"{HOME}/valg", links.NO_REMINDERS_PATH
MINE, CHANGE = About("contact", purpose="own_access"), About("contact", how="change", purpose="own_access")
OFFERED = {LETTERS_TOPIC: (EMAIL, SMS, PAPER), REMINDERS_TOPIC: (SMS, EMAIL)}


class LinkOver(Refused):
    """The link is not ours, or it is too old."""

    status = 410

    def __init__(self) -> None:
        super().__init__(
            "link_over",
            "Linket virker ikke længere. Ring til os, eller log ind på Min side, hvis du vil vælge.",
            "The link no longer works. Ring us, or sign in to My page, if you want to choose.",
        )


@pages.get(OWN, roles=("citizen",), about=MINE)
def own_choices(session: Session, principal: Principal, typed: Any = None) -> Page:  # noqa: ARG001  (the frame shows it)
    """By which channel I am written to, and whether I want reminders."""
    address = choices.of(session, principal.citizen_id)
    return Page("pages/choices.html", {
        "chosen": choices.as_form(address.choices), "offered": OFFERED,
        "crumbs": [(_("Min side"), "/min-side"), (_("Beskeder til dig"), None)],
    })  # fmt: skip


@pages.post(OWN, roles=("citizen",), about=CHANGE, body=ChoicesForm, again=own_choices)
def choose(session: Session, principal: Principal, body: dict[str, Any]) -> See:
    """Kept from now on; what has left has left."""
    before = choices.choose(session, principal.citizen_id, choices.from_form(body))
    return See(OWN, _("Dit valg er gemt."), Undo(OWN, choices.as_form(before)))


def _who(code: str) -> UUID:
    person = links.read(current_app.extensions["settings"], links.NO_REMINDERS, code, clock.now())
    if person is None:
        raise LinkOver
    return person


def _by_link(session: Session, code: str) -> Page:
    address: Address = choices.of(session, _who(code))
    declined = address.choices.get(REMINDERS_TOPIC, {}).get(choices.DECLINED, False)
    return Page("pages/no_reminders.html", {"code": code, "declined": declined})


@pages.get(BY_LINK, roles=PUBLIC, about=MINE, query=LinkForm)
def asked_by_link(session: Session, _principal: Principal, query: dict[str, str]) -> Page:
    """What saying no means, and the button."""
    return _by_link(session, query["kode"])


@pages.post(BY_LINK, roles=PUBLIC, about=CHANGE, body=LinkForm)
def decline_by_link(session: Session, _principal: Principal, body: dict[str, str]) -> See:
    """No reminders any more."""
    choices.decline(session, _who(body["kode"]), declined=True)
    back = Undo(f"{BY_LINK}/fortryd", {"kode": body["kode"]})
    return See(f"{BY_LINK}?kode={body['kode']}", _("Du får ikke flere påmindelser."), back)


@pages.post(f"{BY_LINK}/fortryd", roles=PUBLIC, about=CHANGE, body=LinkForm)
def want_by_link(session: Session, _principal: Principal, body: dict[str, str]) -> See:
    """Reminders again."""
    choices.decline(session, _who(body["kode"]), declined=False)
    return See(f"{BY_LINK}?kode={body['kode']}", _("Du får påmindelser igen."))
