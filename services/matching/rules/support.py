"""Help beside an agreement: which kinds, why, and how much of it may be proposed."""

from datetime import date, timedelta
from fractions import Fraction

from services.matching.rules.agreements import months_later
from services.matching.rules.ratio import exact
from services.matching.rules.words import HOURS, counted, said_day
from shared.errors import Invalid, Refused
from shared.policy import Policy, Row

MENTOR, ASSISTANCE, AID, INTERPRETER = KINDS = ("mentor_hours", "personal_assistance", "aid", "interpreter")
REASONS = {
    MENTOR: ("more_than_employers_do", "first_time_at_work"),
    ASSISTANCE: ("practical_help_at_work", "sign_language"),
    AID: ("makes_the_work_possible",),
    INTERPRETER: ("instructions_in_own_language", "sign_language"),
}
ALL_REASONS = tuple(dict.fromkeys(code for codes in REASONS.values() for code in codes))
STATES = PROPOSED, GRANTED, DECLINED = ("proposed", "granted", "declined")


def check(
    kind: str, reason_code: str, weekly_hours: float | None, starts_on: date, ends_on: date, *,
    agreed_hours: float, policy: Policy,
) -> Row | None:  # fmt: skip
    """The row with the limit, where there is one; raises Invalid or Refused naming it (cabiweb.dk; LAB §§ 167-169)."""
    if reason_code not in REASONS[kind]:
        raise Invalid({"reason_code": "Ikke en grund til den støtte. / No reason for this support."})
    if ends_on < starts_on:
        raise Invalid({"ends_on": "Før starten. / Before the start."})
    if kind in (MENTOR, ASSISTANCE) and weekly_hours is None:
        raise Invalid({"weekly_hours": "Mangler. / Missing."})
    if kind == ASSISTANCE and weekly_hours is not None:
        return _assistance(weekly_hours, agreed_hours, starts_on, policy)
    return _mentor(starts_on, ends_on, policy) if kind == MENTOR else None


def _assistance(weekly_hours: float, agreed_hours: float, on: date, policy: Policy) -> Row:
    row, full = policy.row("support.assistance_hours", on), policy.row("ratio.full_time", on)
    most = Fraction(row.value) * min(Fraction(1), exact(agreed_hours) / full.value)
    if exact(weekly_hours) > most:
        hours = counted(round(float(most), 2), HOURS)
        raise Refused(
            "too_many_hours",
            f"Højst {hours.danish} om ugen ved de aftalte timer.",
            f"At most {hours.english} a week with the hours agreed.",
            fields={"weekly_hours": f"Højst {hours.danish}. / {hours.english} at most."},
            policy=row.name,
        )
    return row


def _mentor(starts_on: date, ends_on: date, policy: Policy) -> Row:
    row = policy.row("support.mentor_months", starts_on)
    last = months_later(starts_on, row.value) - timedelta(days=1)
    if ends_on > last:
        day = said_day(last)
        raise Refused(
            "too_long", f"Højst til {day.danish} ad gangen.", f"Until {day.english} at most at a time.",
            fields={"ends_on": f"Senest den {day.danish}. / {day.english} at the latest."}, policy=row.name,
        )  # fmt: skip
    return row
