"""Absence: what is known, which days the rules propose, and what a person does about it."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.followup import queries, rules, schemas
from services.followup.api import FOLLOWERS
from services.followup.api.duty import CASE, CASE_CHANGE, DECIDERS, OF_CITIZEN, OF_CITIZEN_CHANGE
from services.followup.pages import pages
from services.followup.pages.board import HOME
from services.followup.use_cases import POLICY, duty
from shared import clock
from shared.auth import Principal
from shared.pages import Page, See, Undo

ALL, ONE = f"{HOME}/borger/<uuid:citizen_id>/fravaer", f"{HOME}/fravaer/<uuid:absence_id>"


def _at(absence_id: UUID) -> str:
    return f"{HOME}/fravaer/{absence_id}"


@pages.get(ALL, roles=FOLLOWERS, about=OF_CITIZEN)
def list_absences(session: Session, _principal: Principal, citizen_id: UUID, typed: Any = None) -> Page:
    """Somebody's absences, and the form for a new one."""
    sick = POLICY.find("sick_notice.to", clock.today())
    return Page("followup/absences.html", queries.absences(session, citizen_id) | {
        "typed": typed,
        "kinds": rules.KINDS,
        "sick_to": sick.value if sick else None,
        "crumbs": [(_("Opfølgning"), HOME), (_("Fravær"), None)],
    })  # fmt: skip


@pages.post(ALL, roles=FOLLOWERS, about=OF_CITIZEN_CHANGE, body=schemas.AbsenceBody, again=list_absences)
def register_absence(session: Session, principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> See:
    """Somebody did not come."""
    made = duty.register(session, citizen_id, made_by=principal.subject, **body)
    return See(_at(made.id), _("Fraværet er noteret."))


@pages.get(ONE, roles=FOLLOWERS, about=CASE)
def see_absence(session: Session, principal: Principal, absence_id: UUID, typed: Any = None) -> Page:
    """One absence with its proposal."""
    found = queries.absence(session, absence_id)
    back = f"{HOME}/borger/{found['citizen_id']}/fravaer"
    return Page("followup/absence.html", {
        "it": found,
        "typed": typed,
        "ways": rules.WAYS,
        "grounds": schemas.GROUNDS,
        "closings": schemas.CLOSED,
        "decides": bool(set(principal.roles) & set(DECIDERS)),
        "crumbs": [(_("Opfølgning"), HOME), (_("Fravær"), back), (_("Et fravær"), None)],
    })  # fmt: skip


@pages.post(f"{ONE}/forsoeg", roles=FOLLOWERS, about=CASE_CHANGE, body=schemas.AttemptBody, again=see_absence)
def try_contact(session: Session, principal: Principal, absence_id: UUID, body: dict[str, Any]) -> See:
    """Somebody tried to reach the citizen."""
    duty.attempt(session, absence_id, made_by=principal.subject, **body)
    return See(_at(absence_id), _("Forsøget er noteret."))


@pages.post(f"{ONE}/kontakt", roles=FOLLOWERS, about=CASE_CHANGE, body=schemas.RestoredBody, again=see_absence)
def restore_contact(session: Session, _principal: Principal, absence_id: UUID, body: dict[str, Any]) -> See:
    """Contact is there again; an empty day takes that back."""
    duty.restore(session, absence_id, **body)
    if body["on"] is None:
        return See(_at(absence_id), _("Kontakten står igen som ikke genoprettet."))
    return See(_at(absence_id), _("Kontakten er genoprettet."), Undo(f"{_at(absence_id)}/kontakt", {"on": ""}))


@pages.post(f"{ONE}/grund", roles=FOLLOWERS, about=CASE_CHANGE, body=schemas.GroundBody, again=see_absence)
def judge_ground(session: Session, _principal: Principal, absence_id: UUID, body: dict[str, Any]) -> See:
    """Why, and whether a person finds that reasonable."""
    duty.judge_ground(session, absence_id, **body)
    return See(_at(absence_id), _("Grunden er noteret. Ret den her, hvis den er forkert."))


@pages.post(f"{ONE}/hoering", roles=DECIDERS, about=CASE_CHANGE, again=see_absence)
def open_hearing(session: Session, _principal: Principal, absence_id: UUID) -> See:
    """The citizen is heard."""
    duty.open_hearing(session, absence_id)
    return See(_at(absence_id), _("Høringen er åbnet. Send høringsbrevet fra fagsystemet. Der er ikke trukket noget."))


@pages.post(f"{ONE}/svar", roles=FOLLOWERS, about=CASE_CHANGE, body=schemas.HearingAnswerBody, again=see_absence)
def answer_hearing(session: Session, _principal: Principal, absence_id: UUID, body: dict[str, str]) -> See:
    """What the citizen answered."""
    duty.answer(session, absence_id, **body)
    return See(_at(absence_id), _("Svaret er noteret. Ret det her, hvis noget mangler."))


@pages.post(f"{ONE}/videre", roles=DECIDERS, about=CASE_CHANGE, again=see_absence)
def hand_over(session: Session, principal: Principal, absence_id: UUID) -> See:
    """To whoever decides."""
    duty.hand_over(session, absence_id, made_by=principal.subject)
    return See(_at(absence_id), _("Sagen er givet videre til afgørelse. Der er ikke trukket noget."))


@pages.post(f"{ONE}/luk", roles=FOLLOWERS, about=CASE_CHANGE, body=schemas.CloseBody, again=see_absence)
def close_absence(session: Session, _principal: Principal, absence_id: UUID, body: dict[str, str]) -> See:
    """Nothing more follows."""
    closed = duty.close(session, absence_id, **body)
    return See(
        _at(absence_id), _("Sagen er lukket."), Undo(f"{_at(absence_id)}/luk/fortryd", {"version": str(closed.version)})
    )


@pages.post(f"{ONE}/luk/fortryd", roles=FOLLOWERS, about=CASE_CHANGE, body=schemas.AbsenceUndo, again=see_absence)
def open_absence_again(session: Session, _principal: Principal, absence_id: UUID, body: dict[str, int]) -> See:
    """Closing was a mistake."""
    duty.open_again(session, absence_id, **body)
    return See(_at(absence_id), _("Sagen er åben igen."))
