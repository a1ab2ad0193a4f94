"""The day on paper when the power is gone, and the form that types it in afterwards."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import ngettext
from marshmallow import fields as marshmallow_fields
from sqlalchemy.orm import Session

from services.intake.pages import pages
from services.intake.pages.waiting import CHANGE, HOME, LIST, board_again
from services.intake.queries import arrivals
from services.intake.queries.arrivals import Line
from services.intake.rules.waiting import HERE, STEPS
from services.intake.schemas.waiting import PaperTimes
from services.intake.use_cases import paper, waiting
from shared import clock, forms
from shared.auth import STAFF, Principal
from shared.errors import Invalid
from shared.fields import Body, Day, Text, list_of
from shared.pages import Page, See, Undo

PAPER = f"{HOME}/papir"
# The way back travels in a cookie, which holds so many.
MOST_ROWS, BLANK_ROWS = 30, 5
WRITTEN = ("number", *STEPS, "who", "no_show")


class DayForm(Body):
    """Which day; today where none is given."""

    dag = Day(load_default=None)


class LineForm(PaperTimes):
    """A line of the form; `who` is for whoever came without a booking."""

    visitation_id = marshmallow_fields.UUID(load_default=None)
    arrival_id = marshmallow_fields.UUID(load_default=None)
    who = Text(100, load_default=None)


class MarksForm(Body):
    """What was typed in together: id, version and the state before where there was one, with spaces between."""

    mark = list_of(Text(80, pattern=f"[0-9a-f-]{{36}} [0-9]+(?: (?:{'|'.join(HERE)}))?"), MOST_ROWS, least=1)


LinesForm = Body.from_dict(
    {"dag": Day(required=True), **{f"r{number}": marshmallow_fields.Nested(LineForm) for number in range(MOST_ROWS)}},
    name="LinesForm",
)


def _form(session: Session, principal: Principal, typed: Any = None, day: date | None = None) -> Page:
    day = day or forms.day_sent(typed, "dag") or clock.today()
    lines = arrivals.lines_to_type(session, waiting.queue_of(principal), day, MOST_ROWS - BLANK_ROWS)
    crumbs = [(_("Skranken"), "/skranken"), (_("Venterum"), HOME), (_("Indtast fra papir"), None)]
    rows = _as_sent(lines, typed) if typed else [*lines, *[None] * BLANK_ROWS]
    return Page("intake/paper.html", {"day": day, "rows": rows, "steps": STEPS, "crumbs": crumbs})


def _as_sent(lines: Sequence[Line], typed: Any) -> list[Line | None]:
    """The lines in the order in which they were sent, so that what was typed stands where it stood."""
    known = {str(line.arrival_id or line.visitation_id): line for line in lines}
    sent = [number for number in range(MOST_ROWS) if any(key.startswith(f"r{number}.") for key in typed)]
    rows: list[Line | None] = []
    for number in sent:
        ids = [(name, typed.get(f"r{number}.{name}")) for name in ("arrival_id", "visitation_id")]
        about = next(((name, one) for name, one in ids if one), None)
        rows.append(known.get(about[1], Line.gone(*about)) if about else None)
    return rows


@pages.get(PAPER, roles=STAFF, about=LIST, query=DayForm)
def paper_form(session: Session, principal: Principal, query: dict[str, Any]) -> Page:
    """A day's talks that nobody is noted for, those whose stay is not over, and lines for whoever else came."""
    return _form(session, principal, day=query["dag"])


@pages.post(PAPER, roles=STAFF, about=CHANGE, body=LinesForm, again=_form, shows="list")
def type_in_lines(session: Session, principal: Principal, body: dict[str, Any]) -> See:
    """All that were filled in, or none where one is wrong."""
    day = body.pop("dag")
    rows = {key: row for key, row in body.items() if any(row.get(name) for name in WRITTEN)}
    if not rows:
        raise Invalid({"r0.arrived": "Skriv mindst én linje. / Fill in one line at least."})
    typed = paper.type_in(session, principal, day, rows, unit_code=waiting.queue_of(principal))
    marks = [f"{arrival.id} {arrival.version} {before}".strip() for arrival, before in typed]
    said = ngettext("%(num)s linje er tastet ind.", "%(num)s linjer er tastet ind.", len(typed))
    return See(f"{PAPER}?dag={day}", said, Undo(f"{PAPER}/fortryd", {"mark": marks}))


@pages.post(f"{PAPER}/fortryd", roles=STAFF, about=CHANGE, body=MarksForm, again=board_again, shows="list")
def take_lines_back(session: Session, _principal: Principal, body: dict[str, Any]) -> See:
    """Those that were typed in together."""
    marks = [(*mark.split(" "), "")[:3] for mark in body["mark"]]
    paper.take_back(session, [(UUID(one), int(version), before) for one, version, before in marks])
    return See(PAPER, _("Det, der blev tastet ind, er taget tilbage."))
