"""What a company can offer in general, and what it would like."""

from typing import Any

from services.matching.rules import knowing
from services.matching.schemas.companies import VERSION, Uuid
from shared.events.codes import NEEDS
from shared.fields import Body, Code, Count, Flag, list_of


def _codes(known: Any) -> Any:
    return list_of(Code(*known), len(known), load_default=list)


class CompanyOfferBody(Body):
    """What it can offer, and `soft_wishes`: what it likes in people, which rank and keep nobody out.

    `version` is the one that was read; none where nothing was told.
    """

    adjustments = _codes(NEEDS)
    mentor_offered = Flag(load_default=False)
    shifts = _codes(knowing.TERMS["shift"])
    season = _codes(knowing.MONTHS)
    languages = _codes(knowing.TERMS["language"])
    soft_wishes = _codes(knowing.TERMS["company_wish"])
    version = Count(*VERSION, load_default=None, allow_none=True)


class CompanyOfferAnswer(CompanyOfferBody):
    """What is told now."""

    company_id = Uuid(required=True)


class CompanyOfferUndoForm(CompanyOfferBody):
    """What was told before; `nothing` where nothing was."""

    nothing = Flag(load_default=False)
    version = Count(*VERSION, required=True)
