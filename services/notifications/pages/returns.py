"""What came back: an answer with its words, an address that works again, and the mailbox as operations see it."""

from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.notifications.api import MESSAGE, MESSAGE_CHANGE
from services.notifications.pages import pages
from services.notifications.pages.overview import HOME, see_message
from services.notifications.queries import returns as found_by
from services.notifications.use_cases import notices, returns
from shared.auth import STAFF, Principal
from shared.lookups import NOBODY
from shared.navigation import INBOX
from shared.pages import Page, See, Undo


@pages.get(f"{HOME}/svar/<uuid:reply_id>", roles=STAFF, about=MESSAGE)
def reply(session: Session, who: Principal, reply_id: UUID) -> Page:
    """An answer to a letter; who opens it has read it."""
    found = found_by.reply(session, who, reply_id)
    if found["notice_id"]:
        notices.mark(session, who, [found["notice_id"]], read=True)
    crumbs = [(_("Indbakke"), INBOX), (_("Et svar"), None)]
    return Page("pages/reply.html", {"reply": found, "crumbs": crumbs})


@pages.post(f"{HOME}/<uuid:message_id>/adressen-virker", roles=STAFF, about=MESSAGE_CHANGE, again=see_message)
def address_works(session: Session, _principal: Principal, message_id: UUID) -> See:
    """The e-mail address that a bounce marked is used again."""
    returns.works_again(session, message_id)
    here = f"{HOME}/{message_id}"
    return See(here, _("Adressen bruges igen fra næste besked."), Undo(f"{here}/adressen-virker/fortryd"))


@pages.post(f"{HOME}/<uuid:message_id>/adressen-virker/fortryd", roles=STAFF, about=MESSAGE_CHANGE, again=see_message)
def address_fails(session: Session, _principal: Principal, message_id: UUID) -> See:
    """It does not work after all."""
    returns.fails_after_all(session, message_id)
    return See(f"{HOME}/{message_id}", _("Adressen er markeret igen."))


@pages.get(f"{HOME}/returpost", roles=("front_desk", "ops"), about=NOBODY)
def return_post(session: Session, _principal: Principal) -> Page:
    """Whether the mailbox is set up and read, and what came."""
    crumbs = [(_("Beskeder"), HOME), (_("Returpost"), None)]
    return Page("pages/return_post.html", {"mailbox": found_by.mailbox(session), "crumbs": crumbs})


@pages.post(f"{HOME}/returpost/igen", roles=("front_desk", "ops"), about=NOBODY)
def try_again(session: Session, _principal: Principal) -> See:
    """What was put aside has its turn again; nothing that was dealt with is dealt with twice."""
    returns.try_again(session)
    return See(f"{HOME}/returpost", _("De prøves igen inden for et minut."))
