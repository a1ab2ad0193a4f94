"""Saved searches, and what other weights would make of a need's list."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.matching import queries
from services.matching.api import FUNCTIONS
from services.matching.engine.facts import FACTORS
from services.matching.pages import need_forms, pages, said
from services.matching.schemas.pipeline import MailboxBody, SearchBody, SearchUndoForm, WeightsQuery
from services.matching.use_cases import POLICY, alert_mail, comparing, searches
from shared import clock, forms
from shared.auth import CONSULTANTS, Principal
from shared.lookups import About, looked
from shared.pages import Page, See, Undo

SEARCHES = About("wishes", how="list", purpose="matching")
SEARCH_CHANGE = About("wishes", how="change", purpose="matching")
HOME = "/match/soegninger"


@pages.get(HOME, roles=CONSULTANTS, about=SEARCHES)
def search_list(session: Session, who: Principal, typed: Any = None) -> Page:
    """What a consultant wants to hear of, and a form for more."""
    found = queries.searches(session, who.subject)
    people = [one.citizen_id for one in found if one.citizen_id]
    looked(session, *people)
    row = POLICY.find("alerts.hour", clock.today())
    shown = need_forms.heard(typed) | {
        "searches": found,
        "names": queries.names(session, people),
        "hour": row.value if row else None,
        "mailbox": alert_mail.mailbox_of(session, who.subject),
        "crumbs": [(_("Behov og match"), "/match"), (_("Min liste"), "/match/mine"), (_("Søgninger"), None)],
        "typed": typed,
    }
    return Page("matching/searches.html", shown)


@pages.post(HOME, roles=CONSULTANTS, about=SEARCH_CHANGE, body=SearchBody, again=search_list, shows="list")
def save_search(session: Session, who: Principal, body: dict[str, Any]) -> See:
    """Hear of more."""
    search = searches.save(session, who.subject, body)
    return See(HOME, _("Søgningen er gemt."), Undo(f"{HOME}/slet", {"search_id": str(search.id)}))


@pages.post(f"{HOME}/slet", roles=CONSULTANTS, about=SEARCH_CHANGE, body=SearchUndoForm, again=search_list,
            shows="list")  # fmt: skip
def drop_search(session: Session, who: Principal, body: dict[str, Any]) -> See:
    """Hear of it no more."""
    told = searches.drop(session, body["search_id"], who.subject)
    if told["citizen_id"]:
        looked(session, told["citizen_id"])
    hours = told.pop("weekly_hours_max")
    fields = {name: value if isinstance(value, list) else str(value) for name, value in told.items() if value}
    if hours is not None:
        fields["weekly_hours_max"] = forms.typed(hours)
    return See(HOME, _("Søgningen er slettet."), Undo(HOME, fields))


@pages.post(f"{HOME}/mail", roles=CONSULTANTS, about=SEARCHES, body=MailboxBody, again=search_list, shows="list")
def write_to(session: Session, who: Principal, body: dict[str, Any]) -> See:
    """Where the morning's mail goes, or that none is wanted."""
    before = alert_mail.write_to(session, who.subject, body["mailbox"])
    told = _("Du får en mail om nye behov.") if body["mailbox"] else _("Du får ingen mail om nye behov.")
    return See(HOME, told, Undo(f"{HOME}/mail", {"mailbox": before or ""}))


@pages.get("/match/behov/<uuid:need_id>/hvad-hvis", roles=CONSULTANTS, about=FUNCTIONS, query=WeightsQuery)
def what_if(session: Session, _who: Principal, need_id: UUID, query: dict[str, Any]) -> Page:
    """How the order would be by other weights; saved nowhere."""
    need = queries.need(session, None, need_id)
    now, then = comparing.what_if(session, need, query)
    weights = {code: POLICY.row("match.weight", clock.today(), code).value for code in FACTORS}
    shown = {
        "need": need,
        "weights": [(code, weights[code], weights[code] if query[code] is None else query[code]) for code in FACTORS],
        "rows": [(one, number, now.index(one) + 1 if one in now else None) for number, one in enumerate(then, 1)],
        "names": queries.names(session, then),
        "changed": any(value is not None for value in query.values()),
        "factor": lambda code: said.titled(said.term("factor", code)),
        "crumbs": [(_("Behov og match"), "/match"), (need.title, f"/match/behov/{need_id}"), (_("Hvad hvis"), None)],
    }
    return Page("matching/what_if.html", shown)
