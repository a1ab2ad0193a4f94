"""Groups side by side: no small count, and none that the sum of the others gives away."""

from hypothesis import given
from hypothesis import strategies as st

from shared.small_counts import beside, joined, parted

LEAST = 5
COUNTS = st.lists(st.integers(0, 30), min_size=1, max_size=6)


@given(COUNTS)
def test_what_is_hidden_of_a_whole_is_never_one_alone_nor_few_together(parts: list[int]) -> None:
    told = parted(parts, LEAST)

    hidden = [part for part, one in zip(parts, told, strict=True) if one is None]
    assert all(one == part for part, one in zip(parts, told, strict=True) if one is not None)
    assert not any(one is not None and 0 < one < LEAST for one in told)
    everything = len(hidden) == len(parts)
    assert everything or not hidden or (len(hidden) > 1 and not 0 < sum(hidden) < LEAST)


@given(st.lists(st.tuples(st.integers(LEAST, 40), st.floats(0, 1)), min_size=1, max_size=6))
def test_neither_the_parts_nor_their_rests_are_given_away(drawn: list[tuple[int, float]]) -> None:
    groups = [(whole, round(whole * share)) for whole, share in drawn]
    told = beside(groups, LEAST)

    hidden = [group for group, one in zip(groups, told, strict=True) if one is None]
    for (whole, part), one in zip(groups, told, strict=True):
        assert one is None or (one == part and not 0 < part < LEAST and not 0 < whole - part < LEAST)
    sums = sum(part for _whole, part in hidden), sum(whole - part for whole, part in hidden)
    everything = len(hidden) == len(groups)
    assert everything or not hidden or (len(hidden) > 1 and not any(0 < one < LEAST for one in sums))


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(0, 12), max_size=6))
def test_small_groups_stand_together_and_are_large_then(groups: dict[str, int]) -> None:
    alone, together = joined(groups.items(), LEAST)

    assert all(groups[key] >= LEAST for key in alone)
    assert {*alone, *together} == {key for key, count in groups.items() if count}
    assert not alone or not 0 < sum(groups[key] for key in together) < LEAST


def test_written_out() -> None:
    assert parted([2, 20, 9], LEAST) == [None, 20, None]
    assert beside([(10, 9), (10, 5), (20, 0)], LEAST) == [None, None, 0]
    assert joined([("a", 12), ("b", 6), ("c", 3)], LEAST) == (["a"], ["c", "b"])
