"""What a new last day would do to a course's talks, shown on the agreement's page before it is agreed."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.followup import queries
from services.followup.pages import pages
from services.followup.schemas.agreed_changes import NewEndQuery
from services.followup.use_cases import courses
from shared.auth import CONSULTANTS, Principal
from shared.lookups import About
from shared.pages import Page

PLAN = About("placement", purpose="agreement")


@pages.get(
    "/opfoelgning/kort/aendring/<uuid:placement_id>", roles=CONSULTANTS, about=PLAN, query=NewEndQuery, fragment=True
)
def changed_plan(session: Session, who: Principal, placement_id: UUID, query: dict[str, Any]) -> Page:
    """Talks that fall away and talks that come; nothing is kept. Without a new day, those that there are."""
    placement = queries.placement(session, who, placement_id)
    end: date = query["slut"] or placement.ends_on
    gone, new = courses.foreseen(session, placement, end)
    return Page("followup/changed_plan.html", {"gone": gone, "new": new, "end": end})
