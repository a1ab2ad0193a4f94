"""Contacts: what is due and late, and one contact to hold, move or take back."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.followup import queries, rules, schemas
from services.followup.api import FOLLOWERS, PLACEMENT, PLACEMENT_CHANGE, PLACEMENTS, WITH_MENTOR
from services.followup.pages import pages
from services.followup.use_cases import POLICY, cases, contacts
from shared import calendar, clock, frame
from shared.auth import Principal
from shared.fields import UndoForm
from shared.pages import Page, See, Undo

HOME = "/opfoelgning"
DAYS_AHEAD, AT_ONCE, MOST_COMING = 7, 50, 50


@pages.get(HOME, roles=WITH_MENTOR, about=PLACEMENTS, query=schemas.BoardQuery)
def board(session: Session, principal: Principal, query: dict[str, Any]) -> Page:
    """What is late or due today and in the coming week, and what is at risk; or the contacts of one day."""
    today, chosen = clock.today(), query["on"]
    names = cases.known(session, principal)
    own, waiting = queries.own_and_waiting(session, principal) if principal.is_staff else (False, 0)
    whose = query["whose"] or (rules.MINE if own else rules.ALL)
    until = today + timedelta(days=DAYS_AHEAD + 1)
    due = queries.due(
        session, principal, on=chosen or today, overdue=chosen is None, cursor=query["cursor"], limit=AT_ONCE,
        whose=whose,
    )  # fmt: skip
    whole = chosen is None and query["cursor"] is None
    coming = queries.coming(session, principal, whose, until, MOST_COMING) if whole else []
    counted = queries.days(session, principal, whose, today, until)
    ahead = [today + timedelta(days=number) for number in range(DAYS_AHEAD + 1)]
    return Page("followup/board.html", {
        "due": [late(line) for line in due["items"]],
        "next": due["next"],
        "coming": [late(line) for line in coming],
        "chosen": chosen,
        "whole": whole,
        "whose": whose,
        "names": names,
        "waiting": waiting,
        **(_for_staff(session, principal, whose, whole=whole) if principal.is_staff else {}),
        "overdue": counted.get(today - timedelta(days=1), 0),
        "days": [(day, counted.get(day, 0)) for day in ahead if day in counted or day.weekday() < 5],
        "ahead": sum(counted.get(day, 0) for day in ahead[1:]),
        "counted": counted,
        "short": lambda day: frame.short_day(day, "EEE d. MMM"),
        "crumbs": [(_("Opfølgning"), None)],
    })  # fmt: skip


def _for_staff(session: Session, principal: Principal, whose: str, *, whole: bool) -> dict[str, Any]:
    # One more than is shown, to see whether there are more.
    most = AT_ONCE + 1
    return {
        "steps": queries.steps_due(session, principal, whose, clock.today(), limit=most)["items"] if whole else [],
        "risks": queries.at_risk(session, principal, whose, limit=most)["items"] if whole else [],
        "guarantees": queries.guarantees_due(session, principal, whose, most) if whole else [],
        "most": AT_ONCE,
        "chooses": rules.WHOSE,
    }


def late(contact: dict[str, Any]) -> dict[str, Any]:
    """The contact with how many days it is late as seen from today, whatever day was asked for."""
    return contact | {"days_late": (clock.today() - calendar.danish_day(contact["planned_at"])).days}


def _crumbs(here: str) -> list[tuple[str, str | None]]:
    return [(_("Opfølgning"), HOME), (here, None)]


@pages.get(f"{HOME}/kontakt/<uuid:contact_id>", roles=WITH_MENTOR, about=PLACEMENT)
def see_contact(session: Session, principal: Principal, contact_id: UUID, typed: Any = None) -> Page:
    """One contact: when and how people meet, and for staff what came of it."""
    contact = late(queries.contact(session, principal, contact_id))
    recorded = contact["recorded_at"]
    return Page("followup/contact.html", {
        "contact": contact,
        "typed": typed,
        "may_undo": principal.is_staff and recorded is not None and calendar.danish_day(recorded) == clock.today(),
        "outcomes": schemas.OUTCOMES,
        "next_steps": schemas.NEXT_STEPS,
        "names": queries.colleagues(session) if principal.is_staff else {},
        "crumbs": _crumbs(_("Samtale")),
    })  # fmt: skip


@pages.post(
    f"{HOME}/kontakt/<uuid:contact_id>/holdt",
    roles=FOLLOWERS,
    about=PLACEMENT_CHANGE,
    body=schemas.HeldContact,
    again=see_contact,
)
def hold(session: Session, principal: Principal, contact_id: UUID, body: dict[str, Any]) -> See:
    """A contact took place."""
    held = contacts.hold_contact(session, contact_id, held_by=principal.subject, **body)
    undo = Undo(f"{HOME}/kontakt/{contact_id}/fortryd", {"version": str(held.version)})
    return See(HOME, _("Samtalen er noteret."), undo)


@pages.post(
    f"{HOME}/kontakt/<uuid:contact_id>/fortryd",
    roles=FOLLOWERS,
    about=PLACEMENT_CHANGE,
    body=UndoForm,
    again=see_contact,
)
def reopen(session: Session, _principal: Principal, contact_id: UUID, body: dict[str, Any]) -> See:
    """It had not taken place after all."""
    contacts.reopen_contact(session, contact_id, **body)
    return See(f"{HOME}/kontakt/{contact_id}", _("Samtalen står igen som ikke holdt."))


@pages.get(f"{HOME}/kontakt/<uuid:contact_id>/flyt", roles=FOLLOWERS, about=PLACEMENT)
def move_form(session: Session, principal: Principal, contact_id: UUID, typed: Any = None) -> Page:
    """The form that moves a contact."""
    contact = late(queries.contact(session, principal, contact_id))
    planned = contact["planned_at"].astimezone(calendar.DENMARK)
    return Page("followup/move.html", {
        "contact": contact,
        "typed": typed,
        "planned": f"{planned:%Y-%m-%dT%H:%M}",
        "hours": POLICY.row("contact.hours", clock.today()).value,
        "reasons": schemas.MOVE_REASONS,
        "forms": rules.FORMS,
        "crumbs": [*_crumbs(_("Flyt"))[:1], (_("Samtale"), f"{HOME}/kontakt/{contact_id}"), (_("Flyt"), None)],
    })  # fmt: skip


@pages.post(
    f"{HOME}/kontakt/<uuid:contact_id>/flyt",
    roles=FOLLOWERS,
    about=PLACEMENT_CHANGE,
    body=schemas.MovedContact,
    again=move_form,
)
def move(session: Session, _principal: Principal, contact_id: UUID, body: dict[str, Any]) -> See:
    """People meet at another time, and all of them are told."""
    moved = contacts.move_contact(session, contact_id, **body)
    told = _("Samtalen er flyttet. Borgeren, virksomheden og mentoren får besked om det nye tidspunkt.")
    back = Undo(f"{HOME}/kontakt/{contact_id}/flyt/fortryd", {"version": str(moved.version)})
    to_come = moved.moved_from is not None and moved.moved_from > clock.now()
    return See(f"{HOME}/kontakt/{contact_id}", told, back if to_come else None)


@pages.post(
    f"{HOME}/kontakt/<uuid:contact_id>/flyt/fortryd",
    roles=FOLLOWERS,
    about=PLACEMENT_CHANGE,
    body=UndoForm,
    again=see_contact,
)
def move_back(session: Session, _principal: Principal, contact_id: UUID, body: dict[str, Any]) -> See:
    """People meet when they would have met before it was moved, and all of them are told."""
    contacts.move_contact_back(session, contact_id, **body)
    return See(
        f"{HOME}/kontakt/{contact_id}",
        _("Samtalen er flyttet tilbage. Borgeren, virksomheden og mentoren får besked om det."),
    )
