"""What goes along with a case that changes hands, and for when."""

from datetime import date

from shared.errors import Invalid

GIVE, COVER = HAND_OVERS = ("give", "cover")
CASE = "case"
CARRIED = (CASE, "contact", "next_step", "hearing", "guarantee", "review")
ACCEPTED, REFUSED = ANSWERED = ("accepted", "refused")


def check_hand_over_days(kind: str, from_on: date, until_on: date | None, today: date) -> None:
    """A cover has its last day, and nothing begins in the past; raises Invalid."""
    if from_on < today:
        raise Invalid({"from_on": "Vælg en dag fra i dag. / Choose a day from today."})
    if kind == COVER and (until_on is None or until_on < from_on):
        raise Invalid({"until_on": "Skriv feriens sidste dag. / Write the last day of the holiday."})
