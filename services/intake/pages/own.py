"""The citizen's own page: what is agreed, what is known, who has looked; cards by the services that know."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.intake import queries
from services.intake.models import Citizen, FirstContact, Visitation
from services.intake.pages import pages, words
from services.intake.pages.citizen import change_and_tell
from services.intake.schemas import LANGUAGE
from services.intake.use_cases import contacts, cv
from shared import clock
from shared.auth import Principal
from shared.errors import NotFound
from shared.fields import Body, Count, EmailAddress, Flag, Phone, Text
from shared.lookups import NOBODY, About, looked
from shared.pages import Page, See

CITIZEN = ("citizen",)
UNKNOWN = "intake/unknown.html"
NOT_TO_COME = ("cancelled", "missed")


class OwnChannelsForm(Body):
    """How I am reached."""

    email = EmailAddress(allow_none=True)
    phone = Phone(allow_none=True)
    language = Text(8, pattern=LANGUAGE)
    interpreter = Flag()
    version = Count(1, 2**31 - 1, required=True)


def _me(session: Session, principal: Principal) -> Citizen | None:
    """Who has signed in, as the desk knows them; nobody where it does not."""
    found = session.get(Citizen, principal.citizen_id)
    if found is not None:
        looked(session, found.id)
    return found


def _stranger() -> Page:
    return Page(UNKNOWN, {"crumbs": [(_("Min side"), None)]})


def _again(session: Session, principal: Principal, typed: Any = None) -> Page:  # noqa: ARG001
    shown: Page = own_page(session, principal)
    return shown


@pages.get("/min-side", roles=CITIZEN, about=About("case", purpose="own_access"))
def own_page(session: Session, principal: Principal) -> Page:
    """Appointments, what I am referred to, my wishes, how I am reached, and the other services' cards."""
    me = _me(session, principal)
    if me is None:
        return _stranger()
    talks, now = queries.talks_of(session, citizen_id=me.id), clock.now()
    coming = [row for row in reversed(talks) if row.Visitation.state == "booked" and row.Visitation.ends_at > now]
    context = {
        "citizen": me,
        "coming": coming,
        "may_choose": None if coming else _to_choose_anew(session, me.id),
        "referrals": [row for row in talks if row.Referral is not None],
        "cv": cv.newest(session, me.id),
        "wishes": queries.wishes_of(session, me.id),
        "crumbs": [],
    }
    return Page("intake/own.html", context)


def _to_choose_anew(session: Session, citizen_id: UUID) -> tuple[FirstContact, Visitation | None] | None:
    """The newest contact that has not ended, where its talk is off or was missed, or none was to be had."""
    newest = queries.last_contact(session, citizen_id)
    if newest is None or newest[2] is not None or (newest[1] is not None and newest[1].state not in NOT_TO_COME):
        return None
    return newest[0], newest[1]


@pages.post("/min-side/tid", roles=CITIZEN, about=About("case", how="change", purpose="own_access"), again=_again)
def book_own(session: Session, principal: Principal) -> See:
    """The soonest time, which I can move."""
    me = _me(session, principal)
    found = _to_choose_anew(session, me.id) if me else None
    if found is None:
        raise NotFound
    talk = contacts.book(session, found[0].id)
    said = _("Du har fået en tid %(when)s. Passer den ikke, så vælg en anden her.", when=words.soon(talk.starts_at))
    return See(f"/min-side/aftale/{talk.id}", said)


@pages.get("/min-side/opslag", roles=CITIZEN, about=NOBODY)
def own_lookups(_session: Session, _principal: Principal) -> Page:
    """Who has looked: a card by each service."""
    return Page("intake/own_lookups.html", {"crumbs": [(_("Min side"), "/min-side"), (_("Hvem har set mig"), None)]})


def _form(session: Session, principal: Principal, typed: Any = None) -> Page:  # noqa: ARG001  the frame shows it
    me = _me(session, principal)
    if me is None:
        return _stranger()
    crumbs = [(_("Min side"), "/min-side"), (_("Sådan får vi fat i dig"), None)]
    return Page("intake/own_channels.html", {"citizen": me, "crumbs": crumbs})


@pages.get("/min-side/kontakt", roles=CITIZEN, about=About("contact", purpose="own_access"))
def own_channels_form(session: Session, principal: Principal) -> Page:
    """How I am reached, to be corrected."""
    return _form(session, principal)


@pages.post(
    "/min-side/kontakt",
    roles=CITIZEN,
    about=About("contact", how="change", purpose="own_access"),
    body=OwnChannelsForm,
    again=_form,
)
def change_own_channels(session: Session, principal: Principal, body: dict[str, Any]) -> See:
    """Changed, and told to the services that write to me."""
    me = _me(session, principal)
    if me is None:
        raise NotFound
    return change_and_tell(session, me, body, "/min-side", "/min-side/kontakt")
