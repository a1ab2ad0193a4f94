"""How companies are looked after: promises, the named consultant and cover, contacts and pauses."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.matching.api import PLACEMENTS
from services.matching.pages import pages, said
from services.matching.pages.companies import company_page
from services.matching.queries import care
from services.matching.schemas import care as schemas
from services.matching.schemas.doors import PeriodQuery
from services.matching.use_cases import caretakers, contacts, gaps, promises
from shared import clock
from shared.auth import CONSULTANTS, Principal
from shared.lookups import NOBODY
from shared.pages import Page, See, Undo

COMPANY = "/virksomheder/<uuid:company_id>"
PROMISED, CARETAKERS = "/virksomheder/lovet", "/virksomheder/kontaktpersoner"
MOST = 100


@pages.get(PROMISED, roles=CONSULTANTS, about=NOBODY, query=schemas.PromisesQuery)
def promised(session: Session, who: Principal, query: dict[str, Any]) -> Page:
    """What companies were promised, the longest overdue on top, and below it what was kept, the newest on top."""
    owner = who.subject if query["whose"] == "own" else None
    found, onward = care.promises(session, owner=owner, cursor=query["after"], limit=MOST)
    kept, kept_onward = care.promises(session, state="done", owner=owner, cursor=query["holdt"], limit=MOST)
    shown = {
        "found": found, "onward": onward, "kept": kept, "kept_onward": kept_onward, "asked": query,
        "whose": query["whose"], "me": who.subject, "today": clock.today(),
        "crumbs": [(_("Virksomheder"), "/virksomheder"), (_("Lovede svar"), None)],
    }  # fmt: skip
    return Page("matching/promised.html", shown)


def _promised_again(session: Session, who: Principal, **_given: Any) -> Page:
    page: Page = promised(session, who, schemas.PromisesQuery().load({"whose": "all"}))
    return page


@pages.get(f"{PROMISED}/tal", roles=("leader",), about=NOBODY, query=PeriodQuery)
def promised_figures(session: Session, _who: Principal, query: dict[str, Any]) -> Page:
    """How many of them were kept."""
    since, until = gaps.period(query["since"], query["until"])
    found = care.figures(session, since, until, clock.today())
    crumbs = [(_("Løfter til virksomheder"), None)]
    return Page("matching/promised_figures.html", {"found": found, "since": since, "until": until, "crumbs": crumbs})


@pages.post(f"{PROMISED}/<uuid:promise_id>/gjort", roles=CONSULTANTS, about=NOBODY, again=_promised_again)
def mark_promise(session: Session, who: Principal, promise_id: UUID) -> See:
    """It is kept."""
    promises.do(session, promise_id, who.subject)
    return See(f"{PROMISED}?whose=all", _("Løftet er holdt."), Undo(f"{PROMISED}/{promise_id}/fortryd"))


@pages.post(f"{PROMISED}/<uuid:promise_id>/fortryd", roles=CONSULTANTS, about=NOBODY, again=_promised_again)
def unmark_promise(session: Session, who: Principal, promise_id: UUID) -> See:
    """It is not kept after all."""
    promises.undo(session, promise_id, who.subject)
    return See(f"{PROMISED}?whose=all", _("Løftet er åbent igen."))


@pages.post(f"{COMPANY}/raadgivning", roles=CONSULTANTS, about=PLACEMENTS, body=schemas.AdviceBody, again=company_page)
def promise_other_advice(session: Session, who: Principal, company_id: UUID, body: dict[str, Any]) -> See:
    """Somebody rings back by a day."""
    made = promises.advise(session, company_id, **body, by=who.subject, name=who.name)
    # No take-back of its own: done at once is the same, and the company was told.
    message = _("Det er lovet: %(what)s.", what=said.term("promise", made.kind))
    return See(f"/virksomheder/{company_id}#lovet", message, Undo(f"{PROMISED}/{made.id}/gjort"))


@pages.post(
    f"{COMPANY}/kontaktperson", roles=CONSULTANTS, about=PLACEMENTS, body=schemas.CaretakerBody, again=company_page
)
def look_after_company(session: Session, who: Principal, company_id: UUID, body: dict[str, Any]) -> See:
    """Take it, hand it on, or keep it after all."""
    row = caretakers.act(session, company_id, body["act"], body["version"], by=who.subject, name=who.name)
    home = f"/virksomheder/{company_id}"
    version = {"version": str(row.version)}
    if body["act"] == "take":
        back = Undo(f"{home}/kontaktperson/fortryd", version) if body["version"] is None else None
        return See(
            home,
            _("Du er virksomhedens kontaktperson."),
            back or Undo(f"{home}/kontaktperson", version | {"act": "offer"}),
        )
    back = Undo(f"{home}/kontaktperson", version | {"act": "keep" if body["act"] == "offer" else "offer"})
    told = _("Virksomheden venter på en kollega.") if body["act"] == "offer" else _("Du beholder virksomheden.")
    return See(home, told, back)


@pages.post(
    f"{COMPANY}/kontaktperson/fortryd", roles=CONSULTANTS, about=PLACEMENTS, body=schemas.GiveUpBody,
    again=company_page,
)  # fmt: skip
def give_company_up(session: Session, who: Principal, company_id: UUID, body: dict[str, Any]) -> See:
    """It was not to be taken."""
    caretakers.give_up(session, company_id, body["version"], by=who.subject)
    return See(f"/virksomheder/{company_id}", _("Virksomheden har ingen kontaktperson, som før."))


@pages.get(CARETAKERS, roles=CONSULTANTS, about=NOBODY, query=schemas.CaretakersQuery)
def caretakers_page(session: Session, who: Principal, query: dict[str, Any] | None = None, typed: Any = None) -> Page:
    """One's own companies, what waits for a colleague, and who is away."""
    asked = query or schemas.CaretakersQuery().load({})
    mine, onward = care.looked_after(session, by=who.subject, cursor=asked["after"], limit=MOST)
    offered, offered_onward = care.looked_after(session, cursor=asked["venter"], limit=MOST)
    shown = {
        "mine": mine,
        "onward": onward,
        "offered": offered,
        "offered_onward": offered_onward,
        "asked": asked,
        "covers": care.covers(session, clock.today()),
        "colleagues": [one for one in care.caretakers(session) if one[0] != who.subject],
        "me": who.subject,
        "typed": typed,
        "crumbs": [(_("Virksomheder"), "/virksomheder"), (_("Kontaktpersoner"), None)],
    }
    return Page("matching/caretakers.html", shown)


