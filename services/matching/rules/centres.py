"""Which standing place has room for which times, and who is next in line (Bysekretariatet, A27)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from services.matching.rules.week import read_week
from shared.events.codes import Words

ROLES: Mapping[str, Words] = {
    "first": Words("det første sted", "the first place"),
    "last": Words("det sidste sted før afklaring", "the last place before a decision"),
    "either": Words("både første og sidste sted", "either the first or the last place"),
}
STATES: Mapping[str, Words] = {
    "waiting": Words("venter", "waits"),
    "offered": Words("har fået tilbud", "was offered a place"),
    "taken": Words("har en plads", "has a place"),
    "declined": Words("sagde nej", "said no"),
    "lapsed": Words("tilbuddet udløb", "the offer ran out"),
    "ended": Words("er afsluttet", "has ended"),
}
ORDER_REASONS: Mapping[str, Words] = {
    "urgent": Words("haster efter en konkret vurdering", "urgent by an assessment"),
    "not_ready": Words("den forreste er ikke klar endnu", "the first in line is not ready yet"),
    "agreed": Words("aftalt med den forreste", "agreed with the first in line"),
}
END_REASONS: Mapping[str, Words] = {
    "fleksjob": Words("afklaret til fleksjob", "clarified: fleksjob"),
    "pension": Words("afklaret til pension", "clarified: pension"),
    "next_place": Words("videre til et andet sted", "on to another place"),
    "job": Words("i job", "into a job"),
    "education": Words("i uddannelse", "into education"),
    "stopped": Words("stoppet før tid", "stopped early"),
    "mistake": Words("skrevet op ved en fejl", "written down by mistake"),
}
FROM = {
    "near": Words("fra området", "from the area"),
    "elsewhere": Words("fra et andet område", "from another area"),
    "unknown": Words("området vises ikke", "the area is not shown"),
}


@dataclass(frozen=True, slots=True)
class Held:
    """A place with its windows and those of everybody who has it, or was offered it."""

    id: UUID
    windows: Sequence[str]
    taken: Sequence[Sequence[str]]


def has_room(place: Held, asked: Sequence[str]) -> bool:
    """True where the times lie inside the place's, and nobody else is there then."""
    whole, wanted = read_week(tuple(place.windows)).days, read_week(tuple(asked)).days
    busy = [read_week(tuple(one)).days for one in place.taken]
    return all(
        wanted[day] & ~whole[day] == 0 and not any(one[day] & wanted[day] for one in busy) for day in range(7)
    )  # fmt: skip


def room_for(places: Sequence[Held], asked: Sequence[str]) -> list[UUID]:
    """The places that have room for those times."""
    return [place.id for place in places if has_room(place, asked)]


def area(citizens: str | None, workplaces: str) -> str:
    """Whether somebody is from the workplace's own postal code; where theirs is not known, or protected, nothing."""
    if citizens is None:
        return "unknown"
    return "near" if citizens == workplaces else "elsewhere"
