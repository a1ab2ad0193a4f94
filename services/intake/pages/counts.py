"""The leader's numbers: a period, the one before it, and nobody recognisable."""

from collections.abc import Iterator
from math import ceil, floor
from typing import Any

from babel import dates
from flask import Response
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from sqlalchemy.orm import Session

from services.intake.api.figures import READERS, is_outsider
from services.intake.pages import pages, words
from services.intake.queries import figures as queries
from services.intake.queries.figures_course import CourseLine, course
from services.intake.rules.indicators import ROWS
from services.intake.rules.reports import Cell, Line, Told
from services.intake.schemas.figures import FiguresQuery, asked
from services.intake.use_cases import POLICY
from shared import clock, frame, periods
from shared.auth import Principal
from shared.lookups import NOBODY
from shared.pages import Page
from shared.periods import Period
from shared.streaming import Cells, spreadsheet

HOME = "/skranken/tal"


@pages.get(HOME, roles=READERS, about=NOBODY, query=FiguresQuery)
def desk_counts(session: Session, principal: Principal, query: dict[str, Any]) -> Page:
    """Counts only; small ones are hidden, and what they could be reckoned from."""
    outside, today = is_outsider(principal), clock.today()
    period = asked(query, only_past=outside)
    found = queries.report(session, period, None if outside else query["unit"])
    after = period.after()
    context = {
        "found": found, "rows": [_row(line, found.least) for line in found.lines], "outside": outside,
        "causes": [(cause, _cell(count, found.least)) for cause, count in found.causes],
        "hours": [(f"{one.hour}–{one.hour + 1}", one.minutes) for one in found.hours],
        "came": _drawn(found, 1), "kept": _drawn(found, 2), "kinds": _kinds(),
        "name": called(period), "name_before": called(found.before), "over": period.is_over(today),
        "previous": period.before(),
        "next": after if after.first <= today and (after.is_over(today) or not outside) else None,
        "crumbs": [(_("Tal fra skranken"), None)],
    }  # fmt: skip
    return Page("intake/counts.html", context)


HEAD = (
    lazy_gettext("Perioden"), lazy_gettext("Fra"), lazy_gettext("Til"), lazy_gettext("Enhed"), lazy_gettext("Hvad"),
    lazy_gettext("Antal"), lazy_gettext("Ud af"), lazy_gettext("Procent"), lazy_gettext("Grænse"),
    lazy_gettext("Median"), lazy_gettext("90 procent"), lazy_gettext("Kode"),
)  # fmt: skip
BOUNDS = {"": "", "at_least": lazy_gettext("mindst"), "at_most": lazy_gettext("højst")}


@pages.get(f"{HOME}.csv", roles=READERS, about=NOBODY)
def counts_file(_session: Session, principal: Principal) -> Response:
    """Every month and quarter of every unit; a partner's holds everybody's that are over."""
    outside = is_outsider(principal)

    def lines(session: Session) -> Iterator[Cells]:
        least = POLICY.row("counts.hidden_below", clock.today()).value
        yield [str(word) for word in HEAD]
        for line in course(session, outside=outside):
            yield _written(line, least)

    return spreadsheet("tal-fra-skranken.csv", lines)


def _written(line: CourseLine, least: int) -> Cells:
    period, told = line.period, line.told
    return [
        called(period), period.first.isoformat(), period.last.isoformat(),
        words.unit(line.unit) if line.unit else str(_("Alle enheder")), frame.chosen(line.indicator.name),
        _cell(told.count, least), _cell(told.of, least), frame.number(told.percent, 1), str(BOUNDS[told.bound]),
        frame.number(told.median, 1), frame.number(told.ninth_decile, 1), line.indicator.code,
    ]  # fmt: skip


def called(period: Period) -> str:
    """ "Uge 45, 2026", "november 2026", "4. kvartal 2026", "2. nov. – 29. nov. 2026"."""
    if period.kind == periods.WEEK:
        year, week, _day = period.first.isocalendar()
        return str(_("Uge %(week)s, %(year)s", week=week, year=year))
    if period.kind == periods.MONTH:
        return dates.format_date(period.first, "MMMM y", locale=frame.language())
    if period.kind == periods.QUARTER:
        return str(_("%(number)s. kvartal %(year)s", number=(period.first.month + 2) // 3, year=period.first.year))
    return f"{frame.day(period.first)} – {frame.day(period.last)}"


def _kinds() -> list[tuple[str, str]]:
    words = (_("Uge"), _("Måned"), _("Kvartal"), _("Hele uger, selv valgt"))
    return list(zip(periods.KINDS, words, strict=True))


def _cell(cell: Cell | None, least: int) -> str:
    if cell is None:
        return ""
    if cell.number is not None:
        return frame.number(cell.number)
    return str(_("under %(least)s", least=least) if cell.small else _("vises ikke"))


def _value(line: Line, told: Told, least: int) -> str:
    if line.indicator.median:
        if told.median is None or told.ninth_decile is None:
            return _cell(told.count, least) if told.count.number is None else "–"
        numbers = {"median": frame.number(told.median, 1), "ninth": frame.number(told.ninth_decile, 1)}
        return str(_("%(median)s (90 %%: %(ninth)s)", **numbers))
    if told.of is None:
        return _cell(told.count, least)
    if told.of.number == 0:
        return "–"
    if told.percent is None:
        return str(_("vises ikke"))
    # A bound is rounded away from the share, so that it stays true.
    rounded = {"at_least": floor, "at_most": ceil}.get(told.bound)
    percent = frame.number(rounded(told.percent)) if rounded else frame.number(told.percent, 1)
    words = {
        "at_least": _("mindst %(percent)s %%", percent=percent),
        "at_most": _("højst %(percent)s %%", percent=percent),
    }
    return str(words.get(told.bound) or f"{percent} %")


def _row(line: Line, least: int) -> dict[str, Any]:
    one = line.indicator
    return {
        "code": one.code, "name": frame.chosen(one.name), "numerator": frame.chosen(one.numerator),
        "denominator": frame.chosen(one.denominator) if one.denominator else None,
        "rows": ", ".join(frame.chosen(ROWS[table]) for table in one.rows.split(", ")),
        "owner": frame.chosen(one.owner), "now": _value(line, line.now, least),
        "before": _value(line, line.before, least), "count": _cell(line.now.count, least),
        "of": _cell(line.now.of, least),
    }  # fmt: skip


def _drawn(found: queries.Report, place: int) -> list[tuple[str, float]]:
    """What can be drawn of the course: counts, or exact shares."""
    drawn: list[tuple[str, float]] = []
    for one in found.course:
        told: Told = one[place]  # type: ignore[assignment]  # the period stands first
        value = told.count.number if place == 1 else (None if told.bound else told.percent)
        if value is not None:
            drawn.append((words.initial(called(one[0])), round(value, 1)))
    return drawn
