"""The calculator's door: companies ask about their own workplaces, staff about all."""

from typing import Any

from sqlalchemy.orm import Session

from services.matching.api import WITH_COMPANY, doors
from services.matching.queries import own
from services.matching.schemas import outlooks as schemas
from services.matching.use_cases import outlooks
from shared.auth import Principal
from shared.lookups import NOBODY


@doors.get(
    "/workplaces/<int(fixed_digits=10):p_number>/places-left",
    roles=WITH_COMPANY,
    about=NOBODY,
    query=schemas.OutlookQuery,
    answer=schemas.OutlookAnswer,
)
def read_places_left(session: Session, principal: Principal, p_number: int, query: dict[str, Any]) -> Any:
    """How many more on supported terms a workplace has room for, and when the next has; nothing is kept."""
    return answer(outlooks.calculate(session, own(principal), f"{p_number:010d}", **query))


def answer(found: outlooks.Calculation) -> dict[str, Any]:
    """A calculation in the shape of its schema."""
    seen, refused = found.outlook, found.net_extra_refused
    told: dict[str, Any] = {
        name: getattr(seen, name) if seen else None
        for name in ("limit", "ordinary_fte", "taken_fte", "pending_fte", "left", "next_on")
    }
    return told | {
        "result": found.verdict.result,
        "adding_fte": found.verdict.adding_fte,
        "months": seen.months if seen else (),
        "policies": seen.policies if seen else (found.verdict.policy,),
        "net_extra": found.net_extra,
        "net_extra_missing": refused.code if refused else None,
    }
