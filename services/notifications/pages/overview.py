"""Messages and how far they got: the list for staff and ops, and one of them with its words for staff."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.notifications import queries, schemas
from services.notifications.api import MESSAGE, MESSAGE_CHANGE, MESSAGES
from services.notifications.pages import pages
from services.notifications.queries import chain, paper
from services.notifications.queries import returns as returned
from services.notifications.rules.drafts import RECIPIENTS
from services.notifications.use_cases import messages, receipts, reminders, retries
from shared.auth import STAFF, Principal
from shared.pages import Page, See

HOME, AT_ONCE = "/beskeder", 50
WITH_OPS = (*STAFF, "ops")
ANY: dict[str, Any] = {"state": None, "recipient_kind": None, "cursor": None}


@pages.get(HOME, roles=WITH_OPS, about=MESSAGES, query=schemas.OverviewQuery)
def overview(session: Session, _principal: Principal, query: dict[str, Any], typed: Any = None) -> Page:
    """Messages, newest first, and how far they got; no address, no name, no words."""
    found = queries.newest(session, **query, limit=AT_ONCE)
    return Page("pages/overview.html", found | {
        "typed": typed,
        "chosen": query,
        "numbers": queries.numbers(session),
        "states": messages.STATES,
        "kinds": RECIPIENTS,
        "crumbs": [(_("Beskeder"), None)],
    })  # fmt: skip


def crumbs(here: str) -> list[tuple[str, str | None]]:
    """The way back to the list."""
    return [(_("Beskeder"), HOME), (here, None)]


@pages.get(f"{HOME}/<uuid:message_id>", roles=STAFF, about=MESSAGE)
def see_message(session: Session, _principal: Principal, message_id: UUID, typed: Any = None) -> Page:
    """One message with its words as they would be sent now."""
    found = queries.message_with_words(session, message_id)
    return Page("pages/message.html", {
        "chain": chain.of(session, message_id), "back": returned.bounces_of(session, message_id),
        "receipts": queries.receipts_of(session, message_id), "how": receipts.HOW,
        "message": found, "typed": typed, "printable": printable(found),
        "remindable": reminders.may_be_asked(session, message_id), "there_from": paper.there_from(found),
        "crumbs": crumbs(_("En besked")),
    })  # fmt: skip


def printable(message: dict[str, Any]) -> bool:
    """True where the desk has it to print and it can be written."""
    waits = message["state"] == messages.TO_PRINT or message["held_back"] == queries.NOT_CONFIGURED
    return waits and message["text"] is not None


def _asked_again(session: Session, principal: Principal, message_id: UUID, typed: Any = None) -> Page:
    page: Page = (
        see_message(session, principal, message_id, typed)
        if principal.is_staff
        else overview(session, principal, ANY, typed)
    )
    return page


@pages.post(f"{HOME}/<uuid:message_id>/igen", roles=WITH_OPS, about=MESSAGE_CHANGE, again=_asked_again)
def retry(session: Session, principal: Principal, message_id: UUID) -> See:
    """Try a message again that was given up."""
    retries.retry(session, message_id)
    return See(f"{HOME}/{message_id}" if principal.is_staff else HOME, _("Beskeden er på vej igen."))


@pages.post(f"{HOME}/<uuid:message_id>/paamind", roles=STAFF, about=MESSAGE_CHANGE, again=see_message)
def remind(session: Session, _principal: Principal, message_id: UUID) -> See:
    """Remind the recipient now."""
    reminders.ask(session, message_id)
    return See(f"{HOME}/{message_id}", _("Der er en påmindelse på vej."))


@pages.post(f"{HOME}/<uuid:message_id>/kvittering", roles=STAFF, about=MESSAGE_CHANGE, body=schemas.NewReceipt,
            again=see_message)  # fmt: skip
def receipt(session: Session, _principal: Principal, message_id: UUID, body: dict[str, str]) -> See:
    """There is a receipt that it arrived."""
    receipts.delivered(session, message_id, **body)
    return See(f"{HOME}/{message_id}", _("Kvitteringen er gemt."))
