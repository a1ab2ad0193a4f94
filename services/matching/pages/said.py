"""What templates call to say a code, a week, a person or a verdict in the reader's language."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import ngettext

from services.matching.models import RatioCheck
from services.matching.queries import Named
from services.matching.rules import catalogue, skills, terms, week, words
from services.matching.rules.ratio import Verdict
from services.matching.use_cases import POLICY
from shared import frame
from shared.calendar import DENMARK
from shared.events.codes import Words

TAGS = {
    "draft": "", "open": "info", "paused": "warning", "filled": "success", "closed": "",
    "proposed": "warning", "consented": "warning", "accepted": "success", "declined": "", "no_longer_available": "",
    "awaiting_statements": "warning", "agreed": "success", "refused": "error",
    "allowed": "success", "exempt": "info", "not_counted": "info",
}  # fmt: skip


def read(words_of_it: Words | tuple[str, str]) -> str:
    """The words in the reader's language."""
    return frame.chosen(Words(*words_of_it))


def term(table: str, code: str) -> str:
    """What a code is called."""
    return read(terms.term(table, code))


def terms_of(table: str, codes: Iterable[str]) -> str:
    """What several codes are called, as a list in a sentence."""
    return read(words.listed([terms.term(table, code) for code in codes]))


def choices(table: str, codes: Iterable[str] | None = None, *, empty: str | None = None) -> list[tuple[str, str]]:
    """Codes to choose from with their words; `empty` is what no choice is called."""
    known = [(code, term(table, code)) for code in (terms.TERMS[table] if codes is None else codes)]
    named = [(code, titled(text)) for code, text in known]
    return named if empty is None else [("", empty), *named]


def titled(text: str) -> str:
    """The words as they begin a sentence."""
    return text[:1].upper() + text[1:]


def called(citizen_id: UUID, names: Mapping[UUID, Named]) -> str:
    """A citizen's name for staff; words in its place where there is none to show."""
    named = names.get(citizen_id)
    if named is not None and named.protected:
        return str(_("Beskyttet navn"))
    return (named and named.name) or str(_("Navn følger"))


def occupation(star_id: Any) -> str:
    """The title of an occupation; empty where it has left the list."""
    found = catalogue.find_occupation(str(star_id))
    return found.title if found else ""


def occupations_said(star_ids: Iterable[Any]) -> str:
    """Titles of several occupations, as a list in a sentence."""
    found = [catalogue.find_occupation(str(one)) for one in star_ids]
    return read(words.listed([Words(one.title, one.title) for one in found if one]))


def times(windows: Iterable[str]) -> str:
    """When there is work, or somebody can, in a week."""
    return read(week.said_week(windows))


def span(least: float | None, most: float | None) -> str:
    """Weekly hours from and to."""
    if least is None or most is None:
        return ""
    hours = frame.number(most, 2) if least == most else f"{frame.number(least, 2)}–{frame.number(most, 2)}"
    return str(ngettext("%(hours)s time om ugen", "%(hours)s timer om ugen", 1 if most == 1 else 2, hours=hours))


def hours_of(need: Any) -> str:
    """A need's hours as they were told; those told per month also per week."""
    weekly = span(need.weekly_hours_min, need.weekly_hours_max)
    least, most = need.monthly_hours_min, need.monthly_hours_max
    if least is None and most is None:
        return weekly
    monthly = {
        (True, True): _("%(least)s–%(most)s timer om måneden"),
        (True, False): _("mindst %(least)s timer om måneden"),
        (False, True): _("højst %(most)s timer om måneden"),
    }[least is not None, most is not None]
    if least == most:
        monthly = _("%(most)s timer om måneden")
    told = {name: frame.number(one, 2) for name, one in (("least", least), ("most", most)) if one is not None}
    return str(_("%(monthly)s (%(weekly)s, 52 uger på 12 måneder)", monthly=monthly % told, weekly=weekly))


def policy(name: str) -> str:
    """What the row of that name says."""
    key, _at, since = name.partition("@")
    base, _bracket, group = key.rstrip("]").partition("[")
    return read(terms.said_policy(name, POLICY.row(base, date.fromisoformat(since), group or None).value))


def verdict(judged: RatioCheck | Verdict) -> dict[str, Any]:
    """A ratio's sum with its words; without figures where nothing was counted."""
    shown: dict[str, Any] = {"result": judged.result, "rule": policy(judged.policy), "limit": judged.limit}
    months = [date.fromisoformat(f"{month}-01") for month in judged.months]
    shown["months"] = read(words.said_months(months)) if months else ""
    for name in ("ordinary_fte", "supported_fte", "adding_fte"):
        figure = getattr(judged, name)
        shown[name] = None if figure is None else float(figure)
    if shown["supported_fte"] is not None:
        shown["sum"] = shown["supported_fte"] + shown["adding_fte"]
    return shown


def number_of(match_id: UUID) -> str:
    """The short number that a candidate goes by at a company, which knows no name."""
    return str(match_id)[-6:].upper()


def skills_said(numbers: Iterable[int]) -> str:
    """What skills are called, as a list in a sentence."""
    return read(words.listed(skills.said(numbers)))


def months_said(codes: Iterable[str]) -> str:
    """Months ("03") as a list in a sentence."""
    return read(words.listed([words.MONTHS[int(code) - 1] for code in codes]))


def local_minute(moment: datetime | None) -> str | None:
    """A moment as an input for day and time holds it, in Danish time."""
    return f"{moment.astimezone(DENMARK):%Y-%m-%dT%H:%M}" if moment else None


def context() -> dict[str, Any]:
    """What matching's templates know besides the frame's."""
    return {
        "say": term, "say_all": terms_of, "choices": choices, "read": read, "called": called, "times": times,
        "occupation_of": occupation, "occupations_said": occupations_said,
        "span": span, "hours_of": hours_of,
        "local_minute": local_minute, "policy_of": policy, "verdict_of": verdict, "tags": TAGS,
        "skills_said": skills_said, "months_said": months_said,
        "words_of_refusal": frame.words_of, "titled": titled, "number_of": number_of, "day_codes": week.DAYS,
    }  # fmt: skip
