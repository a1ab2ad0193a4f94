"""Where people may meet, and the days of a mentor's starter kit."""

from collections.abc import Iterable
from datetime import date, timedelta

from services.followup.rules.rhythm import Days
from shared.errors import Refused

ANYWHERE = "anywhere"
# What a meeting in person becomes where the rule forbids its place; talks from afar are always possible (C7).
PLACES = {
    ANYWHERE: ("in_person", "home", "office"),
    "workplace": ("in_person",),
    "home": ("home",),
    "home_or_workplace": ("in_person", "home"),
}
FROM_AFAR = ("phone", "video", "sms")


def form_under(form: str, place_rule: str) -> str:
    """The form itself where the rule allows it, else a meeting where people may meet."""
    return form if form in FROM_AFAR or form in PLACES[place_rule] else PLACES[place_rule][0]


def check_form(form: str, place_rule: str) -> None:
    """A meeting is where the two may meet; raises Refused."""
    if form_under(form, place_rule) != form:
        raise Refused(
            "place_rule",
            "Der må ikke holdes møder dér i dette forløb. Vælg et andet sted eller telefon.",
            "There are no meetings there in this course. Choose another place, or the telephone.",
            fields={"form": "Vælg et andet sted eller telefon. / Choose another place, or the telephone."},
        )


def kit_of(listed: Iterable[str]) -> list[tuple[int, str]]:
    """Day of the course and code of each thing of a list such as ["lunch", "5:week_talk"]; day 1 where none stands."""
    parts = [one.rpartition(":") for one in listed]
    return [(int(number or 1), code) for number, _colon, code in parts]


def kit_day(first: date, last: date, number: int, closing: tuple[str, ...]) -> date:
    """The opening day that a day of the course falls on; the last day at the latest."""
    wanted = min(first + timedelta(days=number - 1), last)
    return Days(closing).on_or_after(wanted, last) or last
