"""The words that a company's text must do without, for whoever writes one."""

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.matching.api import WITH_COMPANY
from services.matching.pages import pages
from services.matching.rules import wording
from shared.auth import Principal
from shared.lookups import NOBODY
from shared.pages import Page


@pages.get("/match/ordliste", roles=WITH_COMPANY, about=NOBODY)
def word_list(_session: Session, _who: Principal) -> Page:
    """The list by ground, each word with its forms and what could stand there."""
    by_ground = {code: [row for row in wording.rows() if row.ground == code] for code in wording.GROUNDS}
    shown = {
        "by_ground": by_ground,
        "grounds": wording.GROUNDS,
        "crumbs": [(_("Ord, der ikke kan stå i et behov"), None)],
    }
    return Page("matching/word_list.html", shown)