@pages.post("/virksomheder/daekning", roles=CONSULTANTS, about=NOBODY, body=schemas.CoverBody, again=caretakers_page)
def cover_for(session: Session, who: Principal, body: dict[str, Any]) -> See:
    """Look after a colleague's companies meanwhile."""
    row = caretakers.cover(session, **body, by=who.subject, name=who.name)
    told = _("Du passer virksomhederne for %(name)s imens.", name=row.absent_name)
    return See(CARETAKERS, told, Undo(f"/virksomheder/daekning/{row.id}/fjern"))


def _caretakers_again(session: Session, who: Principal, typed: Any, **_path: UUID) -> Page:
    page: Page = caretakers_page(session, who, typed=typed)
    return page


@pages.post("/virksomheder/daekning/<uuid:cover_id>/fjern", roles=CONSULTANTS, about=NOBODY, again=_caretakers_again)
def end_cover_for(session: Session, who: Principal, cover_id: UUID) -> See:
    """They are back."""
    told = caretakers.end_cover(session, cover_id, by=who.subject)
    again = {name: str(told[name]) for name in ("absent", "from_on", "until_on")}
    back = Undo("/virksomheder/daekning", again) if told["cover"] == who.subject else None
    return See(CARETAKERS, _("Dækningen er slut."), back)


@pages.post(
    f"{COMPANY}/kontaktet", roles=CONSULTANTS, about=PLACEMENTS, body=schemas.CompanyContactBody, again=company_page
)
def log_company_contact(session: Session, who: Principal, company_id: UUID, body: dict[str, Any]) -> See:
    """Somebody was in touch."""
    told = body | {"by": who.subject, "name": who.name, "team": who.organisation}
    row = contacts.log(session, company_id, **told)
    home = f"/virksomheder/{company_id}"
    return See(f"{home}#kontakter", _("Kontakten er skrevet ned."), Undo(f"{home}/kontaktet/{row.id}/fortryd"))


def _company_again(session: Session, who: Principal, company_id: UUID, typed: Any, **_path: UUID) -> Page:
    page: Page = company_page(session, who, company_id, typed=typed)
    return page


@pages.post(f"{COMPANY}/kontaktet/<uuid:contact_id>/fortryd", roles=CONSULTANTS, about=PLACEMENTS, again=_company_again)
def take_company_contact_back(session: Session, who: Principal, company_id: UUID, contact_id: UUID) -> See:
    """It did not happen."""
    contacts.take_back(session, company_id, contact_id, who.subject)
    return See(f"/virksomheder/{company_id}#kontakter", _("Kontakten er slettet."))


@pages.post(f"{COMPANY}/pause", roles=CONSULTANTS, about=PLACEMENTS, body=schemas.PauseBody, again=company_page)
def pause_company_until(session: Session, who: Principal, company_id: UUID, body: dict[str, Any]) -> See:
    """Not to be approached until that day is over; no day ends the pause."""
    before = contacts.pause(session, company_id, **body, by=who.subject)
    home = f"/virksomheder/{company_id}"
    back = Undo(f"{home}/pause", {"until_on": str(before or ""), "reason_code": body["reason_code"]})
    told = _("Virksomheden er på pause.") if body["until_on"] else _("Pausen er slut.")
    return See(f"{home}#kontakter", told, back)
