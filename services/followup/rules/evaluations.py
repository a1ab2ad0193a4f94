"""Who has to be heard before a placement ends in a job, and from when the job is."""

from collections.abc import Mapping
from datetime import date, timedelta

from shared.errors import Invalid, Refused

CITIZEN, COMPANY, MENTOR = PARTIES = ("citizen", "company", "mentor")
YES, ADJUST, NO = VERDICTS = ("yes", "adjust", "no")
HIRE, NEXT_AREA, NEXT_PLACE, NOTHING = OUTCOMES = ("hire", "next_area", "next_place", "nothing")


def check_conclusion(outcome: str, verdicts: Mapping[str, str]) -> None:
    """Citizen and company were heard about the end, and a job needs the yes of both; raises Refused (A19)."""
    if not {CITIZEN, COMPANY} <= set(verdicts):
        raise Refused(
            "not_all_heard",
            "Både borgeren og virksomheden skal være hørt om afslutningen først.",
            "Citizen and company both have to be heard about the end first.",
        )
    if outcome == HIRE and {verdicts[CITIZEN], verdicts[COMPANY]} != {YES}:
        raise Refused(
            "not_both_yes",
            "Ansættelse kræver, at både borgeren og virksomheden har sagt ja.",
            "A job needs the yes of both the citizen and the company.",
        )


def check_next_area(outcome: str, until: date | None, weekly_hours: float | None) -> None:
    """Another area has its last day and its hours, also beside a job; raises Invalid."""
    missing = {
        name: words
        for name, value, words in (
            ("until", until, "Skriv den sidste dag i det nye område. / Write the last day in the new area."),
            ("weekly_hours", weekly_hours, "Skriv timerne i det nye område. / Write the hours in the new area."),
        )
        if value is None
    }
    if len(missing) == 1 or (missing and outcome == NEXT_AREA):
        raise Invalid(missing)


def employed_from(ends_on: date) -> date:
    """The day after the placement's last."""
    return ends_on + timedelta(days=1)
