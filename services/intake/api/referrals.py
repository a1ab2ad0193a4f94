"""Doors to jobs that somebody was told to apply for."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.intake import queries, schemas
from services.intake.api.desk import doors
from services.intake.use_cases import referrals
from shared.auth import STAFF, Principal
from shared.lookups import About, about_each

READ, LIST, CHANGE = about_each("case", purpose="follow_up")
WORDS = About("health_function", how="change", purpose="follow_up")


@doors.post(
    "/citizens/<uuid:citizen_id>/job-referrals",
    roles=STAFF,
    about=About("case", "citizen_id", "change", purpose="visitation"),
    body=schemas.NewJobReferral,
    answer=schemas.JobReferralAnswer,
)
def make_job_referral(session: Session, principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> Any:
    """Tell somebody to apply for a job by a day; a letter says so."""
    made = referrals.make(session, citizen_id, **body, by=principal.subject)
    session.flush()
    return made


@doors.get(
    "/citizens/<uuid:citizen_id>/job-referrals",
    roles=STAFF,
    about=About("case", "citizen_id", purpose="follow_up"),
    answer=schemas.JobReferralList,
)
def list_job_referrals_of(session: Session, _principal: Principal, citizen_id: UUID) -> Any:
    """A citizen's job referrals, the newest first."""
    return {"items": queries.job_referrals_of(session, citizen_id)}


@doors.get("/job-referrals/to-follow-up", roles=STAFF, about=LIST, query=schemas.WhichPage,
           answer=schemas.JobReferralsToFollowUp)  # fmt: skip
def list_job_referrals_to_follow_up(session: Session, _principal: Principal, query: dict[str, Any]) -> Any:
    """Those that were answered or have lapsed and wait for a person, fifty at a time."""
    found, more = queries.to_follow_up(session, query["page"])
    return {"items": [referral for referral, _citizen in found], "more": more}


@doors.get("/job-referrals/<uuid:job_referral_id>", roles=STAFF, about=READ, answer=schemas.JobReferralRead)
def read_job_referral(session: Session, _principal: Principal, job_referral_id: UUID) -> Any:
    """One, with how far its letters got."""
    return queries.job_referral(session, job_referral_id)


@doors.get("/job-referrals/<uuid:job_referral_id>/evidence", roles=STAFF, about=READ, answer=schemas.EvidenceAnswer)
def read_evidence(session: Session, _principal: Principal, job_referral_id: UUID) -> Any:
    """The evidence pack: whole or not, and what is missing; never a decision."""
    return queries.evidence(session, queries.job_referral(session, job_referral_id))


def _changed(session: Session, principal: Principal, job_referral_id: UUID, act: str, body: dict[str, Any]) -> Any:
    return referrals.change(session, job_referral_id, act, body, by=principal.subject)


@doors.post("/job-referrals/<uuid:job_referral_id>/answer", roles=STAFF, about=WORDS, body=schemas.ReferralResult,
            answer=schemas.JobReferralAnswer)  # fmt: skip
def answer_job_referral(session: Session, principal: Principal, job_referral_id: UUID, body: dict[str, Any]) -> Any:
    """What became of it, as the person told."""
    return _changed(session, principal, job_referral_id, "answer", body)


@doors.post("/job-referrals/<uuid:job_referral_id>/follow-up", roles=STAFF, about=CHANGE, body=schemas.ReferralFollowUp,
            answer=schemas.JobReferralAnswer)  # fmt: skip
def follow_up_job_referral(session: Session, principal: Principal, job_referral_id: UUID, body: dict[str, Any]) -> Any:
    """The formal follow-up by a person; done again it corrects the result."""
    return _changed(session, principal, job_referral_id, "follow_up", body)


@doors.post("/job-referrals/<uuid:job_referral_id>/withdrawal", roles=STAFF, about=CHANGE,
            answer=schemas.JobReferralAnswer)  # fmt: skip
def withdraw_job_referral(session: Session, principal: Principal, job_referral_id: UUID) -> Any:
    """It was a mistake."""
    return _changed(session, principal, job_referral_id, "withdraw", {})


@doors.post("/job-referrals/<uuid:job_referral_id>/contact", roles=STAFF, about=CHANGE, body=schemas.ReferralContact,
            answer=schemas.JobReferralAnswer)  # fmt: skip
def contact_about_job_referral(
    session: Session, principal: Principal, job_referral_id: UUID, body: dict[str, Any]
) -> Any:
    """Somebody tried to speak with the person about it."""
    return _changed(session, principal, job_referral_id, "contact", body)


@doors.post("/job-referrals/<uuid:job_referral_id>/undo", roles=STAFF, about=CHANGE, body=schemas.ReferralUndo,
            answer=schemas.JobReferralAnswer)  # fmt: skip
def undo_on_job_referral(session: Session, _principal: Principal, job_referral_id: UUID, body: dict[str, Any]) -> Any:
    """An answer, a follow-up or a contact was noted by mistake."""
    return referrals.take_back(session, job_referral_id, **body)


@doors.post("/job-referrals/<uuid:job_referral_id>/reason-request", roles=("adviser",), about=CHANGE,
            answer=schemas.JobReferralAnswer)  # fmt: skip
def ask_reason_of_job_referral(session: Session, principal: Principal, job_referral_id: UUID) -> Any:
    """Ask the person why, in writing; they may answer until a day that the row in force sets."""
    return _changed(session, principal, job_referral_id, "ask_reason", {})


@doors.post("/job-referrals/<uuid:job_referral_id>/reason", roles=STAFF, about=WORDS, body=schemas.ReferralReason,
            answer=schemas.JobReferralAnswer)  # fmt: skip
def give_reason_of_job_referral(
    session: Session, principal: Principal, job_referral_id: UUID, body: dict[str, Any]
) -> Any:
    """What the person says."""
    return _changed(session, principal, job_referral_id, "reason", body)
