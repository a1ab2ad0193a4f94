"""What intake hears of matches and placements, and what it does by itself: open slots, and let old data go."""

from services.intake.models import Base
from services.intake.use_cases import POLICY, alarms, cv, letters, places, referrals, slots
from services.intake.use_cases.erasure import keep_changes, keep_matches, keep_placements, night
from services.intake.use_cases.lists import LISTS
from shared import merges, seals
from shared.erasure import keep_times, nightly
from shared.events import (
    Event,
    MatchAccepted,
    MatchConsented,
    MatchDeclined,
    MatchProposed,
    MatchReopened,
    NotificationDelivered,
    NotificationFailed,
    NotificationRead,
    NotificationSent,
    NotificationsTrailAnchored,
    PlacementAgreed,
    PlacementChanged,
)
from shared.handling import Handler, Job
from shared.lists import work

HANDLERS: dict[type[Event], Handler] = merges.following({
    MatchProposed: keep_matches,
    MatchConsented: keep_matches,
    MatchAccepted: keep_matches,
    MatchDeclined: keep_matches,
    MatchReopened: keep_matches,
    PlacementAgreed: keep_placements,
    PlacementChanged: keep_changes,
    NotificationSent: letters.keep_facts,
    NotificationFailed: letters.keep_facts,
    NotificationDelivered: letters.keep_facts,
    NotificationRead: letters.keep_facts,
    NotificationsTrailAnchored: seals.on_anchored,
})  # fmt: skip
JOBS = {
    "stock_slots": Job(every=600, run=slots.stock_slots),
    "imports": work.job(LISTS),
    "watch_promises": Job(every=60, run=alarms.watch),
    "watch_cv_deadlines": Job(every=300, run=cv.watch),
    "let_go_places": Job(every=300, run=places.let_go),
    "lapse_job_referrals": Job(every=300, run=referrals.lapse_overdue),
    "erase": nightly("erase", night),
    "catch_up": merges.catch_up(Base),
    "keep_times": keep_times(Base, POLICY),
}
