"""JSON doors to score cards, projects and end-of-placement observations."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.api import COMPANY_CHANGE, CONSULTANTS, doors
from services.matching.models import CsrAssessment, Project
from services.matching.queries import own
from services.matching.queries import responsibility as reads
from services.matching.rules.responsibility import CRITERIA, documented
from services.matching.schemas import responsibility as schemas
from services.matching.schemas.doors import DoneAnswer
from services.matching.use_cases import POLICY, responsibility
from shared import clock
from shared.auth import Principal
from shared.lookups import NOBODY, About
from shared.paging import PageQuery, page_of

CARD = "/companies/<uuid:company_id>/responsibility"
PROJECT = "/projects/<uuid:project_id>"
SEEN = About("case", how="list", purpose="matching")
SEEN_CHANGE = About("case", how="change", purpose="matching")
LEAST = "success.hidden_below"


def card(row: CsrAssessment) -> dict[str, Any]:
    """A score card with the words of each criterion."""
    met = documented(row.evidence)
    return {
        "id": row.id,
        "assessed_on": row.assessed_on,
        "assessed_by": row.assessed_name or row.assessed_by,
        "documented": len(met),
        "missing": [code for code in CRITERIA if code not in met],
        "criteria": [
            {"code": code, "words_da": words.danish, "words_en": words.english, "evidence": said}
            for (code, words), said in zip(CRITERIA.items(), row.evidence, strict=True)
        ],
    }


@doors.get(CARD, roles=CONSULTANTS, about=NOBODY, answer=schemas.ResponsibilityAnswer)
def read_responsibility(session: Session, _principal: Principal, company_id: UUID) -> Any:
    """A company's score cards, and how many of its placements ended in a job unless they are too few."""
    queries.company(session, None, company_id)
    rate = reads.success_rate(session, company_id, POLICY.find(LEAST, clock.today()))
    return {"items": [card(row) for row in reads.assessments(session, company_id)], "rate": rate._asdict()}


@doors.post(CARD, roles=CONSULTANTS, about=COMPANY_CHANGE, body=schemas.AssessmentBody, answer=schemas.AssessmentAnswer)
def assess_company(session: Session, principal: Principal, company_id: UUID, body: dict[str, Any]) -> Any:
    """A dated look at the nine criteria; earlier ones stay."""
    row = responsibility.assess(session, company_id, **body, by=principal.subject, name=principal.name)
    return card(row)


def told(session: Session, row: Project) -> dict[str, Any]:
    """A project with how far it is."""
    far = reads.progress(session, row)
    columns = {column.key: getattr(row, column.key) for column in Project.__table__.columns if column.key != "made_by"}
    parts = [
        {"company_id": company.id, "company": company.name, "promised": promised, "done": done}
        for company, promised, done in far.parts
    ]
    return columns | {"done": far.done, "parts": parts}


@doors.get("/projects", roles=CONSULTANTS, about=NOBODY, query=PageQuery, answer=page_of(schemas.ProjectAnswer))
def list_projects(session: Session, _principal: Principal, query: dict[str, Any]) -> Any:
    """Projects with what they aim at and how far they are, oldest first."""
    found = reads.projects_page(session, **query)
    return found | {"items": [told(session, row) for row in found["items"]]}


@doors.post("/projects", roles=CONSULTANTS, about=NOBODY, body=schemas.ProjectBody, answer=schemas.ProjectAnswer)
def agree_project(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """An agreement on a project."""
    return told(session, responsibility.agree_project(session, **body, by=principal.subject))


@doors.get(PROJECT, roles=CONSULTANTS, about=NOBODY, answer=schemas.ProjectAnswer)
def read_project(session: Session, _principal: Principal, project_id: UUID) -> Any:
    """One of them."""
    return told(session, reads.project(session, project_id))


@doors.post(f"{PROJECT}/parts", roles=CONSULTANTS, about=NOBODY, body=schemas.PartBody, answer=schemas.ProjectAnswer)
def promise_part(session: Session, _principal: Principal, project_id: UUID, body: dict[str, Any]) -> Any:
    """What a subcontractor promises; said again it replaces, all nothing takes it out."""
    responsibility.promise_part(session, project_id, **body)
    return told(session, reads.project(session, project_id))


@doors.post(
    f"{PROJECT}/needs", roles=CONSULTANTS, about=NOBODY, body=schemas.ProjectNeedBody, answer=schemas.ProjectAnswer
)
def count_need(session: Session, _principal: Principal, project_id: UUID, body: dict[str, Any]) -> Any:
    """A need counts in the project, or no more."""
    responsibility.count_need(session, project_id, **body)
    return told(session, reads.project(session, project_id))


@doors.get(
    "/placements/<uuid:placement_id>/observations", roles=CONSULTANTS, about=SEEN, answer=schemas.ObservationsAnswer
)
def list_observations(session: Session, _principal: Principal, placement_id: UUID) -> Any:
    """What was seen at the end of a placement, for the municipality's own people."""
    queries.placement(session, None, placement_id)
    found = reads.observations(session, placement_id)
    fields = ("id", "told_by", "noted_at")
    return {
        "items": [
            {name: getattr(row, name) for name in fields} | {"said": responsibility.opened(session, row)}
            for row in found
        ]
    }


@doors.post(
    "/placements/<uuid:placement_id>/observations", roles=(*CONSULTANTS, "company_employee"), about=SEEN_CHANGE,
    body=schemas.ObservationBody, answer=schemas.ToldObservationAnswer)  # fmt: skip
def observe(session: Session, principal: Principal, placement_id: UUID, body: dict[str, Any]) -> Any:
    """Tell what was seen; a company may tell of its own placements, and reads nothing back."""
    return responsibility.observe(session, own(principal), placement_id, said=body["said"], by=principal.subject)


@doors.post(
    "/placements/<uuid:placement_id>/observations/taken-back", roles=(*CONSULTANTS, "company_employee"),
    about=SEEN_CHANGE, body=schemas.ObservationGoneForm, answer=DoneAnswer)  # fmt: skip
def take_observation_back(session: Session, principal: Principal, placement_id: UUID, body: dict[str, Any]) -> Any:
    """It was not meant so; only by whoever told it."""
    responsibility.take_observation_back(session, own(principal), placement_id, by=principal.subject, **body)
    return {"done": True}
