"""The catalogue: every fact the services tell each other, and the one table of who hears it.

Events are frozen, flat and in the past tense: ids, codes, dates, numbers. Never a CPR number, a diagnosis or
free text about a person. A sealed field travels encrypted to the services named beside it; everybody else,
the broker and the log included, holds only ciphertext.
"""

from shared.events.areas import AreaOverviewRequested
from shared.events.base import FOLLOWUP, INTAKE, MATCHING, NOTIFICATIONS, SERVICES, Event
from shared.events.cohorts import CohortCompleted, CohortEnrolled, EducationVisited, TrackChosen
from shared.events.company_calls import CompanyPromiseBroken, NeedReadBack
from shared.events.duty import (
    AbsenceRegistered,
    ContactRestored,
    HearingAnswered,
    HearingHandedOver,
    HearingOpened,
)
from shared.events.endings import (
    EmploymentStarted,
    GuaranteeAgreed,
    GuaranteeAssessed,
    GuaranteeConcluded,
    PlacementClarified,
    PlacementConcluded,
)
from shared.events.families import ActionAssigned, FamilyForumHeld, MilestoneReached
from shared.events.followup import (
    CaseTaken,
    FollowUpHeld,
    FollowUpMoved,
    FollowUpPlanned,
    FollowUpReopened,
    FollowUpTrailAnchored,
    HoursChanged,
)
from shared.events.hours import DocumentGatePassed, HourStepExceeded, SustainableLevelSet
from shared.events.intake import (
    AccessEnded,
    ActivationDutyAnnounced,
    ApplicationNotReceived,
    ApplicationReceived,
    CitizenChannelsChanged,
    CitizenErased,
    CitizenErasureAnnounced,
    CitizenMerged,
    CitizenRegistered,
    CitizenUnitChanged,
    DigitalApplicationPointedOut,
    FirstContactRegistered,
    IntakeTrailAnchored,
    JobWishesRecorded,
    PromiseAlarmEnded,
    PromiseAlarmRaised,
    ReadinessAssessed,
    StraksaktiveringReferred,
    VisitationBooked,
    VisitationCancelled,
    VisitationHeld,
    VisitationMissed,
    VisitationMoved,
    VisitationNotMissed,
)
from shared.events.interviews import InterviewHeld
from shared.events.matching import (
    AgreementApproved,
    AgreementAsked,
    AgreementClosed,
    AgreementExpiring,
    CompanyRegistered,
    CompanyRequestReceived,
    EmployeeRepresentativeStated,
    MatchAccepted,
    MatchConsented,
    MatchDeclined,
    MatchingTrailAnchored,
    MatchProposed,
    MatchReopened,
    PlacementAgreed,
    PlacementChanged,
    RatioChecked,
    SearchAlerted,
)
from shared.events.mentoring import (
    MentorAssigned,
    MentorContactTold,
    MentorSupportGranted,
    MentorTrained,
    NetworkMeetingHeld,
)
from shared.events.notifications import (
    NotificationDelivered,
    NotificationFailed,
    NotificationRead,
    NotificationReopened,
    NotificationSent,
    NotificationsTrailAnchored,
)
from shared.events.pulse import PulseAsked, PulseWithdrawn
from shared.events.talk import (
    ApplicationWithdrawn,
    AssistedServiceGiven,
    CaseClosedAtDoor,
    CaseReopenedAtDoor,
    CvDeadlineMet,
    CvDeadlineMissed,
    CvDeadlineReminded,
    CvDeadlineSet,
    EducationGuidanceReferred,
    JobReferralFollowedUp,
    JobReferralLapsed,
    JobReferralMade,
    JobReferralReasonAsked,
    PrivateProviderChosen,
)

