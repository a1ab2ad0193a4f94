"""Which part of a longer course a placement is, and when a person may say what the course made clear."""

from datetime import date

from shared.errors import Refused

FIRST, LAST = ROLES = ("first", "last")
CLARIFIED = ("job", "small_job", "education", "towards_fleksjob", "towards_foertidspension", "goes_on", "not_clear")
"""What people find at the end; fleksjob and førtidspension are decided elsewhere (Randers, Bysekretariatet)."""


def check_clarified(role: str | None, ends_on: date, today: date) -> None:
    """The placement is part of a longer course and has come to its last day; raises Refused."""
    if role is None:
        raise Refused(
            "no_role", "Vælg først, om stedet er det første eller det sidste i et langt forløb.",
            "First choose whether the place is the first or the last one of a longer course.",
        )  # fmt: skip
    if today < ends_on:
        raise Refused(
            "not_at_the_end", "Forløbet er ikke nået til sin sidste dag.", "The placement has not come to its last day."
        )
