"""What matching does when intake tells something, and by itself every night: let old data go."""

from services.matching.models import Base
from services.matching.use_cases import POLICY, candidates
from shared import access, seals, units
from shared.erasure import keep_times, on_erased
from shared.events import (
    AccessEnded,
    CitizenChannelsChanged,
    CitizenErased,
    CitizenRegistered,
    CitizenUnitChanged,
    Event,
    IntakeTrailAnchored,
    JobWishesRecorded,
    ReadinessAssessed,
)
from shared.handling import Handler, Job

HANDLERS: dict[type[Event], Handler] = {
    CitizenRegistered: units.with_unit(candidates.keep_citizens),
    CitizenChannelsChanged: candidates.keep_citizens,
    CitizenUnitChanged: units.on_told,
    ReadinessAssessed: candidates.keep_readiness,
    JobWishesRecorded: candidates.keep_wishes,
    AccessEnded: access.on_ended,
    CitizenErased: on_erased(Base),
    IntakeTrailAnchored: seals.on_anchored,
}
JOBS: dict[str, Job] = {"keep_times": keep_times(Base, POLICY)}
