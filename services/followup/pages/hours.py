"""Hours as they are worked: week by week beside what is agreed, and what a person does about it."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from services.followup import queries, rules, schemas
from services.followup.api import FOLLOWERS, PLACEMENT, PLACEMENT_CHANGE
from services.followup.pages import pages
from services.followup.pages.attendance import OWN_CHANGE
from services.followup.pages.board import HOME
from services.followup.pages.placements import LIST
from services.followup.use_cases import real_hours
from shared import clock, frame
from shared.auth import Principal
from shared.lookups import About
from shared.pages import Page, See, Undo

HOURS = f"{LIST}/<uuid:placement_id>/timerne"
OWN = f"{HOME}/mit-forloeb/<uuid:placement_id>/timer"
CHARTED = 12


def _at(placement_id: UUID) -> str:
    return f"{LIST}/{placement_id}/timerne"


@pages.get(HOURS, roles=FOLLOWERS, about=PLACEMENT)
def see_hours(session: Session, principal: Principal, placement_id: UUID, typed: Any = None) -> Page:
    """The hours of every week, and the forms about them."""
    found = queries.hours_course(session, principal, placement_id)
    weeks = found["weeks"][-CHARTED:]
    short = [frame.short_day(week["monday"], "d. MMM") for week in weeks]
    return Page("followup/hours.html", found | {
        "typed": typed,
        "target": [(day, week["agreed"]) for day, week in zip(short, weeks, strict=True)],
        "worked": [(day, week["worked"] or 0) for day, week in zip(short, weeks, strict=True)],
        "above": [
            day for day, week in zip(short, weeks, strict=True) if week["worked"] and week["worked"] > week["agreed"]
        ],
        "this_week": rules.monday_of(clock.today()),
        "askers": schemas.ASKED_BY,
        "is_adviser": "adviser" in principal.roles,
        "crumbs": [(_("Opfølgning"), HOME), (_("Et forløb"), f"{LIST}/{placement_id}"), (_("Timer"), None)],
    })  # fmt: skip


@pages.post(f"{HOURS}/uge", roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.WeekHoursBody, again=see_hours)
def tell_week(session: Session, principal: Principal, placement_id: UUID, body: dict[str, Any]) -> See:
    """How many hours a week had."""
    real_hours.tell_week(session, principal, placement_id, **body)
    return See(_at(placement_id), _("Ugens timer er noteret. Skriv dem igen, hvis de er forkerte."))


@pages.post(f"{HOURS}/niveau", roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.SustainableBody, again=see_hours)
def set_sustainable(session: Session, _principal: Principal, placement_id: UUID, body: dict[str, Any]) -> See:
    """The level that lasts."""
    real_hours.set_sustainable(session, placement_id, **body)
    if body["weekly_hours"] is None:
        return See(_at(placement_id), _("Der er ikke noget varigt niveau."))
    return See(
        _at(placement_id), _("Det varige niveau er gemt."), Undo(f"{_at(placement_id)}/niveau", {"weekly_hours": ""})
    )


@pages.post(f"{HOURS}/skjul", roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.HiddenBody, again=see_hours)
def hide(session: Session, _principal: Principal, placement_id: UUID, body: dict[str, bool]) -> See:
    """Whether the citizen's own pages show hours."""
    real_hours.hide_hours(session, placement_id, **body)
    told = _("Borgeren ser ikke timer mere.") if body["hidden"] else _("Borgeren ser timerne igen.")
    return See(_at(placement_id), told, Undo(f"{_at(placement_id)}/skjul", {"hidden": "" if body["hidden"] else "on"}))


@pages.post(f"{HOURS}/dokument", roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.GateBody, again=see_hours)
def pass_gate(session: Session, principal: Principal, placement_id: UUID, body: dict[str, Any]) -> See:
    """What has to be on file is there."""
    real_hours.pass_gate(session, principal, placement_id, **body)
    if body["document_ref"] is None:
        return See(_at(placement_id), _("Dokumentet mangler igen."))
    undo = Undo(f"{_at(placement_id)}/dokument", {"gate_code": body["gate_code"], "document_ref": ""})
    return See(_at(placement_id), _("Dokumentet er noteret. Nu kan timerne aftales."), undo)


@pages.post(f"{HOURS}/opgaver", roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.TaskBody, again=see_hours)
def add_task(session: Session, _principal: Principal, placement_id: UUID, body: dict[str, Any]) -> See:
    """A task that somebody is learning."""
    task = real_hours.add_task(session, placement_id, **body)
    return See(_at(placement_id), _("Opgaven er på listen."), Undo(f"{_at(placement_id)}/opgaver/{task.id}/fjern"))


@pages.post(f"{HOURS}/opgaver/<uuid:task_id>/fjern", roles=FOLLOWERS, about=PLACEMENT_CHANGE, again=see_hours)
def drop_task(session: Session, _principal: Principal, placement_id: UUID, task_id: UUID) -> See:
    """It was no task of theirs."""
    real_hours.drop_task(session, placement_id, task_id)
    return See(_at(placement_id), _("Opgaven er væk fra listen."))


def _again(session: Session, principal: Principal, placement_id: UUID, typed: Any, **_ids: UUID) -> Page:
    page: Page = see_hours(session, principal, placement_id, typed)
    return page


@pages.post(f"{HOURS}/opgaver/<uuid:task_id>/kan", roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.MasteredBody,
            again=_again)  # fmt: skip
def master(session: Session, _principal: Principal, placement_id: UUID, task_id: UUID, body: dict[str, Any]) -> See:
    """The task's hours are paid from a day on."""
    real_hours.master(session, placement_id, task_id, **body)
    return See(_at(placement_id), _("Opgavens timer er lønnede fra den dag. Aftal nye timer, hvis det skal laves om."))


@pages.post(f"{HOURS}/brems/<uuid:review_id>", roles=FOLLOWERS, about=PLACEMENT_CHANGE, body=schemas.SeenBody,
            again=_again)  # fmt: skip
def look_at(session: Session, principal: Principal, placement_id: UUID, review_id: UUID, body: dict[str, bool]) -> See:
    """Adviser or coordinator has looked at a week above the step."""
    real_hours.look_at(session, principal, placement_id, review_id, **body)
    if not body["seen"]:
        return See(_at(placement_id), _("Ugen står igen som ikke set."))
    return See(_at(placement_id), _("Ugen er set."), Undo(f"{_at(placement_id)}/brems/{review_id}", {"seen": "false"}))


@pages.get(OWN, roles=("citizen",), about=About("placement", purpose="own_access"))
def own_hours(session: Session, principal: Principal, placement_id: UUID, typed: Any = None) -> Page:
    """The citizen's own week."""
    found = queries.own_placement(session, principal, placement_id)
    return Page("followup/own_hours.html", {
        "placement": found,
        "typed": typed,
        "this_week": rules.monday_of(clock.today()),
        "crumbs": [(_("Min side"), "/min-side"), (_("Mine timer"), None)],
    })  # fmt: skip


@pages.post(OWN, roles=("citizen",), about=OWN_CHANGE, body=schemas.OwnWeekBody, again=own_hours)
def tell_own_week(session: Session, principal: Principal, placement_id: UUID, body: dict[str, Any]) -> See:
    """How many hours the citizen's week had."""
    real_hours.tell_week(session, principal, placement_id, told_by="citizen", **body)
    return See(
        f"{HOME}/mit-forloeb/{placement_id}/timer", _("Dine timer er gemt. Skriv dem igen, hvis de er forkerte.")
    )
