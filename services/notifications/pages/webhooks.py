"""A company's own systems: where they listen, what was sent, and the secret, once."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.notifications.api.webhooks import COMPANY
from services.notifications.pages import pages
from services.notifications.queries import webhooks as found_by
from services.notifications.schemas.webhooks import NewWebhook, SentQuery, TurnForm, WebhookForm
from services.notifications.use_cases import webhooks
from shared.auth import Principal
from shared.lookups import NOBODY
from shared.navigation import INBOX
from shared.pages import Page, See, Undo

WEBHOOKS, AT_ONCE = "/beskeder/webhooks", 25


@pages.get(WEBHOOKS, roles=COMPANY, about=NOBODY, query=SentQuery)
def own_webhooks(session: Session, who: Principal, query: dict[str, Any] | None = None, typed: Any = None) -> Page:
    """The systems that are told, what they were told, and the form for another."""
    sent = found_by.sent(session, who, cursor=(query or {}).get("cursor"), limit=AT_ONCE)
    return Page("pages/webhooks.html", {
        "webhooks": webhooks.of(session, who), "sent": sent, "typed": typed,
        "crumbs": [(_("Indbakke"), INBOX), (_("Webhooks"), None)],
    })  # fmt: skip


def _once(secret: str) -> Page:
    crumbs = [(_("Indbakke"), INBOX), (_("Webhooks"), WEBHOOKS), (_("Nøglen"), None)]
    return Page("pages/webhook_secret.html", {"secret": secret, "crumbs": crumbs}, done_at=WEBHOOKS)


@pages.post(WEBHOOKS, roles=COMPANY, about=NOBODY, body=NewWebhook, again=own_webhooks)
def register(session: Session, who: Principal, body: dict[str, str]) -> Page:
    """A system listens from now on."""
    return _once(webhooks.register(session, who, **body)[1])


@pages.post(f"{WEBHOOKS}/noegle", roles=COMPANY, about=NOBODY, body=WebhookForm, again=own_webhooks)
def rotate(session: Session, who: Principal, body: dict[str, Any]) -> Page:
    """A new secret."""
    return _once(webhooks.rotate(session, who, body["id"])[1])


@pages.post(f"{WEBHOOKS}/taend-og-sluk", roles=COMPANY, about=NOBODY, body=TurnForm, again=own_webhooks)
def turn(session: Session, who: Principal, body: dict[str, Any]) -> See:
    """Off or on."""
    on = body["on"] == "yes"
    webhooks.turn(session, who, body["id"], on=on)
    said = _("Webhooken er tændt.") if on else _("Webhooken er slukket. Det, der sker imens, venter.")
    back = {"id": str(body["id"]), "on": "no" if on else "yes"}
    return See(WEBHOOKS, said, Undo(f"{WEBHOOKS}/taend-og-sluk", back))


@pages.post(f"{WEBHOOKS}/send-igen", roles=COMPANY, about=NOBODY, body=WebhookForm, again=own_webhooks)
def resend(session: Session, who: Principal, body: dict[str, Any]) -> See:
    """The same once more."""
    webhooks.resend(session, who, body["id"])
    return See(WEBHOOKS, _("Den sendes igen om et øjeblik."))
