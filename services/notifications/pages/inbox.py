"""The inbox in the product: what waits for whoever is signed in, and its number in the frame."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from services.notifications.api import MESSAGES
from services.notifications.api.inbox import READERS
from services.notifications.pages import pages
from services.notifications.queries import notices as found_by
from services.notifications.rules.notices import KINDS
from services.notifications.schemas.inbox import InboxQuery, MarkForm, NoticeForm
from services.notifications.use_cases import notices
from shared.auth import Principal
from shared.lookups import NOBODY
from shared.navigation import INBOX
from shared.pages import Page, See, Undo

AT_ONCE = 50
ANY: dict[str, Any] = {"shown": found_by.OPEN, "kind": None, "cursor": None}


@pages.get(INBOX, roles=READERS, about=MESSAGES, query=InboxQuery)
def inbox(session: Session, who: Principal, query: dict[str, Any] | None = None, typed: Any = None) -> Page:
    """What waits, newest first, with a way to each thing; no name, no words."""
    chosen = query or ANY
    found = found_by.listed(session, who, **chosen, limit=AT_ONCE)
    own = [kind for kind, rule in KINDS.items() if set(rule.roles) & set(who.roles)]
    return Page("pages/inbox.html", found | {
        "chosen": chosen, "shown": found_by.SHOWN, "kinds": own, "typed": typed,
        "by_hand": {kind for kind, rule in KINDS.items() if not rule.settled},
        "unread": [str(one["id"]) for one in found["items"] if not one["read"] and not one["cleared_at"]],
        "crumbs": [(_("Indbakke"), None)],
    })  # fmt: skip


@pages.get("/beskeder/kort/indbakke", roles=READERS, about=NOBODY, fragment=True)
def number(session: Session, who: Principal) -> Page:
    """How many are unread, for the frame of every page."""
    return Page("pages/inbox_number.html", {"unread": found_by.unread(session, who), "most": found_by.MOST_COUNTED})


@pages.post(f"{INBOX}/markering", roles=READERS, about=MESSAGES, body=MarkForm, again=inbox)
def mark(session: Session, who: Principal, body: dict[str, Any]) -> See:
    """These are read, or unread again."""
    notices.mark(session, who, body["ids"], read=body["read"])
    count = len(body["ids"])
    back: dict[str, str | list[str]] = {
        "ids": [str(one) for one in body["ids"]], "read": "false" if body["read"] else "true"
    }  # fmt: skip
    said = (
        ngettext("%(num)s er læst.", "%(num)s er læst.", count)
        if body["read"]
        else ngettext("%(num)s er ulæst igen.", "%(num)s er ulæste igen.", count)
    )
    return See(INBOX, said, Undo(f"{INBOX}/markering", back))


@pages.post(f"{INBOX}/klaret", roles=READERS, about=MESSAGES, body=NoticeForm, again=inbox)
def finish(session: Session, who: Principal, body: dict[str, Any]) -> See:
    """Dealt with."""
    notices.finish(session, who, body["id"])
    return See(INBOX, _("Den er klaret."), Undo(f"{INBOX}/klaret/fortryd", {"id": str(body["id"])}))


@pages.post(f"{INBOX}/klaret/fortryd", roles=READERS, about=MESSAGES, body=NoticeForm, again=inbox)
def reopen(session: Session, who: Principal, body: dict[str, Any]) -> See:
    """Not dealt with after all."""
    notices.reopen(session, who, body["id"])
    return See(INBOX, _("Den venter igen."))
