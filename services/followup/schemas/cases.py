"""Whose case it is, next steps and what is at risk, as they come in and go out."""

from marshmallow import fields as marshmallow_fields

from services.followup.rules import ALL, WHOSE
from services.followup.schemas.placements import NEXT_STEPS, RISKS, PeopleAnswer
from shared.fields import Body, Code, Count, Day, Flag, Moment, Text, UndoForm
from shared.paging import PageQuery, page_of

Uuid = marshmallow_fields.UUID
STEPS = (*NEXT_STEPS, "expectation_talk", "plan_answer")


class WhoseQuery(PageQuery):
    """The caller's own, their unit's, nobody's, or everybody's."""

    whose = Code(*WHOSE, load_default=ALL)


class OwnerBody(Body):
    """Whose case it is; empty for nobody's."""

    owner = Text(200, load_default=None, allow_none=True)


class OwnerUndo(UndoForm, OwnerBody):
    """Whose it was, and the version in which it changed hands."""


class OwnerAnswer(Body):
    """Whose case it is now."""

    id = Uuid(required=True)
    owner = Text(200, required=True, allow_none=True)
    version = Count(1, 2**31 - 1, required=True)


class StepLine(PeopleAnswer):
    """What somebody is to do by a day; `days_late` is negative before it."""

    id = Uuid(required=True)
    placement_id = Uuid(required=True)
    code = Code(*STEPS, required=True)
    due_on = Day(required=True)
    owner = Text(200, required=True)
    done_at = Moment(required=True, allow_none=True)
    days_late = marshmallow_fields.Integer(required=True)
    version = Count(1, 2**31 - 1, required=True)


StepPage = page_of(StepLine)


class StepDone(Body):
    """One step, done or not."""

    id = Uuid(required=True)
    done_at = Moment(required=True, allow_none=True)
    version = Count(1, 2**31 - 1, required=True)


class RiskLine(PeopleAnswer):
    """A placement whose contact is closer, and why since when."""

    placement_id = Uuid(required=True)
    owner = Text(200, required=True, allow_none=True)
    why_code = Code(*RISKS, required=True)
    since = Day(required=True)


RiskPage = page_of(RiskLine)


class InterpreterBody(Body):
    """Whether an interpreter is booked for the talk."""

    booked = Flag(load_default=False)
