"""The hard rules, for one opening and many people or the other way round; each says who fails it."""

from typing import NamedTuple

import numpy as np

from services.matching.engine.packing import Ints
from services.matching.engine.sides import Pairs
from services.matching.engine.times import days_met

# Somebody who lacks more than two things is not nearly there.
MOST_LACKING = 2


class Failures(NamedTuple):
    """Who fails each rule, in the order of CHECKED, and how many each fails."""

    each: tuple[Ints, ...]
    number: Ints


def failures(pairs: Pairs) -> Failures:
    """Every rule for every pair."""
    wanted, offered = pairs.wanted, pairs.offered
    each = (
        (offered.traits & wanted.form) == 0,
        np.maximum(offered.least, wanted.least) > np.minimum(offered.most, wanted.most),
        pairs.beyond,
        (offered.traits & wanted.licences) != wanted.licences,
        (offered.traits & wanted.refused) != 0,
        days_met(wanted.work, offered.free) < wanted.work.required,
    )
    number = each[0].view(np.int8) + each[1].view(np.int8)
    for failed in each[2:]:
        number += failed.view(np.int8)
    return Failures(each, number)


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
