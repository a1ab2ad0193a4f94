"""One citizen's proposals as they see them: to whom, for what, exactly what would be told there, and until when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.engine.facts import Candidate, Opening, shared_hours
from services.matching.engine.points import Scales
from services.matching.models import Company, Match, Need
from services.matching.use_cases import POLICY
from shared import clock


@dataclass(frozen=True, slots=True)
class OwnProposal:
    """`told` are the functional needs that the company hears of, or has heard of; `hours` the hours a week."""

    match: Match
    need: Need
    company: Company
    may_refuse: bool
    told: list[str]
    hours: tuple[float | None, float | None]

    @property
    def open(self) -> bool:
        """The citizen has not answered yet."""
        return self.match.state == "proposed"


def proposals(session: Session, found: Sequence[tuple[Match, Need, Company]]) -> list[OwnProposal]:
    """All of these matches, which are of one citizen."""
    if not found:
        return []
    candidate = queries.candidate(session, found[0][0].citizen_id, Scales.of(POLICY, clock.today()))
    openings = queries.openings(session, [need for match, need, _company in found if match.state == "proposed"])
    agreed = queries.agreed(session, [match for match, _need, _company in found])
    return [_proposal(one, candidate, openings, agreed) for one in found]


def _proposal(
    one: tuple[Match, Need, Company], candidate: Candidate, openings: Mapping[UUID, Opening], agreed: set[UUID]
) -> OwnProposal:
    match, need, company = one
    told: list[str] = match.disclosed_needs
    hours: tuple[float | None, float | None] = (match.weekly_hours_min, match.weekly_hours_max)
    if match.state == "proposed":
        told, shared = sorted(candidate.needs), shared_hours(openings[need.id], candidate)
        hours = shared if shared[0] <= shared[1] else hours
    may_refuse = match.state in ("consented", "accepted") and match.id not in agreed
    return OwnProposal(match, need, company, may_refuse, told, hours)
