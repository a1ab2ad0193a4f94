"""Jobs to apply for: told in writing, answered, followed up by a person; a passed day is only a reminder (A08)."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.intake.models import Citizen, JobReferral, ReasonRequest
from services.intake.use_cases import POLICY
from shared import clock
from shared.database import new_id
from shared.errors import CannotUndo, Invalid, NotFound, Refused
from shared.events import (
    JobReferralFollowedUp,
    JobReferralLapsed,
    JobReferralMade,
    JobReferralReasonAsked,
    JobReferralReasonGiven,
)
from shared.lookups import looked
from shared.outbox import record

OPEN, ANSWERED, LAPSED, FOLLOWED_UP, WITHDRAWN = STATES = ("open", "answered", "lapsed", "followed_up", "withdrawn")
BY_CITIZEN, BY_STAFF = "citizen", "staff"
AT_ONCE = 200


def make(
    session: Session,
    citizen_id: UUID,
    *,
    by: str,
    title: str,
    employer: str,
    apply_at: str | None,
    opening_ref: UUID | None,
    due_on: date | None,
) -> JobReferral:
    """Tell somebody to apply for a job; without a day the row in force says by when."""
    if session.get(Citizen, citizen_id) is None:
        raise NotFound
    today, row = clock.today(), POLICY.row("job_referral.followup", clock.today())
    if due_on is not None and due_on < today:
        raise Invalid({"due_on": "Dagen er passeret. / The day has passed."})
    referral = JobReferral(
        id=new_id(), citizen_id=citizen_id, opening_ref=opening_ref, title=title, employer=employer,
        apply_at=apply_at, made_at=clock.now(), made_by=by, state=OPEN,
        due_on=due_on or today + timedelta(days=row.value), due_policy=None if due_on else row.name,
    )  # fmt: skip
    session.add(referral)
    record(session, JobReferralMade(
        job_referral_id=referral.id, citizen_id=citizen_id, opening_ref=opening_ref, due=referral.due_on,
        job=f"{title}, {employer}",
    ), referral)  # fmt: skip
    return referral


def locked(session: Session, referral_id: UUID, *, of: UUID | None = None) -> JobReferral:
    """The row; raises NotFound also for what is not `of` this citizen, and for what was withdrawn."""
    found = session.get(JobReferral, referral_id, with_for_update=True)
    if found is None or (of is not None and found.citizen_id != of) or found.state == WITHDRAWN:
        raise NotFound
    looked(session, found.citizen_id)
    return found


def answer(referral: JobReferral, *, result_code: str, said: str | None, by: str, kind: str) -> JobReferral:
    """What became of it, by the citizen or as told to staff; also after the day, and until it is followed up."""
    if referral.state == FOLLOWED_UP:
        raise Refused("followed_up", "Der er fulgt op på jobbet.", "This job is followed up already.")
    if kind == BY_STAFF:
        referral.answered_by = by
    referral.state, referral.answered_at = ANSWERED, clock.now()
    referral.result_code, referral.said = result_code, said
    return referral


def follow_up(session: Session, referral: JobReferral, *, result_code: str, by: str) -> JobReferral:
    """A person has looked at it; done again it corrects the result."""
    referral.state, referral.followed_up_at, referral.followed_up_by = FOLLOWED_UP, clock.now(), by
    referral.result_code = result_code
    _tell_result(session, referral, result_code)
    return referral


def withdraw(session: Session, referral: JobReferral) -> JobReferral:
    """It was a mistake; nothing was asked of anybody."""
    referral.state = WITHDRAWN
    _tell_result(session, referral, WITHDRAWN)
    return referral


def _tell_result(session: Session, referral: JobReferral, result_code: str) -> None:
    record(session, JobReferralFollowedUp(
        job_referral_id=referral.id, citizen_id=referral.citizen_id, opening_ref=referral.opening_ref,
        due=referral.due_on, result_code=result_code,
        reason_request_id=referral.request.id if referral.request else None,
    ), referral)  # fmt: skip


def contacted(referral: JobReferral, *, contact_code: str, by: str) -> JobReferral:
    """Somebody tried to speak with the person."""
    referral.contacted_at, referral.contacted_by, referral.contact_code = clock.now(), by, contact_code
    return referral


def ask_reason(session: Session, referral: JobReferral, *, by: str) -> ReasonRequest:
    """The person is heard, in writing; once for each referral, and not before its day has passed or it was answered."""
    if referral.state == OPEN:
        raise Refused("not_due", "Dagen er ikke passeret endnu.", "Its day has not passed yet.")
    if referral.request is not None:
        raise Refused("asked_already", "Der er allerede spurgt.", "This was asked already.")
    row = POLICY.row("job_referral.answer_days", clock.today())
    request = ReasonRequest(
        id=new_id(), job_referral_id=referral.id, asked_at=clock.now(), asked_by=by, due_policy=row.name,
        due_on=clock.today() + timedelta(days=row.value),
    )  # fmt: skip
    session.add(request)
    record(session, JobReferralReasonAsked(
        reason_request_id=request.id, job_referral_id=referral.id, citizen_id=referral.citizen_id, due=request.due_on,
        job=f"{referral.title}, {referral.employer}",
    ), request)  # fmt: skip
    return request


def give_reason(
    session: Session, referral: JobReferral, *, ground_code: str, said: str | None, by: str, kind: str
) -> ReasonRequest:  # fmt: skip
    """What the person says; also after the day, for it is always read. Said again it corrects the words: the person
    was heard when they first answered (forvaltningslov § 19), and that is told once."""
    request = referral.request
    if request is None:
        raise Refused("not_asked", "Der er ikke spurgt om en grund.", "No reason was asked for.")
    request.ground_code, request.said = ground_code, said
    request.answered_by = by if kind == BY_STAFF else None
    if request.answered_at is None:
        request.answered_at = clock.now()
        record(session, JobReferralReasonGiven(reason_request_id=request.id, citizen_id=referral.citizen_id), request)
    return request


def lapse_overdue(session: Session) -> bool:
    """What was not answered by its day is told and put on the list; True when there may be more."""
    overdue = select(JobReferral).where(JobReferral.state == OPEN, JobReferral.due_on < clock.today())
    found = session.scalars(
        overdue.order_by(JobReferral.due_on, JobReferral.id).limit(AT_ONCE).with_for_update(skip_locked=True)
    ).all()
    for referral in found:
        _lapse(session, referral, clock.now())
    return len(found) == AT_ONCE


def _lapse(session: Session, referral: JobReferral, now: datetime) -> None:
    referral.state, referral.lapsed_at = LAPSED, now
    _tell_lapsed(session, referral)


def _tell_lapsed(session: Session, referral: JobReferral) -> None:
    record(session, JobReferralLapsed(
        job_referral_id=referral.id, citizen_id=referral.citizen_id, opening_ref=referral.opening_ref,
        due=referral.due_on,
    ), referral)  # fmt: skip


def take_back(
    session: Session, referral_id: UUID, *, act: str, version: int, result_code: str | None = None
) -> JobReferral:
    """What staff noted last was a mistake: no answer, no contact, or not followed up, and on the list again.

    `result_code` is what had been answered before the follow-up. Raises CannotUndo where somebody did something since,
    and for the citizen's own answer.
    """
    referral = locked(session, referral_id)
    referral.require_untouched(version)
    if act == "contact":
        referral.contacted_at = referral.contacted_by = referral.contact_code = None
    elif act == "answer" and referral.state == ANSWERED and referral.answered_by:
        referral.answered_at = referral.answered_by = referral.result_code = referral.said = None
        referral.state = _not_followed_up(referral)
    elif act == "follow_up" and referral.state == FOLLOWED_UP:
        referral.followed_up_at = referral.followed_up_by = None
        referral.state, referral.result_code = _not_followed_up(referral), result_code
        if referral.state == LAPSED:
            _tell_lapsed(session, referral)
    else:
        raise CannotUndo
    session.flush()
    return referral


def _not_followed_up(referral: JobReferral) -> str:
    return ANSWERED if referral.answered_at else LAPSED if referral.lapsed_at else OPEN


def change(session: Session, referral_id: UUID, act: str, body: dict[str, Any], *, by: str) -> JobReferral:
    """One of the acts of staff on a referral, by name."""
    referral = locked(session, referral_id)
    if act == "answer":
        answer(referral, **body, by=by, kind=BY_STAFF)
    elif act == "follow_up":
        follow_up(session, referral, **body, by=by)
    elif act == "withdraw":
        withdraw(session, referral)
    elif act == "contact":
        contacted(referral, **body, by=by)
    elif act == "ask_reason":
        ask_reason(session, referral, by=by)
    else:
        give_reason(session, referral, **body, by=by, kind=BY_STAFF)
    session.flush()
    session.refresh(referral, ["request"])
    return referral
