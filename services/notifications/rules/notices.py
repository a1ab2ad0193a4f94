"""What waits for whom in the product: the one table of notices. Nothing of a person in it but an id in an address."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from shared.auth import STAFF
from shared.events import (
    CaseTaken,
    Event,
    JobReferralFollowedUp,
    JobReferralLapsed,
    MatchAccepted,
    MatchConsented,
    MatchDeclined,
    MatchReopened,
    PlacementAgreed,
    PlacementConcluded,
    PromiseAlarmEnded,
    PromiseAlarmRaised,
    VisitationBooked,
    VisitationHeld,
    VisitationMissed,
    VisitationNotMissed,
)

CONSULTANTS = ("company_consultant", "job_consultant")
COMPANY = ("company_employee",)
MISSED, LAPSED, ACCEPTED, UNTAKEN = "visitation_missed", "job_lapsed", "match_accepted", "case_untaken"
ANSWER, ALARM, LOST = "match_answer", "promise_alarm", "message_lost"
REPLY, REPLY_UNKNOWN, WEBHOOK_OFF = "reply", "reply_unknown", "webhook_off"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """These roles hear of the event; `cause` is its field with the id of what it is about, which is read at `path`.

    `settled` names the events by which it is done, each with the field that holds the same id, or the citizen's.
    Without an event the service itself puts it there, and a person or the service says that it is done.
    """

    kind: str
    roles: tuple[str, ...]
    path: str
    event: type[Event] | None = None
    cause: str = ""
    settled: Mapping[type[Event], str] = field(default_factory=dict)


RULES = (
    Rule(
        kind=MISSED, roles=("front_desk", "adviser"), event=VisitationMissed, cause="no_show_id",
        path="/borger/{citizen_id}",
        settled={VisitationNotMissed: "no_show_id", VisitationBooked: "citizen_id", VisitationHeld: "citizen_id"},
    ),
    Rule(
        kind=LAPSED, roles=("adviser", "job_consultant"), event=JobReferralLapsed, cause="job_referral_id",
        path="/borger/{citizen_id}", settled={JobReferralFollowedUp: "job_referral_id"},
    ),
    Rule(
        kind=ACCEPTED, roles=CONSULTANTS, event=MatchAccepted, cause="match_id", path="/match/forslag/{cause_id}",
        settled={PlacementAgreed: "match_id", MatchDeclined: "match_id", MatchReopened: "match_id"},
    ),
    Rule(
        kind=UNTAKEN, roles=("job_consultant",), event=PlacementAgreed, cause="placement_id",
        path="/opfoelgning/forloeb/{cause_id}",
        settled={CaseTaken: "placement_id", PlacementConcluded: "placement_id"},
    ),
    Rule(
        kind=ANSWER, roles=COMPANY, event=MatchConsented, cause="match_id", path="/virksomhed/forslag/{cause_id}",
        settled={MatchAccepted: "match_id", MatchDeclined: "match_id", PlacementAgreed: "match_id"},
    ),
    Rule(
        kind=ALARM, roles=("leader",), event=PromiseAlarmRaised, cause="alarm_id", path="/skranken/tal/loefter",
        settled={PromiseAlarmEnded: "alarm_id"},
    ),
    Rule(kind=LOST, roles=("front_desk",), path="/beskeder/{cause_id}"),
    Rule(kind=REPLY, roles=STAFF, path="/beskeder/svar/{cause_id}"),
    Rule(kind=WEBHOOK_OFF, roles=COMPANY, path="/beskeder/webhooks"),
    Rule(kind=REPLY_UNKNOWN, roles=("front_desk",), path="/beskeder/svar/{cause_id}"),
)  # fmt: skip
KINDS = {rule.kind: rule for rule in RULES}
MADE = {rule.event: rule for rule in RULES if rule.event is not None}
"""Each event puts one kind of notice there."""
SETTLES: dict[type[Event], tuple[tuple[str, str], ...]] = {
    event: tuple((rule.kind, rule.settled[event]) for rule in RULES if event in rule.settled)
    for event in {event for rule in RULES for event in rule.settled}
}
"""Which kinds an event settles, each with the field to find them by."""
