"""Cohorts and somebody's way through them, as they come in and go out."""

from marshmallow import fields as marshmallow_fields

from services.followup import rules
from shared.fields import Body, Code, Count, Day, Flag, Text, list_of

List, Nested, Uuid = marshmallow_fields.List, marshmallow_fields.Nested, marshmallow_fields.UUID
MOST_SEATS, MOST_ENTRY = 200, 1000
MUNICIPALITY = "[A-ZÆØÅa-zæøå .-]{2,40}"


class CohortBody(Body):
    """A new cohort; its length is the rows'."""

    name = Text(80, required=True)
    starts_on = Day(required=True)
    capacity = Count(1, MOST_SEATS, required=True)
    tracks = list_of(Code(*rules.TRACKS), len(rules.TRACKS), least=1, required=True)
    mentor_id = Uuid(load_default=None, allow_none=True)


class QuotaBody(Body):
    """How many places are a municipality's."""

    municipality = Text(40, required=True, pattern=MUNICIPALITY)
    places = Count(0, MOST_SEATS, required=True)


class EnrolBody(Body):
    """Who gets a seat: of which municipality, and how old on the first day."""

    citizen_id = Uuid(required=True)
    municipality = Text(40, required=True, pattern=MUNICIPALITY)
    age_at_start = Count(0, 120, required=True)


class EnrolForm(Body):
    """The same from the citizen's page, where the cohort is chosen."""

    cohort_id = Uuid(required=True)
    municipality = Text(40, required=True, pattern=MUNICIPALITY)
    age_at_start = Count(0, 120, required=True)


class WithdrawnBody(Body):
    """The seat is given up; false takes that back."""

    withdrawn = Flag(load_default=True)


class TrackBody(Body):
    """The one track; empty where none is chosen after all."""

    track = Code(*rules.TRACKS, load_default=None, allow_none=True)


class VisitBody(Body):
    """An education that was visited."""

    on_day = Day(required=True)
    education = Text(80, required=True)


class VisitUndo(Body):
    """Which visit was none."""

    visit_id = Uuid(required=True)


class CohortPlacementBody(Body):
    """Weeks of placement, both days included; empty for none."""

    placement_from = Day(attribute="first", load_default=None, allow_none=True)
    placement_until = Day(attribute="last", load_default=None, allow_none=True)


class CohortOutcomeBody(Body):
    """What it led to; empty where that was a mistake."""

    outcome_code = Code(*rules.COHORT_OUTCOMES, load_default=None, allow_none=True)


class EntryBody(Body):
    """An entry about one; no state takes it away."""

    member_id = Uuid(required=True)
    state = Code(*rules.DAY_STATES, load_default=None, allow_none=True)
    words = Text(MOST_ENTRY, load_default=None, allow_none=True)


class EntryForm(EntryBody):
    """An entry about one on a course day, from a page."""

    on_day = Day(required=True)


class DayBody(Body):
    """The entries of a course day."""

    on_day = Day(required=True)
    entries = list_of(Nested(EntryBody), MOST_SEATS, required=True)


class CohortDayQuery(Body):
    """Which course day."""

    day = Day(data_key="dag", load_default=None)


class CohortLine(Body):
    """A cohort in a list."""

    id = Uuid(required=True)
    name = Text(80, required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)
    capacity = Count(1, MOST_SEATS, required=True)
    taken = Count(0, MOST_SEATS, required=True)


class CohortsAnswer(Body):
    """All cohorts, the newest first."""

    items = List(Nested(CohortLine), required=True)


class QuotaLine(QuotaBody):
    """A municipality's places, and how many are taken."""

    taken = Count(0, MOST_SEATS, required=True)


class MemberLine(Body):
    """Somebody in a cohort."""

    id = Uuid(required=True)
    citizen_id = Uuid(required=True)
    municipality = Text(40, required=True)
    track = Code(*rules.TRACKS, required=True, allow_none=True)
    visits = Count(0, 10_000, required=True)
    outcome_code = Code(*rules.COHORT_OUTCOMES, required=True, allow_none=True)


class CohortAnswer(CohortLine):
    """One cohort with quotas and members."""

    tracks = List(Code(*rules.TRACKS), required=True)
    placement_weeks = Count(0, 52, required=True)
    quotas = List(Nested(QuotaLine), required=True)
    members = List(Nested(MemberLine), required=True)


class VisitLine(VisitBody):
    """A visit."""

    id = Uuid(required=True)


class EntryLine(Body):
    """A day's entry; its words are on the page only."""

    on_day = Day(required=True)
    state = Code(*rules.DAY_STATES, required=True)


class MemberAnswer(Body):
    """Somebody's way through."""

    id = Uuid(required=True)
    cohort_id = Uuid(required=True)
    citizen_id = Uuid(required=True)
    municipality = Text(40, required=True)
    age_at_start = Count(0, 120, required=True)
    track = Code(*rules.TRACKS, required=True, allow_none=True)
    placement_from = Day(required=True, allow_none=True)
    placement_until = Day(required=True, allow_none=True)
    outcome_code = Code(*rules.COHORT_OUTCOMES, required=True, allow_none=True)
    visits = List(Nested(VisitLine), required=True)
    entries = List(Nested(EntryLine), required=True)
    version = Count(1, 2**31 - 1, required=True)
