"""Who hears what: the one table of messages. Handlers, post office, page and docs/messages.md all read it.

An event without a row reaches nobody, and a letter without a row is never written.
"""

from dataclasses import dataclass

from services.notifications.rules.centre_drafts import CENTRE_OFFERED, CENTRE_WITHDRAWN
from services.notifications.rules.drafts import (
    AGREEMENT_ASKED,
    AGREEMENT_EXPIRING,
    ALARM,
    ALARM_OVER,
    BOOKED,
    CANCELLED,
    CITIZEN,
    COMPANY,
    FOLLOWUP_MOVED,
    JOB,
    JOB_WITHDRAWN,
    KINDS,
    MATCH_CLOSED,
    MATCH_CONSENTED,
    MATCH_MEETING,
    MATCH_MEETING_OFF,
    MATCH_PROPOSED,
    MENTOR,
    MISSED,
    NO_FILES,
    PULSE,
    READ_BACK,
    REMINDER_ASKED,
    REMINDER_DAY,
    REMINDER_DUE,
    REMINDER_MEETING,
    REMINDER_SOON,
    TALK_OFF,
    UNIT,
    UNOPENED,
    VISITATION_MOVED,
)
from services.notifications.rules.interview_drafts import SELF_BOOKED, SUMMONED, TO_BOOK
from services.notifications.rules.portal_drafts import COMPANY_MESSAGE, FORUM_LINE, FORUM_OFF, FORUM_ON, FORUM_SEAT
from shared.events import (
    AgreementAsked,
    AgreementExpiring,
    CentreOfferOver,
    CentrePlaceOffered,
    CompanyMessageSent,
    CompanySeatCalledOff,
    CompanySeatMovedUp,
    CompanySeatRestored,
    CvDeadlineReminded,
    CvDeadlineSet,
    EducationGuidanceReferred,
    Event,
    FollowUpMoved,
    FollowUpPlanned,
    ForumLineDecided,
    ForumSeatCalledOff,
    ForumSeatMovedUp,
    ForumSeatRestored,
    InterviewCalledOff,
    InterviewInvited,
    InterviewSelfBooked,
    InterviewSummoned,
    JobReferralFollowedUp,
    JobReferralMade,
    JobReferralReasonAsked,
    MatchConsented,
    MatchDeclined,
    MatchMeetingCancelled,
    MatchMeetingSet,
    MatchProposed,
    NeedReadBack,
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
REMINDER = "reminder"
# What people choose by: the times and deadlines that they must know, and what they may decline.
LETTERS, TALKS, JOBS, APPOINTMENTS, DEADLINES, SURVEYS = TOPICS = (
    "letters", "talks", "jobs", "appointments", "deadlines", "surveys",
)  # fmt: skip
OPTIONAL = (JOBS, APPOINTMENTS, DEADLINES, SURVEYS)
TO_DO = (JobReferralMade, JobReferralReasonAsked, EducationGuidanceReferred, InterviewInvited)
AGREED = (PlacementAgreed, FollowUpPlanned, FollowUpMoved)
INTERVIEWS = (InterviewSummoned, InterviewSelfBooked)
APPOINTING = (VisitationBooked, VisitationMoved, StraksaktiveringReferred, *INTERVIEWS, *AGREED)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What these events say to one kind of recipient; without an event somebody among staff asks for it.

    `before`: a reminder, by the row `reminder.before` of that name. `order`: the group of the row `channel.order`.
    `urgency`: what goes first where many wait; CALM ones that merge wait for the party's next mail. `merges`: joins
    others to the same party in one mail. `quiet`: leaves in decent hours only.
    """

    events: tuple[type[Event], ...]
    kind: str
    template: str
    before: str = ""
    order: str = ""
    urgency: int = SOON
    merges: bool = False
    quiet: bool = True
    topic: str = LETTERS

    @property
    def optional(self) -> bool:
        """Whether its recipient may decline it. The rest tells what they must know, or somebody asked for it."""
        return self.topic in OPTIONAL and bool(self.events)

    @property
    def order_row(self) -> str:
        """The group of the row `channel.order`; citizens have ways of their own."""
        return f"{self.order or 'letter'}_{CITIZEN}" if self.kind == CITIZEN else self.order

    @property
    def name(self) -> str:
        """Template and recipient, as its files are called."""
        return f"{self.template}.{self.kind}"


RULES = (
    Rule(events=(VisitationBooked,), kind=CITIZEN, template=BOOKED),
    Rule(events=(VisitationMoved,), kind=CITIZEN, template=VISITATION_MOVED),
    Rule(events=(VisitationCancelled,), kind=CITIZEN, template=CANCELLED),
    Rule(events=(VisitationMissed,), kind=CITIZEN, template=MISSED),
    Rule(events=(StraksaktiveringReferred,), kind=CITIZEN, template="start_referred"),
    Rule(events=(EducationGuidanceReferred,), kind=CITIZEN, template="education_guidance", urgency=CALM),
    Rule(events=(CvDeadlineSet,), kind=CITIZEN, template="cv_set", urgency=CALM),
    Rule(events=(CvDeadlineReminded,), kind=CITIZEN, template="cv_reminder", urgency=CALM),
    Rule(events=(JobReferralMade,), kind=CITIZEN, template=JOB),
    Rule(events=(JobReferralFollowedUp,), kind=CITIZEN, template=JOB_WITHDRAWN),
    Rule(events=(JobReferralReasonAsked,), kind=CITIZEN, template="reason_asked"),
    Rule(events=(MatchProposed,), kind=CITIZEN, template=MATCH_PROPOSED, topic=JOBS),
    Rule(events=(MatchConsented,), kind=COMPANY, template=MATCH_CONSENTED, merges=True),
    Rule(events=(NeedReadBack,), kind=COMPANY, template=READ_BACK),
    Rule(events=(CompanyMessageSent,), kind=COMPANY, template=COMPANY_MESSAGE, merges=True),
    Rule(events=(ForumLineDecided,), kind=CITIZEN, template=FORUM_LINE),
    Rule(events=(ForumLineDecided,), kind=COMPANY, template=FORUM_LINE, merges=True),
    Rule(events=(ForumSeatMovedUp,), kind=CITIZEN, template=FORUM_SEAT),
    Rule(events=(CompanySeatMovedUp,), kind=COMPANY, template=FORUM_SEAT),
    Rule(events=(ForumSeatCalledOff,), kind=CITIZEN, template=FORUM_OFF),
    Rule(events=(CompanySeatCalledOff,), kind=COMPANY, template=FORUM_OFF),
    Rule(events=(ForumSeatRestored,), kind=CITIZEN, template=FORUM_ON),
    Rule(events=(CompanySeatRestored,), kind=COMPANY, template=FORUM_ON),
    Rule(events=(MatchDeclined,), kind=CITIZEN, template=MATCH_CLOSED, urgency=CALM, topic=JOBS),
    Rule(events=(MatchDeclined,), kind=COMPANY, template=MATCH_CLOSED, merges=True),
    Rule(events=(MatchMeetingSet,), kind=CITIZEN, template=MATCH_MEETING),
    Rule(events=(MatchMeetingSet,), kind=COMPANY, template=MATCH_MEETING),
    Rule(events=(MatchMeetingCancelled,), kind=CITIZEN, template=MATCH_MEETING_OFF),
    Rule(events=(MatchMeetingCancelled,), kind=COMPANY, template=MATCH_MEETING_OFF),
    *(Rule(events=(AgreementAsked,), kind=kind, template=AGREEMENT_ASKED) for kind in KINDS),
    *(Rule(events=(AgreementExpiring,), kind=kind, template=AGREEMENT_EXPIRING) for kind in KINDS),
    Rule(events=(CentrePlaceOffered,), kind=CITIZEN, template=CENTRE_OFFERED),
    Rule(events=(CentreOfferOver,), kind=CITIZEN, template=CENTRE_WITHDRAWN),
    Rule(events=(PlacementAgreed,), kind=CITIZEN, template="placement_agreed"),
    Rule(events=(PlacementAgreed,), kind=COMPANY, template="placement_agreed", merges=True),
    Rule(events=(PlacementAgreed,), kind=MENTOR, template="placement_agreed", merges=True),
    Rule(events=(FollowUpPlanned,), kind=CITIZEN, template="followup_planned", urgency=CALM, topic=TALKS),
    Rule(events=(FollowUpPlanned,), kind=COMPANY, template="followup_planned", urgency=CALM, merges=True),
    Rule(events=(FollowUpPlanned,), kind=MENTOR, template="followup_planned", urgency=CALM, merges=True),
    Rule(events=(FollowUpMoved,), kind=CITIZEN, template=FOLLOWUP_MOVED, topic=TALKS),
    Rule(events=(FollowUpMoved,), kind=COMPANY, template=FOLLOWUP_MOVED, merges=True),
    Rule(events=(FollowUpMoved,), kind=MENTOR, template=FOLLOWUP_MOVED, merges=True),
    Rule(events=(InterviewInvited,), kind=CITIZEN, template=TO_BOOK, topic=TALKS),
    Rule(events=(InterviewSummoned,), kind=CITIZEN, template=SUMMONED, topic=TALKS),
    Rule(events=(InterviewSelfBooked,), kind=CITIZEN, template=SELF_BOOKED, topic=TALKS),
    Rule(events=(InterviewCalledOff,), kind=CITIZEN, template=TALK_OFF, topic=TALKS),
    Rule(events=(PulseAsked,), kind=CITIZEN, template=PULSE, topic=SURVEYS),
    Rule(events=(PulseAsked,), kind=COMPANY, template=PULSE, topic=SURVEYS),
    Rule(events=(PulseAsked,), kind=MENTOR, template=PULSE, topic=SURVEYS),
    Rule(events=(SearchAlerted,), kind=UNIT, template="search_alert", order=UNIT, quiet=False),
    Rule(events=(PromiseAlarmRaised,), kind=UNIT, template=ALARM, order=UNIT, urgency=URGENT, merges=True, quiet=False),
    Rule(events=(PromiseAlarmEnded,), kind=UNIT, template=ALARM_OVER, order=UNIT, merges=True, quiet=False),
    Rule(events=APPOINTING, kind=CITIZEN, template=REMINDER_DAY, before="day", order=REMINDER, topic=APPOINTMENTS),
    Rule(events=APPOINTING, kind=CITIZEN, template=REMINDER_SOON, before="soon", order=REMINDER, topic=APPOINTMENTS),
    *(
        Rule(events=AGREED, kind=kind, template=REMINDER_DAY, before="day", order=REMINDER, topic=APPOINTMENTS,
             urgency=CALM, merges=True)
        for kind in (COMPANY, MENTOR)
    ),
    Rule(events=(MatchMeetingSet,), kind=CITIZEN, template=REMINDER_MEETING, before="day", order=REMINDER,
         topic=APPOINTMENTS),
    Rule(events=(MatchMeetingSet,), kind=COMPANY, template=REMINDER_MEETING, before="day", order=REMINDER,
         topic=APPOINTMENTS, urgency=CALM, merges=True),
    Rule(events=TO_DO, kind=CITIZEN, template=REMINDER_DUE, before="deadline", order=REMINDER, topic=DEADLINES),
    Rule(events=(JobReferralMade, JobReferralReasonAsked), kind=CITIZEN, template=UNOPENED, before=UNOPENED,
         order=REMINDER, topic=DEADLINES),
    *(Rule(events=(), kind=kind, template=REMINDER_ASKED, order=REMINDER, topic=APPOINTMENTS) for kind in KINDS),
    *(Rule(events=(), kind=kind, template=NO_FILES) for kind in KINDS),
)  # fmt: skip
REMINDERS = tuple({rule.template: None for rule in RULES if rule.order == REMINDER})
MERGING = tuple(rule for rule in RULES if rule.merges)
_BY_NAME = {(rule.template, rule.kind): rule for rule in RULES}


def called_for(event: type[Event], template: str, kind: str) -> Rule | None:
    """The row by which this event sends this letter; None where it does not."""
    rule = _BY_NAME.get((template, kind))
    return rule if rule and event in rule.events else None


def rule_of(template: str, kind: str) -> Rule | None:
    """The row of a message that was made; None where the table has lost it."""
    return _BY_NAME.get((template, kind))


def may_decline(kind: str) -> list[str]:
    """The topics that this kind of recipient hears of and may decline, in order."""
    return [
        topic for topic in OPTIONAL if any(rule.optional for rule in RULES if (rule.topic, rule.kind) == (topic, kind))
    ]