SUBSCRIPTIONS: dict[type[Event], tuple[str, ...]] = {
    CitizenRegistered: (MATCHING, FOLLOWUP, NOTIFICATIONS),
    CitizenChannelsChanged: (MATCHING, FOLLOWUP, NOTIFICATIONS),
    CitizenUnitChanged: (MATCHING, FOLLOWUP, NOTIFICATIONS),
    FirstContactRegistered: (FOLLOWUP,),
    ActivationDutyAnnounced: (FOLLOWUP,),
    DigitalApplicationPointedOut: (),
    ApplicationReceived: (),
    ApplicationNotReceived: (),
    VisitationBooked: (NOTIFICATIONS,),
    VisitationMoved: (NOTIFICATIONS,),
    VisitationCancelled: (NOTIFICATIONS,),
    VisitationHeld: (FOLLOWUP, NOTIFICATIONS),
    VisitationMissed: (FOLLOWUP, NOTIFICATIONS),
    VisitationNotMissed: (FOLLOWUP, NOTIFICATIONS),
    ReadinessAssessed: (MATCHING, FOLLOWUP),
    JobWishesRecorded: (MATCHING,),
    StraksaktiveringReferred: (NOTIFICATIONS,),
    PrivateProviderChosen: (),
    EducationGuidanceReferred: (NOTIFICATIONS,),
    CvDeadlineSet: (NOTIFICATIONS,),
    CvDeadlineReminded: (NOTIFICATIONS,),
    CvDeadlineMet: (),
    CvDeadlineMissed: (),
    AssistedServiceGiven: (),
    ApplicationWithdrawn: (),
    CaseClosedAtDoor: (),
    CaseReopenedAtDoor: (),
    JobReferralMade: (NOTIFICATIONS,),
    JobReferralFollowedUp: (NOTIFICATIONS,),
    JobReferralLapsed: (NOTIFICATIONS,),
    JobReferralReasonAsked: (NOTIFICATIONS,),
    PromiseAlarmRaised: (NOTIFICATIONS,),
    PromiseAlarmEnded: (NOTIFICATIONS,),
    AccessEnded: (MATCHING, FOLLOWUP, NOTIFICATIONS),
    CompanyRegistered: (FOLLOWUP, NOTIFICATIONS),
    CompanyRequestReceived: (NOTIFICATIONS,),
    MatchProposed: (INTAKE, NOTIFICATIONS),
    MatchConsented: (INTAKE, NOTIFICATIONS),
    MatchAccepted: (INTAKE, NOTIFICATIONS),
    MatchDeclined: (INTAKE, NOTIFICATIONS),
    MatchReopened: (INTAKE, NOTIFICATIONS),
    SearchAlerted: (NOTIFICATIONS,),
    NeedReadBack: (NOTIFICATIONS,),
    CompanyPromiseBroken: (),
    RatioChecked: (),
    EmployeeRepresentativeStated: (),
    AgreementApproved: (),
    AgreementAsked: (NOTIFICATIONS,),
    AgreementExpiring: (NOTIFICATIONS,),
    AgreementClosed: (NOTIFICATIONS,),
    PlacementAgreed: (INTAKE, FOLLOWUP, NOTIFICATIONS),
    PlacementChanged: (FOLLOWUP,),
    FollowUpPlanned: (NOTIFICATIONS,),
    FollowUpHeld: (NOTIFICATIONS,),
    FollowUpMoved: (NOTIFICATIONS,),
    FollowUpReopened: (),
    CaseTaken: (NOTIFICATIONS,),
    HoursChanged: (MATCHING,),
    PlacementConcluded: (MATCHING, NOTIFICATIONS),
    PlacementClarified: (),
    EmploymentStarted: (),
    GuaranteeAgreed: (),
    GuaranteeAssessed: (),
    GuaranteeConcluded: (),
    PulseAsked: (NOTIFICATIONS,),
    PulseWithdrawn: (NOTIFICATIONS,),
    HourStepExceeded: (),
    SustainableLevelSet: (),
    DocumentGatePassed: (),
    MentorAssigned: (),
    MentorContactTold: (NOTIFICATIONS,),
    MentorTrained: (),
    NetworkMeetingHeld: (),
    MentorSupportGranted: (),
    CohortEnrolled: (),
    TrackChosen: (),
    EducationVisited: (),
    CohortCompleted: (),
    FamilyForumHeld: (),
    ActionAssigned: (),
    MilestoneReached: (),
    AreaOverviewRequested: (),
    InterviewHeld: (),
    AbsenceRegistered: (),
    ContactRestored: (),
    HearingOpened: (),
    HearingAnswered: (),
    HearingHandedOver: (),
    NotificationSent: (INTAKE,),
    NotificationFailed: (INTAKE,),
    NotificationDelivered: (INTAKE,),
    NotificationRead: (INTAKE,),
    NotificationReopened: (),
    CitizenErasureAnnounced: (),
    CitizenErased: (MATCHING, FOLLOWUP, NOTIFICATIONS),
    CitizenMerged: (MATCHING, FOLLOWUP, NOTIFICATIONS),
    IntakeTrailAnchored: (MATCHING,),
    MatchingTrailAnchored: (FOLLOWUP,),
    FollowUpTrailAnchored: (NOTIFICATIONS,),
    NotificationsTrailAnchored: (INTAKE,),
}
"""Who tells what to whom, in the order the story happens. An empty line is written out on purpose."""

BY_KIND: dict[str, type[Event]] = {event.kind: event for event in SUBSCRIPTIONS}


def heard_by(service: str) -> tuple[type[Event], ...]:
    """The events that a service listens to."""
    return tuple(event for event, listeners in SUBSCRIPTIONS.items() if service in listeners)


def told_by(service: str) -> tuple[type[Event], ...]:
    """The events that a service produces."""
    return tuple(event for event in SUBSCRIPTIONS if event.kind.split(".", 1)[0] == service)
