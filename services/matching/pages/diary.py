"""The diary of needs for which nobody was proposed, and the gaps that it shows."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.pages import pages, said
from services.matching.pages.sheets import sheet
from services.matching.rules import gaps
from services.matching.rules.terms import term
from services.matching.schemas.pipeline import GapsQuery, NoMatchForm, NoteForm
from services.matching.use_cases import gaps as diary
from services.matching.use_cases import pipeline
from shared import clock
from shared.auth import CONSULTANTS, Principal
from shared.lookups import NOBODY
from shared.pages import Page, Response, See, Undo

NOTE = "/match/behov/<uuid:need_id>/ingen"
KINDS = ("reason", "licence", "skill", "time")


@pages.get(NOTE, roles=CONSULTANTS, about=NOBODY)
def no_match_page(session: Session, who: Principal, need_id: UUID, typed: Any = None) -> Page:
    """Why was nobody proposed? What the list counts is ticked beforehand."""
    need = queries.need(session, None, need_id)
    counted = pipeline.counted(session, need)
    notes = queries.diary(session, need_id)
    mine = next((one for one in notes if one.noted_by == who.subject and one.on_day == clock.today()), None)
    shown = {
        "need": need,
        "notes": notes,
        "counted": [(term("rule", code), _shown(count)) for code, count in counted.items()],
        "reasons": [(code, said.titled(said.read(words))) for code, words in gaps.REASONS.items()],
        "ticked": mine.reasons if mine else [code for code in counted if code in gaps.REASONS],
        "said_reasons": lambda codes: ", ".join(said.read(gaps.REASONS[code]) for code in codes),
        "crumbs": [
            (_("Behov og match"), "/match"),
            (need.title, f"/match/behov/{need_id}"),
            (_("Ingen foreslået"), None),
        ],
        "typed": typed,
    }
    return Page("matching/no_match.html", shown)


@pages.post(NOTE, roles=CONSULTANTS, about=NOBODY, body=NoMatchForm, again=no_match_page)
def note_no_match(session: Session, who: Principal, need_id: UUID, body: dict[str, Any]) -> See:
    """Keep the reasons."""
    note = pipeline.note_no_match(session, need_id, body["reasons"], who.subject)
    home = f"/match/behov/{need_id}/ingen"
    return See(home, _("Grundene er noteret."), Undo(f"{home}/fortryd", {"note_id": str(note.id)}))


@pages.post(f"{NOTE}/fortryd", roles=CONSULTANTS, about=NOBODY, body=NoteForm, again=no_match_page)
def take_note_back(session: Session, who: Principal, need_id: UUID, body: dict[str, Any]) -> See:
    """They were not meant so."""
    pipeline.take_note_back(session, need_id, body["note_id"], who.subject)
    return See(f"/match/behov/{need_id}/ingen", _("Grundene er taget tilbage."))


def _shown(number: int) -> str:
    """A number of people, hidden where it is small; hidden altogether where nobody said what small is."""
    least = diary.smallest()
    if least is None:
        return str(_("ikke sat op"))
    return str(_("under %(number)s", number=least)) if diary.shown(number) is None else str(number)


@pages.get("/match/huller", roles=CONSULTANTS, about=NOBODY, query=GapsQuery)
def gap_list(session: Session, _who: Principal, query: dict[str, Any]) -> Page:
    """What would have opened how many needs."""
    since, until = diary.period(query["fra"], query["til"])
    found, number = queries.gap_list(session, since, until)
    tables = {kind: [(diary.named(gap), gap.needs) for gap in found if gap.kind == kind] for kind in KINDS}
    crumbs = [(_("Behov og match"), "/match"), (_("Huller"), None)]
    shown = {"since": since, "until": until, "number": number, "tables": tables, "crumbs": crumbs}
    return Page("matching/gaps.html", shown)


@pages.get("/match/huller.csv", roles=CONSULTANTS, about=NOBODY, query=GapsQuery)
def gap_file(session: Session, _who: Principal, query: dict[str, Any]) -> Response:
    """The same as a file."""
    since, until = diary.period(query["fra"], query["til"])
    found, _number = queries.gap_list(session, since, until)
    rows = [(gap.kind, gap.code, said.read(diary.named(gap)), gap.needs) for gap in found]
    return sheet(f"huller-{since}-{until}", [("kind", "code", "what", "needs"), *rows])
