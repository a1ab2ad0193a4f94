"""A version of an agreement on paper, for each who is part of it: without name, CPR number or anything of health."""

from typing import Any
from uuid import UUID

from flask import Response, render_template
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.models import Company, Placement
from services.matching.pages import pages
from services.matching.schemas.changes import PaperQuery
from services.matching.use_cases import answers
from shared import frame, pdf
from shared.auth import CONSULTANTS, Principal
from shared.errors import NotFound
from shared.lookups import About

EXPORT = About("placement", how="export", purpose="agreement")
OWN_EXPORT = About("placement", how="export", purpose="own_access")


def paper(session: Session, made: Placement, number: int | None) -> Response:
    """The version as an accessible PDF; the newest where none is named."""
    versions = queries.versions_of(session, made.id)
    version = next((one for one in versions if one.number == (number or made.number)), None)
    if version is None:
        raise NotFound
    said = [one for one in made.approvals if one.number <= version.number and one.positive is not None]
    said = [one for one in said if one.withdrawn_at is None or one.number == version.number]
    company = session.get_one(Company, made.company_id)
    shown: dict[str, Any] = {"made": made, "one": version, "company": company, "said": said}
    words = render_template("matching/agreement_paper.html", language=frame.language(), **shown)
    file = pdf.render(words, made_of=version.id.bytes)
    name = _("aftale-udgave-%(number)s.pdf", number=version.number)
    return Response(file, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})


@pages.get("/match/aftale/<uuid:placement_id>/aftale.pdf", roles=CONSULTANTS, about=EXPORT, query=PaperQuery)
def agreement_paper(session: Session, _who: Principal, placement_id: UUID, query: dict[str, Any]) -> Response:
    """For staff."""
    return paper(session, queries.placement(session, None, placement_id), query["udgave"])


@pages.get(
    "/virksomhed/aftaler/<uuid:placement_id>/aftale.pdf", roles=("company_employee",), about=EXPORT, query=PaperQuery
)
def companys_paper(session: Session, who: Principal, placement_id: UUID, query: dict[str, Any]) -> Response:
    """For the company."""
    return paper(session, queries.placement(session, queries.own(who), placement_id), query["udgave"])


@pages.get("/match/min-aftale/<uuid:placement_id>/aftale.pdf", roles=("citizen",), about=OWN_EXPORT, query=PaperQuery)
def citizens_paper(session: Session, who: Principal, placement_id: UUID, query: dict[str, Any]) -> Response:
    """For the citizen."""
    return paper(session, answers.own(session, who, placement_id), query["udgave"])
