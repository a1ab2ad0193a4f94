"""A company's own look at the ratio of one of its workplaces."""

from typing import Any

from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.queries import Own
from services.matching.rules.ratio import Verdict
from services.matching.use_cases import ratios
from shared.errors import Invalid, NotFound


def weigh_own_ratio(session: Session, border: Own | None, *, p_number: str, **offer: Any) -> Verdict:
    """With one more, nothing kept and no place held; raises NotFound for a workplace that is not the caller's."""
    workplace = queries.find_workplace(session, p_number)
    if workplace is None:
        raise NotFound
    queries.company(session, border, workplace.company_id)
    if border is not None:
        queries.require_place(border, p_number)
    if offer["ends_on"] < offer["starts_on"]:
        raise Invalid({"ends_on": "Før starten. / Before the start."})
    return ratios.weigh_ratio(session, p_number, ratio_exemption=None, **offer)
