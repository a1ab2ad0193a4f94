"""What stood in the way where nobody was proposed, gathered: what would have opened how many needs."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from services.matching.rules import week
from shared.events.codes import Words

EARLY, LATE = 8 * 60, 16 * 60
REASONS: Mapping[str, Words] = {
    "form": Words("ansættelsesformen", "the form of employment"),
    "hours": Words("timetallet", "the hours"),
    "travel": Words("afstand eller transport", "distance or transport"),
    "licences": Words("kørekort eller bevis mangler", "a licence or a certificate is missing"),
    "adjustments": Words("hensyn, der ikke kan tages", "adjustments that cannot be made"),
    "time": Words("arbejdstiderne", "the working time"),
    "skills": Words("kompetencer mangler", "skills are missing"),
    "danish": Words("dansk", "Danish"),
    "unknown": Words("vi kender ikke borgerne godt nok", "we do not know the citizens well enough"),
    "nobody": Words("ingen borgere at foreslå", "no citizens to propose"),
    "company": Words("virksomheden ville noget andet", "the company wanted something else"),
    "too_late": Words("det hastede for meget", "it was too urgent"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Unmet:
    """A need for which nobody was proposed, with the reasons that were noted."""

    reasons: Collection[str]
    licences: Collection[str] = ()
    skills: Collection[int] = ()
    windows: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that was missing, and for how many needs."""

    kind: str
    code: str
    needs: int


def gathered(unmet: Iterable[Unmet]) -> list[Gap]:
    """Each thing that was missing, the one that would have opened most needs first."""
    counts: Counter[tuple[str, str]] = Counter()
    for need in unmet:
        counts.update({("reason", code) for code in need.reasons})
        if "licences" in need.reasons:
            counts.update({("licence", code) for code in need.licences})
        if "skills" in need.reasons:
            counts.update({("skill", str(number)) for number in need.skills})
        if "time" in need.reasons:
            counts.update({("time", code) for code in _times(need.windows)})
    return [Gap(*key, needs) for key, needs in sorted(counts.items(), key=lambda one: (-one[1], one[0]))]


TIMES: Mapping[str, Words] = {
    "early": Words("arbejde før klokken 8", "work before 8"),
    "late": Words("arbejde efter klokken 16", "work after 16"),
    "weekend": Words("arbejde i weekenden", "work at the weekend"),
    "day": Words("arbejde på hverdage i dagtimerne", "work on weekdays in the daytime"),
}


def _times(windows: Collection[str]) -> set[str]:
    days = week.read_week(tuple(windows)).days
    found = set()
    if any(days[5:]):
        found.add("weekend")
    if any(minutes and week.first_minute(minutes) < EARLY for minutes in days):
        found.add("early")
    if any(week.last_minute(minutes) > LATE for minutes in days):
        found.add("late")
    return found or {"day"}
