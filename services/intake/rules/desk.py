"""Intake's decisions: values in, verdict and policy row out. No database, no clock."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shared import calendar
from shared.danish import search_key
from shared.errors import Invalid, Refused
from shared.policy import Policy, Row
from shared.retention import CITIZEN_CLASSES, terms, years_from

OLDEST_BIRTH_YEAR = 1900
# No month of February has had 31 days, so nobody has the number in it.
CPR_WORDS = (
    "Skriv CPR-nummeret med 10 cifre, fx 310290-0000. / Write the CPR number with 10 digits, such as 310290-0000."
)
REPLACEMENT_DAYS = 60
OVERRIDE_REASONS = ("obviously_pointless", "health_statement_pending", "already_enrolled_in_education")
CATEGORIES = ("jobparat", "aktivitetsparat", "uddannelsesparat", "aabenlyst_uddannelsesparat")


@dataclass(frozen=True, repr=False)
class Cpr:
    """A CPR number as ten digits, and the birth date it tells. Not printable by accident."""

    digits: str
    birth_date: date

    @property
    def sex(self) -> str:
        """The legal sex that the last digit tells: even for women, odd for men (CPR-loven; the CPR office's table)."""
        return "male" if int(self.digits[-1]) % 2 else "female"


def read_cpr(text: str, today: date) -> Cpr:
    """A CPR number from what was typed; raises Invalid.

    No modulus 11 (numbers without it are issued since 1 October 2007), replacement numbers (day + 60) are
    accepted, and the seventh digit gives the century by the CPR office's table; the serial of a replacement number is
    not the CPR office's, so there it never makes somebody older than 1900.
    """
    digits = re.sub(r"[\s-]", "", text)
    if not re.fullmatch(r"[0-9]{10}", digits):
        raise Invalid({"cpr": CPR_WORDS})
    wrong = Invalid({"cpr": "CPR-nummeret er ikke gyldigt. / This is not a CPR number."})
    day, month, year, seventh = int(digits[:2]), int(digits[2:4]), int(digits[4:6]), int(digits[6])
    replacement = day > REPLACEMENT_DAYS
    day -= REPLACEMENT_DAYS if replacement else 0
    century = _century(seventh, year)
    year += 1900 if replacement and century < OLDEST_BIRTH_YEAR else century
    try:
        born = date(year, month, day)
    except ValueError:
        raise wrong from None
    if born.year < OLDEST_BIRTH_YEAR or born > today:
        raise wrong
    return Cpr(digits, born)


def _century(seventh: int, year: int) -> int:
    if seventh <= 3:
        return 1900
    if seventh in (4, 9):
        return 2000 if year <= 36 else 1900
    return 2000 if year <= 57 else 1800


def age_on(born: date, on: date) -> int:
    """Whole years; somebody born on 29 February has their birthday on 1 March in other years."""
    birthday_passed = (on.month, on.day) >= (born.month, born.day)
    return on.year - born.year - (0 if birthday_passed else 1)


@dataclass(frozen=True)
class Deadline:
    """A day by which something must have happened, and the row that says so."""

    due: date
    policy: str


def local_goal(contact_at: datetime, policy: Policy) -> Deadline:
    """Same or the following opening day (Herlev's Jobbutik; A01, A02). Opening days, by the municipality's choice."""
    day = calendar.danish_day(contact_at)
    row = policy.row("visitation.local_goal", day)
    closing = policy.row("opening.closing_days", day).value
    due = day
    for _ in range(row.value):
        due = calendar.next_open(due, closing)
    return Deadline(due, row.name)


def statutory_limit(contact_at: datetime, applied_for: str, policy: Policy) -> Deadline | None:
    """First interview by law (LAB § 31(4) and (5)), in calendar days; None where no limit is configured."""
    day = calendar.danish_day(contact_at)
    row = policy.find("interview.first", day, applied_for)
    return Deadline(day + timedelta(days=row.value), row.name) if row else None


def default_category(born: date, qualifying_education: bool, on: date, policy: Policy) -> Row:
    """The category that is proposed unless obviously pointless (Herlev's Jobbutik; age limit LAB § 6; A03)."""
    young = age_on(born, on) < policy.row("youth.age_limit", on).value
    group = "youth_without_education" if young and not qualifying_education else None
    return policy.row("intake.default_category", on, group)


def require_reason(default: str, chosen: str, reason_code: str | None) -> None:
    """A changed default needs a reason code, and an unchanged one takes none (A04)."""
    if chosen != default and reason_code is None:
        raise Refused(
            "override_reason_missing",
            "Vælg en grund til at fravige den foreslåede kategori.",
            "Choose a reason for departing from the proposed category.",
            fields={"override_reason_code": "Mangler. / Missing."},
        )
    if chosen == default and reason_code is not None:
        raise Invalid({"override_reason_code": "Kategorien er ikke ændret. / The category is not changed."})


def check_referral(offer_type: str, host_public: bool, starts_on: date, weeks: int, policy: Policy) -> str | None:
    """Nytteindsats only at public hosts, and not beyond the weeks of its time (BEK § 3; B4; A05, A06).

    Returns the policy row that allowed it, None where no rule applies.
    """
    if offer_type != "nytteindsats":
        return None
    host = policy.row("nytteindsats.host", starts_on)
    if not host_public:
        raise Refused(
            "public_host_needed",
            "Nytteindsats kan kun foregå hos en offentlig arbejdsgiver.",
            "Nytteindsats is possible at public employers only.",
            policy=host.name,
        )
    limit = policy.row("nytteindsats.max_weeks", starts_on)
    if limit.value != "unlimited" and weeks > limit.value:
        raise Refused(
            "too_many_weeks",
            f"Nytteindsats kan højst vare {limit.value} uger.",
            f"Nytteindsats can last {limit.value} weeks at most.",
            policy=limit.name,
        )
    return limit.name


def check_start(
    starts_at: datetime, visitation_at: datetime, policy: Policy, field: str = "referral.starts_at"
) -> None:
    """Activation at once begins soon (Herlev's Jobbutik: in direct continuation of the first contact).

    A start that has passed is taken: what was written on paper is typed in afterwards with its real times.
    """
    row = policy.row("straksaktivering.horizon", calendar.danish_day(visitation_at))
    if starts_at > visitation_at + timedelta(days=row.value):
        raise Refused(
            "start_out_of_reach",
            f"Starten skal ligge inden for {row.value} dage efter visitationen.",
            f"The start must come within {row.value} days of the visitation.",
            fields={field: "For sent. / Too late."},
            policy=row.name,
        )


def is_open(day: date, policy: Policy) -> bool:
    """By the closing days that hold on the day itself."""
    return calendar.is_open(day, policy.row("opening.closing_days", day).value)


def day_slots(day: date, policy: Policy) -> list[tuple[datetime, datetime]]:
    """Start and end of each slot of one opening day; none on a closed day."""
    if not is_open(day, policy):
        return []
    hours = policy.row("opening.hours", day).value.split("-")
    opens, closes = (calendar.danish_time(day, *map(int, clock_time.split(":"))) for clock_time in hours)
    length = timedelta(minutes=policy.row("slots.minutes", day).value)
    slots = []
    while opens + length <= closes:
        slots.append((opens, opens + length))
        opens += length
    return slots


@dataclass(frozen=True, repr=False)
class Wanted:
    """What a search asks for: a CPR number's digits, or words of a name and possible birth dates."""

    cpr: str | None = None
    names: tuple[str, ...] = ()
    born: tuple[date, ...] = ()


def holds_cpr(text: str) -> bool:
    """True where ten digits stand together, with a hyphen or space before the last four or not."""
    return re.search(r"(?<![0-9])[0-9]{6}[\s–-]*[0-9]{4}(?![0-9])", text) is not None


def read_search(text: str, today: date) -> Wanted:
    """What was typed, as what to look for; words of one letter only narrow nothing and are left out."""
    if holds_cpr(text):
        return Wanted(cpr=re.sub("[^0-9]", "", text)[:10])
    words = text.split()
    born = tuple(day for word in words for day in _days_meant(word, today))
    names = search_key(" ".join(word for word in words if not re.fullmatch(r"[0-9./-]+", word))).split()
    return Wanted(names=tuple(name for name in names if len(name) > 1)[:5], born=born)


def _days_meant(word: str, today: date) -> list[date]:
    """ddmmyy means a day in either century, ddmmyyyy just one; none that is still to come."""
    parts = re.fullmatch(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{2}|[0-9]{4})", word)
    parts = parts or re.fullmatch("([0-9]{2})([0-9]{2})([0-9]{2}|[0-9]{4})", word)
    if parts is None:
        return []
    day, month, year = map(int, parts.groups())
    found = []
    for century in (0,) if len(parts[3]) == 4 else (1900, 2000):
        with suppress(ValueError):
            found.append(date(year + century, month, day))
    return [one for one in found if one.year >= OLDEST_BIRTH_YEAR and one <= today]


@dataclass(frozen=True)
class SessionLength:
    """How long a session lives without its person, and at most."""

    idle_seconds: int
    absolute_seconds: int


def session_length(kind: str, on: date, policy: Policy) -> SessionLength:
    """By the policy rows for that kind of person (S15)."""
    idle, absolute = policy.row("session.idle_minutes", on, kind), policy.row("session.absolute_hours", on, kind)
    return SessionLength(idle.value * 60, absolute.value * 3600)


ALWAYS_ON_REQUEST = ("identity", "contact", "health_function", "wishes")
STOP_REASONS = ("complaint", "court_case", "inspection", "archive", "still_needed")


def retention_groups(policy: Policy, today: date) -> list[tuple[int, list[tuple[str, str]]]]:
    """For each time that a class is kept, the longest first: the classes over by then, with the rows that say so."""
    rows = [(name, row) for name, row in terms(policy, CITIZEN_CLASSES, today).items() if row is not None]
    return [
        (years, [(name, row.name) for name, row in rows if row.value <= years])
        for years in sorted({row.value for _, row in rows}, reverse=True)
    ]


def first_day_due(last_active: date, years: int, today: date, notice_days: int) -> date:
    """The day the time is over, but never sooner than the notice allows."""
    return max(years_from(last_active, years), today + timedelta(days=notice_days))
