"""What notifications hears, and what it does by itself: finding addresses and delivering."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy.orm import Session

from services.notifications.models import Base
from services.notifications.rules import drafts
from services.notifications.rules.drafts import Draft
from services.notifications.use_cases import POLICY, addresses, messages
from services.notifications.use_cases.delivery import PostOffice
from shared import access, seals
from shared.envelope import Received
from shared.erasure import keep_times, on_erased
from shared.events import (
    AccessEnded,
    CitizenChannelsChanged,
    CitizenErased,
    CitizenRegistered,
    CompanyRegistered,
    CvDeadlineReminded,
    CvDeadlineSet,
    EducationGuidanceReferred,
    Event,
    FollowUpMoved,
    FollowUpPlanned,
    FollowUpTrailAnchored,
    JobReferralMade,
    JobReferralReasonAsked,
    PlacementAgreed,
    StraksaktiveringReferred,
    VisitationBooked,
)
from shared.events.base import E
from shared.handling import Handler, Job


def _letters(called_for: Callable[[E], list[Draft]]) -> Handler:
    def handle(session: Session, batch: Sequence[Received[Any]]) -> None:
        messages.write(session, [(received, draft) for received in batch for draft in called_for(received.event)])

    return handle


def on_placement_agreed(session: Session, batch: Sequence[Received[PlacementAgreed]]) -> None:
    """The mentor becomes known, and three letters are due."""
    addresses.keep_mentors(session, batch)
    _letters(drafts.placement_agreed)(session, batch)


HANDLERS: dict[type[Event], Handler] = {
    CitizenRegistered: addresses.keep_citizens,
    CitizenChannelsChanged: addresses.keep_citizens,
    CompanyRegistered: addresses.keep_companies,
    VisitationBooked: _letters(drafts.visitation_booked),
    StraksaktiveringReferred: _letters(drafts.start_referred),
    CvDeadlineSet: _letters(drafts.cv_set),
    CvDeadlineReminded: _letters(drafts.cv_reminded),
    EducationGuidanceReferred: _letters(drafts.education_guidance),
    JobReferralMade: _letters(drafts.job_referred),
    JobReferralReasonAsked: _letters(drafts.reason_asked),
    PlacementAgreed: on_placement_agreed,
    FollowUpPlanned: _letters(drafts.followup_planned),
    FollowUpMoved: _letters(drafts.followup_moved),
    AccessEnded: access.on_ended,
    CitizenErased: on_erased(Base),
    FollowUpTrailAnchored: seals.on_anchored,
}
JOBS = {
    "suppress_past": Job(every=10, run=messages.suppress_past),
    "find_addresses": Job(every=2, run=messages.find_addresses, after_batch=True),
    "deliver": Job(every=2, run=PostOffice().deliver, after_batch=True),
    "keep_times": keep_times(Base, POLICY),
}
