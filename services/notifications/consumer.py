"""What notifications hears, and what it does by itself: finding addresses and delivering."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy.orm import Session

from services.notifications.models import Base
from services.notifications.rules import drafts, portal_drafts
from services.notifications.rules.agreement_drafts import agreement_asked
from services.notifications.rules.drafts import Draft
from services.notifications.use_cases import (
    POLICY,
    addresses,
    alarms,
    centre_offers,
    feeds,
    handovers,
    interviews,
    lanes,
    match_meetings,
    mentors,
    messages,
    notices,
    portal,
    post_statuses,
    reminders,
    restored,
    returns,
    templates,
    webhooks,
)
from services.notifications.use_cases import merges as letters
from services.notifications.use_cases.beside import beside
from shared import access, clock, merges, seals, units
from shared.envelope import Received
from shared.erasure import keep_times, on_erased
from shared.events import (
    AccessEnded,
    AgreementAsked,
    AgreementClosed,
    AgreementExpiring,
    CaseTaken,
    CitizenChannelsChanged,
    CitizenErased,
    CitizenMerged,
    CitizenRegistered,
    CitizenUnitChanged,
    CompanyRegistered,
    CompanyRequestReceived,
    CvDeadlineReminded,
    CvDeadlineSet,
    EducationGuidanceReferred,
    Event,
    FollowUpHeld,
    FollowUpMoved,
    FollowUpPlanned,
    FollowUpTrailAnchored,
    JobReferralFollowedUp,
    JobReferralMade,
    JobReferralReasonAsked,
    JobReferralReasonGiven,
    MatchConsented,
    MatchDeclined,
    MatchMeetingCancelled,
    MatchMeetingSet,
    MatchProposed,
    MatchReopened,
    NeedReadBack,
    PlacementAgreed,
    PlacementConcluded,
    PromiseAlarmEnded,
    PromiseAlarmRaised,
    PulseAsked,
    PulseWithdrawn,
    SearchAlerted,
    StraksaktiveringReferred,
    VisitationBooked,
    VisitationCancelled,
    VisitationHeld,
    VisitationMissed,
    VisitationMoved,
    VisitationNotMissed,
)
from shared.events.base import E
from shared.events.talk import WITHDRAWN
from shared.handling import Handler, Job


def _letters(called_for: Callable[[E], list[Draft]]) -> Handler:
    def handle(session: Session, batch: Sequence[Received[Any]]) -> None:
        told = [(received, draft) for received in batch for draft in called_for(received.event)]
        messages.write(session, told)
        reminders.plan(session, told)

    return handle


def on_placement_agreed(session: Session, batch: Sequence[Received[PlacementAgreed]]) -> None:
    """The mentor becomes known, and three letters are due, unless the first day was over before the product came."""
    addresses.keep_mentors(session, batch)
    told = [one for one in batch if (since := one.event.taken_over_on) is None or one.event.starts_on > since]
    _letters(drafts.placement_agreed)(session, told)


def on_agreement_asked(session: Session, batch: Sequence[Received[AgreementAsked]]) -> None:
    """The mentor becomes known, and whoever's turn it is hears; a letter about terms that changed does not go out."""
    addresses.keep_mentors(session, batch)
    on_agreement_closed(session, batch)
    _letters(agreement_asked)(session, batch)


def on_agreement_closed(session: Session, batch: Sequence[Received[Any]]) -> None:
    """Letters that have not gone out never do."""
    versions = {received.event.placement_id: received.version for received in batch}
    messages.withdraw(session, versions, drafts.AGREEMENT)


def on_visitation_cancelled(session: Session, batch: Sequence[Received[VisitationCancelled]]) -> None:
    """What was still to tell of the time is withdrawn, and a letter says that it is off."""
    messages.withdraw(session, {received.event.visitation_id: received.version for received in batch}, drafts.TIMES)
    reminders.over(session, [(received, received.event.visitation_id) for received in batch])
    _letters(drafts.visitation_cancelled)(session, batch)


def on_visitation_moved(session: Session, batch: Sequence[Received[VisitationMoved]]) -> None:
    """A letter with the new time; one that was still to say that the talk is off is withdrawn."""
    versions = {received.event.visitation_id: received.version for received in batch}
    messages.withdraw(session, versions, (drafts.CANCELLED,))
    _letters(drafts.visitation_moved)(session, batch)


