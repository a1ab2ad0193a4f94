"""Score cards, projects and how far they are, success rates, and observations for the municipality's own people."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.matching.models import (
    Company,
    CsrAssessment,
    Need,
    Observation,
    PlacementOutcome,
    Project,
    ProjectNeed,
    ProjectPart,
)
from services.matching.rules.responsibility import KINDS, kind_of
from shared.errors import NotFound
from shared.paging import page
from shared.policy import Row


class Rate(NamedTuple):
    """How placements at a company ended; `hired` and `ended` are None where there are too few to show, or nobody has
    said what too few are."""

    ended: int | None
    hired: int | None


class Progress(NamedTuple):
    """How far a project is by kind; by company, what it promised and how many came."""

    done: Mapping[str, int]
    parts: Sequence[tuple[Company, Mapping[str, int], Mapping[str, int]]]


def assessments(session: Session, company_id: UUID) -> Sequence[CsrAssessment]:
    """A company's score cards, newest first."""
    rows = select(CsrAssessment).where(CsrAssessment.company_id == company_id)
    return session.scalars(rows.order_by(CsrAssessment.assessed_on.desc(), CsrAssessment.id.desc())).all()


def success_rate(session: Session, company_id: UUID, least: Row | None) -> Rate:
    """Of placements that ended at a company, how many were hired; nothing under the row's number."""
    told = PlacementOutcome.outcome_code
    ended, hired = session.execute(
        select(func.count(told), func.count(told).filter(told == "hire")).where(
            PlacementOutcome.company_id == company_id
        )
    ).one()
    if least is None or ended < least.value:
        return Rate(None, None)
    return Rate(ended, hired)


def projects(session: Session) -> list[tuple[Project, Company]]:
    """All projects, the newest first."""
    rows = select(Project, Company).join(Company, Company.id == Project.company_id)
    return [(row, company) for row, company in session.execute(rows.order_by(Project.starts_on.desc(), Project.id))]


def projects_page(session: Session, **how: Any) -> dict[str, Any]:
    """A page of projects, oldest first."""
    return page(session, select(Project), Project.id, **how)


def projects_of(session: Session, company_id: UUID) -> list[Project]:
    """The projects that a company owns or has a part in."""
    parts = select(ProjectPart.project_id).where(ProjectPart.company_id == company_id)
    rows = select(Project).where((Project.company_id == company_id) | Project.id.in_(parts))
    return list(session.scalars(rows.order_by(Project.starts_on.desc(), Project.id)))


def project(session: Session, project_id: UUID) -> Project:
    """One of them; raises NotFound."""
    found = session.get(Project, project_id)
    if found is None:
        raise NotFound
    return found


def progress(session: Session, of: Project) -> Progress:
    """How far it is: everybody who got one of its needs, both sides having said yes."""
    counted: Counter[tuple[UUID, str]] = Counter()
    for need in project_needs(session, of.id):
        counted[need.company_id, kind_of(need.employment_form)] += need.taken
    rows = session.execute(
        select(Company, ProjectPart)
        .outerjoin(ProjectPart, (ProjectPart.company_id == Company.id) & (ProjectPart.project_id == of.id))
        .where((ProjectPart.id.is_not(None)) | (Company.id == of.company_id))
        .order_by(Company.sort_key)
    )
    parts = [
        (
            company,
            {kind: getattr(part, kind) if part else 0 for kind in KINDS},
            {kind: counted[company.id, kind] for kind in KINDS},
        )
        for company, part in rows
    ]
    done = {kind: sum(count for (_company, one), count in counted.items() if one == kind) for kind in KINDS}
    return Progress(done, parts)


def project_needs(session: Session, project_id: UUID) -> Sequence[Need]:
    """The needs that count in a project."""
    rows = select(Need).join(ProjectNeed, ProjectNeed.need_id == Need.id).where(ProjectNeed.project_id == project_id)
    return session.scalars(rows.order_by(Need.starts_on, Need.id)).all()


def countable_needs(session: Session, of: Project) -> Sequence[Need]:
    """Needs of the project's companies that count in no project yet."""
    parts = select(ProjectPart.company_id).where(ProjectPart.project_id == of.id)
    rows = select(Need).where(
        (Need.company_id == of.company_id) | Need.company_id.in_(parts),
        Need.id.not_in(select(ProjectNeed.need_id)), Need.state != "closed",
    )  # fmt: skip
    return session.scalars(rows.order_by(Need.id.desc()).limit(50)).all()


def observations(session: Session, placement_id: UUID) -> Sequence[Observation]:
    """What was seen at the end of a placement, newest first; sealed."""
    rows = select(Observation).where(Observation.placement_id == placement_id)
    return session.scalars(rows.order_by(Observation.noted_at.desc(), Observation.id.desc())).all()


def aims(of: Project) -> dict[str, Any]:
    """By kind, from how many to how many; None where nothing is aimed at."""
    return {kind: (getattr(of, f"{kind}_min"), getattr(of, f"{kind}_max")) for kind in KINDS}
