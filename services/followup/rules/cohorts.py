"""Who has a seat in a cohort, on which days it is, and what a placement in it can be (C3)."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from shared import calendar
from shared.errors import Invalid, Refused
from shared.policy import Row

TRACKS = ("food", "building", "auto_metal", "care", "trade")
DAY_STATES = ("present", "late", "away_told", "no_show")
COHORT_OUTCOMES = ("education_su", "education_apprentice", "job", "other_offer", "left_early")


def check_age(age: int, ages: Row) -> None:
    """Old enough and young enough on the first day; raises Refused."""
    least, most = ages.value
    if not least <= age <= most:
        raise Refused(
            "cohort_age", f"Holdet er for dem, der er {least}-{most} år på første dag.",
            f"The group is for those who are {least} to {most} on the first day.", policy=ages.name,
        )  # fmt: skip


def check_seat(taken: Mapping[str, int], capacity: int, quotas: Mapping[str, int], municipality: str) -> None:
    """There is a seat, and one of the municipality's where seats are divided; raises Refused."""
    if sum(taken.values()) >= capacity:
        raise Refused("cohort_full", "Alle pladser på holdet er taget.", "All places of the group are taken.")
    if quotas and taken.get(municipality, 0) >= quotas.get(municipality, 0):
        raise Refused(
            "quota_full", f"{municipality} har ikke flere pladser på holdet.",
            f"{municipality} has no more places in the group.",
        )  # fmt: skip


def check_quota(places: int, municipality: str, quotas: Mapping[str, int], capacity: int) -> None:
    """Municipalities' places are never more than there are; raises Invalid."""
    if sum((dict(quotas) | {municipality: places}).values()) > capacity:
        raise Invalid({"places": "Det er flere pladser, end holdet har. / The group has not so many places."})


def check_track(track: str | None, tracks: Collection[str]) -> None:
    """One of the cohort's; raises Invalid."""
    if track is not None and track not in tracks:
        raise Invalid({"track": "Det spor har holdet ikke. / The group has no such track."})


def course_days(starts_on: date, ends_on: date, closing: tuple[str, ...]) -> list[date]:
    """The opening days of a course."""
    span = (starts_on + timedelta(days=number) for number in range((ends_on - starts_on).days + 1))
    return [day for day in span if calendar.is_open(day, closing)]


def check_course_day(day: date, today: date, days: Collection[date], field: str) -> None:
    """A day of the course that has come; raises Invalid."""
    if day not in days:
        raise Invalid({field: "Det er ingen dag på holdet. / That is no day of the group."})
    if day > today:
        raise Invalid({field: "Dagen er ikke kommet endnu. / That day has not come yet."})


def check_placement(first: date, last: date, starts_on: date, ends_on: date, weeks: int) -> None:
    """Inside the course, and no longer than its weeks of placement; raises Invalid."""
    if not starts_on <= first <= last <= ends_on:
        raise Invalid({"placement_from": "Praktikken ligger i holdets tid. / The placement is within the course."})
    if last - first >= timedelta(weeks=weeks):
        raise Invalid({"placement_until": f"Højst {weeks} uger. / At most {weeks} weeks."})
