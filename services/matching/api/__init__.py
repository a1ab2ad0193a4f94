"""Matching's JSON doors. What a company_employee may call answers with schemas that hold no person."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.queries import own
from services.matching.rules import catalogue
from services.matching.schemas import companies as company_schemas
from services.matching.schemas import matches as match_schemas
from services.matching.schemas import needs as need_schemas
from services.matching.schemas import placements as placement_schemas
from services.matching.use_cases import companies, matches, needs, placements, ratios
from shared.auth import CONSULTANTS as CONSULTANTS
from shared.auth import STAFF, Principal
from shared.doors import Doors
from shared.lookups import NOBODY, about_each
from shared.paging import PageQuery, page_of

blueprint = Blueprint("matching", __name__, description="Companies, needs, candidates, matches, agreements")
doors = Doors(blueprint)
CANDIDATE_SIDE = ("job_consultant", "adviser")
WITH_COMPANY = (*STAFF, "company_employee")
COMPANY, COMPANIES, COMPANY_CHANGE = about_each("company", purpose="company_contact")
MATCH, MATCHES, MATCH_CHANGE = about_each("case", purpose="matching")
FUNCTION, FUNCTIONS, FUNCTION_CHANGE = about_each("health_function", purpose="matching")
PLACEMENT, PLACEMENTS, PLACEMENT_CHANGE = about_each("placement", purpose="agreement")


@doors.get(
    "/occupations",
    roles=WITH_COMPANY,
    about=NOBODY,
    query=company_schemas.OccupationQuery,
    answer=company_schemas.OccupationList,
)
def search_occupations(session: Session, _principal: Principal, query: dict[str, Any]) -> Any:
    """Job titles for what a caller says."""
    return {"items": catalogue.search(query["q"], query["limit"]), "notice": catalogue.ESCO_NOTICE}


@doors.post(
    "/companies",
    roles=STAFF,
    about=COMPANY_CHANGE,
    body=company_schemas.NewCompany,
    answer=company_schemas.CompanyAnswer,
)
def register_company(session: Session, _principal: Principal, body: dict[str, Any]) -> Any:
    """Register a company, or find it again by its CVR number and bring its contact up to date."""
    return companies.register_company(session, **body)


@doors.get(
    "/companies", roles=WITH_COMPANY, about=COMPANIES, query=PageQuery, answer=page_of(company_schemas.CompanyAnswer)
)
def list_companies(session: Session, principal: Principal, query: dict[str, Any]) -> Any:
    """Companies; a company finds itself only."""
    return queries.companies(session, own(principal), **query)


@doors.get(
    "/companies/<uuid:company_id>", roles=WITH_COMPANY, about=COMPANY, answer=company_schemas.CompanyAnswer, etag=True
)
def read_company(session: Session, principal: Principal, company_id: UUID) -> Any:
    """One company."""
    return queries.company(session, own(principal), company_id)


@doors.post(
    "/companies/<uuid:company_id>/workplaces",
    roles=STAFF,
    about=NOBODY,
    body=company_schemas.NewWorkplace,
    answer=company_schemas.WorkplaceAnswer,
)
def register_workplace(session: Session, _principal: Principal, company_id: UUID, body: dict[str, Any]) -> Any:
    """Register a P-number of the company, or bring it and its staff figures up to date."""
    return companies.register_workplace(session, company_id, **body)


@doors.get(
    "/companies/<uuid:company_id>/workplaces", roles=WITH_COMPANY, about=NOBODY, answer=company_schemas.WorkplaceList
)
def list_workplaces(session: Session, principal: Principal, company_id: UUID) -> Any:
    """A company's workplaces with their staff figures."""
    return {"items": queries.workplaces(session, own(principal), company_id)}


