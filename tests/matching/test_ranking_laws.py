"""Laws that every list obeys, whatever the need and whoever the candidates."""

from dataclasses import fields, replace
from random import Random
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.matching.engine.facts import Candidate, Opening
from services.matching.engine.people import People
from services.matching.rules import catalogue, week
from services.matching.rules.catalogue import Place, km_between
from shared.occupations import occupations
from tests.matching.drawn import (
    DAY,
    LICENCES,
    NEEDS,
    SCALES,
    candidates,
    judged,
    lawful,
    listed,
    no_worse,
    openings,
    places,
    windows,
)
from tests.matching.factories import CLEANER


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
        "danish_level",
        "transport",
        "gets_about",
        "travel_minutes_max",
        "shifts",
        "languages",
        "strengths",
        "soft_wishes",
        "months",
        "hour_steps",
        "seen",
    ]


def test_index_has_no_column_for_them_either() -> None:
    assert set(People().columns) == {
        "id_high", "id_low", "wishes", "citizen", "place_limit", "hours", "about", "planned", "traits", "known",
        "flags",
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
