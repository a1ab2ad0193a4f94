"""A party's own yes or no, signed in or by link."""

from services.matching.schemas.companies import VERSION
from services.matching.schemas.forms import said
from services.matching.schemas.placements import CompanyPlacementAnswer
from shared.fields import Body, Count, Flag, Moment, Text

__all__ = ["LinkForm", "LinkQuery", "OwnAnswerBody", "OwnAnswerForm", "OwnPlacementAnswer"]


class OwnAnswerBody(Body):
    """The citizen's word on the terms of that `number`; `first_day_at` moves a start that has passed meanwhile."""

    positive = Flag(required=True)
    number = Count(*VERSION, required=True)
    first_day_at = Moment(load_default=None, allow_none=True)


class OwnAnswerForm(OwnAnswerBody):
    """The same as it is chosen."""

    positive = said()


class OwnPlacementAnswer(CompanyPlacementAnswer):
    """An agreement as its citizen sees it."""


class LinkQuery(Body):
    """What stands in the link."""

    kode = Text(200, required=True)


class LinkForm(OwnAnswerForm):
    """A yes or no with the link that leads to it."""

    kode = Text(200, required=True)
