"""The hard rules, for one opening and many people or the other way round; each says who fails it."""

from typing import NamedTuple

import numpy as np

from services.matching.engine.packing import Ints
from services.matching.engine.sides import Pairs
from services.matching.engine.times import days_met, within

# Somebody who lacks more than two things is not nearly there.
MOST_LACKING = 2


class Failures(NamedTuple):
    """Who fails each rule, in the order of CHECKED, and how many each fails."""

    each: tuple[Ints, ...]
    number: Ints


def failures(pairs: Pairs) -> Failures:
    """Every rule for every pair."""
    wanted, offered = pairs.wanted, pairs.offered
    late = days_met(wanted.work, offered.free) < wanted.work.required
    known = offered.people.columns["known"].take(offered.rows) if wanted.danish.any() or wanted.shifts.any() else None
    each = (
        (offered.traits & wanted.form) == 0,
        np.maximum(offered.least, wanted.least) > np.minimum(offered.most, wanted.most),
        pairs.beyond,
        (offered.traits & wanted.licences) != wanted.licences,
        (offered.traits & wanted.refused) != 0,
        late,
        _stranded(pairs, late),
        _any_of(known, wanted.danish, late),
        _any_of(offered.traits, wanted.heavy, late),
        _any_of(known, wanted.shifts, late),
        np.zeros_like(late) | wanted.full,
    )
    number = each[0].view(np.int8) + each[1].view(np.int8)
    for failed in each[2:]:
        number += failed.view(np.int8)
    return Failures(each, number)


def _any_of(having: Ints | None, mask: Ints, like: Ints) -> Ints:
    if having is None or not mask.any():
        return np.zeros_like(like)
    found: Ints = (having & mask) != 0
    return found


def _stranded(pairs: Pairs, late: Ints) -> Ints:
    """Who cannot get about when there is work, whenever they are free; or, where their time would do, not then."""
    wanted, about = pairs.wanted, pairs.offered.about
    failed = np.zeros_like(late)
    which = np.flatnonzero((about[:, 0] > wanted.first) | (about[:, 1] < wanted.last))
    if len(which):
        work, limits = pairs.work(which), pairs.limits(which)
        alone = days_met(work, [(slice(None), limits)]) < work.required
        failed[which] = alone | (~late[which] & (days_met(work, within(pairs.free(which), limits)) < work.required))
    return failed


def lacks_little(pairs: Pairs, which: Ints) -> Ints:
    """True for those of `which` who lack two licences and two adjustments at most."""
    if not len(which):
        return np.zeros(0, np.bool_)
    traits, licences = at(pairs.offered.traits, which), at(pairs.wanted.licences, which)
    lacking = np.bitwise_count(licences & ~traits)
    unmet = np.bitwise_count(traits & at(pairs.wanted.refused, which))
    few: Ints = (lacking <= MOST_LACKING) & (unmet <= MOST_LACKING)
    return few


def at(column: Ints, which: Ints) -> Ints:
    """The values of these pairs, one of them at least; a side that is alone has one for all."""
    return column if len(column) == 1 else column[which]
