"""The suggestion for the whole office: who goes where, approved by people line by line."""

from typing import Any, NamedTuple

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.api import FUNCTION_CHANGE, FUNCTIONS
from services.matching.engine.points import Scales
from services.matching.engine.ranking import judge
from services.matching.models import Company, Match, Need, Plan, PlanLine
from services.matching.pages import pages, said
from services.matching.queries import plans, pool
from services.matching.rules.reasons import Explained, explained
from services.matching.schemas.plans import LineBody, LineUndoForm, NewPlan, PlanQuery
from services.matching.use_cases import POLICY, obstacles
from services.matching.use_cases import plans as use_cases
from shared import clock
from shared.auth import CONSULTANTS, Principal
from shared.events.codes import Words
from shared.lookups import looked
from shared.pages import Page, See, Undo

MOST = 25


class Shown(NamedTuple):
    """A line with what is known of it now; `why` is none where the person takes part no more.

    `unknown` is what has to be found out before they can be proposed, `obstacles` what else would refuse it.
    """

    line: PlanLine
    match: Match | None
    need: Need
    company: Company
    why: Explained | None
    unknown: list[str]
    obstacles: list[Words]


@pages.get("/match/plan", roles=CONSULTANTS, about=FUNCTIONS, query=PlanQuery)
def plan_page(session: Session, _who: Principal, query: dict[str, Any] | None = None, typed: Any = None) -> Page:
    """The newest plan, a page of lines at a time; nobody is put forward before somebody says so."""
    plan, after = plans.newest(session), (query or {"after": 0})["after"]
    shown = _shown(session, plan, after) if plan else []
    looked(session, *(one.line.citizen_id for one in shown))
    last = shown[-1].line.place if len(shown) == MOST else None
    return Page("matching/plan.html", {
        "plan": plan, "shown": shown, "after": after, "last": last, "typed": typed,
        "progress": plans.approved(session, plan) if plan else None,
        "names": queries.names(session, [one.line.citizen_id for one in shown if one.why]),
        "crumbs": [(_("Behov og match"), "/match"), (_("Plan for alle"), None)],
    })  # fmt: skip


def _shown(session: Session, plan: Plan, after: int) -> list[Shown]:
    lines = plans.plan_lines(session, plan, after, MOST)
    scales = Scales.of(POLICY, clock.today())
    people = pool.confirmed(session, [line.citizen_id for line, _match in lines], scales)
    needs = queries.needs_with_company(session, {line.need_id for line, _match in lines})
    openings = queries.openings(session, [need for need, _company in needs.values()])
    unknown = queries.unknown(session, [candidate for candidate, _stamp in people.values()], POLICY, clock.today())
    standing = {citizen_id: candidate for citizen_id, (candidate, _stamp) in people.items()}
    waiting = [(line.need_id, line.citizen_id) for line, match in lines if match is None or match.state == "declined"]
    against = obstacles.obstacles(session, waiting, standing)
    shown = []
    for line, match in lines:
        why = None
        if line.citizen_id in people:
            candidate, _stamp = people[line.citizen_id]
            opening = openings[line.need_id]
            why = explained(judge(opening, candidate, scales), opening, candidate, scales)
        shown.append(Shown(line, match, *needs[line.need_id], why, unknown.get(line.citizen_id, []),
                           against.get((line.need_id, line.citizen_id), [])))  # fmt: skip
    return shown


@pages.post("/match/plan", roles=CONSULTANTS, about=FUNCTIONS, body=NewPlan, again=plan_page, shows="list")
def make_plan(session: Session, who: Principal, body: dict[str, Any]) -> See:
    """Calculate anew; it takes the place of the plan before, whose lines nobody has approved are gone."""
    made = use_cases.make_plan(session, made_by=who.subject, **body)
    people = made.best_people if made.aim == "points" else made.most_people
    return See(
        "/match/plan", _("Planen er lavet: %(people)s borgere kan få en plads. Godkend linje for linje.", people=people)
    )


@pages.post(
    "/match/plan/godkend", roles=CONSULTANTS, about=FUNCTION_CHANGE, body=LineBody, again=plan_page, shows="list",
    decides=True)  # fmt: skip
def approve_line(session: Session, who: Principal, body: dict[str, Any]) -> See:
    """Put that person forward; the candidate is asked next."""
    made = use_cases.approve_line(session, by=who.subject, **body)
    named = said.called(made.citizen_id, queries.names(session, [made.citizen_id]))
    undo = Undo("/match/plan/fortryd", {"line_id": str(body["line_id"]), "version": str(made.version)})
    return See("/match/plan", _("%(name)s er foreslået og skal nu spørges.", name=named), undo)


@pages.post(
    "/match/plan/fortryd", roles=CONSULTANTS, about=FUNCTION_CHANGE, body=LineUndoForm, again=plan_page, shows="list",
    decides=True)  # fmt: skip
def withdraw_line(session: Session, who: Principal, body: dict[str, Any]) -> See:
    """Nobody was put forward after all; the line waits again."""
    use_cases.withdraw_line(session, by=who.subject, **body)
    return See("/match/plan", _("Forslaget er trukket tilbage."))
