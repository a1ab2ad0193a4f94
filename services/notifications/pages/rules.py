"""The table of messages as people read it: who hears what, when and by which channel."""

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.notifications.pages import pages
from services.notifications.pages.overview import HOME, WITH_OPS, crumbs
from services.notifications.queries import rulebook
from shared.auth import Principal
from shared.lookups import NOBODY
from shared.pages import Page


@pages.get(f"{HOME}/regler", roles=WITH_OPS, about=NOBODY)
def rules(_session: Session, _principal: Principal) -> Page:
    """The rows by the event that starts them, and the hours in force today."""
    return Page("pages/rules.html", {
        "rules": rulebook.message_rules(), **rulebook.times(), "crumbs": crumbs(_("Hvem hører hvad")),
    })  # fmt: skip
