"""What matching does when intake tells something; it has nothing to do by itself yet."""

from services.matching.use_cases import candidates
from shared.events import CitizenChannelsChanged, CitizenRegistered, Event, JobWishesRecorded, ReadinessAssessed
from shared.handling import Handler, Job

HANDLERS: dict[type[Event], Handler] = {
    CitizenRegistered: candidates.keep_citizens,
    CitizenChannelsChanged: candidates.keep_citizens,
    ReadinessAssessed: candidates.keep_readiness,
    JobWishesRecorded: candidates.keep_wishes,
}
JOBS: dict[str, Job] = {}
