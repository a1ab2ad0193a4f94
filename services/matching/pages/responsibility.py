"""A company's score card, projects with job targets, and what is seen at the end of a placement."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.api.responsibility import LEAST, SEEN, SEEN_CHANGE, card
from services.matching.pages import pages
from services.matching.pages.companies import crumbs_of
from services.matching.queries import responsibility as reads
from services.matching.rules.responsibility import CRITERIA, KINDS
from services.matching.schemas import responsibility as schemas
from services.matching.use_cases import POLICY, responsibility
from shared import clock
from shared.auth import CONSULTANTS, Principal
from shared.lookups import NOBODY
from shared.pages import Page, See, Undo

CARD = "/virksomheder/<uuid:company_id>/ansvar"
PROJECT = "/match/projekter/<uuid:project_id>"
SEEN_AT = "/match/aftale/<uuid:placement_id>/iagttagelser"
LISTED = 20


@pages.get(CARD, roles=CONSULTANTS, about=NOBODY)
def responsibility_page(session: Session, who: Principal, company_id: UUID, typed: Any = None) -> Page:
    """The newest card with what is missing, earlier ones, how placements ended, and the company's projects."""
    company = queries.company(session, None, company_id)
    rows = reads.assessments(session, company_id)
    today = clock.today()
    least = POLICY.find(LEAST, today)
    own = [row for row in rows if row.assessed_by == who.subject]
    shown = {
        "company": company,
        "home": f"/virksomheder/{company_id}/ansvar",
        "cards": [card(row) for row in rows],
        "own_today": {row.id for row in own if clock.danish_day(row.noted_at) == today},
        "criteria": CRITERIA,
        "rate": reads.success_rate(session, company_id, least),
        "least": least.value if least else None,
        "projects": reads.projects_of(session, company_id),
        "crumbs": crumbs_of(company, (_("Socialt ansvar"), None)),
        "typed": typed,
    }
    return Page("matching/responsibility.html", shown)


@pages.post(CARD, roles=CONSULTANTS, about=NOBODY, body=schemas.AssessmentForm, again=responsibility_page)
def assess_here(session: Session, who: Principal, company_id: UUID, body: dict[str, Any]) -> See:
    """A dated look at the criteria."""
    row = responsibility.assess(session, company_id, **body, by=who.subject, name=who.name)
    home = f"/virksomheder/{company_id}/ansvar"
    undo = Undo(f"{home}/fortryd", {"assessment_id": str(row.id)})
    return See(home, _("Vurderingen er gemt."), undo)


@pages.post(f"{CARD}/fortryd", roles=CONSULTANTS, about=NOBODY, body=schemas.AssessmentGoneForm,
            again=responsibility_page)  # fmt: skip
def take_assessment_back(session: Session, who: Principal, company_id: UUID, body: dict[str, Any]) -> See:
    """It was not meant so."""
    responsibility.take_assessment_back(session, company_id, body["assessment_id"], who.subject)
    return See(f"/virksomheder/{company_id}/ansvar", _("Vurderingen er fjernet."))


def _companies(session: Session, words: str, chosen: str = "") -> dict[str, Any]:
    """Companies that are called so, and the one that was chosen among them before."""
    found = queries.companies_by_name(session, words=words, after=None, limit=LISTED)["items"] if words else []
    options = {str(one.id): f"{one.name} ({one.cvr})" for one in found}
    with suppress(ValueError):
        known = queries.company_names(session, {UUID(chosen)}) if chosen else {}
        options = {str(one): name for one, name in known.items()} | options
    return {"company_words": words, "companies": list(options.items()), "listed": LISTED}


def _typed_company(session: Session, typed: Any) -> dict[str, Any]:
    return _companies(session, *(typed.get(name, "").strip() if typed else "" for name in ("company", "company_id")))


@pages.get("/match/projekter/virksomheder", roles=CONSULTANTS, about=NOBODY, query=schemas.CompanyWords, fragment=True)
def project_companies(session: Session, _who: Principal, query: dict[str, str]) -> Page:
    """Companies to choose from while somebody types."""
    return Page("matching/company_choices.html", _companies(session, query["company"].strip()))


@pages.get("/match/projekter", roles=CONSULTANTS, about=NOBODY)
def project_list(session: Session, _who: Principal, typed: Any = None) -> Page:
    """All projects, and the form for a new one."""
    shown = {
        "found": reads.projects(session),
        "kinds": KINDS,
        "crumbs": [(_("Behov og match"), "/match"), (_("Projekter"), None)],
        "typed": typed,
    } | _typed_company(session, typed)
    return Page("matching/projects.html", shown)


