"""Laws that every list obeys, whatever the need and whoever the candidates."""

from dataclasses import fields, replace
from datetime import date
from random import Random
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from services.matching.engine.facts import Candidate, Opening, Ranked, Ranking, Stamp
from services.matching.engine.people import People
from services.matching.engine.points import Scales
from services.matching.engine.ranking import judge, rank
from services.matching.engine.ties import salt_of
from services.matching.rules import catalogue, week
from services.matching.rules.catalogue import Place, km_between
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
    )


def judged(opening: Opening, candidate: Candidate) -> Ranked:
    return judge(opening, candidate, SCALES)


def listed(opening: Opening, people: list[Candidate], day: date = DAY) -> Ranking:
    index = People((one, Stamp(1, 1)) for one in people if one.consent)
    return rank(opening, index, SCALES, salt=salt_of(opening.need_id, day), most=200)


def no_worse(after: Ranked, before: Ranked) -> bool:
    return set(after.missed) <= set(before.missed) and after.score >= before.score


def test_name_sex_age_origin_and_benefit_cannot_be_passed_in() -> None:
    assert [field.name for field in fields(Candidate)] == [
        "citizen_id",
        "occupations",
        "forms",
        "weekly_hours_min",
        "weekly_hours_max",
        "availability",
        "place",
        "place_hidden",
        "travel_km_max",
        "licences",
        "needs",
        "mentor_wanted",
        "consent",
        "skills",
        "seen",
    ]


def test_index_has_no_column_for_them_either() -> None:
    assert set(People().columns) == {
        "id_high", "id_low", "wishes", "citizen", "place_limit", "hours", "traits", "flags",
    }  # fmt: skip


@lawful
@given(openings(), candidates(), places)
def test_nearer_never_hurts(opening: Opening, candidate: Candidate, other: Place) -> None:
    candidate = replace(candidate, place=candidate.place or other)
    assert candidate.place is not None
    near, far = sorted((candidate.place, other), key=lambda place: km_between(opening.place, place))

    assert no_worse(judged(opening, replace(candidate, place=near)), judged(opening, replace(candidate, place=far)))


@lawful
@given(openings(), candidates(), st.frozensets(st.sampled_from(NEEDS)))
def test_more_offered_adjustments_never_hurt(opening: Opening, candidate: Candidate, more: frozenset[str]) -> None:
    offered = replace(opening, adjustments=opening.adjustments | more)

    assert no_worse(judged(offered, candidate), judged(opening, candidate))


@lawful
@given(openings(), candidates(), windows)
def test_longer_availability_never_hurts(opening: Opening, candidate: Candidate, more: week.Week) -> None:
    both = (one | two for one, two in zip(candidate.availability.days, more.days, strict=True))
    longer = replace(candidate, availability=week.Week(tuple(both)))  # type: ignore[arg-type]

    assert no_worse(judged(opening, longer), judged(opening, candidate))


@lawful
@given(openings(), candidates(), st.integers(0, 100))
def test_willing_to_travel_further_never_hurts(opening: Opening, candidate: Candidate, more: int) -> None:
    further = replace(candidate, travel_km_max=candidate.travel_km_max + more)

    assert no_worse(judged(opening, further), judged(opening, candidate))


@lawful
@given(openings(), candidates(), st.integers(0, 20), st.integers(0, 20))
def test_willing_to_work_fewer_or_more_hours_never_hurts(
    opening: Opening, candidate: Candidate, fewer: int, more: int
) -> None:
    wider = replace(
        candidate,
        weekly_hours_min=max(0, candidate.weekly_hours_min - fewer),
        weekly_hours_max=candidate.weekly_hours_max + more,
    )

    assert no_worse(judged(opening, wider), judged(opening, candidate))


@lawful
@given(openings(), candidates())
def test_whoever_was_seen_lately_stands_behind_by_that_factor_alone(opening: Opening, candidate: Candidate) -> None:
    seen, unseen = (judged(opening, replace(candidate, seen=lately)) for lately in (True, False))

    assert unseen.points == seen.points | {"attention": SCALES.weight("attention")}
    assert unseen.missed == seen.missed


