"""What the engine is told of a need and of a candidate, and nothing else.

A candidate has no field for name, sex, age, origin or benefit, so none of them can come into a ranking. `languages` are
those that staff wrote down as something somebody can, and count only where the work asks for them.
"""

from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from services.matching.rules.catalogue import Place
from services.matching.rules.week import Week

RULES = (
    "consent", "form", "hours", "travel", "licences", "adjustments", "time", "transport", "danish", "lifting", "shifts",
    "mentor",
)  # fmt: skip
CHECKED = RULES[1:]
# What a need must ask about before it counts; the other factors always do.
ASKED = ("skills", "languages", "strengths", "offers", "season", "familiar")
FACTORS = (
    "occupation", "skills", "languages", "strengths", "offers", "familiar", "distance", "hours", "growth", "season",
    "flexibility", "attention",
)  # fmt: skip
ALL_DAY = (0, 24 * 60)


@dataclass(frozen=True, kw_only=True, slots=True)
class Opening:
    """A need as the rules see it. `hours_per_day` in one go inside the windows, None where they are to be filled.

    `skills` are numbers of ESCO skills that are wished for, below 65,536. `strengths` are soft wishes of the company,
    `offers` those of citizens that the place meets, `season` the months ("03") with most to do, `familiar` those who
    had a placement at the company, `spoken` languages that are spoken there beside Danish. `mentor_room` says how many
    more a mentor has room for, None where nobody knows. `brought` are those whom the look over all open needs brings
    forward at this one, None where it was not there yet.
    """

    need_id: UUID
    occupation: str
    employment_form: str
    weekly_hours_min: float
    weekly_hours_max: float
    windows: Week
    days_required: int
    hours_per_day: float | None
    licences: frozenset[str]
    adjustments: frozenset[str]
    mentor_offered: bool
    place: Place
    skills: frozenset[int] = frozenset()
    danish_level: str | None = None
    lifting: bool = False
    shifts: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    strengths: frozenset[str] = frozenset()
    offers: frozenset[str] = frozenset()
    season: frozenset[str] = frozenset()
    familiar: frozenset[UUID] = frozenset()
    spoken: frozenset[str] = frozenset()
    mentor_room: int | None = None
    brought: frozenset[UUID] | None = None

    def asks(self, factor: str) -> bool:
        """True where the factor counts for this need."""
        return factor not in ASKED or bool(getattr(self, factor))


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A citizen as the rules see them. `place_hidden` where the address is protected: nothing may tell it.

    No `skills`, `languages`, `shifts` and so on means that none are recorded, not that there are none. They get about
    between the minutes of `gets_about`; `hour_steps` hold "2027-01-11 15". `seen` says that a list showed them lately.
    """

    citizen_id: UUID
    occupations: tuple[str, ...]
    forms: frozenset[str]
    weekly_hours_min: float
    weekly_hours_max: float
    availability: Week
    place: Place | None
    place_hidden: bool
    travel_km_max: int
    licences: frozenset[str]
    needs: frozenset[str]
    mentor_wanted: bool
    consent: bool
    skills: frozenset[int] = frozenset()
    danish_level: str | None = None
    transport: str | None = None
    gets_about: tuple[int, int] = ALL_DAY
    travel_minutes_max: int | None = None
    shifts: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    strengths: frozenset[str] = frozenset()
    soft_wishes: frozenset[str] = frozenset()
    months: frozenset[str] = frozenset()
    hour_steps: tuple[str, ...] = ()
    seen: bool = False

    @property
    def planned_hours(self) -> float | None:
        """The weekly hours of the last planned step."""
        return float(self.hour_steps[-1][11:]) if self.hour_steps else None


def shared_hours(opening: Opening, candidate: Candidate) -> tuple[float, float]:
    """The weekly hours both sides can live with; the first is above the second where there are none."""
    return (
        max(opening.weekly_hours_min, candidate.weekly_hours_min),
        min(opening.weekly_hours_max, candidate.weekly_hours_max),
    )


class Stamp(NamedTuple):
    """Which versions of what intake told a candidate's row was made from; 0 where nothing was told."""

    wishes: int
    citizen: int


class Change(NamedTuple):
    """What one side could change so that `rule` holds: `what` is a field of the opening or the candidate.

    For "windows" the value is the minutes that all of them move, negative for earlier; for "availability" by how many
    each day's free time begins earlier (negative) or ends later.
    """

    side: str
    what: str
    value: int | float | tuple[str, ...]
    rule: str


class Ranked(NamedTuple):
    """A place on a list: `key` is the citizen's or the need's id, `points` by factor, None where it is unknown.

    The known points sum to the score. A factor that the need does not ask about is left out.
    """

    key: UUID
    score: int
    points: dict[str, int | None]
    missed: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranking:
    """`excluded` counts by what keeps people out: a hard rule, or a reason of `left_out`; one may count for several.

    Somebody out of reach counts for that alone. `fitting` is how many fit, listed or not.
    """

    fitting: int
    fits: tuple[Ranked, ...]
    near_misses: tuple[Ranked, ...]
    excluded: dict[str, int]
