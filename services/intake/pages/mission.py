"""What the product is made for, practice by practice; it tells of nobody, so everybody may read it."""

from sqlalchemy.orm import Session

from services.intake.pages import pages
from services.intake.rules.mission import practices
from shared.auth import Principal
from shared.frame import chosen
from shared.lookups import NOBODY
from shared.pages import PUBLIC, Page


@pages.get("/praksis", roles=PUBLIC, about=NOBODY)
def mission(_session: Session, _principal: Principal | None) -> Page:
    """Each practice with its figures, its pages and what stands behind them."""
    return Page("intake/mission.html", {"practices": practices(), "chosen": chosen, "crumbs": []})
