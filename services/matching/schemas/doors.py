"""What JSON doors take and answer on the way from a need to an agreement, where pages send another shape."""

from marshmallow import fields as marshmallow_fields
from marshmallow import validate

from services.matching.engine.facts import FACTORS
from services.matching.rules.gaps import REASONS
from services.matching.rules.terms import TERMS
from services.matching.schemas.companies import VERSION, Nested, Uuid
from services.matching.schemas.matches import STATES
from services.matching.schemas.needs import CandidateAnswer, NearMissAnswer, NeedAnswer
from shared.events.codes import EMPLOYMENT_FORMS, NEEDS
from shared.fields import Amount, Body, Code, Count, Day, Flag, Moment, Text, list_of

MOST_COMPARED = 4
MORE = (0, 10**9)


def _each(item: type[Body]) -> marshmallow_fields.List[object]:
    return marshmallow_fields.List(Nested(item), required=True)


class Said(Body):
    """Something in words of both languages."""

    words_da = Text(500, required=True, attribute="danish")
    words_en = Text(500, required=True, attribute="english")


class VersionBody(Body):
    """The version in which it was left."""

    version = Count(*VERSION, required=True)


class KeptBody(Body):
    """Somebody kept in mind, or not any more."""

    citizen_id = Uuid(required=True)
    kept = Flag(required=True)


class PersonAnswer(Body):
    """Somebody who is kept in mind; `taking_part` is false for who takes part no more."""

    citizen_id = Uuid(required=True)
    taking_part = Flag(required=True)


class PeopleAnswer(Body):
    """Who is kept in mind, the first first."""

    items = _each(PersonAnswer)


class PoolAnswer(Body):
    """An occupation that people are kept in mind for."""

    occupation = Uuid(required=True)
    title = Text(200, required=True)


class PoolsAnswer(Body):
    """The occupations, in Danish order."""

    items = _each(PoolAnswer)


class ComparisonQuery(Body):
    """Whom of the shortlist to compare; the first four where nobody is named."""

    citizen_id = marshmallow_fields.List(Uuid(), load_default=list, validate=validate.Length(max=MOST_COMPARED))


class ComparisonAnswer(Body):
    """People side by side, each with the same factors; what they miss, and what would help."""

    items = _each(NearMissAnswer)


class HolderBody(Body):
    """Take a need, hand it on, or keep it after all, as it was read in that version; none where nobody had it."""

    act = Code("take", "offer", "keep", required=True)
    version = Count(*VERSION, load_default=None, allow_none=True)


class HolderAnswer(Body):
    """Who has a need; `offered_at` while it waits for a colleague to take it over."""

    need_id = Uuid(required=True)
    held_by = Text(200, required=True)
    held_name = Text(200, required=True)
    since = Moment(required=True)
    offered_at = Moment(required=True, allow_none=True)
    version = Count(*VERSION, required=True)


class NoticeAnswer(Body):
    """What a consultant was told of a match or a need: `about` is its id."""

    id = Uuid(required=True)
    kind = Code(*TERMS["notice"], required=True)
    about = Uuid(required=True)
    need_id = Uuid(required=True)
    at = Moment(required=True)
    seen_at = Moment(required=True, allow_none=True)


class OwnListAnswer(Body):
    """What a consultant is told, has, and could take over."""

    notices = _each(NoticeAnswer)
    held = _each(NeedAnswer)
    handed_on = _each(HolderAnswer)


class SeenBody(Body):
    """Read, or not read after all."""

    seen = Flag(required=True)


class NoMatchBody(Body):
    """Why nobody was proposed."""

    reasons = list_of(Code(*REASONS), len(REASONS), least=1, required=True)


class NoMatchAnswer(Body):
    """An entry of the diary; `excluded` says "travel 12", as the list counted that day."""

    id = Uuid(required=True)
    need_id = Uuid(required=True)
    on_day = Day(required=True)
    noted_by = Text(200, required=True)
    reasons = marshmallow_fields.List(Code(*REASONS), required=True)
    excluded = marshmallow_fields.List(Text(60), required=True)


