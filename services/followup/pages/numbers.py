"""The numbers about placements: a quarter, the one before it, and nobody recognisable."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from flask import Response
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext
from sqlalchemy.orm import Session

from services.followup.api.figures import READERS
from services.followup.pages import pages, words
from services.followup.pages.areas import area_names
from services.followup.queries import figures as queries
from services.followup.queries.figures import Group, Report, Told
from services.followup.rules import indicators
from services.followup.schemas.figures import NumbersQuery
from services.followup.use_cases import POLICY
from shared import clock, frame, units
from shared.auth import Principal
from shared.indicators import Indicator
from shared.lookups import NOBODY
from shared.pages import Page
from shared.periods import Period
from shared.streaming import Cells, spreadsheet

HOME = "/opfoelgning/tal"
HEADINGS = {
    indicators.FORM: lazy_gettext("Efter form"),
    indicators.COMPANY: lazy_gettext("Efter virksomhed"),
    indicators.MENTOR: lazy_gettext("Efter mentor"),
    indicators.DURATION: lazy_gettext("Efter varighed"),
    indicators.UNIT: lazy_gettext("Efter borgerens enhed"),
    indicators.AREA: lazy_gettext("Efter boligområde"),
    indicators.ROLE: lazy_gettext("Efter plads i et langt forløb"),
}


@pages.get(HOME, roles=READERS, about=NOBODY, query=NumbersQuery)
def placement_numbers(session: Session, principal: Principal, query: dict[str, Any]) -> Page:
    """Counts only; small ones are hidden, and what they could be reckoned from."""
    period, today = queries.asked(query["since"]), clock.today()
    run = queries.course(session, period)
    found, before = run[-1], run[-2]
    after = period.after()
    context = {
        "found": found, "name": called(period), "name_before": called(before.period), "over": period.is_over(today),
        "rows": [_row(one, found, before) for one in indicators.ALL],
        "causes": [(_cause(cause), _cell(count)) for cause, count in found.causes],
        "clarified": [(_clarified(code), _cell(count)) for code, count in found.clarified],
        "groups": [
            (str(HEADINGS[name]), [_line(name, one) for one in groups]) for name, groups in found.groups.items()
        ],
        "hired": _drawn(run, indicators.HIRED), "paid": _drawn(run, "paid_share"),
        "in_time": _drawn(run, "contacts_in_time"),
        "previous": f"{HOME}?since={period.before().first}",
        "next": f"{HOME}?since={after.first}" if after.first <= today else None,
        "crumbs": [(_("Opfølgning"), "/opfoelgning"), (_("Tal"), None)] if principal.is_staff else [],
    }  # fmt: skip
    return Page("followup/numbers.html", context)


HEAD = (
    lazy_gettext("Perioden"), lazy_gettext("Fra"), lazy_gettext("Til"), lazy_gettext("Opdelt efter"),
    lazy_gettext("Gruppe"), lazy_gettext("Hvad"), lazy_gettext("Antal"), lazy_gettext("Ud af"),
    lazy_gettext("Procent"), lazy_gettext("Kode"),
)  # fmt: skip


@pages.get(f"{HOME}.csv", roles=READERS, about=NOBODY)
def numbers_file(_session: Session, _principal: Principal) -> Response:
    """Every quarter since the first placement ended."""

    def lines(session: Session) -> Iterator[Cells]:
        yield [str(word) for word in HEAD]
        for found in queries.since_the_first(session):
            yield from _written(found)

    return spreadsheet("tal-fra-forloeb.csv", lines)


def _written(found: Report) -> Iterator[Cells]:
    when = [called(found.period), found.period.first.isoformat(), found.period.last.isoformat()]
    for one in indicators.ALL:
        told = found.numbers[one.code]
        numbers = [_cell(told.count), _of(one, told), frame.number(told.percent, 1)]
        yield [*when, "", "", frame.chosen(one.name), *numbers, one.code]
    for cause, count in found.causes:
        early = frame.chosen(indicators.BY_CODE["early"].name)
        yield [*when, str(_("Årsag")), _cause(cause), early, _cell(count), "", "", f"early_{cause}"]
    for code, count in found.clarified:
        long = frame.chosen(indicators.BY_CODE["long"].name)
        yield [*when, str(_("Afklaring")), _clarified(code), long, _cell(count), "", "", f"clarified_{code}"]
    for name, groups in found.groups.items():
        for group in groups:
            parts = (("hired", group.hired), ("early", group.early))
            for code, count in parts:
                what = frame.chosen(indicators.BY_CODE[code].name)
                percent = frame.number(_percent(count, group.ended), 1)
                about = [str(HEADINGS[name]), _group(name, group), what]
                yield [*when, *about, _cell(count), frame.number(group.ended), percent, code]


def called(period: Period) -> str:
    """ "4. kvartal 2026"."""
    return str(_("%(number)s. kvartal %(year)s", number=(period.first.month + 2) // 3, year=period.first.year))


def _cell(count: int | None) -> str:
    return frame.number(count) if count is not None else str(_("vises ikke"))


def _of(one: Indicator, told: Told) -> str:
    return _cell(told.of) if one.of else ""


def _percent(count: int | None, of: int) -> float | None:
    return 100 * count / of if of and count is not None else None


def _share(percent: float | None) -> str:
    return f"{frame.number(percent, 1)} %" if percent is not None else "–"


def _row(one: Indicator, now: Report, before: Report) -> dict[str, Any]:
    told = now.numbers[one.code]
    return {
        "name": frame.chosen(one.name), "numerator": frame.chosen(one.numerator),
        "denominator": frame.chosen(one.denominator) if one.denominator else None,
        "rows": ", ".join(frame.chosen(indicators.ROWS[table]) for table in one.rows.split(", ")),
        "owner": frame.chosen(one.owner), "count": _cell(told.count), "of": _of(one, told),
        "now": _value(one, told), "before": _value(one, before.numbers[one.code]),
    }  # fmt: skip


def _value(one: Indicator, told: Told) -> str:
    if one.code == "ended":
        return _cell(told.count)
    if told.percent is None and (told.count is None or (one.of and told.of is None)):
        return str(_("vises ikke"))
    return _share(told.percent)


def _cause(cause: str) -> str:
    return words.say("early_cause", cause)


def _clarified(code: str) -> str:
    return str(_("Ikke noteret")) if code == indicators.NOT_NOTED else words.say("clarified", code)


def _group(name: str, group: Group) -> str:
    if group.key == queries.TOGETHER:
        return str(_("Andre, lagt sammen"))
    called_by = _BY_KEY.get(name)
    return (called_by(group.key) if called_by else group.name) or str(_("Ukendt"))


def _unit(key: str) -> str:
    return str(_("Ingen enhed")) if key == queries.NO_UNIT else frame.chosen(units.called(key))


def _area(key: str) -> str:
    return str(_("Intet område noteret")) if key == queries.NO_AREA else area_names().get(key, "")


def _role(key: str) -> str:
    return str(_("Ikke en del af et langt forløb")) if key == queries.NO_ROLE else words.say("course_role", key)


def _band(least: int) -> str:
    """From so many weeks to the next limit."""
    limits: list[int] = POLICY.row("numbers.duration_weeks", clock.today()).value
    above = next((limit for limit in limits if limit > least), None)
    if not least:
        return str(ngettext("under %(num)s uge", "under %(num)s uger", limits[0]))
    if above is None:
        return str(_("%(weeks)s uger og derover", weeks=least))
    return str(_("%(first)s–%(last)s uger", first=least, last=above - 1))


_BY_KEY: dict[str, Callable[[str], str]] = {
    indicators.FORM: lambda key: words.say("offer", key),
    indicators.UNIT: _unit,
    indicators.DURATION: lambda key: _band(int(key)),
    indicators.AREA: _area,
    indicators.ROLE: _role,
}


def _line(name: str, group: Group) -> tuple[str, str, str, str, str]:
    share = _share(_percent(group.hired, group.ended)) if group.hired is not None else str(_("vises ikke"))
    return _group(name, group), frame.number(group.ended), _cell(group.hired), share, _cell(group.early)


def _drawn(run: Sequence[Report], code: str) -> list[tuple[str, float]]:
    """The shares that can be drawn."""
    told = ((called(one.period), one.numbers[code].percent) for one in run)
    return [(name, round(percent, 1)) for name, percent in told if percent is not None]
