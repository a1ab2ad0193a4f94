"""Who books talks of the contact course themselves, until when, and when the right may be taken (LAS § 37 a)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from shared import calendar
from shared.errors import Invalid, Refused
from shared.policy import Policy, Row

EXEMPT, LAPSED = BOOKING_CODES = ("exempt", "lapsed")
HELD, MISSED = CALL_OUTCOMES = ("held", "missed")
TO_BOOK, UNBOOKED, COMING, PASSED = CALL_STATES = ("to_book", "unbooked", "coming", "passed")
OFFICE = "office"
TALK_FORMS = (OFFICE, "phone", "video", "home", "in_person", "sms")
MOST_SLOTS = 40


def may_book(category: str | None, code: str | None, talks: int, today: date, policy: Policy) -> Row:
    """The row that lets the group book; raises Refused where it does not, or this person cannot.

    The first talk is the desk's, so that nobody books before it was held.
    """
    row = policy.find("self_booking.group", today, category) if category else None
    if row is None or not row.value:
        raise Refused(
            "self_booking_not_configured",
            "Selvbooking er ikke sat op for borgerens gruppe. Indkald i stedet.",
            "Self-booking is not configured for the citizen's group. Summon them instead.",
        )
    if code == EXEMPT:
        raise Refused(
            "self_booking_exempt", "Borgeren er fritaget for selv at booke. Indkald i stedet.",
            "The citizen is exempt from booking. Summon them instead.", policy=row.name,
        )  # fmt: skip
    if code == LAPSED:
        raise Refused(
            "self_booking_lapsed", "Retten til selv at booke er taget. Indkald i stedet.",
            "The right to book has been taken. Summon them instead.", policy=row.name,
        )  # fmt: skip
    if not talks:
        raise Refused(
            "first_talk_first", "Den første samtale er ikke holdt. Den bliver booket ved skranken.",
            "The first talk has not been held. It is booked at the desk.", policy=row.name,
        )  # fmt: skip
    return row


def book_by(wanted: date | None, today: date, policy: Policy) -> tuple[date, Row]:
    """Until when to book, on an opening day, and the row with the shortest time; raises Invalid for a shorter one."""
    row = policy.row("self_booking.days", today)
    closing = tuple(policy.row("calendar.closing_days", today).value)
    least = calendar.open_on_or_after(today + timedelta(days=row.value), closing)
    if wanted is None:
        return least, row
    if wanted < today + timedelta(days=row.value) or not calendar.is_open(wanted, closing):
        raise Invalid({"book_by": f"Vælg en åbningsdag om mindst {row.value} dage. / "
                                  f"Choose an opening day at least {row.value} days from now."})  # fmt: skip
    return wanted, row


def may_lapse(missed: int, today: date, policy: Policy) -> Row:
    """The row by which a person may take the right away; raises Refused before so many times of not booking."""
    row = policy.find("self_booking.lapse_after", today)
    if row is None:
        raise Refused(
            "lapse_not_configured", "Det er ikke sat op, hvornår retten kan tages.",
            "It is not configured when the right may be taken.",
        )  # fmt: skip
    if missed < row.value:
        raise Refused(
            "booked_in_time", "Borgeren har ikke ladet en frist gå uden at booke.",
            "The citizen has let no time go by without booking.", policy=row.name,
        )  # fmt: skip
    return row


def call_state(book_until: date | None, starts_at: datetime | None, now: datetime) -> str:
    """Where a talk to come stands; it follows from the dates."""
    if starts_at is not None:
        return PASSED if starts_at <= now else COMING
    return UNBOOKED if book_until is not None and calendar.danish_day(now) > book_until else TO_BOOK


def forms_to_choose(today: date, policy: Policy) -> tuple[str, ...]:
    """How a citizen may want to talk; at the municipality alone where no row lets them choose."""
    row = policy.find("interview.form_choice", today)
    return tuple(row.value) if row else (OFFICE,)


def clock_on(on: date, told: str) -> datetime:
    """A clock time such as "07:30" on a day in Denmark."""
    return calendar.danish_time(on, int(told[:2]), int(told[3:]))


def slots_of_day(on: date, begins: str, ends: str, now: datetime, policy: Policy) -> Sequence[datetime]:
    """The times of an opening day, one after the other; raises Invalid."""
    if not calendar.is_open(on, tuple(policy.row("calendar.closing_days", on).value)):
        raise Invalid({"on_day": "Der er lukket den dag. / That day is closed."})
    minutes = policy.row("interview.minutes", on).value
    at, until = clock_on(on, begins), clock_on(on, ends)
    found = []
    while at + timedelta(minutes=minutes) <= until:
        found.append(at)
        at += timedelta(minutes=minutes)
    if not found:
        raise Invalid({"ends": f"Der skal være plads til {minutes} minutter. / Leave room for {minutes} minutes."})
    if found[0] <= now:
        raise Invalid({"on_day": "Tiden er gået. / That time is over."})
    return found[:MOST_SLOTS]


def check_summons(starts_at: datetime, now: datetime, policy: Policy) -> None:
    """A talk takes place on an opening day to come; raises Invalid."""
    day = calendar.danish_day(starts_at)
    if starts_at <= now or not calendar.is_open(day, tuple(policy.row("calendar.closing_days", day).value)):
        raise Invalid({"starts_at": "Vælg et tidspunkt, der kommer, på en åbningsdag. / "
                                    "Choose a time to come, on an opening day."})  # fmt: skip
