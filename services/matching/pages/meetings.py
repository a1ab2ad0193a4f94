"""The meeting of citizen and company, on the proposal's page."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.api import FUNCTION_CHANGE
from services.matching.pages import pages
from services.matching.pages.matches import match_page
from services.matching.schemas.matches import MeetingBody
from services.matching.use_cases import meetings
from shared.auth import CONSULTANTS, Principal
from shared.pages import See, Undo


@pages.post(
    "/match/forslag/<uuid:match_id>/moede", roles=CONSULTANTS, about=FUNCTION_CHANGE, body=MeetingBody,
    again=match_page)  # fmt: skip
def arrange_meeting(session: Session, _who: Principal, match_id: UUID, body: dict[str, Any]) -> See:
    """When they meet, or that they meet no more."""
    before = queries.match(session, match_id).meeting_at
    match = meetings.arrange(session, match_id, body["version"], body["starts_at"])
    told = (
        _("Mødet er aftalt. Begge parter kan se det.") if match.meeting_at else _("Der er ikke længere aftalt et møde.")
    )
    home = f"/match/forslag/{match_id}"
    back = {"starts_at": before.isoformat() if before else "", "version": str(match.version)}
    return See(home, told, Undo(f"{home}/moede", back))
