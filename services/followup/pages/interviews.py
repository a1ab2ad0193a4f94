"""The contact course: who has had too few talks, and one citizen's talks."""

from typing import Any
from uuid import UUID

from flask_babel import format_date
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.followup import queries, rules, schemas
from services.followup.api import FOLLOWERS
from services.followup.api.duty import DECIDERS
from services.followup.api.interviews import COURSE, COURSE_CHANGE, REPORT
from services.followup.pages import pages
from services.followup.pages.board import HOME
from services.followup.use_cases import interviews
from shared.auth import Principal
from shared.pages import Page, See, Undo

ALL, OF = f"{HOME}/kontaktforloeb", f"{HOME}/borger/<uuid:citizen_id>/samtaler"


def at(citizen_id: UUID) -> str:
    """Where one citizen's talks are."""
    return f"{HOME}/borger/{citizen_id}/samtaler"


@pages.get(ALL, roles=FOLLOWERS, about=REPORT)
def interview_report(session: Session, _principal: Principal) -> Page:
    """Months and groups, and who is outside."""
    return Page("followup/interviews.html", queries.interview_report(session) | {
        "month": lambda day: format_date(day, "MMMM y"),
        "crumbs": [(_("Opfølgning"), HOME), (_("Kontaktforløb"), None)],
    })  # fmt: skip


@pages.get(OF, roles=FOLLOWERS, about=COURSE)
def see_interviews(session: Session, principal: Principal, citizen_id: UUID, typed: Any = None, **_ids: UUID) -> Page:
    """One citizen's talks."""
    return Page("followup/interviews_of.html", queries.interviews(session, citizen_id) | {
        "typed": typed,
        "decides": bool(set(principal.roles) & set(DECIDERS)),
        "booking_codes": rules.BOOKING_CODES,
        "forms": rules.TALK_FORMS,
        "codes": rules.INTERVIEW_CODES,
        "crumbs": [(_("Opfølgning"), HOME), (_("Kontaktforløb"), ALL), (_("En borger"), None)],
    })  # fmt: skip


@pages.post(OF, roles=FOLLOWERS, about=COURSE_CHANGE, body=schemas.InterviewBody, again=see_interviews)
def note_interview(session: Session, principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> See:
    """A talk took place."""
    made = interviews.note(session, principal, citizen_id, **body)
    undo = Undo(f"{at(citizen_id)}/{made.id}/fortryd", {"version": str(made.version)})
    return See(at(citizen_id), _("Samtalen er noteret."), undo)


@pages.post(f"{OF}/<uuid:interview_id>/fortryd", roles=FOLLOWERS, about=COURSE_CHANGE, body=schemas.InterviewUndo,
            again=see_interviews)  # fmt: skip
def take_interview_back(
    session: Session, _principal: Principal, citizen_id: UUID, interview_id: UUID, body: dict[str, int]
) -> See:
    """It did not take place after all."""
    interviews.take_back(session, citizen_id, interview_id, **body)
    return See(at(citizen_id), _("Samtalen tæller ikke mere."))


@pages.post(f"{OF}/stilling", roles=FOLLOWERS, about=COURSE_CHANGE, body=schemas.InterviewCodeBody,
            again=see_interviews)  # fmt: skip
def judge_interviews(session: Session, principal: Principal, citizen_id: UUID, body: dict[str, str | None]) -> See:
    """Finds work alone, has left, or neither."""
    before = interviews.judge(session, principal, citizen_id, **body)
    return See(at(citizen_id), _("Det er noteret."), Undo(f"{at(citizen_id)}/stilling", {"code": before or ""}))
