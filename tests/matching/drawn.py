"""People and needs of every kind, for laws that hold whatever they are."""

from datetime import date
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st

from services.matching.engine.facts import Candidate, Opening, Ranked, Ranking, Stamp
from services.matching.engine.people import People
from services.matching.engine.points import Scales
from services.matching.engine.ranking import judge, rank
from services.matching.engine.ties import salt_of
from services.matching.rules import catalogue, knowing, week
from services.matching.use_cases import POLICY
from shared.occupations import occupations
from tests.matching.factories import CLEANER, HOTEL_CLEANER, OFFICER

DAY = date(2026, 11, 2)
SCALES = Scales.of(POLICY, DAY)
NEEDS, LICENCES = ("quiet_place", "no_heavy_lifting", "extra_breaks", "written_instructions"), ("b", "forklift")
lawful = settings(max_examples=200, deadline=None)

places = st.sampled_from(["1050", "2730", "4000", "5000", "9000", "3700"]).map(catalogue.place)
windows = st.lists(
    st.builds(
        lambda day, start, length: f"{day} {start:02d}:00-{min(start + length, 24):02d}:00",
        st.sampled_from(week.DAYS),
        st.integers(0, 20),
        st.integers(1, 10),
    ),
    min_size=1,
    max_size=8,
).map(lambda found: week.read_week(tuple(found)))
skills = st.frozensets(st.integers(1, 12), max_size=6)


def codes(table: str) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(sorted(knowing.TERMS[table])), max_size=3)


hours = st.tuples(st.integers(1, 37), st.integers(1, 37)).map(sorted)


@st.composite
def candidates(draw: st.DrawFn) -> Candidate:
    least, most = draw(hours)
    return Candidate(
        citizen_id=draw(st.uuids(version=4)),
        occupations=tuple(draw(st.lists(st.sampled_from([CLEANER, HOTEL_CLEANER, OFFICER]), max_size=3))),
        forms=draw(st.frozensets(st.sampled_from(["ordinary", "fleksjob"]), min_size=1)),
        weekly_hours_min=least,
        weekly_hours_max=most,
        availability=draw(windows),
        place=draw(st.none() | places),
        place_hidden=draw(st.booleans()),
        travel_km_max=draw(st.integers(1, 300)),
        licences=draw(st.frozensets(st.sampled_from(LICENCES))),
        needs=draw(st.frozensets(st.sampled_from(NEEDS), max_size=2)),
        mentor_wanted=draw(st.booleans()),
        consent=draw(st.booleans()),
        skills=draw(skills),
        seen=draw(st.booleans()),
        danish_level=draw(st.none() | st.sampled_from(knowing.DANISH_LEVELS)),
        gets_about=draw(st.tuples(st.integers(0, 720), st.integers(721, 1440))),
        shifts=draw(codes("shift")),
        languages=draw(codes("language")),
        strengths=draw(codes("company_wish")),
        soft_wishes=draw(codes("soft_wish")),
        months=draw(st.frozensets(st.sampled_from(knowing.MONTHS))),
        hour_steps=tuple(f"2027-01-11 {step}" for step in draw(st.lists(st.integers(1, 37), max_size=1))),
    )


@st.composite
def openings(draw: st.DrawFn) -> Opening:
    least, most = draw(hours)
    asked = draw(windows)
    return Opening(
        need_id=UUID(int=1),
        occupation=draw(st.sampled_from([CLEANER, OFFICER]) | st.sampled_from(list(occupations()))),
        employment_form="ordinary",
        weekly_hours_min=least,
        weekly_hours_max=most,
        windows=asked,
        days_required=draw(st.integers(1, len(asked.used_days()))),
        hours_per_day=draw(st.none() | st.integers(1, 6)),
        licences=draw(st.frozensets(st.sampled_from(LICENCES), max_size=1)),
        adjustments=draw(st.frozensets(st.sampled_from(NEEDS))),
        mentor_offered=draw(st.booleans()),
        place=draw(places),
        skills=draw(skills),
        danish_level=draw(st.none() | st.sampled_from(knowing.DANISH_LEVELS)),
        lifting=draw(st.booleans()),
        shifts=draw(codes("shift")),
        languages=draw(codes("language")),
        strengths=draw(codes("company_wish")),
        offers=draw(codes("soft_wish")),
        season=draw(st.frozensets(st.sampled_from(knowing.MONTHS))),
        mentor_room=draw(st.none() | st.integers(0, 2)),
    )


def judged(opening: Opening, candidate: Candidate) -> Ranked:
    return judge(opening, candidate, SCALES)


def listed(opening: Opening, people: list[Candidate], day: date = DAY) -> Ranking:
    index = People((one, Stamp(1, 1)) for one in people if one.consent)
    return rank(opening, index, SCALES, salt=salt_of(opening.need_id, day), most=200)


def no_worse(after: Ranked, before: Ranked) -> bool:
    """How somebody gets there is asked once their time would do, so the one may take the place of the other."""
    missed, missed_before = (
        {"time" if rule == "transport" else rule for rule in one.missed} for one in (after, before)
    )
    return missed <= missed_before and len(after.missed) <= len(before.missed) and after.score >= before.score
