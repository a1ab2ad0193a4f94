"""What matching does when intake tells something, and by itself every night: let old data go."""

from services.matching.models import Base
from services.matching.use_cases import (
    POLICY,
    approvals,
    attention,
    calls,
    candidates,
    centres,
    contacts,
    lapsing,
    matches,
    outlooks,
    promises,
    responsibility,
    searches,
)
from services.matching.use_cases.lists import LISTS
from shared import access, merges, seals, units
from shared.erasure import keep_times, nightly, on_erased
from shared.events import (
    AccessEnded,
    CitizenChannelsChanged,
    CitizenErased,
    CitizenMerged,
    CitizenRegistered,
    CitizenUnitChanged,
    Event,
    HoursChanged,
    IntakeTrailAnchored,
    JobWishesRecorded,
    PlacementConcluded,
    ReadinessAssessed,
)
from shared.handling import Handler, Job
from shared.lists import work

HANDLERS: dict[type[Event], Handler] = merges.following({
    CitizenRegistered: units.with_unit(candidates.keep_citizens),
    CitizenChannelsChanged: candidates.keep_citizens,
    CitizenUnitChanged: units.on_told,
    ReadinessAssessed: candidates.keep_readiness,
    JobWishesRecorded: candidates.keep_wishes,
    HoursChanged: outlooks.keep_hours,
    PlacementConcluded: responsibility.keep_outcomes,
    AccessEnded: access.on_ended,
    CitizenErased: on_erased(Base),
    CitizenMerged: merges.on_merged(Base, matches.close_doubles),
    IntakeTrailAnchored: seals.on_anchored,
})  # fmt: skip
JOBS: dict[str, Job] = {
    "alert": Job(every=300, run=searches.alert),
    "expire": Job(every=600, run=approvals.expire),
    "imports": work.job(LISTS),
    "centre_lapse": Job(every=600, run=centres.lapse),
    "lapse": Job(every=600, run=lapsing.lapse),
    "break_promises": Job(every=600, run=promises.break_overdue),
    "ask_again": Job(every=3600, run=contacts.ask_again),
    "forget_calls": Job(every=3600, run=calls.forget),
    "share_attention": nightly("share_attention", attention.share),
    "keep_times": keep_times(Base, POLICY),
    "catch_up": merges.catch_up(Base, matches.close_doubles),
}
