"""The door of the leader's overview."""

from typing import Any

from sqlalchemy.orm import Session

from services.followup.api.base import FOLLOWERS, doors
from services.followup.queries import overview as queries
from services.followup.rules import overview
from services.followup.schemas import overview as schemas
from shared.auth import Principal
from shared.lookups import NOBODY

READERS = ("leader", *FOLLOWERS)


@doors.get("/overview", roles=READERS, about=NOBODY, query=schemas.OverviewQuery, answer=schemas.OverviewAnswer)
def read_overview(session: Session, _principal: Principal, query: dict[str, Any]) -> Any:
    """A year of months up to the one asked for, across the four services, with what each number means."""
    run, found = queries.course(session, queries.asked(query["since"]))
    return {
        "unit": query["unit"], "least": found.counts.least,
        "numbers": [
            {
                "definition": one,
                "months": [
                    {"first": month.first, "last": month.last, "count": found.told(one.code, query["unit"], month)}
                    for month in run
                ],
            }
            for one in overview.ALL
        ],
    }  # fmt: skip
