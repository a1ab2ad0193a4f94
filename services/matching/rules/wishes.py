"""What counts beyond occupation, hours and place, in words: wishes of both sides, growth, and what is not known."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from services.matching.engine.facts import ALL_DAY, Candidate, Opening
from services.matching.rules import knowing
from services.matching.rules.words import HOURS, MINUTES, counted, listed, said_day
from shared.events.codes import Words

REMARKS = ("mentor", "danish", "shifts", "transport", "travel_time", "spoken")
Remark = tuple[str, bool, Words]


def _languages(opening: Opening, candidate: Candidate) -> Words:
    if not candidate.languages:
        return Words("ingen andre sprog er noteret", "no other languages are recorded")
    met, asked = len(opening.languages & candidate.languages), len(opening.languages)
    return Words(f"kan {met} af {asked} sprog, der er brug for", f"knows {met} of {asked} languages that are needed")


def _strengths(opening: Opening, candidate: Candidate) -> Words:
    if not candidate.strengths:
        return Words(
            "det er ikke noteret, hvad borgeren selv nævner", "it is not recorded what the citizen says of themselves"
        )
    met, asked = len(opening.strengths & candidate.strengths), len(opening.strengths)
    return Words(f"nævner {met} af {asked} ønsker selv", f"says {met} of {asked} wishes of themselves")


def _offers(opening: Opening, candidate: Candidate) -> Words:
    if not candidate.soft_wishes:
        return Words("ingen ønsker ud over kravene er noteret", "no wishes beyond the demands are recorded")
    met, told = len(opening.offers & candidate.soft_wishes), len(candidate.soft_wishes)
    return Words(f"stedet opfylder {met} af {told} ønsker", f"the place meets {met} of {told} wishes")


def _familiar(opening: Opening, candidate: Candidate) -> Words:
    if candidate.citizen_id in opening.familiar:
        return Words("har haft en aftale i virksomheden", "had an agreement with the company")
    return Words("er ny i virksomheden", "is new to the company")


def _growth(opening: Opening, candidate: Candidate) -> Words:
    if not candidate.hour_steps:
        return Words("ingen planlagte trin er noteret", "no planned steps are recorded")
    last = candidate.hour_steps[-1]
    hours, day = counted(float(last[11:]), HOURS), said_day(date.fromisoformat(last[:10]))
    room = counted(opening.weekly_hours_max, HOURS)
    return Words(
        f"planen er {hours.danish} fra {day.danish}, der er plads til {room.danish}",
        f"the plan is {hours.english} from {day.english}, there is room for {room.english}",
    )


def _season(opening: Opening, candidate: Candidate) -> Words:
    if not candidate.months:
        return Words("det er ikke noteret, hvornår på året borgeren kan mest", "the best months are not recorded")
    met, asked = len(opening.season & candidate.months), len(opening.season)
    return Words(
        f"kan arbejde mest i {met} af {asked} travle måneder", f"can work most in {met} of {asked} busy months"
    )


SAID: Mapping[str, Callable[[Opening, Candidate], Words]] = {
    "languages": _languages, "strengths": _strengths, "offers": _offers, "familiar": _familiar, "growth": _growth,
    "season": _season,
}  # fmt: skip


def remarks(opening: Opening, candidate: Candidate) -> Iterator[Remark]:
    """What stands beside the points: a code, whether it is known, and the words."""
    # Without points: somebody who needs a mentor must not stand behind those who need none.
    yield "mentor", True, _mentor(opening, candidate)
    if opening.danish_level and candidate.danish_level is None:
        yield "danish", False, Words("det er ikke noteret, hvor meget borgeren kan", "how much is not recorded")
    if opening.shifts and not candidate.shifts:
        yield "shifts", False, Words("det er ikke noteret, hvilke borgeren siger ja til", "which ones is not recorded")
    if candidate.transport is None and candidate.gets_about == ALL_DAY:
        yield "transport", False, Words("det er ikke noteret, hvordan borgeren kommer frem", "how is not recorded")
    if shared := sorted(opening.spoken & candidate.languages):
        said = listed([knowing.TERMS["language"][code] for code in shared])
        yield "spoken", True, Words(f"der tales også {said.danish}", f"{said.english} is spoken there too")
    if candidate.travel_minutes_max is not None:
        yield "travel_time", False, _travel_time(candidate, candidate.travel_minutes_max)


def _travel_time(candidate: Candidate, most: int) -> Words:
    way = knowing.TERMS["transport"].get(candidate.transport or "", Words("", ""))
    minutes = counted(most, MINUTES)
    return Words(
        f"slå den op: borgeren vil højst rejse {minutes.danish} {way.danish}".rstrip(),
        f"look it up: the citizen travels {minutes.english} at most {way.english}".rstrip(),
    )


def _mentor(opening: Opening, candidate: Candidate) -> Words:
    if not candidate.mentor_wanted:
        return Words("ønsker ikke mentor", "wants no mentor")
    if not opening.mentor_offered:
        return Words("mentor er ønsket, men ikke tilbudt", "a mentor is wanted but not offered")
    if opening.mentor_room is None:
        return Words("mentor er ønsket og tilbudt", "a mentor is wanted and offered")
    return Words(
        f"mentor er ønsket og tilbudt, plads til {opening.mentor_room} mere",
        f"a mentor is wanted and offered, room for {opening.mentor_room} more",
    )
