"""How often a company is approached: how many teams in a week, its pauses, and when it has stopped answering."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from shared.events.codes import Words

WAYS, DIRECTIONS, OUTCOMES = ("phone", "visit", "mail", "in_person"), ("ours", "theirs"), ("reached", "no_answer")
OVER_REASONS = ("company_asked", "agreed_before", "urgent")
PAUSE_REASONS = ("asked_for_peace", "busy_season", "reorganising", "other")
TERMS: Mapping[str, Mapping[str, Words]] = {
    "contact_way": {
        "phone": Words("telefon", "telephone"), "visit": Words("besøg", "a visit"),
        "mail": Words("e-mail", "e-mail"), "in_person": Words("møde", "a meeting"),
    },
    "contact_direction": {"ours": Words("vi kontaktede dem", "we approached them"),
                          "theirs": Words("de kontaktede os", "they came to us")},
    "contact_outcome": {"reached": Words("talt sammen", "talked"), "no_answer": Words("intet svar", "no answer")},
    "over_reason": {
        "company_asked": Words("virksomheden har bedt om det", "the company asked for it"),
        "agreed_before": Words("det var aftalt i forvejen", "it was agreed before"),
        "urgent": Words("det kan ikke vente", "it cannot wait"),
    },
    "pause_reason": {
        "asked_for_peace": Words("har bedt om ro", "asked for peace"),
        "busy_season": Words("travl sæson", "a busy season"),
        "reorganising": Words("omlægning", "reorganising"),
        "other": Words("andet", "something else"),
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Budget:
    """Whether a team may approach a company today; `teams` did this week, `free_on` is the next day on which it may."""

    allowed: bool
    teams: int
    paused: bool
    free_on: date | None


def judge(teams: Collection[str], own: str, most: int | None, paused_until: date | None, today: date) -> Budget:
    """A team that was in touch this week may go on; another one may as long as fewer than `most` were."""
    if paused_until is not None and today <= paused_until:
        return Budget(allowed=False, teams=len(set(teams)), paused=True, free_on=paused_until + timedelta(days=1))
    full = most is not None and own not in teams and len(set(teams)) >= most
    monday = today + timedelta(days=7 - today.weekday())
    return Budget(allowed=not full, teams=len(set(teams)), paused=False, free_on=monday if full else None)


def silent(outcomes: Sequence[tuple[str, str]], after: int | None) -> bool:
    """True where the last `after` contacts, newest first as (direction, outcome), were ours and nobody answered."""
    last = list(outcomes[:after])
    return after is not None and len(last) == after and all(one == ("ours", "no_answer") for one in last)
