"""Laws of what staff write down: more of it never hurts, and what is not known shuts nobody out."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from services.matching.engine.facts import Candidate, Opening
from services.matching.rules import knowing
from tests.matching.drawn import candidates, codes, judged, lawful, listed, no_worse, openings


@lawful
@given(openings(), candidates(), st.integers(0, 300), st.integers(0, 300))
def test_getting_about_earlier_or_later_never_hurts(
    opening: Opening, candidate: Candidate, earlier: int, later: int
) -> None:
    begins, ends = candidate.gets_about
    longer = replace(candidate, gets_about=(max(0, begins - earlier), min(1440, ends + later)))

    assert no_worse(judged(opening, longer), judged(opening, candidate))


@lawful
@given(openings(), candidates(), st.sampled_from(knowing.DANISH_LEVELS))
def test_more_danish_never_hurts_and_unknown_danish_shuts_nobody_out(
    opening: Opening, candidate: Candidate, other: str
) -> None:
    less, more = sorted((candidate.danish_level or "none", other), key=knowing.DANISH_LEVELS.index)
    worse, better, unknown = (judged(opening, replace(candidate, danish_level=level)) for level in (less, more, None))

    assert no_worse(better, worse)
    assert no_worse(unknown, better)


@lawful
@given(openings(), candidates(), codes("shift"))
def test_working_more_kinds_of_shifts_never_hurts(opening: Opening, candidate: Candidate, more: frozenset[str]) -> None:
    willing = replace(candidate, shifts=candidate.shifts | more if candidate.shifts else candidate.shifts)

    assert no_worse(judged(opening, willing), judged(opening, candidate))


@lawful
@given(openings(), candidates(), st.sampled_from(["languages", "strengths", "soft_wishes", "months"]), st.data())
def test_whatever_more_is_told_of_somebody_never_hurts(
    opening: Opening, candidate: Candidate, name: str, data: st.DataObject
) -> None:
    table = {"languages": "language", "strengths": "company_wish", "soft_wishes": "soft_wish"}.get(name)
    every = sorted(knowing.TERMS[table]) if table else knowing.MONTHS
    more = replace(candidate, **{name: getattr(candidate, name) | {data.draw(st.sampled_from(every))}})

    assert no_worse(judged(opening, more), judged(opening, candidate))


@lawful
@given(openings(), candidates(), st.integers(0, 20))
def test_more_hours_to_grow_into_never_give_fewer_points_for_growth(
    opening: Opening, candidate: Candidate, more: int
) -> None:
    roomy = replace(opening, weekly_hours_max=opening.weekly_hours_max + more)
    before, after = (judged(one, candidate).points["growth"] for one in (opening, roomy))

    assert (before is None) is (after is None) is (not candidate.hour_steps)
    assert (after or 0) >= (before or 0)


@lawful
@given(openings(), st.lists(candidates(), max_size=4, unique_by=lambda one: one.citizen_id))
def test_full_mentors_keep_everybody_out_and_a_place_more_lets_in_who_fits(
    opening: Opening, people: list[Candidate]
) -> None:
    full, room = (listed(replace(opening, mentor_room=number), people) for number in (0, 1))
    one_change = {one.key for one in full.near_misses if one.missed == ("mentor",)}

    assert full.fits == ()
    assert {one.key for one in room.fits} == one_change
    assert all([change.what for change in one.changes] == ["mentor_room"]
               for one in full.near_misses if one.key in one_change)  # fmt: skip
