"""What people choose about messages to them: on a page of their own, or by the link in a reminder without sign-in."""

from typing import Any
from uuid import UUID

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.notifications.models import Address
from services.notifications.pages import pages, words
from services.notifications.pages.overview import HOME
from services.notifications.rules import table
from services.notifications.rules.channels import SHORT, WRITTEN
from services.notifications.schemas import ChoicesForm, LinkForm
from services.notifications.use_cases import choices
from shared import clock, links
from shared.auth import Principal
from shared.errors import Refused
from shared.lookups import About
from shared.pages import PUBLIC, Page, See, Undo

OWN, BY_LINK = f"{HOME}/valg", links.NO_REMINDERS_PATH
MINE, CHANGE = About("contact", purpose="own_access"), About("contact", how="change", purpose="own_access")


class LinkOver(Refused):
    """The link is not ours, or it is too old."""

    status = 410

    def __init__(self) -> None:
        super().__init__(
            "link_over",
            "Linket virker ikke længere. Ring til os, eller vælg på Min side.",
            "The link no longer works. Ring us, or choose on My page.",
        )


@pages.get(OWN, roles=("citizen",), about=MINE)
def own_choices(session: Session, principal: Principal, typed: Any = None) -> Page:  # noqa: ARG001  (the frame shows it)
    """By which channel I hear of what, and of what not at all."""
    address = choices.of(session, principal.citizen_id)
    return Page("pages/choices.html", {
        "chosen": choices.as_form(address.choices), "written": WRITTEN, "short": SHORT,
        "topics": words.choices("topic", table.TOPICS),
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


def _by_link(session: Session, code: str, topic: str) -> Page:
    address: Address = choices.of(session, _who(code))
    offered, declined = table.may_decline(address.kind), choices.declined(address.choices)
    asked = topic if topic in offered else table.APPOINTMENTS
    return Page("pages/no_thanks.html", {
        "code": code, "asked": asked, "others": [one for one in offered if one != asked], "declined": declined,
    })  # fmt: skip


@pages.get(BY_LINK, roles=PUBLIC, about=MINE, query=LinkForm)
def asked_by_link(session: Session, _principal: Principal, query: dict[str, str]) -> Page:
    """What saying no means, and the button; below what else may be declined."""
    return _by_link(session, query["kode"], query["emne"])


@pages.post(BY_LINK, roles=PUBLIC, about=CHANGE, body=LinkForm)
def decline_by_link(session: Session, _principal: Principal, body: dict[str, str]) -> See:
    """No more of these."""
    choices.decline(session, _who(body["kode"]), choices.named(body["emne"]), declined=True)
    return See(_here(body), _("Vi sender ikke flere af dem."), Undo(f"{BY_LINK}/fortryd", dict(body)))


@pages.post(f"{BY_LINK}/fortryd", roles=PUBLIC, about=CHANGE, body=LinkForm)
def want_by_link(session: Session, _principal: Principal, body: dict[str, str]) -> See:
    """These again."""
    choices.decline(session, _who(body["kode"]), choices.named(body["emne"]), declined=False)
    return See(_here(body), _("Vi sender dem igen."))


def _here(body: dict[str, str]) -> str:
    return f"{BY_LINK}?kode={body['kode']}&emne={body['emne']}"
