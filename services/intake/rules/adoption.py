"""How many of those who were offered it use their own pages, and how lately (Gentofte Refleks, C2; A26)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Bucket:
    """Those whose latest sign-in lies at most `days` back and further than the bucket before; None is all older."""

    days: int | None
    people: int


@dataclass(frozen=True, slots=True)
class Adoption:
    """Buckets by latest sign-in, which sum to `users`; percentages are whole, None where there is nobody to divide by.

    `hidden` where a count is small, or could be had by taking the others from the sum.
    """

    offered: int
    users: int
    buckets: tuple[Bucket, ...]
    hidden: bool

    @property
    def percent(self) -> int | None:
        """Users of those offered."""
        return _percent(self.users, self.offered)

    def share(self, bucket: Bucket) -> int | None:
        """The bucket's part of the users."""
        return _percent(bucket.people, self.users)


def counted(offered: int, latest: Sequence[date], today: date, limits: Sequence[int], least: int) -> Adoption:
    """Of `offered` people those in `latest` have signed in, on that day at last."""
    ages = [(today - day).days for day in latest]
    bounds = [-1, *sorted(limits)]
    buckets = [Bucket(upper, sum(lower < age <= upper for age in ages)) for lower, upper in pairwise(bounds)]
    buckets.append(Bucket(None, sum(age > bounds[-1] for age in ages)))
    numbers = (offered - len(ages), *(one.people for one in buckets))
    return Adoption(offered, len(ages), tuple(buckets), any(0 < number < least for number in numbers))


def _percent(part: int, whole: int) -> int | None:
    return (200 * part + whole) // (2 * whole) if whole else None
