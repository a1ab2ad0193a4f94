"""What waits for whom in the product: the one table of notices. Nothing of a person in it but an id in an address."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from shared.auth import STAFF
from shared.events import (
    CaseTaken,
    CompanyMessageReceived,
    CompanyMessageSent,
    Event,
    FollowUpHeld,
    FollowUpMoved,
    ForumLineDecided,
    ForumLineReceived,
    JobReferralFollowedUp,
    JobReferralLapsed,
    MatchAccepted,
    MatchConsented,
    MatchDeclined,
    MatchReopened,
    MentorAssigned,
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
COMPANY, MENTORS = ("company_employee",), ("mentor",)
MENTORING, TALK_MOVED = "mentoring", "talk_moved"
MISSED, LAPSED, ACCEPTED, UNTAKEN = "visitation_missed", "job_lapsed", "match_accepted", "case_untaken"
ANSWER, ALARM, LOST = "match_answer", "promise_alarm", "message_lost"
WRITTEN, LINE = "company_message", "forum_line"
BY_EVENT, BY_HAND, RECALLED = CLEARED_BY = ("settled", "done", "recalled")
REPLY, REPLY_UNKNOWN, WEBHOOK_OFF = "reply", "reply_unknown", "webhook_off"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """These roles hear of the events; `cause` is their field with the id of what it is about, which is read at `path`.

    `settled` names the events by which it is done, each with the field that holds the same id, or the citizen's.
    Without one the service itself puts it there, and a person or the service says that it is done.
    """

    kind: str
    roles: tuple[str, ...]
    path: str
    events: tuple[type[Event], ...] = ()
    cause: str = ""
    settled: Mapping[type[Event], str] = field(default_factory=dict)


RULES = (
    Rule(
        kind=MISSED, roles=("front_desk", "adviser"), events=(VisitationMissed,), cause="no_show_id",
        path="/borger/{citizen_id}",
        settled={VisitationNotMissed: "no_show_id", VisitationBooked: "citizen_id", VisitationHeld: "citizen_id"},
    ),
    Rule(
        kind=LAPSED, roles=("adviser", "job_consultant"), events=(JobReferralLapsed,), cause="job_referral_id",
        path="/borger/{citizen_id}", settled={JobReferralFollowedUp: "job_referral_id"},
    ),
    Rule(
        kind=ACCEPTED, roles=CONSULTANTS, events=(MatchAccepted,), cause="match_id", path="/match/forslag/{cause_id}",
        settled={PlacementAgreed: "match_id", MatchDeclined: "match_id", MatchReopened: "match_id"},
    ),
    Rule(
        kind=UNTAKEN, roles=("job_consultant",), events=(PlacementAgreed,), cause="placement_id",
        path="/opfoelgning/forloeb/{cause_id}",
        settled={CaseTaken: "placement_id", PlacementConcluded: "placement_id"},
    ),
    Rule(
        kind=ANSWER, roles=COMPANY, events=(MatchConsented,), cause="match_id", path="/virksomhed/forslag/{cause_id}",
        settled={MatchAccepted: "match_id", MatchDeclined: "match_id", PlacementAgreed: "match_id"},
    ),
    Rule(
        kind=ALARM, roles=("leader",), events=(PromiseAlarmRaised,), cause="alarm_id", path="/skranken/tal/loefter",
        settled={PromiseAlarmEnded: "alarm_id"},
    ),
    Rule(
        kind=MENTORING, roles=MENTORS, events=(PlacementAgreed, MentorAssigned), cause="placement_id",
        path="/opfoelgning/forloeb/{cause_id}",
        settled={FollowUpHeld: "placement_id", PlacementConcluded: "placement_id"},
    ),
    Rule(
        kind=TALK_MOVED, roles=MENTORS, events=(FollowUpMoved,), cause="contact_id",
        path="/opfoelgning/kontakt/{cause_id}", settled={FollowUpHeld: "contact_id"},
    ),
    Rule(
        kind=WRITTEN, roles=CONSULTANTS, events=(CompanyMessageReceived,), cause="company_id",
        path="/virksomheder/{cause_id}/beskeder", settled={CompanyMessageSent: "company_id"},
    ),
    Rule(
        kind=LINE, roles=CONSULTANTS, events=(ForumLineReceived,), cause="line_id", path="/match/dialog",
        settled={ForumLineDecided: "line_id"},
    ),
    Rule(kind=LOST, roles=("front_desk",), path="/beskeder/{cause_id}"),
    Rule(kind=REPLY, roles=STAFF, path="/beskeder/svar/{cause_id}"),
    Rule(kind=WEBHOOK_OFF, roles=COMPANY, path="/beskeder/webhooks"),
    Rule(kind=REPLY_UNKNOWN, roles=("front_desk",), path="/beskeder/svar/{cause_id}"),
)  # fmt: skip
KINDS = {rule.kind: rule for rule in RULES}
MADE: dict[type[Event], tuple[Rule, ...]] = {
    event: tuple(rule for rule in RULES if event in rule.events)
    for event in {event for rule in RULES for event in rule.events}
}
"""Which kinds an event puts there."""
SETTLES: dict[type[Event], tuple[tuple[str, str], ...]] = {
    event: tuple((rule.kind, rule.settled[event]) for rule in RULES if event in rule.settled)
    for event in {event for rule in RULES for event in rule.settled}
}
"""Which kinds an event settles, each with the field to find them by."""
