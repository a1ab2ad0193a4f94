"""What a company has heard of somebody before, so that nobody is sent twice without a reason."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.matching.models import Match, Need
from services.matching.rules.reasons import Miss

BEFORE = {
    "declined_before": Miss(
        "declined_before", "har fået nej af virksomheden til dette behov", "was declined by the company for this need"
    ),
    "same_company": Miss(
        "same_company", "er allerede foreslået til et andet behov i virksomheden", "is proposed to the company already"
    ),
}


def told_before(session: Session, need: Need, citizen_id: UUID) -> list[Miss]:
    """A no of the company to the same need, or another of its needs that the citizen waits for."""
    rows = select(Match.need_id, Match.state, Match.decliner).where(
        Match.citizen_id == citizen_id, Match.company_id == need.company_id
    )
    found = set()
    for need_id, state, decliner in session.execute(rows):
        if need_id == need.id and decliner == "company":
            found.add("declined_before")
        elif need_id != need.id and state in ("proposed", "consented"):
            found.add("same_company")
    return [BEFORE[code] for code in sorted(found)]
