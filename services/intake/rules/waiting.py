"""Rules of the waiting room: the steps of an arrival and the way back, and what may be typed in from paper."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

ARRIVED, CALLED, IN_TALK, DONE, LEFT, NO_SHOW = WAITING_STATES = (
    "arrived", "called", "in_talk", "done", "left", "no_show",
)  # fmt: skip
HERE = (ARRIVED, CALLED, IN_TALK)
# A talk may begin without a call, and be noted as over by whoever forgot to say that it began.
FROM = {CALLED: (ARRIVED,), IN_TALK: (ARRIVED, CALLED), DONE: (CALLED, IN_TALK), LEFT: (ARRIVED, CALLED)}
# Whoever is called waits again when they are given on; a talk is ended first.
GIVEN_ON = (ARRIVED, CALLED)
TIMES = {
    ARRIVED: "arrived_at", CALLED: "called_at", IN_TALK: "talk_at", DONE: "done_at", LEFT: "left_at",
    NO_SHOW: "no_show_at",
}  # fmt: skip
HAND_OVER_REASONS = ("language", "knows_the_field", "knows_the_citizen", "many_waiting", "break", "disqualified")
DESK = "desk-"


@dataclass(frozen=True)
class Waits:
    """How many wait to be called, and since when the first of them."""

    count: int
    longest: timedelta | None


def waits(since: Collection[datetime], now: datetime) -> Waits:
    """From the moments in which those who still wait arrived."""
    return Waits(len(since), now - min(since) if since else None)


def step_before(times: Mapping[str, datetime | None], state: str, *, called_to: str | None) -> str | None:
    """The state that an arrival goes back to; None where it was its first."""
    if state == ARRIVED and times[TIMES[NO_SHOW]]:
        return NO_SHOW
    if state in (ARRIVED, NO_SHOW):
        return None
    if state == DONE and times[TIMES[IN_TALK]]:
        return IN_TALK
    # Who was never called to a place came straight from the waiting room.
    was_called = bool(times[TIMES[CALLED]]) and called_to is not None
    return CALLED if was_called and state != CALLED else ARRIVED


def desks(number: int) -> list[str]:
    """The codes of so many desks."""
    return [f"{DESK}{one}" for one in range(1, number + 1)]


STEPS = ("arrived", "called", "talk", "done")
Message = str


def check_typed(
    typed: Mapping[str, datetime | None], *, known: Collection[str], opens_at: datetime, now: datetime
) -> dict[str, Message]:
    """What is wrong with a row's times, by step: in order, not before opening, not to come. `known` were noted before
    and are not typed again."""
    wrong: dict[str, Message] = {}
    last: datetime | None = None
    for step in STEPS:
        moment = typed[step]
        if moment is None:
            if step == "arrived":
                wrong[step] = "Skriv, hvornår borgeren kom. / Write when the citizen came."
            continue
        if step not in known:
            if moment > now:
                wrong[step] = "Klokkeslættet er ikke kommet endnu. / That time has not come yet."
            elif moment < opens_at:
                wrong[step] = "Før vi åbnede. / Before we opened."
            elif last is not None and moment < last:
                wrong[step] = "Tidligere end klokkeslættet før. / Earlier than the time before it."
        last = moment
    return wrong


def state_after(typed: Mapping[str, datetime | None]) -> str:
    """The state that a row's last time leads to."""
    states = dict(zip(STEPS, (ARRIVED, CALLED, IN_TALK, DONE), strict=True))
    return next(states[step] for step in reversed(STEPS) if typed[step] is not None)
