"""The leader's overview: what all four services told, a month beside the one before it, and nobody recognisable."""

from collections.abc import Iterator
from typing import Any

from flask import Response
from flask_babel import dates, lazy_gettext
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.followup.api.overview import READERS
from services.followup.pages import pages
from services.followup.queries import overview as queries
from services.followup.queries.overview import Overview
from services.followup.rules import overview
from services.followup.schemas.overview import OverviewPageQuery
from shared import clock, frame, units
from shared.auth import Principal
from shared.indicators import Indicator
from shared.lookups import NOBODY
from shared.pages import Page
from shared.periods import Period
from shared.small_cells import EVERYBODY
from shared.streaming import Cells, spreadsheet

HOME = "/opfoelgning/overblik"


@pages.get(HOME, roles=READERS, about=NOBODY, query=OverviewPageQuery)
def leader_overview(session: Session, _principal: Principal, query: dict[str, Any]) -> Page:
    """Counts only; small ones are hidden, and what they could be reckoned from."""
    month, unit, today = queries.asked(query["since"]), query["unit"], clock.today()
    run, found = queries.course(session, month)
    drawn = overview.BY_CODE[query["figure"]]
    before, after = run[-2], month.after()
    context = {
        "month": month, "unit": unit, "figure": drawn.code, "least": found.counts.least,
        "name": called(month), "name_before": called(before), "over": month.is_over(today),
        "rows": [_row(one, found, unit, month, before) for one in overview.ALL],
        "drawn_name": frame.chosen(drawn.name), "drawn": _drawn(drawn, found, unit, run),
        "units": [(code, frame.chosen(units.called(code))) for code in units.codes()],
        "figures": [(one.code, frame.chosen(one.name)) for one in overview.ALL],
        "previous": before, "next": after if after.first <= today else None,
        "crumbs": [(_("Overblik"), None)],
    }  # fmt: skip
    return Page("followup/overview.html", context)


HEAD = (
    lazy_gettext("Perioden"), lazy_gettext("Fra"), lazy_gettext("Til"), lazy_gettext("Enhed"), lazy_gettext("Hvad"),
    lazy_gettext("Antal"), lazy_gettext("Kode"),
)  # fmt: skip


@pages.get(f"{HOME}.csv", roles=READERS, about=NOBODY)
def overview_file(_session: Session, _principal: Principal) -> Response:
    """Every month of everybody and of every unit."""

    def lines(session: Session) -> Iterator[Cells]:
        yield [str(word) for word in HEAD]
        for month, found in queries.since_the_first(session):
            when = [called(month), month.first.isoformat(), month.last.isoformat()]
            for unit in (EVERYBODY, *units.codes()):
                whose = frame.chosen(units.called(unit)) if unit else str(_("Alle enheder"))
                for one in overview.ALL:
                    yield [*when, whose, frame.chosen(one.name), _cell(one, found, unit, month), one.code]

    return spreadsheet("overblik.csv", lines)


def called(month: Period) -> str:
    """ "November 2026"."""
    said = str(dates.format_date(month.first, "MMMM y", locale=frame.language()))
    return said[:1].upper() + said[1:]


def _cell(one: Indicator, found: Overview, unit: str | None, month: Period) -> str:
    if unit is not EVERYBODY and one.code in overview.OF_ALL:
        return str(_("kun for alle"))
    number = found.told(one.code, unit, month)
    return frame.number(number) if number is not None else str(_("vises ikke"))


def _row(one: Indicator, found: Overview, unit: str | None, month: Period, before: Period) -> dict[str, Any]:
    return {
        "code": one.code, "name": frame.chosen(one.name), "numerator": frame.chosen(one.numerator),
        "denominator": frame.chosen(one.denominator) if one.denominator else None, "rows": one.rows,
        "owner": frame.chosen(one.owner), "now": _cell(one, found, unit, month),
        "before": _cell(one, found, unit, before),
    }  # fmt: skip


def _drawn(one: Indicator, found: Overview, unit: str | None, run: list[Period]) -> list[tuple[str, int]]:
    """The months that can be drawn."""
    told = ((called(month), found.told(one.code, unit, month)) for month in run)
    return [(name, number) for name, number in told if number is not None]
