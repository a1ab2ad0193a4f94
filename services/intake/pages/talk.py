"""The talk on one page: who it is, their own words, what fits and what they found, and what it leads to."""

from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.intake import queries, rules, schemas
from services.intake.pages import pages
from services.intake.pages.citizen import crumbs_to
from services.intake.pages.listed import SideQuery, listed
from services.intake.use_cases import POLICY, cv, talk
from shared import clock, forms
from shared.auth import STAFF, Principal
from shared.fields import Amount, Body, Code, Day, Flag
from shared.lookups import NOBODY, About
from shared.pages import Page, See, Undo

WORDS = About("health_function", "citizen_id", purpose="visitation")
WORDS_CHANGE = About("health_function", "citizen_id", "change", purpose="visitation")
CHANGE = About("case", "citizen_id", "change", purpose="visitation")
DUTY = ("adviser",)
CV_DAYS, CV_LIST = "/skranken/cv", "liste"


class WeekForm(Body):
    """Which week, by one of its days."""

    dag = Day(load_default=None)


class HoursForm(schemas.NewWorkHours):
    """Hours as staff note them; a `claim` is the way back for what a citizen noted, and waits to be confirmed."""

    claim = Flag(load_default=False)


class ContactShown(Body):
    """The contact that the page showed; somebody may have come again since."""

    contact_id = schemas.talk.Uuid(load_default=None)


class OutcomeForm(ContactShown, schemas.NewOutcome):
    """How it ended."""


class CvSeen(Body):
    """Where the button stood."""

    fra = Code("samtalen", CV_LIST, load_default="samtalen")


class CalculatorForm(Body):
    """An hour's pay, the hours, and the benefit to lay beside it."""

    timeloen = Amount(1, 10_000, load_default=None)
    timer = Amount(0.5, 48, load_default=None)
    ydelse = Code(*schemas.BENEFITS, load_default="kontanthjaelp")


def _talk(session: Session, principal: Principal, citizen_id: UUID, typed: Any = None) -> Page:  # noqa: ARG001
    citizen = queries.citizen(session, citizen_id)
    contact = queries.last_contact(session, citizen_id)
    context = {
        "citizen": citizen, "age": rules.age_on(citizen.birth_date, clock.today()),
        "contact": contact and contact[0], "visitation": contact and contact[1], "outcome": contact and contact[2],
        "known": queries.knowledge_of(session, citizen_id), "knowledge": rules.KNOWLEDGE,
        "wishes": queries.wishes_of(session, citizen_id),
        "found": queries.found_by(session, citizen_id), "kinds": rules.FOUND_KINDS,
        "cv": cv.newest(session, citizen_id), "outcomes": rules.OUTCOMES,
        "assisted": {one.item_code: one for one in talk.assisted_on(session, citizen_id, clock.today())},
        "items": rules.ASSISTED_ITEMS, "crumbs": crumbs_to(citizen, (_("Samtalen"), None)),
    }  # fmt: skip
    return Page("intake/talk.html", context)


@pages.get("/borger/<uuid:citizen_id>/samtalen", roles=STAFF, about=WORDS)
def talk_page(session: Session, principal: Principal, citizen_id: UUID) -> Page:
    """Everything that the talk needs."""
    return _talk(session, principal, citizen_id)


def _back(citizen_id: UUID, message: str, undo: Undo | None = None) -> See:
    return See(f"/borger/{citizen_id}/samtalen", message, undo)


@pages.post("/borger/<uuid:citizen_id>/samtalen/viden", roles=STAFF, about=WORDS_CHANGE, body=schemas.Knowledge,
            again=_talk)  # fmt: skip