def on_visitations_not_missed(session: Session, batch: Sequence[Received[VisitationNotMissed]]) -> None:
    """They came after all: a letter that has not gone out never does; one that has says itself what it is worth."""
    versions = {received.event.no_show_id: received.version for received in batch}
    messages.withdraw(session, versions, (drafts.MISSED,), "recalled")


def on_visitation_booked(session: Session, batch: Sequence[Received[VisitationBooked]]) -> None:
    """A slot is the citizen's, unless it was given up before this was heard."""
    freed = letters.freed(session, {received.event.visitation_id for received in batch})
    told = [received for received in batch if received.event.visitation_id not in freed]
    _letters(drafts.visitation_booked)(session, told)


def on_visitation_held(session: Session, batch: Sequence[Received[VisitationHeld]]) -> None:
    """Nothing reminds of it any more."""
    reminders.over(session, [(received, received.event.visitation_id) for received in batch])


def on_followup_planned(session: Session, batch: Sequence[Received[FollowUpPlanned]]) -> None:
    """A letter with the talks; of those that are no longer in the plan nobody is reminded."""
    for received in batch:
        told = received.event
        reminders.drop_talks(session, told.placement_id, told.citizen_id, but=(told.placement_id, *told.contact_ids))
    _letters(drafts.followup_planned)(session, batch)


def on_followup_held(session: Session, batch: Sequence[Received[FollowUpHeld]]) -> None:
    """Nothing reminds of it any more."""
    reminders.over(session, [(received, received.event.contact_id) for received in batch])


def on_placement_concluded(session: Session, batch: Sequence[Received[PlacementConcluded]]) -> None:
    """Nothing reminds of what would have come."""
    for received in batch:
        if received.event.outcome_code is not None:
            reminders.drop_talks(session, received.event.placement_id, received.event.citizen_id)


def on_job_followed_up(session: Session, batch: Sequence[Received[JobReferralFollowedUp]]) -> None:
    """Nothing reminds of it any more. Where it was a mistake, its letter does not go out; one that has is taken back
    by another."""
    reminders.job_over(session, batch)
    mistakes = [received for received in batch if received.event.result_code == WITHDRAWN]
    if not mistakes:
        return
    versions = {received.event.job_referral_id: received.version for received in mistakes}
    messages.withdraw(session, versions, (drafts.JOB,), "recalled")
    questions = {one.event.reason_request_id: one.version for one in mistakes if one.event.reason_request_id}
    messages.withdraw(session, questions, (drafts.REASON,), "recalled")
    told = messages.sent_data(session, versions, drafts.JOB)
    messages.write(session, [
        (received, drafts.job_withdrawn(received.event, told[received.event.job_referral_id].get("job"), clock.today()))
        for received in mistakes
        if received.event.job_referral_id in told
    ])  # fmt: skip


def on_match_declined(session: Session, batch: Sequence[Received[MatchDeclined]]) -> None:
    """What was still to ask is not asked; who was asked in writing hears that it is over, but for a double."""
    versions = {received.event.match_id: received.version for received in batch}
    asked = (drafts.MATCH_PROPOSED, drafts.MATCH_CONSENTED)
    messages.withdraw(session, versions, asked, "recalled")
    told = {template: messages.sent_data(session, versions, template) for template in asked}
    messages.write(session, [
        (received, draft)
        for received in batch
        if received.event.decliner != SAME_PERSON
        for draft in drafts.match_closed(
            received.event, [template for template in asked if received.event.match_id in told[template]], clock.today()
        )
    ])  # fmt: skip


def on_match_reopened(session: Session, batch: Sequence[Received[MatchReopened]]) -> None:
    """It is not over after all: what was still to say that it is stays here."""
    versions = {received.event.match_id: received.version for received in batch}
    messages.withdraw(session, versions, (drafts.MATCH_CLOSED,), "recalled")


def on_pulse_withdrawn(session: Session, batch: Sequence[Received[PulseWithdrawn]]) -> None:
    """Letters that have not gone out never do."""
    messages.withdraw(session, {received.event.pulse_id: received.version for received in batch}, (drafts.PULSE,))


