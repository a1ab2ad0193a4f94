"""How long an agreement may last, for what purpose, and whose word it waits for."""

from calendar import monthrange
from collections.abc import Collection
from datetime import date, timedelta

from shared.errors import Invalid, Refused
from shared.policy import Policy, Row

OFFERS = ("virksomhedspraktik", "loentilskud")
PURPOSES = (
    "clarify_job_goal", "uncover_skills", "train_professional_skills", "train_language", "train_social_skills",
    "retain_job",
)  # fmt: skip
CADENCES = ("default", "handholding")
EXCEPTION_GROUNDS = ("no_work_experience", "long_unemployment", "hard_to_place")
RATIO_EXEMPTIONS = ("own_workplace_group_6", "own_workplace_group_7")
PARTIES = ("employer", "employee_representative")


def check_period(
    offer_type: str,
    category: str | None,
    *,
    public: bool,
    starts_on: date,
    ends_on: date,
    exception_ground: str | None,
    policy: Policy,
) -> Row:
    """The row that lets the period stand (LAB §§ 61(1), 66, 68; A17); raises Refused or NotConfigured."""
    if ends_on < starts_on:
        raise Invalid({"ends_on": "Før starten. / Before the start."})
    if category is None:
        raise Refused(
            "category_missing",
            "Borgeren er ikke visiteret endnu.",
            "The citizen's readiness has not been assessed yet.",
        )
    if offer_type == "loentilskud":
        return _check_subsidy(category, public=public, starts_on=starts_on, ends_on=ends_on, policy=policy)
    row = policy.row("praktik.max_weeks", starts_on, category)
    if exception_ground is not None:
        grounds = policy.row("praktik.exception_grounds", starts_on)
        if exception_ground not in grounds.value:
            raise Invalid({"exception_ground": "Ikke en af grundene. / Not one of the grounds."})
        longer = policy.row("praktik.max_weeks_exception", starts_on)
        row = longer if longer.value > row.value else row
    last = starts_on + timedelta(weeks=row.value, days=-1)
    if ends_on > last:
        raise _too_long(f"{row.value} uger", f"{row.value} weeks", last, row)
    return row


def _check_subsidy(category: str, *, public: bool, starts_on: date, ends_on: date, policy: Policy) -> Row:
    excluded = policy.row("subsidy.excluded", starts_on)
    if category in excluded.value:
        raise Refused(
            "subsidy_excluded",
            "Løntilskud er ikke muligt for denne målgruppe.",
            "A wage subsidy is not possible for this target group.",
            policy=excluded.name,
        )
    row = policy.row("subsidy.max_months", starts_on, f"{category}_{'public' if public else 'private'}")
    last = months_later(starts_on, row.value) - timedelta(days=1)
    if ends_on > last:
        raise _too_long(f"{row.value} måneder", f"{row.value} months", last, row)
    return row


def _too_long(danish: str, english: str, last: date, row: Row) -> Refused:
    return Refused(
        "too_long",
        f"Højst {danish}: senest til {last:%d-%m-%Y}.",
        f"{english} at most: until {last.isoformat()}.",
        fields={"ends_on": f"Senest {last.isoformat()}. / {last.isoformat()} at the latest."},
        policy=row.name,
    )


def months_later(day: date, months: int) -> date:
    """The same day so many months on, or the last of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def check_purpose(purpose_code: str, ratio_exemption: str | None, on: date, policy: Policy) -> None:
    """Keeping one's own job is a purpose for LAB § 6 groups 6 and 7 at their own workplace only (§§ 58-59)."""
    row = policy.row("praktik.retention_needs_own_workplace", on)
    if purpose_code == row.value and ratio_exemption is None:
        raise Refused(
            "purpose_not_allowed",
            "Fastholdelse kræver, at det er borgerens egen arbejdsplads.",
            "Retention requires that it is the citizen's own workplace.",
            policy=row.name,
        )


def statements_needed(single_person: bool, on: date, policy: Policy) -> Row:
    """Whose written word is needed before the start (§ 65(6)); a firm of one has no representative."""
    return policy.row("statements.parties", on, "single_person" if single_person else None)


def awaited(needed: Collection[str], positive: Collection[str]) -> list[str]:
    """The parties that have not said yes."""
    return [party for party in needed if party not in positive]
