"""The demands beyond form, hours and place: why somebody does not meet one, and what would help, in words."""

from collections.abc import Callable, Mapping

from services.matching.engine.facts import Candidate, Change, Opening
from services.matching.rules import knowing, week
from services.matching.rules.words import listed
from shared.events.codes import Words

LEVELS, SHIFTS = knowing.TERMS["danish_level"], knowing.TERMS["shift"]


def transport(opening: Opening, candidate: Candidate) -> Words:
    """Why somebody cannot get there, or home again."""
    first, last = span(opening)
    begins, ends = candidate.gets_about
    if begins > first:
        at, work = week.said_clock(begins), week.said_clock(first)
        return Words(
            f"kan tidligst komme frem {at.danish}, arbejdet begynder {work.danish}",
            f"cannot get there before {at.english}, the work begins at {work.english}",
        )
    at, work = week.said_clock(ends), week.said_clock(last)
    return Words(
        f"kan senest komme hjem {at.danish}, arbejdet slutter {work.danish}",
        f"cannot get home after {at.english}, the work ends at {work.english}",
    )


def danish(_opening: Opening, _candidate: Candidate) -> Words:
    """Why the Danish is not enough."""
    return Words("kan mindre dansk, end der kræves", "knows less Danish than is demanded")


def lifting(_opening: Opening, _candidate: Candidate) -> Words:
    """Why the lifting is too much."""
    return Words("kan ikke løfte det, der kræves", "cannot lift what is demanded")


def shifts(opening: Opening, candidate: Candidate) -> Words:
    """Which shifts somebody cannot work."""
    words = listed([SHIFTS[code] for code in sorted(opening.shifts - candidate.shifts)])
    return Words(f"kan ikke arbejde på {words.danish}", f"cannot work {words.english}")


def mentor(_opening: Opening, _candidate: Candidate) -> Words:
    """Why nobody can be looked after there."""
    return Words("kan ikke få en mentor, da alle er optaget", "cannot have a mentor, as all are taken")


WHY: Mapping[str, Callable[[Opening, Candidate], Words]] = {
    "transport": transport, "danish": danish, "lifting": lifting, "shifts": shifts, "mentor": mentor,
}  # fmt: skip


def span(opening: Opening) -> tuple[int, int]:
    """The minutes between which there is work, on any day."""
    days = [day for day in opening.windows.days if day]
    return min(map(week.first_minute, days)), max(map(week.last_minute, days))


def said_change(change: Change) -> Words | None:
    """What would help with one of these demands, after "hvis" and "if"; None for a change of another kind."""
    found = _SAID.get((change.side, change.what))
    codes = change.value if isinstance(change.value, tuple) else ()
    return found(codes) if found else None


def _gets_about(hours: tuple[str, ...]) -> Words:
    return Words(
        f"borgeren kan komme frem og hjem mellem kl. {week.plain_clock(' og '.join(hours)).danish}",
        f"the citizen can get there and home between {week.plain_clock(' and '.join(hours)).english}",
    )


def _less_danish(levels: tuple[str, ...]) -> Words:
    words = LEVELS[levels[0]]
    return Words(f"{words.danish} er nok", f"{words.english} will do")


def _more_danish(levels: tuple[str, ...]) -> Words:
    words = LEVELS[levels[0]]
    return Words(f"borgeren lærer {words.danish}", f"the citizen learns {words.english}")


def _other_shifts(codes: tuple[str, ...]) -> Words:
    words = listed([SHIFTS[code] for code in codes])
    return Words(f"arbejdet kan være uden {words.danish}", f"the work can be without {words.english}")


def _more_shifts(codes: tuple[str, ...]) -> Words:
    words = listed([SHIFTS[code] for code in codes])
    return Words(f"borgeren også kan arbejde på {words.danish}", f"the citizen can work {words.english} too")


_SAID: Mapping[tuple[str, str], Callable[[tuple[str, ...]], Words]] = {
    ("citizen", "gets_about"): _gets_about,
    ("company", "danish_level"): _less_danish,
    ("citizen", "danish_level"): _more_danish,
    ("company", "shifts"): _other_shifts,
    ("citizen", "shifts"): _more_shifts,
    ("company", "lifting"): lambda _codes: Words("der ikke skal løftes tungt", "nothing heavy has to be lifted"),
    ("company", "mentor_room"): lambda _codes: Words(
        "en mentor får plads til én mere", "a mentor has room for another"
    ),
}
