"""Who hears what: the one table of messages. Handlers, post office, page and docs/messages.md all read it.

An event without a row reaches nobody, and a letter without a row is never written.
"""

from dataclasses import dataclass

from services.notifications.rules.drafts import (
    ALARM,
    ALARM_OVER,
    BOOKED,
    CANCELLED,
    CITIZEN,
    COMPANY,
    FOLLOWUP_MOVED,
    JOB,
    JOB_WITHDRAWN,
    MATCH_CLOSED,
    MATCH_CONSENTED,
    MATCH_PROPOSED,
    MENTOR,
    MISSED,
    PULSE,
    UNIT,
    VISITATION_MOVED,
)
from shared.events import (
    CvDeadlineReminded,
    CvDeadlineSet,
    EducationGuidanceReferred,
    Event,
    FollowUpMoved,
    FollowUpPlanned,
    JobReferralFollowedUp,
    JobReferralMade,
    JobReferralReasonAsked,
    MatchConsented,
    MatchDeclined,
    MatchProposed,
    PlacementAgreed,
    PromiseAlarmEnded,
    PromiseAlarmRaised,
    PulseAsked,
    SearchAlerted,
    StraksaktiveringReferred,
    VisitationBooked,
    VisitationCancelled,
    VisitationMissed,
    VisitationMoved,
)

URGENT, SOON, CALM = URGENCIES = (0, 1, 2)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What one event says to one kind of recipient.

    `urgency`: what goes first where many wait; CALM ones that merge wait for the party's next mail. `merges`: joins
    others to the same party in one mail. `quiet`: leaves in decent hours only.
    """

    event: type[Event]
    kind: str
    template: str
    urgency: int = SOON
    merges: bool = False
    quiet: bool = True

    @property
    def name(self) -> str:
        """Template and recipient, as its files are called."""
        return f"{self.template}.{self.kind}"


RULES = (
    Rule(event=VisitationBooked, kind=CITIZEN, template=BOOKED),
    Rule(event=VisitationMoved, kind=CITIZEN, template=VISITATION_MOVED),
    Rule(event=VisitationCancelled, kind=CITIZEN, template=CANCELLED),
    Rule(event=VisitationMissed, kind=CITIZEN, template=MISSED),
    Rule(event=StraksaktiveringReferred, kind=CITIZEN, template="start_referred"),
    Rule(event=EducationGuidanceReferred, kind=CITIZEN, template="education_guidance", urgency=CALM),
    Rule(event=CvDeadlineSet, kind=CITIZEN, template="cv_set", urgency=CALM),
    Rule(event=CvDeadlineReminded, kind=CITIZEN, template="cv_reminder", urgency=CALM),
    Rule(event=JobReferralMade, kind=CITIZEN, template=JOB),
    Rule(event=JobReferralFollowedUp, kind=CITIZEN, template=JOB_WITHDRAWN),
    Rule(event=JobReferralReasonAsked, kind=CITIZEN, template="reason_asked"),
    Rule(event=MatchProposed, kind=CITIZEN, template=MATCH_PROPOSED),
    Rule(event=MatchConsented, kind=COMPANY, template=MATCH_CONSENTED, merges=True),
    Rule(event=MatchDeclined, kind=CITIZEN, template=MATCH_CLOSED, urgency=CALM),
    Rule(event=MatchDeclined, kind=COMPANY, template=MATCH_CLOSED, merges=True),
    Rule(event=PlacementAgreed, kind=CITIZEN, template="placement_agreed"),
    Rule(event=PlacementAgreed, kind=COMPANY, template="placement_agreed", merges=True),
    Rule(event=PlacementAgreed, kind=MENTOR, template="placement_agreed", merges=True),
    Rule(event=FollowUpPlanned, kind=CITIZEN, template="followup_planned", urgency=CALM),
    Rule(event=FollowUpPlanned, kind=COMPANY, template="followup_planned", urgency=CALM, merges=True),
    Rule(event=FollowUpPlanned, kind=MENTOR, template="followup_planned", urgency=CALM, merges=True),
    Rule(event=FollowUpMoved, kind=CITIZEN, template=FOLLOWUP_MOVED),
    Rule(event=FollowUpMoved, kind=COMPANY, template=FOLLOWUP_MOVED, merges=True),
    Rule(event=FollowUpMoved, kind=MENTOR, template=FOLLOWUP_MOVED, merges=True),
    Rule(event=PulseAsked, kind=CITIZEN, template=PULSE),
    Rule(event=PulseAsked, kind=COMPANY, template=PULSE),
    Rule(event=PulseAsked, kind=MENTOR, template=PULSE),
    Rule(event=SearchAlerted, kind=UNIT, template="search_alert", quiet=False),
    Rule(event=PromiseAlarmRaised, kind=UNIT, template=ALARM, urgency=URGENT, merges=True, quiet=False),
    Rule(event=PromiseAlarmEnded, kind=UNIT, template=ALARM_OVER, merges=True, quiet=False),
)
MERGING = tuple(rule for rule in RULES if rule.merges)
_BY_NAME = {(rule.template, rule.kind): rule for rule in RULES}


def called_for(event: type[Event], template: str, kind: str) -> Rule | None:
    """The row by which this event sends this letter; None where it does not."""
    rule = _BY_NAME.get((template, kind))
    return rule if rule and rule.event is event else None


def rule_of(template: str, kind: str) -> Rule | None:
    """The row of a message that was made; None where the table has lost it."""
    return _BY_NAME.get((template, kind))