def save_knowledge(session: Session, _principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> See:
    """In the person's own words."""
    queries.citizen(session, citizen_id)
    talk.know(session, citizen_id, body)
    return _back(citizen_id, _("Borgerens egne ord er gemt."))


@pages.post("/borger/<uuid:citizen_id>/samtalen/fundet", roles=STAFF, body=schemas.NewFound, again=_talk,
            about=About("wishes", "citizen_id", "change", purpose="visitation"))  # fmt: skip
def save_found(session: Session, _principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> See:
    """What the person found."""
    queries.citizen(session, citizen_id)
    made = talk.found(session, citizen_id, **body)
    undo = Undo(f"/borger/{citizen_id}/samtalen/fundet/{made.id}/fjern")
    return _back(citizen_id, _("Det, borgeren har fundet, er noteret."), undo)


@pages.post("/borger/<uuid:citizen_id>/samtalen/fundet/<uuid:found_id>/fjern", roles=STAFF,
            about=About("wishes", "citizen_id", "change", purpose="visitation"))  # fmt: skip
def drop_found(session: Session, _principal: Principal, citizen_id: UUID, found_id: UUID) -> See:
    """Not of interest any more; the undo notes it anew."""
    queries.citizen(session, citizen_id)
    gone = talk.forget_found(session, citizen_id, found_id)
    fields = {"kind": gone.kind, "title": gone.title, "place": gone.place}
    return _back(citizen_id, _("Det er fjernet."), Undo(f"/borger/{citizen_id}/samtalen/fundet", fields))


@pages.post("/borger/<uuid:citizen_id>/samtalen/cv", roles=STAFF, about=CHANGE, body=CvSeen)
def cv_is_there(session: Session, principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> See:
    """Somebody saw it."""
    citizen = queries.citizen(session, citizen_id)
    cv.meet(session, citizen_id, by=principal.subject)
    undo = Undo(f"/borger/{citizen_id}/samtalen/cv/fejl", body)
    if body["fra"] == CV_LIST:
        return See(CV_DAYS, _("%(name)s: CV'et er der.", name=citizen.name), undo)
    return _back(citizen_id, _("Det er noteret, at CV'et er der."), undo)


@pages.post("/borger/<uuid:citizen_id>/samtalen/cv/fejl", roles=STAFF, about=CHANGE, body=CvSeen)
def cv_is_not_there(session: Session, _principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> See:
    """It was a mistake."""
    queries.citizen(session, citizen_id)
    cv.not_met(session, citizen_id)
    said = _("Dagen for CV'et gælder igen.")
    return See(CV_DAYS, said) if body["fra"] == CV_LIST else _back(citizen_id, said)


@pages.post("/borger/<uuid:citizen_id>/samtalen/hjaelp", roles=STAFF, about=CHANGE, body=schemas.AssistedItems,
            again=_talk)  # fmt: skip
def tick_assistance(session: Session, principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> See:
    """What somebody was helped with."""
    queries.citizen(session, citizen_id)
    talk.assist(session, citizen_id, **body, by=principal.subject)
    return _back(citizen_id, _("Hjælpen er noteret."))


@pages.post("/borger/<uuid:citizen_id>/samtalen/hjaelp/fejl", roles=STAFF, about=CHANGE,
            body=schemas.AssistedItemName, again=_talk)  # fmt: skip
def untick_assistance(session: Session, _principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> See:
    """Ticked by mistake."""
    queries.citizen(session, citizen_id)
    talk.unassist(session, citizen_id, **body)
    undo = Undo(f"/borger/{citizen_id}/samtalen/hjaelp", {"items": body["item_code"]})
    return _back(citizen_id, _("Fluebenet er fjernet."), undo)


@pages.post("/borger/<uuid:citizen_id>/samtalen/udfald", roles=STAFF, about=CHANGE, body=OutcomeForm,
            again=_talk)  # fmt: skip
def note_outcome(session: Session, principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> See:
    """How the contact that was shown ended."""
    queries.citizen(session, citizen_id)
    contact = queries.last_contact(session, citizen_id, body.pop("contact_id"))
    if contact is None:
        return _back(citizen_id, _("Der er ingen henvendelse at afslutte."))
    before, path = contact[2] and contact[2].outcome_code, f"/borger/{citizen_id}/samtalen/udfald"
    talk.close(session, contact[0].id, **body, by=principal.subject)
    shown = {"contact_id": str(contact[0].id)}
    undo = Undo(path, shown | {"outcome_code": before}) if before else Undo(f"{path}/fejl", shown)
    return _back(citizen_id, _("Udfaldet er noteret. Borgeren kan altid søge igen."), undo)


@pages.post("/borger/<uuid:citizen_id>/samtalen/udfald/fejl", roles=STAFF, about=CHANGE, body=ContactShown)
def undo_outcome(session: Session, _principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> See:
    """It was a mistake."""
    queries.citizen(session, citizen_id)
    contact = queries.last_contact(session, citizen_id, body["contact_id"])
    if contact is not None and contact[2] is not None:
        talk.reopen(session, contact[0].id)
    return _back(citizen_id, _("Udfaldet er taget tilbage."))


def _hours(
    session: Session, principal: Principal, citizen_id: UUID, typed: Any = None, day: date | None = None
) -> Page:
    citizen = queries.citizen(session, citizen_id)
    day = day or forms.day_sent(typed, "day") or clock.today()
    account, entries = talk.week(session, citizen_id, day)
    monday, row = rules.monday_of(day), POLICY.find("work_duty.counts", day)
    return Page("intake/hours.html", {
        "citizen": citizen, "account": account, "entries": entries, "monday": monday,
        "counting": row.value if row else (),
        "sunday": monday + timedelta(days=6), "before": monday - timedelta(days=7), "after": monday + timedelta(days=7),
        "kinds": rules.WORK_KINDS, "sources": rules.WORK_SOURCES, "may_decide": "adviser" in principal.roles,
        "crumbs": crumbs_to(citizen, (_("Samtalen"), f"/borger/{citizen_id}/samtalen"), (_("Timer"), None)),
    })  # fmt: skip


@pages.get("/borger/<uuid:citizen_id>/timer", roles=STAFF, about=WORDS, query=WeekForm)
def hours_page(session: Session, principal: Principal, citizen_id: UUID, query: dict[str, Any]) -> Page:
    """A week's hours: what counts and what is missing."""
    return _hours(session, principal, citizen_id, day=query["dag"])


def _week(citizen_id: UUID, monday: date, message: str, undo: Undo | None = None) -> See:
    return See(f"/borger/{citizen_id}/timer?dag={monday}", message, undo)


@pages.post("/borger/<uuid:citizen_id>/timer", roles=STAFF, about=WORDS_CHANGE, body=HoursForm, again=_hours)
def save_hours(session: Session, principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> See:
    """Hours that are said to count."""
    queries.citizen(session, citizen_id)
    by = talk.CITIZEN if body.pop("claim") else principal.subject
    noted = talk.note_hours(session, citizen_id, **body, by=by)
    undo = Undo(f"/borger/{citizen_id}/timer/{noted.id}/fjern")
    return _week(citizen_id, noted.monday, _("Timerne er noteret."), undo)


@pages.post("/borger/<uuid:citizen_id>/timer/<uuid:hours_id>/fjern", roles=STAFF, about=WORDS_CHANGE)
def drop_hours(session: Session, _principal: Principal, citizen_id: UUID, hours_id: UUID) -> See:
    """Noted by mistake."""
    queries.citizen(session, citizen_id)
    gone = talk.strike_hours(session, citizen_id, hours_id)
    again = {
        "day": str(gone.monday), "hours": forms.typed(gone.hours), "kind_code": gone.kind_code,
        "source_code": gone.source_code, "claim": str(gone.noted_by == talk.CITIZEN).lower(),
    }  # fmt: skip
    undo = Undo(f"/borger/{citizen_id}/timer", again)
    return _week(citizen_id, gone.monday, _("Timerne er fjernet."), undo)


@pages.post("/borger/<uuid:citizen_id>/timer/pligt", roles=DUTY, about=CHANGE, body=schemas.NewWorkDuty, again=_hours,
            decides=True)  # fmt: skip
def save_duty(session: Session, principal: Principal, citizen_id: UUID, body: dict[str, Any]) -> See:
    """The weekly hours, as an adviser decides."""
    queries.citizen(session, citizen_id)
    duty = talk.decide_duty(session, citizen_id, **body, by=principal.subject)
    return _week(citizen_id, rules.monday_of(duty.from_on), _("Timetallet er gemt."))


@pages.get(CV_DAYS, roles=STAFF, about=About("case", how="list", purpose="follow_up"), query=SideQuery)
def cv_list(session: Session, _principal: Principal, query: dict[str, Any]) -> Page:
    """CVs that are not there."""
    crumbs = [(_("Skranken"), "/skranken"), (_("Dage for CV"), None)]
    found, sides = listed(partial(queries.cv_deadlines, session), CV_DAYS, query)
    return Page("intake/cv_list.html", {"found": found, "sides": sides, "crumbs": crumbs})


@pages.get("/skranken/regnestykke", roles=STAFF, about=NOBODY, query=CalculatorForm)
def calculator_page(_session: Session, _principal: Principal, query: dict[str, Any]) -> Page:
    """Pay beside benefit, by configured rates only."""
    row = POLICY.find("calculator.benefit_month", clock.today(), query["ydelse"])
    given = query["timeloen"] and query["timer"]
    result = rules.compare(query["timeloen"], query["timer"], row) if given else None
    crumbs = [(_("Skranken"), "/skranken"), (_("Regnestykke"), None)]
    return Page("intake/calculator.html", {"asked": query, "result": result, "crumbs": crumbs,
                                           "benefits": schemas.BENEFITS})  # fmt: skip


OWN_CHANGE = About("case", how="change", purpose="own_access")


@pages.post("/min-side/cv", roles=("citizen",), about=OWN_CHANGE)
def own_cv_is_there(session: Session, principal: Principal) -> See:
    """The citizen says that it is there."""
    cv.meet(session, UUID(principal.subject), by="citizen")
    return See("/min-side", _("Tak. Det er noteret, at dit CV ligger på Jobnet."), Undo("/min-side/cv/fejl"))


@pages.post("/min-side/cv/fejl", roles=("citizen",), about=OWN_CHANGE)
def own_cv_is_not_there(session: Session, principal: Principal) -> See:
    """It was a mistake."""
    cv.not_met(session, UUID(principal.subject))
    return See("/min-side", _("Dagen for dit CV gælder igen."))