class DiaryAnswer(Body):
    """A need's diary, newest first, and what its list counts today; a small number of people is hidden."""

    items = _each(NoMatchAnswer)
    counted = marshmallow_fields.Dict(keys=Text(40), values=Count(*MORE, allow_none=True), required=True)


class DoneAnswer(Body):
    """It is done; `done` is always true."""

    done = Flag(required=True)


class PeriodQuery(Body):
    """From a day to a day; the last twelve months where nothing is said."""

    since = Day(load_default=None)
    until = Day(load_default=None)


class GapAnswer(Said):
    """Something that was missing, and for how many needs."""

    kind = Code("reason", "licence", "skill", "time", required=True)
    code = Text(40, required=True)
    needs = Count(*MORE, required=True)


class GapsAnswer(Body):
    """What would have opened how many of the `needs` for which nobody was proposed."""

    since = Day(required=True)
    until = Day(required=True)
    needs = Count(*MORE, required=True)
    items = _each(GapAnswer)


class SearchAnswer(Body):
    """What a consultant wants to hear of."""

    id = Uuid(required=True)
    occupation = Uuid(required=True, allow_none=True)
    citizen_id = Uuid(required=True, allow_none=True)
    employment_forms = marshmallow_fields.List(Code(*EMPLOYMENT_FORMS), required=True)
    weekly_hours_max = Amount(0, 168, required=True, allow_none=True)
    saved_at = Moment(required=True)


class SearchesAnswer(Body):
    """All that a consultant wants to hear of."""

    items = _each(SearchAnswer)


_TRIED = {code: marshmallow_fields.Integer(load_default=None, validate=validate.Range(0, 1000)) for code in FACTORS}


class TriedQuery(Body.from_dict(_TRIED)):  # type: ignore[misc]  # marshmallow makes the class
    """Weights to try; one that is left out stays as it is."""


class WhatIfAnswer(Body):
    """The order of those who fit by today's weights, and by the ones to try; nothing of it is kept."""

    now = marshmallow_fields.List(Uuid(), required=True)
    then = marshmallow_fields.List(Uuid(), required=True)


class NeedIdQuery(Body):
    """Held against which need."""

    need_id = Uuid(required=True)


class CausesAnswer(Body):
    """All that keeps somebody off a need's list, a sensitive cause masked for who serves companies; empty where
    nothing does."""

    causes = _each(Said)


class OfferAnswer(Body):
    """What somebody was once put forward for; `placement_id` where an agreement came of it."""

    match_id = Uuid(required=True)
    need_id = Uuid(required=True)
    company_id = Uuid(required=True)
    state = Code(*STATES, required=True)
    proposed_at = Moment(required=True)
    decliner = Text(40, required=True, allow_none=True)
    reason_code = Text(40, required=True, allow_none=True)
    placement_id = Uuid(required=True, allow_none=True)


class OffersAnswer(Body):
    """All offers, newest first; `turns` counts the placements where they go round without more hours, else 0."""

    items = _each(OfferAnswer)
    turns = Count(*MORE, required=True)


class FittingAnswer(CandidateAnswer):
    """An open need that fits, with why."""

    need_id = Uuid(required=True)


class FittingNeedsAnswer(Body):
    """The open needs that fit a citizen today, best first."""

    items = _each(FittingAnswer)


class OwnMatchAnswer(Body):
    """A proposal as the citizen sees it: to whom, for what, exactly what is told there, and until when to answer."""

    id = Uuid(required=True)
    state = Code(*STATES, required=True)
    company = Text(200, required=True)
    title = Text(200, required=True)
    occupation = Uuid(required=True)
    answer_due = Day(required=True, allow_none=True)
    meeting_at = Moment(required=True, allow_none=True)
    functional_needs = marshmallow_fields.List(Code(*NEEDS), required=True)
    weekly_hours_min = Amount(0, 168, required=True, allow_none=True)
    weekly_hours_max = Amount(0, 168, required=True, allow_none=True)
    version = Count(*VERSION, required=True)


class OwnMatchesAnswer(Body):
    """A citizen's own proposals, oldest first."""

    items = _each(OwnMatchAnswer)
