"""When people may meet: a contact that was held, one that is moved, and from when hours hold."""

from datetime import date, datetime, timedelta

from shared import calendar
from shared.errors import Invalid, Refused
from shared.policy import Policy, Row

FORMS = ("in_person", "home", "office", "phone", "video", "sms")


def check_held(held_at: datetime, starts_on: date, now: datetime) -> None:
    """A contact has been held in the past, and not before the placement began; raises Invalid."""
    if held_at > now:
        raise Invalid({"held_at": "Tidspunktet er ikke kommet endnu. / This moment has not come yet."})
    if calendar.danish_day(held_at) < starts_on:
        raise Invalid({"held_at": "Forløbet var ikke begyndt. / The placement had not begun."})


def check_moved(planned_at: datetime, now: datetime, first_day_at: datetime, ends_on: date, policy: Policy) -> None:
    """A contact can be moved to a moment to come, while the placement lasts or shortly after, when there is open.

    Raises Invalid, or Refused with the row that says no.
    """
    if planned_at <= now:
        raise Invalid({"planned_at": "Vælg et tidspunkt, der ikke er gået. / Choose a moment to come."})
    if planned_at < first_day_at:
        raise Invalid({"planned_at": "Vælg et tidspunkt efter første mødetid. / Choose a moment after the first day."})
    local = planned_at.astimezone(calendar.DENMARK)
    late = policy.row("contact.days_after_end", local.date())
    if local.date() > ends_on + timedelta(days=late.value):
        raise _no(
            "after_placement", late,
            f"Forløbet er slut. Vælg en dag senest {late.value} dage efter.",
            f"The placement is over. Choose a day {late.value} days after it at the latest.",
        )  # fmt: skip
    closing = policy.row("calendar.closing_days", local.date())
    if not calendar.is_open(local.date(), closing.value):
        raise _no(
            "closed_day", closing,
            "Der er lukket den dag. Vælg en åbningsdag.", "That day is closed. Choose an opening day.",
        )  # fmt: skip
    hours = policy.row("contact.hours", local.date())
    opens, closes = map(read_clock, hours.value.split("-"))
    if not opens <= (local.hour, local.minute) < closes:
        raise _no(
            "outside_hours", hours,
            f"Vælg et tidspunkt inden for kl. {hours.value}.", f"Choose a time within {hours.value}.",
        )  # fmt: skip


def check_moved_back(moved_from: datetime, now: datetime) -> None:
    """People can be told of a moment to come only; raises Refused."""
    if moved_from <= now:
        raise Refused(
            "moment_passed",
            "Det gamle tidspunkt er passeret. Flyt samtalen til et nyt.",
            "The old moment has passed. Move the talk to a new one.",
        )


def _no(code: str, row: Row, danish: str, english: str) -> Refused:
    return Refused(code, danish, english, fields={"planned_at": f"{danish} / {english}"}, policy=row.name)


def check_hours(placement_hours: float, starts_on: date, first: date, last: date) -> None:
    """Hours begin with the placement at the earliest, and after its end only paid hours are left; raises Invalid."""
    if starts_on < first:
        raise Invalid({"from": "Forløbet var ikke begyndt. / The placement had not begun."})
    if starts_on > last and placement_hours > 0:
        raise Invalid({"placement_hours": "Forløbet er slut den dag. / The placement is over on that day."})


def check_taken_back(starts_on: date, today: date) -> None:
    """Hours that hold already were worked by; raises Refused."""
    if starts_on <= today:
        raise Refused(
            "hours_begun",
            "Timerne gælder allerede. Aftal nye timer i stedet.",
            "These hours hold already. Agree on new ones instead.",
        )


def read_clock(written: str) -> tuple[int, int]:
    """Hour and minute of "08:30"."""
    hour, minute = written.split(":")
    return int(hour), int(minute)
