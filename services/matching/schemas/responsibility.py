"""Score cards, projects, and what is seen at the end of a placement."""

from typing import Any

from marshmallow import fields as marshmallow_fields
from marshmallow import post_load

from services.matching.rules.responsibility import CRITERIA, KINDS
from services.matching.schemas.companies import VERSION, Nested, Uuid
from shared.fields import Body, Code, Count, Day, Flag, Moment, Text

_EVIDENCE = {code: Text(500, load_default=None, allow_none=True) for code in CRITERIA}
_NONE = Count(0, 10_000, load_default=None, allow_none=True)


class EvidenceBody(Body.from_dict(_EVIDENCE)):  # type: ignore[misc]  # marshmallow makes the class
    """What shows that each criterion is met; left out where nothing does."""


class AssessmentBody(Body):
    """A dated look at the nine criteria."""

    assessed_on = Day(required=True)
    evidence = Nested(EvidenceBody, required=True)


class AssessmentForm(Body.from_dict(_EVIDENCE)):  # type: ignore[misc]  # marshmallow makes the class
    """The same as a page sends it."""

    assessed_on = Day(required=True)

    @post_load
    def _as_body(self, told: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {"assessed_on": told["assessed_on"], "evidence": {code: told[code] for code in CRITERIA}}


class AssessmentGoneForm(Body):
    """Which of them."""

    assessment_id = Uuid(required=True)


class CriterionAnswer(Body):
    """A criterion, its words and its evidence; empty where it is not documented."""

    code = Code(*CRITERIA, required=True)
    words_da = Text(200, required=True)
    words_en = Text(200, required=True)
    evidence = marshmallow_fields.String(required=True)


class AssessmentAnswer(Body):
    """A score card: so many of nine documented, and which; nothing is passed or failed."""

    id = Uuid(required=True)
    assessed_on = Day(required=True)
    assessed_by = Text(200, required=True)
    documented = Count(0, 9, required=True)
    missing = marshmallow_fields.List(Code(*CRITERIA), required=True)
    criteria = marshmallow_fields.List(Nested(CriterionAnswer), required=True)


class RateAnswer(Body):
    """How placements at a company ended; none where there are too few."""

    ended = Count(0, 10**9, required=True, allow_none=True)
    hired = Count(0, 10**9, required=True, allow_none=True)


class ResponsibilityAnswer(Body):
    """A company's score cards, newest first, and its success rate."""

    items = marshmallow_fields.List(Nested(AssessmentAnswer), required=True)
    rate = Nested(RateAnswer, required=True)


_AIMS = {f"{kind}_{end}": _NONE for kind in KINDS for end in ("min", "max")}


class ProjectBody(Body.from_dict(_AIMS)):  # type: ignore[misc]  # marshmallow makes the class
    """A project with what it aims at."""

    name = Text(120, required=True)
    company_id = Uuid(required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)
    social_clause = Flag(load_default=False)


class CompanyWords(Body):
    """What somebody types to find a company by its name or CVR number."""

    company = Text(120, load_default="")


class ProjectForm(CompanyWords, ProjectBody):
    """A project from the page, with the words that its company was found by."""


class ProjectGoneForm(Body):
    """A project that was not meant so, as it was read in that version."""

    version = Count(*VERSION, required=True)


class PartBody(Body):
    """What a subcontractor promises."""

    company_id = Uuid(required=True)
    jobs = Count(0, 10_000, load_default=0)
    apprentices = Count(0, 10_000, load_default=0)
    placements = Count(0, 10_000, load_default=0)


class PartForm(CompanyWords, PartBody):
    """A promise from the page, with the words that its company was found by."""


class ProjectNeedBody(Body):
    """A need that counts in the project, or no more."""

    need_id = Uuid(required=True)
    counts = Flag(load_default=False)


class PartAnswer(Body):
    """A company in a project: what it promised, and how many came."""

    company_id = Uuid(required=True)
    company = Text(200, required=True)
    promised = marshmallow_fields.Dict(keys=Code(*KINDS), values=Count(0, 10**9), required=True)
    done = marshmallow_fields.Dict(keys=Code(*KINDS), values=Count(0, 10**9), required=True)


class ProjectAnswer(ProjectBody):
    """A project, how far it is, and by whom."""

    id = Uuid(required=True)
    done = marshmallow_fields.Dict(keys=Code(*KINDS), values=Count(0, 10**9), required=True)
    parts = marshmallow_fields.List(Nested(PartAnswer), required=True)
    version = Count(*VERSION, required=True)


class ObservationBody(Body):
    """What the workplace saw; sealed, and for the municipality's own people only."""

    said = Text(4000, required=True)


class ToldObservationAnswer(Body):
    """That it is kept, with the id to take it back by; the words are not told again."""

    id = Uuid(required=True)


class ObservationAnswer(Body):
    """One of them, opened."""

    id = Uuid(required=True)
    said = Text(4000, required=True)
    told_by = Code("company", "municipality", required=True)
    noted_at = Moment(required=True)


class ObservationsAnswer(Body):
    """All at one placement, newest first."""

    items = marshmallow_fields.List(Nested(ObservationAnswer), required=True)


class ObservationGoneForm(Body):
    """Which of them."""

    observation_id = Uuid(required=True)
