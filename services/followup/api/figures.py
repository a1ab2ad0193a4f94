"""The door of the numbers about placements."""

from typing import Any

from sqlalchemy.orm import Session

from services.followup.api.base import FOLLOWERS, doors
from services.followup.queries import figures as queries
from services.followup.rules import indicators
from services.followup.schemas import figures as schemas
from shared.auth import Principal
from shared.lookups import NOBODY

READERS = ("leader", *FOLLOWERS)


@doors.get("/figures", roles=READERS, about=NOBODY, query=schemas.NumbersQuery, answer=schemas.NumbersAnswer)
def read_figures(session: Session, _principal: Principal, query: dict[str, Any]) -> Any:
    """Outcomes, contacts in time, paid hours and early ends of a quarter, with their definitions."""
    (found,) = queries.reports(session, [queries.asked(query["since"])])
    return {
        "period": found.period, "least": found.least,
        "numbers": [
            {"definition": one, "count": told.count, "of": told.of, "percent": told.percent}
            for one in indicators.ALL
            for told in [found.numbers[one.code]]
        ],
        "causes": [{"cause": cause, "count": count} for cause, count in found.causes],
        "clarified": [{"code": code, "count": count} for code, count in found.clarified],
        "groupings": [{"grouping": name, "groups": groups} for name, groups in found.groups.items()],
    }  # fmt: skip
