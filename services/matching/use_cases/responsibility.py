"""Score cards, project agreements, and what is seen at the end of a placement."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.models import (
    CsrAssessment,
    Observation,
    Placement,
    PlacementOutcome,
    Project,
    ProjectNeed,
    ProjectPart,
)
from services.matching.queries import Own, sealing
from services.matching.rules.responsibility import CRITERIA, KINDS
from shared import clock
from shared.database import new_id
from shared.envelope import Received
from shared.errors import CannotUndo, Invalid, NotFound, Refused
from shared.events import PlacementConcluded
from shared.inbox import keep_newest


def assess(
    session: Session, company_id: UUID, *, assessed_on: date, evidence: dict[str, str], by: str, name: str
) -> CsrAssessment:
    """One dated look at the criteria; earlier ones stay."""
    queries.company(session, None, company_id)
    if assessed_on > clock.today():
        raise Invalid({"assessed_on": "Dagen er ikke kommet endnu. / That day has not come yet."})
    row = CsrAssessment(
        id=new_id(), company_id=company_id, assessed_on=assessed_on, assessed_by=by, assessed_name=name,
        noted_at=clock.now(), evidence=[evidence.get(code) or "" for code in CRITERIA],
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def take_assessment_back(session: Session, company_id: UUID, assessment_id: UUID, by: str) -> None:
    """It was not meant so; only whoever made it, on the day itself."""
    row = session.get(CsrAssessment, assessment_id)
    mine = row is not None and row.company_id == company_id and row.assessed_by == by
    if row is None or not mine or clock.danish_day(row.noted_at) != clock.today():
        raise NotFound
    session.delete(row)


def agree_project(session: Session, *, company_id: UUID, by: str, **told: Any) -> Project:
    """A project with what it aims at; raises Invalid where an aim or the time runs backwards."""
    queries.company(session, None, company_id)
    if told["ends_on"] < told["starts_on"]:
        raise Invalid({"ends_on": "Før starten. / Before the start."})
    for kind in KINDS:
        least, most = told[f"{kind}_min"], told[f"{kind}_max"]
        if least is not None and most is not None and least > most:
            raise Invalid({f"{kind}_min": "Mere end det højeste. / More than the most."})
    row = Project(id=new_id(), company_id=company_id, made_by=by, **told)
    session.add(row)
    session.flush()
    return row


def remove_project(session: Session, project_id: UUID, version: int) -> None:
    """It was not meant so; raises CannotUndo once anybody promised or counted anything in it."""
    row = session.get(Project, project_id, with_for_update=True)
    if row is None:
        raise NotFound
    row.require_untouched(version)
    for used in (ProjectPart, ProjectNeed):
        if session.scalar(select(used.project_id).where(used.project_id == project_id).limit(1)) is not None:
            raise CannotUndo
    session.delete(row)


def promise_part(session: Session, project_id: UUID, *, company_id: UUID, **promised: int) -> dict[str, int]:
    """What a subcontractor promises; said again it replaces, all nothing takes it out. Returns what stood before."""
    if session.get(Project, project_id, with_for_update=True) is None:
        raise NotFound
    queries.company(session, None, company_id)
    mine = (ProjectPart.project_id == project_id) & (ProjectPart.company_id == company_id)
    row = session.scalar(select(ProjectPart).where(mine))
    before = {kind: getattr(row, kind) if row else 0 for kind in KINDS}
    session.execute(delete(ProjectPart).where(mine))
    if any(promised.values()):
        session.add(ProjectPart(id=new_id(), project_id=project_id, company_id=company_id, **promised))
        session.flush()
    return before


def count_need(session: Session, project_id: UUID, need_id: UUID, *, counts: bool) -> None:
    """A need counts in a project, or no more; it must be of the owner or a subcontractor."""
    project, need = session.get(Project, project_id), queries.need(session, None, need_id)
    if project is None:
        raise NotFound
    if not counts:
        session.execute(delete(ProjectNeed).where(ProjectNeed.need_id == need_id, ProjectNeed.project_id == project_id))
        return
    parts = select(ProjectPart.company_id).where(ProjectPart.project_id == project_id)
    if need.company_id not in {project.company_id, *session.scalars(parts)}:
        raise Invalid({"need_id": "Virksomheden er ikke med i projektet. / The company is not in the project."})
    row = insert(ProjectNeed).values(need_id=need_id, project_id=project_id)
    session.execute(row.on_conflict_do_update(index_elements=["need_id"], set_={"project_id": project_id}))


def keep_outcomes(session: Session, batch: Sequence[Received[PlacementConcluded]]) -> None:
    """How placements ended, as follow-up tells it."""
    rows = [
        {
            "placement_id": received.event.placement_id,
            "version": received.version,
            "citizen_id": received.event.citizen_id,
            "company_id": received.event.company_id,
            "outcome_code": received.event.outcome_code,
        }
        for received in batch
    ]
    keep_newest(session, PlacementOutcome, rows)


def observe(session: Session, border: Own | None, placement_id: UUID, *, said: str, by: str) -> Observation:
    """What the workplace saw, sealed as it is written; a company that tells it cannot read it again."""
    placement: Placement = queries.placement(session, border, placement_id)
    if placement.state != "agreed":
        raise Refused("not_agreed", "Forløbet er ikke aftalt endnu.", "The placement is not agreed yet.")
    observation_id = new_id()
    row = Observation(
        id=observation_id, placement_id=placement_id, citizen_id=placement.citizen_id,
        sealed=sealing.sealed(session, said, "observation", observation_id),
        told_by="municipality" if border is None else "company", noted_by=by, noted_at=clock.now(),
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def opened(session: Session, row: Observation) -> str:
    """What was said."""
    return sealing.opened(session, row.sealed, "observation", row.id)


def take_observation_back(
    session: Session, border: Own | None, placement_id: UUID, *, observation_id: UUID, by: str
) -> None:
    """It was not meant so; only whoever wrote it."""
    queries.placement(session, border, placement_id)
    row = session.get(Observation, observation_id)
    if row is None or row.placement_id != placement_id or row.noted_by != by:
        raise NotFound
    session.delete(row)
