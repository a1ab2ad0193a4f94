"""JSON doors for the suggestion for the whole office."""

from typing import Any

from sqlalchemy.orm import Session

from services.matching.api import CONSULTANTS, FUNCTIONS, MATCH_CHANGE, doors
from services.matching.models import Plan
from services.matching.queries import plans
from services.matching.schemas import plans as schemas
from services.matching.schemas.matches import MatchAnswer
from services.matching.use_cases import plans as use_cases
from shared.auth import Principal
from shared.errors import NotFound
from shared.lookups import looked

EVERY_LINE = 10**6


@doors.post("/plans", roles=CONSULTANTS, about=FUNCTIONS, body=schemas.NewPlan, answer=schemas.PlanAnswer)
def make_plan(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """Suggest who could go where, everybody at once. People approve line by line."""
    return _told(session, use_cases.make_plan(session, made_by=principal.subject, **body))


@doors.get("/plans/newest", roles=CONSULTANTS, about=FUNCTIONS, answer=schemas.PlanAnswer)
def read_plan(session: Session, _principal: Principal) -> Any:
    """The plan that was made last, with all its lines."""
    plan = plans.newest(session)
    if plan is None:
        raise NotFound
    return _told(session, plan)


def _told(session: Session, plan: Plan) -> dict[str, Any]:
    lines = [line for line, _match in plans.plan_lines(session, plan, 0, EVERY_LINE)]
    looked(session, *(line.citizen_id for line in lines))
    return {**{name: getattr(plan, name) for name in schemas.PlanAnswer().fields if name != "lines"}, "lines": lines}


@doors.post("/plan-approvals", roles=CONSULTANTS, about=MATCH_CHANGE, body=schemas.LineBody, answer=MatchAnswer)
def approve_line(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """Put the person of one line forward, if all that the plan went by still holds."""
    return use_cases.approve_line(session, by=principal.subject, **body)