@lawful
@given(openings(), candidates())
def test_wish_for_a_mentor_never_hurts(opening: Opening, candidate: Candidate) -> None:
    wishing, other = (judged(opening, replace(candidate, mentor_wanted=wanted)) for wanted in (True, False))

    assert wishing.score == other.score


@lawful
@given(openings(), candidates(), st.integers(1, 12))
def test_adding_a_skill_never_lowers_the_skill_factor(opening: Opening, candidate: Candidate, more: int) -> None:
    before = judged(opening, candidate).points.get("skills") or 0
    after = judged(opening, replace(candidate, skills=candidate.skills | {more})).points.get("skills") or 0

    assert after >= before


@lawful
@given(openings(), candidates(), st.frozensets(st.sampled_from(LICENCES)))
def test_another_licence_never_hurts(opening: Opening, candidate: Candidate, more: frozenset[str]) -> None:
    licensed = replace(candidate, licences=candidate.licences | more)

    assert no_worse(judged(opening, licensed), judged(opening, candidate))


@lawful
@given(openings(), candidates())
def test_fewer_days_required_never_hurt(opening: Opening, candidate: Candidate) -> None:
    assert no_worse(judged(replace(opening, days_required=1), candidate), judged(opening, candidate))


@lawful
@given(openings(), candidates(), st.sampled_from(list(occupations())))
def test_another_wished_occupation_never_hurts(opening: Opening, candidate: Candidate, more: str) -> None:
    wider = replace(candidate, occupations=(*candidate.occupations, more))

    assert no_worse(judged(opening, wider), judged(opening, candidate))


@lawful
@given(openings(), candidates())
def test_what_is_not_recorded_is_unknown_and_not_nothing(opening: Opening, candidate: Candidate) -> None:
    bare = replace(candidate, occupations=(), skills=frozenset(), place=None, place_hidden=False)
    points = judged(opening, bare).points

    assert (points["occupation"], points["distance"], points.get("skills")) == (None, None, None)
    assert ("skills" in points) is bool(opening.skills)


@lawful
@given(openings(), st.lists(candidates(), max_size=8, unique_by=lambda one: one.citizen_id), st.randoms())
def test_order_of_rows_does_not_matter_and_nobody_is_lost(
    opening: Opening, people: list[Candidate], chance: Random
) -> None:
    found = listed(opening, people)

    assert listed(opening, chance.sample(people, len(people))) == found
    shown = (*found.fits, *found.near_misses)
    assert all(one.score == sum(part or 0 for part in one.points.values()) for one in shown)
    assert not {one.key for one in shown} & {one.citizen_id for one in people if not one.consent}
    assert {one.key for one in found.fits} == {one.citizen_id for one in people if not judged(opening, one).missed}


def test_ties_change_with_the_day_and_do_not_follow_the_ids() -> None:
    alike = Candidate(
        citizen_id=UUID(int=0),
        occupations=(CLEANER,),
        forms=frozenset({"ordinary"}),
        weekly_hours_min=1,
        weekly_hours_max=37,
        availability=week.read_week(("mon 06:00-18:00",)),
        place=catalogue.place("2730"),
        place_hidden=False,
        travel_km_max=10,
        licences=frozenset(),
        needs=frozenset(),
        mentor_wanted=False,
        consent=True,
    )
    opening = Opening(
        need_id=UUID(int=1),
        occupation=CLEANER,
        employment_form="ordinary",
        weekly_hours_min=4,
        weekly_hours_max=8,
        windows=week.read_week(("mon 08:00-12:00",)),
        days_required=1,
        hours_per_day=None,
        licences=frozenset(),
        adjustments=frozenset(),
        mentor_offered=False,
        place=catalogue.place("2730"),
    )
    people = [replace(alike, citizen_id=UUID(int=number)) for number in range(20)]
    orders = [[one.key for one in listed(opening, people, DAY.replace(day=day)).fits] for day in (2, 2, 3)]

    assert orders[0] == orders[1] != orders[2]
    assert orders[0] != sorted(orders[0])
