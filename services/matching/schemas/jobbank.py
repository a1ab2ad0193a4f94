"""The job bank: seasons, what is asked for one, and who may be asked again."""

from marshmallow import fields as marshmallow_fields

from services.matching.schemas.companies import VERSION, Nested, Uuid
from shared.fields import Amount, Body, Code, Count, Day, Flag, Text, list_of

MONTH_CODES = tuple(f"{number:02d}" for number in range(1, 13))


class SeasonBody(Body):
    """A season: months such as "03", how many more it takes, and the need on whose terms it asks."""

    name = Text(60, required=True)
    months = list_of(Code(*MONTH_CODES), 12, least=1, required=True)
    positions = Count(1, 500, required=True)
    need_id = Uuid(required=True)


class SeasonAnswer(Body):
    """A season; `last_need_id` is what it asked for last."""

    id = Uuid(required=True)
    name = Text(60, required=True)
    months = marshmallow_fields.List(Text(2), required=True)
    positions = Count(1, 500, required=True)
    pattern_need_id = Uuid(required=True)
    last_need_id = Uuid(required=True, allow_none=True)
    version = Count(*VERSION, required=True)


class SeasonsAnswer(Body):
    """All seasons of a workplace."""

    items = marshmallow_fields.List(Nested(SeasonAnswer), required=True)


class SeasonGoneForm(Body):
    """Which season."""

    season_id = Uuid(required=True)


class SeasonAskBody(Body):
    """From when the season's people are asked for, as it was read in that version."""

    starts_on = Day(required=True)
    version = Count(*VERSION, required=True)


class SeasonAskForm(SeasonAskBody):
    """The same from the page of all."""

    season_id = Uuid(required=True)


class AlumnusBody(Body):
    """What somebody said to staff: the company may ask again, or may no more."""

    citizen_id = Uuid(required=True)
    given = Flag(required=True)
    how = Code("in_person", "phone", load_default="in_person")


class AlumnusForm(Body):
    """The same from a page."""

    citizen_id = Uuid(required=True)
    given = Flag(load_default=False)
    how = Code("in_person", "phone", load_default="in_person")


class OwnPlaceBody(Body):
    """A citizen's own word on one place."""

    company_id = Uuid(required=True)
    given = Flag(load_default=False)


class FormerAnswer(Body):
    """Somebody who was there; `may_be_asked` is their own yes."""

    citizen_id = Uuid(required=True)
    occupation = Uuid(required=True)
    weekly_hours = Amount(0, 168, required=True)
    ends_on = Day(required=True)
    may_be_asked = Flag(required=True)


class FormersAnswer(Body):
    """All who were there and take part, the latest first."""

    items = marshmallow_fields.List(Nested(FormerAnswer), required=True)


class CataloguedAnswer(Body):
    """A former placement of somebody who may be asked again, as the company reads it; the id is no person's."""

    id = Uuid(required=True)
    occupation = Uuid(required=True)
    weekly_hours = Amount(0, 168, required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)


class CatalogueAnswer(Body):
    """A company's catalogue, the latest first."""

    items = marshmallow_fields.List(Nested(CataloguedAnswer), required=True)


class OwnPlaceAnswer(Body):
    """Where a citizen has been, and whether the company may ask for them again."""

    company_id = Uuid(required=True)
    company = Text(200, required=True)
    may_be_asked = Flag(required=True)


class OwnPlacesAnswer(Body):
    """All of a citizen's former places."""

    items = marshmallow_fields.List(Nested(OwnPlaceAnswer), required=True)
