"""How long an agreement may last, for what purpose, and whose word it waits for."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from hashlib import sha256

from services.matching.rules import forms
from services.matching.rules.words import HOURS, MONTHS_LONG, WEEKS, counted, said_day
from shared.errors import Invalid, Refused
from shared.events.codes import EMPLOYMENT_FORMS, Words
from shared.policy import Policy, Row

PURPOSES = (
    "clarify_job_goal", "uncover_skills", "train_professional_skills", "train_language", "train_social_skills",
    "retain_job",
)  # fmt: skip
CADENCES = ("default", "handholding", "light")
EXCEPTION_GROUNDS = ("no_work_experience", "long_unemployment", "hard_to_place")
RATIO_EXEMPTIONS = ("own_workplace_group_6", "own_workplace_group_7")
DEVIATION_REASONS = ("agreed_with_both_sides", "gradual_start", "step_towards_the_job", "companys_hours_changed")
PARTIES = ("citizen", "employer", "employee_representative", "mentor", "municipality")
BEHALF_REASONS = ("signed_on_paper", "said_at_meeting", "no_digital_sign_in", "exempt_from_digital_post", "interpreter")
CLOSED = ("said_no", "withdrawn", "taken_back", "expired", "annulled")


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
    if offer_type != forms.PRAKTIK:
        return forms.check_length(offer_type, starts_on, ends_on, policy)
    row = policy.row("praktik.max_weeks", starts_on, category)
    if exception_ground is not None:
        grounds = policy.row("praktik.exception_grounds", starts_on)
        if exception_ground not in grounds.value:
            raise Invalid({"exception_ground": "Ikke en af grundene. / Not one of the grounds."})
        longer = policy.row("praktik.max_weeks_exception", starts_on)
        row = longer if longer.value > row.value else row
    last = starts_on + timedelta(weeks=row.value, days=-1)
    if ends_on > last:
        raise _too_long(counted(row.value, WEEKS), last, row)
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
        raise _too_long(counted(row.value, MONTHS_LONG), last, row)
    return row


def _too_long(length: Words, last: date, row: Row) -> Refused:
    day = said_day(last)
    return Refused(
        "too_long",
        f"Højst {length.danish}: senest den {day.danish}.",
        f"{length.english} at most: {day.english} at the latest.",
        fields={"ends_on": f"Senest den {day.danish}. / {day.english} at the latest."},
        policy=row.name,
    )


def months_later(day: date, months: int) -> date:
    """The same day so many months on, or the last of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def check_retention(
    purpose_code: str, ratio_exemption: str | None, document_reference: str | None, on: date, policy: Policy
) -> None:
    """Keeping one's own job (LAB §§ 58-59): LAB § 6 groups 6 and 7 at their own workplace only, by a document (A22).

    Purpose and exemption go together; the document stays where it is filed, here stands its reference.
    """
    row = policy.row("praktik.retention_needs_own_workplace", on)
    retained = purpose_code == row.value
    if retained and ratio_exemption is None:
        raise Refused(
            "purpose_not_allowed",
            "Fastholdelse kræver, at det er borgerens egen arbejdsplads.",
            "Retention requires that it is the citizen's own workplace.",
            policy=row.name,
        )
    if ratio_exemption is not None and not retained:
        raise Refused(
            "exemption_not_allowed",
            "Undtagelsen for egen arbejdsplads gælder kun fastholdelse.",
            "The exemption for the own workplace is for retention only.",
            policy=row.name,
        )
    if retained and document_reference is None:
        raise Refused(
            "document_missing",
            "Henvisningen til dokumentationen mangler.",
            "The reference to the documentation is missing.",
            fields={"document_reference": "Mangler. / Missing."},
            policy=row.name,
        )
    if not retained and document_reference is not None:
        raise Invalid({"document_reference": "Kun ved fastholdelse. / For retention only."})


def check_consented(
    offer_type: str, weekly_hours: float, form: str, hours: tuple[float, float] | None, reason_code: str | None
) -> None:
    """The agreement is the one both sides said yes to: the need's form, and hours within those consented to.

    `hours` is None where there were none in common. Only a coded reason lets it be another; raises Refused.
    """
    wrong: dict[str, str] = {}
    if forms.CONSENTED_AS.get(offer_type, offer_type) != form:
        said = EMPLOYMENT_FORMS[form]
        wrong["offer_type"] = f"Der er sagt ja til {said.danish}. / The yes was to {said.english}."
    if hours is None:
        wrong["weekly_hours"] = "Der er ikke sagt ja til et timetal. / No hours were said yes to."
    elif not hours[0] <= weekly_hours <= hours[1]:
        least, most = f"{hours[0]:g}", counted(hours[1], HOURS)
        danish = f"Der er sagt ja til {least.replace('.', ',')} til {most.danish} om ugen."
        wrong["weekly_hours"] = f"{danish} / The yes was to {least} to {most.english} a week."
    if wrong and reason_code is None:
        raise Refused(
            "not_as_consented",
            "Aftalen er en anden end den, der er sagt ja til. Vælg en grund.",
            "The agreement is not the one that was said yes to. Choose a reason.",
            fields=wrong,
        )
    if not wrong and reason_code is not None:
        raise Invalid({"deviation_reason_code": "Intet er fraveget. / Nothing is departed from."})


def parties_needed(single_person: bool, on: date, policy: Policy) -> list[str]:
    """Who approves the agreement: everybody, but no representative in a firm of one (§ 65(6))."""
    written = policy.row("statements.parties", on, "single_person" if single_person else None).value
    both = policy.row("statements.parties", on).value
    everybody = policy.row("approvals.parties", on).value
    return [party for party in everybody if party in written or party not in both]


def expiry(today: date, policy: Policy) -> date | None:
    """The last day of a draft that nobody goes on with; None where no row says so."""
    row = policy.find("agreement.expires_days", today)
    return today + timedelta(days=row.value) if row else None


def warnings_due(expires_on: date, today: date, policy: Policy) -> int:
    """How many of the warnings before that day should have been given by today."""
    row = policy.find("agreement.warn_days", today)
    return sum((expires_on - today).days <= days for days in row.value) if row else 0


def content_hash(content: Mapping[str, object]) -> str:
    """The same terms give the same, in whatever order they are told."""
    return sha256(repr(sorted((name, str(value)) for name, value in content.items())).encode()).hexdigest()