def on_merged(session: Session, batch: Sequence[Received[CitizenMerged]]) -> None:
    """Letters go to who stayed, and none about the talk that was given up."""
    merges.on_merged(Base, letters.readdress)(session, batch)
    for received in batch:
        if received.event.freed_visitation_id is not None:
            letters.give_up(session, received.event.from_id, received.event.freed_visitation_id)


# One person's two matches became one; the other goes on.
SAME_PERSON = "desk"

HANDLERS: dict[type[Event], Handler] = merges.following(webhooks.with_webhooks(notices.with_notices({
    CitizenRegistered: units.with_unit(addresses.keep_citizens),
    CitizenChannelsChanged: addresses.keep_citizens,
    CitizenUnitChanged: units.on_told,
    CompanyRegistered: addresses.keep_companies,
    **mentors.HANDLERS,
    VisitationBooked: on_visitation_booked,
    VisitationMoved: on_visitation_moved,
    VisitationCancelled: on_visitation_cancelled,
    VisitationHeld: on_visitation_held,
    VisitationMissed: _letters(drafts.visitation_missed),
    VisitationNotMissed: on_visitations_not_missed,
    StraksaktiveringReferred: _letters(drafts.start_referred),
    CvDeadlineSet: _letters(drafts.cv_set),
    CvDeadlineReminded: _letters(drafts.cv_reminded),
    EducationGuidanceReferred: _letters(drafts.education_guidance),
    JobReferralMade: _letters(drafts.job_referred),
    JobReferralFollowedUp: on_job_followed_up,
    JobReferralReasonAsked: _letters(drafts.reason_asked),
    JobReferralReasonGiven: reminders.on_reason_given,
    MatchProposed: _letters(drafts.match_proposed),
    MatchConsented: _letters(drafts.match_consented),
    NeedReadBack: _letters(drafts.need_read_back),
    **{event: _letters(written) for event, written in portal_drafts.LETTERS.items()},
    **portal.HANDLERS,
    MatchDeclined: on_match_declined,
    MatchReopened: on_match_reopened,
    MatchMeetingSet: match_meetings.on_set,
    MatchMeetingCancelled: match_meetings.on_cancelled,
    AgreementAsked: on_agreement_asked,
    AgreementExpiring: _letters(agreement_asked),
    **centre_offers.HANDLERS,
    AgreementClosed: on_agreement_closed,
    PlacementAgreed: on_placement_agreed,
    FollowUpPlanned: beside(on_followup_planned, feeds.on_planned),
    FollowUpHeld: beside(on_followup_held, feeds.on_held),
    PlacementConcluded: beside(on_placement_concluded, feeds.on_concluded),
    FollowUpMoved: beside(_letters(drafts.followup_moved), feeds.on_moved),
    **interviews.handlers(_letters),
    PulseAsked: _letters(drafts.pulse_asked),
    PulseWithdrawn: on_pulse_withdrawn,
    PromiseAlarmRaised: alarms.on_raised,
    PromiseAlarmEnded: alarms.on_ended,
    SearchAlerted: alarms.on_searched,
    AccessEnded: access.on_ended,
    CitizenErased: on_erased(Base),
    CitizenMerged: on_merged,
    FollowUpTrailAnchored: seals.on_anchored,
    CompanyRequestReceived: notices.on_need,
    CaseTaken: notices.on_case_taken,
    **dict.fromkeys(notices.UNHEARD, notices.unheard),
})))  # fmt: skip
JOBS = {
    "note_templates": Job(every=3600, run=templates.note),
    "settle_handed_over": Job(every=10, run=handovers.settle),
    "suppress_past": Job(every=10, run=messages.suppress_past),
    "wake": Job(every=10, run=reminders.wake),
    "find_addresses": Job(every=2, run=messages.find_addresses, after_batch=True),
    **lanes.LANES,
    "hear_post": Job(every=15, run=post_statuses.hear, lane="hear_post"),
    "tell_systems": Job(every=2, run=webhooks.Sender().deliver, after_batch=True, lane="tell_systems"),
    "read_return_post": Job(every=60, run=returns.read_mailbox, lane="return_post"),
    "keep_times": keep_times(Base, POLICY),
    "catch_up": merges.catch_up(Base, letters.readdress),
}
AFTER_RESTORE = restored.hold