@doors.post(
    "/workplaces/<int(fixed_digits=10):p_number>/ratio-checks",
    roles=CONSULTANTS,
    about=NOBODY,
    body=company_schemas.NewRatioCheck,
    answer=company_schemas.RatioAnswer,
)
def check_ratio(session: Session, _principal: Principal, p_number: int, body: dict[str, Any]) -> Any:
    """Check supported against ordinary staff, with one more in a supported offer."""
    return ratios.check_ratio(session, f"{p_number:010d}", **body)


@doors.post("/needs", roles=WITH_COMPANY, about=NOBODY, body=need_schemas.NewNeed, answer=need_schemas.NeedAnswer)
def receive_need(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """Receive a company's need: by phone, from a visit, or from the company itself."""
    return needs.receive_need(session, own(principal), **body)


@doors.get(
    "/needs", roles=WITH_COMPANY, about=NOBODY, query=need_schemas.NeedQuery, answer=page_of(need_schemas.NeedAnswer)
)
def list_needs(session: Session, principal: Principal, query: dict[str, Any]) -> Any:
    """Needs, oldest first."""
    return queries.needs(session, own(principal), **query)


@doors.get("/needs/<uuid:need_id>", roles=WITH_COMPANY, about=NOBODY, answer=need_schemas.NeedAnswer, etag=True)
def read_need(session: Session, principal: Principal, need_id: UUID) -> Any:
    """One need."""
    return queries.need(session, own(principal), need_id)


@doors.patch(
    "/needs/<uuid:need_id>",
    roles=WITH_COMPANY,
    about=NOBODY,
    body=need_schemas.NeedEdit,
    answer=need_schemas.NeedAnswer,
)
def change_need(
    session: Session, principal: Principal, need_id: UUID, expected_version: int, body: dict[str, Any]
) -> Any:
    """Pause, reopen or close a need, or change when there is work."""
    return needs.change_need(session, own(principal), need_id, expected_version, body)


@doors.get(
    "/needs/<uuid:need_id>/candidates",
    roles=CONSULTANTS,
    about=FUNCTIONS,
    query=need_schemas.CandidateQuery,
    answer=need_schemas.RankingAnswer,
)
def rank_candidates(session: Session, _principal: Principal, need_id: UUID, query: dict[str, Any]) -> Any:
    """Rank the candidates for a need: who fits and why, who fails one rule only, how many each rule keeps out."""
    return matches.ranked_candidates(session, need_id, query["limit"])


@doors.post(
    "/matches", roles=CONSULTANTS, about=MATCH_CHANGE, body=match_schemas.NewMatch, answer=match_schemas.MatchAnswer
)
def propose_match(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """Put a candidate forward for a need. The list proposes, people decide."""
    return matches.propose_match(session, proposed_by=principal.subject, **body)


@doors.get(
    "/matches",
    roles=CONSULTANTS,
    about=MATCHES,
    query=match_schemas.MatchQuery,
    answer=page_of(match_schemas.MatchAnswer),
)
def list_matches(session: Session, _principal: Principal, query: dict[str, Any]) -> Any:
    """Matches, oldest first."""
    return queries.matches(session, **query)


@doors.get("/matches/<uuid:match_id>", roles=CONSULTANTS, about=MATCH, answer=match_schemas.MatchAnswer, etag=True)
def read_match(session: Session, _principal: Principal, match_id: UUID) -> Any:
    """One match."""
    return queries.match(session, match_id)


@doors.post(
    "/matches/<uuid:match_id>/consent",
    roles=(*CANDIDATE_SIDE, "citizen"),
    about=MATCH_CHANGE,
    body=match_schemas.ConsentBody,
    answer=match_schemas.CitizenMatchAnswer,
)
def answer_consent(session: Session, principal: Principal, match_id: UUID, body: dict[str, Any]) -> Any:
    """Record what the candidate said. Only after a yes does the company learn of the match.

    A no may come until an agreement is made.
    """
    citizen = None if set(principal.roles) & set(CANDIDATE_SIDE) else principal.subject
    return matches.answer_consent(session, citizen, match_id, by=principal.subject, **body)


@doors.post(
    "/matches/<uuid:match_id>/answer",
    roles=(*CONSULTANTS, "company_employee"),
    about=FUNCTION_CHANGE,
    body=match_schemas.AnswerBody,
    answer=match_schemas.CompanyMatchAnswer,
)
def answer_match(session: Session, principal: Principal, match_id: UUID, body: dict[str, Any]) -> Any:
    """Record what the company said, by itself or on the phone. Before the consent the company finds no match."""
    return matches.answer_match(session, own(principal), match_id, by=principal.subject, **body)


@doors.get(
    "/company-matches",
    roles=("company_employee", *CONSULTANTS),
    about=FUNCTIONS,
    query=match_schemas.MatchQuery,
    answer=page_of(match_schemas.CompanyMatchAnswer),
)
def list_company_matches(session: Session, principal: Principal, query: dict[str, Any]) -> Any:
    """Matches as the company sees them: after the consent, without the person."""
    return queries.company_matches(session, own(principal), **query)


@doors.get(
    "/company-matches/<uuid:match_id>",
    roles=("company_employee", *CONSULTANTS),
    about=FUNCTION,
    answer=match_schemas.CompanyMatchAnswer,
)
def read_company_match(session: Session, principal: Principal, match_id: UUID) -> Any:
    """One match as the company sees it."""
    return queries.company_match(session, own(principal), match_id)


@doors.post(
    "/placements",
    roles=CONSULTANTS,
    about=PLACEMENT_CHANGE,
    body=placement_schemas.NewPlacement,
    answer=placement_schemas.PlacementAnswer,
)
def agree_placement(session: Session, principal: Principal, body: dict[str, Any]) -> Any:
    """Agree a placement on an accepted match; it starts when the written statements are in."""
    return placements.agree_placement(session, made_by=principal.subject, **body)


@doors.get(
    "/placements",
    roles=CONSULTANTS,
    about=PLACEMENTS,
    query=PageQuery,
    answer=page_of(placement_schemas.PlacementAnswer),
)
def list_placements(session: Session, _principal: Principal, query: dict[str, Any]) -> Any:
    """Agreements, oldest first."""
    return queries.placements(session, None, **query)


@doors.get(
    "/placements/<uuid:placement_id>",
    roles=CONSULTANTS,
    about=PLACEMENT,
    answer=placement_schemas.PlacementAnswer,
    etag=True,
)
def read_placement(session: Session, _principal: Principal, placement_id: UUID) -> Any:
    """One agreement."""
    return queries.placement(session, None, placement_id)


@doors.post(
    "/placements/<uuid:placement_id>/statements",
    roles=(*CONSULTANTS, "company_employee"),
    about=PLACEMENT_CHANGE,
    body=placement_schemas.StatementBody,
    answer=placement_schemas.CompanyPlacementAnswer,
)
def state_in_writing(session: Session, principal: Principal, placement_id: UUID, body: dict[str, Any]) -> Any:
    """Record the written statement of the employer or of the employees' representative."""
    return placements.state_in_writing(session, own(principal), placement_id, by=principal.subject, **body)


@doors.get(
    "/company-placements",
    roles=("company_employee", *CONSULTANTS),
    about=PLACEMENTS,
    query=PageQuery,
    answer=page_of(placement_schemas.CompanyPlacementAnswer),
)
def list_company_placements(session: Session, principal: Principal, query: dict[str, Any]) -> Any:
    """Agreements as the company sees them."""
    return queries.placements(session, own(principal), **query)


@doors.get(
    "/company-placements/<uuid:placement_id>",
    roles=("company_employee", *CONSULTANTS),
    about=PLACEMENT,
    answer=placement_schemas.CompanyPlacementAnswer,
    etag=True,
)
def read_company_placement(session: Session, principal: Principal, placement_id: UUID) -> Any:
    """One agreement as the company sees it."""
    return queries.placement(session, own(principal), placement_id)


from services.matching.api import readings as readings
