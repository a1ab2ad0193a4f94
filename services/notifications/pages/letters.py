"""Letters to print: one a sheet, and the word that they were printed, which can be taken back the same day."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from services.notifications import queries, schemas
from services.notifications.api import MESSAGE_CHANGE, MESSAGES
from services.notifications.models import Message
from services.notifications.pages import pages
from services.notifications.pages.overview import HOME, crumbs, printable, see_message
from services.notifications.queries import paper
from services.notifications.use_cases import messages
from shared.auth import STAFF, Principal
from shared.pages import Page, See, Undo

PRINT, AT_ONCE = f"{HOME}/print", 25


@pages.get(PRINT, roles=STAFF, about=MESSAGES)
def letters_to_print(session: Session, _principal: Principal, typed: Any = None) -> Page:
    """The letters that have waited longest, words included."""
    found = queries.to_print(session, cursor=None, limit=AT_ONCE)
    letters = [letter for letter in found["items"] if printable(letter)]
    return Page("pages/print.html", {
        "letters": letters,
        "unwritten": [letter for letter in found["items"] if not printable(letter)],
        "more": found["next"] is not None,
        "posting": paper.posting(session, letters),
        "typed": typed,
        "crumbs": crumbs(_("Breve til print")),
    })  # fmt: skip


# One desk prints for all units, and reads nobody's case for it.
PRINTED = replace(MESSAGE_CHANGE, any_unit=True)


@pages.post(PRINT, roles=STAFF, about=PRINTED, body=schemas.PrintedForm, again=letters_to_print, shows="list")
def printed_all(session: Session, _principal: Principal, body: dict[str, Any]) -> See:
    """These letters were printed and handed over or posted; all of them, or none where one was not to be."""
    done = [messages.printed(session, message_id) for message_id in body["ids"]]
    return See(PRINT, ngettext("%(num)s brev er printet.", "%(num)s breve er printet.", len(done)), _undo(done))


def _undo(done: list[Message]) -> Undo | None:
    """The way back, for as many letters as the page shows: more would not go into the message's cookie."""
    if len(done) > AT_ONCE:
        return None
    known = {
        "ids": [str(one.id) for one in done], "versions": [str(one.version) for one in done]
    }  # fmt: skip
    return Undo(f"{PRINT}/fortryd", known)


@pages.post(
    f"{PRINT}/fortryd", roles=STAFF, about=PRINTED, body=schemas.NotPrintedForm, again=letters_to_print, shows="list"
)
def not_printed(session: Session, _principal: Principal, body: dict[str, Any]) -> See:
    """These letters were not printed after all; all of them, or none where one was changed meanwhile."""
    for message_id, version in zip(body["ids"], body["versions"], strict=True):
        messages.not_printed(session, message_id, version)
    number = len(body["ids"])
    return See(PRINT, ngettext("%(num)s brev skal stadig printes.", "%(num)s breve skal stadig printes.", number))


@pages.post(f"{HOME}/<uuid:message_id>/printet", roles=STAFF, about=MESSAGE_CHANGE, again=see_message)
def printed(session: Session, _principal: Principal, message_id: UUID) -> See:
    """One letter was printed and handed over or posted."""
    return See(PRINT, _("Brevet er printet."), _undo([messages.printed(session, message_id)]))
