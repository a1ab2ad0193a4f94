"""What follows when somebody did not come: days proposed and never decided, each by the row in force on that day."""

import calendar as months
from dataclasses import dataclass
from datetime import date, timedelta

from shared import calendar
from shared.errors import Invalid, Refused
from shared.policy import Policy

INTERVIEW, OFFER, BOOKING = KINDS = ("interview", "offer", "booking")
PERSONAL = ("phone", "video", "visit")
WAYS = (*PERSONAL, "sms", "letter")


@dataclass(frozen=True)
class Facts:
    """What is known of an absence. `guided_on`: the first written guidance; `category`: as it was decided last."""

    kind: str
    on: date
    restored_on: date | None = None
    guided_on: date | None = None
    category: str | None = None
    reached_in_person: bool = False
    reasonable: bool | None = None


@dataclass(frozen=True)
class Basis:
    """The proposal: days that could count, the rows that say so, what stands in the way, and until when to decide."""

    days: tuple[date, ...]
    policies: tuple[str, ...]
    missing: tuple[str, ...]
    decide_by: date | None


def basis(facts: Facts, today: date, policy: Policy) -> Basis:
    """What the rules of the day propose (LAS §§ 35, 37): from the missed talk until contact is there again.

    The talk's own day always counts. Without written guidance before it there is no basis at all (§ 35(1)).
    """
    missing, rows = _missing(facts, policy)
    counted = policy.find("sanction.days", facts.on, facts.kind)
    limit = policy.find("sanction.months_to_decide", facts.on)
    if counted is None or limit is None:
        return Basis((), rows, (*missing, "not_configured"), None)
    decide_by = _after_whole_months(facts.on, limit.value)
    rows = (*rows, counted.name, limit.name)
    if {"written_guidance", "reasonable_ground"} & set(missing):
        return Basis((), rows, missing, decide_by)
    switch = policy.row("sanction.day_of_contact_counts", facts.on)
    return Basis(_days(facts, today, contact_day_counts=switch.value), (*rows, switch.name), missing, decide_by)


def _missing(facts: Facts, policy: Policy) -> tuple[tuple[str, ...], tuple[str, ...]]:
    missing, rows = [], []
    guidance = policy.find("sanction.written_guidance", facts.on)
    if guidance is not None and guidance.value:
        rows.append(guidance.name)
        if facts.guided_on is None or facts.guided_on > facts.on:
            missing.append("written_guidance")
    if facts.reasonable:
        missing.append("reasonable_ground")
    personal = policy.find("sanction.personal_contact", facts.on, facts.category) if facts.category else None
    if personal is not None and personal.value:
        rows.append(personal.name)
        if not facts.reached_in_person:
            missing.append("personal_contact")
    return tuple(missing), tuple(rows)


def _days(facts: Facts, today: date, *, contact_day_counts: bool) -> tuple[date, ...]:
    last = today
    if facts.restored_on is not None:
        last = facts.restored_on - timedelta(days=0 if contact_day_counts else 1)
    length = max((last - facts.on).days, 0)
    return tuple(facts.on + timedelta(days=number) for number in range(length + 1))


def _after_whole_months(on: date, number: int) -> date:
    """The last day of the so-and-so-manieth whole calendar month after a day."""
    year, month = divmod(on.year * 12 + on.month - 1 + number, 12)
    return date(year, month + 1, months.monthrange(year, month + 1)[1])


def check_absent(on: date, today: date) -> None:
    """Nobody has been absent on a day to come; raises Invalid."""
    if on > today:
        raise Invalid({"on": "Dagen er ikke kommet endnu. / This day has not come yet."})


def check_restored(on: date, absent_on: date, today: date) -> None:
    """Contact is there again from the missed day on, and not in a time to come; raises Invalid."""
    if not absent_on <= on <= today:
        raise Invalid({"on": "Vælg en dag fra fraværet til i dag. / Choose a day from the absence to today."})


def hearing_due(found: Basis, today: date, policy: Policy) -> tuple[date, str]:
    """By when the citizen is to answer, and the row; raises Refused where nobody can be heard about anything."""
    if "written_guidance" in found.missing:
        raise Refused(
            "guidance_missing",
            "Der mangler skriftlig vejledning før fraværet. Uden den er der intet grundlag (LAS § 35, stk. 1).",
            "There was no written guidance before the absence. Without it there is no basis (LAS section 35(1)).",
        )
    if "personal_contact" in found.missing:
        raise Refused(
            "personal_contact_missing",
            "Borgeren er aktivitetsparat. Få personlig kontakt først, og notér det.",
            "The citizen is aktivitetsparat. Reach them in person first, and record it.",
        )
    if not found.days:
        raise Refused("no_basis", "Der er ikke noget grundlag for en høring.", "There is no basis for a hearing.")
    row = policy.row("hearing.days", today)
    closing = tuple(policy.row("calendar.closing_days", today).value)
    return calendar.open_on_or_after(today + timedelta(days=row.value), closing), row.name


def check_hand_over(found: Basis, due: date | None, today: date, *, answered: bool) -> None:
    """The citizen was heard, and there is still time to decide; raises Refused."""
    if due is None:
        raise Refused("not_heard", "Borgeren er ikke hørt endnu.", "The citizen has not been heard yet.")
    if not answered and today <= due:
        raise Refused(
            "hearing_runs", "Fristen for høringen løber endnu.", "The time for the hearing is not over.",
        )  # fmt: skip
    if not found.days:
        raise Refused("no_basis", "Der er ikke noget grundlag at afgøre på.", "There is no basis to decide on.")
    if found.decide_by is not None and today > found.decide_by:
        raise Refused(
            "too_late_to_decide",
            "Fristen for en afgørelse er overskredet. Luk sagen.",
            "The time for a decision is over. Close the case.",
        )
