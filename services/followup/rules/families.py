"""What each department may see of a family's plan, what comes after what, and who waits (C6)."""

from collections.abc import Collection
from datetime import date

from shared.errors import Invalid, Refused

DEPARTMENTS = ("labour_market", "children_family", "health", "social", "housing")
SIDES = (*DEPARTMENTS, "family", "network")
MILESTONES = ("daily_structure", "home_support", "children_thrive", "economy", "health_clarified", "placement_ready")
GRANTS = ("home_support", "family_treatment", "contact_person", "housing", "childcare")


def sees_all(department: str, lead_department: str, consents: Collection[Collection[str]]) -> bool:
    """True where everybody of the family lets that department see the plan, and for whoever leads it."""
    if department == lead_department:
        return True
    return bool(consents) and all(department in given for given in consents)


def is_waiting(after_code: str | None, reached: Collection[str]) -> bool:
    """True before the milestone that comes first."""
    return after_code is not None and after_code not in reached


def check_done(after_code: str | None, reached: Collection[str]) -> None:
    """Nothing is demanded before the milestone it waits for; raises Refused."""
    if is_waiting(after_code, reached):
        raise Refused(
            "milestone_first", "Opgaven venter på en milepæl. Notér den først.",
            "The action waits for a milestone. Note that first.",
        )  # fmt: skip


def check_grant(applied_on: date, granted_on: date | None, begun_on: date | None, today: date) -> None:
    """Applied for, then granted, then begun, and none of it in the future; raises Invalid."""
    days = [day for day in (applied_on, granted_on, begun_on) if day is not None]
    if days != sorted(days) or days[-1] > today:
        raise Invalid({"granted_on": "Dagene passer ikke sammen. / The days do not fit together."})
    if begun_on is not None and granted_on is None:
        raise Invalid({"granted_on": "Mangler. / Missing."})


def waited(granted_on: date | None, begun_on: date | None, today: date) -> int | None:
    """Days from the grant until help began, or until today; None before the grant."""
    return ((begun_on or today) - granted_on).days if granted_on is not None else None