@pages.post("/match/projekter", roles=CONSULTANTS, about=NOBODY, body=schemas.ProjectForm, again=project_list)
def agree_project_here(session: Session, who: Principal, body: dict[str, Any]) -> See:
    """An agreement on a project."""
    del body["company"]
    row = responsibility.agree_project(session, **body, by=who.subject)
    undo = Undo(f"/match/projekter/{row.id}/slet", {"version": str(row.version)})
    return See(f"/match/projekter/{row.id}", _("Projektet er oprettet."), undo)


@pages.get(PROJECT, roles=CONSULTANTS, about=NOBODY)
def project_page(session: Session, _who: Principal, project_id: UUID, typed: Any = None) -> Page:
    """What a project aims at, who promised what, and how far it is."""
    row = reads.project(session, project_id)
    shown = {
        "project": row,
        "owner": queries.company(session, None, row.company_id),
        "home": f"/match/projekter/{project_id}",
        "aims": reads.aims(row),
        "far": reads.progress(session, row),
        "counted": reads.project_needs(session, project_id),
        "countable": [(str(one.id), one.title) for one in reads.countable_needs(session, row)],
        "kinds": KINDS,
        "crumbs": [(_("Behov og match"), "/match"), (_("Projekter"), "/match/projekter"), (_("Projekt"), None)],
        "typed": typed,
    } | _typed_company(session, typed)
    return Page("matching/project.html", shown)


@pages.post(f"{PROJECT}/slet", roles=CONSULTANTS, about=NOBODY, body=schemas.ProjectGoneForm, again=project_page)
def remove_project(session: Session, _who: Principal, project_id: UUID, body: dict[str, Any]) -> See:
    """A project that nobody has promised anything in, or counted anything in, is there no more."""
    responsibility.remove_project(session, project_id, body["version"])
    return See("/match/projekter", _("Projektet er slettet."))


@pages.post(f"{PROJECT}/del", roles=CONSULTANTS, about=NOBODY, body=schemas.PartForm, again=project_page)
def promise_part_here(session: Session, _who: Principal, project_id: UUID, body: dict[str, Any]) -> See:
    """What a subcontractor promises."""
    del body["company"]
    before = responsibility.promise_part(session, project_id, **body)
    home = f"/match/projekter/{project_id}"
    back = {"company_id": str(body["company_id"])} | {kind: str(count) for kind, count in before.items()}
    return See(home, _("Løftet er gemt."), Undo(f"{home}/del", back))


@pages.post(f"{PROJECT}/behov", roles=CONSULTANTS, about=NOBODY, body=schemas.ProjectNeedBody, again=project_page)
def count_need_here(session: Session, _who: Principal, project_id: UUID, body: dict[str, Any]) -> See:
    """A need counts, or no more."""
    responsibility.count_need(session, project_id, **body)
    home, need = f"/match/projekter/{project_id}", {"need_id": str(body["need_id"])}
    if body["counts"]:
        return See(home, _("Behovet tæller med."), Undo(f"{home}/behov", need))
    return See(home, _("Behovet tæller ikke med mere."), Undo(f"{home}/behov", need | {"counts": "on"}))


@pages.get(SEEN_AT, roles=CONSULTANTS, about=SEEN)
def observations_page(session: Session, _who: Principal, placement_id: UUID, typed: Any = None) -> Page:
    """What the workplace saw, which only the municipality reads."""
    made = queries.placement(session, None, placement_id)
    found = reads.observations(session, placement_id)
    home = f"/match/aftale/{placement_id}"
    shown = {
        "placement": made,
        "home": f"{home}/iagttagelser",
        "found": [(row, responsibility.opened(session, row)) for row in found],
        "crumbs": [(_("Aftale"), home), (_("Iagttagelser"), None)],
        "typed": typed,
    }
    return Page("matching/observations.html", shown)


@pages.post(SEEN_AT, roles=CONSULTANTS, about=SEEN_CHANGE, body=schemas.ObservationBody, again=observations_page,
            shows="list")  # fmt: skip
def observe_here(session: Session, who: Principal, placement_id: UUID, body: dict[str, Any]) -> See:
    """Write it down, sealed."""
    row = responsibility.observe(session, None, placement_id, said=body["said"], by=who.subject)
    home = f"/match/aftale/{placement_id}/iagttagelser"
    undo = Undo(f"{home}/fjern", {"observation_id": str(row.id)})
    return See(home, _("Iagttagelsen er gemt. Kun kommunen kan læse den."), undo)


@pages.post(f"{SEEN_AT}/fjern", roles=CONSULTANTS, about=SEEN_CHANGE, body=schemas.ObservationGoneForm,
            again=observations_page, shows="list")  # fmt: skip
def take_observation_back(session: Session, who: Principal, placement_id: UUID, body: dict[str, Any]) -> See:
    """It was not meant so."""
    responsibility.take_observation_back(session, None, placement_id, by=who.subject, **body)
    return See(f"/match/aftale/{placement_id}/iagttagelser", _("Iagttagelsen er fjernet."))
